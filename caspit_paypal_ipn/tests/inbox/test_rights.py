# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError

from ..common import PaypalIpnCase, message
from ..rights import PEOPLE, Rights

MODELS = ("paypal.ipn", "paypal.ipn.resend", "paypal.ipn.retry", "paypal.ipn.sender")
#: Buttons and what else is no mere look, of messages: for the manager alone.
PRESSED = {"action_retry", "action_credit_note"}
#: Who keeps the books sees the messages, too, and presses nothing.
SEE = {"user", "manager", "accountant"}


class TestRights(PaypalIpnCase, Rights):
    """Nobody but the code writes what PayPal said, or what came of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.make_people(cls)

    def booked(self):
        ipn = self.take(message())
        self.assert_done(ipn)
        return ipn

    # === FIELDS === #

    def test_no_person_writes_any_field_of_a_message(self):
        body = message()
        ipn = self.booked()
        self.inbox._receive(body)
        sender = self.env["paypal.ipn.sender"].sudo()
        retry = self.env["paypal.ipn.retry"].sudo()
        forward = self.env["paypal.ipn.forward"].sudo()
        sent_on = {
            "ipn_id": ipn.id,
            "company_id": self.company.id,
            "url": "https://shop.example.com/ipn",
        }
        for record in (
            ipn,
            ipn.resend_ids,
            sender.create({"address": "20.1.2.3"}),
            retry.create({"company_id": self.company.id, "total": 1}),
            forward.create(sent_on),
        ):
            names = self.our_fields(record._name)
            with self.subTest(record._name):
                self.assertTrue(names)
                self.assertEqual(self.writers(self.people, record, names), {})

    def test_no_person_writes_on_a_document_or_payment_what_paypal_said(self):
        ipn = self.booked()
        for record in (ipn.document_id, ipn.payment_ids):
            names = {
                name for name in self.our_fields(record._name) if "paypal_" in name
            }
            with self.subTest(record._name):
                self.assertLessEqual({"paypal_ipn_id", "paypal_txn_id"}, names)
                self.assertEqual(self.writers(self.people, record, names), {})

    def test_no_person_makes_a_message_or_deletes_one_with_books(self):
        ipn = self.booked()
        values = {"body": "eA==", "body_hash": "0", "received_at": "2026-01-01"}
        for name, user in self.people.items():
            with self.subTest(name):
                inbox = self.inbox.with_user(user)
                with self.assertRaises(AccessError):
                    inbox.sudo(False).create(values)
                with self.assertRaises(UserError):
                    ipn.with_user(user).sudo(False).unlink()

    def test_an_import_writes_nothing_either(self):
        for name, user in self.people.items():
            inbox = self.env["paypal.ipn"].with_user(user)
            with self.subTest(name):
                try:
                    result = inbox.load(["txn_id", "state"], [["FORGED1", "verified"]])
                except AccessError:
                    continue
                self.assertFalse(result["ids"])
        self.assertFalse(self.inbox.search([("txn_id", "=", "FORGED1")]))

    def test_a_mail_that_somebody_sends_in_writes_nothing_of_ours(self):
        """Odoo's gateway makes as superuser what its caller names."""
        mail = "From: {0}@example.com\r\nMessage-ID: <{0}.{1}>\r\n\r\nx"
        makes = {
            "res.partner": {"name": "Forged", "paypal_payer_id": "FORGED1"},
            "paypal.ipn": {
                "body": "eA==",
                "received_at": "2026-01-01",
                "state": "verified",
                "payer_id": "FORGED1",
            },
        }
        for person, user in self.people.items():
            gateway = self.env["mail.thread"].with_user(user).sudo(False)
            for model, values in makes.items():
                text = mail.format(person, model)
                forged = values | ({"body_hash": person} if "body" in values else {})
                with self.subTest(person, model=model), self.assertRaises(AccessError):
                    gateway.message_process(model, text, forged)
        partners = self.env["res.partner"].sudo()
        self.assertFalse(partners.search([("paypal_payer_id", "=", "FORGED1")]))
        self.assertFalse(self.inbox.search([("payer_id", "=", "FORGED1")]))

    def test_a_right_that_somebody_grants_on_top_writes_no_fact(self):
        self.env["ir.model.access"].sudo().create(
            {
                "name": "everything",
                "model_id": self.env["ir.model"]._get_id("paypal.ipn"),
                "group_id": self.env.ref(PEOPLE["manager"]).id,
                "perm_read": True,
                "perm_write": True,
                "perm_create": True,
                "perm_unlink": True,
            }
        )
        ipn = self.booked()
        names = self.our_fields("paypal.ipn")
        self.assertEqual(self.writers(self.people, ipn, names), {})

    # === METHODS === #

    def test_buttons_are_for_the_manager_of_the_company_alone(self):
        ipn = self.booked()
        methods = set(self.our_methods("paypal.ipn"))
        self.assertLessEqual(PRESSED, methods)
        callers = self.callers(self.people, ipn, PRESSED)
        self.assertEqual(callers, {"manager": PRESSED})

    def test_who_sees_no_message_calls_nothing_of_it(self):
        ipn = self.booked()
        # An address says nothing that who calls for it has not said: the id.
        methods = set(self.our_methods("paypal.ipn")) - {"paypal_url"}
        callers = self.callers(self.people, ipn, methods)
        self.assertEqual(set(callers), SEE, callers)

    def test_the_buttons_of_the_company_are_for_its_manager(self):
        buttons = {
            name
            for name in self.our_methods("res.company")
            if name.startswith("action_")
        }
        self.assertTrue(buttons)
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("web.base.url", "http://127.0.0.1:9")
        callers = self.callers(self.people, self.company, buttons)
        self.assertEqual(callers, {"manager": buttons})

    def test_figures_of_the_company_are_for_who_sees_its_messages(self):
        figures = {"paypal_problems", "paypal_summary"}
        callers = self.callers(self.people, self.company, figures)
        self.assertLessEqual(set(callers), {*SEE, "elsewhere"})

    def test_erasing_is_for_the_manager(self):
        partner = self.booked().partner_id
        callers = self.callers(self.people, partner, {"action_paypal_erase"})
        self.assertLessEqual(set(callers), {"manager", "elsewhere"})

    def test_a_question_about_anothers_message_tells_nothing_of_it(self):
        ipn = self.booked()
        for model, names in {
            "paypal.receipt.again": ("customer", "address", "problem"),
            "paypal.by.hand": ("company_id",),
        }.items():
            questions = self.env[model].with_user(self.people["elsewhere"]).sudo(False)
            for name in names:
                with self.subTest(name), self.assertRaises(AccessError):
                    questions.new({"ipn_id": ipn.id})[name]  # noqa: B018
                self.env.invalidate_all()
            mine = self.env[model].with_user(self.people["manager"]).sudo(False)
            self.assertTrue(mine.new({"ipn_id": ipn.id})[names[0]])

    # === WHAT STAYS POSSIBLE === #

    def test_who_sees_a_message_plans_follows_and_notes(self):
        ipn = self.booked()
        for name in ("user", "manager"):
            mine = ipn.with_user(self.people[name])
            with self.subTest(name):
                summary = "Look"
                activity = mine.activity_schedule(
                    "mail.mail_activity_data_todo", summary=summary
                )
                self.assertTrue(activity)
                mine.message_post(body=summary)
                mine.message_subscribe(self.people["user"].partner_id.ids)
                activity.action_feedback(feedback="Done")

    def test_a_manager_deletes_what_left_the_line_unconfirmed(self):
        ipn = self.receive(message(receiver_id="SOMEBODYELSE1"))
        self.work()
        self.assert_side(ipn, "refused", "unknown_receiver")
        ipn.company_id = self.company
        ipn.with_user(self.people["manager"]).sudo(False).unlink()
        self.assertFalse(ipn.exists())
