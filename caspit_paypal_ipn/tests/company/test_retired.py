# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timezone

from ..common import PaypalIpnCase, message

NOW = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class TestRetired(PaypalIpnCase):
    """The set-up page counts what comes through what PayPal is about to retire."""

    def found(self):
        findings = {each["code"]: each for each in self.company._paypal_checks()}
        return findings.get("retired")

    def test_before_the_first_payment_there_is_nothing_to_say(self):
        self.assertFalse(self.found())

    def test_buttons_are_counted_and_what_is_newer_is_not(self):
        self.take(message(payment_date=NOW))
        self.take(message(txn_id="2", txn_type="express_checkout", payment_date=NOW))
        # Longer ago than anybody has to mind.
        self.take(message(txn_id="3"))
        found = self.found()
        self.assertEqual(found["level"], "warn")
        self.assertIn("1 of 2 payments", found["sentence"])

    def test_subscriptions_of_old_keep_ipn_on(self):
        self.take(message(txn_type="subscr_payment", payment_date=NOW))
        found = self.found()
        self.assertEqual(found["level"], "ok")
        self.assertIn("leave IPN switched on", found["sentence"])
