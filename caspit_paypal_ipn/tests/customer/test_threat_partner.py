# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import new_test_user

from ..common import PaypalIpnCase, message

EMAIL = "dana@example.com"


class TestThreatPartner(PaypalIpnCase):
    """Whoever registered with a name and an address gets nobody's documents."""

    def registered(self, invited, login=EMAIL, creator=None):
        """Somebody with a login who calls himself like the buyer.

        :param bool invited: whether an employee invited him, or he came by himself
        :param creator: who else made him
        """
        user = new_test_user(
            self.env, login, groups="base.group_portal", name="Dana Levi", email=EMAIL
        )
        creator = creator or self.env.ref("base.public_user")
        creator = self.env.user if invited else creator
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

    def test_who_came_by_a_login_elsewhere_was_not_invited(self):
        """Odoo itself makes such a user, with the address that is said there."""
        root = self.env.ref("base.user_root")
        partner = self.registered(invited=False, creator=root)
        self.assertNotEqual(self.customer_of(payer_status="verified"), partner)

    def test_a_login_with_another_address_proves_nothing(self):
        partner = self.registered(invited=True, login="other@example.com")
        self.assertNotEqual(self.customer_of(payer_status="verified"), partner)

    def test_the_payer_id_goes_before_all(self):
        partner = self.registered(invited=False)
        partner.paypal_payer_id = "BUYER00000001"
        self.assertEqual(self.customer_of(), partner)

    def entered(self, parent):
        """The buyer's name and address, as somebody enters it in his portal."""
        return self.env["res.partner"].create(
            {
                "name": "Dana Levi",
                "email": EMAIL,
                "type": "invoice",
                "parent_id": parent.id,
            }
        )

    def test_an_address_that_a_customer_enters_in_his_portal_is_not_the_buyer(self):
        """Who has a login sees the documents of all that belong to his contact."""
        stranger = new_test_user(
            self.env, "stranger@example.com", groups="base.group_portal"
        ).partner_id
        entered = self.entered(stranger)
        customer = self.customer_of(payer_status="verified")
        self.assertNotEqual(customer.commercial_partner_id, stranger)
        self.assertFalse(entered.paypal_payer_id or entered.phone or entered.street)

    def test_a_colleagues_login_takes_nothing_from_who_proved_his_own(self):
        firm = self.env["res.partner"].create({"name": "Levi Ltd", "is_company": True})
        partner = self.registered(invited=True)
        colleague = new_test_user(
            self.env, "colleague@example.com", groups="base.group_portal"
        ).partner_id
        (partner | colleague).parent_id = firm
        self.assertEqual(self.customer_of(payer_status="verified"), partner)

    def test_a_contact_without_a_login_is_found_as_ever(self):
        partner = self.env["res.partner"].create({"name": "Dana Levi", "email": EMAIL})
        self.assertEqual(self.customer_of(), partner)

    def test_several_addresses_are_none(self):
        partner = self.customer_of(payer_email="a@example.com, b@example.com")
        self.assertFalse(partner.email)
