"""Israel's Tax Authority, as far as a client of its API for numbers can tell.

OAuth, Approval with the checks of table 2.1 of the paper, refusals, decisions,
emergency numbers, and outages. What is asked wrongly is refused with the authority's
own codes.
"""

import base64
import json
import secrets
import threading
from datetime import date, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit
from zoneinfo import ZoneInfo

from tools.standin.authority_table import errors_of

ISRAEL = ZoneInfo("Asia/Jerusalem")
ACCESS_SECONDS = 600
REFRESH_SECONDS = 30 * 86400
EMERGENCY_STOCK = 10
NO = "Invoice not approved"


class AuthorityStandIn:
    """One software that is registered, and the dealers that let it work for them.

    :ivar dealers: the numbers that the permission is for
    :ivar refused: customers whose documents get no number, and the code each time
    :ivar fault: None, or what happens to every request: ``down`` (503), ``garbage``
    :ivar requests: every Approval that was read, in order
    :ivar numbers: what was given, by ``invoice_id``
    """

    def __init__(self, port: int = 0):
        self.client_id, self.secret = "stand-in-software", "stand-in-secret"
        self.redirect = ""  # the one that is registered; empty: whichever comes first
        self.dealers = {514444447, 777777715}
        self.refused: dict[int, str] = {}
        self.fault: str | None = None
        self.today: date | None = None
        self.requests: list[dict] = []
        self.decisions: list[tuple[str, str]] = []
        self.numbers: dict[str, str] = {}
        self.emergency = [f"9{place:08d}" for place in range(1, EMERGENCY_STOCK + 1)]
        self.reported: list[str] = []
        self._access: dict[str, datetime] = {}
        self._refresh: dict[str, datetime] = {}
        self._codes: set[str] = set()
        self._lock = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
        self._server.daemon_threads = True
        self._server.authority = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    # === PERMISSION === #

    def authorise(self, query: dict) -> str:
        """The dealer agreed in his browser.

        :return: where the browser goes next
        :raise ValueError: something does not fit what is registered
        """
        redirect = query.get("redirect_uri", "")
        self.redirect = self.redirect or redirect
        fits = query.get("client_id") == self.client_id and redirect == self.redirect
        if not fits or query.get("response_type") != "code":
            raise ValueError("client_id, redirect_uri or response_type")
        code = secrets.token_hex(8)
        self._codes.add(code)
        return (
            f"{redirect}?{urlencode({'code': code, 'state': query.get('state', '')})}"
        )

    def tokens(self, form: dict, auth: str) -> tuple[int, dict]:
        """Answer a request for tokens."""
        basic = base64.b64encode(f"{self.client_id}:{self.secret}".encode()).decode()
        if auth != f"Basic {basic}":
            return 401, {"error": "invalid_client"}
        now = datetime.now(timezone.utc)
        with self._lock:
            if form.get("grant_type") == "authorization_code":
                known = form.get("code") in self._codes
                known = known and form.get("redirect_uri") == self.redirect
                self._codes.discard(form.get("code"))
            else:
                known = self._refresh.pop(form.get("refresh_token"), now) > now
            if not known:
                return 400, {"error": "invalid_grant"}
            return 200, self.grant()

    def grant(self) -> dict:
        """Make tokens, as the answer has them."""
        now = datetime.now(timezone.utc)
        access, refresh = secrets.token_hex(16), secrets.token_hex(16)
        self._access[access] = now + timedelta(seconds=ACCESS_SECONDS)
        self._refresh[refresh] = now + timedelta(seconds=REFRESH_SECONDS)
        return {
            "token_type": "Bearer",
            "access_token": access,
            "expires_in": ACCESS_SECONDS,
            "refresh_token": refresh,
            "refresh_token_expires_in": REFRESH_SECONDS,
            "scope": "scope",
        }

    def end_access(self) -> None:
        """Let all access tokens end; the dealer's permission goes on."""
        self._access.clear()

    def end_permission(self) -> None:
        """Let the dealer's permission end."""
        self._access.clear()
        self._refresh.clear()

    def may(self, auth: str) -> bool:
        token = auth.removeprefix("Bearer ")
        return self._access.get(
            token, datetime.min.replace(tzinfo=timezone.utc)
        ) > datetime.now(timezone.utc)

    # === SERVICES === #

    def answer(self, path: str, request) -> tuple[int, object]:
        """Answer one of the services, to a caller who may ask."""
        if not isinstance(request, dict):
            return 422, {"message": "schema"}
        if request.get("vat_number") not in self.dealers:
            return 406, {"message": "no permission for this vat_number"}
        if path.endswith("/Invoices/v2/Approval"):
            return self._approve(request)
        if path.endswith("/emergency-invoices/v1/Approval"):
            return self._report(request)
        if "/InvoiceDecisionApi/v1/" in path:
            decision = path.rsplit("/", 1)[1]
            if decision in ("Cancel", "Continue", "FurtherObjection"):
                self.decisions.append((decision, request.get("invoice_id", "")))
                return 200, {"status": 200, "message": "ok"}
        return 404, {"message": "not found"}

    def _approve(self, request) -> tuple[int, object]:
        faults = errors_of(request, self.today or datetime.now(ISRAEL).date())
        if faults and faults[0][0] == 422:
            return 422, {"message": faults[0][1]}
        with self._lock:
            self.requests.append(request)
            code = self.refused.get(request.get("customer_vat_number"))
            if code and request.get("action") != 3:
                faults = [*faults, (code, "refused by the authority")]
            if faults:
                return 200, _no(faults)
            number = self.numbers.setdefault(request["invoice_id"], self._number())
        return 200, {
            "status": 200,
            "message": "Invoice approved",
            "confirmation_number": number,
        }

    def _report(self, request) -> tuple[int, object]:
        number = str(request.get("emergency_confirmation_number") or "")
        with self._lock:
            if number not in self.emergency and number not in self.reported:
                return 200, _no([(446, "not of the emergency stock")])
            if number in self.emergency:
                self.emergency.remove(number)
                self.reported.append(number)
        return 200, {
            "status": 200,
            "message": "Invoice approved",
            "confirmation_number": number,
        }

    def _number(self) -> str:
        """The time, and nine digits that are printed."""
        now = datetime.now().strftime("%Y%m%d%H%M%S")
        return f"{now}00{secrets.randbelow(10**9):09d}"


