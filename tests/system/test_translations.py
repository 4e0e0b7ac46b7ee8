"""The translation files on disk against the terms of the installed add-on."""

from tools.packaging.translations import current_files, faults


def test_every_term_has_its_translation(bench):
    assert faults(current_files(bench.session)) == []
