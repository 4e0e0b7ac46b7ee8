# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..models.uniform.res_company import MAKER, SOFTWARE


class IlUniformFile(models.TransientModel):
    _name = "il.uniform.file"
    _description = "Uniform File (Open Format)"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
    )
    date_to = fields.Date("To", required=True, default=fields.Date.context_today)
    archive = fields.Binary("File", readonly=True, attachment=False)
    filename = fields.Char("File Name", readonly=True)
    folder = fields.Char(readonly=True)
    summary = fields.Json(readonly=True)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for wizard in self:
            if wizard.date_from > wizard.date_to:
                raise ValidationError(self.env._("The period ends before it begins."))

    # === ACTIONS === #

    def action_make(self):
        """Make the files, and show their sums.

        :raise UserError: the company has no number
        :raise AccessError: it is not a company of the user's
        """
        self.ensure_one()
        company = self.company_id
        company.check_access("read")
        if not company._il_number():
            raise UserError(
                self.env._("Fill in the company's dealer number: it names the file.")
            )
        file = company.sudo()._il_uniform_file(self.date_from, self.date_to)
        self.write(
            {
                "archive": base64.b64encode(file.archive()),
                "filename": f"{file.folder.replace('/', '-')}.zip",
                "folder": file.folder,
                "summary": {
                    "key": str(file.key),
                    "made": f"{file.now:%d.%m.%Y %H:%M}",
                    "records": sorted(file.counts().items()),
                    "documents": [
                        [kind, count, f"{total:,.2f}"]
                        for kind, (count, total) in sorted(file.sums().items())
                    ],
                },
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_summary(self):
        """:return: the summary, as a PDF"""
        report = self.env.ref("caspit_document_il.action_report_uniform")
        return report.report_action(self, config=False)

    # === THE SUMMARY === #

    def il_software(self):
        """:return: name, maker and registration of the software, for the summary"""
        self.ensure_one()
        authority = self.company_id._il_authority()
        number = authority.software_number if authority else ""
        return f"{SOFTWARE}, {MAKER}, {number or self.env._('not registered')}"

    def il_document_label(self, kind):
        """:return: what a document type is called"""
        return {
            305: self.env._("Tax invoice"),
            320: self.env._("Tax invoice / receipt"),
            330: self.env._("Credit note"),
            400: self.env._("Receipt"),
        }.get(kind, str(kind))

    def il_record_label(self, name):
        """:return: what a kind of record is called"""
        return {
            "A100": self.env._("Opening"),
            "B100": self.env._("Entry lines"),
            "B110": self.env._("Accounts"),
            "C100": self.env._("Documents"),
            "D110": self.env._("Lines of documents"),
            "D120": self.env._("Payments of documents"),
            "Z900": self.env._("Closing"),
        }[name]
