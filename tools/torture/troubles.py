"""What befalls the servers while a torture run's messages come in."""

import contextlib
import random
import shutil
import signal
import time
from collections import Counter

import requests

from tools.torture.messages import FORM

PAYPAL_FAULTS = ("500", "503", "hang", "html", "redirect", "wrong_text", "empty")
PAYPAL_FAULTS += ("reset", "drip")
MAIL_FAULTS = ("busy", "refuse", "hang")
#: Seconds that an outage lasts.
OUTAGE = (2.0, 6.0)
#: Who claimed a message so many seconds ago and has not worked it is dead.
DEAD_AFTER = 20
CRONS = """
    SELECT res_id FROM ir_model_data WHERE model = 'ir.cron'
       AND (module, name) IN (('caspit_paypal_ipn', 'ir_cron_paypal_ipn_work'),
                              ('caspit_paypal_ipn', 'ir_cron_paypal_ipn_deliver'),
                              ('mail', 'ir_cron_mail_scheduler_action'))
"""

#: SQLSTATE 53100. What is there can be changed: PostgreSQL keeps room for that.
DISK_IS_FULL = """
    CREATE OR REPLACE FUNCTION torture_disk_is_full() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END
    $$ LANGUAGE plpgsql;
    CREATE OR REPLACE TRIGGER torture_full BEFORE INSERT ON account_move
        FOR EACH STATEMENT EXECUTE FUNCTION torture_disk_is_full();
    CREATE OR REPLACE TRIGGER torture_full BEFORE INSERT ON paypal_ipn
        FOR EACH STATEMENT EXECUTE FUNCTION torture_disk_is_full()
"""
DISK_HAS_ROOM = "DROP FUNCTION IF EXISTS torture_disk_is_full CASCADE"
CLOCK_JUMPS = """
    UPDATE paypal_ipn SET next_try = next_try + make_interval(hours => %s)
     WHERE state IN ('received', 'verified', 'booked')
"""


