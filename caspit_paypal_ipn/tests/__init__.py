# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .inbox import *
from .books import *
from .delivery import *
from .company import *
from .customer import *
from .dashboard import *
from .forwarding import *
