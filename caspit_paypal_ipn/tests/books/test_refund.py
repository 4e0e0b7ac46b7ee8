# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ..common import PaypalIpnCase, message

SALE_TXN = "1AB23456CD789012E"


def refund(txn_id="2RF00000000000001", gross="-118.00", fee="-4.20", **changes):
    values = {
        "txn_type": None,
        "payment_status": "Refunded",
        "reason_code": "refund",
        "parent_txn_id": SALE_TXN,
        "txn_id": txn_id,
        "mc_gross": gross,
        "mc_fee": fee,
        "payment_date": "02:00:00 Feb 20, 2025 PST",
    }
    return message(**{**values, **changes})


class TestRefund(PaypalIpnCase):
    def test_a_full_refund_is_credited_paid_back_and_mailed(self):
        sale = self.take(message())
        back = self.take(refund())
        note = self.assert_done(back)
        self.assertEqual(note.move_type, "out_refund")
        self.assertEqual(note.reversed_entry_id, sale.document_id)
        self.assertEqual((note.amount_total, note.amount_tax), (118.00, 18.00))
        self.assertEqual(note.invoice_line_ids.name, "Blue shirt")
        payment = back.payment_ids
        self.assertEqual(payment.payment_type, "outbound")
        self.assertEqual(str(payment.date), "2025-02-20")
        self.assertEqual(sale.document_id.payment_state, "paid")
        self.assertEqual(self.paypal_balance(), 0.00)
        mail = back.receipt_mail_id
        self.assertIn(note.name, mail.subject)
        self.assertEqual(mail.attachment_ids.mimetype, "application/pdf")
        self.assertFalse(back.notice_mail_id)
        self.assertTrue(note.activity_ids)

    def test_parts_are_credited_up_to_the_sale_and_not_past_it(self):
        sale = self.take(message())
        first = self.take(refund("2RF1", "-47.20", "-1.00"))
        self.assertEqual(first.document_id.amount_total, 47.20)
        self.assertEqual(first.document_id.amount_tax, 7.20)
        too_much = self.take(refund("2RF2", "-70.81", None))
        self.assert_side(too_much, "attention", "total_mismatch")
        self.assertIn("118.01", too_much.explanation)
        rest = self.take(refund("2RF3", "-70.80", None))
        self.assertEqual(self.assert_done(rest).amount_total, 70.80)
        self.assertEqual(sale.credited, 118.00)
        # 118 - 4.20 came in, all of 118 went back, and 1.00 of the fee came back
        self.assertEqual(self.paypal_balance(), -3.20)

    def test_credit_notes_of_a_batch_are_made_at_once_and_leave_invoices_alone(self):
        txn_ids = [f"1SALE{number}" for number in range(6)]
        sales = self.take(*(message(txn_id=txn_id) for txn_id in txn_ids))
        backs = self.inbox.union(
            *(self.receive(refund(f"2{id}", parent_txn_id=id)) for id in txn_ids)
        )
        for back in backs:
            back._read()
        backs.company_id = self.company
        wanted = {back: (sale, 118.00) for back, sale in zip(backs, sales, strict=True)}

        def drafted(backs):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            notes = backs.with_company(self.company)._credit_notes(wanted)
            self.env.flush_all()
            return notes, self.env.cr.sql_log_count - before

        _first, for_one = drafted(backs[:1])
        rows = self.rows_of(sales.document_id)
        notes, for_five = drafted(backs[1:])
        self.assertEqual(notes.reversed_entry_id, sales[1:].document_id)
        self.assertEqual(set(notes.mapped("state")), {"draft"})
        self.assertEqual(set(notes.mapped("amount_total")), {118.00})
        self.assertEqual(self.rows_of(sales.document_id), rows)
        self.assertLess(for_five, 2 * for_one)

    def rows_of(self, moves):
        """:return: where PostgreSQL has these rows; what is changed moves"""
        self.env.cr.execute(
            "SELECT id, ctid FROM account_move WHERE id = ANY(%s)", [moves.ids]
        )
        return dict(self.env.cr.fetchall())

    def test_refunds_that_are_booked_together_follow_one_another_by_sale(self):
        other_txn = "1XY98765ZW432109V"
        sale, other = self.take(message(), message(txn_id=other_txn))
        backs = self.take(
            refund("2RF1", "-0.05", None),
            refund("2RF2", "-117.95", "-4.20"),
            refund("2RF3", "-118.00", parent_txn_id=other_txn),
            refund("2RF4", "-0.01", None, parent_txn_id=other_txn),
        )
        self.assert_side(backs[3], "attention", "total_mismatch")
        notes = [self.assert_done(back) for back in backs[:3]]
        self.assertEqual(
            [(note.reversed_entry_id, note.amount_total) for note in notes],
            [
                (sale.document_id, 0.05),
                (sale.document_id, 117.95),
                (other.document_id, 118.00),
            ],
        )
        self.assertEqual(notes[0].amount_tax + notes[1].amount_tax, 18.00)
        self.assertEqual({note.payment_state for note in notes}, {"paid"})
        self.assertEqual((sale.credited, other.credited), (118.00, 118.00))
        self.assertEqual(self.paypal_balance(), 0.00)

    def test_a_refund_shares_its_amount_among_the_taxes_of_the_sale(self):
        exempt = self.env["account.tax"].create(
            {
                "name": "Zero",
                "amount": 0.0,
                "type_tax_use": "sale",
                "country_id": self.env.ref("base.il").id,
                "company_id": self.company.id,
            }
        )
        self.env["product.product"].create(
            {"name": "Fruit", "default_code": "FR-1", "taxes_id": exempt.ids}
        )
        cart = message(
            txn_type="cart",
            mc_gross="218.00",
            item_name1="Shirt",
            mc_gross_1="118.00",
            item_name2="Fruit",
            item_number2="FR-1",
            mc_gross_2="100.00",
        )
        self.assertEqual(self.take(cart).document_id.amount_tax, 18.00)
        note = self.take(refund(gross="-109.00")).document_id
        self.assertEqual((note.amount_total, note.amount_tax), (109.00, 9.00))

    def test_a_refund_goes_on_by_itself_when_its_sale_arrives(self):
        early = self.take(refund())
        self.assert_side(early, "attention", "original_missing")
        self.assertIn(SALE_TXN, early.explanation)
        self.take(message())
        self.work()
        self.assertEqual(self.assert_done(early).amount_total, 118.00)

    def test_a_refund_of_a_sale_of_another_company_finds_nothing(self):
        self.take(message())
        other = self.setup_other_company()["company"]
        other.paypal_merchant_id = "OTHER00000001"
        other.caspit_licence_ids.sudo().licensed = True
        back = self.take(refund(receiver_id="OTHER00000001", receiver_email=None))
        self.assertEqual(back.company_id, other)
        self.assert_side(back, "attention", "original_missing")

    def test_the_same_refund_in_other_bytes_is_booked_once(self):
        self.take(message())
        self.assert_done(self.take(refund()))
        again = self.take(refund(ipn_track_id="another"))
        self.assert_side(again, "ignored", "duplicate")

    def test_a_refund_without_an_amount_is_not_booked(self):
        self.take(message())
        back = self.take(refund(gross=None))
        self.assert_side(back, "attention", "malformed")

    def test_an_open_invoice_that_was_paid_is_credited_at_its_own_taxes(self):
        invoice = self.open_invoice()
        sale = self.take(message(invoice=invoice.name))
        self.assertEqual(sale.document_id, invoice)
        note = self.assert_done(self.take(refund(gross="-59.00")))
        self.assertEqual((note.amount_total, note.amount_tax), (59.00, 9.00))
