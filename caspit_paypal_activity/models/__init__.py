# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's list against the books: read it, compare it, make what is missing.

In comes the merchant's own download; what is made of a row enters the main line as a
message of the source ``file`` and takes its very way.
"""

from . import res_company
from . import line
from . import paypal_activity
from . import types
from . import expense
from . import ask
from . import read
from . import compare
from . import by_hand
from . import make
from . import balance
from . import source
from . import bank
from . import undo
from . import privacy
