"""The translation files on disk against the terms of the installed add-on."""

from tools.packaging.translations import current_files, faults


def test_every_term_has_its_translation(bench):
    assert faults(current_files(bench.session)) == []


def test_what_a_merchant_chooses_of_the_ledger_is_in_his_language(bench):
    with bench.session.environment() as env:
        connections = env["paypal.api.connection"].with_context(lang="he_IL")
        for name in ("missing", "state", "webhook_state", "webhook_lines"):
            shown = connections.fields_get([name])[name]["selection"]
            assert shown
            assert not any(label.isascii() for _value, label in shown)
