# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a message does to the books: a file for each kind of event, and what they share.

In come verified messages of one company, through :mod:`.booking`, which has the gates.
Out go documents, payments and entries; nothing here talks to the network or mails.
"""

from . import account_tax
from . import account_move
from . import account_move_links
from . import account_payment
from . import booking
from . import money
from . import currency
from . import fee
from . import issue_day
from . import lines
from . import place
from . import taxes
from . import sale
from . import refund
from . import dispute
from . import removal
