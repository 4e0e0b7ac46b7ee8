# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ...models.inbox.health import AGE_PARAMETER, KEY_PARAMETER, MAX_AGE
from ..common import PaypalIpnCase, message

KEY = "a-long-key-of-the-monitor"


@tagged("post_install", "-at_install")
class TestHealthPage(HttpCase):
    def setUp(self):
        super().setUp()
        self.inbox = self.env["paypal.ipn"].sudo()
        self.set_key(KEY)

    def set_key(self, key):
        self.env["ir.config_parameter"].sudo().set_param(KEY_PARAMETER, key)

    def ask(self, authorization=f"Bearer {KEY}", method="GET"):
        headers = {"Authorization": authorization} if authorization else {}
        url = f"{self.base_url()}/PayPal/IPN/health"
        return self.opener.request(method, url, headers=headers, timeout=12)

    def test_with_the_key_it_says_that_all_is_well(self):
        response = self.ask()
        self.assertEqual(response.status_code, 200)
        health = response.json()
        self.assertEqual(health["status"], "ok")
        self.assertTrue(health["version"].startswith("19.0."))
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertNotIn("session_id", response.cookies)

    def test_a_message_that_nobody_works_makes_it_503_after_a_while(self):
        self.inbox._receive(message())
        ipn = self.inbox.search([], limit=1)
        ipn.next_try = fields.Datetime.now() - timedelta(seconds=MAX_AGE - 60)
        self.env.flush_all()
        self.assertEqual(self.ask().status_code, 200)
        ipn.next_try -= timedelta(seconds=120)
        self.env.flush_all()
        response = self.ask()
        self.assertEqual(response.status_code, 503)
        self.assertEqual(response.json()["status"], "late")
        self.assertGreater(response.json()["queue"]["age_seconds"], MAX_AGE)
        self.env["ir.config_parameter"].sudo().set_param(AGE_PARAMETER, "3600")
        self.assertEqual(self.ask().status_code, 200)

    def test_a_wrong_key_gets_403_and_no_figure(self):
        for wrong in (None, "Bearer", "Bearer ", f"Bearer {KEY}x", KEY, f"Basic {KEY}"):
            with self.subTest(wrong):
                response = self.ask(wrong)
                self.assertEqual(response.status_code, 403)
                self.assertEqual(response.json(), {"error": "wrong key"})

    def test_a_key_beyond_ascii_is_just_wrong(self):
        self.assertEqual(self.ask("Bearer \xe4\xf8").status_code, 403)

    def test_a_key_in_the_address_is_none(self):
        url = f"{self.base_url()}/PayPal/IPN/health?key={KEY}"
        self.assertEqual(self.opener.get(url, timeout=12).status_code, 403)

    def test_without_a_key_in_odoo_there_is_no_such_page(self):
        self.set_key(False)
        for given in ("Bearer ", "Bearer False", f"Bearer {KEY}"):
            self.assertEqual(self.ask(given).status_code, 404)

    def test_only_get_is_answered(self):
        self.assertEqual(self.ask(method="POST").status_code, 405)


class TestHealthFigures(PaypalIpnCase):
    def health(self):
        self.env.flush_all()
        return self.inbox._health()

    def test_messages_are_counted_by_state_and_nobody_is_named(self):
        before = self.health()["states"]
        done = self.take(message())
        forged = self.receive(message(txn_id="1AB23456CD7890002"), genuine=False)
        self.work()
        self.receive(message(txn_id="1AB23456CD7890003"))
        health = self.health()
        self.assertEqual((done.state, forged.state), ("done", "refused"))
        for state in ("done", "refused", "received"):
            self.assertEqual(health["states"][state], before[state] + 1, state)
        self.assertEqual(len(health["states"]), 8)
        self.assertTrue(health["last_success"].endswith("Z"))
        told = json.dumps(health)
        for personal in ("Dana", "dana", "Levi", "Herzl", "118", "1AB2"):
            self.assertNotIn(personal, told)

    def test_what_waits_for_paypal_is_waiting_and_does_not_age(self):
        self.paypal.status = 500
        ipn = self.receive(message())
        self.work()
        self.assertEqual(ipn.reason, "no_answer")
        queue = self.health()["queue"]
        self.assertEqual(queue, {"age_seconds": 0, "waiting": 1})

    def test_no_figure_reads_the_whole_table(self):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("SET LOCAL enable_bitmapscan = off")
        for query in (
            "SELECT state, count(*) FROM paypal_ipn GROUP BY state",
            "SELECT min(next_try) FROM paypal_ipn "
            "WHERE state IN ('received', 'verified', 'booked')",
        ):
            self.env.cr.execute(f"EXPLAIN {query}")
            plan = "\n".join(row[0] for row in self.env.cr.fetchall())
            self.assertIn("Index", plan)
            self.assertNotIn("Seq Scan", plan)
