# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_issuer
from . import test_quiet
from . import test_retired
from . import test_setup
from . import test_setup_books
from . import test_setup_check
from . import test_setup_line
from . import test_setup_reach
from . import test_sandbox_here
from . import test_test_company
from . import test_test_company_apart
from . import test_test_company_removal
