"""The HTTP side of :mod:`tools.standin.api`: what a handler of the stand-in adds."""

import json
from urllib.parse import parse_qsl, urlsplit

from tools.standin.api import Answer

PREFIXES = ("/v1/", "/v2/")


class ApiRoutes:
    """Answers ``/v1/…`` and ``/v2/…``; ``server.paypal.api`` decides what."""

    def answer_api(self) -> None:
        """Answer one call."""
        url = urlsplit(self.path)
        raw = getattr(self, "body", b"")
        form = dict(parse_qsl(raw.decode("latin-1")))
        params = dict(parse_qsl(url.query))
        api = self.server.paypal.api
        found = api.answer(self.command, url.path, params, self.headers, form, raw)
        if not isinstance(found, Answer):
            found(self)
            return
        payload = found.body
        if not isinstance(payload, bytes):
            payload = b"" if found.status == 204 else json.dumps(payload).encode()
        self.reply(
            found.status, payload, content_type="application/json", **found.headers
        )
