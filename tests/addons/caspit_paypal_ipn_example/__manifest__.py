# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Caspit: PayPal IPN, an Example of an Extension",
    "summary": "Donations get a receipt of their own, and delivery is one line",
    "version": "19.0.1.0.0",
    "category": "Accounting/Payment Providers",
    "author": "Caspit PayPal IPN contributors",
    "license": "LGPL-3",
    "depends": ["caspit_paypal_ipn"],
}
