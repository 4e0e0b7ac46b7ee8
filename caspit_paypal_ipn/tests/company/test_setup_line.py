# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields

from ..common import message
from .setup_check import CRONS, SetupCheckCase


class TestSetupLine(SetupCheckCase):
    # === THE IPN URL === #

    def test_only_a_public_https_address_is_in_order(self):
        for url, level, word in (
            ("https://shop.example.com", "ok", "public"),
            ("https://shop.example.com:443", "ok", "public"),
            ("http://shop.example.com", "warn", "https://"),
            ("https://shop.example.com:8443", "warn", "8443"),
            ("http://localhost:8069", "warn", "localhost"),
            ("https://192.168.1.5", "warn", "192.168.1.5"),
            ("https://[::1]", "warn", "::1"),
            ("https://odoo", "warn", "odoo"),
        ):
            with self.subTest(url):
                self.base_url(url)
                self.assert_level("address", level, word)

    def test_messages_are_a_warning_until_one_has_come(self):
        self.assert_level("last_message", "warn", "simulator")
        self.take(message())
        self.assert_level("last_message", "ok", "last message")

    def test_a_refused_message_is_none_of_paypals(self):
        self.receive(message(), genuine=False)
        self.work()
        self.assert_level("last_message", "warn")

    # === THE ENCODING === #

    def test_the_newest_message_tells_the_encoding(self):
        self.assert_level("charset", "warn", "first message")
        self.take(message(charset="windows-1252"))
        self.assert_level("charset", "warn", "windows-1252")
        self.take(message(txn_id="1AB23456CD7890002"))
        self.assert_level("charset", "ok", "UTF-8")

    # === THE WORKER === #

    def test_scheduled_actions_that_run_are_in_order(self):
        self.last_run(fields.Datetime.now())
        self.assert_level("crons", "ok", "They run")

    def test_scheduled_actions_that_stand_still_are_a_warning(self):
        self.last_run(fields.Datetime.now() - timedelta(minutes=11))
        self.assert_level("crons", "warn", "have not run since")
        self.last_run(False)
        self.assert_level("crons", "warn", "not run yet")

    def test_a_server_that_runs_no_scheduled_actions_is_named(self):
        self.configure("max_cron_threads", 0)
        self.last_run(fields.Datetime.now() - timedelta(minutes=11))
        self.assert_level("crons", "error", "max_cron_threads")
        self.last_run(fields.Datetime.now())
        self.assert_level("crons", "ok")

    def test_a_scheduled_action_that_is_switched_off_is_named(self):
        self.last_run(fields.Datetime.now())
        self.cron(CRONS[0]).active = False
        self.assert_level("crons", "error", "switched off")

    def test_messages_that_wait_too_long_are_counted(self):
        ipn = self.receive(message())
        self.assert_level("waiting", "ok")
        self.env.cr.execute(
            "UPDATE paypal_ipn SET received_at = received_at - interval '16 minutes' "
            "WHERE id = %s",
            [ipn.id],
        )
        self.assert_level("waiting", "warn", "1")