class Troubles:
    """Makes trouble, and counts it.

    :param tools.torture.bench.TortureBench bench: the servers
    :param random.Random pick: what decides
    """

    def __init__(self, bench, pick: random.Random, person):
        self.bench = bench
        self.pick = pick
        self.person = person
        self.count = Counter()
        self.ends = []  # of outages: pairs of a moment and a function
        self.clock = time.monotonic()

    # === SOMETHING HAPPENS === #

    def one_process_dies(self):
        self.bench.kill_one(self.pick)
        self.count["kills"] += 1

    def everything_dies(self):
        """A power cut of the application server."""
        self.bench.odoo.kill()
        self.count["kills"] += 1
        self.bench.odoo.start()

    def database_dies(self):
        self.bench.cluster.crash()
        self.bench.cluster.start()
        self.count["database_restarts"] += 1

    def paypal_fails(self):
        self.bench.paypal.fault = self.pick.choice(PAYPAL_FAULTS)
        self.count["paypal_outages"] += 1
        self._until(lambda: self.bench.paypal.change(fault=None))

    def mail_fails(self):
        self.bench.sink.fault = self.pick.choice(MAIL_FAULTS)
        self.count["mail_outages"] += 1
        self._until(lambda: setattr(self.bench.sink, "fault", None))

    def disk_is_full(self):
        """PostgreSQL has no room for a new row, as it says then itself."""
        self.bench.sql(DISK_IS_FULL)
        self.count["full_disks"] += 1
        self._until(lambda: self.bench.sql(DISK_HAS_ROOM))

    def database_is_read_only(self):
        """As a standby is that has not been promoted yet, and Odoo asks already."""
        self._set_read_only("on")
        self.count["read_only_databases"] += 1
        self._until(lambda: self._set_read_only("off"))

    def clock_jumps(self):
        """The database's clock is put an hour forward or back: what is due is not."""
        hours = self.pick.choice((-1, 1))
        self.bench.sql(CLOCK_JUMPS, hours)
        self.count["clock_jumps"] += 1

    def filestore_is_away(self):
        """Its folder cannot be reached, as a network disk that was cut off."""
        for folder in self.bench.filestores():
            away = folder.with_name(f"{folder.name}.away")
            if folder.exists() and not away.exists():
                folder.rename(away)
        self.count["lost_filestores"] += 1
        self._until(self._bring_filestore_back)

    def memory_is_short(self):
        """A worker is over its limit, and ends by Odoo's own signal."""
        self.bench.kill_one(self.pick, signal.SIGTERM)
        self.count["workers_over_memory"] += 1

    def _set_read_only(self, value):
        self.bench.sql(f"ALTER SYSTEM SET default_transaction_read_only = {value}")
        self.bench.sql("SELECT pg_reload_conf()")

    def _bring_filestore_back(self):
        for folder in self.bench.filestores():
            away = folder.with_name(f"{folder.name}.away")
            if away.exists():
                if folder.exists():
                    shutil.copytree(folder, away, dirs_exist_ok=True)
                shutil.rmtree(folder, ignore_errors=True)
                away.rename(folder)

    def licence_ends(self):
        """The merchant's licence is taken away for a while."""
        self._license(False)
        self.count["licence_gaps"] += 1
        self._until(lambda: self._license(True))

    def somebody_presses_retry(self):
        """On whatever message there is, also on those under way."""
        ids = [
            row[0] for row in self.bench.sql("SELECT id FROM paypal_ipn ORDER BY id")
        ]
        for chosen in self.pick.sample(ids, min(3, len(ids))):
            self.person.call("paypal.ipn", "action_retry", [chosen])
            self.count["retries_pressed"] += 1

    def settings_change(self):
        """Somebody saves the company's form with another address for notices."""
        address = f"orders{self.pick.randrange(3)}@example.com"
        values = {"paypal_notify_email": address}
        self.person.call("res.company", "write", [1], values)
        self.count["settings_changed"] += 1

    def _license(self, licensed):
        ids = [row[0] for row in self.bench.sql("SELECT id FROM caspit_licence")]
        deadline = time.monotonic() + 60
        done = False
        while not done and time.monotonic() < deadline:
            done = self.person.call(
                "caspit.licence", "write", ids, {"licensed": licensed}
            )
            if not done:
                time.sleep(0.5)

    def _until(self, end):
        self.ends.append((time.monotonic() + self.pick.uniform(*OUTAGE), end))

    # === TIME === #

    def pass_time(self, all_at_once=False):
        """End the outages that are over, and let dead workers' claims run out.

        :param bool all_at_once: end every outage
        """
        now = time.monotonic()
        over = [each for each in self.ends if all_at_once or each[0] <= now]
        self.ends = [each for each in self.ends if each not in over]
        for _moment, end in over:
            end()
        if now - self.clock > 3 or all_at_once:
            self.clock = now
            self._bring_forward()

    def _bring_forward(self):
        """Let the minutes pass that a message waits after a try that failed."""
        self.bench.sql(
            """UPDATE paypal_ipn SET next_try = now() AT TIME ZONE 'UTC'
                WHERE next_try > now() AT TIME ZONE 'UTC'
                  AND (reason IS NOT NULL OR write_date < now() AT TIME ZONE 'UTC'
                                             - make_interval(secs => %s))""",
            DEAD_AFTER,
        )
        self.bench.sql(
            "INSERT INTO ir_cron_trigger (cron_id, call_at, create_date, write_date) "
            f"SELECT res_id, now() AT TIME ZONE 'UTC', now(), now() FROM ({CRONS}) due"
        )
        self.bench.wake_crons()


#: Method → how often it happens, in relation to the others.
TROUBLES = {
    "one_process_dies": 10,
    "everything_dies": 2,
    "database_dies": 3,
    "paypal_fails": 5,
    "mail_fails": 3,
    "disk_is_full": 2,
    "database_is_read_only": 2,
    "clock_jumps": 2,
    "filestore_is_away": 2,
    "memory_is_short": 2,
    "licence_ends": 1,
    "somebody_presses_retry": 5,
    "settings_change": 2,
}
#: What happens in every run, however short.
ALWAYS = (
    "everything_dies",
    "database_dies",
    "one_process_dies",
    "paypal_fails",
    "disk_is_full",
    "database_is_read_only",
    "clock_jumps",
    "filestore_is_away",
    "memory_is_short",
)


def schedule(pick: random.Random, count, every):
    """Decide what happens before which message.

    :param int count: of the messages
    :param int every: how many messages come between two troubles
    :return: names of methods by the number of a message
    :rtype: dict[int, str]
    """
    places = list(range(every, count, every))
    names = list(TROUBLES)
    chosen = pick.choices(names, list(TROUBLES.values()), k=len(places))
    chosen[: len(ALWAYS)] = ALWAYS[: len(places)]
    pick.shuffle(chosen)
    return dict(zip(places, chosen, strict=True))


def knock(url, body, content_type=FORM):
    """Send what is no message, once, as anybody could.

    :return: the HTTP status, or None
    """
    with requests.Session() as session, contextlib.suppress(requests.RequestException):
        session.trust_env = False
        headers = {"Content-Type": content_type}
        return session.post(url, data=body, headers=headers, timeout=10).status_code
    return None
