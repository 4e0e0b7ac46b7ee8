"""Odoo's web client without its screens: its calls, over HTTP."""

import json

import requests

TIMEOUT = 20  # seconds


class WebClient:
    """Somebody in Odoo's web client, who presses buttons.

    :param str url: of the server
    """

    def __init__(self, url):
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False

    def log_in(self, database):
        """Log in as the administrator.

        :raise requests.RequestException: nobody answers
        """
        self._ask(
            "/web/session/authenticate",
            {"db": database, "login": "admin", "password": "admin"},
        )

    def call(self, model, method, *arguments):
        """Call a method; what the server says is his problem.

        :return: whether it was done
        """
        try:
            answer = self._ask(
                "/web/dataset/call_kw",
                {"model": model, "method": method, "args": arguments, "kwargs": {}},
            )
        except (requests.RequestException, json.JSONDecodeError):
            return False
        return "error" not in answer

    def _ask(self, path, parameters):
        body = {"jsonrpc": "2.0", "method": "call", "params": parameters}
        return self.session.post(f"{self.url}{path}", json=body, timeout=TIMEOUT).json()
