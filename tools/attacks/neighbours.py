"""What a manager of another company learns of this one over RPC."""

from tools.attacks.person import Failed
from tools.attacks.table import Tried


def questions(target, elsewhere):
    """What wizards tell another company's manager of a message that he names."""
    ipn = target.genuine("done").id
    asked = {
        "paypal.receipt.again": ({"ipn_id": ipn}, ("customer", "address")),
        "paypal.activity.undo.line": ({"ipn_id": ipn}, ("txn_id", "gross")),
    }
    told = tried = 0
    for model, (values, names) in asked.items():
        for name in names:
            spec = {each: {} for each in (*values, name)}
            arguments = ([], values, list(values), spec)
            tried += 1
            try:
                answer = elsewhere.call(model, "onchange", *arguments)
                told += bool(answer["value"].get(name))
            except Failed:
                continue
    what = "of another company's message, by what asks about it: told"
    return Tried("2", what, told, tried)
