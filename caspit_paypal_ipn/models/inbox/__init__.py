# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What came and where it stands: kept, read, asked back, claimed, retried, forgotten.

A message comes in by :mod:`.intake` and moves by :meth:`PaypalIpn._move_to` alone. The
other rooms are called from here by name (:mod:`.worker`); nobody reaches into it but
through the methods of ``paypal.ipn``.
"""

from . import resend
from . import sender
from . import paypal_ipn
from . import tables
from . import rights
from . import intake
from . import claim
from . import worker
from . import lanes
from . import verify
from . import search
from . import retry
from . import retention
from . import answers
from . import by_hand
from . import turned_away
from . import links
from . import timeline
from . import story
from . import live
from . import health
from . import readers
from . import trial
from . import demo
