# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.caspit_paypal_ipn.tests.common import message
from odoo.tests import Form

from ..models import walk
from ..models.walk import aware
from ..rest import const
from ..rest import read_row as row_of
from .common import SALE_ID, PaypalApiCase, move


class TestWalk(PaypalApiCase):
    """Every movement becomes a row once, whatever PayPal does in between."""

    def setUp(self):
        super().setUp()
        self.connect()
        self.connection.wait_minutes = 60

    def windows(self, kind="hour"):
        return self.connection.window_ids.filtered(lambda it: it.kind == kind)

    def test_the_watermark_goes_only_as_far_as_paypals_data(self):
        self.paypal.delay = timedelta(hours=2)
        self.walk()
        self.assertEqual(self.windows().state, "done")
        behind = fields.Datetime.now() - self.connection.watermark
        self.assertGreaterEqual(behind, timedelta(hours=1, minutes=59))

    def test_each_hour_looks_six_hours_back(self):
        self.walk()
        reached = self.connection.watermark
        self.walk()
        last = self.windows().sorted("id")[-1]
        self.assertEqual(last.start, reached - timedelta(hours=6))

    def test_a_movement_is_one_row_however_often_it_is_read(self):
        self.paypal.moves = [move()]
        self.walk()
        self.walk()
        self.assertEqual(len(self.line()), 1)
        self.assertEqual(self.line().result, "missing")
        self.assertEqual(self.line().event_code, "T0006")

    def test_a_row_that_settles_later_is_compared_anew(self):
        self.paypal.moves = [move(transaction_status="P")]
        self.walk()
        self.assertEqual(self.line().result, "no_books")
        self.paypal.moves = [move(transaction_status="S", when=self.line().moment)]
        self.walk()
        self.assertEqual(len(self.line()), 1)
        self.assertEqual(self.line().result, "missing")

    def test_several_rows_of_one_transaction_are_all_kept(self):
        self.paypal.moves = [
            move(),
            move(code="T2107", value="-113.80", fee=None),
        ]
        self.walk()
        self.assertEqual(set(self.line().mapped("result")), {"missing", "no_books"})

    def test_known_rows_cost_one_query_a_page(self):
        moment = fields.Datetime.now() - timedelta(minutes=5)
        self.paypal.moves = [move(f"TXN{n:014}", when=moment) for n in range(60)]
        self.walk()
        ledger = self.connection.activity_id
        with self.connection._paypal() as paypal:
            page = paypal.search(
                aware(moment - timedelta(hours=1)), aware(moment + timedelta(hours=1))
            )
        self.assertEqual(len(page.rows), 60)
        with self.assertQueryCount(1):
            self.assertEqual(ledger._take_page(page.rows), 0)

    def test_a_first_look_at_what_is_booked_costs_no_query_a_row(self):
        def txn_ids(count):
            return [f"{count:02}N{n:014}" for n in range(count)]

        def queries(count):
            ids = txn_ids(count)
            rows = [row_of(move(txn_id)) for txn_id in ids]
            ledger = self.connection.activity_id
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(ledger._take_page(rows), count)
            ledger._settle_rows(lambda _count: True)
            self.env.flush_all()
            found = self.line().search([("txn_id", "in", ids)])
            self.assertEqual(found.mapped("result"), ["equal"] * count)
            return self.env.cr.sql_log_count - before

        for count in (3, 4, 24):
            self.take(*(message(txn_id=txn_id) for txn_id in txn_ids(count)))
        queries(3)  # fills Odoo's caches
        few, many = queries(4), queries(24)
        self.assertLess(many - few, 10)

    def test_each_night_looks_a_week_back_and_in_the_night_to_sunday_a_month(self):
        local = self.company._paypal_local_date(fields.Datetime.now())
        back = {True: timedelta(days=31), False: timedelta(days=7)}
        with patch.object(walk, "NIGHT_HOUR", 0):
            self.walk()
            self.walk()
        night = self.windows("night")
        self.assertEqual(len(night), 1)
        self.assertEqual(night.end - night.start, back[local.weekday() == 6])
        self.assertEqual(night.state, "done")

    def test_pages_that_shift_are_read_again_until_none_does(self):
        moves = [move(f"TXN{n:014}", when=self.ago(minutes=9 - n)) for n in range(5)]
        self.paypal.moves, self.paypal.arriving = moves[1:], moves[:1]
        with patch.object(const, "PAGE_SIZE", 2):
            self.walk()
        self.assertEqual(set(self.windows().mapped("state")), {"done"})
        known = self.connection.activity_id.line_ids.mapped("txn_id")
        self.assertEqual(sorted(known), [f"TXN{n:014}" for n in range(5)])

    # === TROUBLE === #

    def test_what_passes_is_tried_again_and_nothing_is_lost(self):
        self.paypal.moves = [move()]
        self.paypal.refusal = (400, {"name": "INVALID_REQUEST", "message": "Monday"})
        self.walk()
        self.assertEqual(self.connection.state, "connected")
        self.assertEqual(self.connection.trouble, "not_ready")
        self.assertEqual(self.windows().state, "waiting")
        self.assertFalse(self.connection.watermark)
        self.paypal.refusal = None
        self.walk()
        self.assertEqual(self.line().result, "missing")
        self.assertFalse(self.connection.trouble)
        self.assertEqual(set(self.windows().mapped("state")), {"done"})

    def test_permission_taken_away_stops_the_walk_and_it_goes_on_later(self):
        self.paypal.moves = [move()]
        self.paypal.refusal = (403, {"name": "NOT_AUTHORIZED"})
        self.walk()
        self.assertEqual(self.connection.trouble, "permission")
        self.paypal.refusal = None
        self.walk()
        self.assertEqual(self.connection.state, "connected")
        self.assertEqual(self.line().result, "missing")

    def test_a_long_absence_is_asked_for_in_windows_of_a_month(self):
        self.connection.watermark = fields.Datetime.now() - timedelta(days=70)
        self.walk()
        self.assertEqual(len(self.windows()), 3)
        self.assertEqual(set(self.windows().mapped("state")), {"done"})
        for window in self.windows():
            self.assertLessEqual(window.end - window.start, timedelta(days=31))

    def test_without_a_licence_nothing_is_asked(self):
        self.licence.licensed = False
        self.walk()
        self.assertFalse(self.connection.window_ids)

    # === HISTORY === #

    def history(self, days):
        wizard = Form(
            self.env["paypal.api.history"].with_context(
                default_connection_id=self.connection.id
            )
        )
        wizard.day = fields.Date.today() - timedelta(days=days)
        wizard.save().action_read()

    def test_the_past_is_compared_and_made_only_on_a_button(self):
        self.paypal.moves = [move(when=self.ago(days=40))]
        self.connection.wait_minutes = 0
        self.history(90)
        self.assertTrue(self.connection.is_running)
        self.walk()
        self.assertEqual(self.connection.progress, 100)
        self.assertEqual(self.line().result, "missing")
        self.assertFalse(self.made())
        self.connection.activity_id.action_make_all()
        self.work()
        document = self.assert_done(self.made())
        self.assertEqual(document.amount_total, 118.0)
        self.assertFalse(self.made().receipt_mail_id)

    def test_no_more_than_three_years_are_asked_for(self):
        self.history(2000)
        oldest = min(self.windows("history").mapped("start"))
        self.assertGreater(oldest, fields.Datetime.now() - timedelta(days=1095))

    def test_the_bank_of_a_transfer_is_the_only_one_there_is(self):
        bank = self.env["account.journal"].search(
            [
                ("type", "=", "bank"),
                ("company_id", "=", self.company.id),
                ("id", "!=", self.company.paypal_journal_id.id),
            ]
        )
        self.assertEqual(len(bank), 1)
        self.assertEqual(self.connection.activity_id.bank_journal_id, bank)
        self.assertTrue(SALE_ID)
