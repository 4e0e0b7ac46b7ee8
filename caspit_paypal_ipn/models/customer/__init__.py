# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who paid: found, or made from what PayPal says of the buyer; forgotten on demand.

Everybody may ask for the customer of a buyer; nothing here moves a message.
"""

from . import res_country
from . import res_partner
from . import res_users
from . import links
from . import privacy
