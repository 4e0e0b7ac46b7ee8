# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError

BY_ID = "id"  # by name, Odoo would write each new customer first


class ResPartner(models.Model):
    _inherit = "res.partner"

    paypal_payer_id = fields.Char(
        "PayPal Payer ID",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="PayPal's own key of this customer; it stays when the e-mail changes.",
    )
    paypal_is_sandbox = fields.Boolean(
        "From PayPal's Sandbox",
        compute="_compute_paypal_is_sandbox",
        store=True,
        help="A customer of a test company: PayPal's sandbox invents people.",
    )
    paypal_ipn_ids = fields.One2many(
        "paypal.ipn",
        "partner_id",
        "PayPal Messages",
        readonly=True,
        groups="caspit_paypal_ipn.group_paypal_ipn_user",
    )

    # Each new payer is looked for by his e-mail, and Odoo has no index on it.
    _paypal_email_index = models.Index(
        "(email_normalized) WHERE email_normalized IS NOT NULL"
    )

    @api.depends("company_id.paypal_environment")
    def _compute_paypal_is_sandbox(self):
        for partner in self:
            company = partner.company_id
            partner.paypal_is_sandbox = company and company._paypal_is_test()

    @api.model
    def _paypal_find_or_create(self, buyer, company):
        """The customer of a PayPal message.

        ``payer_id`` is PayPal's stable key. An e-mail alone is no proof, since people
        share one: it counts together with the name. What a customer's record has
        already is left alone; what it lacks is filled in.

        :param paypal.message.Buyer buyer: who paid
        :param company: the ``res.company`` that was paid
        :return: the partner
        """
        values = self._paypal_values(buyer, company)
        partner = self._paypal_payer(buyer, company)
        if not partner:
            alike = self._paypal_alike(buyer, company)
            partner = alike._paypal_certain(buyer)
        if not partner:
            own = {"company_id": company.id} if company._paypal_is_test() else {}
            partner = self.create({**values, **own})
            partner._paypal_offer_merge(alike)
            return partner
        missing = {field: v for field, v in values.items() if v and not partner[field]}
        if partner.street or partner.city:  # an address is one thing, not five
            for field in ("street", "street2", "city", "zip", "state_id", "country_id"):
                missing.pop(field, None)
        if missing:
            partner.write(missing)
        return partner

    @api.model
    def _paypal_mine(self, company):
        """The customers that a company knows.

        A test company knows its own people only: whom the sandbox invents is no
        customer of anybody else.

        :return: a domain
        """
        shared = () if company._paypal_is_test() else (False,)
        return [("company_id", "in", (*shared, company.id))]

    @api.model
    def _paypal_known(self, buyer, company):
        """The customer's record, when there is one already.

        :return: the partner, or none
        """
        payer = self._paypal_payer(buyer, company)
        return payer or self._paypal_alike(buyer, company)._paypal_certain(buyer)

    @api.model
    def _paypal_payer(self, buyer, company):
        """:return: the partner with the buyer's PayPal account, or none"""
        if not buyer.payer_id:
            return self.browse()
        known = self.search(
            [
                *self._paypal_mine(company),
                ("paypal_payer_id", "=", buyer.payer_id),
            ],
            order=BY_ID,
            limit=1,
        )
        return known or self._paypal_merged(buyer, company)

    @api.model
    def _paypal_alike(self, buyer, company):
        """:return: partners with the buyer's e-mail and name, of no other account"""
        if not buyer.email:
            return self.browse()
        domain = [
            *self._paypal_mine(company),
            ("email_normalized", "=", buyer.email.lower()),
        ]
        if buyer.payer_id:  # an activity file names none
            domain.append(("paypal_payer_id", "=", False))
        name = self._paypal_name(buyer).casefold()
        return self.search(domain, order=BY_ID).filtered(
            lambda partner: (partner.name or "").casefold() == name
        )

    def _paypal_certain(self, buyer):
        """:return: the first of these namesakes who is the buyer beyond doubt"""
        return self.filtered(lambda partner: partner._paypal_is_certain(buyer))[:1]

    def _paypal_is_certain(self, buyer):
        """Whether a namesake with the buyer's address is the buyer beyond doubt.

        Who has a login here sees the documents of his contact, and of those that belong
        to the same firm or person. Anybody can register with any address and name, and
        enter further ones in the portal; so a login has to have proved its address, and
        PayPal the buyer's. A contact without a login of its own, beside one that has,
        is nobody for certain.

        :param paypal.message.Buyer buyer: who paid
        """
        self.ensure_one()
        users = self.env["res.users"].sudo().with_context(active_test=False)
        own = users.search([("partner_id", "=", self.id)])
        if not own:
            family = [("partner_id", "child_of", self.commercial_partner_id.id)]
            return not users.search_count(family, limit=1)
        return buyer.is_verified and all(
            user._paypal_has_proved(buyer.email) for user in own
        )

    def _paypal_offer_merge(self, alike):
        """Say on a new contact that he may be one who is here already.

        :param alike: partners with his e-mail and name
        """
        self.ensure_one()
        others = alike.filtered(lambda partner: not partner.paypal_payer_id)
        if others:
            self._message_log(
                body=self.env._(
                    "The contact %s has the same name and e-mail, and a login that has "
                    "not proved the address; so this contact was made. If both are one "
                    "person, select both in the list of contacts and choose Action → "
                    "Merge.",
                    others[0]._get_html_link(),
                )
            )

    def _paypal_ship_to(self, buyer):
        """Where a message says that the goods go to.

        :param paypal.message.Buyer buyer: who paid
        :return: the customer himself, or a delivery address of his: when the message
            names another country or state than his own address has
        """
        address = buyer.address
        country = self.env["res.country"]._paypal_of_code(address.country_code)
        state = self._paypal_state(country, address.state)
        if not country or (country, state or self.state_id) == (
            self.country_id,
            self.state_id,
        ):
            return self
        values = {
            "street": address.street or False,
            "city": address.city or False,
            "zip": address.zip or False,
            "country_id": country.id,
            "state_id": state.id,
        }
        known = self.child_ids.filtered_domain(
            [("type", "=", "delivery"), *((f, "=", v) for f, v in values.items())]
        )
        return known[:1] or self.create(
            {
                **values,
                "type": "delivery",
                "parent_id": self.id,
                "name": address.name or self.name,
                "street2": address.street2 or False,
                "lang": self.lang,
                "company_id": self.company_id.id,
            }
        )

    @api.model
    def _paypal_merged(self, buyer, company):
        """The customer that this payer's record was merged into.

        A merged record keeps one payer id; the messages of the others name it now.

        :return: the partner, or none
        """
        told = self.env["paypal.ipn"].search(
            [
                ("company_id", "=", company.id),
                ("payer_id", "=", buyer.payer_id),
                ("partner_id", "!=", False),
                (
                    "kind",
                    "in",
                    [
                        code
                        for code, kind in self.env["paypal.ipn"]._kinds().items()
                        if kind.is_order
                    ],
                ),
            ],
            order="id desc",
            limit=1,
        )
        partner = told.partner_id
        return partner.filtered("active")

    def _paypal_unlink_unused(self):
        """Delete the customers that nothing else refers to; the others stay."""
        for partner in self:
            try:
                with self.env.cr.savepoint():
                    partner.unlink()
            except (UserError, IntegrityError):
                continue

    def _paypal_is(self, buyer):
        """Whether a buyer is this customer or one of its people.

        :param paypal.message.Buyer buyer: who paid
        """
        family = self.commercial_partner_id
        family |= family.child_ids
        return bool(
            (buyer.payer_id and buyer.payer_id in family.mapped("paypal_payer_id"))
            or (
                buyer.email and buyer.email.lower() in family.mapped("email_normalized")
            )
        )

    @api.model
    def _paypal_name(self, buyer):
        name = (
            buyer.name
            or buyer.business_name
            or buyer.address.name
            or buyer.email
            or self.env._("PayPal customer %s", buyer.payer_id)
        )
        return " ".join(name.split())  # it stands in subjects, which are one line

    @api.model
    def _paypal_values(self, buyer, company):
        address = buyer.address
        country = self.env["res.country"]._paypal_of_code(buyer.country_code)
        company_name = buyer.business_name if buyer.is_company else False
        return {
            "name": self._paypal_name(buyer),
            "company_name": company_name,
            "paypal_payer_id": buyer.payer_id or False,
            "email": buyer.email or False,
            "phone": buyer.phone or False,
            "street": address.street or False,
            "street2": address.street2 or False,
            "city": address.city or False,
            "zip": address.zip or False,
            "state_id": self._paypal_state(country, address.state).id,
            "country_id": country.id,
            "lang": company._paypal_lang(country),
        }

    @api.model
    def _paypal_state(self, country, state):
        """PayPal writes a state's code for some countries and its name for others."""
        return country.state_ids.filtered(
            lambda known: (
                state.casefold() in (known.code.casefold(), known.name.casefold())
            )
        )[:1]
