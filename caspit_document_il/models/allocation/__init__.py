# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Allocation numbers (מספר הקצאה): who needs one, asking for it, and what comes back.

A document is posted first. Posting makes a row of ``il.allocation``, in the same
transaction; a scheduled action asks the authority with no lock held and no transaction
open; the number, or what became of it, is written in a transaction of its own. The
receipt waits a little for that, and no longer.
"""

from . import threshold
from . import il_authority
from . import il_emergency_number
from . import il_allocation
from . import worker
from . import decision
from . import account_move
from . import copy
from . import paypal_ipn
from . import res_company
