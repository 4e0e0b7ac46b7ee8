"""What may be wrong with a screen in no language, on a laptop and on a phone.

:class:`Looker` looks at the add-ons' own parts of a screen: is everything on it, is
nothing cut off, can everybody use it (axe-core), is every word in the reader's
language. With a folder in :data:`PICTURES_VARIABLE` it leaves a picture of each screen
there, for those who look themselves.
"""

import contextlib
import functools
import os
import re
from pathlib import Path

import polib

from tools.environment import CHECKOUT
from tools.environment.browser import accessibility_faults
from tools.environment.databases import PRODUCT
from tools.packaging.translations import SAME

LAPTOP = {"width": 1366, "height": 860}
PHONE = {"width": 390, "height": 844}
BROWSER_LIMIT = 15_000  # milliseconds; the first page of a fresh server takes its time
PICTURES_VARIABLE = "CASPIT_WALK_PICTURES"
DRAWN_AGAIN = 150  # milliseconds after a change of the window's size

# === WHAT IS CUT OFF === #

#: What must not have to be pushed sideways: tables alone may.
FRAMES = ".o_content, .o_form_view, .o_form_sheet_bg, .modal-body"
#: Says what lies beside the screen, or behind the edge of something that does not
#: scroll. What only a screen reader is to read has no size.
CUT_OFF = """({parts, frames}) => {
    const found = [];
    for (const frame of document.querySelectorAll(frames)) {
        const over = frame.scrollWidth - frame.clientWidth;
        if (over > 1 && frame.clientWidth) {
            const edge = frame.getBoundingClientRect();
            const wide = [...frame.querySelectorAll("*")].filter((each) => {
                const {left, right, width} = each.getBoundingClientRect();
                return width && (left < edge.left - 1 || right > edge.right + 1);
            });
            const last = wide.at(-1)?.outerHTML.slice(0, 120);
            found.push(`${frame.className} is ${over} px too wide: ${last}`);
        }
    }
    const edgeOf = (text, rect) => {
        for (let box = text.parentElement; box; box = box.parentElement) {
            const {overflowX, overflowY, position} = getComputedStyle(box);
            const edge = box.getBoundingClientRect();
            if (edge.width < 3 || edge.height < 3) return;
            const hides = (how) => how === "hidden" || how === "clip";
            const beside = rect.right > edge.right + 1.5 || rect.left < edge.left - 1.5;
            const below = rect.bottom - edge.bottom > rect.height / 3;
            if (hides(overflowX) && beside) return "cut off at its side";
            if (hides(overflowY) && below) return "cut off below";
            if (overflowX === "auto" || overflowX === "scroll") return;
            if (position === "fixed") break;
        }
        if (rect.right > innerWidth + 1.5 || rect.left < -1.5) return "off the screen";
    };
    for (const part of document.querySelectorAll(parts)) {
        const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const text = texts.currentNode;
            if (!text.nodeValue.trim()) continue;
            if (!text.parentElement.checkVisibility()) continue;
            // Odoo gives a link to a record one line; the whole is behind it.
            if (text.parentElement.closest(".o_field_many2one")) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            for (const rect of range.getClientRects()) {
                const how = rect.width > 1 && edgeOf(text, rect);
                if (how) {
                    found.push(`${how}: ${text.nodeValue.trim().slice(0, 60)}`);
                    break;
                }
            }
        }
    }
    return found;
}"""

# === WHAT IS IN ANOTHER LANGUAGE === #

#: What a buyer, PayPal or the merchant wrote stands as it was written.
AS_WRITTEN = ".o_paypal_ipn_content, [name=raw_text], [data-as-written]"
#: Everything that is read on parts of a screen, also by those who hear it.
SAID = """({parts, aside}) => {
    const said = new Set();
    const add = (text) => text && text.trim() && said.add(text);
    const attributes = ["title", "placeholder", "aria-label", "alt", "data-tooltip"];
    for (const part of document.querySelectorAll(parts)) {
        for (const each of [part, ...part.querySelectorAll("*")]) {
            if (!each.checkVisibility() || each.closest(aside)) continue;
            for (const name of attributes) add(each.getAttribute(name));
            if (each.matches(".o_select_menu_input, select.o_input")) add(each.value);
            for (const node of each.childNodes) {
                if (node.nodeType === Node.TEXT_NODE) add(node.nodeValue);
            }
        }
    }
    return [...said];
}"""
#: Names, and what is called so in Hebrew as well.
NAMES = {
    *("PayPal", "IPN", "Caspit", "Odoo", "PDF", "URL", "TEST", "ILS", "EUR", "USD"),
    # PayPal's words for the state of a payment, and what Odoo calls a language.
    *("Completed", "Reversed", "chargeback", "Hebrew"),
}
#: Addresses, numbers of documents and transactions, PayPal's words with a line in them.
NO_WORDS = re.compile(r"\S*[@/\d_]\S*|\S+\.\w{2,}\b")
LATIN = re.compile(r"[A-Za-z]{2,}")
LETTERS = re.compile(r"[^\W\d_]{2,}")
TAG = re.compile(r"<[^>]*>")
BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\{.*?\}\}|\{\w*\}")
SENTENCE = re.compile(r"(?<=[.:?!]) ")
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))


