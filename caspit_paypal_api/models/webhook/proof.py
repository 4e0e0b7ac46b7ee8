# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial

from odoo import api, models
from odoo.addons.caspit_paypal_ipn.paypal import Answer, Verdict
from odoo.tools import LazyTranslate

from ...rest import (
    Certificates,
    NotGenuine,
    PayPal,
    RestError,
    check_signature,
    const,
    order_words,
    read_event,
)
from ..walk import aware

_lt = LazyTranslate(__name__)

#: Seconds after which a batch asks PayPal nothing more: the claim outlasts it.
BATCH_SECONDS = 50
CONNECTIONS = 8

#: Why an event is not PayPal's: :data:`rest.const.WEBHOOK_REFUSALS`.
REFUSALS = {
    "invalid.headers": _lt(
        "The event came without a signature that can be read. Nothing was booked."
    ),
    "invalid.too_old": _lt(
        "The event says that it was sent more than four days before it came, or after "
        "that: nobody can tell it from one that was recorded. Nothing was booked. Look "
        "for the transaction in your PayPal account."
    ),
    "invalid.host": _lt(
        "The event wants its signature checked with a certificate that is not on "
        "PayPal's own host. That was not asked, and nothing was booked."
    ),
    "invalid.certificate_name": _lt(
        "The event is signed with a certificate that is not PayPal's. Nothing was "
        "booked."
    ),
    "invalid.certificate_expired": _lt(
        "The certificate that the event is signed with was not valid on that day. "
        "Nothing was booked. Look for the transaction in your PayPal account."
    ),
    "invalid.certificate_chain": _lt(
        "The event is signed with a certificate that no trusted authority stands by. "
        "Nothing was booked."
    ),
    "invalid.signature": _lt(
        "The signature does not fit the event: it was forged or changed, or it belongs "
        "to another address in PayPal. Nothing was booked."
    ),
    "invalid.off": _lt(
        "Webhooks are not switched on for this company, so nothing can prove the "
        "event. Nothing was booked. Switch them on in PayPal's Ledger, under Webhooks, "
        "then press Retry."
    ),
}


@dataclass(frozen=True)
class Proven(Answer):
    """An answer, and what was learnt of the order along with it.

    :ivar details: texts by field of IPN; None when nobody could be asked
    """

    details: dict | None = None


@lru_cache(maxsize=8)
def certificates_of(origins, root_path):
    """:return: the certificates that this process has fetched from these hosts"""
    return Certificates(origins, root_path)


class PaypalIpn(models.Model):
    """An event is proved by PayPal's signature, and by PayPal itself in its place."""

    _inherit = "paypal.ipn"

    @api.model
    def _reason_variants(self):
        return super()._reason_variants() | REFUSALS

    def _webhook_proof(self):
        """Prepare to prove events of one company.

        :return: see :meth:`..sources.Source.proof`
        """
        connection = self.env["paypal.api.connection"]._of(self.company_id)
        if not connection.webhook_id:
            return partial(list, [Answer(Verdict.INVALID, "off")] * len(self))
        prover = Prover(
            connection.webhook_id,
            certificates_of(*connection._certificate_hosts()),
            PayPal(
                connection._host(connection._environment()),
                *connection._credentials(),
                timeout=const.WEBHOOK_TIMEOUT,
            ),
        )
        events = [
            (ipn._body_bytes(), ipn.sudo().headers or {}, aware(ipn.received_at))
            for ipn in self
        ]
        return partial(prover.prove, events)

    def _take_verdicts(self, answers):
        """Keep what was learnt of the orders, and go where the answers send them."""
        mine = self._still_mine("received")
        for ipn, answer in zip(self, answers, strict=True):
            if ipn in mine and getattr(answer, "details", None):
                ipn.webhook_details = answer.details
        return super()._take_verdicts(answers)


class PaypalApiConnection(models.Model):
    _inherit = "paypal.api.connection"

    def _certificate_hosts(self):
        """Where certificates of signatures may be, and a root beside the trusted ones.

        A stand-in is taken from the server's own environment alone, and only on this
        machine: see :meth:`..connect.PaypalApiConnection._host`.
        """
        environment = self._environment()
        if self._is_standin():
            return (self._host(environment),), const.STANDIN_ROOT_PATH
        return const.CERTIFICATE_ORIGINS[environment], ""


class Prover:
    """Proves events, without any database.

    :param paypal: the merchant's app, asked where the certificate cannot be had
    """

    def __init__(self, webhook_id, certificates, paypal):
        self._webhook_id = webhook_id
        self._certificates = certificates
        self._paypal = paypal
        self._until = 0.0
        self._is_away = False

    def prove(self, events):
        """Prove a batch.

        :param events: bytes, headers and the moment of reception of each
        :return: an answer for each, in their order
        """
        self._until = time.monotonic() + BATCH_SECONDS
        with self._paypal, ThreadPoolExecutor(CONNECTIONS) as pool:
            return list(pool.map(lambda event: self._prove(*event), events))

    def _prove(self, body, headers, received_at):
        try:
            check_signature(
                body, headers, self._webhook_id, received_at, self._certificates
            )
        except NotGenuine as error:
            return Answer(Verdict.INVALID, error.code)
        except RestError:
            answer = self._ask(body, headers)
            if answer.verdict is not Verdict.VERIFIED:
                return answer
        return Proven(verdict=Verdict.VERIFIED, details=self._details(body))

    def _ask(self, body, headers):
        """Have PayPal say it: the certificate cannot be had."""
        if self._is_late():
            return Answer(Verdict.NO_ANSWER, "PayPal is away")
        try:
            signed = {name: headers.get(name, "") for name in const.WEBHOOK_HEADERS}
            proves = self._paypal.proves(body, signed, self._webhook_id)
        except RestError as error:
            self._is_away = self._is_away or error.is_passing
            return Answer(Verdict.NO_ANSWER, error.detail or error.code)
        if proves:
            return Answer(Verdict.VERIFIED)
        return Answer(Verdict.INVALID, "signature")

    def _details(self, body):
        """:return: who bought and what, as far as this app may read the order"""
        try:
            event = read_event(body)
            if not event.order_id or self._is_late():
                return None
            order = self._paypal.order(event.order_id)
            return order_words(order, str(event.resource.get("id"))) or None
        except (RestError, ValueError):
            return None

    def _is_late(self):
        return self._is_away or time.monotonic() > self._until
