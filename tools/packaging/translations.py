"""The add-ons' translations, kept in step with their terms.

``make translations`` writes the template of all terms and enters it into the file of
each language: what is translated stays, a new term comes in untranslated, and a
term that is gone leaves. With ``--check`` it writes nothing and tells what is missing.

Hebrew and German have all terms, the other languages those that customers read: see
:mod:`tools.packaging.customer_terms`.

A term that reads the same in both languages stays empty, as OCA's check of such files
wants it, and has the translator's comment that :data:`SAME` is.
"""

import argparse
import io
import re
import sys

import polib

from odoo.tools.translate import trans_export

from tools import ToolError
from tools.commands import say
from tools.environment import CHECKOUT, Environment
from tools.environment.databases import PRODUCT, addon_template, scratch
from tools.environment.odoo_session import OdooSession
from tools.environment.postgres import running
from tools.packaging.customer_terms import SCREENS, read_by_customers

COMMAND = "python -m tools.packaging.translations"
SAME = "as in English"
#: What is filled in, and tags.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\{.*?\}\}|</?\w[^>]*>")
#: What a thing is called throughout, by language and by what the term names it.
ONE_WORD = {"he": {"sandbox": "סביבת הבדיקות"}, "de": {"sandbox": "Sandbox"}}
#: Without Odoo's dates, by which every export would differ from the one before.
METADATA = {
    "Project-Id-Version": "Odoo Server 19.0",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def current_files(session):
    """Make the translation files as they have to be for the add-ons as they are.

    :param OdooSession session: a database with the add-ons
    :return: the template and the file of each language there is, by their paths
    :rtype: dict[pathlib.Path, polib.POFile]
    """
    files = {}
    for addon in PRODUCT:
        folder = CHECKOUT / addon / "i18n"
        template = _export(session, addon)
        files[folder / f"{addon}.pot"] = template
        for path in sorted(folder.glob("*.po")):
            terms = template if path.stem in SCREENS else read_by_customers(template)
            files[path] = merged(terms, polib.pofile(str(path)), path.stem)
    return files


def _export(session, addon):
    """Have Odoo export an add-on's terms.

    :rtype: polib.POFile
    """
    exported = io.BytesIO()
    with session.environment() as env:
        trans_export(None, [addon], exported, "po", env)
    template = polib.pofile(exported.getvalue().decode())
    template.metadata = dict(METADATA)
    return template


def merged(template, known, language):
    """Enter the terms of a template into a language's translations.

    :param polib.POFile template: all terms there are
    :param polib.POFile known: translations, as of an earlier template perhaps
    :param str language: its code
    :return: the template's terms, each with its translation or with none
    :rtype: polib.POFile
    """
    result = polib.POFile()
    result.header = template.header
    result.metadata = {**METADATA, "Language": language}
    for term in template:
        translation = known.find(term.msgid)
        result.append(
            polib.POEntry(
                msgid=term.msgid,
                msgstr=translation.msgstr if translation else "",
                flags=translation.flags if translation else [],
                tcomment=translation.tcomment if translation else "",
                comment=term.comment,
                occurrences=term.occurrences,
            )
        )
    return result


def faults(files):
    """Tell what is missing from the translation files on disk.

    :param files: those of :func:`current_files`
    :return: a sentence for each fault
    :rtype: list[str]
    """
    told = []
    for path, file in files.items():
        if not path.is_file() or path.read_text() != str(file):
            told.append(f"{path.name} is not current: run {COMMAND}")
            told += _changes(path, file)
        if path.suffix == ".po":
            told += [
                f"{path.name} has no settled translation of {term.msgid!r}"
                for term in unsettled(file)
            ]
            told += [
                f"{path.name} has other placeholders than {term.msgid!r}"
                for term in file
                if term.msgstr and placeholders(term.msgid) != placeholders(term.msgstr)
            ]
            told += [
                f"{path.name} has another word than {word!r} in {term.msgid!r}"
                for term, word in other_words(file, path.stem)
            ]
    return told


def unsettled(file):
    """Find what is not translated, or is marked as doubtful.

    :param polib.POFile file: of a language
    :rtype: list[polib.POEntry]
    """
    return [term for term in file if not term.translated() and term.tcomment != SAME]


def other_words(file, lang):
    """Find where a thing is called by another word than everywhere else.

    :param polib.POFile file: of a language
    :param str lang: its code
    :return: the terms, each with the word that its translation lacks
    """
    return [
        (term, word)
        for name, word in ONE_WORD.get(lang, {}).items()
        for term in file
        if name in term.msgid.lower() and term.msgstr and word not in term.msgstr
    ]


def placeholders(text):
    """:return: what has to stand in a translation as it stands in the term, sorted"""
    return sorted(PLACEHOLDER.findall(text))


def _changes(path, file):
    """Name the terms by which a file on disk differs."""
    here = {term.msgid for term in file}
    there = set()
    if path.is_file():
        there = {term.msgid for term in polib.pofile(str(path))}
    lacking = [f"{path.name} lacks the term {term!r}" for term in sorted(here - there)]
    gone = [f"{path.name} still has the term {term!r}" for term in sorted(there - here)]
    return lacking + gone


def main(arguments=None):
    """Write the files, or check them.

    :return: the exit status: 1 when the check has found something
    """
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    env = Environment()
    with (
        running(env) as server,
        scratch(env, server, addon_template(env, server)) as database,
    ):
        files = current_files(OdooSession(env, server, database))
    if options.check:
        told = faults(files)
        print(*told, sep="\n", end="\n" if told else "")
        return 1 if told else 0
    for path, file in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(str(file))
        name = path.relative_to(CHECKOUT)
        if path.suffix == ".po":
            say(f"{name}: {len(unsettled(file))} of them to translate")
        else:
            say(f"{name}: {len(file)} terms")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ToolError as error:
        sys.exit(f"{COMMAND}: {error}")
