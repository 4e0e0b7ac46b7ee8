# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from ..models.walk import aware
from ..rest import Missed
from .webhook import WebhookCase, capture


class TestSubscription(WebhookCase):
    """The switch: ours is found again, ten are too many, what is missing is said."""

    def test_on_is_on_and_is_found_again(self):
        connection = self.connection
        self.assertEqual(connection.webhook_state, "on")
        first = connection.webhook_id
        connection.webhook_id = False
        connection.action_webhooks_on()
        self.assertEqual(connection.webhook_id, first)
        ours = [
            w for w in self.api.webhooks.values() if w["url"] == connection.webhook_url
        ]
        self.assertEqual(len(ours), 1)

    def test_off_gives_the_address_back(self):
        self.connection.action_webhooks_off()
        self.assertEqual(self.connection.webhook_state, "off")
        self.assertFalse(self.api.webhooks)
        self.connection.action_webhooks_on()

    def test_ten_are_as_many_as_paypal_takes(self):
        self.connection.action_webhooks_off()
        others = {
            str(n): {"id": str(n), "url": f"https://{n}.example.com", "event_types": []}
            for n in range(10)
        }
        with patch.dict(self.api.webhooks, others):
            self.connection.action_webhooks_on()
        self.assertEqual(self.connection.webhook_state, "trouble")
        self.assertIn("Ten addresses", self.connection.webhook_explanation)
        self.connection.action_webhooks_on()
        self.assertEqual(self.connection.webhook_state, "on")

    def test_a_permission_that_is_missing_is_said(self):
        with patch.object(self.api, "scopes", ()):
            self.connection.action_webhooks_on()
        self.assertIn("subscribe to webhooks", self.connection.webhook_explanation)

    def test_what_was_missed_is_listed_asked_for_and_found(self):
        self.connection.webhook_since = self.ago(days=1)
        early = self.ago(hours=1).strftime("%Y-%m-%dT%H:%M:%SZ")
        event = self.api.event(
            "PAYMENT.CAPTURE.COMPLETED", capture(), create_time=early
        )
        self.connection.action_webhooks_missed()
        [missed] = self.connection.event_ids
        self.assertEqual((missed.event_id, missed.asked), (event["id"], 1))
        self.assertEqual(len(self.api.resends), 1)
        self.api.resends.clear()
        ipn = self.keep(self.api.sign(event, self.connection.webhook_id))
        self.work()
        self.connection.action_webhooks_missed()
        self.assertEqual(missed.ipn_id, ipn)
        self.assertEqual(self.connection.missed_count, 0)
        self.assertFalse(self.api.resends)

    def test_a_day_of_events_costs_no_query_for_each(self):
        self.connection.webhook_since = self.ago(days=1)
        moment, queries = aware(self.ago(hours=1)), []
        for count in (1, 40):
            events = [
                Missed(f"WH-{count}-{n}", "PAYMENT.CAPTURE.COMPLETED", "", moment)
                for n in range(count)
            ]
            before = self.env.cr.sql_log_count
            self.connection._note_events(events)
            self.connection._find_events()
            self.env.flush_all()
            queries.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(self.connection.event_ids), 41)
        self.assertLessEqual(queries[1], queries[0] + 2)

    def test_a_subscription_that_was_deleted_in_paypal_is_told(self):
        with patch.dict(self.api.webhooks, clear=True):
            self.connection.action_webhooks_missed()
        self.assertIn("deleted it", self.connection.webhook_explanation)
