# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ..common import PaypalIpnCase, message


class TestPartner(PaypalIpnCase):
    def buyer(self, **changes):
        """The customer that a message's buyer becomes."""
        buyer = self.receive(message(**changes))._message().buyer
        partners = self.env["res.partner"].sudo()
        return partners._paypal_find_or_create(buyer, self.company)

    def customer(self, **values):
        """A customer who was there before."""
        return self.env["res.partner"].create(
            {"name": "Dana Levi", "email": "dana@example.com", **values}
        )

    # === WHO IT IS === #

    def test_a_new_buyer_becomes_a_customer_with_all_that_paypal_tells(self):
        partner = self.buyer(
            contact_phone="+972 50 000 0000",
            address_street="5 Herzl St\r\nFlat 4",
            payer_business_name="Levi Designs",
        )
        self.assertRecordValues(
            partner,
            [
                {
                    "name": "Dana Levi",
                    "company_name": "Levi Designs",
                    "email": "dana@example.com",
                    "phone": "+972 50 000 0000",
                    "street": "5 Herzl St",
                    "street2": "Flat 4",
                    "city": "Haifa",
                    "zip": "3100000",
                    "country_id": self.env.ref("base.il").id,
                    "paypal_payer_id": "BUYER00000001",
                }
            ],
        )

    def test_the_payer_id_finds_the_customer_whatever_else_changed(self):
        known = self.customer(paypal_payer_id="BUYER00000001")
        self.customer(name="Dana Cohen", email="cohen@example.com")
        found = self.buyer(last_name="Cohen", payer_email="cohen@example.com")
        self.assertEqual(found, known)
        self.assertEqual(known.email, "dana@example.com")

    def test_address_and_name_together_find_a_customer_without_a_payer_id(self):
        known = self.customer(name="DANA LEVI", email="Dana@Example.com")
        self.assertEqual(self.buyer(), known)
        self.assertEqual(known.paypal_payer_id, "BUYER00000001")

    def test_a_shared_address_with_another_name_is_another_customer(self):
        known = self.customer(name="Avi Levi")
        found = self.buyer()
        self.assertNotEqual(found, known)
        self.assertEqual(found.name, "Dana Levi")

    def test_a_namesake_with_another_payer_id_is_another_customer(self):
        known = self.customer(paypal_payer_id="BUYER00000099")
        self.assertNotEqual(self.buyer(), known)

    def test_the_name_alone_finds_nobody(self):
        known = self.customer(email="other@example.com")
        self.assertNotEqual(self.buyer(), known)

    def test_the_same_buyer_twice_is_one_customer(self):
        bodies = [message(txn_id=f"1AB23456CD789000{n}") for n in range(3)]
        ipns = self.take(*bodies)
        self.assertEqual(len(ipns.partner_id), 1)
        self.assertEqual(ipns.document_id.partner_id, ipns.partner_id)

    def test_a_customer_of_another_company_is_not_used(self):
        other = self.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        theirs = self.env["res.partner"].sudo()
        theirs = theirs.create(
            {
                "name": "Dana Levi",
                "email": "dana@example.com",
                "paypal_payer_id": "BUYER00000001",
                "company_id": other.id,
            }
        )
        self.assertNotEqual(self.buyer(), theirs)
        self.assertFalse(theirs.city)

    # === WHAT IS KEPT, WHAT IS FILLED IN === #

    def test_what_is_missing_is_filled_in(self):
        known = self.customer()
        self.buyer(contact_phone="+972 50 000 0000")
        self.assertRecordValues(
            known,
            [{"phone": "+972 50 000 0000", "city": "Haifa", "street": "5 Herzl St"}],
        )

    def test_what_is_there_is_left_alone(self):
        known = self.customer(phone="03-0000000", city="Eilat", lang="en_US")
        self.buyer(contact_phone="+972 50 000 0000")
        self.assertRecordValues(
            known,
            [
                {
                    "phone": "03-0000000",
                    "city": "Eilat",
                    "street": False,
                    "zip": False,
                    "lang": "en_US",
                }
            ],
        )

    def test_a_business_name_that_repeats_the_person_is_no_company(self):
        self.assertFalse(self.buyer(payer_business_name="dana levi").company_name)

    def test_a_state_is_found_by_code_and_by_name(self):
        california = self.env.ref("base.state_us_5")
        for number, state in enumerate(("CA", "ca", "California")):
            with self.subTest(state):
                partner = self.buyer(
                    payer_id=f"BUYER0000001{number}",
                    address_country_code="US",
                    address_state=state,
                )
                self.assertEqual(partner.state_id, california)

    def test_a_state_of_another_country_is_not_taken(self):
        self.assertFalse(self.buyer(address_state="CA").state_id)

    def test_the_accounts_country_serves_where_there_is_no_address(self):
        blank = dict.fromkeys(
            [f"address_{n}" for n in ("street", "city", "zip", "country_code", "name")]
        )
        partner = self.buyer(**blank, residence_country="FR")
        self.assertEqual(partner.country_id.code, "FR")
        self.assertFalse(partner.street)

    # === WITHOUT AN ADDRESS OR A NAME === #

    def test_a_buyer_without_an_address_is_booked_and_nobody_is_mailed(self):
        ipn = self.take(message(payer_email=None))
        document = self.assert_done(ipn)
        self.assertFalse(document.partner_id.email)
        self.assertFalse(ipn.receipt_mail_id)
        self.assertTrue(ipn.notice_mail_id)
        self.assertTrue(document.invoice_pdf_report_id)

    def test_a_card_reader_sale_without_names_is_booked(self):
        nameless = dict.fromkeys(
            ["first_name", "last_name", "address_name", "payer_email"], ""
        )
        ipn = self.take(message(**nameless, txn_type="paypal_here"))
        self.assertIn("BUYER00000001", self.assert_done(ipn).partner_id.name)

    # === LANGUAGE === #

    def test_the_country_tells_the_language(self):
        cases = {"IL": "he_IL", "US": "en_US", "FR": "en_US"}
        for number, (country, lang) in enumerate(cases.items()):
            with self.subTest(country):
                partner = self.buyer(
                    payer_id=f"BUYER0000001{number}", address_country_code=country
                )
                self.assertEqual(partner.lang, lang)

    def test_without_a_country_the_company_says_which_language(self):
        nowhere = {"address_country_code": None, "residence_country": None}
        self.company.paypal_customer_lang = "he_IL"
        first = self.buyer(payer_id="BUYER00000011", **nowhere)
        self.assertEqual(first.lang, "he_IL")
        self.company.paypal_customer_lang = "en_US"
        second = self.buyer(payer_id="BUYER00000012", **nowhere)
        self.assertEqual(second.lang, "en_US")

    def test_a_country_that_nobody_knows_is_none(self):
        partner = self.buyer(address_country_code="QQ", residence_country="QQ")
        self.assertFalse(partner.country_id)
        self.assertTrue(partner.lang)

    def test_a_subscription_is_logged_on_the_customers_record(self):
        life = {"subscr_id": "S-1", "payer_id": "SUBSCRIBER001"}
        no_money = {"payment_status": None, "mc_gross": None, "txn_id": None}
        sign_up = self.take(message(txn_type="subscr_signup", **life, **no_money))
        self.assert_side(sign_up, "ignored", "no_money")
        paid = self.take(message(txn_type="subscr_payment", **life))
        self.assertEqual(self.assert_done(paid).invoice_origin, "S-1")
        ended = self.take(message(txn_type="subscr_eot", **life, **no_money))
        log = paid.partner_id.paypal_ipn_ids
        self.assertEqual(log, sign_up | paid | ended)
