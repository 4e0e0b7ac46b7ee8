"""Which index each of the add-on's queries uses in the large database."""

from tools.bench.table import Row

#: By index: what it is for, and the query as the add-on makes it.
QUERIES = {
    "paypal_ipn_work_index": (
        "the claim",
        """SELECT id FROM paypal_ipn WHERE state = 'verified'
           AND next_try <= now() AT TIME ZONE 'UTC'
           ORDER BY attempts, id LIMIT 50 FOR NO KEY UPDATE SKIP LOCKED""",
    ),
    "paypal_ipn_body_unique": (
        "a resend",
        "SELECT id FROM paypal_ipn WHERE body_hash = md5('7') || md5('-7')",
    ),
    "paypal_ipn_parent_index": (
        "refunds that wait for their sale",
        """SELECT id FROM paypal_ipn WHERE company_id = 1
           AND parent_txn_id IN ('OLDTXN7', 'OLDTXN8')""",
    ),
    "paypal_ipn_txn_index": (
        "the timeline of a transaction",
        "SELECT id FROM paypal_ipn WHERE company_id = 1 AND txn_id = 'OLDTXN7'",
    ),
    "paypal_ipn_payer_index": (
        "earlier messages of a new customer",
        """SELECT id FROM paypal_ipn WHERE company_id IN (1)
           AND payer_id IN ('OLD7', 'OLD8') AND partner_id IS NULL""",
    ),
    "paypal_ipn_paid_index": (
        "My Caspit's period",
        """SELECT sum(gross) FROM paypal_ipn WHERE company_id = 1
           AND payment_date >= now() - interval '3 days'
           AND payment_date < now() + interval '1 day'""",
    ),
    "paypal_ipn__partner_id_index": (
        "a customer's messages",
        """SELECT id FROM paypal_ipn
           WHERE partner_id = (SELECT max(id) FROM res_partner)""",
    ),
    "paypal_ipn__document_id_index": (
        "a document's messages",
        """SELECT id FROM paypal_ipn
           WHERE document_id = (SELECT max(id) FROM account_move)""",
    ),
    "account_payment_paypal_txn_unique": (
        "what is booked already",
        """SELECT paypal_txn_id FROM account_payment WHERE company_id = 1
           AND paypal_txn_id IN ('OLDTXN7', 'OLDTXN8', 'NEW1')""",
    ),
    "account_move_paypal_txn_unique": (
        "the document of a transaction",
        """SELECT id FROM account_move WHERE company_id = 1
           AND paypal_txn_id IN ('OLDTXN7', 'OLDTXN8')""",
    ),
    "account_move__paypal_ipn_id_index": (
        "what a message made",
        "SELECT id FROM account_move WHERE paypal_ipn_id = 7",
    ),
    "account_payment__paypal_ipn_id_index": (
        "what a message paid",
        "SELECT id FROM account_payment WHERE paypal_ipn_id = 7",
    ),
    "res_partner__paypal_payer_id_index": (
        "the customer of a message",
        "SELECT id FROM res_partner WHERE paypal_payer_id = 'OLD7' AND active",
    ),
    "paypal_ipn_attention_index": (
        "what waits for a person",
        "SELECT count(*) FROM paypal_ipn WHERE company_id = 1 AND state = 'attention'",
    ),
}


def plans(world):
    """Have PostgreSQL explain each query.

    :return: a row for each; its figure is 1 when the plan uses the index
    """
    rows = []
    for index, (purpose, query) in QUERIES.items():
        plan = "\n".join(line for (line,) in world.sql(f"EXPLAIN {query}"))
        used = float(index in plan and "Seq Scan on paypal_ipn" not in plan)
        rows.append(Row(f"{index}: {purpose}", used, None, "used", used, at_least=1))
    return rows
