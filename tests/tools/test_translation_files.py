"""What becomes of translations when terms change, and what the check tells."""

import polib
import pytest

from tools.packaging import translations
from tools.packaging.translations import faults, merged


def a_file(**terms):
    file = polib.POFile()
    file.metadata = dict(translations.METADATA)
    for term, translation in terms.items():
        file.append(polib.POEntry(msgid=term, msgstr=translation))
    return file


@pytest.fixture
def on_disk(tmp_path):
    """Write the template and the Hebrew file; give those that ought to be there."""

    def write(template, hebrew):
        paths = (tmp_path / "addon.pot", tmp_path / "he.po")
        for path, file in zip(paths, (template, hebrew), strict=True):
            path.write_text(str(file))
        return dict(zip(paths, (template, hebrew), strict=True))

    return write


def test_a_translation_stays_a_new_term_has_none_and_a_gone_one_leaves():
    result = merged(a_file(Kept="", New=""), a_file(Kept="נשאר", Gone="הלך"), "he")
    assert {term.msgid: term.msgstr for term in result} == {"Kept": "נשאר", "New": ""}
    assert result.metadata["Language"] == "he"


def test_merging_again_gives_the_same_bytes():
    template = a_file(One="", Two="")
    once = merged(template, a_file(Two="שניים"), "he")
    assert str(merged(template, once, "he")) == str(once)


def test_a_doubtful_translation_stays_doubtful_and_is_told(on_disk):
    doubtful = a_file(Term="מונח")
    doubtful[0].flags.append("fuzzy")
    hebrew = merged(a_file(Term=""), doubtful, "he")
    [told] = faults(on_disk(a_file(Term=""), hebrew))
    assert "he.po" in told and "'Term'" in told


def test_complete_files_have_no_fault(on_disk):
    template = a_file(Term="")
    assert faults(on_disk(template, merged(template, a_file(Term="מונח"), "he"))) == []


def test_a_term_that_stays_as_it_is_has_no_fault(on_disk):
    known = a_file(PayPal="")
    known[0].tcomment = translations.SAME
    template = a_file(PayPal="")
    assert faults(on_disk(template, merged(template, known, "he"))) == []


def test_an_untranslated_term_is_told(on_disk):
    template = a_file(Term="", Other="")
    [told] = faults(on_disk(template, merged(template, a_file(Term="מונח"), "he")))
    assert "'Other'" in told


def test_a_changed_template_is_told_with_its_terms(on_disk):
    template, _hebrew = on_disk(a_file(Before=""), a_file())
    told = "\n".join(faults({template: a_file(After="")}))
    assert "not current" in told
    assert "lacks the term 'After'" in told
    assert "still has the term 'Before'" in told


def test_a_missing_file_is_told(on_disk):
    files = on_disk(a_file(Term=""), a_file(Term="מונח"))
    next(iter(files)).unlink()
    told = faults(files)
    assert "not current" in told[0]
    assert "lacks the term 'Term'" in told[1]
