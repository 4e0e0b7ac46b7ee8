"""What became of a message, read from the books."""

import hashlib

MAIL_KINDS = {
    "out_invoice": "receipt",
    "out_receipt": "receipt",
    "out_refund": "refund",
}


def outcome_of(env, body, sink_mails):
    """Tell what one message caused.

    :param odoo.api.Environment env: of the database that received it
    :param bytes body: the message
    :param sink_mails: every :class:`tools.standin.mail_sink.SinkMail` that arrived
    :return: a dictionary as ``make replay`` prints it; empty lists when the message
        was not kept
    """
    digest = hashlib.sha256(body).hexdigest()
    ipn = env["paypal.ipn"].search([("body_hash", "=", digest)])
    return outcome_of_message(env, ipn, sink_mails)


def outcome_of_message(env, ipn, sink_mails):
    """Like :func:`outcome_of`, of a message of whatever source, or none."""
    documents = ipn.move_ids.filtered(
        lambda move: move.is_sale_document(include_receipts=True)
    )
    return {
        "state": ipn.state or None,
        "reason": ipn.reason or None,
        "message": ipn.explanation or None,
        "txn_id": ipn.txn_id or None,
        "company": ipn.company_id.name or None,
        "documents": [document_of(move) for move in documents.sorted("id")],
        "payments": [payment_of(payment) for payment in ipn.payment_ids.sorted("id")],
        "fees": _fees(ipn),
        "mails": _mails(env, ipn, sink_mails),
    }


NOTHING_CAUSED = {"documents": [], "payments": [], "fees": [], "mails": []}


def paypal_balance(env):
    """The balance of the PayPal account, in the company's currency.

    :rtype: str
    """
    company = env.company
    account = company.paypal_journal_id.default_account_id
    lines = env["account.move.line"].search(
        [("account_id", "in", account.ids), ("parent_state", "=", "posted")]
    )
    return _amount(sum(lines.mapped("balance")), company.currency_id)


def _amount(value, currency):
    return f"{value:.{currency.decimal_places}f}"


def document_of(move):
    currency, partner = move.currency_id, move.partner_id
    lines = move.invoice_line_ids.filtered(lambda line: line.display_type == "product")
    return {
        "move_type": move.move_type,
        "name": move.name,
        "state": move.state,
        "payment_state": move.payment_state,
        "currency": currency.name,
        "amount_total": _amount(move.amount_total, currency),
        "amount_tax": _amount(move.amount_tax, currency),
        "amount_untaxed": _amount(move.amount_untaxed, currency),
        "amount_residual": _amount(move.amount_residual, currency),
        "date": str(move.invoice_date),
        "partner": {
            "name": partner.name,
            "email": partner.email or None,
            "country": partner.country_id.code or None,
            "lang": partner.lang,
            "street": partner.street or None,
            "city": partner.city or None,
        },
        "lines": [
            {
                "name": line.name,
                "quantity": str(line.quantity),
                "total": _amount(line.price_total, currency),
            }
            for line in lines
        ],
        "pdf": move.invoice_pdf_report_id.name or None,
    }


def payment_of(payment):
    return {
        "direction": payment.payment_type,
        "amount": _amount(payment.amount, payment.currency_id),
        "currency": payment.currency_id.name,
        "date": str(payment.date),
        "journal": payment.journal_id.name,
    }


def _fees(ipn):
    account = ipn.company_id.paypal_fee_account_id
    lines = ipn.move_ids.line_ids.filtered(
        lambda line: line.account_id == account and line.parent_state == "posted"
    )
    return [
        {
            "amount": _amount(line.amount_currency, line.currency_id),
            "currency": line.currency_id.name,
        }
        for line in lines
    ]


def _mails(env, ipn, sink_mails):
    """The mails of a message that the mail server took.

    A mail is known by its Message-ID, which Odoo keeps on the record.
    """
    queued = env["mail.mail"].search(
        [
            "|",
            "&",
            ("model", "=", "paypal.ipn"),
            ("res_id", "in", ipn.ids),
            "&",
            ("model", "=", "account.move"),
            ("res_id", "in", ipn.move_ids.ids),
        ]
    )
    by_id = {mail.message_id: mail for mail in queued}
    return [
        {
            "to": ", ".join(arrived.recipients),
            "subject": arrived.subject,
            "kind": _mail_kind(ipn, by_id[arrived.message_id]),
            "attachments": [name for name, _content in arrived.attachments],
        }
        for arrived in sink_mails
        if arrived.message_id in by_id
    ]


def _mail_kind(ipn, mail):
    if mail == ipn.notice_mail_id:
        return "order"
    if mail == ipn.receipt_mail_id:
        return MAIL_KINDS[ipn.document_id.move_type]
    return "other"


def pdfs_of(env):
    """The PDFs of all documents that messages made.

    :return: pairs of file name and content
    """
    moves = env["account.move"].search([("paypal_ipn_id", "!=", False)])
    return [(pdf.name, pdf.raw) for pdf in moves.invoice_pdf_report_id]
