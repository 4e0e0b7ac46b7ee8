# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import logging
from types import SimpleNamespace
from unittest.mock import patch

from odoo.addons.bus.models import ir_websocket
from odoo.tests import new_test_user

from ...models.inbox.live import CHANNEL, EVENT
from ..common import PaypalIpnCase, message

USER = "caspit_paypal_ipn.group_paypal_ipn_user"


class TestBus(PaypalIpnCase):
    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.last_id = self.env["bus.bus"].sudo()._bus_last_id()

    def sent(self):
        """What was sent to anybody: pairs of channel and payload."""
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].sudo().search([("id", ">", self.last_id)])
        told = [(json.loads(row.channel), json.loads(row.message)) for row in rows]
        return [
            (channel, said["payload"])
            for channel, said in told
            if said["type"] == EVENT
        ]

    def channel(self, record):
        return [self.env.cr.dbname, record._name, record.id, CHANNEL]

    # === WHAT IS SENT === #

    def test_a_batch_is_told_as_one_and_names_ids_alone(self):
        bodies = [message(txn_id=f"1AB23456CD789000{n}") for n in range(5)]
        ipns = self.inbox.union(*[self.receive(body) for body in bodies])
        self.assertFalse(self.sent())
        with self.enter_registry_test_mode():
            self.run_cron("caspit_paypal_ipn.ir_cron_paypal_ipn_work")
        told = self.sent()
        self.assertEqual(set(ipns.mapped("state")), {"booked"})
        # Addressed, verified, booked.
        self.assertEqual(len(told), 3)
        for channel, payload in told:
            self.assertEqual(channel, self.channel(self.company))
            self.assertEqual(payload, {"ids": ipns.sorted("id").ids})

    def test_each_company_is_told_of_its_own(self):
        other = self.setup_other_company(name="Red Shirts Ltd")["company"]
        other.write({"paypal_merchant_id": "RED0000000001", "paypal_email": False})
        mine, theirs = (
            self.receive(message()),
            self.receive(
                message(
                    txn_id="1AB23456CD7890002",
                    receiver_id="RED0000000001",
                    receiver_email=None,
                    business=None,
                )
            ),
        )
        self.work()
        self.assertEqual((mine | theirs).company_id, self.company | other)
        for channel, payload in self.sent():
            expected = mine if channel == self.channel(self.company) else theirs
            self.assertEqual(payload["ids"], expected.ids)
            self.assertEqual(channel, self.channel(expected.company_id))

    def test_what_is_for_nobody_is_told_to_administrators(self):
        ipn = self.take(message(receiver_id="SOMEBODYELSE1", receiver_email=None))
        self.assertEqual(ipn.state, "refused")
        told = {json.dumps(channel) for channel, _payload in self.sent()}
        system = self.env.ref("base.group_system")
        self.assertEqual(told, {json.dumps(self.channel(system))})

    # === WHO HEARS IT === #

    def channels_of(self, user, asked=()):
        """The channels that are ours among those that a user's browser gets."""
        request = SimpleNamespace(session=SimpleNamespace(uid=user.id))
        with patch.object(ir_websocket, "wsrequest", request):
            websocket = self.env["ir.websocket"].with_user(user)
            channels = websocket._build_bus_channel_list(list(asked))
        return [
            channel[0]
            for channel in channels
            if isinstance(channel, tuple) and channel[1] == CHANNEL
        ]

    def test_a_user_hears_of_his_companies_alone(self):
        other = self.env["res.company"].create({"name": "Red Shirts Ltd"})
        user = new_test_user(
            self.env,
            "ruth",
            USER,
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.assertEqual(self.channels_of(user), [self.company])
        user.company_ids |= other
        self.assertCountEqual(self.channels_of(user), [self.company, other])

    def test_who_may_not_see_messages_hears_nothing(self):
        for login, groups in {
            "employee": "base.group_user",
            "portal": "base.group_portal",
            "public": "base.group_public",
        }.items():
            with self.subTest(login):
                user = new_test_user(self.env, f"bus_{login}", groups)
                asked = [f"res.company_{self.company.id}", CHANNEL]
                self.assertEqual(self.channels_of(user, asked), [])

    def test_an_administrator_hears_of_what_is_for_nobody(self):
        user = new_test_user(self.env, "root_of_it", "base.group_system")
        self.assertEqual(self.channels_of(user), [self.env.ref("base.group_system")])


class TestLogLines(PaypalIpnCase):
    LOGGER = "odoo.addons.caspit_paypal_ipn"

    def test_each_step_is_a_line_of_pairs(self):
        with self.assertLogs(self.LOGGER, logging.INFO) as caught:
            ipn = self.take(message())
        said = f"ipn={ipn.id} txn={ipn.txn_id} kind=sale"
        lines = [record.getMessage() for record in caught.records]
        self.assertEqual(
            lines,
            [
                f"PayPal IPN moved: {said} state={state} reason=-"
                for state in ("verified", "booked", "done")
            ],
        )

    def test_what_waits_and_what_fails_says_so_with_its_reason(self):
        self.paypal.status = 500
        with self.assertLogs(self.LOGGER, logging.INFO) as caught:
            ipn = self.take(message())
        self.assertIn("PayPal IPN waits: ", caught.output[-1])
        self.assertIn("state=received reason=no_answer", caught.output[-1])
        self.paypal.status = 200
        self.make_due(ipn)
        self.company.paypal_journal_id.active = False
        self.company.paypal_product_id.active = False
        with self.assertLogs(self.LOGGER, logging.INFO) as caught:
            self.work()
        self.assertIn(f"ipn={ipn.id} ", caught.output[-1])

    def test_a_transaction_that_is_none_forges_no_line(self):
        body = message(txn_id="X\n2026-11-25 CRITICAL dana@example.com")
        with self.assertLogs(self.LOGGER, logging.INFO) as caught:
            ipn = self.receive(body, genuine=False)
            self.work()
        self.assertEqual(ipn.state, "refused")
        for record in caught.records:
            self.assertIn("txn=? ", record.getMessage())
            self.assertNotIn("dana", record.getMessage())
