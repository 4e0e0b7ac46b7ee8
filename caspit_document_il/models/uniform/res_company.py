# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime
from zoneinfo import ZoneInfo

from odoo import models

from ...uniform import UniformFile

ISRAEL = ZoneInfo("Asia/Jerusalem")
SOFTWARE = "Caspit for Odoo"
MAKER = "Caspit contributors"


class ResCompany(models.Model):
    _inherit = "res.company"

    def _il_uniform_file(self, start, end):
        """Gather what the books hold of a period.

        Documents are those of the company's customers, by the day that stands on them,
        without those of PayPal's sandbox; entries are all that are posted, by theirs.

        :param datetime.date start: the first day
        :param datetime.date end: the last day
        :rtype: ..uniform.UniformFile
        """
        self.ensure_one()
        now = datetime.now(ISRAEL).replace(tzinfo=None)
        file = UniformFile(self._il_number(), self._il_business(), start, end, now)
        file.documents = [
            document
            for move in self._il_documents(start, end)
            for document in move._il_uniform_documents()
        ]
        lines = self._il_entry_lines(start, end)
        file.entries = [
            values
            for move, own in lines.grouped("move_id").items()
            for values in own._il_uniform_entries(move)
        ]
        file.accounts = lines._il_used_accounts(self, start, end)
        return file

    def _il_business(self):
        """:return: the fields of A000 about the business and the software"""
        module = self.env.ref("base.module_caspit_document_il").sudo()
        software = self._il_authority().software_number if self._il_authority() else 0
        return {
            1006: software or 0,
            1007: SOFTWARE,
            1008: module.installed_version or "",
            1009: 0,
            1010: MAKER,
            1015: self._il_number() if self._il_kind() == "company" else 0,
            1018: self.name,
            1019: self.street or "",
            1021: self.city or "",
            1022: self.zip or "",
        }

    def _il_documents(self, start, end):
        return self.env["account.move"].search(
            [
                ("company_id", "=", self.id),
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_refund")),
                ("paypal_is_sandbox", "=", False),
                ("invoice_date", ">=", start),
                ("invoice_date", "<=", end),
            ],
            order="invoice_date, name, id",
        )

    def _il_entry_lines(self, start, end):
        return self.env["account.move.line"].search(
            [
                ("company_id", "=", self.id),
                ("parent_state", "=", "posted"),
                ("account_id", "!=", False),
                ("move_id.paypal_is_sandbox", "=", False),
                ("date", ">=", start),
                ("date", "<=", end),
            ],
            order="date, move_id, id",
        )
