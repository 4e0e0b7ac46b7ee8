# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_compare
from . import test_enter
from . import test_files
from . import test_make
from . import test_transfers
from . import test_rights
