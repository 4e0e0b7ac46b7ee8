"""What plain Odoo takes for the documents of a sale, on its two ways.

Both make what the add-on makes of one: an invoice with one line, its payment, the two
reconciled, and an entry over PayPal's fee. Neither looks anything up.
"""

from odoo.fields import Command


def in_a_batch(env, partners, tag):
    """The shortest way: everything of all sales at once.

    :param odoo.api.Environment env: of the company
    :param partners: the customer of each sale
    :param str tag: what tells these documents from others
    """
    company = env.company
    invoices = env["account.move"].create(
        [
            _invoice(company, partner, f"{tag}-{number}")
            for number, partner in enumerate(partners)
        ]
    )
    invoices.action_post()
    payments = env["account.payment"].create(
        [_payment(company, invoice) for invoice in invoices]
    )
    payments.action_post()
    env["account.move.line"]._reconcile_plan(
        [
            _receivable(invoice, payment.move_id)
            for invoice, payment in zip(invoices, payments, strict=True)
        ]
    )
    fees = env["account.move"].create(
        [_fee(company, invoice.ref) for invoice in invoices]
    )
    fees.action_post()
    env.cr.commit()


def one_at_a_time(env, partners, tag):
    """The way of a person: each invoice paid with the register-payment wizard."""
    company = env.company
    for number, partner in enumerate(partners):
        values = _invoice(company, partner, f"{tag}-{number}")
        invoice = env["account.move"].create(values)
        invoice.action_post()
        action = invoice.action_register_payment()
        wizard = (
            env[action["res_model"]]
            .with_context(action["context"])
            .create({"journal_id": company.paypal_journal_id.id})
        )
        wizard.action_create_payments()
        env["account.move"].create(_fee(company, invoice.ref)).action_post()
        env.cr.commit()


def _invoice(company, partner, ref):
    no_position = company.env["account.fiscal.position"]
    line = {
        "product_id": company.paypal_product_id.id,
        "name": "Blue shirt",
        "quantity": 1.0,
        "price_unit": 118.0,
        "tax_ids": [Command.set(company.paypal_tax_id._paypal_for(no_position).ids)],
    }
    return {
        "move_type": "out_invoice",
        "journal_id": company.paypal_sale_journal_id.id,
        "partner_id": partner.id,
        "ref": ref,
        "invoice_line_ids": [Command.create(line)],
    }


def _payment(company, invoice):
    journal = company.paypal_journal_id
    return {
        "payment_type": "inbound",
        "partner_type": "customer",
        "partner_id": invoice.partner_id.id,
        "amount": invoice.amount_total,
        "currency_id": invoice.currency_id.id,
        "journal_id": journal.id,
        "payment_method_line_id": journal.inbound_payment_method_line_ids[:1].id,
        "memo": invoice.ref,
    }


def _fee(company, ref):
    sides = (
        (company.paypal_fee_account_id, 4.20),
        (company.paypal_journal_id.default_account_id, -4.20),
    )
    return {
        "move_type": "entry",
        "journal_id": company.paypal_journal_id.id,
        "ref": ref,
        "line_ids": [
            Command.create(
                {
                    "name": ref,
                    "account_id": account.id,
                    "balance": amount,
                    "tax_ids": [Command.clear()],
                }
            )
            for account, amount in sides
        ],
    }


def _receivable(*moves):
    lines = moves[0].line_ids.browse()
    for move in moves:
        lines |= move.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
    return lines
