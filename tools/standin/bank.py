"""The Bank of Israel's public API: the representative rates of a day."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATH = "/PublicApi/GetExchangeRates"


class BankStandIn:
    """Answers with the rates that it was told.

    :ivar rates: shekels for a currency's unit, as (amount, unit), by its code
    :ivar moment: when they were set, as the bank writes it
    :ivar fault: None, or ``down``
    """

    def __init__(self, port: int = 0):
        self.rates = {"USD": (3.271, 1), "EUR": (3.805, 1), "JPY": (2.184, 100)}
        self.moment = "2026-11-27T13:26:03.1234567Z"
        self.fault: str | None = None
        self.asked = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
        self._server.daemon_threads = True
        self._server.bank = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{PATH}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self) -> dict:
        return {
            "exchangeRates": [
                {
                    "key": code,
                    "currentExchangeRate": amount,
                    "currentChange": 0.1,
                    "unit": unit,
                    "lastUpdate": self.moment,
                }
                for code, (amount, unit) in self.rates.items()
            ]
        }


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802 (the library's name)
        bank = self.server.bank
        bank.asked += 1
        fine = self.path == PATH and not bank.fault
        payload = json.dumps(bank.answer() if fine else {}).encode()
        self.send_response(200 if fine else 503)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format, *args):
        """Keep quiet."""
