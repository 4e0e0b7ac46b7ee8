# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_rights
from .allocation import *
from .consent import *
from .rates import *
from .signing import *
from .uniform import *
from .words import *
