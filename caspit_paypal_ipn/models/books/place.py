# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

SHIP_TO, RESIDENCE, RECORD = "ship_to", "residence", "record"


class PaypalIpn(models.Model):
    """Where a sale is taxed: by this message, not by what the customer's record says.

    Goods are taxed where they are shipped to (Council Directive 2006/112/EC, Article
    33; Israel's VAT Law, section 30(a)(1)); what is not shipped, where its buyer lives
    (Article 58). PayPal's two words on it are kept as evidence: the address, and the
    country of the account, which PayPal has verified (Council Implementing Regulation
    (EU) No 282/2011, Article 24f).
    """

    _inherit = "paypal.ipn"

    place_evidence = fields.Json(readonly=True)
    place = fields.Char(
        "Taxed By",
        compute="_compute_place",
        help="What says where the sale is taxed: two pieces of evidence, and the "
        "fiscal position that they led to.",
    )

    @api.depends("place_evidence")
    @api.depends_context("lang")
    def _compute_place(self):
        for ipn in self:
            ipn.place = ipn.place_evidence and ipn._place_sentence(ipn.place_evidence)

    def _place_sentence(self, evidence):
        names = {
            country.code: country.name
            for country in self.env["res.country"].search(
                [("code", "in", [evidence[SHIP_TO], evidence[RESIDENCE]])]
            )
        }
        told = [
            self.env._(
                "Ship-to address: %(ship_to)s. Country of the PayPal account: "
                "%(residence)s.",
                ship_to=names.get(evidence[SHIP_TO]) or self.env._("none"),
                residence=names.get(evidence[RESIDENCE]) or self.env._("none"),
            )
        ]
        deciding = {
            SHIP_TO: self.env._("The ship-to address decides."),
            RESIDENCE: self.env._("Nothing is shipped, so the account decides."),
            RECORD: self.env._("The customer's record decides."),
        }
        told.append(deciding[evidence["decided_by"]])
        if len({evidence[SHIP_TO], evidence[RESIDENCE], ""}) > 2:
            told.append(self.env._("The two differ."))
        if evidence["position"]:
            told.append(self.env._("Fiscal position: %s.", evidence["position"]))
        return " ".join(told)

    def _evidence(self, position):
        """What says where the sale is taxed.

        :param position: the fiscal position that it led to, or none
        :rtype: dict
        """
        buyer = self._message().buyer
        ship_to, residence = buyer.address.country_code, buyer.residence_code
        by_record = not (ship_to or residence)
        decided_by = RECORD if by_record else SHIP_TO if ship_to else RESIDENCE
        return {
            SHIP_TO: ship_to,
            RESIDENCE: residence,
            "decided_by": decided_by,
            "position": position.name or "",
        }

    def _fiscal_position(self, partner):
        """The fiscal position of this sale, as Odoo finds it.

        :param partner: the customer, whose own position wins, if he has one
        """
        positions = self.env["account.fiscal.position"]
        if self.company_id.paypal_vat_policy != "by_country":
            return positions
        place = self._place_of_supply(partner)
        own = partner.with_company(self.company_id).property_account_position_id
        if not partner.country_id and not own:
            partner = place
        return positions._get_fiscal_position(partner, delivery=place)

    def _place_of_supply(self, partner):
        """Where the sale goes to, as a partner.

        :return: the customer, or a record that is not saved when this message names
            another place than his address
        """
        buyer = self._message().buyer
        code = buyer.address.country_code or buyer.residence_code
        country = self.env["res.country"]._paypal_of_code(code)
        if not country:
            return partner
        state = partner.state_id if partner.country_id == country else None
        zip_code = partner.zip if partner.country_id == country else False
        if buyer.address.country_code:
            state = partner._paypal_state(country, buyer.address.state)
            zip_code = buyer.address.zip or False
        if (country, state or partner.state_id.browse()) == (
            partner.country_id,
            partner.state_id,
        ) and (zip_code or False) == (partner.zip or False):
            return partner
        return partner.new(
            {
                "name": partner.name,
                "vat": partner.vat if partner.country_id == country else False,
                "country_id": country.id,
                "state_id": state.id if state else False,
                "zip": zip_code,
            }
        )