def _no(faults) -> dict:
    errors = [
        {"code": code, "message": text, "param": "", "location": "body"}
        for code, text in faults
    ]
    return {"status": 200, "message": [{"errors": errors}], "confirmation_number": 0}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):  # noqa: N802 (the library's name)
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if not parts.path.endswith("/longtimetoken/oauth2/authorize"):
            self._reply(404, {"message": "not found"})
            return
        try:
            place = self.server.authority.authorise(query)
        except ValueError as error:
            self._reply(400, {"error": str(error)})
            return
        self._reply(302, {}, Location=place)

    def do_POST(self):  # noqa: N802 (the library's name)
        authority = self.server.authority
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if authority.fault == "down":
            self._reply(503, {"message": "try later"})
        elif authority.fault == "garbage":
            self._reply(200, "<html>maintenance</html>")
        elif self.path.endswith("/longtimetoken/oauth2/token"):
            form = {name: v[0] for name, v in parse_qs(body.decode()).items()}
            auth = self.headers.get("Authorization", "")
            self._reply(*authority.tokens(form, auth))
        elif not authority.may(self.headers.get("Authorization", "")):
            self._reply(401, {"message": "token"})
        else:
            try:
                request = json.loads(body)
            except ValueError:
                request = None
            self._reply(*authority.answer(self.path, request))

    def _reply(self, status, answer, **headers):
        payload = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format, *args):
        """Keep quiet: what was asked is kept in ``requests``."""
