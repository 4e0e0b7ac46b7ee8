# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class IlCertificateUpload(models.TransientModel):
    _name = "il.certificate.upload"
    _description = "Upload a Signing Certificate"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    content = fields.Binary(
        "Certificate File", required=True, attachment=False, help="PKCS#12: .pfx, .p12"
    )
    filename = fields.Char("File Name")
    password = fields.Char()

    def action_upload(self):
        """Keep the certificate with its key, and sign with it from now on.

        :raise UserError: the file cannot be read, or has no key
        """
        self.ensure_one()
        certificate = self.env["certificate.certificate"].create(
            {
                "name": self.filename or self.company_id.name,
                "content": self.content,
                "pkcs12_password": self.password,
                "company_id": self.company_id.id,
            }
        )
        if certificate.loading_error or not certificate.private_key_id:
            raise UserError(
                certificate.loading_error
                or self.env._("The file has no private key, so it cannot sign.")
            )
        self.company_id.il_certificate_id = certificate
        return {"type": "ir.actions.act_window_close"}
