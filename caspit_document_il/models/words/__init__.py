# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The words and details that have to stand on a document.

The receipt's template and Odoo's own invoice ask here what to print.
"""

from . import res_company
from . import account_move
