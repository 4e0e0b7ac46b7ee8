# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import config
from odoo.tools.misc import format_datetime

from ..inbox.paypal_ipn import LINE_STATES
from ..inbox.retention import CONFIRMED
from ..inbox.sender import DOUBTFUL

CRONS = (
    "caspit_paypal_ipn.ir_cron_paypal_ipn_work",
    "caspit_paypal_ipn.ir_cron_paypal_ipn_deliver",
)
CRON_IDLE = timedelta(minutes=10)
WAITING = timedelta(minutes=15)
LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".test")


def is_local(host):
    """:return: whether a host name or IP address is none of the public internet"""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(LOCAL_NAMES)


class ResCompany(models.Model):
    """Whether messages come in, and are worked: see :mod:`.res_company_check`."""

    _inherit = "res.company"

    # === THE IPN URL === #

    def _paypal_see_address(self):
        url = urlsplit(self.paypal_ipn_url)
        if is_local(url.hostname or ""):
            return "warn", self.env._(
                "%(host)s cannot be reached from the internet, so PayPal cannot send "
                "anything there. Give Odoo a public address (system parameter "
                "web.base.url).",
                host=url.hostname or "?",
            )
        if url.scheme != "https":
            return "warn", self.env._(
                "The address begins with http://. Messages carry names and addresses: "
                "give Odoo an https:// address (system parameter web.base.url)."
            )
        if url.port not in (None, 443):
            return "warn", self.env._(
                "The address names port %s. PayPal sends to port 443 alone.", url.port
            )
        return "ok", self.env._("The address is public and encrypted.")

    def _paypal_received(self):
        """:return: a domain of what PayPal confirmed for this company"""
        return Domain("company_id", "=", self.id) & CONFIRMED

    def _paypal_see_last_message(self):
        last = self.env["paypal.ipn"].search(self._paypal_received(), limit=1)
        if not last:
            return "warn", self.env._(
                "No message has come yet. Enter the IPN URL in PayPal; then send a "
                "test with PayPal's IPN simulator, or pay something small."
            )
        return (
            "ok",
            self.env._(
                "The last message came on %s.",
                format_datetime(self.env, last.received_at, dt_format="short"),
            ),
            "caspit_paypal_ipn.paypal_ipn_action",
        )

    def _paypal_see_turned_away(self):
        turned_away = self.env["paypal.ipn.turned.away"].search(
            [("company_id", "in", (self.id, False))]
        )
        if not turned_away:
            return None
        last = turned_away[0]
        return "warn", self.env._(
            "%(count)s messages were turned away in the last month, the last one on "
            "%(when)s (%(error)s, transaction %(txn)s). Look for it in your PayPal "
            "account, and enter it by hand.",
            count=len(turned_away),
            when=format_datetime(self.env, last.received_at, dt_format="short"),
            error=last.error,
            txn=last.txn_id or "?",
        )

    # === THE ENCODING === #

    def _paypal_see_charset(self):
        """The newest message tells what the PayPal account is set to now."""
        last = self.env["paypal.ipn"].search(self._paypal_received(), limit=1)
        if not last:
            return "warn", self.env._(
                "It shows with the first message. Choose UTF-8 in PayPal under Account "
                "settings → Website preferences → PayPal button language encoding."
            )
        charset = last._message().charset
        if charset in ("utf-8", "utf8"):
            return "ok", self.env._("PayPal writes in UTF-8.")
        return "warn", self.env._(
            "PayPal writes in %(charset)s. That is read correctly, but PayPal itself "
            "replaces letters that are not in it. Choose UTF-8 in PayPal under Account "
            "settings → Website preferences → PayPal button language encoding.",
            charset=charset,
        )

    # === THE WORKER === #

    def _paypal_see_crons(self):
        action = "base.ir_cron_act"
        found = [self.env.ref(xmlid, raise_if_not_found=False) for xmlid in CRONS]
        crons = self.env["ir.cron"].union(*filter(None, found))
        if len(crons) < len(CRONS) or not all(crons.mapped("active")):
            return (
                "error",
                self.env._(
                    "A scheduled action of PayPal is switched off or deleted: messages "
                    "are kept, but not worked. Switch it on."
                ),
                action,
            )
        calls = crons.mapped("lastcall")
        return self._paypal_see_lastcall(all(calls) and min(calls), action)

    def _paypal_see_lastcall(self, lastcall, action):
        """Whether the scheduled actions run.

        :param lastcall: when the less recent of them ran; false when one never did
        """
        if lastcall and lastcall > fields.Datetime.now() - CRON_IDLE:
            when = format_datetime(self.env, lastcall, dt_format="short")
            return "ok", self.env._("They run; the last time was %s.", when), action
        if not config["max_cron_threads"]:
            return (
                "error",
                self.env._(
                    "This server runs no scheduled actions (max_cron_threads is 0), "
                    "and no other server does."
                ),
                action,
            )
        if not lastcall:
            return (
                "warn",
                self.env._("They have not run yet. Look again in a few minutes."),
                action,
            )
        when = format_datetime(self.env, lastcall, dt_format="short")
        return (
            "warn",
            self.env._(
                "They have not run since %s; they should every minute. Look whether "
                "the server is overloaded or its scheduled actions are stopped.",
                when,
            ),
            action,
        )

    def _paypal_see_waiting(self):
        """Messages that were read are the company's; the others may be anybody's."""
        count = self.env["paypal.ipn"].search_count(
            [
                ("company_id", "in", (False, self.id)),
                ("state", "in", LINE_STATES),
                ("lane", "<", DOUBTFUL),
                ("received_at", "<", fields.Datetime.now() - WAITING),
            ]
        )
        if count:
            return (
                "warn",
                self.env._(
                    "Messages that have waited longer than 15 minutes: %s. Each of "
                    "them says why.",
                    count,
                ),
                "caspit_paypal_ipn.paypal_ipn_action",
            )
        return "ok", self.env._("No message has waited longer than 15 minutes.")
