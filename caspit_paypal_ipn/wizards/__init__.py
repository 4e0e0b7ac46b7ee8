# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import paypal_by_hand
from . import paypal_receipt_again
from . import paypal_test_message
