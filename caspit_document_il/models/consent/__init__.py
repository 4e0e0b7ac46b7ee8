# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The customer's agreement to documents by e-mail: kept, asked for, withdrawn.

The Bookkeeping Directives (§ 18ב) let documents go by e-mail to those alone who agreed
to it beforehand. Every mail passes here before it is queued.
"""

from . import il_consent
from . import res_company
from . import links
from . import paypal_ipn
from . import buyer
from . import account_move_send
