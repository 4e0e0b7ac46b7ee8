# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import company
from . import signature
from . import words
from . import rates
from . import allocation
from . import consent
from . import uniform
