# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a message does to the books: a file for each kind of event, and what they share.

In come verified messages of one company, through :mod:`.booking`, which has the gates.
Out go documents, payments and entries; nothing here talks to the network or mails.
"""

from . import account_tax
from . import account_move
from . import account_move_links
from . import fresh
from . import cost
from . import part_note
from . import part_receipt
from . import printed
from . import account_payment
from . import booking
from . import duplicates
from . import original
from . import money
from . import currency
from . import fee
from . import issue_day
from . import turn
from . import lines
from . import place
from . import taxes
from . import named_invoice
from . import sale
from . import own_notes
from . import parts
from . import refund
from . import readings
from . import dispute
from . import cases
from . import lost_dispute
from . import removal
