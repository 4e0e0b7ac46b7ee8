"""What the add-on adds to Odoo's screens can be read and used by everybody."""

import pytest
from messages import sale

from tools.environment.browser import accessibility_faults, log_in, speak
from tools.trials.pictures import (
    open_first_message,
    open_modules_tab,
    open_my_caspit,
    open_test_message,
)

#: Screens, and the parts of them that are the add-on's own.
SCREENS = {
    "my-caspit": (open_my_caspit, [".o_caspit_page"]),
    "modules-tab": (
        open_modules_tab,
        [".o_paypal_checks", "[name=paypal_check_buttons]", ".tab-pane.active .alert"],
    ),
    "test-message": (open_test_message, [".modal [name=outcome_html]"]),
    "message": (
        open_first_message,
        [".o_paypal_ipn_content", ".o_statusbar_buttons", ".oe_button_box"],
    ),
}


@pytest.mark.parametrize("lang", ["en_US", "he_IL"])
def test_screens_have_labels_names_and_contrast(page, bench, lang):
    bench.send([sale(), sale(mc_currency="GBP")])
    speak(bench.session, lang)
    try:
        log_in(page, bench.odoo.url)
        faults = {}
        for name, (open_screen, parts) in SCREENS.items():
            open_screen(page, bench.odoo.url)
            faults[name] = accessibility_faults(page, parts)
    finally:
        speak(bench.session, "en_US")
    assert faults == {name: [] for name in SCREENS}


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
