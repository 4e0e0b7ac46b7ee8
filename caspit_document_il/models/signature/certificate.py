# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from datetime import timedelta, timezone

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ...signing import Key, UnusableKey, self_made_certificate

#: An approved certificate takes its time to get.
WARN_DAYS = 45


class ResCompany(models.Model):
    """The company's certificate, held in Odoo's own ``certificate`` module."""

    _inherit = "res.company"

    il_certificate_id = fields.Many2one(
        "certificate.certificate",
        "Signing Certificate",
        domain="[('company_id', '=', id)]",
        groups="base.group_system",
        copy=False,
        help="Originals are signed with it. Make your own, or upload an approved one.",
    )
    il_certificate_end = fields.Datetime(
        related="il_certificate_id.date_end",
        store=True,  # the company's form is read often, and certificates are few
        string="Certificate Valid Until",
        groups="base.group_system",
    )
    il_unsigned = fields.Selection(
        [
            ("send", "Send it without a signature"),
            ("hold", "Hold it until it can be signed"),
        ],
        "Without a Certificate",
        required=True,
        default="send",
        help="What happens to a document while there is no certificate that is valid.",
    )
    il_sign_all = fields.Boolean(
        "Sign Every Invoice",
        help="Sign all invoices and credit notes that the company mails to customers, "
        "and not those of PayPal payments alone.",
    )

    # === ACTIONS === #

    def action_il_make_certificate(self):
        """Make a key and a certificate in the company's own name, and use it."""
        self.check_access("write")
        self.env["certificate.certificate"].check_access("create")
        for company in self:
            company._il_make_certificate()

    # === BUSINESS METHODS === #

    def _il_make_certificate(self):
        """:raise UserError: the company has no name or number to stand in it"""
        self.ensure_one()
        number = self._il_number()
        if not (self.name and number):
            raise UserError(
                self.env._(
                    "The certificate names the company and its dealer number. Fill "
                    "both in on the General Information tab first."
                )
            )
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        name = self.env._("Documents of %s", self.name)
        key = self.env["certificate.key"]._generate_rsa_private_key(self, name)
        pem = base64.b64decode(key.with_context(bin_size=False).pem_key)
        certificate = self_made_certificate(
            serialization.load_pem_private_key(pem, None), self.name, number, "IL", now
        )
        self.il_certificate_id = self.env["certificate.certificate"].create(
            {
                "name": name,
                "content": base64.b64encode(certificate.public_bytes(Encoding.PEM)),
                "private_key_id": key.id,
                "company_id": self.id,
            }
        )

    def _il_signing_key(self):
        """The key to sign with now.

        :rtype: ..signing.Key
        :raise UnusableKey: there is none that is valid; with why, in words
        """
        self.ensure_one()
        certificate = self.sudo().il_certificate_id.with_context(bin_size=False)
        level, why = self._il_look_at_certificate()
        if level == "error":
            raise UnusableKey(why)
        key = certificate.private_key_id
        return Key(
            base64.b64decode(key.pem_key),
            base64.b64decode(certificate.pem_certificate),
            certificate._il_chain(),
            key.password.encode() if key.password else None,
        )

    def _il_look_at_certificate(self):
        """:return: a level of the set-up check, and a sentence"""
        certificate = self.sudo().il_certificate_id
        if not certificate:
            return "error", self.env._(
                "There is no signing certificate, so documents are not signed. Press "
                "“Make a certificate” on the Documents (Israel) tab, or upload one."
            )
        if certificate.loading_error or not certificate.private_key_id:
            return "error", self.env._(
                "The signing certificate cannot be used: it has no private key, or "
                "the file or its password is wrong. Upload it again."
            )
        now = fields.Datetime.now()
        end = certificate.date_end
        day = format_date(self.env, end.date())
        if end < now:
            return "error", self.env._(
                "The signing certificate ended on %s, so documents are not signed. "
                "Make or upload a new one.",
                day,
            )
        if certificate.date_start > now:
            return "error", self.env._(
                "The signing certificate is not valid before %s. Look whether the "
                "server's clock is right.",
                format_date(self.env, certificate.date_start.date()),
            )
        if end < now + timedelta(days=WARN_DAYS):
            return "warn", self.env._(
                "The signing certificate ends on %s. Make or upload a new one in time.",
                day,
            )
        return "ok", self.env._(
            "Originals are signed by %(name)s, until %(day)s.",
            name=certificate.subject_common_name or certificate.name,
            day=day,
        )

    def _il_see_signature(self):
        return self._il_look_at_certificate()

    def _il_remind_of_certificate(self):
        """Remind of a certificate that ends."""
        company = self.with_context(lang=self.partner_id.lang or self.env.lang)
        certificate = self.sudo().il_certificate_id
        if certificate.date_end:
            level, sentence = company._il_look_at_certificate()
            if level != "ok":
                self._il_remind(sentence, certificate.date_end.date())


class CertificateCertificate(models.Model):
    _inherit = "certificate.certificate"

    def _il_chain(self):
        """:return: the certificates that a PKCS#12 file has above its own, as DER"""
        self.ensure_one()
        if self.content_format != "pkcs12":
            return ()
        password = (self.pkcs12_password or "").encode() or None
        content = base64.b64decode(self.content)
        _key, _own, above = pkcs12.load_key_and_certificates(content, password)
        return tuple(each.public_bytes(Encoding.DER) for each in above)
