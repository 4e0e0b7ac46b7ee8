# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Caspit: PayPal IPN beside Odoo's PayPal Provider",
    "summary": "A sale that Odoo's own PayPal provider books is not booked twice",
    "version": "19.0.1.0.0",
    "category": "Accounting/Payment Providers",
    "author": "Caspit PayPal IPN contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["caspit_paypal_ipn", "payment_paypal", "account_payment"],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
