# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which of PayPal's doors are open, and what did not come through IPN's."""

from datetime import timedelta

from odoo import fields, models
from odoo.addons.caspit_paypal_ipn.models.company.check import Check, Mend
from odoo.addons.caspit_paypal_ipn.models.inbox.paypal_ipn import MANAGER
from odoo.addons.caspit_paypal_ipn.models.sources import DEFAULT
from odoo.tools import SQL, LazyTranslate
from odoo.tools.misc import format_datetime

_lt = LazyTranslate(__name__)

#: A door that nothing came through for so long is none that is known to be open.
LATELY = timedelta(days=30)
#: PayPal's message of a payment that is in the ledger for so long is late.
LATE = timedelta(minutes=15)
#: So many payments in a row without a message, after others had one, are silence.
SILENT = 2
LOOKED_AT = 50
#: What the set-up page counts at most.
MOST = 5_000

CHECKS = (
    Check("ledger", "url", _lt("PayPal's ledger"), "_paypal_see_ledger"),
    Check("webhooks", "url", _lt("Webhooks"), "_paypal_see_webhooks"),
    Check("doors", "url", _lt("Ways in"), "_paypal_see_doors"),
    Check("never_came", "url", _lt("Payments without IPN"), "_paypal_see_never_came"),
)

#: The connection's form says what is wrong in full, and has what mends it.
MENDS = dict.fromkeys(
    ("ledger", "webhooks", "doors"),
    Mend(_lt("Open PayPal's ledger"), "action_paypal_api_open", group=MANAGER),
)


class PaypalApiConnection(models.Model):
    _inherit = "paypal.api.connection"

    told_silence_at = fields.Datetime(readonly=True, copy=False)

    def _payments_by_ipn(self, limit=None):
        """The customers' payments of late, in the ledger's words.

        :param int limit: how many at most
        :return: for each, the latest first: transaction, moment, whether its IPN came
        """
        self.env.flush_all()
        since = max(self.since or fields.Datetime.now(), self._now() - LATELY)
        return self.env.execute_query(
            SQL(
                """SELECT line.txn_id, line.moment, EXISTS (
                          SELECT FROM paypal_ipn ipn
                           WHERE ipn.company_id = %(company)s
                             AND ipn.txn_id = line.txn_id AND ipn.source = %(source)s
                             AND ipn.state != 'refused')
                     FROM paypal_activity_line line
                    WHERE line.activity_id = %(ledger)s AND line.kind = 'sale'
                      AND line.ledger_key IS NOT NULL AND line.moves_balance
                      AND line.moment >= %(since)s AND line.seen_at <= %(late)s
                    ORDER BY line.moment DESC, line.id DESC LIMIT %(limit)s""",
                company=self.company_id.id,
                source=DEFAULT,
                ledger=self.activity_id.id or 0,
                since=since,
                late=self._now() - LATE,
                limit=limit,
            )
        )

    def _now(self):
        return self.env.cr.now()

    def _silent_payments(self):
        """The latest payments, when no IPN came of any of them and others had one.

        :return: as :meth:`_payments_by_ipn`; none while messages come
        """
        payments = self._payments_by_ipn(LOOKED_AT)
        heard = [number for number, payment in enumerate(payments) if payment[2]]
        silent = payments[: heard[0]] if heard else []
        return silent if len(silent) >= SILENT else []

    def _tell_silence(self):
        """Tell once that PayPal's messages stopped while payments go on.

        PayPal writes a mail when it switches IPN off; only its effect is seen here.
        """
        silent = self._silent_payments()
        if not silent:
            self.told_silence_at = False
        elif not self.told_silence_at and self._tell(
            subject=self.env._("PayPal's messages (IPN) have stopped"),
            sentence=self.env._(
                "PayPal's ledger has %(count)s payments since %(when)s, and PayPal "
                "sent no message of any of them. Perhaps it has switched IPN off: it "
                "does so after four days without an answer, and writes a mail.",
                count=len(silent),
                when=format_datetime(self.env, silent[-1][1], dt_format="short"),
            ),
            advice=self.env._(
                "Look in PayPal under Account settings → Notifications → Instant "
                "payment notifications, switch them on and enter the IPN URL. The "
                "payments are not lost: they are made from the ledger, or you are "
                "told of each."
            ),
        ):
            self.told_silence_at = self._now()


