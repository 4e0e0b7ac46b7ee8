# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Modules tab: PayPal account, accounting, licence, checks and warnings.

Everybody may ask the company how it is set up; nothing here knows a single message.
"""

from . import licence
from . import res_company
from . import receiver
from . import locale
from . import pasted
from . import accounting
from . import issuer
from . import names
from . import setup_books
from . import decisions
from . import environment
from . import sandbox_company
from . import sandbox_removal
from . import check
from . import check_books
from . import check_setup
from . import check_work
from . import reach
from . import notice
from . import quiet
from . import check_retired
