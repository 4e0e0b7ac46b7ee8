"""The uniform file: the paper's layout, and an independent reader."""

import io
import json
import subprocess
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import uniform

from tools.environment import Environment

READER = Path(__file__).with_name("read_uniform_file.mjs")
#: Chapter 3 and 4 of the paper.
LENGTHS = {
    "A000": 466,
    "A100": 95,
    "B100": 317,
    "B110": 376,
    "C100": 444,
    "D110": 339,
    "D120": 222,
    "Z900": 110,
}


def make_file():
    """A document of each type, an entry and an account."""
    file = uniform.UniformFile(
        "514444447",
        {1007: "Caspit", 1008: "1.0", 1010: "Caspit", 1018: "חולצות כחולות"},
        date(2026, 11, 1),
        date(2026, 11, 30),
        datetime(2026, 11, 30, 9, 5),
    )
    day = "20261127"
    for place, kind in enumerate((305, 320, 330, 400), 1):
        header = {
            1203: kind,
            1204: f"INV20260000{place}",
            1205: day,
            1206: "1000",
            1207: "דנה לוי",
            1215: "777777715",
            1216: day,
            1219: Decimal("100.00"),
            1220: 0,
            1221: Decimal("100.00"),
            1222: Decimal("18.00"),
            1223: Decimal("118.00"),
            1225: "7",
            1230: day,
        }
        line = {
            1258: 1,
            1260: "חולצה כחולה – Blue\nshirt",
            1263: "יחידה",
            1264: Decimal("2.5"),
            1265: Decimal("40"),
            1266: 0,
            1267: Decimal("100"),
            1268: 18,
        }
        payments = [{1306: 9, 1312: Decimal("118.00")}] if kind in (320, 400) else []
        file.documents.append(uniform.Document(header, [line], payments))
    file.entries.append(
        {
            1353: 5,
            1354: 1,
            1356: "INV",
            1357: "INV202600001",
            1358: 305,
            1361: "דנה לוי",
            1362: day,
            1363: day,
            1364: "101200",
            1366: 1,
            1368: Decimal("118.00"),
            1375: day,
            1376: "admin",
        }
    )
    file.accounts.append(
        {
            1403: "101200",
            1404: "לקוחות",
            1405: "asset_receivable",
            1406: "Receivable",
            1414: Decimal("-5.50"),
            1415: Decimal("118.00"),
            1416: 0,
        }
    )
    return file


def test_records_are_as_long_as_the_paper_says():
    assert uniform.LENGTHS == LENGTHS
    lines = make_file().bkmvdata().decode("iso-8859-8").split("\r\n")
    assert lines.pop() == ""
    for line in lines:
        assert len(line) == LENGTHS[line[:4]], line[:4]


def test_records_are_numbered_and_counted():
    file = make_file()
    lines = file.bkmvdata().decode("iso-8859-8").split("\r\n")[:-1]
    assert [int(line[4:13]) for line in lines] == list(range(1, len(lines) + 1))
    assert int(lines[-1][45:60]) == len(lines)  # field 1155
    ini = file.ini().decode("iso-8859-8").split("\r\n")[:-1]
    assert int(ini[0][9:24]) == len(lines)  # field 1002
    counts = {line[:4]: int(line[4:]) for line in ini[1:]}
    assert counts == dict(file.counts())
    assert sum(counts.values()) == len(lines)


def test_one_random_key_stands_in_all_three_places():
    file = make_file()
    lines = file.bkmvdata().decode("iso-8859-8").split("\r\n")
    key = file.ini()[33:48].decode()
    assert lines[0][22:37] == lines[-2][22:37] == key == str(file.key)
    assert len(key) == 15
    keys = {file.key, *(make_file().key for _each in range(3))}
    assert len(keys) == 4 and max(keys) > 10**14 + 10**9


def test_the_character_set_is_told_in_column_396_and_kept_to():
    file = make_file()
    assert file.ini()[395:396] == b"1"
    assert "דנה לוי".encode("iso-8859-8") in file.bkmvdata()
    # What the set lacks is a question mark, and a line break a space.
    assert "חולצה כחולה ? Blue shirt".encode("iso-8859-8") in file.bkmvdata()


def test_the_files_lie_where_the_paper_wants_them():
    file = make_file()
    assert file.folder == "OPENFRMT/51444444.26/11300905"
    with zipfile.ZipFile(io.BytesIO(file.archive())) as outer:
        assert set(outer.namelist()) == {
            "OPENFRMT/51444444.26/11300905/INI.TXT",
            "OPENFRMT/51444444.26/11300905/BKMVDATA.zip",
        }
        assert {x.compress_type for x in outer.infolist()} == {zipfile.ZIP_DEFLATED}
        inner = outer.read("OPENFRMT/51444444.26/11300905/BKMVDATA.zip")
    with zipfile.ZipFile(io.BytesIO(inner)) as packed:
        assert {x.compress_type for x in packed.infolist()} == {zipfile.ZIP_DEFLATED}
        assert packed.read("BKMVDATA.TXT") == file.bkmvdata()


