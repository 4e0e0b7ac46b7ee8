# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Before this, the mails led to no document, and their templates are never updated.

A template that nobody has written to since it was made is renewed in every language, by
what is behind Odoo's own "Reset Template". One that the merchant has changed is his.
"""

from odoo import SUPERUSER_ID, api

#: Two templates have moved to a file of their own since the first release. Without this
#: their "Reset Template" would take their translations and bring nothing.
HAVE_MOVED = """
    UPDATE mail_template
       SET template_fs = 'caspit_paypal_ipn/data/mail_template_notice.xml'
     WHERE id IN (SELECT res_id FROM ir_model_data
                   WHERE module = 'caspit_paypal_ipn' AND model = 'mail.template'
                     AND name IN ('mail_template_notice', 'mail_template_unknown'))
"""
#: As Odoo's upgrades tell it, but for their minute of grace; not those of this upgrade.
UNCHANGED = """
    SELECT template.id
      FROM mail_template template
      JOIN ir_model_data data
        ON data.model = 'mail.template' AND data.res_id = template.id
     WHERE data.module = 'caspit_paypal_ipn'
       AND template.write_date = template.create_date
       AND template.create_date < now() AT TIME ZONE 'UTC'
     ORDER BY template.id
"""


def migrate(cr, version):
    """Run once, after the templates that are new have come."""
    if version:
        cr.execute(HAVE_MOVED)
        cr.execute(UNCHANGED)
        ids = [row[0] for row in cr.fetchall()]
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["mail.template"].browse(ids).reset_template()
