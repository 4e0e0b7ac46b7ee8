# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def migrate(cr, version):
    """Let the company's form do without the webhooks, which stand on the connection's.

    Odoo removes the old view when everything else is loaded, and until then it would
    look in the form for fields that are not there any more.
    """
    cr.execute(
        """UPDATE ir_ui_view SET active = false
            WHERE id IN (SELECT res_id FROM ir_model_data
                          WHERE module = 'caspit_paypal_api'
                            AND name = 'view_company_form_webhook')"""
    )
