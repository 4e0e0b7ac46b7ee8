# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError

from ...models.dashboard.caspit_dashboard import ATTENTION_LIMIT
from ..common import DETAILS
from .my_caspit import MANAGER, USER, MyCaspitCase


class TestMyCaspit(MyCaspitCase):
    # === WHAT WAITS, AND HOW MANY === #

    def test_a_message_that_waits_says_who_paid_what_and_why_it_stopped(self):
        ipn = self.waiting()
        self.assert_side(ipn, "attention", "original_missing")
        [told] = self.screen()["attention"]
        self.assertEqual(told["id"], ipn.id)
        self.assertEqual(told["name"], "2RF00000000000020")
        self.assertEqual(told["customer"], "Dana Levi")
        self.assertEqual((told["amount"], told["kind"]), (59.00, "Refund"))
        self.assertEqual(told["explanation"], ipn.explanation)

    def test_only_the_newest_are_listed_and_all_are_counted(self):
        ipns = self.waiting(ATTENTION_LIMIT + 1)
        read = self.screen()
        listed = [told["id"] for told in read["attention"]]
        self.assertEqual(listed, sorted(ipns.ids, reverse=True)[:ATTENTION_LIMIT])
        self.assertEqual(read["counts"]["attention"], ATTENTION_LIMIT + 1)

    def test_a_count_opens_exactly_what_it_counted(self):
        self.take(self.now())
        ipn = self.waiting()
        as_reader = self.env["caspit.dashboard"].with_user(self.reader)
        action = as_reader.open_messages("attention")
        self.assertEqual(action["context"], {"search_default_attention": 1})
        self.assertEqual(action["res_model"], "paypal.ipn")
        inbox = self.env["paypal.ipn"].with_user(self.reader)
        found = inbox.search(action["domain"])
        self.assertEqual(found.filtered(lambda each: each.state == "attention"), ipn)
        counts = self.screen()["counts"]
        self.assertEqual(len(found), sum(counts.values()))
        self.assertEqual((counts["done"], counts["attention"]), (1, 1))

    def test_a_message_that_cannot_be_read_is_listed_without_a_customer(self):
        ipn = self.waiting()
        ipn.body = b"Pw=="
        [told] = self.screen()["attention"]
        self.assertEqual(told["customer"], "")

    def test_only_a_manager_is_offered_to_retry(self):
        manager = self.new_user("manager", MANAGER)
        self.assertFalse(self.screen()["can_retry"])
        self.assertTrue(self.screen(user=manager)["can_retry"])

    def test_an_empty_inbox_is_told_apart_from_a_month_without_money(self):
        self.assertTrue(self.screen()["is_empty"])
        self.take(self.now()).payment_date = datetime(2020, 1, 1)
        self.assertFalse(self.screen()["is_empty"])

    # === LICENCE AND ENVIRONMENT === #

    def test_the_licence_is_told_with_its_last_day(self):
        self.licence.date_end = fields.Date.today() - timedelta(days=2)
        told = self.screen()["licence"]
        self.assertEqual((told["status"], told["label"]), ("expired", "Expired"))
        self.assertIn(str(self.licence.date_end.year), told["last_day"])
        self.licence.date_end = False
        told = self.screen()["licence"]
        self.assertEqual((told["status"], told["last_day"]), ("active", False))

    def test_what_came_from_the_sandbox_does_not_count_once_the_company_is_live(self):
        self.company.paypal_environment = "sandbox"
        self.assert_done(self.take(self.now(test_ipn="1")))
        self.assertTrue(self.screen()["is_test"])
        self.assertEqual(self.figures(), (118.00, 0.00, 4.20))
        self.assertEqual(self.screen()["currencies"][0]["balance"], 113.80)
        # As an older release let it; now such a company stays a test company.
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_company SET paypal_environment = 'live'")
        self.env.invalidate_all()
        self.company.paypal_journal_id = False  # the sandbox had one of its own
        read = self.screen()
        self.assertFalse(read["is_test"])
        self.assertEqual(read["currencies"], [])
        self.assertEqual(read["attention"], [])
        self.assertEqual(sum(read["counts"].values()), 0)

    # === COMPANIES AND PEOPLE === #

    def other_company(self, **values):
        """A second shop, with a chart of accounts and a licence."""
        other = self.setup_other_company(name="Red Hats Ltd")["company"]
        other.write(
            {
                **DETAILS,
                "country_id": self.env.ref("base.il").id,
                "paypal_email": "hats@example.com",
                **values,
            }
        )
        other.caspit_licence_ids.sudo().licensed = True
        return other

    def hats_sale(self):
        return self.now(
            txn_id="6HT00000000000001",
            mc_gross="50.00",
            mc_fee="2.00",
            receiver_id=None,
            receiver_email="hats@example.com",
            business="hats@example.com",
        )

    def test_another_company_counts_only_while_it_is_active(self):
        other = self.other_company()
        ours, theirs = self.take(self.now(), self.hats_sale())
        self.assertEqual((ours.company_id, theirs.company_id), (self.company, other))
        self.assert_done(theirs)
        self.assertEqual(self.figures(), (118.00, 0.00, 4.20))
        both = self.company | other
        user = self.new_user("both", USER, companies=both)
        self.assertEqual(self.figures(user=user, companies=both), (168.00, 0.00, 6.20))
        read = self.screen(user=user, companies=both)
        self.assertEqual(read["currencies"][0]["balance"], 161.80)
        self.assertEqual(read["counts"]["done"], 2)

    def test_a_live_companys_money_is_not_mixed_with_a_sandbox(self):
        other = self.other_company(paypal_environment="sandbox")
        both = self.company | other
        user = self.new_user("both", USER, companies=both)
        self.assertEqual(
            self.screen(user=user, companies=both)["left_out"], [other.name]
        )
        self.assertEqual(self.screen()["left_out"], [])

    def test_portal_and_public_and_plain_employees_are_kept_out(self):
        people = {
            "portal": self.new_user("portal", "base.group_portal"),
            "employee": self.new_user("employee", "base.group_user"),
            "public": self.env.ref("base.public_user"),
        }
        self.take(self.now())
        for who, person in people.items():
            with self.subTest(who):
                with self.assertRaises(AccessError):
                    self.screen(user=person, companies=self.company)
                dashboard = self.env["caspit.dashboard"].with_user(person)
                with self.assertRaises(AccessError):
                    dashboard.open_messages("done")
