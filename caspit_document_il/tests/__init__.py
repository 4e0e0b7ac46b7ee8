# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .allocation import test_allocation
from .consent import test_consent
from .rates import test_rates
from .signing import test_signature
from .uniform import test_uniform
from .words import test_words
from . import test_rights
from .allocation import *
from .consent import *
from .rates import *
from .signing import *
from .uniform import *
from .words import *
