"""Who paid, and whose account was paid."""

import pytest
from paypal import const


def test_the_name_is_collapsed_and_may_be_missing(sale):
    assert (
        sale(first_name=" Test  B. ", last_name="Buyer").buyer.name == "Test B. Buyer"
    )
    assert sale().buyer.name == ""
    assert sale().buyer.email == ""


@pytest.mark.parametrize(
    ("first", "last", "country", "name"),
    [
        ("喆", "陶", "C2", "陶喆"),
        ("民秀", "金", "KR", "金民秀"),
        ("민수", "김", "KR", "김민수"),
        ("太郎", "山田", "JP", "山田 太郎"),
        ("はなこ", "やまだ", "US", "やまだ はなこ"),
        ("\U00020089", "陶", "TW", "陶\U00020089"),
        ("Jay 喆", "陶", "TW", "Jay 喆 陶"),
        ("", "陶", "TW", "陶"),
        ("喆", "", "TW", "喆"),
        ("Zhe", "Tao", "C2", "Zhe Tao"),
        ("דנה", "לוי", "IL", "דנה לוי"),
    ],
)
def test_east_asian_names_begin_with_the_family_s(first, last, country, name, sale):
    message = sale(first_name=first, last_name=last, residence_country=country)
    assert message.buyer.name == name


@pytest.mark.parametrize(
    ("business", "is_company"),
    [
        ("", False),
        ("dana LEVI", False),
        ("Dana  Levi", False),
        ("Levi Ltd", True),
        ("Levi", True),
    ],
)
def test_a_business_name_that_repeats_the_person_is_no_company(
    sale, business, is_company
):
    message = sale(first_name="Dana", last_name="Levi", payer_business_name=business)
    assert message.buyer.is_company is is_company


@pytest.mark.parametrize(
    ("address", "residence", "code"),
    [
        ("il", "US", "IL"),
        ("", "us", "US"),
        ("Israel", "US", "US"),
        ("", "", ""),
        ("I1", "", ""),
        ("\u05d0\u05d1", "", ""),
    ],
)
def test_the_country_is_the_address_or_else_the_residence(
    sale, address, residence, code
):
    message = sale(address_country_code=address, residence_country=residence)
    assert message.buyer.country_code == code


@pytest.mark.parametrize(
    ("street", "lines"),
    [
        ("1 Main St", ("1 Main St", "")),
        ("1 Main St\r\nFloor 2\r\n\r\n Door 3 ", ("1 Main St", "Floor 2, Door 3")),
        ("\r\n1 Main St\nFloor 2", ("1 Main St", "Floor 2")),
        ("", ("", "")),
    ],
)
def test_the_street_is_split_at_its_line_ends(sale, street, lines):
    address = sale(address_street=street).buyer.address
    assert (address.street, address.street2) == lines


def test_who_paid_is_read_from_the_fields_of_the_buyer(sale):
    buyer = sale(
        payer_id="abc1",
        payer_email="dana@example.com",
        sender_email="other@example.com",
        first_name="Dana",
        last_name="Levi",
        payer_business_name=" Levi  Ltd ",
    ).buyer
    assert (buyer.payer_id, buyer.email) == ("ABC1", "dana@example.com")
    assert (buyer.first_name, buyer.last_name) == ("Dana", "Levi")
    assert buyer.business_name == "Levi Ltd"
    assert sale(sender_email="other@example.com").buyer.email == "other@example.com"


def test_an_address_is_read_from_its_fields(sale):
    buyer = sale(
        address_name=" Dana  Levi ",
        address_street=" 5  Herzl ",
        address_city=" Tel  Aviv ",
        address_state=" N  Y ",
        address_zip=" 61 000 ",
        address_country_code="il",
    ).buyer
    address = buyer.address
    assert (address.name, address.street) == ("Dana Levi", "5 Herzl")
    assert (address.city, address.state, address.zip) == ("Tel Aviv", "N Y", "61 000")
    assert (address.country_code, buyer.country_code) == ("IL", "IL")
    nowhere = sale().buyer.address
    assert set(vars(nowhere).values()) == {""}


def test_an_address_of_254_letters_is_one_and_a_longer_one_is_none(sale):
    longest = f"{'a' * 242}@example.com"
    assert len(longest) == const.MAX_EMAIL_LENGTH == 254
    assert sale(payer_email=longest).buyer.email == longest
    assert sale(payer_email=f"a{longest}").buyer.email == ""


def test_the_payer_is_an_account_by_id_and_address(sale):
    payer = sale(payer_id="abc1", payer_email=" Dana@Example.com").payer_account
    assert (payer.merchant_id, payer.emails) == ("ABC1", ("dana@example.com",))
    assert not payer.is_empty
    assert sale(payer_email="nobody").payer_account.is_empty


