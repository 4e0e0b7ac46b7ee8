# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ..common import message
from .screen_case import InboxScreenCase


class TestInboxSearch(InboxScreenCase):
    """Whoever knows one thing of a message finds it."""

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
