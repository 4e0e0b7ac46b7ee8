# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_partner
from . import test_threat_partner
from . import test_threat_privacy
