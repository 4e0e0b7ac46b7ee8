# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

from ...authority import (
    Away,
    Faulty,
    NotAllowed,
    Refused,
    approval,
)

_logger = logging.getLogger(__name__)

#: Minutes between tries; the last goes on.
RETRY_MINUTES = (2, 2, 4, 8, 16, 32, 60)
#: The authority takes documents that are two weeks old at most.
MAX_DAYS = 14


class IlAllocation(models.Model):
    """Asking: claim, ask without a lock, write what came back."""

    _inherit = "il.allocation"

    @api.model
    def _cron_ask(self):
        """Ask for all numbers that are due."""
        while claimed := self._claim_one():
            try:
                claimed._ask()
                claimed.flush_recordset()
            except (OperationalError, ConcurrencyError):
                # Somebody changed the row meanwhile. The same key is asked again soon,
                # and brings the same number.
                self.env.cr.rollback()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _wake(self):
        self.env.ref("caspit_document_il.ir_cron_il_ask").sudo()._trigger()

    @api.model
    def _claim_one(self):
        """Take a row that is due, for this process alone.

        The next try is dated before the step, so a process that dies has claimed
        nothing for good. The same key brings the same number.
        """
        self.env.flush_all()
        now = self.env.cr.now()
        self.env.cr.execute(
            SQL(
                """UPDATE il_allocation
                      SET attempts = attempts + 1, write_date = %(now)s,
                          next_try = %(now)s + make_interval(
                              mins => (%(wait)s::int[])[least(attempts + 1, %(n)s)])
                    WHERE id = (SELECT id FROM il_allocation
                                 WHERE state IN ('wanted', 'emergency')
                                   AND next_try <= %(now)s
                                 ORDER BY attempts, id LIMIT 1
                                   FOR NO KEY UPDATE SKIP LOCKED)
                RETURNING id""",
                now=now,
                wait=list(RETRY_MINUTES),
                n=len(RETRY_MINUTES),
            ),
        )
        claimed = self.browse(id for [id] in self.env.cr.fetchall())
        claimed.invalidate_recordset()
        self.env["ir.cron"]._commit_progress()
        return claimed

    def _ask(self):
        """Ask for one number. Nothing that the authority does raises out of here."""
        authority = self.company_id._il_authority()
        if not authority.refresh_token:
            self._answered("wanted", False, self.env._("not connected"))
            return
        client, now = authority._client(), fields.Datetime.now()
        old, request = authority._tokens(), self._request(authority)
        emergency = self.number if self.state == "emergency" else None
        # Whatever is read is read: no transaction is open while the network is.
        self.env["ir.cron"]._commit_progress()
        try:
            tokens = client.fresh(old, now)
            if tokens is not old:
                # A refresh token may be good once: it is kept before anything else.
                authority._keep(tokens)
                self.env["ir.cron"]._commit_progress()
            if emergency:
                client.report_emergency(tokens, request, emergency)
                answer = None
            else:
                answer = client.approve(tokens, request)
        except Exception as error:  # the authority's answers are beyond us
            self._failed(authority, error)
        else:
            authority.trouble = False
            self._succeeded(answer)

    def _request(self, authority):
        invoice = self.move_id._il_invoice(self.key, authority.software_number)
        if self.decision == "reverse":
            invoice = invoice.reversed_charge()
        return approval(invoice)

    def _succeeded(self, answer):
        """:param Answer answer: with the number; None when a report was taken"""
        if answer is None:
            self.env["il.emergency.number"].search(
                [("allocation_id", "=", self.id)]
            ).reported_at = fields.Datetime.now()
        else:
            self.number = answer.number
        self._answered("approved", False, False)
        self._numbered()

    def _failed(self, authority, error):
        """Write why there is no number, and what happens now."""
        if isinstance(error, OperationalError):
            raise error
        code = getattr(error, "code", "") or False
        text = getattr(error, "text", "") or str(error) or type(error).__name__
        _logger.info("allocation %s: %s %s", self.id, type(error).__name__, code or "")
        if isinstance(error, Refused):
            self._answered("refused", code, text)
            self._tell_responsible()
        elif isinstance(error, Faulty) and self.state == "wanted":
            self._answered("faulty", code, text)
            self._tell_responsible()
        else:
            if isinstance(error, NotAllowed):
                authority.trouble = text or code
            if not isinstance(error, Away | NotAllowed | Faulty):
                _logger.error("allocation %s failed", self.id, exc_info=error)
            self._away(code, text)
        self._wake_receipts()

    def _away(self, code, text):
        """The authority cannot be asked now: an emergency number, or later."""
        if self.state == "wanted" and not self.number:
            taken = self.env["il.emergency.number"]._take(self)
            if taken:
                self.number = taken.name
                self._answered("emergency", code, text)
                self._numbered()
                return
        age = fields.Date.today() - (self.move_id.invoice_date or fields.Date.today())
        if self.state == "wanted" and age.days > MAX_DAYS:
            self._answered("faulty", "434", text)
            self._tell_responsible()
            return
        self._answered(self.state, code, text)

    def _answered(self, state, code, text):
        self.write(
            {
                "state": state,
                "error_code": code,
                "error_text": text,
                "answered_at": fields.Datetime.now(),
                "next_try": self.next_try
                if state in ("wanted", "emergency")
                else False,
            }
        )

    def _tell_responsible(self):
        """An activity on the document, for whoever is responsible."""
        company = self.company_id
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        user = company.paypal_user_id or admin or self.env.user
        records = self.with_context(lang=user.lang)
        move = self.move_id.with_context(mail_activity_quick_update=True)
        move.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=records.env._("No allocation number: decide what happens"),
            note=" ".join(
                filter(None, [self.error_code, self.error_text, records.explanation])
            ),
        )
