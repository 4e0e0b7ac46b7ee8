"""PayPal's list of 50,000 rows: read, compared, and made from."""

from tools.bench.table import Row, faster, under
from tools.trials.activity_file import STYLES, write_activity
from tools.trials.activity_merchant import Merchant
from tools.trials.demo import SHOP
from tools.trials.reconcile_run import Run, set_workers
from tools.trials.workbench import workbench

ROWS = 50_000
#: Rows that are made, first by one process and then by two.
MADE = 1_000


def lists():
    """Compare a file on a server of its own, and make some of its rows.

    :return: rows
    """
    entries = Merchant(seed=1).entries(ROWS)
    content = b"".join(write_activity(entries, STYLES["en"]))
    with workbench(SHOP) as bench:
        run = Run(bench)
        run.upload(content)
        seconds, peak = run.wait("compared", lambda file: file.state == "ready")
        pace = {}
        for workers in (1, 2):
            set_workers(bench.session, workers)
            run.make(MADE)
            spent, _peak = run.wait("made", lambda file: not file.is_running)
            pace[workers] = MADE / spent
    what = f"PayPal's list of {ROWS:,} rows, read and compared"
    making = pace[1]
    return [
        under(what, seconds, "s", 60),
        under(f"{what}, the largest process", peak, "MiB", 200),
        Row(f"made from it, {MADE:,} rows", making, None, "/s", making, at_least=17),
        faster("made from it, two processes against one", pace[2], making, "/s", 1.6),
    ]
