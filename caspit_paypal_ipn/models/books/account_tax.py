# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from itertools import chain, count

from odoo import Command, api, fields, models

from ..words import name_everywhere, name_in_new_languages

#: What a twin takes over whenever its source gets another one. What a tax calculates
#: is not among it: see :meth:`AccountTax._paypal_follow`.
LOOKS = (
    "description",
    "invoice_label",
    "invoice_legal_notes",
    "sequence",
    "tax_group_id",
    "tax_scope",
)


class AccountTax(models.Model):
    """The twins of taxes, which stand inside the price.

    PayPal reports what the customer paid, so the tax is inside. A twin keeps the
    accounts and the report tags of its source: it lands in the tax report exactly
    where the source does. It stands outside the fiscal positions, which map the
    source: see :meth:`_paypal_for`.

    A tax has a twin for everything that it ever calculated; the one that calculates as
    the source does now is in use, the others are archived. So documents and their
    refunds keep the tax they had when a rate changes.
    """

    _inherit = "account.tax"

    paypal_source_tax_id = fields.Many2one(
        "account.tax",
        "Taken Out of PayPal Prices for",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="This tax is that one with the price including it.",
    )
    paypal_twin_ids = fields.One2many(
        "account.tax",
        "paypal_source_tax_id",
        "Inside PayPal Prices",
        context={"active_test": False},
    )

    # === CRUD METHODS === #

    def write(self, vals):
        """Let the twins follow."""
        result = super().write(vals)
        for tax in self._paypal_all_twins().paypal_source_tax_id & self:
            tax._paypal_follow(vals)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_leaves_no_twin_in_use(self):
        """A twin ends with its source; what was booked with it stays."""
        self._paypal_all_twins().filtered("active").active = False

    # === BUSINESS METHODS === #

    def _paypal_included(self):
        """The same taxes with the price including them.

        :return: taxes; one that is included already, or is zero, stands for itself
        """
        twins = self.browse()
        for tax in self:
            if tax.price_include or not tax.amount and tax.amount_type != "group":
                twins |= tax
            else:
                twins |= tax._paypal_twin() or tax._paypal_follow({})
        return twins

    def _paypal_for(self, fiscal_position):
        """The taxes of a PayPal price in a fiscal position.

        :param fiscal_position: an ``account.fiscal.position``, or none
        :return: taxes that are included in the price
        """
        ordinary = self.browse()
        for tax in self:
            ordinary |= tax.paypal_source_tax_id or tax
        return fiscal_position.map_tax(ordinary)._paypal_included()

    # === TWINS === #

    def _paypal_all_twins(self):
        """:return: the twins of these taxes, those that are archived, too"""
        return self.sudo().paypal_twin_ids.sudo(self.env.su)

    def _paypal_twin(self):
        """:return: the twin that calculates as this tax does now, or none"""
        self.ensure_one()
        return self._paypal_all_twins().filtered(
            lambda twin: twin._paypal_calculation() == self._paypal_calculation()
        )[:1]

    def _paypal_follow(self, vals):
        """Bring the twins into line with their source.

        :param dict vals: what was just written in the source
        :return: the twin that is in use
        """
        twins, twin = self._paypal_all_twins(), self._paypal_twin()
        if not twin:
            had = twins.filtered("active")
            had.active = False
            for old in had:
                name_everywhere(old, old._paypal_name_of_old)
            twin = self._paypal_make_included()
        self._paypal_replace(twins - twin, twin)
        looks = {field: vals[field] for field in LOOKS if field in vals}
        if "name" in vals:
            looks["name"] = twin._paypal_free_name(self._paypal_twin_name())
        if twin.active != self.active:
            looks["active"] = self.active
        if looks:
            twin.write(looks)
        (twins - twin).filtered("active").active = False
        return twin

    def _paypal_make_included(self):
        """:return: a twin: one that an uninstall left behind, or a new one"""
        self.ensure_one()
        twin = self._paypal_left_behind()
        if twin:
            twin.write({"paypal_source_tax_id": self.id, "active": self.active})
            return twin
        twin = self.copy(
            {
                "name": self._paypal_free_name(self._paypal_twin_name()),
                "price_include_override": "tax_included",
                "paypal_source_tax_id": self.id,
                "fiscal_position_ids": [Command.clear()],
                "original_tax_ids": [Command.clear()],
            }
        )
        if self.amount_type == "group":
            twin.children_tax_ids = self.children_tax_ids._paypal_included()
        name_everywhere(twin, twin._paypal_name_of_twin)
        return twin

    def _paypal_left_behind(self):
        """Find a twin without a source that is as one of this tax would be.

        An uninstall forgets whose twin it was; a source that was deleted leaves one.
        """
        names = {
            self.with_context(lang=code)._paypal_twin_name()
            for code, _label in self.env["res.lang"].get_installed()
        }
        orphans = self.with_context(active_test=False).search(
            [
                ("company_id", "=", self.company_id.id),
                ("type_tax_use", "=", self.type_tax_use),
                ("price_include_override", "=", "tax_included"),
                ("paypal_source_tax_id", "=", False),
                ("id", "!=", self.id),
            ]
        )
        calculation = self._paypal_calculation()
        [left, *_others] = [
            tax
            for tax in self.browse(orphans.ids)
            if tax.name in names and tax._paypal_calculation() == calculation
        ] or [self.browse()]
        return left

    @api.model
    def _paypal_replace(self, old, new):
        """Let the companies take the new twin where they had the old one."""
        companies = self.env["res.company"].sudo()
        companies.search([("paypal_tax_id", "in", old.ids)]).paypal_tax_id = new

    def _paypal_calculation(self):
        """Everything that decides what a tax comes to and where it is booked.

        :return: a value that is equal for two taxes of the same effect
        """
        self.ensure_one()
        distribution = self.repartition_line_ids.sorted(
            lambda line: (line.document_type, line.sequence, line.id)
        )
        return (
            self.amount_type,
            self.amount,
            self.include_base_amount,
            self.is_base_affected,
            self.analytic,
            self.tax_exigibility,
            self.cash_basis_transition_account_id.id,
            tuple(tax._paypal_calculation() for tax in self.children_tax_ids),
            tuple(
                (
                    line.document_type,
                    line.repartition_type,
                    line.factor_percent,
                    line.account_id.id,
                    frozenset(line.tag_ids.ids),
                    line.use_in_tax_closing,
                )
                for line in distribution
            ),
        )

    # === NAMES === #

    def _paypal_twin_name(self):
        return self.env._("%s (in PayPal prices)", self.name)

    def _paypal_name_of_twin(self, code):
        """What this twin is called in a language, by its code."""
        twin = self.with_context(lang=code)
        return twin._paypal_free_name(twin.paypal_source_tax_id._paypal_twin_name())

    def _paypal_name_of_old(self, code):
        """What this twin is called when its source has left it behind."""
        twin = self.with_context(lang=code)
        today = fields.Date.context_today(self).isoformat()
        return twin._paypal_free_name(
            self.with_context(lang=code).env._(
                "%(name)s, until %(day)s", name=twin.name, day=today
            )
        )

    def _paypal_name_in_new_languages(self):
        """Name the twins among these in languages that were installed after them."""
        for twin in self.filtered("paypal_source_tax_id"):
            name_in_new_languages(twin, twin._paypal_name_of_twin)

    def _paypal_free_name(self, name):
        """:return: the name, or one like it that no other tax of its kind has"""
        taken = (
            self.sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "child_of", self.company_id.root_id.id),
                    ("type_tax_use", "=", self.type_tax_use),
                    ("name", "=like", f"{name}%"),
                ]
            )
        )
        names = set((taken - self).mapped("name"))
        variants = (f"{name} {number}" for number in count(2))
        return next(each for each in chain([name], variants) if each not in names)