def in_english(said, lang, names=()):
    """Find what is English among the texts of a screen.

    A text of the add-ons that reads otherwise in that language; and in Hebrew whatever
    has a word of Latin letters that is no name, unless our translators wrote it so, as
    they do where PayPal has its screens in English.

    :param said: the texts
    :param str lang: what the reader has chosen
    :param names: people and things that this screen is about
    :return: what is English, sorted
    """
    if lang == "en_US":
        return []
    english, translated = _terms(lang[:2])
    known = NAMES | {word for name in names for word in LATIN.findall(name)}
    found = set()
    for text in said:
        plain = " ".join(text.translate(ISOLATES).split())
        if plain in names or not LATIN.search(NO_WORDS.sub(" ", plain)):
            continue
        sentences = SENTENCE.split(plain)
        foreign = lang == "he_IL" and any(
            set(LATIN.findall(NO_WORDS.sub(" ", each))) - known
            and not translated.fullmatch(each)
            for each in sentences
        )
        if any(map(english.fullmatch, [plain, *sentences])) or (
            foreign and not translated.fullmatch(plain)
        ):
            found.add(plain)
    return sorted(found)


@functools.cache
def _terms(language):
    """Read the add-ons' texts.

    :return: a pattern that fits the English ones that are translated, and one that
        fits the translations
    """
    english, translated = set(), set()
    for addon in PRODUCT:
        path = CHECKOUT / addon / "i18n" / f"{language}.po"
        for term in polib.pofile(str(path)):
            english |= set(_pieces(term.msgid))
            same = term.msgid if term.tcomment == SAME else ""
            translated |= set(_pieces(term.msgstr or same))
    return tuple(
        re.compile("|".join(map(_with_blanks, sorted(terms))))
        for terms in (english - translated, translated)
    )


def _pieces(term):
    """:return: the texts that a term becomes on the screen, between its tags"""
    for piece in TAG.split(term):
        whole = " ".join(piece.split())
        for text in {whole, *SENTENCE.split(whole)}:
            words = LETTERS.findall(BLANK.sub(" ", text))
            # "%s of %s" would fit whatever has an "of" in it.
            if len(words) > (2 if BLANK.search(text) else 0):
                yield text.translate(ISOLATES)


def _with_blanks(text):
    return ".+".join(re.escape(part) for part in BLANK.split(text))


# === LOOKING === #


@contextlib.contextmanager
def watched_page(browser, **options):
    """An empty browser tab; whatever it complains of fails the test.

    :param browser: Playwright's ``Browser``
    :param options: of the tab
    :return: in ``with … as page``: Playwright's ``Page``
    """
    page = browser.new_page(**options)
    page.set_default_timeout(BROWSER_LIMIT)
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def hear(said):
        url = said.location["url"]
        # Chromium asks for it by itself, and Odoo has none in a language of the portal.
        if said.type in ("error", "warning") and not url.endswith("/favicon.ico"):
            complaints.append(f"{said.text} {url}")

    page.on("console", hear)
    try:
        yield page
    finally:
        page.close()
    assert complaints == [], complaints


class Looker:
    """Looks at the screens of one walk.

    :param page: Playwright's ``Page``
    :param str lang: what they are in
    :param names: people and things that the walk is about
    :param list faults: takes what is wrong, as a sentence each
    """

    def __init__(self, page, lang, names=(), faults=None):
        self.page, self.lang, self.names = page, lang, names
        self.faults = [] if faults is None else faults

    def look(self, name, parts, axe=None, widths=(LAPTOP, PHONE)):
        """Look at the screen that is open, on a laptop and on a phone.

        :param str name: what to call it
        :param parts: CSS selectors of the add-ons' own parts
        :param axe: those among them that are held to WCAG; by default all
        :param widths: sizes of the window
        """
        for size in widths:
            self.page.set_viewport_size(size)
            self.page.wait_for_timeout(DRAWN_AGAIN)
            self._look(
                f"{name}, {size['width']} px",
                ", ".join(parts),
                parts if axe is None else axe,
            )
        self.page.set_viewport_size(LAPTOP)

    def _look(self, name, parts, axe):
        assert self.page.locator(parts).count(), f"{name} has none of {parts}"
        axe = [part for part in axe if self.page.locator(part).count()]
        cut = self.page.evaluate(CUT_OFF, {"parts": parts, "frames": FRAMES})
        said = self.page.evaluate(SAID, {"parts": parts, "aside": AS_WRITTEN})
        english = in_english(said, self.lang, self.names)
        found = [
            *cut,
            *(f"in English: {text}" for text in english),
            *(accessibility_faults(self.page, axe) if axe else ()),
        ]
        self.faults += [f"{name}: {fault}" for fault in dict.fromkeys(found)]
        if folder := os.environ.get(PICTURES_VARIABLE):
            file = re.sub(r"\W+", "-", f"{name} {self.lang}")
            self.page.screenshot(
                path=Path(folder, f"{file}.png"), animations="disabled"
            )
