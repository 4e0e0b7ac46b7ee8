"""What people with a login do over RPC that their role does not let them."""

from tools.attacks.forgery import denied, forged
from tools.attacks.neighbours import questions
from tools.attacks.table import Tried

MANAGER = "caspit_paypal_ipn.group_paypal_ipn_manager"
PEOPLE = {
    "employee": ("base.group_user",),
    "viewer": ("caspit_paypal_ipn.group_paypal_ipn_user",),
    "manager": (MANAGER, "base.group_partner_manager"),
    "accountant": ("account.group_account_manager",),
    "customer": ("base.group_portal",),
}
#: Of a message people write these: activities, followers, notes.
PEOPLES = ("activity_", "message_")
MAGIC = ("id", "create_uid", "create_date", "write_uid", "write_date")
#: A value of each type that says something else than what stood there.
VALUES = {
    "boolean": True,
    "char": "forged",
    "text": "forged",
    "integer": 7,
    "monetary": 7.0,
    "float": 7.0,
    "datetime": "2026-01-01 00:00:00",
    "many2one": False,
    "json": {"forged": True},
    "binary": "eA==",
}
FACTS = ("paypal_ipn_id", "paypal_txn_id")
LEFT = "SELECT count(*) FROM account_move WHERE id IN %s"


def attacks(target):
    people = {name: target.person(name, *roles) for name, roles in PEOPLE.items()}
    red_hats = [{"name": "Red Hats Ltd"}]
    other = target.admin.call("res.company", "create", *red_hats)
    people["elsewhere"] = target.person("elsewhere", MANAGER, company=other)
    yield every_field(target, people)
    yield from forged(target, people)
    yield facts_of_books(target, people["accountant"])
    yield deleted(target, people)
    yield from removed(target, people)
    yield questions(target, people["elsewhere"])
    yield other_rights(target)


def every_field(target, people):
    """Each person writes each field of a message that PayPal denied."""
    ipn, written, tried = denied(target), 0, 0
    fields = target.admin.call("paypal.ipn", "fields_get", [], ["type", "store"])
    # The company comes last: without it nobody sees the message any more.
    for name, field in sorted(fields.items(), key=lambda each: each[0] == "company_id"):
        is_theirs = name.startswith(PEOPLES) or name in MAGIC
        if is_theirs or not field["store"] or field["type"].endswith("2many"):
            continue
        values = {name: VALUES.get(field["type"], "refused")}
        for person in people.values():
            written += person.tries("paypal.ipn", "write", [ipn], values)
            tried += 1
    target.sql("DELETE FROM paypal_ipn WHERE id = %s", ipn)
    return Tried("2", "fields of a message, by each person: written", written, tried)


def facts_of_books(target, accountant):
    """An accountant writes on a document and a payment what PayPal said."""
    ipn = target.genuine()
    payment = target.one(
        "SELECT min(id) FROM account_payment WHERE paypal_ipn_id = %s", ipn.id
    )
    records = {"account.move": ipn.document, "account.payment": payment}
    written = sum(
        accountant.tries(model, "write", [record], {name: False})
        for model, record in records.items()
        for name in FACTS
    )
    tried = len(records) * len(FACTS)
    return Tried(
        "2", "PayPal's facts on a document and a payment: written", written, tried
    )


def deleted(target, people):
    """Each person deletes a message that has books."""
    there = "SELECT count(*) FROM paypal_ipn WHERE id IN %s"
    ids = []
    for person in people.values():
        ids.append(target.genuine().id)
        person.tries("paypal.ipn", "unlink", ids[-1:])
    gone = len(people) - target.one(there, tuple(ids))
    return Tried("2", "messages with books, by each person: deleted", gone, len(people))


def removed(target, people):
    """Real documents go as if they were the sandbox's, and another company's do."""
    remove = ("res.company", "action_paypal_remove_sandbox", [target.company])
    for who in ("manager", "elsewhere"):
        ipns = [target.genuine("done") for _ in range(3)]
        ids = [ipn.id for ipn in ipns]
        if who == "manager":
            people[who].tries("paypal.ipn", "write", ids, {"is_sandbox": True})
            what = "real documents, called the sandbox's by a manager: deleted"
        else:
            target.sql(
                "UPDATE paypal_ipn SET is_sandbox = true WHERE id IN %s", tuple(ids)
            )
            what = "sandbox documents, by another company's manager: deleted"
        people[who].tries(*remove)
        target.sql(
            "UPDATE paypal_ipn SET is_sandbox = false WHERE id IN %s", tuple(ids)
        )
        left = target.one(LEFT, tuple(ipn.document for ipn in ipns))
        yield Tried("2", what, len(ids) - left, len(ids))


def other_rights(target):
    """Who may write companies by a group of his own is refused by our words."""
    group = target.admin.call("res.groups", "create", {"name": "Office"})
    access = {
        "name": "companies",
        "model_id": target.reference("base.model_res_company"),
        "group_id": group,
        "perm_read": True,
        "perm_write": True,
    }
    target.admin.call("ir.model.access", "create", access)
    clerk = target.person("clerk", MANAGER, groups=[group])
    values = {"sequence": 9, "company_details": "<p>Here</p>"}
    refused = sum(
        not clerk.tries("res.company", "write", [target.company], {name: value})
        for name, value in values.items()
    )
    what = "fields of the company, by who has a right of his own: refused"
    return Tried("11", what, refused, len(values))
