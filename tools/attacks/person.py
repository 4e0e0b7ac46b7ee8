"""Somebody with a login, as a program of his sees Odoo."""

#: Seconds that a call may take.
PATIENCE = 60
PASSWORD = "an invented pass phrase"  # noqa: S105


#: What Odoo raises at who may not. Whatever else it raises, he got beyond his rights.
REFUSALS = (
    "AccessError",
    "AccessDenied",
    "UserError",
    "ValidationError",
    "MissingError",
)


class Failed(Exception):
    """A call ended in an error; the argument is its name."""


class Refused(Failed):
    """Odoo refused a call, as the person may not."""


class Person:
    """Somebody with a login, over JSON-RPC.

    :param Target target: where
    :param str login: his
    """

    def __init__(self, target, login, password=PASSWORD):
        self.target = target
        self.login = login
        self._password = password
        self.uid = self._ask("common", "login", target.database, login, password)

    def call(self, model, method, *arguments, **options):
        """Call a method of a model, as its name and arguments are sent.

        :return: what it answers
        :raise Refused: he may not
        :raise Failed: Odoo raised another error
        """
        words = (self.target.database, self.uid, self._password, model, method)
        return self._ask("object", "execute_kw", *words, arguments, options)

    def tries(self, model, method, *arguments, **options):
        """:return: whether the call was not refused"""
        try:
            self.call(model, method, *arguments, **options)
        except Refused:
            return False
        except Failed:
            return True
        return True

    def _ask(self, service, method, *arguments):
        params = {"service": service, "method": method, "args": arguments}
        answer = self.target.http.post(
            f"{self.target.url}/jsonrpc", json={"params": params}, timeout=PATIENCE
        ).json()
        if "error" in answer:
            name = answer["error"]["data"]["name"]
            raise (Refused if name.endswith(REFUSALS) else Failed)(name)
        return answer.get("result")