def test_the_ship_to_is_not_the_buyer(sale):
    buyer = sale(first_name="Dana", last_name="Levi", address_name="Noa Cohen").buyer
    assert (buyer.name, buyer.address.name) == ("Dana Levi", "Noa Cohen")


def test_the_phone_is_read(sale):
    assert sale(contact_phone="03-555 0100").buyer.phone == "03-555 0100"
    assert sale(payer_phone="03-555 0101").buyer.phone == "03-555 0101"
    both = sale(contact_phone="03-555 0100", payer_phone="03-555 0101")
    assert both.buyer.phone == "03-555 0100"


@pytest.mark.parametrize(
    ("fields", "merchant_id", "emails"),
    [
        ({}, "", ()),
        ({"receiver_id": " abc123 "}, "ABC123", ()),
        (
            {"receiver_id": "ABC", "receiver_email": "A@x.com ", "business": "b@x.com"},
            "ABC",
            ("a@x.com", "b@x.com"),
        ),
        ({"receiver_email": "a@x.com", "business": "A@X.com"}, "", ("a@x.com",)),
        ({"receiver_id": "s@x.com", "business": "b@x.com"}, "", ("s@x.com", "b@x.com")),
        ({"business": "abc123"}, "ABC123", ()),
        ({"receiver_id": "ABC", "business": "OTHER"}, "ABC", ()),
        ({"receiver_id": "s@x.com", "business": "OTHER"}, "", ("s@x.com",)),
        ({"transaction[1].receiver": " C@x.com "}, "", ("c@x.com",)),
        ({"transaction[0].receiver": "c@x.com"}, "", ("c@x.com",)),
        ({"transaction[9].receiver": "c@x.com"}, "", ("c@x.com",)),
        ({"transaction[1].receiver_id": "c@x.com"}, "", ()),
        (
            {
                "business": "b@x.com",
                "receiver_id": "s@x.com",
                "receiver_email": "a@x.com",
                "transaction[0].receiver": "c@x.com",
            },
            "",
            ("a@x.com", "s@x.com", "b@x.com", "c@x.com"),
        ),
    ],
    ids=str,
)
def test_the_receiver_is_known_by_id_and_addresses(sale, fields, merchant_id, emails):
    receiver = sale(**fields).receiver
    assert (receiver.merchant_id, receiver.emails) == (merchant_id, emails)
    assert receiver.is_empty is (not merchant_id and not emails)


def test_nothing_personal_shows_in_a_repr(sale):
    message = sale(
        first_name="Dana",
        payer_email="dana@example.com",
        payer_id="SECRETID",
        address_city="Haifa",
        receiver_email="seller@example.com",
        item_name="For Dana",
    )
    people = (message.buyer, message.buyer.address, message.receiver)
    shown = repr((message, people, message.payer_account, message.lines))
    for secret in ("Dana", "example.com", "SECRETID", "Haifa"):
        assert secret not in shown
    assert "1AB23456CD789012E" in shown


def test_paypals_own_code_for_china_is_read_as_china(sale):
    buyer = sale(address_country_code="C2", residence_country="c2").buyer
    assert (buyer.address.country_code, buyer.residence_code) == ("CN", "CN")


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("noa@example.com", "noa@example.com"),
        ("Noa.P+shop@example.co.il", "Noa.P+shop@example.co.il"),
        ("noa@example.com, other@example.com", ""),
        ("noa@example.com other@example.com", ""),
        ("noa@example.com;other@example.com", ""),
        ("Noa <noa@example.com>", ""),
        ('"noa"@example.com', ""),
        ("noa", ""),
        ("a@b@example.com", ""),
        ("n" * 255 + "@example.com", ""),
    ],
)
def test_the_payers_address_is_one_or_none(sale, text, email):
    assert sale(payer_email=text).buyer.email == email


@pytest.mark.parametrize(
    ("status", "is_verified"),
    [("verified", True), ("Verified", True), ("unverified", False), ("", False)],
)
def test_paypal_says_whether_it_verified_the_payer(sale, status, is_verified):
    assert sale(payer_status=status).buyer.is_verified is is_verified


def test_another_alphabets_letter_becomes_none_of_ours(sale):
    message = sale(receiver_id="k\u0131", payer_id="\u212a1", business="\u212a@x.com")
    assert message.receiver.merchant_id == "k\u0131"
    assert message.receiver.emails == ("\u212a@x.com",)
    assert message.buyer.payer_id == "\u212a1"
