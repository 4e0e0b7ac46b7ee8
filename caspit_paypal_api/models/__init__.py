# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's own ledger: connect, walk it by the hour, make what is missing, prove.

What the walk finds becomes rows of PayPal's list, as those of a file; what is made of a
row enters the main line as a message of the source ``ledger`` and takes its very way.
"""

from . import connection
from . import connect
from . import window
from . import walk
from . import reading
from . import ledger
from . import webhook
from . import source
from . import missing
from . import fee
from . import late
from . import proof
from . import proof_screen
from . import dispute
from . import cost
from . import res_company
from . import tell
from . import dashboard
from . import watch
