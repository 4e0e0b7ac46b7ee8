# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from freezegun import freeze_time
from lxml import etree

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user
from odoo.tools.safe_eval import safe_eval

from ..common import PaypalIpnCase, message

USER = "caspit_paypal_ipn.group_paypal_ipn_user"
MANAGER = "caspit_paypal_ipn.group_paypal_ipn_manager"
STATES = {
    "received": "on_the_way",
    "verified": "on_the_way",
    "booked": "on_the_way",
    "done": "done",
    "ignored": "ignored",
    "refused": "refused",
    "blocked": "blocked",
    "attention": "attention",
}


class TestInboxViews(PaypalIpnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls.new_user("reader", USER)
        cls.manager = cls.new_user("manager", MANAGER)

    @classmethod
    def new_user(cls, login, *groups):
        return new_test_user(
            cls.env(user=1, su=True),
            login=login,
            groups=",".join(groups),
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            tz="Asia/Jerusalem",
        )

    def ours(self, count=1):
        """Messages for our company that nobody worked yet."""
        bodies = [message(txn_id=f"1AB23456CD789000{n}") for n in range(count)]
        ipns = self.inbox.union(*[self.receive(body) for body in bodies])
        ipns.company_id = self.company
        return ipns

    def arch(self, view_type):
        views = (
            self.env["paypal.ipn"]
            .with_user(self.reader)
            .get_views([(False, view_type)])
        )
        return etree.fromstring(views["views"][view_type]["arch"])

    def filtered_by(self, name):
        """The messages that a filter of the search shows to a user."""
        [node] = self.arch("search").xpath(f"//filter[@name='{name}']")
        domain = safe_eval(node.get("domain"), {"uid": self.reader.id})
        return self.env["paypal.ipn"].with_user(self.reader).search(domain)

    def searched_for(self, text, field, number=0):
        """The messages that a search for a text in a field shows to a user."""
        node = self.arch("search").xpath(f"//search/field[@name='{field}']")[number]
        domain = [(field, "ilike", text)]
        if node.get("filter_domain"):
            domain = safe_eval(node.get("filter_domain"), {"self": text})
        return self.env["paypal.ipn"].with_user(self.reader).search(domain)

    # === FILTERS === #

    def test_each_state_is_under_exactly_one_filter(self):
        ipns = self.ours(len(STATES))
        for ipn, state in zip(ipns, STATES, strict=True):
            ipn.state = state
        for name in set(STATES.values()):
            with self.subTest(name):
                self.assertEqual(
                    set(self.filtered_by(name)),
                    {ipn for ipn in ipns if STATES[ipn.state] == name},
                )

    def test_sales_and_what_takes_their_money_back_are_told_apart(self):
        ipns = self.ours(4)
        for ipn, kind in zip(
            ipns, ("sale", "refund", "dispute", "subscription"), strict=True
        ):
            ipn.kind = kind
        self.assertEqual(self.filtered_by("sales"), ipns[0])
        self.assertEqual(
            set(self.filtered_by("refunds_and_disputes")), {ipns[1], ipns[2]}
        )

    def test_today_this_week_and_this_month_begin_at_the_users_midnight(self):
        """Midnight in Israel is 21:00 UTC in summer; the user's week: Sunday."""
        self.env["res.lang"].sudo()._lang_get("en_US").week_start = "7"
        ipn = self.ours()
        for name, begins in (
            ("today", datetime(2025, 7, 8, 21)),
            ("this_week", datetime(2025, 7, 5, 21)),
            ("this_month", datetime(2025, 6, 30, 21)),
        ):
            for received_at, shown in (
                (begins - timedelta(seconds=1), False),
                (begins, True),
            ):
                ipn.received_at = received_at
                with (
                    self.subTest(f"{name} at {received_at}"),
                    freeze_time("2025-07-09 09:00:00"),
                ):
                    self.assertEqual(bool(self.filtered_by(name)), shown)

    def test_sandbox_messages_can_be_picked_out(self):
        sandbox, _live = ipns = self.ours(2)
        ipns[0].is_sandbox = True
        self.assertEqual(self.filtered_by("sandbox"), sandbox)

    def test_a_message_is_found_by_its_own_and_its_sales_transaction_id(self):
        sale = self.take(message(txn_id="7SA00000000000001"))
        refund = self.take(
            message(
                txn_id="8RF00000000000001",
                parent_txn_id="7SA00000000000001",
                payment_status="Refunded",
                mc_gross="-118.00",
                mc_fee="-4.20",
            )
        )
        self.assertEqual(set(self.searched_for("7sa000", "txn_id")), set(sale | refund))
        self.assertEqual(self.searched_for("8RF00", "txn_id"), refund)

    def test_a_message_is_found_by_its_customer_his_address_and_his_paypal_id(self):
        sale = self.take(message())
        for number, text in enumerate(("levi", "dana@example")):
            with self.subTest(text):
                self.assertEqual(self.searched_for(text, "partner_id", number), sale)
        self.assertEqual(self.searched_for("buyer0000", "payer_id"), sale)

    def found(self, text):
        """What Enter in the search field shows to a user."""
        return self.searched_for(text, "anything")

    def test_enter_finds_a_buyer_of_whom_nothing_is_booked(self):
        self.licence.licensed = False
        blocked = self.take(
            message(
                payer_business_name="Levi Shirts",
                invoice="SHOP-2025-77",
                mc_gross="1180.50",
                subscr_id="I-ABC123",
                item_name="חולצה כחולה",
            )
        )
        other = self.take(
            message(
                txn_id="9ZZ00000000000001",
                payer_id="BUYER00000002",
                payer_email="john@example.com",
                first_name="John",
                last_name="Doe",
                mc_gross="7.00",
                item_name="Hat",
            )
        )
        self.assertEqual((blocked.state, blocked.partner_id.ids), ("blocked", []))
        for text in (
            "levi shirts",
            "Shirts levi",
            "dana@EXAMPLE",
            "כחולה",
            "shop-2025",
            "1180.5",
            "₪1,180.50",
            "1.180,50",
            "i-abc",
            "1ab23456cd789012e",
            "BUYER00000001",
        ):
            with self.subTest(text):
                self.assertEqual(self.found(text), blocked)
        self.assertEqual(self.found("example.com"), blocked | other)
        self.assertFalse(self.found("levi hat"))

    def test_enter_finds_the_books_own_names(self):
        sale = self.take(message())
        sale.partner_id.name = "Dana Cohen"
        document = sale.document_id.name
        for text in ("cohen", document, document.lower()):
            with self.subTest(text):
                self.assertEqual(self.found(text), sale)

    def test_what_cannot_be_read_is_found_all_the_same(self):
        broken = self.take(message(mc_gross="eleven"))
        self.assertEqual((broken.state, broken.reason), ("refused", "malformed"))
        self.assertEqual(self.found("levi blue"), broken)

    def test_who_was_erased_is_not_found_any_more(self):
        sale = self.take(message(invoice="SHOP-77"))
        sale._erase_personal_data()
        partner = sale.partner_id
        partner.write({"name": "Erased", "email": False})
        for text in ("levi", "dana@", "blue", "BUYER0000"):
            with self.subTest(text):
                self.assertFalse(self.found(text))
        self.assertEqual(self.found("shop-77"), sale)

    # === VIEWS === #

    def test_every_view_of_the_inbox_opens_for_a_user(self):
        action = self.env.ref("caspit_paypal_ipn.paypal_ipn_action")
        wanted = [(False, name) for name in action.view_mode.split(",")]
        self.assertEqual(len(wanted), 6)
        inbox = self.env["paypal.ipn"].with_user(self.reader)
        views = inbox.get_views(wanted)["views"]
        self.assertEqual(set(views), {name for _id, name in wanted})

    def test_amounts_of_several_currencies_are_summed_up_in_the_companys(self):
        self.setup_other_currency("EUR", rates=[("2000-01-01", 0.25)])
        self.take(
            message(),
            message(
                txn_id="5EU00000000000001",
                mc_currency="EUR",
                mc_gross="40.00",
                mc_fee="2.00",
            ),
        )
        inbox = self.env["paypal.ipn"].with_user(self.reader)
        [group] = inbox.formatted_read_group(
            [], ["kind"], ["gross:sum_currency", "fee:sum_currency"]
        )
        self.assertAlmostEqual(group["gross:sum_currency"], 118.00 + 4 * 40.00)
        self.assertAlmostEqual(group["fee:sum_currency"], 4.20 + 4 * 2.00)

    # === WHAT IS READ AND EXPORTED === #

    def test_the_bytes_are_for_managers_and_what_they_say_for_every_user(self):
        ipn = self.ours()
        seen = ipn.with_user(self.reader)
        self.assertIn("Dana", str(seen.content_html))
        for name in ("body", "raw_text"):
            with self.subTest(name), self.assertRaises(AccessError):
                seen.read([name])
        self.assertIn("first_name=Dana", ipn.with_user(self.manager).raw_text)

    def test_the_list_can_be_exported_without_the_bytes(self):
        ipn = self.take(message())
        exporter = self.new_user("exporter", USER, "base.group_allow_export")
        seen = ipn.with_user(exporter)
        exported = seen.export_data(["txn_id", "gross", "state", "partner_id"])
        self.assertEqual(exported["datas"], [[ipn.txn_id, 118.00, "Done", "Dana Levi"]])
        with self.assertRaises(AccessError):
            seen.export_data(["txn_id", "body"])
        self.assertNotIn("body", seen.fields_get())

    # === ACTIVITIES === #

    def schedule(self, ipn, user):
        return ipn.activity_schedule(
            "mail.mail_activity_data_todo", user_id=user.id, summary="Call the customer"
        )

    def test_a_user_plans_an_activity_on_a_message_and_finishes_it(self):
        ipn = self.ours().with_user(self.reader)
        activity = self.schedule(ipn, self.reader)
        self.assertEqual(self.filtered_by("my_activities"), ipn)
        activity.action_feedback("He paid")
        self.assertFalse(ipn.activity_ids)
        self.assertIn("He paid", ipn.message_ids[0].body)

    def test_a_user_hands_a_message_to_a_colleague(self):
        ipn = self.ours().with_user(self.reader)
        self.schedule(ipn, self.manager)
        self.assertEqual(ipn.with_user(self.manager).activity_user_id, self.manager)
        self.assertIn(self.manager.partner_id, ipn.sudo().message_partner_ids)

    def test_a_user_cannot_let_a_customer_follow_a_message(self):
        customer = self.env["res.partner"].create({"name": "Dana Levi"})
        ipn = self.ours().with_user(self.reader)
        with self.assertRaises(AccessError):
            ipn.message_subscribe(customer.ids)

    def test_who_sees_no_messages_plans_nothing_on_them(self):
        employee = self.new_user("employee", "base.group_user")
        with self.assertRaises(AccessError):
            self.schedule(self.ours().with_user(employee), employee)

    def test_planning_gives_no_right_to_change_a_message(self):
        ipn = self.ours().with_user(self.reader)
        self.schedule(ipn, self.reader)
        self.assertFalse(ipn.has_access("write"))
        for change in ({"state": "done"}, {"activity_ids": [Command.clear()]}):
            with self.subTest(change), self.assertRaises(AccessError):
                ipn.write(change)
        self.assertEqual(ipn.state, "received")
        self.assertLess(ipn.received_at, fields.Datetime.now() + timedelta(minutes=1))
