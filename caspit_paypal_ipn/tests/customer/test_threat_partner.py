# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import new_test_user

from ..common import PaypalIpnCase, message

EMAIL = "dana@example.com"


class TestThreatPartner(PaypalIpnCase):
    """Whoever registered with a name and an address gets nobody's documents."""

    def registered(self, invited, login=EMAIL):
        """Somebody with a login who calls himself like the buyer.

        :param bool invited: whether an employee invited him, or he came by himself
        """
        user = new_test_user(
            self.env, login, groups="base.group_portal", name="Dana Levi", email=EMAIL
        )
        creator = self.env.user if invited else self.env.ref("base.public_user")
        self.env.cr.execute(
            "UPDATE res_users SET create_uid = %s WHERE id = %s", [creator.id, user.id]
        )
        self.env["res.users.log"].sudo().create({"create_uid": user.id})
        self.env.cr.execute(
            "UPDATE res_users_log SET create_uid = %s, create_date = %s",
            [user.id, fields.Datetime.now()],
        )
        self.env.invalidate_all()
        return user.partner_id

    def customer_of(self, **changes):
        ipn = self.take(message(**changes))
        self.assert_done(ipn)
        return ipn.partner_id

    def test_who_registered_by_himself_gets_no_document_and_learns_no_address(self):
        partner = self.registered(invited=False)
        customer = self.customer_of(payer_status="verified")
        self.assertNotEqual(customer, partner)
        self.assertFalse(partner.street)
        self.assertFalse(partner.paypal_payer_id)

    def test_a_merge_is_offered(self):
        partner = self.registered(invited=False)
        customer = self.customer_of()
        note = customer.message_ids.filtered(lambda m: "Merge" in (m.body or ""))
        self.assertIn(f'data-oe-id="{partner.id}"', note.body)

    def test_who_proved_the_address_is_the_verified_buyer(self):
        partner = self.registered(invited=True)
        self.assertEqual(self.customer_of(payer_status="verified"), partner)

    def test_a_buyer_whom_paypal_has_not_verified_is_a_new_contact(self):
        partner = self.registered(invited=True)
        self.assertNotEqual(self.customer_of(payer_status="unverified"), partner)

    def test_a_login_with_another_address_proves_nothing(self):
        partner = self.registered(invited=True, login="other@example.com")
        self.assertNotEqual(self.customer_of(payer_status="verified"), partner)

    def test_the_payer_id_goes_before_all(self):
        partner = self.registered(invited=False)
        partner.paypal_payer_id = "BUYER00000001"
        self.assertEqual(self.customer_of(), partner)

    def test_a_contact_without_a_login_is_found_as_ever(self):
        partner = self.env["res.partner"].create({"name": "Dana Levi", "email": EMAIL})
        self.assertEqual(self.customer_of(), partner)

    def test_several_addresses_are_none(self):
        partner = self.customer_of(payer_email="a@example.com, b@example.com")
        self.assertFalse(partner.email)
