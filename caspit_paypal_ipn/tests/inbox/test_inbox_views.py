# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError

from ..common import message
from .screen_case import USER, InboxScreenCase

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


class TestInboxViews(InboxScreenCase):
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

    # === THE STORY === #

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
