"""Which index each of the add-on's queries uses in the large database."""

from tools.bench.table import Row

ACTIVITY_ROWS = 50_000
WAITING = 10_000
#: Tables of a few rows each, which PostgreSQL reads whole.
SMALL_TABLES = (
    "account_tax",
    "caspit_licence",
    "paypal_activity",
    "paypal_api_connection",
    "paypal_api_dispute",
    "paypal_api_proof",
    "paypal_api_window",
    "paypal_ipn_retry",
    "res_company",
)

#: By index: what it is for, and the query as the add-on makes it.
QUERIES = {
    "paypal_ipn_work_index": (
        "the claim, while thousands wait for their next try",
        """SELECT id FROM paypal_ipn WHERE state = 'verified'
           AND next_try <= now() AT TIME ZONE 'UTC'
           AND (attempts = 0 OR reason IS NOT NULL)
           ORDER BY source = 'file', attempts, id
           LIMIT 50 FOR NO KEY UPDATE SKIP LOCKED""",
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
    "paypal_ipn_state_index": (
        "the health page's counts",
        "SELECT count(*) FROM paypal_ipn WHERE state = 'refused'",
    ),
    "paypal_ipn_undated_index": (
        "My Caspit's messages without a date",
        """SELECT count(*) FROM paypal_ipn WHERE company_id = 1
           AND payment_date IS NULL AND received_at >= now() - interval '3 days'""",
    ),
    "paypal_ipn_to_retry_index": (
        "what is to be retried in the background",
        "SELECT id FROM paypal_ipn WHERE is_to_retry IS TRUE ORDER BY id LIMIT 50",
    ),
    "paypal_ipn__retry_id_index": (
        "the progress of a retry",
        "SELECT count(*) FROM paypal_ipn WHERE retry_id IN (7)",
    ),
    "paypal_ipn__original_id_index": (
        "refunds and disputes of a sale",
        "SELECT id FROM paypal_ipn WHERE original_id IN (7)",
    ),
    "paypal_ipn__activity_line_id_index": (
        "what was made from a row of a file",
        "SELECT id FROM paypal_ipn WHERE activity_line_id IN (7)",
    ),
    "paypal_ipn_resend__ipn_id_index": (
        "resends of a message",
        "SELECT count(*) FROM paypal_ipn_resend WHERE ipn_id IN (7)",
    ),
    "paypal_activity_line_to_compare_index": (
        "the next rows to compare",
        """SELECT id FROM paypal_activity_line WHERE activity_id = 1
           AND result IS NULL ORDER BY id LIMIT 500""",
    ),
    "paypal_activity_line_to_make_index": (
        "the next rows to make",
        """SELECT id FROM paypal_activity_line WHERE activity_id = 1
           AND is_to_make IS TRUE ORDER BY moment LIMIT 50""",
    ),
    "paypal_activity_line_result_index": (
        "a file's missing rows",
        """SELECT count(*) FROM paypal_activity_line
           WHERE activity_id = 1 AND result = 'missing'""",
    ),
    "paypal_activity_line_txn_index": (
        "a file's rows of some transactions",
        """SELECT id FROM paypal_activity_line
           WHERE activity_id = 1 AND txn_id IN ('ROW7', 'ROW8')""",
    ),
    "paypal_activity_line_ledger_key_unique": (
        "what is known of a page of PayPal's ledger",
        """SELECT ledger_key, id, fingerprint FROM paypal_activity_line
           WHERE activity_id = 1 AND ledger_key = ANY(ARRAY['KEY7', 'KEY8'])""",
    ),
    "paypal_activity_line_ledger_txn_index": (
        "whether PayPal's ledger has a transaction",
        """SELECT id FROM paypal_activity_line
           WHERE ledger_key IS NOT NULL AND txn_id IN ('ROW7', 'ROW8')""",
    ),
    "paypal_activity_line_due_index": (
        "rows whose wait for a message is over",
        """SELECT id FROM paypal_activity_line WHERE activity_id = 1
           AND due_at <= now() AT TIME ZONE 'UTC'""",
    ),
    "paypal_activity_line__ipn_id_index": (
        "the row that a message belongs to",
        "SELECT id FROM paypal_activity_line WHERE ipn_id IN (7)",
    ),
    "paypal_activity_line__pair_id_index": (
        "the other half of a pair",
        "SELECT id FROM paypal_activity_line WHERE pair_id IN (7)",
    ),
    "paypal_activity_line__payment_id_index": (
        "the row of a payment that is deleted",
        "SELECT id FROM paypal_activity_line WHERE payment_id = 7",
    ),
    "paypal_activity_line__move_id_index": (
        "the row of an entry that is deleted",
        "SELECT id FROM paypal_activity_line WHERE move_id = 7",
    ),
    "res_partner_paypal_email_index": (
        "a new payer whom Odoo knows by his e-mail",
        """SELECT id FROM res_partner
           WHERE email_normalized = 'a@example.com' AND active""",
    ),
    "paypal_ipn_attention_index": (
        "what waits for a person",
        "SELECT count(*) FROM paypal_ipn WHERE company_id = 1 AND state = 'attention'",
    ),
}


def plans(world):
    """Have PostgreSQL explain each query.

    :return: a row for each; its figure is 1 when the plan uses the index. The last
        row counts indexes that no query here is named for
    """
    _add_what_the_history_lacks(world)
    rows = []
    for index, (purpose, query) in QUERIES.items():
        plan = "\n".join(line for (line,) in world.sql(f"EXPLAIN {query}"))
        used = float(index in plan and "Seq Scan" not in plan)
        rows.append(Row(f"{index}: {purpose}", used, None, "used", used, at_least=1))
    unnamed = _indexes(world) - set(QUERIES)
    what = f"indexes that none of these uses {' '.join(sorted(unnamed))}"
    rows.append(Row(what, len(unnamed), None, "", len(unnamed), at_most=0))
    world.clear_line()
    return rows


def _indexes(world):
    """:return: the names of the add-on's indexes, but for keys and small tables"""
    rows = world.sql(
        """SELECT indexname FROM pg_indexes
            WHERE (tablename LIKE 'paypal%%' OR indexname LIKE '%%paypal%%')
              AND indexname NOT LIKE '%%_pkey' AND tablename NOT IN %s""",
        SMALL_TABLES,
    )
    return {name for (name,) in rows}


def _add_what_the_history_lacks(world):
    """Add a compared activity file, resends, and messages that wait for a try."""
    with world.session.environment() as env:
        env["paypal.activity"].create({"name": "activity.csv"})
    world.sql(
        """INSERT INTO paypal_activity_line (activity_id, line, txn_id, ledger_key,
                                             result, moment)
           SELECT 1, g, 'ROW' || g, 'KEY' || g,
                  CASE WHEN g %% 100 = 0 THEN 'missing' ELSE 'equal' END,
                  now() AT TIME ZONE 'UTC' - g * interval '1 minute'
             FROM generate_series(1, %s) g""",
        ACTIVITY_ROWS,
    )
    world.sql(
        """INSERT INTO paypal_ipn_resend (ipn_id, received_at)
           SELECT id, received_at FROM paypal_ipn ORDER BY id LIMIT %s""",
        ACTIVITY_ROWS,
    )
    world.sql(
        """UPDATE paypal_ipn
              SET state = 'verified', reason = 'no_answer',
                  next_try = now() AT TIME ZONE 'UTC' + interval '1 hour'
            WHERE id IN (SELECT id FROM paypal_ipn WHERE state = 'ignored'
                          ORDER BY id LIMIT %s)""",
        WAITING,
    )
    world.sql("ANALYZE paypal_activity_line, paypal_ipn_resend, paypal_ipn")
