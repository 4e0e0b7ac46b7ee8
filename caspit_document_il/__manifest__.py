# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Caspit: Documents for Israel",
    "summary": "Signed documents with what Israel's law asks for",
    "version": "19.0.1.0.0",
    "category": "Accounting/Localizations",
    "author": "Caspit PayPal IPN contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "countries": ["il"],
    "depends": ["caspit_paypal_ipn", "l10n_il", "certificate"],
    "external_dependencies": {"python": ["pyHanko", "requests"]},
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron.xml",
        "wizards/certificate_upload_views.xml",
        "views/res_company_views.xml",
    ],
}
