"""The first screen can be used by everybody; what is on the others, see the walks."""

from messages import sale

from tools.environment.browser import log_in
from tools.trials.pictures import open_my_caspit


def test_the_first_screen_works_from_the_keyboard(page, bench):
    bench.send([sale()])
    log_in(page, bench.odoo.url)
    open_my_caspit(page, bench.odoo.url)
    page.locator("[data-period=today]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-period=today][aria-pressed=true]")
    page.locator("[data-count=done]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_list_view .o_data_row")
