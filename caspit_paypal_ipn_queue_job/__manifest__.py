# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Caspit: PayPal IPN with Queue Jobs",
    "summary": "PayPal messages are worked by OCA's job queue",
    "version": "19.0.1.0.0",
    "category": "Accounting/Payment Providers",
    "author": "Caspit PayPal IPN contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["caspit_paypal_ipn", "queue_job"],
    "data": ["data/queue_job_function.xml"],
    "auto_install": True,
}
