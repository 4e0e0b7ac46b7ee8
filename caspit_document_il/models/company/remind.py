# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ResCompany(models.Model):
    """A word in time: an activity for whoever is responsible, once for each cause."""

    _inherit = "res.company"

    @api.model
    def _cron_il_remind(self):
        """Look each day for what will stop working soon."""
        israeli = [("partner_id.country_id.code", "=", "IL")]
        for company in self.sudo().search(israeli):
            company.with_company(company)._il_remind_all()

    def _il_remind_all(self):
        """Remind of all that ends soon."""
        self.ensure_one()
        self._il_remind_of_certificate()
        self._il_remind_of_authority()

    def _il_remind(self, summary, day):
        """Make an activity on the company's address, unless it is there.

        Without the activity's own e-mail: the list of activities is where he looks.

        :param str summary: what to do, in the company's language
        :param datetime.date day: until when
        """
        partner = self.partner_id
        if summary in partner.activity_ids.mapped("summary"):
            return
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        user = self.paypal_user_id or admin or self.env.user
        partner.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=summary,
            date_deadline=day,
        )
