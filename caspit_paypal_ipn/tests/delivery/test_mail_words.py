# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import email.policy
import re
from email.header import decode_header, make_header
from email.message import EmailMessage

from odoo.tests import BaseCase

from ...models.delivery.plain_text import plain_text
from ...models.delivery.subject import subject

SUBJECTS = (
    # Of the first Python alone makes "HemdenMüller", of the second "קבלהציפור".
    "Rechnung / Quittung INV/2026/00001 – Blaue Hemden Müller & Söhne GmbH, München",
    "Tax (TEST): a an the receipt – x קבלה ציפור ציפור מס מס the GmbH, Söhne x",
    "חשבונית מס/קבלה INV/2026/00001 – חולצות כחולות בע״מ, סחר בינלאומי ושיווק",
    "הזמנה חדשה: 118.00 ₪ מאת דנה לוי",
    "فاتورة ضريبية / إيصال INV/2026/00001 – متجر القمصان الزرقاء للتجارة الدولية",
)


def arrived(text):
    """
    :return: the lines of a subject on the wire, and what RFC 2047 reads in them
    """
    message = EmailMessage(policy=email.policy.SMTP)
    message["Subject"] = text
    message.set_content("")
    wire = message.as_bytes().decode("ascii")
    [lines] = re.findall(r"^Subject: ([^\r]*(?:\r\n[ \t][^\r]*)*)", wire, re.MULTILINE)
    read = make_header(decode_header(re.sub(r"\r\n(?=[ \t])", "", lines.rstrip())))
    return lines.splitlines(), str(read)


class TestMailWords(BaseCase):
    """What the other side reads: the subject, and the text of who reads no HTML."""

    def test_a_subject_keeps_its_blanks(self):
        for text in SUBJECTS:
            with self.subTest(text):
                lines, read = arrived(subject(text))
                self.assertEqual(read, text)
                self.assertLessEqual(max(map(len, lines)), 78)

    def test_without_our_way_of_writing_it_a_blank_is_lost(self):
        """If this fails, Python does it right and our way may go."""
        self.assertNotEqual(arrived(SUBJECTS[0])[1], SUBJECTS[0])

    def test_no_subject_ends_the_header(self):
        lines, read = arrived(subject("Dana\r\nBcc: other@example.com ש"))
        self.assertEqual(read, "Dana Bcc: other@example.com ש")
        self.assertFalse([line for line in lines if line.startswith("Bcc")])

    def test_a_plain_subject_is_written_as_it_is(self):
        self.assertEqual(arrived(subject("Receipt 7"))[0], ["Receipt 7"])
        self.assertEqual(subject(None), "")

    def test_a_row_of_a_table_is_a_line(self):
        text = plain_text(
            "<table><tr><td>Paid:</td><td>5</td></tr><tr><td>Fee</td><td>1</td></tr>"
            "<tr><th>Item</th><th>Quantity</th><th>Amount</th></tr>"
            "<tr><td><bdi>Shirt</bdi><br/>blue</td><td>2</td><td></td></tr></table>"
        )
        self.assertEqual(
            text.splitlines(),
            ["Paid: 5", "Fee: 1", "Item – Quantity – Amount", "Shirt: 2", "blue"],
        )

    def test_a_link_is_its_words_and_its_address(self):
        for html, text in {
            '<a href="https://x.example/"><bdi>INV/1</bdi></a>': (
                "INV/1 <https://x.example/>"
            ),
            '<a href="https://x.example/">https://x.example/</a>': (
                "https://x.example/"
            ),
            '<a href="mailto:a@example.com">a@example.com</a>': "a@example.com",
            "<a>nowhere</a>": "nowhere",
        }.items():
            with self.subTest(html):
                self.assertEqual(plain_text(html), text)

    def test_paragraphs_stand_apart_and_words_stay_together(self):
        text = plain_text(
            "<style>p {}</style><p>Hello <bdi>Dana</bdi>,</p>\n  <p>one<br/>two\n"
            "<b>three</b></p><!-- no --><ul><li>a</li><li><i>b</i></li></ul>7&nbsp;₪"
        )
        self.assertEqual(text, "Hello Dana,\n\none\ntwo three\n\n- a\n- b\n\n7\u00a0₪")

    def test_nothing_is_nothing(self):
        for html in ("", None, "  ", "<!-- -->"):
            self.assertEqual(plain_text(html), "")
