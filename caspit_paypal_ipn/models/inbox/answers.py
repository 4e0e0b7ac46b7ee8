# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..questions import QUESTIONS
from ..words import in_words


class PaypalIpn(models.Model):
    """What only a person can decide: his answer sends the message on, and stays."""

    _inherit = "paypal.ipn"

    answers = fields.Json(
        readonly=True,
        copy=False,
        help="What a person decided, by the code of the reason that asked.",
    )
    open_answers = fields.Char(
        compute="_compute_open_answers",
        help="The codes of the answers that can be given now, between commas.",
    )

    # === COMPUTE METHODS === #

    @api.depends("state", "reason", "reason_values")
    def _compute_open_answers(self):
        for ipn in self:
            codes = [answer.code for answer in ipn._open_answers()]
            ipn.open_answers = f",{','.join(codes)}," if codes else False

    # === THE TABLE === #

    @api.model
    def _questions(self):
        """The table of questions, as add-ons have extended it.

        An extension point: a module that adds a reason which a person has to decide
        adds its answers here.

        :return: tuples of :class:`~..questions.Answer` by the code of the reason
        :rtype: dict
        """
        return dict(QUESTIONS)

    def _open_answers(self):
        """The answers that can be given to this message now.

        Who asks may leave some of them out: ``answers`` among the reason's values.

        :rtype: list
        """
        if self.state != "attention":
            return []
        offered = (self.reason_values or {}).get("answers")
        return [
            answer
            for answer in self._questions().get(self.reason, ())
            if offered is None or answer.code in offered
        ]

    def _decided(self, reason):
        """:return: the answer that a person gave to this reason, or None"""
        return (self.answers or {}).get(reason)

    # === ACTIONS === #

    def action_answer(self):
        """Take the answer whose button was pressed, and go on by it.

        :raise UserError: the message is being worked, or the question is not open
        """
        self.ensure_one()
        self._check_may_press()
        code = self.env.context.get("paypal_answer")
        ipn = self.sudo()
        if not ipn.try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._(
                    "The message is being worked right now. Look again in a minute."
                )
            )
        ipn.invalidate_recordset()
        chosen = [answer for answer in ipn._open_answers() if answer.code == code]
        if not chosen:
            if code in (ipn.answers or {}).values():
                return  # pressed twice
            raise UserError(self.env._("This has been decided already. Load it again."))
        ipn._take_answer(chosen[0])

    def _take_answer(self, answer):
        """Keep an answer, say on the message who gave it, and put it on the line."""
        self.answers = {**(self.answers or {}), self.reason: answer.code}
        if answer.becomes:
            self.kind = answer.becomes
        self._message_log(
            body=self.env._(
                "%(user)s: %(answer)s",
                user=self.env.user.name,
                answer=in_words(self.env, answer.label),
            )
        )
        self._resume()

    # === THE BUTTONS === #

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Put a button for each answer into the form's header, from the table."""
        arch, view = super()._get_view(view_id, view_type, **options)
        anchors = arch.xpath("//header/button[@name='action_retry']")
        if view_type != "form" or not anchors:
            return arch, view
        for answers in reversed(self._questions().values()):
            for answer in reversed(answers):
                anchors[0].addprevious(self._answer_button(answer))
        return arch, view

    @api.model
    def _answer_button(self, answer):
        return etree.Element(
            "button",
            name="action_answer",
            type="object",
            string=in_words(self.env, answer.label),
            title=in_words(self.env, answer.help),
            context=str({"paypal_answer": answer.code}),
            invisible=f"not open_answers or ',{answer.code},' not in open_answers",
            groups="caspit_paypal_ipn.group_paypal_ipn_manager",
            **{"class": "btn-primary"},
        )
