"""A row of the bench's table passes exactly when its ratio keeps the bound."""

import pytest

from tools.bench.table import HEAD, faster, no_longer, speedup, under


@pytest.mark.parametrize(
    ("row", "ratio", "passes"),
    [
        (faster("rate", 120.0, 150.0, "/s", 0.80), 0.8, True),
        (faster("rate", 119.0, 150.0, "/s", 0.80), 119 / 150, False),
        (speedup("time", 2.0, 6.0, "s", 3.0), 3.0, True),
        (speedup("time", 2.1, 6.0, "s", 3.0), 6 / 2.1, False),
        (no_longer("time", 1.15, 1.0, "s", 1.15), 1.15, True),
        (no_longer("time", 1.2, 1.0, "s", 1.15), 1.2, False),
        (under("alone", 0.9, "s", 1.0), 0.9, True),
        (under("alone", 1.1, "s", 1.0), 1.1, False),
    ],
)
def test_a_row_passes_when_its_ratio_keeps_the_bound(row, ratio, passes):
    assert row.ratio == pytest.approx(ratio)
    assert row.passes is passes
    assert row.line().endswith("pass" if passes else "SHORT")


def test_lines_stand_under_their_heads():
    line = faster("rate", 120.0, 150.0, "/s", 0.80).line()
    for head, text in (("unit", "/s"), ("bound", "≥ 0.8"), ("result", "pass")):
        assert line.index(text) == HEAD.index(head)
