"""What PayPal's codes of movements mean."""

import pytest
from reader import const as reader_const
from rest import tcodes


@pytest.mark.parametrize(
    "code, out, into",
    [
        ("T0000", "outgoing", "sale"),
        ("T0003", "outgoing", "sale"),
        ("T0106", "fee", "fee"),
        ("T0200", "conversion", "conversion"),
        ("T0300", "withdrawal", "deposit"),
        ("T0400", "withdrawal", "deposit"),
        ("T0403", "unknown", "unknown"),
        ("T0700", "withdrawal", "deposit"),
        ("T0800", "adjustment", "adjustment"),
        ("T1106", "reversal", "canceled_reversal"),
        ("T1107", "refund", "outgoing"),
        ("T1108", "fee", "fee"),
        ("T1110", "hold", "release"),
        ("T1111", "hold", "release"),
        ("T1105", "hold", "release"),
        ("T1201", "reversal", "canceled_reversal"),
        ("T1202", "reversal", "canceled_reversal"),
        ("T1205", "reversal", "canceled_reversal"),
        ("T1200", "adjustment", "adjustment"),
        ("T1300", "memo", "memo"),
        ("T1502", "hold", "release"),
        ("T2103", "hold", "release"),
        ("T2114", "hold", "release"),
        ("T0500", "outgoing", "sale"),
        ("T0502", "withdrawal", "deposit"),
        ("T0600", "withdrawal", "deposit"),
        ("T0900", "adjustment", "adjustment"),
        ("T1000", "outgoing", "sale"),
        ("T1100", "reversal", "canceled_reversal"),
        ("T1101", "withdrawal", "deposit"),
        ("T1102", "outgoing", "outgoing"),
        ("T1103", "adjustment", "adjustment"),
        ("T1104", "withdrawal", "deposit"),
        ("T1109", "fee", "fee"),
        ("T1112", "adjustment", "adjustment"),
        ("T1113", "outgoing", "outgoing"),
        ("T1114", "outgoing", "outgoing"),
        ("T1115", "outgoing", "outgoing"),
        ("T1116", "hold", "release"),
        ("T1117", "adjustment", "adjustment"),
        ("T1118", "adjustment", "adjustment"),
        ("T1119", "hold", "release"),
        ("T1199", "unknown", "unknown"),
        ("T1203", "adjustment", "adjustment"),
        ("T1204", "adjustment", "adjustment"),
        ("T1299", "adjustment", "adjustment"),
        ("T1501", "hold", "release"),
        ("T2109", "adjustment", "adjustment"),
        ("T2110", "adjustment", "adjustment"),
        ("T1207", "reversal", "canceled_reversal"),
        ("T1208", "reversal", "canceled_reversal"),
        ("T1700", "withdrawal", "deposit"),
        ("T1900", "adjustment", "adjustment"),
        ("T2000", "adjustment", "adjustment"),
        ("T9900", "unknown", "unknown"),
        ("", "unknown", "unknown"),
    ],
)
def test_a_code_means_what_paypals_table_says(code, out, into):
    assert tcodes.kind_of(code, is_out=True) == out
    assert tcodes.kind_of(code, is_out=False) == into


def test_a_reserve_is_kept_back_under_two_codes():
    assert {"T2103", "T2104"} == tcodes.RESERVE


def test_every_kind_is_one_of_the_file_reader():
    known = {
        value
        for name, value in vars(reader_const).items()
        if name.startswith("KIND_")
        if isinstance(value, str)
    }
    found = {kind for pair in tcodes.CODES.values() for kind in pair}
    found |= {kind for pair in tcodes.GROUPS.values() for kind in pair}
    assert found <= known
