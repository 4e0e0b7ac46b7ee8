# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


from ..common import message
from .sandbox_case import PAID, TestCompanyCase, refund, sandbox


class TestNothingRealChanges(TestCompanyCase):
    def books(self):
        """Everything of the real company that an accountant, or a customer, sees."""
        self.env.flush_all()
        self.env.invalidate_all()
        mine = [("company_id", "=", self.company.id)]
        lines = self.env["account.move.line"].sudo()
        return {
            "items": lines.search(mine, order="id").mapped(
                lambda line: (
                    line.move_id.name,
                    line.account_id.with_company(self.company).code,
                    line.balance,
                    line.amount_currency,
                    line.reconciled,
                    tuple(line.tax_tag_ids.mapped("name")),
                )
            ),
            "returns": lines._read_group(
                mine, ["tax_tag_ids", "tax_line_id"], ["balance:sum", "__count"]
            ),
            "numbers": self.next_numbers(),
            "partners": self.env["res.partner"]
            .sudo()
            .search_read(
                [("company_id", "in", (False, self.company.id))],
                ["name", "email", "street", "paypal_payer_id", "customer_rank", "lang"],
                order="id",
            ),
            "products": self.env["product.template"]
            .sudo()
            .search([("company_id", "in", (False, self.company.id))])
            .mapped(
                lambda product: (
                    product.id,
                    product.list_price,
                    product.taxes_id.filtered(
                        lambda tax: tax.company_id == self.company
                    ).ids,
                )
            ),
            "company": self.company.sudo().read(
                [name for name in self.company._fields if name in self.settings()]
            ),
            "my_caspit": self.env["caspit.dashboard"]
            .with_user(self.manager)
            .with_context(allowed_company_ids=self.company.ids)
            .with_company(self.company)
            .read_dashboard("year"),
            "messages": self.inbox.search_read(
                mine, ["state", "credited", "document_id", "partner_id"], order="id"
            ),
        }

    def settings(self):
        return {
            name
            for name, field in self.company._fields.items()
            if name.startswith(("paypal_", "account_")) and field.store
        }

    def next_numbers(self):
        """The number that each journal would give next, for each sort of document."""
        types = {
            "sale": ("out_invoice", "out_refund"),
            "purchase": ("in_invoice", "in_refund"),
        }
        journals = self.env["account.journal"].search(
            [("company_id", "=", self.company.id)], order="id"
        )
        moves = self.env["account.move"]
        numbers = {}
        with self.env.cr.savepoint() as savepoint:
            for journal in journals:
                for move_type in types.get(journal.type, ("entry",)):
                    move = moves.create(
                        {
                            "move_type": move_type,
                            "journal_id": journal.id,
                            "date": PAID,
                            "invoice_date": PAID,
                        }
                    )
                    move._set_next_sequence()
                    numbers[journal.code, move_type] = move.name
            savepoint.rollback()
        return numbers

    def test_making_using_and_removing_it_leaves_the_real_company_as_it_was(self):
        self.take(
            message(),
            message(txn_id="LIVE0000000000002", mc_gross="236.00"),
            refund(
                message,
                txn_id="LIVE0000000000003",
                parent_txn_id="LIVE0000000000002",
                mc_gross="-50.00",
                mc_fee="0.00",
            ),
        )
        self.open_invoice()
        before = self.books()
        self.assertEqual(before["my_caspit"]["counts"]["done"], 3)
        self.assertIn("INV", str(before["numbers"]))
        self.assertTrue(any(tags for *_rest, tags in before["items"]))

        test = self.try_out()
        self.assert_same(before)
        sale, back = self.take(sandbox(), refund())
        self.assert_done(sale)
        self.assert_done(back)
        lost = self.sale(txn_id="4LO23456CD789012E")
        self.take(
            sandbox(
                txn_id="5RV23456CD789012E",
                parent_txn_id="4LO23456CD789012E",
                payment_status="Reversed",
                reason_code="chargeback",
                mc_gross="-118.00",
                mc_fee="0.00",
            )
        )
        self.assertTrue(lost.follower_ids)
        self.take(
            sandbox(
                txn_type="new_case",
                txn_id="4LO23456CD789012E",
                case_id="PP-D-1",
                payment_status=None,
            )
        )
        self.assert_same(before)
        self.remove(test)
        self.assertFalse(test.exists())
        self.assert_same(before)
        after = self.assert_done(self.take(message(txn_id="LIVE0000000000009")))
        self.assertEqual(after.name, before["numbers"]["INV", "out_invoice"])

    def assert_same(self, before):
        """Part by part, so that a failure says where it is."""
        for part, found in self.books().items():
            with self.subTest(part):
                self.assertEqual(found, before[part])
