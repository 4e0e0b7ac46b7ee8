# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from functools import partial

from odoo import api, models
from odoo.tools import SQL

from ...paypal import MalformedMessage, Message, Verdict, const
from ..reasons import Aside

# How many messages are asked back at a time, over as many connections: what the system
# parameter says. With PayPal hanging, one round ends within the post-back's deadline,
# and so within the claim.
CONNECTIONS_PARAMETER = "caspit_paypal_ipn.connections"
CONNECTIONS = 40
MOST_CONNECTIONS = 200
#: How many messages one batch of answers brings forward.
BROUGHT_FORWARD = 200


class PaypalIpn(models.Model):
    """From received to verified: for whom is it, and does PayPal stand by it?"""

    _inherit = "paypal.ipn"

    def _verify(self):
        """Read, address and ask back a claimed batch.

        No lock is held and no transaction is open while PayPal is asked.
        """
        self._in_one_go("received", type(self)._address)
        self._prove()

    def _prove(self):
        """Ask whether those that have not left the line are genuine."""
        to_prove = [
            (ipns, ipns._source().proof(ipns))
            for ipns in self.filtered(lambda ipn: ipn.state == "received")
            .grouped(lambda ipn: (ipn.source, ipn.company_id))
            .values()
        ]
        self.env["ir.cron"]._commit_progress()
        for ipns, ask in to_prove:
            take = partial(type(self)._take_verdicts, answers=ask())
            ipns._in_one_go("received", take)
            self.env["paypal.ipn.sender"]._learn(ipns)

    @api.model
    def _connections(self):
        """:return: how many connections to PayPal a worker may have, 1 to 200"""
        limit = self._int_parameter(CONNECTIONS_PARAMETER, CONNECTIONS)
        return min(max(limit, 1), MOST_CONNECTIONS)

    def _address(self):
        """Read the messages, and refuse those that are for nobody here."""
        self._still_mine("received")._isolated(type(self)._read_and_check)

    def _read_and_check(self):
        """Who is put aside here costs no savepoint: most of a flood goes no further."""
        for ipn in self:
            try:
                ipn._read()
                if ipn.state == "received":
                    ipn._check_receiver()
            except Aside as aside:
                ipn._fail(aside)

    def _read(self):
        """Write down what the message says, to search by.

        What cannot be read is refused, and shown to whom it is for, if that is clear.
        """
        self.ensure_one()
        try:
            message = self._message()
        except MalformedMessage as error:
            body = self._body_bytes()
            said = self._searchable(Message.addressed(body))
            company = self._company_of(body).id
            values = {"error": str(error)}
            self._move_to("refused", "malformed", values, company_id=company, **said)
            return
        said = self._said(message, self.env["res.company"]._paypal_find(message))
        self._check_bounds(said)
        self.write(said)

    def _check_receiver(self):
        """Refuse what is for nobody here.

        This comes before PayPal is asked: a stranger's message costs no post-back.

        :raise Aside: no company has the receiver's account, or not in the
            environment that the message comes from
        """
        self.ensure_one()
        if not self.company_id:
            receiver = self._message().receiver
            known_as = ", ".join(filter(None, [receiver.merchant_id, *receiver.emails]))
            known_as = known_as[: const.MAX_ID_LENGTH]
            raise Aside("refused", "unknown_receiver", receiver=known_as or "?")
        self._check_environment()

    def _check_environment(self, state="refused"):
        """Stop what comes from the other PayPal than the company's.

        Asked again before the books: what stood aside may come back much later.

        :param str state: where such a message goes
        :raise Aside: it does come from there
        """
        self.ensure_one()
        sent_from = "sandbox" if self.is_sandbox else "live"
        if sent_from != self.company_id.paypal_environment:
            raise Aside(
                state,
                "wrong_environment",
                sent_from=sent_from,
                set_to=self.company_id.paypal_environment,
            )

    @api.model
    def _check_bounds(self, said):
        """Refuse a text that is longer than any of PayPal's, before it is stored.

        :param dict said: columns of the message
        :raise Aside: one of them is too long
        """
        for name, value in said.items():
            if isinstance(value, str) and len(value) > const.MAX_ID_LENGTH:
                error = f"{name} has more than {const.MAX_ID_LENGTH} characters"
                raise Aside("refused", "malformed", error=error)

    @api.model
    def _said(self, message, company):
        """What a message says, to search by.

        :param paypal.message.Message message: of whatever source
        :param company: the ``res.company`` that it is for, or none
        :rtype: dict
        """
        currency = self.env["res.currency"].with_context(active_test=False)
        date = message.payment_date
        return {
            "company_id": company.id,
            "kind": company._paypal_kind(message),
            "txn_id": message.txn_id or False,
            "parent_txn_id": message.parent_txn_id or False,
            "txn_type": message.txn_type,
            "subscription_id": message.subscription_id or False,
            "payer_id": message.buyer.payer_id or False,
            "payment_status": message.payment_status,
            "payment_date": date and date.replace(tzinfo=None),
            "currency_id": currency.search([("name", "=", message.currency)]).id,
            "currency_code": message.currency or False,
            "gross": message.gross,
            "fee": message.fee,
            "is_sandbox": message.is_sandbox,
            **self._searchable(message),
        }

    def _take_verdicts(self, answers):
        """Go where PayPal's answers send the messages; no answer sends one nowhere.

        :param answers: an ``Answer`` for each message, in the same order
        """
        mine = self._still_mine("received")
        is_away = all(answer.verdict is Verdict.NO_ANSWER for answer in answers)
        for ipn, answer in zip(self, answers, strict=True):
            if ipn not in mine:
                continue
            if answer.verdict is Verdict.VERIFIED:
                ipn._isolated(type(self)._confirm)
            elif answer.verdict is Verdict.INVALID:
                values = {"variant": answer.detail} if answer.detail else None
                ipn._move_to("refused", "invalid", values)
            else:
                ipn._wait("no_answer", answer.detail, is_away=is_away)
        if not is_away:
            self._bring_forward()

    def _bring_forward(self):
        """PayPal answers again: what waited because it did not is due at once.

        Only what was tried while nobody got an answer, and a batch at a time: the next
        answers bring more. One that PayPal answers alone never does keeps its waits.
        """
        self.env.cr.execute(
            SQL(
                """UPDATE paypal_ipn SET next_try = %(now)s
                    WHERE id IN (
                       SELECT ipn.id FROM paypal_ipn ipn
                         JOIN res_company ON res_company.id = ipn.company_id
                        WHERE ipn.state = 'received' AND ipn.next_try > %(now)s
                          AND ipn.source = %(source)s
                          AND ipn.reason_values @> '{"is_away": true}'
                          AND res_company.paypal_environment = %(environment)s
                        LIMIT %(limit)s
                          FOR NO KEY UPDATE OF ipn SKIP LOCKED)""",
                now=self.env.cr.now(),
                source=self[:1].source,
                environment=self[:1].company_id.paypal_environment,
                limit=BROUGHT_FORWARD,
            )
        )
        self.invalidate_model(["next_try"])

    def _confirm(self):
        """Go on with a message that PayPal stands by.

        :raise Aside: another one has just told the id of the company's account, and
            this one names another
        """
        self.ensure_one()
        message, company = self._message(), self.company_id
        account = message.receiver
        is_receiver = account.is_empty or company._paypal_is_mine(account)
        if is_receiver:
            company._paypal_learn_merchant_id(message)
        elif not company._paypal_is_mine(message.payer_account):
            raise Aside("refused", "unknown_receiver", receiver=account.merchant_id)
        self._move_to("verified")
        self._have_forwarded()
