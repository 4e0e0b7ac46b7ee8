# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

import pytz

from odoo import api, fields, models

from ..failures import is_beyond_the_message

_logger = logging.getLogger(__name__)

SUMMARY_HOUR = 7  # of the company's day; what came before is yesterday's
#: Days that one summary can cover, when the server was off or the mail failed.
SUMMARY_MAX_DAYS = 7
PROBLEMS_EVERY = timedelta(hours=1)
#: A burst of problems is told as one when it is over, or after so long.
BURST_LIMIT = timedelta(minutes=5)


class ResCompany(models.Model):
    """What the merchant hears of by mail, and how often."""

    _inherit = "res.company"

    paypal_notice = fields.Selection(
        [
            ("each", "Each order"),
            ("daily", "Daily summary"),
            ("problems", "Only problems"),
        ],
        "Tell Me About",
        required=True,
        default="each",
        groups="base.group_user",
        help="Each order: a mail for each order. Daily summary: one mail in the "
        "morning about the day before. With each of them you are also told of "
        "messages that need your attention, at most once an hour.",
    )
    paypal_summary_date = fields.Date(
        "PayPal Summary Made on",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The last summary told everything before this day.",
    )
    paypal_problems_told_at = fields.Datetime(
        "PayPal Problems Told at", readonly=True, copy=False, groups="base.group_user"
    )

    def _paypal_begin_summaries(self):
        """Begin to sum up today: what came before was told as the setting was."""
        for company in self.filtered(lambda it: it.paypal_notice != "daily"):
            company.paypal_summary_date = company._paypal_local_date(self.env.cr.now())

    # === WHOM TO TELL, AND HOW === #

    def _paypal_notice_address(self):
        """:return: where notices go, or nothing"""
        self.ensure_one()
        return self.paypal_notify_email or self.email

    def paypal_direction(self, lang=None):
        """:return: ``rtl`` or ``ltr``, by a language's code or by the merchant's"""
        self.ensure_one()
        lang = lang or self.partner_id.lang or "en_US"
        return self.env["res.lang"]._get_data(code=lang).direction

    def paypal_attention_url(self):
        """:return: the address of the messages that need attention"""
        action = "caspit_paypal_ipn.paypal_ipn_action_attention"
        return f"{self.get_base_url()}/odoo/action-{action}"

    def _paypal_mail(self, template, **context):
        """Queue a notice about the company as a whole.

        A template that somebody spoilt must neither end the scheduled action nor keep
        other companies' mails.

        :param str template: the name of its ``mail.template`` in this module
        :param context: what the template's methods go by
        :return: whether there is a mail now
        """
        inbox = self.env["paypal.ipn"].with_context(**context)
        try:
            with self.env.cr.savepoint():
                mail = inbox._queue(template, self)
        except Exception as error:  # whatever a template does
            if is_beyond_the_message(error):
                raise
            _logger.warning(
                "PayPal IPN: %s of company %s: %s",
                template,
                self.id,
                type(error).__name__,
            )
            return False
        inbox._send_queued_mails()
        return bool(mail)

    # === PROBLEMS === #

    def paypal_problems(self):
        """The messages that a mail about problems lists.

        :return: ``paypal.ipn`` records, newest first
        """
        self.ensure_one()
        ipns = self.env["paypal.ipn"]
        told_now = self.env.context.get("paypal_problem_ids")
        if told_now is not None:
            return ipns.browse(told_now)
        return ipns.search([("company_id", "=", self.id), ("state", "=", "attention")])

    def _paypal_may_tell_problems(self, now, since):
        """Whether it is time for a mail about problems.

        :param datetime now: without time zone, UTC
        :param datetime since: when the oldest that is not told yet came up
        """
        self.ensure_one()
        told_at = self.paypal_problems_told_at
        if not self._paypal_notice_address():
            return False
        if told_at and now < told_at + PROBLEMS_EVERY:
            return False
        return now >= since + BURST_LIMIT or not self._paypal_is_working()

    def _paypal_is_working(self):
        """Whether messages are on the line that may join those with a problem."""
        return bool(
            self.env["paypal.ipn"].search_count(
                [
                    ("company_id", "in", (self.id, False)),
                    ("state", "in", ("received", "verified")),
                    ("reason", "=", False),
                ],
                limit=1,
            )
        )

    # === THE DAILY SUMMARY === #

    @api.model
    def _cron_paypal_summary(self):
        """Mail yesterday's orders to the companies that want it so."""
        for company in self.search([("paypal_notice", "=", "daily")]):
            company._paypal_send_summary(self.env.cr.now())
            self.env["ir.cron"]._commit_progress(1)

    def _paypal_send_summary(self, now):
        """Mail one summary a day, in the transaction that notes the day.

        :param datetime now: without time zone, UTC
        """
        local = pytz.utc.localize(now).astimezone(self._paypal_tz())
        today = local.date()
        if local.hour < SUMMARY_HOUR or not self._paypal_notice_address():
            return
        if not self.try_lock_for_update(allow_referencing=True):
            return
        self.invalidate_recordset(["paypal_summary_date"])
        told = self.paypal_summary_date or today - timedelta(days=1)
        if told >= today:
            return
        days = (max(told, today - timedelta(days=SUMMARY_MAX_DAYS)), today)
        summary = self.with_context(paypal_summary_days=days)
        if not summary._paypal_has_news() or summary._paypal_mail(
            "mail_template_summary", paypal_summary_days=days
        ):
            self.paypal_summary_date = today

    def _paypal_summary_period(self):
        """The first and last moment of the summary's days.

        :return: two moments without time zone, UTC; the second is not included
        """
        today = self._paypal_local_date(self.env.cr.now())
        days = self.env.context.get("paypal_summary_days")
        return tuple(
            self._paypal_midnight(day)
            for day in days or (today - timedelta(days=1), today)
        )

    def _paypal_booked(self):
        """What was booked in the summary's days, whenever it had come in.

        So an order that stood aside for a week is told on the day after it was mended.
        """
        start, end = self._paypal_summary_period()
        return self.env["paypal.ipn"].search(
            [
                ("company_id", "=", self.id),
                ("payment_ids.create_date", ">=", start),
                ("payment_ids.create_date", "<", end),
            ],
            order="id",
        )

    def _paypal_has_news(self):
        start, _end = self._paypal_summary_period()
        return bool(
            self._paypal_booked()
            or self.env["paypal.ipn"].search_count(
                [
                    ("company_id", "=", self.id),
                    ("state", "=", "attention"),
                    ("write_date", ">=", start),
                ],
                limit=1,
            )
        )

    def paypal_summary(self):
        """What the summary's mail shows.

        :return: a dictionary: the days, figures for each currency, orders, problems
        """
        self.ensure_one()
        booked = self._paypal_booked()
        start, end = self._paypal_summary_period()
        return {
            "first": self._paypal_local_date(start),
            "last": self._paypal_local_date(end - timedelta(seconds=1)),
            "totals": [
                self._paypal_totals(currency, ipns)
                for currency, ipns in booked.grouped("currency_id").items()
            ],
            "orders": booked.filtered(lambda ipn: ipn.is_order),
            "problems": self.paypal_problems(),
        }

    @api.model
    def _paypal_totals(self, currency, ipns):
        orders = ipns.filtered(lambda ipn: ipn.is_order)
        return {
            "currency": currency,
            "count": len(orders),
            "total": sum(orders.mapped("gross")),
            "fees": sum(ipn._charged_fee() for ipn in ipns),
            "returned": sum(
                ipn._amount() if ipn._is_outbound() else -ipn._amount()
                for ipn in ipns - orders
            ),
        }
