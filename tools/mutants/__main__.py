"""``make mutants``: would the tests notice a fault in the pure libraries?

Every change that mutmut thinks of is made, one at a time, and the tests of
``tests/protocol`` that run the changed line have to fail. What they let live stands in
``survivors.toml``, with the reason why it is no fault. Which libraries and files, is
for the arguments to say: ``ARGS="paypal/lines reader"``.

Mutants of docstrings and of type hints are not made.
"""

import os
import sys
import time

from tools import ToolError
from tools.commands import check, say
from tools.environment import CHECKOUT, Environment
from tools.mutants import survivors

LIBRARIES = (
    "caspit_paypal_ipn/paypal",
    "caspit_paypal_activity/reader",
    "caspit_paypal_api/rest",
    "caspit_document_il/authority",
    "caspit_document_il/rates",
    "caspit_document_il/uniform",
    "caspit_document_il/signing",
)
TESTS = "tests/protocol"
#: Per cent of a file's mutants that have to die.
ENOUGH = 95
PINS = CHECKOUT / "requirements" / "mutants.txt"
ROW = "{:<44} {:>7} {:>6} {:>9} {:>8} {:>5}"


def packages(env):
    """:return: the folder with what ``requirements/mutants.txt`` names"""
    folder = env.root / "mutants"
    stamp = folder / "stamp"
    if not stamp.is_file() or stamp.read_text() != PINS.read_text():
        say("installing mutmut")
        pip = [env.python, "-m", "pip", "install", "--no-deps", f"--target={folder}"]
        check([*pip, "--upgrade", f"--requirement={PINS}"], "install mutmut")
        stamp.write_text(PINS.read_text())
    return folder


def files_of(library):
    """:return: the files of a library, from the root of the checkout"""
    files = sorted((CHECKOUT / library).rglob("*.py"))
    return [file.relative_to(CHECKOUT).as_posix() for file in files]


def chosen(libraries, words):
    """:return: the files whose path holds one of the words; all without any word"""
    files = [path for paths in libraries for path in paths]
    fitting = [path for path in files if any(word in path for word in words)]
    if words and not fitting:
        raise ToolError(f"No file of {', '.join(LIBRARIES)} is called {words}.")
    return fitting if words else files


def show(outcome):
    cells = (outcome.mutants, outcome.killed, len(outcome.survivors))
    per_cent, seconds = f"{outcome.per_cent:.1f} %", f"{outcome.seconds:.0f} s"
    print(ROW.format(outcome.path, *cells, per_cent, seconds), flush=True)


def judge(outcome, known):
    """Say what is wrong with a file, if anything.

    :param known: from :func:`.survivors.read`
    :return: whether all is well
    """
    news, gone = survivors.compare([outcome], known)
    for change in news:
        print(survivors.as_entry(change), flush=True)
    if news:
        say(f"{len(news)} mutants lived and are not in {survivors.FILE.name}.")
    for change in gone:
        say(f"In {survivors.FILE.name}, but killed or gone: {change}")
    if outcome.per_cent < ENOUGH:
        say(f"Less than {ENOUGH} % died: {outcome.path}")
    return not news and not gone and outcome.per_cent >= ENOUGH


def main(words):
    """:return: the exit status: 0 if enough died, and the rest is known"""
    os.chdir(CHECKOUT)
    # What makes mutants is in no other tool's way, and only found from here on.
    sys.path.append(str(packages(Environment())))
    from tools.mutants.run import Outcome, Run

    started = time.monotonic()
    libraries = [files_of(library) for library in LIBRARIES]
    files = chosen(libraries, words)
    say("looking which test runs which line")
    run, known = Run(TESTS, libraries), survivors.read()
    outcomes, all_well = [], True
    print(ROW.format("", "mutants", "killed", "survivors", "", ""), flush=True)
    for path in files:
        outcomes.append(run.try_file(path))
        show(outcomes[-1])
        all_well &= judge(outcomes[-1], known)
    every = [change for outcome in outcomes for change in outcome.survivors]
    seconds = time.monotonic() - started
    show(Outcome("all", sum(x.mutants for x in outcomes), seconds, every))
    return 0 if all_well else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ToolError as error:
        sys.exit(f"make mutants: {error}")
