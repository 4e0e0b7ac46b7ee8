# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import ir_http
from . import caspit_licence
from . import res_company
from . import res_company_accounting
from . import res_partner
from . import account_tax
from . import account_move
from . import account_payment
from . import paypal_ipn_resend
from . import paypal_ipn
from . import paypal_ipn_worker
from . import paypal_ipn_verify
from . import paypal_ipn_booking
from . import paypal_ipn_sale
from . import paypal_ipn_delivery
