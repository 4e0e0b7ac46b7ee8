# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_my_caspit
from . import test_my_caspit_money
