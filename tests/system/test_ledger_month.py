"""A month of movements of which IPN loses a fifth; `make torture` has a larger one."""

import pytest

from tools.torture.month import LOST, Month, a_month
from tools.trials.demo import SHOP
from tools.trials.workbench import workbench

MOVEMENTS = 60
FAULTS = ("429", "no_permission")


@pytest.fixture
def shop():
    with workbench(SHOP) as bench:
        yield bench


def test_after_the_last_walk_every_movement_is_in_the_books_once(shop):
    month = Month(shop, a_month(MOVEMENTS), FAULTS)
    month.pass_by()
    assert month.unfinished
    assert len(month.lost()) > MOVEMENTS * LOST / 3
    assert month.differences() == []
