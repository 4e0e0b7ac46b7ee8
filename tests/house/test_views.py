"""What Odoo's own tests ask of every view: ``base:TestInvisibleField``."""

import re

import pytest

from conftest import ADDONS, CHECKOUT

VIEWS = sorted(path for addon in ADDONS for path in addon.rglob("*.xml"))
#: Odoo's own expression, over lines, too: a field that is never seen, and what follows.
UNSEEN = re.compile(
    r"""(<field\s[^>]*invisible=['"](True|1)['"][^>]*>)[\s\t\n ]*(.*)"""
)


@pytest.mark.parametrize(
    "path", VIEWS, ids=lambda path: path.relative_to(CHECKOUT).as_posix()
)
def test_a_field_that_is_never_seen_says_why_it_is_there(path):
    found = [
        field
        for field, _value, comment in UNSEEN.findall(path.read_text())
        if not comment.startswith("<!--")
    ]
    assert not found
