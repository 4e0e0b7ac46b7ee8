# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from urllib.parse import urlsplit

import requests

from odoo import fields, models
from odoo.tools.misc import format_datetime

from ...paypal import const
from .check_work import is_local

_logger = logging.getLogger(__name__)

TIMEOUT = 5  # seconds
#: What the listener answers to a GET; enough of it to know it by.
LISTENER = b"PayPal IPN listener"


def ask(url):
    """Ask the IPN URL as a stranger does: without a session, following nothing.

    :param str url: the address that PayPal is to send to
    :return: what came of it, and the words that the sentence on it names
    :rtype: tuple[str, str]
    """
    session = requests.Session()
    # A proxy is for the way out; it cannot know an address of this very network.
    session.trust_env = not is_local(urlsplit(url).hostname or "")
    try:
        with session.get(
            url,
            timeout=TIMEOUT,
            allow_redirects=False,
            stream=True,
            headers={"User-Agent": const.USER_AGENT},
        ) as answer:
            start = next(answer.iter_content(len(LISTENER)), b"")
            return read_answer(answer, start)
    except requests.exceptions.SSLError:
        return "certificate", ""
    except requests.exceptions.Timeout:
        return "silent", str(TIMEOUT)
    except (requests.exceptions.RequestException, ValueError) as error:
        _logger.info("PayPal IPN URL: %s", error)
        return "unreachable", type(error).__name__


def read_answer(answer, start):
    """Say what an HTTP answer means.

    :param requests.Response answer: its status and headers
    :param bytes start: the first bytes of its text
    :return: see :func:`ask`
    """
    if answer.is_redirect:
        return "redirect", answer.headers["Location"]
    if answer.status_code == 404:
        return "not_found", "404"
    if answer.status_code == 405 and start == LISTENER:
        return "ok", "405"
    return "other", str(answer.status_code)


class ResCompany(models.Model):
    """Whether the IPN URL answers; asked by a button, never by looking."""

    _inherit = "res.company"

    paypal_reach = fields.Json(
        "Answer of the IPN URL",
        readonly=True,
        copy=False,
        groups="base.group_erp_manager,caspit_paypal_ipn.group_paypal_ipn_manager",
    )

    # === ACTIONS === #

    def action_paypal_check_reach(self):
        """Ask the IPN URL for an answer, and keep it for the list of checks."""
        self.ensure_one()
        self.check_access("write")
        code, what = ask(self.paypal_ipn_url)
        self.sudo().paypal_reach = {
            "url": self.paypal_ipn_url,
            "code": code,
            "what": what,
            "at": fields.Datetime.to_string(fields.Datetime.now()),
        }

    # === BUSINESS METHODS === #

    def _paypal_see_reach(self):
        """What the IPN URL answered last; see :mod:`.res_company_check`."""
        reach = self.paypal_reach or {}
        if reach.get("url") != self.paypal_ipn_url:
            return "warn", self.env._(
                "Whether the IPN URL answers has not been tried. Press “Check now”."
            )
        at = fields.Datetime.to_datetime(reach["at"])
        when = format_datetime(self.env, at, dt_format="short")
        if reach["code"] == "ok":
            return "ok", self.env._("The IPN URL answered as it should on %s.", when)
        sentence = self._paypal_reach_sentence(reach["code"], reach["what"])
        return "error", self.env._(
            "%(sentence)s (Tried on %(when)s.)", sentence=sentence, when=when
        )

    def _paypal_reach_sentence(self, code, what):
        """What is wrong with an answer, and what to do about it.

        :param str code: what came of asking
        :param str what: the word that the sentence names
        """
        return {
            "redirect": self.env._(
                "The IPN URL sends the caller on to %s. PayPal does not follow: "
                "correct the system parameter web.base.url, or the web server.",
                what,
            ),
            "not_found": self.env._(
                "Nothing is found at the IPN URL (404). Odoo does not know which "
                "database is meant: set db_name, or a dbfilter that leaves one for "
                "this host name."
            ),
            "certificate": self.env._(
                "The certificate of the address is not valid, so PayPal refuses to "
                "talk to it. Renew it at the web server."
            ),
            "silent": self.env._(
                "The IPN URL has not answered within %s seconds. Look whether the "
                "server is overloaded, and whether a firewall stands in between.",
                what,
            ),
            "unreachable": self.env._(
                "The IPN URL cannot be reached (%s). Look at the address, the name "
                "server and the firewall.",
                what,
            ),
            "other": self.env._(
                "Something else answers at the IPN URL (HTTP %s). Look at the web "
                "server in front of Odoo: /PayPal/IPN has to come through to it.",
                what,
            ),
        }[code]
