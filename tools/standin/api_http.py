"""The HTTP side of :mod:`tools.standin.api`: what a handler of the stand-in adds."""

import json
from urllib.parse import parse_qsl, urlsplit

from tools.standin.api import Answer

PREFIX = "/v1/"


class ApiRoutes:
    """Answers what begins with ``/v1/``; ``server.paypal.api`` decides what."""

    def answer_api(self) -> None:
        """Answer one call."""
        url = urlsplit(self.path)
        form = dict(parse_qsl(getattr(self, "body", b"").decode("latin-1")))
        params = dict(parse_qsl(url.query))
        api = self.server.paypal.api
        found = api.answer(self.command, url.path, params, self.headers, form)
        if not isinstance(found, Answer):
            found(self)
            return
        payload = json.dumps(found.body).encode()
        self.reply(
            found.status, payload, content_type="application/json", **found.headers
        )
