"""What becomes of translations when terms change, and what the check tells."""

import polib
import pytest

from tools import ToolError
from tools.environment import CHECKOUT
from tools.packaging import customer_terms, translations
from tools.packaging.customer_terms import SCREENS, read_by_customers
from tools.packaging.translations import faults, merged, placeholders, unsettled

#: What customers of a shop read, in Odoo's own names of languages: pt.po is for Brazil,
#: too, and ar.po for every country.
LANGUAGES = ("ar", "de", "es", "fr", "he", "it", "nl", "pl", "pt")


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


def test_other_placeholders_than_the_terms_are_told(on_disk):
    wrong = a_file(**{"%s of %(what)s": "%s von %(was)s"})
    template = a_file(**{"%s of %(what)s": ""})
    [told] = faults(on_disk(template, merged(template, wrong, "he")))
    assert "other placeholders" in told


def test_another_word_for_the_same_thing_is_told(on_disk):
    name = "The sandbox's messages"
    template = a_file(**{name: ""})
    wrong = a_file(**{name: "הודעות מארגז החול"})
    [told] = faults(on_disk(template, merged(template, wrong, "he")))
    assert "סביבת הבדיקות" in told and name in told


# === WHO READS WHAT === #


def templates():
    """:return: the template of each add-on that has terms, by the folder it is in"""
    paths = CHECKOUT.glob("caspit_*/i18n/*.pot")
    return {path.parent: polib.pofile(str(path)) for path in sorted(paths)}


def lacking(folder, language, terms):
    """:return: what a file of a language has no settled translation of"""
    path = folder / f"{language}.po"
    known = polib.pofile(str(path)) if path.is_file() else polib.POFile()
    unknown = [term.msgid for term in terms if not known.find(term.msgid)]
    spoilt = [
        term.msgid
        for term in known
        if term.msgstr and placeholders(term.msgid) != placeholders(term.msgstr)
    ]
    return unknown + spoilt + [term.msgid for term in unsettled(known)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_customers_read_their_own_language(language):
    for folder, template in templates().items():
        terms = read_by_customers(template)
        if terms:
            assert lacking(folder, language, terms) == [], folder


@pytest.mark.parametrize("language", SCREENS)
def test_screens_are_whole_in_the_languages_of_merchants(language):
    for folder, template in templates().items():
        assert lacking(folder, language, template) == [], folder


def test_what_customers_read_is_found_and_nothing_of_the_screens():
    assert len(templates()) == 6
    template = templates()[CHECKOUT / "caspit_paypal_ipn" / "i18n"]
    terms = {term.msgid for term in read_by_customers(template)}
    assert {"Tax Invoice / Receipt", "Unit price", "Shipping", "PayPal fees"} <= terms
    assert sum("Thank you for your payment." in term for term in terms) == 1
    assert not {"My Caspit", "Retry", "New PayPal order"} & terms
    assert 40 <= len(terms) < len(template) / 5


def test_a_method_that_is_gone_is_told(monkeypatch):
    monkeypatch.setattr(
        customer_terms, "METHODS", {"tools/packaging/readme.py": ("no_such_method",)}
    )
    with pytest.raises(ToolError, match="no_such_method"):
        read_by_customers(polib.POFile())
