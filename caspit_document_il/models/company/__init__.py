# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The company as its documents need it: what it is, what it is set to, what is missing.

Every other room comes here to ask whether the company is an Israeli one.
"""

from . import res_company
from . import check
from . import remind
