# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may do what, tried out: every field and every method, by everybody.

Nothing is taken from the access rules. Each is written, or called, as the very person,
and undone; so a test sees what RPC, an import and the form would let him do.
"""

import inspect

from odoo.exceptions import AccessError
from odoo.models import MAGIC_COLUMNS
from odoo.service.model import get_public_method
from odoo.tests import new_test_user
from odoo.tools import mute_logger

#: Each is a person of the company, but for the one of another company.
PEOPLE = {
    "employee": "base.group_user",
    "user": "caspit_paypal_ipn.group_paypal_ipn_user",
    "manager": "caspit_paypal_ipn.group_paypal_ipn_manager",
    "accountant": "account.group_account_manager",
    "elsewhere": "caspit_paypal_ipn.group_paypal_ipn_manager",
    "portal": "base.group_portal",
    "public": "base.group_public",
}
PREFIX = "odoo.addons.caspit_"
TESTS = ".tests."
#: Odoo's own ways to a record, which some of ours override: see ``writers``.
ODOOS = {"create", "write", "unlink", "message_subscribe", "message_new"}
#: Who log each refusal.
LOGGERS = ("odoo.models", "odoo.models.unlink", "odoo.addons.base.models.ir_rule")


class Rights:
    """A mixin for test cases: :meth:`writers` and :meth:`callers` find out."""

    def make_people(self):
        """:return: ``res.users`` by what they are"""
        other = self.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        return {
            name: new_test_user(
                self.env,
                f"rights_{name}",
                groups=group,
                company_id=(other if name == "elsewhere" else self.company).id,
                company_ids=[
                    (6, 0, (other if name == "elsewhere" else self.company).ids)
                ],
            )
            for name, group in PEOPLE.items()
        }

    def our_fields(self, model):
        """:return: names of the stored fields that our add-ons bring to a model"""
        return [
            name
            for name, field in self.env[model]._fields.items()
            if any(module.startswith("caspit_") for module in field._modules)
            and field.store
            and name not in MAGIC_COLUMNS
        ]

    def our_methods(self, model):
        """:return: names of the methods of ours that RPC may call"""
        found = set()
        for ancestor in type(self.env[model]).mro():
            if (
                not ancestor.__module__.startswith(PREFIX)
                or TESTS in ancestor.__module__
            ):
                continue
            for name, value in vars(ancestor).items():
                if inspect.isfunction(
                    inspect.unwrap(getattr(value, "__func__", value))
                ):
                    found.add(name)
        return sorted(filter(self.is_public(model), found - ODOOS))

    def is_public(self, model):
        def check(name):
            try:
                return bool(get_public_method(self.env[model], name))
            except (AccessError, AttributeError):
                return False

        return check

    def may(self, act):
        """Try something, and undo it.

        :return: whether it was not refused for want of a right
        """
        savepoint = self.env.cr.savepoint()
        self.env.invalidate_all()  # what somebody has read, others read from memory
        try:
            with mute_logger(*LOGGERS):
                act()
                self.env.flush_all()
        except AccessError:
            return False
        except Exception:  # it got beyond the rights
            return True
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
        return True

    def writers(self, people, record, names):
        """:return: who may write which fields, by name of the person"""
        found = {}
        for person, user in people.items():
            mine = record.with_user(user)
            for name in names:
                value = record.sudo()[name]
                written = record._fields[name].convert_to_write(value, record)
                if self.may(lambda: mine.write({name: written})):  # noqa: B023
                    found.setdefault(person, set()).add(name)
        return found

    def callers(self, people, record, names, arguments=()):
        """:return: who may call which methods, by name of the person"""
        found = {}
        for person, user in people.items():
            for name in names:
                method = getattr(record.with_user(user), name)
                if self.may(lambda: method(*arguments)):  # noqa: B023
                    found.setdefault(person, set()).add(name)
        return found

    def assert_only(self, record, writers=(), callers=()):
        """Hold every field and every public method of a record to these people.

        :param writers: who may write what is no fact; a fact is written by nobody
        :param callers: who may call anything of it
        """
        names = self.our_fields(record._name)
        facts = {name for name in names if record._fields[name].readonly}
        written = self.writers(self.people, record, names)
        self.assertLessEqual(set(written), set(writers), record._name)
        for person, fields_ in written.items():
            self.assertFalse(fields_ & facts, f"{person} writes {record._name}")
        called = self.callers(self.people, record, self.our_methods(record._name))
        self.assertLessEqual(set(called), set(callers), f"{record._name}: {called}")
