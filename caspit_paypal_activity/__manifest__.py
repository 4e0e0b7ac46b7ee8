# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Caspit: PayPal's List Against the Books",
    "summary": "PayPal's activity download compared with the books, row by row",
    "version": "19.0.1.0.0",
    "category": "Accounting/Payment Providers",
    "author": "Caspit PayPal IPN contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["caspit_paypal_ipn"],
    "data": [
        "security/security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron.xml",
        "views/paypal_activity_views.xml",
        "views/paypal_activity_line_views.xml",
        "views/paypal_ipn_views.xml",
        "views/paypal_activity_account_views.xml",
        "wizards/paypal_activity_enter_views.xml",
        "wizards/paypal_activity_undo_views.xml",
        "views/res_company_views.xml",
        "views/menus.xml",
    ],
}