def test_an_independent_reader_reads_every_record(tmp_path):
    file = make_file()
    read = read_with_the_package(tmp_path, file)
    assert [each for each in read["found"] if "error" in each] == []
    names = [each["name"] for each in read["found"]]
    assert names.count("C100") == 4
    [line] = [e["record"] for e in read["found"] if e["name"] == "B110"]
    assert line["accountName"] == "לקוחות"
    totals = [e["record"] for e in read["found"] if e["name"] == "C100"]
    assert {each["amountIncludingVat"] for each in totals} == {"118.00"}
    assert {each["documentType"] for each in totals} == {"305", "320", "330", "400"}
    assert len(read["sums"]) == len(file.counts())


def test_the_reader_finds_what_is_broken(tmp_path):
    file = make_file()
    file.documents[0].header[1203] = 999
    broken = read_with_the_package(tmp_path, file)
    assert [e["name"] for e in broken["found"] if "error" in e] == ["C100", "D110"]


def read_with_the_package(folder, file):
    """:return: what the package's parsers found in a file's records"""
    data, ini = folder / "BKMVDATA.TXT", folder / "INI.TXT"
    data.write_bytes(file.bkmvdata())
    ini.write_bytes(file.ini())
    modules = Environment().root / "node" / "node_modules"
    done = subprocess.run(
        ["node", READER, modules, data, ini], capture_output=True, check=True
    )
    return json.loads(done.stdout)


def test_the_summary_has_the_number_and_the_total_of_each_type():
    file = make_file()
    file.documents.append(uniform.Document({**file.documents[0].header}))
    file.documents[-1].header[1223] = Decimal("-18.00")
    del file.documents[1].header[1223]
    assert file.sums() == {
        305: (2, Decimal("100.00")),
        320: (1, Decimal(0)),
        330: (1, Decimal("118.00")),
        400: (1, Decimal("118.00")),
    }


def test_the_first_file_says_of_what_and_of_when_the_other_is():
    file = make_file()
    [head, *rest] = file.ini().decode("iso-8859-8").split("\r\n")
    count = len(file) + 2
    path = "OPENFRMT\\51444444.26\\11300905"
    start = f"A000     {count:015d}514444447{file.key}&OF1.31&"
    assert head.startswith(start)
    assert head[64:84] == "Caspit".ljust(20) and head[84:104] == "1.0".ljust(20)
    assert head[113:133] == "Caspit".ljust(20)
    assert head[133:134] == "2" and head[134:184] == path.ljust(50)
    assert head[184:186] == "21"
    assert head[366:396] == "2026110120261130202611300905" + "01"
    assert head[396:420] == "zip".ljust(20) + "ILS0"
    assert rest[0] == "A100000000000000001"
    assert rest[-1] == ""


def test_documents_are_linked_to_their_lines_and_payments():
    file = make_file()
    lines = file.bkmvdata().decode("iso-8859-8").split("\r\n")[:-1]
    of = {}
    for line in lines:
        of.setdefault(line[:4], []).append(line)
    assert [line[424:431] for line in of["C100"]] == [f"{n:07d}" for n in range(1, 5)]
    assert [line[304:311] for line in of["D110"]] == [f"{n:07d}" for n in range(1, 5)]
    assert [line[155:162] for line in of["D120"]] == ["0000002", "0000004"]
    assert {line[45:49] for line in of["D110"] + of["D120"]} == {"0001"}
    assert {line[13:22] for line in lines} == {"514444447"}
    assert [line[22:25] for line in of["D120"]] == ["320", "400"]
    assert of["D120"][0][25:45] == "INV202600002".ljust(20)
    assert of["A100"][0][13:22] == "514444447"
    last = lines[-1]
    assert (
        last[:60] == f"Z900{len(lines):09d}514444447{file.key}&OF1.31&{len(lines):015d}"
    )


def test_a_short_dealer_number_is_filled_up_in_the_folders_name():
    file = make_file()
    file.dealer = "1234567"
    assert file.folder == "OPENFRMT/00123456.26/11300905"


def test_a_document_may_have_neither_lines_nor_payments():
    file = make_file()
    before = file.counts()
    file.documents.append(uniform.Document({**file.documents[0].header}))
    file.bkmvdata()
    assert file.counts() - before == {"C100": 1}
    assert len(file) == sum(before.values()) - 1


def test_a_key_has_fifteen_digits_at_least_and_at_most(monkeypatch):
    for least, key in ((True, 10**14), (False, 10**15 - 1)):
        pick = lambda n, least=least: 0 if least else n - 1  # noqa: E731
        monkeypatch.setattr("secrets.randbelow", pick)
        assert make_file().key == key
