"""The translation files on disk against the terms of the installed add-on."""

from tools.packaging.translations import current_files, faults


def test_every_term_has_its_translation(bench):
    assert faults(current_files(bench.session)) == []


def test_labels_that_come_from_another_model_are_in_the_readers_language(bench):
    with bench.session.environment() as env:
        company = env["res.company"].with_context(lang="he_IL")
        theirs = env["paypal.api.connection"].with_context(lang="he_IL")
        for ours, field in (
            ("paypal_api_missing", "missing"),
            ("paypal_api_state", "state"),
        ):
            shown = company.fields_get([ours])[ours]["selection"]
            assert shown == theirs.fields_get([field])[field]["selection"]
            assert not any(label.isascii() for _value, label in shown)
