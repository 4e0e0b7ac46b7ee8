# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who paid, and who was paid. No ``repr`` here shows personal data."""

import re
from dataclasses import dataclass

from . import const
from .reader import FieldReader

_COUNTRY = re.compile(r"[A-Z]{2}")
#: What else stands in an address separates several, or is a name's.
_ONE_ADDRESS = re.compile(r"[^\s<>()\[\]{},;:\\\"@]+@[^\s<>()\[\]{},;:\\\"@]+")
_KANA = re.compile("[\u3040-\u30ff]")
#: Kana, Han (with its rarer letters) and Hangul.
_EAST_ASIAN = re.compile(
    "[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_ADAPTIVE_RECEIVER = re.compile(r"transaction\[[0-9]\]\.receiver")


@dataclass(frozen=True, repr=False)
class Address:
    """A postal address as the buyer gave it; '' for what is missing.

    :ivar name: whom to ship to, who may be another person than the buyer
    :ivar street: its first line
    :ivar street2: its other lines
    :ivar country_code: ISO 3166 alpha-2, in capitals
    """

    name: str
    street: str
    street2: str
    city: str
    state: str
    zip: str
    country_code: str


@dataclass(frozen=True, repr=False)
class Buyer:
    """Who paid; '' for what is missing.

    :ivar payer_id: PayPal's stable key of the account; e-mail addresses change
    :ivar is_verified: PayPal has verified the account (``payer_status``)
    :ivar country_code: of the address, else of the account; ISO 3166 alpha-2
    :ivar residence_code: the country of the account, which PayPal has looked into
    """

    payer_id: str
    email: str
    first_name: str
    last_name: str
    business_name: str
    phone: str
    country_code: str
    address: Address
    residence_code: str
    is_verified: bool

    @property
    def name(self) -> str:
        """The person's name; '' when there is none (card readers send none).

        Chinese, Japanese and Korean names in their own letters begin with the family's,
        and only Japanese ones have a blank in between.
        """
        first, last = self.first_name, self.last_name
        if _EAST_ASIAN.fullmatch(first) and _EAST_ASIAN.fullmatch(last):
            is_japanese = self.residence_code == "JP" or _KANA.search(first + last)
            return f"{last} {first}" if is_japanese else f"{last}{first}"
        return " ".join(f"{first} {last}".split())

    @property
    def is_company(self) -> bool:
        """Whether a business name says more than the person's name."""
        business = self.business_name.casefold()
        return bool(business) and business != self.name.casefold()


@dataclass(frozen=True, repr=False)
class Receiver:
    """A PayPal account that a message may be for.

    :ivar merchant_id: PayPal's stable key of the account, in capitals, or ''
    :ivar emails: addresses of the account, in lower case, the surest first
    """

    merchant_id: str
    emails: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.merchant_id and not self.emails


def read_buyer(reader: FieldReader) -> Buyer:
    """Read who paid."""
    address = _read_address(reader)
    residence = _country(reader, "residence_country")
    return Buyer(
        payer_id=_key(reader.text("payer_id")),
        email=_one_address(reader.text("payer_email", "sender_email")),
        first_name=reader.one_line("first_name"),
        last_name=reader.one_line("last_name"),
        business_name=reader.one_line("payer_business_name"),
        phone=reader.one_line("contact_phone", "payer_phone"),
        country_code=address.country_code or residence,
        address=address,
        residence_code=residence,
        is_verified=reader.text("payer_status").lower() == "verified",
    )


def read_receiver(reader: FieldReader) -> Receiver:
    """Read whose account was paid.

    ``business`` echoes what the button passed: an address, or the account's key. The
    simulator puts an address into ``receiver_id``.
    """
    business = reader.text("business")
    receiver_id = reader.text("receiver_id")
    named = [reader.text("receiver_email"), receiver_id, business]
    named += [v for n, v in reader.fields.items() if _ADAPTIVE_RECEIVER.fullmatch(n)]
    key = receiver_id or business
    return Receiver("" if "@" in key else _key(key), _emails(named))


def read_payer_account(reader: FieldReader) -> Receiver:
    """Read who paid, as an account.

    Of a message without a receiver (adjustment, mass pay) this is the merchant's.
    """
    buyer = read_buyer(reader)
    return Receiver(buyer.payer_id, _emails([buyer.email]))


def _key(text: str) -> str:
    """A key of PayPal's in capitals. Another alphabet's letter becomes none of ours.

    Python makes an I of the Turkish dotless one, and a K of the Kelvin sign.
    """
    return text.upper() if text.isascii() else text


def _lower(text: str) -> str:
    return text.lower() if text.isascii() else text


def _one_address(text: str) -> str:
    """:return: the text when it is one address and nothing else; else ''"""
    fits = len(text) <= const.MAX_EMAIL_LENGTH and _ONE_ADDRESS.fullmatch(text)
    return text if fits else ""


def _emails(texts: list[str]) -> tuple[str, ...]:
    addresses = [_lower(text.strip()) for text in texts if "@" in text]
    return tuple(dict.fromkeys(addresses))


def _country(reader: FieldReader, name: str) -> str:
    code = reader.text(name).upper()
    code = const.COUNTRIES.get(code, code)
    return code if _COUNTRY.fullmatch(code) else ""


def _read_address(reader: FieldReader) -> Address:
    street = [
        " ".join(line.split()) for line in reader.text("address_street").splitlines()
    ]
    first, *others = [line for line in street if line] or [""]
    return Address(
        name=reader.one_line("address_name"),
        street=first,
        street2=", ".join(others),
        city=reader.one_line("address_city"),
        state=reader.one_line("address_state"),
        zip=reader.one_line("address_zip"),
        country_code=_country(reader, "address_country_code"),
    )
