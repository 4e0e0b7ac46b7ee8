# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_books
from . import test_books_by_hand
from . import test_dispute
from . import test_issue_day
from . import test_live_messages
from . import test_named_invoice
from . import test_own_books
from . import test_parts
from . import test_refund
from . import test_sale
from . import test_sale_currency
from . import test_sale_tax
from . import test_tax_told
from . import test_twins
from . import test_threat_products
from . import test_threat_reuse
