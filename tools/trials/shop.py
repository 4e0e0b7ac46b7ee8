"""The company that the demonstration and the replay work for."""

from dataclasses import dataclass, field
from datetime import date, timedelta

#: The company enters its rates each week from here on, so that a payment of any day
#: finds one that is no older than the add-on takes.
RATES_SINCE = date(2000, 1, 1)
RATES_EVERY = timedelta(days=7)


@dataclass(frozen=True)
class Shop:
    """How the company is set up before the first message.

    :ivar merchant_id: its PayPal Merchant Account ID, or ''
    :ivar merchant_email: the address of its PayPal account, or ''
    :ivar sandbox: whether it takes messages of PayPal's sandbox, or live ones
    :ivar lang: the language for customers whose country does not tell
    :ivar currencies: units of the company's currency for one unit of each foreign one,
        whenever
    :ivar languages: codes of more languages that are active
    :ivar licensed: whether it has the licence
    :ivar name: the company's
    """

    merchant_id: str
    merchant_email: str
    sandbox: bool = True
    lang: str = "he_IL"
    currencies: dict[str, str] = field(default_factory=dict)
    licensed: bool = True
    languages: tuple[str, ...] = ()
    name: str = "Caspit Demo Shop"

    def set_up(self, env):
        """Write the set-up into a database.

        :param odoo.api.Environment env: of that database
        :raise odoo.exceptions.ValidationError: Odoo refuses it
        """
        company = env.company
        for code in (self.lang, *self.languages):
            self._install_lang(env, code)
        company.partner_id.lang = self.lang
        is_israeli = company.country_id.code == "IL"
        company.vat = "514444447" if is_israeli else False
        # Elsewhere any number will do; Odoo knows how each country's VAT numbers look.
        company.company_registry = False if is_israeli else "123456789"
        company.write(
            {
                "name": self.name,
                "email": "shop@example.com",
                "street": "1 Market St",
                "city": "Market Town",
                "paypal_merchant_id": self.merchant_id or False,
                "paypal_email": self.merchant_email or False,
                "paypal_environment": "sandbox" if self.sandbox else "live",
                "paypal_notify_email": "orders@example.com",
                "paypal_customer_lang": self.lang,
                "paypal_sandbox_to_buyer": True,
            }
        )
        company.caspit_licence_ids.licensed = self.licensed
        for code, units in self.currencies.items():
            self._set_rate(env, code, units)
        if "il_certificate_id" in company and company.country_id.code == "IL":
            company.action_il_make_certificate()

    @staticmethod
    def _install_lang(env, code):
        lang = env["res.lang"].with_context(active_test=False)
        found = lang.search([("code", "=", code)])
        if not found:
            raise ValueError(f"Odoo has no language {code}")
        if not found.active:
            wizard = env["base.language.install"].create({"lang_ids": found.ids})
            wizard.lang_install()

    @staticmethod
    def _set_rate(env, code, units):
        currencies = env["res.currency"].with_context(active_test=False)
        currency = currencies.search([("name", "=", code)])
        if not currency:
            raise ValueError(f"Odoo has no currency {code}")
        currency.active = True
        if currency != env.company.currency_id:
            currency.rate_ids.unlink()
            weeks = (date.today() - RATES_SINCE) // RATES_EVERY
            env["res.currency.rate"].create(
                [
                    {
                        "currency_id": currency.id,
                        "company_id": env.company.id,
                        "name": RATES_SINCE + week * RATES_EVERY,
                        "rate": 1 / float(units),
                    }
                    for week in range(weeks + 1)
                ]
            )
