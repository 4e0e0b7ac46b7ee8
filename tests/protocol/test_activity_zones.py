"""Time zones as PayPal names them, each with its hours, written out a second time."""

from datetime import datetime, timedelta, timezone

import pytest
from reader.zones import find_zone, is_american, ist_zone

ISRAEL = timezone(timedelta(hours=2))
INDIA = timezone(timedelta(hours=5, minutes=30))
IRELAND = timezone(timedelta(hours=1))
SUMMER = datetime(2026, 7, 1, 12)
#: Hours east of UTC → abbreviations.
HOURS = {
    -10: "HST",
    -9: "AKST",
    -8: "PST AKDT",
    -7: "PDT MST",
    -6: "MDT CST",
    -5: "CDT EST",
    -4: "EDT AST",
    -3.5: "NST",
    -3: "ADT BRT ART",
    -2.5: "NDT",
    -2: "BRST",
    0: "GMT UTC Z WET",
    1: "WEST BST CET MEZ HNEC",
    2: "CEST MESZ HAEC EET SAST",
    3: "EEST IDT MSK TRT",
    4: "GST",
    5: "PKT",
    7: "ICT WIB",
    8: "HKT SGT MYT PHT AWST",
    9: "JST KST",
    9.5: "ACST",
    10: "AEST",
    10.5: "ACDT",
    11: "AEDT",
    12: "NZST",
    13: "NZDT",
}


def hours_of(name):
    zone = find_zone(name, ISRAEL)
    return zone and zone.utcoffset(SUMMER) / timedelta(hours=1)


@pytest.mark.parametrize("hours", HOURS)
def test_an_abbreviation_has_its_hours_in_every_season(hours):
    for name in HOURS[hours].split():
        assert hours_of(name) == hours_of(name.lower()) == hours, name


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("GMT+2", 2),
        ("GMT +02:00", 2),
        ("UTC\u22123", -3),
        ("-0330", -3.5),
        ("+05:45", 5.75),
        ("utc+23:59", 23 + 59 / 60),
        ("GMT+24", None),
        ("GMT+23:60", None),
        ("GMT2", None),
        ("GMT+\u0662", None),
        ("EST5EDT", None),
        ("+2:5", None),
        ("CET+1", None),
        ("Europe/Berlin", 2),
        ("Asia/Jerusalem", 3),
        ("America/Indiana/Knox", -5),
        ("America/Port-au-Prince", -4),
        ("America/Argentina/Buenos_Aires", -3),
        ("Europe", None),
        ("Europe/Atlantis", None),
        ("a/b/c/d", None),
        ("../../etc/passwd", None),
        ("", None),
        ("XYZ", None),
    ],
)
def test_an_offset_and_a_place_are_zones(name, hours):
    assert hours_of(name) == hours


@pytest.mark.parametrize("ist", [ISRAEL, INDIA, IRELAND])
def test_ist_is_what_the_file_says(ist):
    assert find_zone("IST", ist) == ist
    assert find_zone("ist", ist) == ist


@pytest.mark.parametrize(
    ("language", "zones", "currencies", "zone"),
    [
        ("he", {"GMT"}, {"INR"}, ISRAEL),
        ("en", {"GMT"}, {"INR", "ILS"}, ISRAEL),
        ("en", {"GMT", "IDT"}, {"INR"}, ISRAEL),
        ("en", {"GMT"}, {"INR"}, INDIA),
        ("en", {"GMT"}, {"USD"}, IRELAND),
        ("en", set(), {"EUR"}, IRELAND),
        ("en", set(), {"EUR", "GBP"}, IRELAND),
        ("en", set(), {"GBP"}, IRELAND),
        ("en", set(), {"EUR", "USD"}, ISRAEL),
        ("en", set(), set(), ISRAEL),
    ],
)
def test_ist_is_of_three_countries(language, zones, currencies, zone):
    assert ist_zone(language, zones, currencies) == zone


def test_who_writes_the_month_first_lives_in_these_zones():
    names = "PST PDT MST MDT CST CDT EST EDT AKST AKDT HST"
    for name in [*names.split(), "pst", "America/New_York", "US/Eastern"]:
        assert is_american(name), name
    for name in ("AST", "GMT", "Europe/Berlin", "Pacific/Honolulu", "", "USA"):
        assert not is_american(name), name
