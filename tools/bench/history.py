"""Years of old business, written by SQL: copies of one sale that the add-on booked."""

TABLES = (
    "paypal_ipn",
    "account_move",
    "account_move_line",
    "account_payment",
    "account_partial_reconcile",
    "account_full_reconcile",
    "res_partner",
)


def add_history(world, messages, invoices):
    """Copy the oldest booked sale of a database.

    :param world: the :class:`World`
    :param int messages: how many messages to add
    :param int invoices: how many of them with invoice, payment, fee and customer
    """
    copy = _Copy(world)
    for table in TABLES:
        world.sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    copy.customers(invoices)
    copy.documents(invoices)
    copy.messages(messages, invoices)
    for table in TABLES:
        world.sql(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
        world.sql(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
    # As PostgreSQL does by itself once a database has run for a minute.
    world.sql("VACUUM ANALYZE")


class _Copy:
    """Copies the rows of one sale, g times; ids are counted on from the last one."""

    def __init__(self, world):
        self.world = world
        [[self.ipn, self.invoice, self.partner]] = world.sql(
            "SELECT id, document_id, partner_id FROM paypal_ipn"
            " WHERE document_id IS NOT NULL ORDER BY id LIMIT 1"
        )
        self.entries = [
            id
            for (id,) in world.sql(
                "SELECT id FROM account_move WHERE paypal_ipn_id = %s"
                " OR origin_payment_id IN"
                " (SELECT id FROM account_payment WHERE paypal_ipn_id = %s)"
                " ORDER BY id",
                self.ipn,
                self.ipn,
            )
        ]
        self.lines = [
            id
            for (id,) in world.sql(
                "SELECT id FROM account_move_line WHERE move_id IN %s ORDER BY id",
                tuple(self.entries),
            )
        ]
        [[self.payment]] = world.sql(
            "SELECT id FROM account_payment WHERE paypal_ipn_id = %s", self.ipn
        )
        self.last = {
            table: world.sql(f"SELECT max(id) FROM {table}")[0][0] or 0
            for table in TABLES
        }

    def customers(self, count):
        self._insert(
            "res_partner",
            self.partner,
            count,
            id=self._next("res_partner"),
            name="'Old customer ' || g",
            complete_name="'Old customer ' || g",
            email="'old' || g || '@example.com'",
            email_normalized="'old' || g || '@example.com'",
            paypal_payer_id="'OLD' || g",
            commercial_partner_id=self._next("res_partner"),
        )

    def documents(self, count):
        """Invoice, payment and fee, with their lines and the reconciliation."""
        move = dict(zip(self.entries, range(len(self.entries)), strict=True))
        line = dict(zip(self.lines, range(len(self.lines)), strict=True))
        self._insert(
            "account_full_reconcile",
            self._id_of("account_full_reconcile"),
            count,
            id=self._next("account_full_reconcile"),
        )
        self._insert(
            "account_payment",
            self.payment,
            count,
            id=self._next("account_payment"),
            partner_id=self._next("res_partner"),
            move_id=self._one_of("account_move", move, "src.move_id"),
            name="'PAYOLD/' || g",
            paypal_txn_id="'OLDTXN' || g",
            paypal_ipn_id=self._next("paypal_ipn"),
        )
        for id, number in move.items():
            self._insert(
                "account_move",
                id,
                count,
                id=self._nth("account_move", move, number),
                name="src.sequence_prefix || (src.sequence_number + 100000 + g)::text",
                sequence_number="src.sequence_number + 100000 + g",
                partner_id=f"CASE WHEN src.partner_id = {self.partner} THEN "
                f"{self._next('res_partner')} ELSE src.partner_id END",
                commercial_partner_id=self._next("res_partner"),
                ref="src.ref || g",
                paypal_txn_id="CASE WHEN src.paypal_txn_id IS NOT NULL "
                "THEN 'OLDTXN' || g END",
                paypal_ipn_id="CASE WHEN src.paypal_ipn_id IS NOT NULL THEN "
                f"{self._next('paypal_ipn')} END",
                origin_payment_id="CASE WHEN src.origin_payment_id IS NOT NULL THEN "
                f"{self._next('account_payment')} END",
            )
        for id, number in line.items():
            self._insert(
                "account_move_line",
                id,
                count,
                id=self._nth("account_move_line", line, number),
                move_id=self._one_of("account_move", move, "src.move_id"),
                move_name="src.move_name || g",
                partner_id=f"CASE WHEN src.partner_id = {self.partner} THEN "
                f"{self._next('res_partner')} ELSE src.partner_id END",
                payment_id="CASE WHEN src.payment_id IS NOT NULL THEN "
                f"{self._next('account_payment')} END",
                full_reconcile_id="CASE WHEN src.full_reconcile_id IS NOT NULL THEN "
                f"{self._next('account_full_reconcile')} END",
            )
        self._insert(
            "account_partial_reconcile",
            self._id_of("account_partial_reconcile"),
            count,
            id=self._next("account_partial_reconcile"),
            debit_move_id=self._one_of("account_move_line", line, "src.debit_move_id"),
            credit_move_id=self._one_of(
                "account_move_line", line, "src.credit_move_id"
            ),
            full_reconcile_id=self._next("account_full_reconcile"),
        )

    def messages(self, count, with_documents):
        """The first ones with their documents, the others pending payments."""
        move = dict(zip(self.entries, range(len(self.entries)), strict=True))
        sold = f"g <= {with_documents}"
        invoice = self._nth("account_move", move, move[self.invoice])
        self._insert(
            "paypal_ipn",
            self.ipn,
            count,
            id=self._next("paypal_ipn"),
            body_hash="md5(g::text) || md5((-g)::text)",
            state=f"CASE WHEN {sold} THEN 'done' ELSE 'ignored' END",
            kind=f"CASE WHEN {sold} THEN 'sale' ELSE 'pending' END",
            reason=f"CASE WHEN {sold} THEN NULL ELSE 'pending' END",
            txn_id="'OLDTXN' || g",
            payer_id="'OLD' || g",
            next_try="NULL",
            document_id=f"CASE WHEN {sold} THEN {invoice} END",
            partner_id=f"CASE WHEN {sold} THEN {self._next('res_partner')} END",
            received_at="src.received_at - g * interval '1 minute'",
            payment_date="src.payment_date - g * interval '1 minute'",
            receipt_mail_id="NULL",
            notice_mail_id="NULL",
        )

    # === HOW === #

    def _id_of(self, table):
        """:return: the id of what settles the sale's receivable"""
        column = {"account_partial_reconcile": "id"}.get(table, "full_reconcile_id")
        [[id]] = self.world.sql(
            f"SELECT {column} FROM account_partial_reconcile WHERE debit_move_id IN %s",
            tuple(self.lines),
        )
        return id

    def _next(self, table):
        return f"({self.last[table]} + g)"

    def _nth(self, table, group, number):
        return f"({self.last[table]} + (g - 1) * {len(group)} + {number} + 1)"

    def _one_of(self, table, group, column):
        """Where a column's row has gone, one of several that were copied together."""
        cases = " ".join(
            f"WHEN {id} THEN {self._nth(table, group, number)}"
            for id, number in group.items()
        )
        return f"CASE {column} {cases} ELSE {column} END"

    def _insert(self, table, id, count, /, **changed):
        columns = [
            name
            for (name,) in self.world.sql(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s ORDER BY ordinal_position",
                table,
            )
        ]
        values = [changed.get(name, f'src."{name}"') for name in columns]
        names = ", ".join(f'"{name}"' for name in columns)
        self.world.sql(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(values)}"
            f" FROM {table} src, generate_series(1, {count}) g WHERE src.id = {id}"
        )
