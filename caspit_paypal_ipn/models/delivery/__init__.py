# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From booked to done: the receipt to the customer, the notices to the merchant.

In come booked messages, and problems to tell. Mails are records made in the transaction
that moves the message; Odoo's mail queue sends them.
"""

from . import ir_actions_report
from . import pdf_engine
from . import delivery
from . import items
from . import notice
from . import mail_mail
from . import mail_retry
from . import undelivered
from . import bounce

pdf_engine.install()
