"""The terms that a merchant's customers read: on documents, in mails, on pages.

Screens are for the merchant, who has Odoo in a language of :data:`SCREENS`. His
customers are everywhere, so documents speak more languages than screens.
"""

import ast
import re

import polib

from tools import ToolError
from tools.environment import CHECKOUT

#: Languages of everything. A file of any other language has what customers read.
SCREENS = ("he", "de")
#: Templates and mails that customers read, by their place in a translation file.
TEMPLATES = re.compile(
    r"""model_terms:ir\.ui\.view,arch_db:caspit_\w+\.
            (receipt_\w+|report_invoice_document|mail_links|page\w*|\w*portal\w*)
      | model:mail\.template,(subject|body_html):caspit_\w+\.
            mail_template_(receipt|credit_note|copy)""",
    re.VERBOSE,
)
#: Methods that say what stands on documents, in mails and on pages, or names what is
#: made at the set-up.
METHODS = {
    "caspit_paypal_ipn/models/books/account_move.py": (
        "_paypal_document_title",
        "_paypal_receipt_filename",
    ),
    "caspit_paypal_ipn/models/books/account_tax.py": (
        "_paypal_twin_name",
        "_paypal_name_of_old",
    ),
    "caspit_paypal_ipn/models/books/lines.py": ("_line_label",),
    "caspit_paypal_ipn/models/books/part_receipt.py": ("_paypal_part_label",),
    "caspit_paypal_ipn/models/books/refund.py": ("_refund_label",),
    "caspit_paypal_ipn/models/books/taxes.py": (
        "_collected_tax_name",
        "_sales_tax_name",
    ),
    "caspit_paypal_ipn/models/company/names.py": (
        "_paypal_product_name",
        "_paypal_fee_account_name",
        "_paypal_test_journal_name",
    ),
    "caspit_paypal_ipn/models/delivery/delivery.py": ("_queue",),
    "caspit_document_il/controllers/links.py": ("_consent", "_number"),
    "caspit_document_il/models/words/account_move.py": ("il_rate_words",),
    "caspit_document_il/models/words/res_company.py": ("_il_kind_words",),
}


def read_by_customers(template):
    """Take from an add-on's terms those that customers read.

    :param polib.POFile template: all terms of it
    :rtype: polib.POFile
    """
    said = {term for path, names in METHODS.items() for term in _said(path, names)}
    result = polib.POFile()
    result.header, result.metadata = template.header, template.metadata
    for term in template:
        places = [path for path, _line in term.occurrences]
        if any(map(TEMPLATES.fullmatch, places)) or any(
            (place.removeprefix("code:addons/"), term.msgid) in said for place in places
        ):
            result.append(term)
    return result


def _said(path, names):
    """:return: pairs of the file and a text that one of its methods gives to ``_``"""
    tree = ast.parse((CHECKOUT / path).read_text())
    methods = {
        node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    }
    if missing := set(names) - set(methods):
        raise ToolError(f"{path} has no {', '.join(sorted(missing))} any more")
    return {
        (path, call.args[0].value)
        for name in names
        for call in ast.walk(methods[name])
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", "") == "_"
        and isinstance(call.args[0], ast.Constant)
    }
