# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .paypal_ipn import MANAGER

#: Of a message people write these: activities, followers, notes.
PEOPLES = ("activity_", "message_")


class PaypalIpn(models.Model):
    """Who may do what with a message: everybody by buttons, and only the code writes.

    No group has the right to write messages. A button looks who presses it, and for
    which company, and goes on as superuser.
    """

    _inherit = "paypal.ipn"

    # === BUTTONS === #

    def _check_may_press(self, group=MANAGER):
        """Look whether who presses a button may, for each of these messages.

        He sees the message, which the rules by company decide, and has the role.
        Whoever has passed here goes on with ``self.sudo()``.

        :param str group: the role that the button is for
        :raise AccessError: he may not
        """
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group(group)):
            raise AccessError(
                self.env._(
                    "Only a PayPal manager may do this. Ask your administrator for the "
                    "role."
                )
            )

    @api.model
    def _may_press(self, group=MANAGER):
        """:return: whether the buttons of messages are for this user, to show them"""
        return self.env.su or (
            self.has_access("read") and self.env.user.has_group(group)
        )

    # === CRUD METHODS === #

    @api.model
    def _written_by_code(self):
        """:return: the names of the fields that only the program writes"""
        return {name for name in self._fields if not name.startswith(PEOPLES)}

    @api.ondelete(at_uninstall=False)
    def _unlink_only_what_nobody_confirmed(self):
        """Keep what PayPal stands by, what may still be confirmed, and what has books.

        :raise UserError: one of the messages has to stay
        """
        for ipn in self.sudo():
            if ipn._has_books() or not (ipn._is_cast_off() or ipn._is_removable()):
                raise UserError(
                    self.env._(
                        "Only messages that PayPal has not confirmed, and that nothing "
                        "was booked of, can be deleted; the others are kept."
                    )
                )

    def _has_books(self):
        """:return: whether documents, entries or payments rest on the message"""
        return bool(self.move_ids or self.payment_ids)

    def _is_cast_off(self):
        """:return: whether it left the line before PayPal had confirmed it"""
        return self.state == "refused" or (
            self.state == "attention" and self.resume_state == "received"
        )

    def _is_removable(self):
        """:return: whether it is of PayPal's sandbox, which is removed as a whole"""
        return self.is_sandbox
