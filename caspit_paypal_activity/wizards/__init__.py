# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import paypal_activity_enter
from . import paypal_activity_undo
