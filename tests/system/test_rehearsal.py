"""Test messages and real ones at the same moment: the real ones notice nothing."""

import threading

from messages import sale

REHEARSALS = 4
SALES = 6


def rehearse(session, outcomes):
    """Run one test message after another.

    :param session: of the database
    :param list outcomes: takes what each would have made
    """
    for kind in ("sale", "refund") * (REHEARSALS // 2):
        with session.environment() as env:
            test = env["paypal.test.message"].create({"kind": kind})
            test.action_run()
            outcomes.append(test.outcome)


def kept(session):
    """:return: how many messages there are"""
    with session.environment() as env:
        return env["paypal.ipn"].search_count([])


def test_rehearsals_leave_nothing_and_no_gap_in_the_numbers_of_real_sales(bench):
    before = kept(bench.session)
    outcomes, bodies = [], [sale() for _ in range(SALES)]
    thread = threading.Thread(target=rehearse, args=(bench.session, outcomes))
    thread.start()
    assert bench.send(bodies, in_turn=False) == [200] * SALES
    thread.join()
    last = sale()
    assert bench.send([last]) == [200]

    assert kept(bench.session) == before + SALES + 1
    assert [each[-1]["state"] for each in outcomes] == ["done"] * REHEARSALS
    documents = [each["documents"] for each in bench.outcomes([*bodies, last])]
    numbers = sorted(int(document["name"].split("/")[-1]) for [document] in documents)
    assert numbers == list(range(numbers[0], numbers[0] + SALES + 1))
