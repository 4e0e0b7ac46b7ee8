"""The company's form: what our tab adds to reading it."""

import statistics
import time

from lxml import etree

from tools import ToolError
from tools.bench.table import no_longer
from tools.environment.web_client import WebClient

READINGS, WARM_UP = 60, 5
#: Modules of ours, by the beginning of their names.
OURS = "caspit_"


def forms(database, paypal):
    """Read the company's form with the fields of our tabs, and without them.

    As a browser does that opens it, for an administrator. The checks are not among
    them: they are asked for when their tab is open.

    :param World database: where
    :return: rows
    """
    with database.session.environment() as env:
        company = env.company
        names = shown(company)
        theirs = [name for name in names if not is_ours(company._fields[name])]
        company_id = company.id
    with database.serving(paypal, workers=1, cron_threads=0) as odoo:
        client = WebClient(odoo.url)
        client.log_in(database.database)
        spent = {False: [], True: []}
        for number in range(READINGS + WARM_UP):
            for whole in spent:
                seconds = reading(client, company_id, names if whole else theirs)
                if number >= WARM_UP:
                    spent[whole].append(seconds)
    plain, whole = (1000 * statistics.median(spent[key]) for key in (False, True))
    return [no_longer("the company's form, with our tabs", whole, plain, "ms", 1.2)]


def shown(company):
    """:return: the names of the fields that the form reads"""
    form = etree.fromstring(company.get_view(view_type="form")["arch"])
    return list(dict.fromkeys(form.xpath("//field[not(ancestor::field)]/@name")))


def is_ours(field):
    return any(module.startswith(OURS) for module in field._modules)


def reading(client, company_id, names):
    """:return: seconds until the answer is there

    :raise ToolError: the form cannot be read
    """
    specification = {name: {} for name in names}
    begun = time.perf_counter()
    read = client.call("res.company", "web_read", [company_id], specification)
    spent = time.perf_counter() - begun
    if not read:
        raise ToolError("the company's form cannot be read")
    return spent
