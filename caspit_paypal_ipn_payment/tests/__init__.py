# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_after
from . import test_sale
