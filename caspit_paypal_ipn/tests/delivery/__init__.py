# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_delivery
from . import test_mail_words
from . import test_notice
from . import test_paper
from . import test_summary
from . import test_threat_mail
from . import test_threat_pdf
from . import test_undelivered
from . import test_portal
