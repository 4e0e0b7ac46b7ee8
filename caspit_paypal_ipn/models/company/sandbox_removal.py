# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2 import IntegrityError

from odoo import Command, models
from odoo.addons.account.models.chart_template import TEMPLATE_MODELS
from odoo.addons.account.models.company import LOCK_DATE_FIELDS
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..words import notification

#: What has a company without belonging to it: an attachment belongs to its record, and
#: bears the company that somebody had active when he attached it.
NOT_ITS_OWN = ("ir.attachment", "res.company", "res.users")
SEQUENCE = "ir.sequence"
#: The books go first, then what they lean on, in Odoo's own order.
FIRST = (
    "account.payment",
    "account.bank.statement.line",
    "account.bank.statement",
    "account.move",
    "paypal.ipn",
)
LAST = (*TEMPLATE_MODELS[::-1], "product.product", "product.template", "res.partner")


class ResCompany(models.Model):
    """A test company goes, with all that it made: nothing of it was ever real."""

    _inherit = "res.company"

    def action_paypal_remove_test_company(self):
        """Remove this test company and everything in it, or else archive it.

        What something else refers to cannot go; then all of it stays, out of sight, and
        the merchant is told what it is.

        :return: the action that opens the real company, or says what is in the way
        :raise AccessError: for who does not manage PayPal here
        :raise UserError: this is no test company, or a message is being worked
        """
        self._paypal_check_manager()
        company = self.sudo()
        real = company.paypal_real_company_id
        if not (real and company._paypal_is_test()):
            raise UserError(self.env._("%s is no test company.", self.name))
        company._paypal_lock_messages([("company_id", "=", company.id)])
        name = company.name
        try:
            with self.env.cr.savepoint():
                company._paypal_remove_all()
        except (UserError, IntegrityError) as error:
            company._paypal_send_home(real)
            # Its account at PayPal may be another test company's from now on.
            company.write(
                {"active": False, "paypal_merchant_id": False, "paypal_email": False}
            )
            return self._paypal_told_archived(
                name, real, self._paypal_in_the_way(error)
            )
        return real._paypal_open_alone()

    def _paypal_told_archived(self, name, real, reason):
        """:return: the action that says so, and then opens the real company"""
        said = self.env._(
            "%(company)s was archived, and nothing of it was deleted: %(reason)s",
            company=name,
            reason=reason,
        )
        then = real._paypal_open_alone()
        return notification(said, "warning", sticky=True, next=then)

    def _paypal_in_the_way(self, error):
        """:return: what keeps a record from being deleted, in words"""
        if isinstance(error, UserError):
            return str(error)
        table = error.diag.table_name
        model = next(
            (
                name
                for name, model in self.env.registry.items()
                if model._table == table
            ),
            None,
        )
        label = self.env["ir.model"]._get(model).name if model else table
        return self.env._("something refers to it (%s).", label)

    # === ONE STEP AFTER THE OTHER === #

    def _paypal_remove_all(self):
        """Delete this company and what belongs to it.

        With the context that Odoo itself deletes a chart of accounts by when a company
        takes another one: nothing of it is worth guarding.

        :raise UserError: something cannot be deleted
        :raise IntegrityError: something of another company refers to it
        """
        company = self.with_company(self).with_context(
            **{MODULE_UNINSTALL_FLAG: True},
            allowed_company_ids=self.ids,
            active_test=False,
            force_delete=True,
            tracking_disable=True,
        )
        real, partner = company.paypal_real_company_id, company.partner_id
        numbering = company._paypal_own_sequences()
        company._paypal_open_books()
        company._paypal_send_home(real).write(
            {"company_ids": [Command.unlink(company.id)]}
        )
        company._paypal_own("account.move").line_ids.remove_move_reconcile()
        company._paypal_own("account.payment").action_draft()
        for name in FIRST:
            company._paypal_unlink_own(name)
        company._paypal_unlink_rest()
        for name in LAST:
            company._paypal_unlink_own(name)
        mails = self.env["mail.message"].sudo().with_context(active_test=False)
        mails.search([("model", "=", self._name), ("res_id", "=", self.id)]).unlink()
        company.unlink()
        partner.unlink()
        numbering.unlink()

    def _paypal_open_books(self):
        """Take back locks, hashes and audit trail, which would keep entries for ever.

        And let go of the journals, accounts and so on that the company itself leans on.
        Past the ORM, which rightly lets nobody take a hard lock back.
        """
        self.env.flush_all()
        leans_on = [
            name
            for name, field in self._fields.items()
            if field.type == "many2one" and field.column_type and field.store
            if not field.required
        ]
        locks = SQL(", ").join(
            SQL("%s = NULL", SQL.identifier(name))
            for name in (*LOCK_DATE_FIELDS, *leans_on)
        )
        for statement in (
            SQL(
                "UPDATE res_company SET restrictive_audit_trail = false, %s"
                " WHERE id = %s",
                locks,
                self.id,
            ),
            SQL(
                "UPDATE account_move SET inalterable_hash = NULL WHERE company_id = %s",
                self.id,
            ),
        ):
            self.env.cr.execute(statement)
        self.env.invalidate_all()

    def _paypal_own_sequences(self):
        """:return: the ``ir.sequence`` records that Odoo made along with the company"""
        fields = (
            field for field in self._fields.values() if field.comodel_name == SEQUENCE
        )
        return self.env[SEQUENCE].union(*(self[field.name] for field in fields))

    def _paypal_send_home(self, real):
        """Send who has this company as his own back to the real one.

        :param real: the ``res.company``
        :return: the ``res.users`` who may work in this company
        :raise UserError: somebody is in no other company
        """
        users = self.env["res.users"].sudo().with_context(active_test=False)
        here = users.search([("company_ids", "in", self.ids)])
        at_home = here.filtered(lambda user: user.company_id == self)
        strangers = at_home.filtered(lambda user: real not in user.company_ids)
        if strangers:
            raise UserError(
                self.env._(
                    "%(users)s work in this company alone. Give them another one "
                    "first.",
                    users=", ".join(strangers.mapped("name")),
                )
            )
        at_home.write({"company_id": real.id})
        return here

    # === WHAT BELONGS TO IT === #

    def _paypal_unlink_own(self, name):
        """Delete what one model has of this company; leave what others share in."""
        records = self._paypal_own(name)
        if "company_ids" in records._fields:
            shared = records.filtered(lambda record: record.company_ids - self)
            shared.write({"company_ids": [Command.unlink(self.id)]})
            records -= shared
        elif name == "res.partner":
            records -= self.partner_id
        records.unlink()

    def _paypal_own(self, name):
        """:return: the records of a model in this company, archived ones as well"""
        model = self.env[name].sudo()
        field = "company_id" if "company_id" in model._fields else "company_ids"
        return model.search([(field, "=", self.id)])

    def _paypal_unlink_rest(self):
        """Delete what other modules keep for this company, in an order that works."""
        names = [name for name in self.env.registry if self._paypal_may_own(name)]
        while names:
            held, last = [], None
            for name in names:
                try:
                    with self.env.cr.savepoint():
                        self._paypal_unlink_own(name)
                except (UserError, IntegrityError) as error:
                    held.append(name)
                    last = error
            if len(held) == len(names):
                raise last
            names = held

    def _paypal_may_own(self, name):
        """:return: whether a model keeps records of a company, and is not ordered"""
        model = self.env[name]
        field = model._fields.get("company_id")
        return bool(
            field
            and field.type == "many2one"
            and field.comodel_name == self._name
            and field.store
            and field.column_type
            and not field.company_dependent
            and model._auto
            and not model._abstract
            and not model._transient
            and name not in (*NOT_ITS_OWN, *FIRST, *LAST)
        )
