# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_connect
from . import test_walk
from . import test_missing
from . import test_proof
from . import test_watch
from . import test_webhook
from . import test_webhook_door
from . import test_threat_webhook
from . import test_subscription
from . import test_tab
from . import test_rights
