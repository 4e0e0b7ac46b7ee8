"""The company's form: what our tab adds to reading it."""

import statistics
import time

from lxml import etree

from tools.bench.table import no_longer

READINGS = 40
#: Modules of ours, by the beginning of their names.
OURS = "caspit_"


def forms(database):
    """Read the company's form with the fields of our tabs, and without them.

    The checks are not among them: they are asked for when their tab is open.

    :param World database: where
    :return: rows
    """
    with database.session.environment() as env:
        company = env.company
        names = shown(company)
        theirs = [name for name in names if not is_ours(company._fields[name])]
        plain, whole = reading(company, theirs), reading(company, names)
    return [no_longer("the company's form, with our tabs", whole, plain, "ms", 1.2)]


def shown(company):
    """:return: the names of the fields that the form reads"""
    form = etree.fromstring(company.get_view(view_type="form")["arch"])
    return list(dict.fromkeys(form.xpath("//field[not(ancestor::field)]/@name")))


def is_ours(field):
    return any(module.startswith(OURS) for module in field._modules)


def reading(company, names):
    """:return: the median of some readings with an empty cache, in ms"""
    spent = []
    for _ in range(READINGS):
        company.env.invalidate_all()
        begun = time.perf_counter()
        company.web_read({name: {} for name in names})
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent) * 1000
