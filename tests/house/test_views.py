"""What every view must have: Odoo's ``base:TestInvisibleField``, and scripts to it."""

import re

import pytest

from conftest import ADDONS, CHECKOUT

VIEWS = sorted(path for addon in ADDONS for path in addon.rglob("*.xml"))
#: Odoo's own expression, over lines, too: a field that is never seen, and what follows.
UNSEEN = re.compile(
    r"""(<field\s[^>]*invisible=['"](True|1)['"][^>]*>)[\s\t\n ]*(.*)"""
)
#: What a view takes of a script of ours, and where scripts say that they have it.
OURS = re.compile(r"""(?:js_class|<widget\s+name)=['"]((?:paypal|caspit|il)_\w+)['"]""")
REGISTERED = re.compile(r"""\.add\(\s*["'](\w+)["']""")


def test_what_a_view_takes_of_a_script_is_there():
    taken = {name for path in VIEWS for name in OURS.findall(path.read_text())}
    scripts = [path for addon in ADDONS for path in addon.rglob("static/src/**/*.js")]
    there = {name for path in scripts for name in REGISTERED.findall(path.read_text())}
    assert "paypal_progress_form" in taken
    assert taken <= there


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
