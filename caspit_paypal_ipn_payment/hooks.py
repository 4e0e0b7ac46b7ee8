# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def post_init_hook(env):
    """Know the transactions that are there already by PayPal's id of the payment."""
    transactions = env["payment.transaction"].search(
        [("provider_id.code", "=", "paypal"), ("provider_reference", "!=", False)]
    )
    for transaction in transactions:
        transaction.paypal_capture_id = transaction.provider_reference
