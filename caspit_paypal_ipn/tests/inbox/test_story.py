# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from lxml import etree

from ..common import message
from .screen_case import InboxScreenCase


class TestStory(InboxScreenCase):
    """What a message says to people, before PayPal's own fields."""

    def story(self, ipn):
        html = ipn.with_user(self.reader).story_html
        text = " ".join(etree.fromstring(f"<div>{html}</div>").itertext())
        return re.sub("[\u2068\u2069]", "", text)

    def test_a_message_reads_like_a_story_first(self):
        sale = self.take(message())
        said = self.story(sale)
        for words in (
            "Dana Levi paid",
            "118.00",
            "Blue shirt",
            sale.document_id.name,
            "PayPal's fee",
            "Going out to the customer: dana@example.com",
        ):
            with self.subTest(words):
                self.assertIn(words, said)

    def test_the_story_of_pulled_money_says_where_the_fee_went(self):
        sale = self.take(message())
        pulled = {"txn_type": None, "parent_txn_id": sale.txn_id}
        taken = self.take(
            message(
                **pulled,
                payment_status="Reversed",
                txn_id="3RV00000000000001",
                mc_gross="-118.00",
                mc_fee="-4.20",
            )
        )
        given = self.take(
            message(
                **pulled, payment_status="Canceled_Reversal", txn_id="4CR00000000000001"
            )
        )
        back, kept = "PayPal gave its fee back: ", "PayPal's fee: "
        self.assertRegex(self.story(taken), f"{back}[^.]*4.20")
        self.assertNotIn(kept, self.story(taken))
        self.assertRegex(self.story(given), f"{kept}[^.]*4.20")
        self.assertNotIn(back, self.story(given))

    def test_the_story_of_what_is_not_booked_has_no_more_than_happened(self):
        self.licence.licensed = False
        blocked = self.take(message(item_name="<b>x</b>"))
        said = " ".join(self.story(blocked).split())
        self.assertTrue(said.startswith("Dana Levi paid "), said)
        # What the buyer wrote is text, and not a tag.
        self.assertTrue(said.endswith("for: <b>x</b>"), said)
        unread = self.receive(message(txn_id="1AB23456CD7890009"))
        self.assertIn("not confirmed", self.story(unread.sudo()))

    def test_what_was_forged_stands_on_no_customers_page(self):
        sale = self.take(message())
        forged = self.receive(message(txn_id="9FO00000000000001"), genuine=False)
        self.work()
        self.assertEqual((forged.state, forged.reason), ("refused", "invalid"))
        self.assertEqual(forged.buyer_name, "Dana Levi")
        self.assertEqual(sale.partner_id.paypal_ipn_ids, sale)
        self.assertIn("not confirmed", self.story(forged))

    def test_an_amount_of_an_unknown_currency_keeps_its_code(self):
        sale = self.take(message(mc_currency="XQQ"))
        self.assertEqual((sale.currency_id.ids, sale.currency_code), ([], "XQQ"))
        self.assertIn("118.00 XQQ", self.story(sale))
