# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Before this, a message was found by its customer, once it was booked.

Who bought what is read from the bytes of each message, as it is of a new one; how far
a receipt is, from the mail that is there.
"""

import logging

from odoo import SUPERUSER_ID, api
from odoo.addons.caspit_paypal_ipn.paypal import Message

_logger = logging.getLogger(__name__)

BATCH = 1_000
RECEIPTS = """
    UPDATE paypal_ipn ipn
       SET receipt_status = CASE mail.state WHEN 'outgoing' THEN 'waiting'
                                            WHEN 'exception' THEN 'refused'
                                            WHEN 'cancel' THEN 'refused'
                                            ELSE 'sent' END
      FROM mail_mail mail
     WHERE mail.id = ipn.receipt_mail_id AND ipn.receipt_status IS NULL
"""
#: Plain SQL, as nothing happened to the message: the day it changed stays.
SAID = """
    UPDATE paypal_ipn
       SET buyer_name = %(buyer_name)s, buyer_email = %(buyer_email)s, item = %(item)s,
           invoice_number = %(invoice_number)s
     WHERE id = %(id)s
"""


def migrate(cr, version):
    """Run once, after the tables have their new columns."""
    if not version:
        return
    cr.execute(RECEIPTS)
    cr.execute("SELECT id FROM paypal_ipn WHERE search_text IS NULL ORDER BY id")
    ids = [row[0] for row in cr.fetchall()]
    inbox = api.Environment(cr, SUPERUSER_ID, {})["paypal.ipn"]
    for start in range(0, len(ids), BATCH):
        batch = inbox.browse(ids[start : start + BATCH])
        for ipn in batch:
            said = ipn._searchable(Message.addressed(ipn._body_bytes()))
            cr.execute(SAID, {"id": ipn.id, **{k: v or None for k, v in said.items()}})
        batch.invalidate_recordset(flush=False)
        inbox.env.add_to_compute(inbox._fields["search_text"], batch)
        inbox.env.flush_all()
        inbox.env.invalidate_all()
        _logger.info("PayPal messages made searchable: %s", start + BATCH)
