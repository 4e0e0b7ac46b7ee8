# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the uniform file (ממשק פתוח) tells of the company's books.

Each model here gives its own record as a dictionary by the paper's field numbers; the
wizard puts them together and ``uniform`` writes them.
"""

from . import res_company
from . import account_move
from . import account_account
