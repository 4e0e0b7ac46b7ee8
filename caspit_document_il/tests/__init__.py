# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .signing import test_signature
