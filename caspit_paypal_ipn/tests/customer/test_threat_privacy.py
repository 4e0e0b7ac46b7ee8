# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from urllib.parse import quote_plus

from psycopg2.errors import UndefinedColumn

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from ..common import SALE, PaypalIpnCase, message

PERSONAL = ("last_name", "payer_email", "address_street", "address_city", "payer_id")
TEXTS = {"memo": "Happy birthday, Tamar", "item_name": "Ring for Tamar"}
LOGGERS = (
    "odoo.addons.caspit_paypal_ipn",
    "odoo.addons.mail",
    "odoo.addons.base.models.ir_mail_server",
    "urllib3",
)


class Listening(logging.Handler):
    """Keeps each line of the log as it would be written."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


class TestThreatPrivacy(PaypalIpnCase):
    """What is known of the people who paid, and who may know it."""

    # === THE LOG === #

    def listen(self):
        """Have our loggers say everything they can, and keep it."""
        listening = Listening()
        for name in LOGGERS:
            logger = logging.getLogger(name)
            level = logger.level
            logger.setLevel(logging.DEBUG)
            logger.addHandler(listening)
            self.addCleanup(logger.removeHandler, listening)
            self.addCleanup(logger.setLevel, level)
        return listening.lines

    def test_the_log_names_nobody_at_any_level_whatever_happens(self):
        lines = self.listen()
        self.take(message(**TEXTS))
        self.receive(message(txn_id="2"), genuine=False)
        self.take(
            message(txn_id="3", receiver_id="STRANGER12345"),
            message(txn_id="4", mc_currency="XXX"),
            message(txn_id="5", mc_gross="many"),
            message(txn_id="6", payment_status="Refunded", parent_txn_id="7"),
        )
        self.paypal.status = 503
        self.take(message(txn_id="8"))
        self.paypal.status = 200
        self.company.paypal_product_id.product_tmpl_id.active = False
        self.take(message(txn_id="9"))
        log = "\n".join(lines)
        self.assertIn("PayPal IPN failed", log)
        for word in [*(SALE[name] for name in PERSONAL), *TEXTS.values(), "Tamar"]:
            for written in (word, quote_plus(word)):
                named = [line for line in lines if written in line]
                self.assertEqual(named, [], written)

    def test_a_message_that_cannot_be_kept_leaves_nothing_in_the_log(self):
        self.env.cr.execute("ALTER TABLE paypal_ipn RENAME COLUMN source TO origin")
        database = logging.getLogger("odoo.sql_db")
        with (
            self.assertRaises(UndefinedColumn),
            self.assertNoLogs(database, logging.INFO),
        ):
            self.inbox._receive(message())

    # === ERASING === #

    def erased(self, **changes):
        """A sale whose customer was erased."""
        ipn = self.take(message(**TEXTS, **changes))
        self.assert_done(ipn)
        ipn.partner_id.with_user(self.somebody("manager")).action_paypal_erase()
        self.env.invalidate_all()
        return ipn

    def somebody(self, role):
        """A person who may change contacts, and is a PayPal user or manager."""
        role = f"caspit_paypal_ipn.group_paypal_ipn_{role}"
        groups = f"base.group_partner_manager,{role}"
        return new_test_user(self.env, "somebody", groups, company_id=self.company.id)

    def test_erasing_takes_the_person_out_of_the_message(self):
        ipn = self.erased()
        body = self.decoded_body(ipn).decode()
        for word in [*(SALE[name] for name in PERSONAL), "Tamar", "Dana"]:
            self.assertNotIn(quote_plus(word), body)
            self.assertNotIn(word, ipn.content_html)
        self.assertFalse(ipn.payer_id)
        self.assertTrue(ipn.erased_at)

    def test_erasing_leaves_the_books_and_their_numbers(self):
        ipn = self.erased()
        document = self.assert_done(ipn)
        self.assertEqual(document.amount_total, 118.0)
        self.assertEqual(self.paypal_balance(), 113.8)
        said = ipn._message()
        self.assertEqual((said.txn_id, str(said.gross)), (ipn.txn_id, "118.00"))
        self.assertEqual(said.currency, "ILS")

    def test_a_resend_of_an_erased_message_is_still_a_resend(self):
        ipn = self.erased()
        self.assertEqual(self.take(message(**TEXTS)), ipn)
        self.assertEqual(ipn.resend_count, 1)
        self.assertEqual(len(self.inbox.search([])), 1)

    def test_a_refund_after_erasing_still_finds_its_sale(self):
        sale = self.erased()
        refund = self.take(
            message(
                txn_id="2AB23456CD789012E",
                parent_txn_id=SALE["txn_id"],
                payment_status="Refunded",
                reason_code="refund",
                mc_gross="-118.00",
                mc_fee="-4.20",
            )
        )
        self.assertEqual(refund.original_id, sale)
        self.assertEqual(self.assert_done(refund).move_type, "out_refund")

    def test_an_erased_message_is_not_asked_about_again(self):
        ipn = self.erased()
        with self.assertRaises(UserError):
            ipn.action_retry()

    def test_nothing_is_erased_while_a_message_waits_for_a_person(self):
        ipn = self.take(message())
        ipn.state = "attention"
        partner = ipn.partner_id.with_user(self.somebody("manager"))
        with self.assertRaisesRegex(UserError, "not finished"):
            partner.action_paypal_erase()
        self.assertFalse(ipn.erased_at)

    def test_a_user_who_only_sees_messages_erases_nothing(self):
        ipn = self.take(message())
        partner = ipn.partner_id.with_user(self.somebody("user"))
        with self.assertRaisesRegex(UserError, "manager"):
            partner.action_paypal_erase()
        self.assertFalse(ipn.erased_at)
