# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
import unicodedata
from functools import lru_cache

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize

MERCHANT_ID = re.compile(r"[A-Za-z0-9]+")
#: What PayPal's own ids have; a shorter one than the least is no id at all.
ID_LENGTH, LEAST_LENGTH = 13, 4
#: Between addresses.
SEPARATORS = re.compile(r"[,;\s]+")


def cleaned(text):
    """:return: what was pasted, without blanks around it and signs that nobody sees"""
    # Cf: marks of direction, joiners, soft hyphens; they come along from web pages.
    seen = (sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join("".join(seen).split())


def clean_id(text):
    return "".join(cleaned(text).split()).upper()


def clean_addresses(text):
    return ", ".join(filter(None, SEPARATORS.split(cleaned(text))))


#: How what is typed or pasted into a field is cleaned.
PASTED = {
    "paypal_merchant_id": clean_id,
    "paypal_email": clean_addresses,
    "paypal_notify_email": clean_addresses,
}


class ResCompany(models.Model):
    """What people paste into the settings: cleaned, and checked where they see it."""

    _inherit = "res.company"

    paypal_account_problem = fields.Char(
        compute="_compute_paypal_account_problem",
        help="What is wrong with the ids and addresses that were entered.",
    )

    # === COMPUTE METHODS === #

    @api.depends(*PASTED)
    def _compute_paypal_account_problem(self):
        for company in self:
            problems = [*company._paypal_pasted_wrong(), company._paypal_odd_id()]
            company.paypal_account_problem = " ".join(filter(None, problems)) or False

    def _paypal_pasted_wrong(self):
        """:return: sentences about what cannot be an id, or an address"""
        problems = (
            self._paypal_id_problem(),
            self._paypal_address_problem("paypal_email"),
            self._paypal_address_problem("paypal_notify_email"),
        )
        return [problem for problem in problems if problem]

    def _paypal_id_problem(self):
        """:return: why this is no id of an account, or nothing"""
        text = clean_id(self.paypal_merchant_id or "")
        if text and not is_id(text):
            return self.env._(
                "“%s” is not a PayPal Merchant Account ID: it has letters and "
                "digits only. An e-mail address belongs into the next field.",
                text,
            )
        return None

    def _paypal_odd_id(self):
        """:return: what is odd about an id that may be one all the same, or nothing"""
        text = clean_id(self.paypal_merchant_id or "")
        if is_id(text) and len(text) != ID_LENGTH:
            return self.env._(
                "“%(id)s” has %(count)s characters; PayPal's Merchant Account IDs have "
                "13. Look whether all of it was copied.",
                id=text,
                count=len(text),
            )
        return None

    def _paypal_address_problem(self, name):
        """:return: what is wrong with the addresses in a field, or nothing"""
        wrong = wrong_address(self[name] or "")
        return wrong and self.env._("“%s” is not an e-mail address.", wrong)

    # === CONSTRAINTS === #

    @api.constrains(*PASTED)
    def _check_paypal_pasted(self):
        for company in self:
            problems = company._paypal_pasted_wrong()
            if problems:
                raise ValidationError(" ".join(problems))

    @api.onchange(*PASTED)
    def _onchange_paypal_pasted(self):
        self.update(self._paypal_cleaned({name: self[name] for name in PASTED}))

    # === BUSINESS METHODS === #

    @api.model
    def _paypal_cleaned(self, vals):
        """:return: values of a company, those of them cleaned that people paste"""
        clean = {
            name: PASTED[name](vals[name]) or False
            for name in PASTED.keys() & vals.keys()
            if vals[name]
        }
        return {**vals, **clean}


def is_id(text):
    """:return: whether a cleaned text may be an account's id"""
    return bool(MERCHANT_ID.fullmatch(text)) and len(text) >= LEAST_LENGTH


@lru_cache(256)  # a form asks each time that it is read
def wrong_address(text):
    """:return: what of a pasted text is no e-mail address, or nothing"""
    parts = filter(None, SEPARATORS.split(cleaned(text)))
    return next((part for part in parts if not is_address(part)), None)


def is_address(text):
    """:return: whether a text is one e-mail address; Odoo reads a@@b as one"""
    return text.count("@") == 1 and bool(email_normalize(text))
