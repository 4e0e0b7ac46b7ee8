# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Messages go on to others who need them: PayPal has one IPN address per account."""

from . import paypal_ipn_forward, res_company
