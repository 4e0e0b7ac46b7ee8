"""What a buyer writes is text wherever it is read: never markup, never a program."""

import subprocess

from lxml import html
from messages import sale

#: 7 × 191: what a template would make of the payloads below.
RESULT = "1337"
PAYLOADS = {
    "first_name": "<script>alert(7*191)</script>",
    "last_name": "{{ 7*191 }}",
    "address_street": "<img src=x onerror=alert(1)>",
    "address_city": "${7*191}",
    "item_name": '<t t-out="7*191"/> %(company)s %s {0} &lt;b&gt;',
    "memo": "<iframe src='javascript:alert(7*191)'></iframe>",
    "custom": "{{ object.env.user.login }}",
    "payer_business_name": "<b>Bold</b> {{7*191}}",
}
DANGEROUS = "//script|//iframe|//img[@src='x']|//*[@onerror]|//b[text()='Bold']"


def test_what_a_buyer_writes_is_never_markup_nor_a_program(bench, inbox, tmp_path):
    body = sale("UTF-8", **PAYLOADS, payer_id="MARKUPBUYER01")

    bench.send([body])

    outcome = inbox.outcome(body)
    assert outcome["state"] == "done"
    assert outcome["documents"][0]["lines"][0]["name"].startswith("<t t-out=")
    with bench.session.environment() as env:
        ipn = env["paypal.ipn"].browse(inbox.row(body).id)
        screens = [ipn.content_html]
        pdf = ipn.document_id.invoice_pdf_report_id.raw
        ids = {ipn.receipt_mail_id.message_id, ipn.notice_mail_id.message_id}
        screens += ipn.document_id.message_ids.mapped("body")
    mails = [mail for mail in bench.sink.mails if mail.message_id in ids]
    assert len(mails) == 2
    screens += [mail.message.get_body(("html",)).get_content() for mail in mails]
    for screen in filter(None, screens):
        tree = html.fromstring(f"<div>{screen}</div>")
        assert tree.xpath(DANGEROUS) == []
        assert RESULT not in screen
    for mail in mails:
        assert RESULT not in mail.subject
    assert PAYLOADS["last_name"] in mails[0].subject + mails[1].subject

    text = _text_of(pdf, tmp_path)
    assert RESULT not in text
    # pdftotext reads a page that is mostly Hebrew from the right: signs at the end
    # of a line, as the closing braces, come first.
    assert "{{ 7*191" in text
    assert "t-out" in text and "company" in text


def _text_of(pdf, folder):
    """What the PDF says, without its line breaks."""
    path = folder / "receipt.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-layout", path, "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())
