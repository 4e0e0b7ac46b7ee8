# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Before this, mails named the colour of their letters and not of their ground.

A mail program that darkens its ground then shows dark on dark. The templates may be the
merchant's own by now, so nothing but this style is touched, in every language.
"""

GIVE_THE_GROUND = r"""
    UPDATE mail_template
       SET body_html = replace(
               body_html::text,
               'line-height: 1.5; color: #222222;\"',
               'line-height: 1.5; color: #222222; background-color: #ffffff;'
               || ' padding: 16px;\"')::jsonb
     WHERE id IN (SELECT res_id FROM ir_model_data
                   WHERE module = 'caspit_paypal_ipn' AND model = 'mail.template')
"""


def migrate(cr, version):
    """Run once, after the templates are there."""
    if version:
        cr.execute(GIVE_THE_GROUND)
