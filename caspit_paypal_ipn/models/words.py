# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the rows of a table say, in the reader's language."""


def in_words(env, text):
    """Say what stands in a table.

    Odoo's checks take a variable for a term that no translator gets to see. This one
    was found where the table is written.

    :param env: the reader's environment
    :param text: made by a ``LazyTranslate``
    :rtype: str
    """
    return env._(text)  # pylint: disable=gettext-variable
