# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Caspit: PayPal's Own Ledger",
    "summary": "Every movement of the PayPal account by the hour, proved to the cent",
    "version": "19.0.1.1.0",
    "category": "Accounting/Payment Providers",
    "author": "Caspit PayPal IPN contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["caspit_paypal_activity"],
    "external_dependencies": {"python": ["cryptography", "pyopenssl", "requests"]},
    "data": [
        "security/security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron.xml",
        "views/paypal_api_connection_views.xml",
        "views/paypal_api_proof_views.xml",
        "views/paypal_api_cost_views.xml",
        "views/paypal_activity_views.xml",
        "views/paypal_ipn_views.xml",
        "views/res_company_views.xml",
        "views/paypal_webhook_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["caspit_paypal_api/static/src/**/*"],
    },
}
