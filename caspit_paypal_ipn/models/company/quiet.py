# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ..inbox.paypal_ipn import LINE_STATES
from ..inbox.sender import DOUBTFUL

#: What "usual" is learnt from: so much time, and so many messages at most.
HISTORY = timedelta(weeks=8)
HISTORY_MESSAGES = 20_000
#: Less than this says nothing about what is usual.
MIN_MESSAGES = 20
MIN_AGE = timedelta(weeks=2)
#: Silence is unusual when it lasts so many times as long as the longest one before:
#: which is the weekend, where a shop is closed then.
FACTOR = 1.5
#: A message is late when it is due for so long, or was tried so often: eight tries
#: without success take four hours.
OVERDUE = timedelta(hours=1)
TRIES = 8

WATCH_TEMPLATE = "mail_template_watch"


class ResCompany(models.Model):
    """The merchant is told when PayPal falls silent, or messages stand on the line."""

    _inherit = "res.company"

    paypal_quiet_days = fields.Integer(
        "Warn Me after Days of Silence",
        default=1,
        groups="base.group_user",
        help="A mail warns you when nothing has come from PayPal for at least so many "
        "days, and for longer than is usual for you. 0: never.",
    )
    paypal_quiet_told_at = fields.Datetime(
        "PayPal Silence Told at", readonly=True, copy=False, groups="base.group_user"
    )
    paypal_late_told_at = fields.Datetime(
        "PayPal Delay Told at", readonly=True, copy=False, groups="base.group_user"
    )

    _paypal_quiet_days_check = models.Constraint(
        "CHECK (paypal_quiet_days >= 0)", "Days of silence cannot be negative."
    )

    # === THE SCHEDULED ACTION === #

    @api.model
    def _cron_paypal_watch(self):
        """Look at each company that takes real payments; once an hour is enough."""
        self.env["paypal.ipn"]._close_all_settled()
        self.env["paypal.ipn"]._look_at_receipts()
        for company in self.search([("paypal_environment", "=", "live")]):
            if company.paypal_licence_status == "active":
                company._paypal_watch(self.env.cr.now())
            self.env["ir.cron"]._commit_progress(1)

    def _paypal_watch(self, now):
        """Tell what is wrong once, in the transaction that notes it.

        :param datetime now: without time zone, UTC
        """
        if not self._paypal_notice_address():
            return
        if not self.try_lock_for_update(allow_referencing=True):
            return
        self.invalidate_recordset(["paypal_quiet_told_at", "paypal_late_told_at"])
        last = self._paypal_silent_since(now)
        told_at = self.paypal_quiet_told_at
        is_news = last and not (told_at and told_at > last)
        if is_news and self._paypal_mail(WATCH_TEMPLATE, paypal_silent_since=last):
            self.paypal_quiet_told_at = now
        late = self.env["paypal.ipn"].search_count(self._paypal_late(now))
        if not late:
            self.paypal_late_told_at = False
        elif not self.paypal_late_told_at and self._paypal_mail(
            WATCH_TEMPLATE, paypal_late=late
        ):
            self.paypal_late_told_at = now

    # === WHAT IS UNUSUAL === #

    def _paypal_silent_since(self, now):
        """Compare the silence with the longest one of the last weeks.

        :param datetime now: without time zone, UTC
        :return: when the last message came in, if that is longer ago than is usual;
            else None, as for a shop that is new
        """
        self.ensure_one()
        first, last, count, longest = self._paypal_rhythm(now)
        if not (self.paypal_quiet_days and count >= MIN_MESSAGES):
            return None
        if now - first < MIN_AGE:
            return None
        limit = max(timedelta(days=self.paypal_quiet_days), longest * FACTOR)
        return last if now - last > limit else None

    def _paypal_rhythm(self, now):
        """How genuine messages with a payment's date came in lately.

        Found by the index on that date; the silence is between the receptions.

        :return: the date of the first payment ever, the last reception, how many there
            were, and the longest time between two
        """
        self.env.flush_all()
        [row] = self.env.execute_query(
            SQL(
                """WITH recent AS (
                       SELECT received_at FROM paypal_ipn
                        WHERE company_id = %(company)s AND payment_date >= %(since)s
                          AND NOT is_sandbox
                          AND (state IN ('verified', 'booked', 'done')
                               OR resume_state IN ('verified', 'booked'))
                        ORDER BY payment_date DESC LIMIT %(limit)s),
                   gaps AS (
                       SELECT received_at, received_at
                              - lag(received_at) OVER (ORDER BY received_at) AS gap
                         FROM recent)
                   SELECT (SELECT min(payment_date) FROM paypal_ipn
                            WHERE company_id = %(company)s
                              AND payment_date IS NOT NULL
                              AND (state IN ('verified', 'booked', 'done')
                                   OR resume_state IN ('verified', 'booked'))),
                          max(received_at), count(*),
                          coalesce(max(gap), interval '0')
                     FROM gaps""",
                company=self.id,
                since=now - HISTORY,
                limit=HISTORY_MESSAGES,
            )
        )
        return row

    def _paypal_late(self, now):
        """:return: a domain: messages of the company that do not come on"""
        return (
            Domain("company_id", "=", self.id)
            & Domain("state", "in", LINE_STATES)
            & Domain("lane", "<", DOUBTFUL)
            & (Domain("next_try", "<", now - OVERDUE) | Domain("attempts", ">", TRIES))
        )

    # === THE MAIL === #

    def paypal_messages_url(self):
        """:return: the address of the messages"""
        action = "caspit_paypal_ipn.paypal_ipn_action"
        return f"{self.get_base_url()}/odoo/action-{action}"

    def paypal_warning(self):
        """What the mail says.

        :return: a dictionary: subject, sentence, advice
        """
        last = self.env.context.get("paypal_silent_since")
        if last:
            day = format_date(self.env, self._paypal_local_date(last))
            return {
                "subject": self.env._("Nothing has come from PayPal since %s", day),
                "sentence": self.env._(
                    "Nothing has come from PayPal since %s. That is longer than is "
                    "usual for you. Perhaps nobody bought anything; perhaps PayPal "
                    "does not reach Odoo any more.",
                    day,
                ),
                "advice": self.env._(
                    "Look in your PayPal account whether there are newer payments. If "
                    "there are, look at the IPN history there (Account settings → "
                    "Notifications → IPN history), and press Check now in the "
                    "company's Modules tab. You are told once for each silence."
                ),
            }
        learned = self.env.context.get("paypal_learned_id")
        if learned:
            return self._paypal_learned_id(learned)
        count = self.env.context.get("paypal_late", 0)
        return {
            "subject": self.env._("PayPal messages are late: %s", count),
            "sentence": self.env._(
                "Messages from PayPal that have not been booked or mailed for hours: "
                "%s. They are kept, and nothing is lost.",
                count,
            ),
            "advice": self.env._(
                "Each message under Caspit → PayPal → Messages says why it waits. If "
                "they do not say anything, Odoo's scheduled actions do not run: ask "
                "your administrator. You are told once, until all have come on."
            ),
        }

    def _paypal_learned_id(self, learned):
        """What the mail says of the account's id, which a message told.

        :param str learned: PayPal's id of the account
        """
        return {
            "subject": self.env._("Your PayPal account is %s", learned),
            "sentence": self.env._(
                "PayPal confirmed a message for your e-mail address and named the "
                "account %s. It was entered as your PayPal Merchant Account ID; from "
                "now on messages for another account are refused.",
                learned,
            ),
            "advice": self.env._(
                "In PayPal it stands under Account settings → Business information → "
                "PayPal Merchant ID. If it is another one, correct it in the company's "
                "Modules tab."
            ),
        }