class ResCompany(models.Model):
    _inherit = "res.company"

    def _paypal_check_table(self):
        table = super()._paypal_check_table()
        place = next(n for n, row in enumerate(table) if row.code == "retired")
        return [*table[: place + 1], *CHECKS, *table[place + 1 :]]

    def _paypal_check_mends(self):
        return super()._paypal_check_mends() | MENDS

    def _paypal_check_mend(self, code, level):
        """One more door can be opened also where those that are open will do."""
        if code == "doors" and not self._paypal_is_wide_open():
            level = "warn"
        return super()._paypal_check_mend(code, level)

    def _paypal_is_wide_open(self):
        """:return: whether all is switched on that can be switched on here"""
        connection = self.env["paypal.api.connection"]._of(self)
        return connection.state == "connected" and connection.webhook_state == "on"

    def _paypal_see_ledger(self):
        """Whether PayPal's ledger is read, since it was connected."""
        connection = self.env["paypal.api.connection"]._of(self)
        if connection.state == "trouble":
            return "error", connection.explanation
        if connection.state != "connected":
            return None
        said = [self.env._("Connected: PayPal's ledger is read each hour.")]
        if connection.trouble:
            said.append(connection.explanation)
        if connection.proof_text:
            said.append(f"{connection.proof_text}.")
        is_proved = connection.is_proved or not connection.proof_text
        is_well = is_proved and not connection.trouble
        return "ok" if is_well else "warn", " ".join(said)

    def _paypal_see_webhooks(self):
        """Why webhooks do not work; the doors say whether they are on."""
        connection = self.env["paypal.api.connection"]._of(self)
        if connection.webhook_state != "trouble":
            return None
        return "error", connection.webhook_explanation

    def _paypal_see_doors(self):
        """Which of the three ways from PayPal to here are open."""
        connection = self.env["paypal.api.connection"]._of(self)
        lately = [("received_at", ">=", fields.Datetime.now() - LATELY)]
        ipn = [*self._paypal_received(), ("source", "=", DEFAULT), *lately]
        is_open = {
            self.env._("IPN"): bool(self.env["paypal.ipn"].search_count(ipn, limit=1)),
            self.env._("Webhooks"): connection.webhook_state == "on",
            self.env._("PayPal's ledger"): connection.state == "connected",
        }
        opened = ", ".join(name for name, opened in is_open.items() if opened)
        closed = ", ".join(name for name, opened in is_open.items() if not opened)
        if not closed:
            return "ok", self.env._("All three are open: %s.", opened)
        level = "ok" if is_open[self.env._("PayPal's ledger")] and opened else "warn"
        return level, self.env._(
            "Open: %(opened)s. Closed, or nothing came for a month: %(closed)s. With "
            "more than one nothing is missed should PayPal close one: each payment is "
            "booked once all the same.",
            opened=opened or "–",
            closed=closed,
        )

    def _paypal_see_never_came(self):
        """Payments of the ledger whose IPN never came."""
        connection = self.env["paypal.api.connection"]._of(self)
        payments = connection._payments_by_ipn(MOST) if connection.since else []
        if not payments:
            return None
        missing = [txn_id for txn_id, _moment, came in payments if not came]
        if not missing:
            return "ok", self.env._(
                "PayPal sent a message (IPN) of each of %s payments.", len(payments)
            )
        return "warn", self.env._(
            "Of %(missing)s of %(total)s payments of the last 30 days PayPal's IPN "
            "never came, for example %(example)s. Either IPN is switched off in "
            "PayPal, or the shop names another address for its payments (notify_url). "
            "Enter the IPN URL in PayPal, or in the shop.",
            missing=len(missing),
            total=len(payments),
            example=", ".join(missing[:3]),
        )
