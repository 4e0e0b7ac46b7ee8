# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_books
from . import test_controller
from . import test_delivery
from . import test_dispute
from . import test_inbox
from . import test_other_kinds
from . import test_partner
from . import test_receiver
from . import test_refund
from . import test_roles
from . import test_sale
from . import test_sale_currency
from . import test_sale_tax
from . import test_sandbox
from . import test_setup
from . import test_verification
