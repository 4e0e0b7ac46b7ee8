# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Caspit: bench",
    "summary": "An empty route, to measure the listener against",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Caspit PayPal IPN contributors",
    "license": "LGPL-3",
    "depends": ["caspit_paypal_ipn"],
}
