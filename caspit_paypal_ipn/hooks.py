# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def post_init_hook(env):
    """Give each company that is already there its row per module.

    What an earlier installation left in its books is known again at once: before the
    first message or file could book it a second time.
    """
    companies = env["res.company"].search([])
    companies._caspit_create_licences()
    for company in companies.filtered("chart_template"):
        company.with_company(company)._paypal_find_again()
