# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's webhooks: the second door of the inbox, and the switch for it.

What comes in is a message of the source ``webhook``: kept, proved by PayPal's
signature, and from there on the same as an IPN.
"""

from . import source
from . import proof
from . import details
from . import subscription
from . import missed
