# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Chapters 3 and 4 of the paper: what each record holds, field by field.

The kind of a field: X text, 9 number, S an amount X9(12)V99, W one X9(9)V99,
Q a quantity X9(12)V9999, P a percentage 9(2)V99. Canceled fields have no length and are
left out.
"""

from decimal import ROUND_HALF_UP, Decimal

CHARSET = "iso-8859-8"
#: Decimals by kind; what is left of the length is the sign and the whole number.
DECIMALS = {"S": 2, "W": 2, "Q": 4}


class BadRecord(ValueError):
    """A value does not fit into its field."""


def _fields(text):
    """Read a table: number, kind and length of each field."""
    rows = (row.split() for row in text.split(","))
    return {int(number): (kind, int(length)) for number, kind, length in rows}


RECORDS = {
    "A000": _fields(
        "1000 X 4,1001 X 5,1002 9 15,1003 9 9,1004 9 15,1005 X 8,1006 9 8,1007 X 20,"
        "1008 X 20,1009 9 9,1010 X 20,1011 9 1,1012 X 50,1013 9 1,1014 9 1,1015 9 9,"
        "1016 9 9,1017 X 10,1018 X 50,1019 X 50,1020 X 10,1021 X 30,1022 X 8,1023 9 4,"
        "1024 9 8,1025 9 8,1026 9 8,1027 9 4,1028 9 1,1029 9 1,1030 X 20,1032 X 3,"
        "1034 9 1,1035 X 46"
    ),
    "A100": _fields("1100 X 4,1101 9 9,1102 9 9,1103 9 15,1104 X 8,1105 X 50"),
    "C100": _fields(
        "1200 X 4,1201 9 9,1202 9 9,1203 9 3,1204 X 20,1205 9 8,1206 9 4,1207 X 50,"
        "1208 X 50,1209 X 10,1210 X 30,1211 X 8,1212 X 30,1213 X 2,1214 X 15,1215 9 9,"
        "1216 9 8,1217 S 15,1218 X 3,1219 S 15,1220 S 15,1221 S 15,1222 S 15,1223 S 15,"
        "1224 W 12,1225 X 15,1226 X 10,1228 X 1,1230 9 8,1231 X 7,1233 X 9,1234 9 7,"
        "1235 X 13"
    ),
    "D110": _fields(
        "1250 X 4,1251 9 9,1252 9 9,1253 9 3,1254 X 20,1255 9 4,1256 9 3,1257 X 20,"
        "1258 9 1,1259 X 20,1260 X 30,1261 X 50,1262 X 30,1263 X 20,1264 Q 17,"
        "1265 S 15,1266 S 15,1267 S 15,1268 P 4,1270 X 7,"
        "1272 9 8,1273 9 7,1274 X 7,1275 X 21"
    ),
    "D120": _fields(
        "1300 X 4,1301 9 9,1302 9 9,1303 9 3,1304 X 20,1305 9 4,1306 9 1,1307 9 10,"
        "1308 9 10,1309 9 15,1310 9 10,1311 9 8,1312 S 15,1313 9 1,1314 X 20,1315 9 1,"
        "1320 X 7,1322 9 8,1323 9 7,1324 X 60"
    ),
    "B100": _fields(
        "1350 X 4,1351 9 9,1352 9 9,1353 9 10,1354 9 5,1355 9 8,1356 X 15,1357 X 20,"
        "1358 9 3,1359 X 20,1360 9 3,1361 X 50,1362 9 8,1363 9 8,1364 X 15,1365 X 15,"
        "1366 9 1,1367 X 3,1368 S 15,1369 S 15,1370 W 12,1371 X 10,1372 X 10,1374 X 7,"
        "1375 9 8,1376 X 9,1377 X 25"
    ),
    "B110": _fields(
        "1400 X 4,1401 9 9,1402 9 9,1403 X 15,1404 X 50,1405 X 15,1406 X 30,1407 X 50,"
        "1408 X 10,1409 X 30,1410 X 8,1411 X 30,1412 X 2,1413 X 15,1414 S 15,1415 S 15,"
        "1416 S 15,1417 9 4,1419 9 9,1421 X 7,1422 S 15,1423 X 3,1424 X 16"
    ),
    "Z900": _fields(
        "1150 X 4,1151 9 9,1152 9 9,1153 9 15,1154 X 8,1155 9 15,1156 X 50"
    ),
}
LENGTHS = {
    name: sum(length for _kind, length in fields.values())
    for name, fields in RECORDS.items()
}


def record(name, values):
    """Write one record, without the end of its line.

    :param str name: a key of :data:`RECORDS`
    :param dict values: by the fields' numbers; what is missing is filled as the paper
        says: zeros in numbers and amounts, spaces in text
    :rtype: str
    :raise BadRecord: a number is too long, or a field is none of this record
    """
    fields = RECORDS[name]
    strange = set(values) - set(fields)
    if strange:
        raise BadRecord(f"{name} has no field {sorted(strange)[0]}")
    return "".join(
        _field(number, kind, length, values.get(number))
        for number, (kind, length) in fields.items()
    )


def _field(number, kind, length, value):
    if kind == "X":
        return _text(value or "")[:length].ljust(length)
    if kind == "9":
        written = str(value or 0).replace("-", "").zfill(length)
        if not written.isdigit():
            raise BadRecord(f"field {number}: {value!r} is no number")
    elif kind == "P":
        written = _scaled(value or 0, 2).zfill(length)
    elif value is None:  # an amount counts as text: what there is none of is empty
        written = " " * length
    else:
        amount = Decimal(value)
        sign = "-" if amount < 0 else "+"
        written = sign + _scaled(abs(amount), DECIMALS[kind]).zfill(length - 1)
    if len(written) > length:
        raise BadRecord(f"field {number}: {value!r} does not fit")
    return written


def _scaled(amount, decimals):
    """:return: an amount without its decimal point"""
    cents = Decimal(amount).scaleb(decimals).quantize(Decimal(1), ROUND_HALF_UP)
    return str(cents)


def _text(value):
    """:return: text in one line, in letters that the character set has"""
    line = " ".join(str(value).split())
    return line.encode(CHARSET, "replace").decode(CHARSET)
