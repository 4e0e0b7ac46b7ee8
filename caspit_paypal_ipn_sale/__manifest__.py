# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Caspit: PayPal IPN for Sales Orders",
    "summary": "A PayPal payment that names a sales order confirms and invoices it",
    "version": "19.0.1.0.0",
    "category": "Accounting/Payment Providers",
    "author": "Caspit PayPal IPN contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["caspit_paypal_ipn", "sale"],
    "auto_install": True,
}
