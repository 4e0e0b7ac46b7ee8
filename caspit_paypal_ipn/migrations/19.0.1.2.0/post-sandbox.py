# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Before this, a company tried PayPal's sandbox in journals of its own among the real.

Nothing is deleted: the journals stay, and so does all that is in them. A company that
is set to the sandbox goes on in them, so that a try still uses no real number, and its
invented customers become its own.
"""

from odoo.tools.sql import column_exists

GO_ON_IN_THEM = """
    UPDATE res_company
       SET paypal_sale_journal_id = paypal_sandbox_sale_journal_id,
           paypal_journal_id = coalesce(paypal_sandbox_journal_id, paypal_journal_id)
     WHERE paypal_environment = 'sandbox'
"""
OWN_ITS_PEOPLE = """
    UPDATE res_partner p
       SET company_id = c.id
      FROM res_company c
     WHERE c.paypal_environment = 'sandbox'
       AND p.paypal_is_sandbox AND p.company_id IS NULL
       AND EXISTS (SELECT 1 FROM paypal_ipn i
                    WHERE i.partner_id = p.id AND i.company_id = c.id)
       AND NOT EXISTS (SELECT 1 FROM paypal_ipn i
                        WHERE i.partner_id = p.id AND i.company_id <> c.id)
       AND NOT EXISTS (SELECT 1 FROM account_move m
                        WHERE m.partner_id = p.id AND m.company_id <> c.id)
"""


def migrate(cr, version):
    """Run once, after the tables have their new columns."""
    if version and column_exists(cr, "res_company", "paypal_sandbox_sale_journal_id"):
        cr.execute(GO_ON_IN_THEM)
        cr.execute(OWN_ITS_PEOPLE)
