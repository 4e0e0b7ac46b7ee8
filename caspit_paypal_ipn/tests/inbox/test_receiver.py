# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from ...models.company.receiver import STANDIN_VARIABLE
from ..common import MERCHANT_EMAIL, MERCHANT_ID, PaypalIpnCase, message

OTHER_ID = "ABCDEFGHJKLMN"


class TestReceiver(PaypalIpnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].sudo().create({"name": "Red Hats Ltd"})

    def found(self, **changes):
        """The company that a message is for, as the worker finds it."""
        ipn = self.receive(message(**changes))
        ipn._read()
        return ipn.company_id

    # === WHO A MESSAGE IS FOR === #

    def test_the_id_decides_before_the_addresses(self):
        self.other.paypal_email = "red@example.com"
        found = self.found(receiver_email="red@example.com", business="red@example.com")
        self.assertEqual(found, self.company)

    def test_an_address_serves_where_the_company_has_no_id(self):
        self.company.paypal_merchant_id = False
        self.assertEqual(self.found(receiver_id=OTHER_ID), self.company)

    def test_an_address_serves_where_the_message_has_no_id(self):
        self.assertEqual(self.found(receiver_id=None), self.company)

    def test_addresses_match_whatever_their_case_and_blanks(self):
        self.company.paypal_email = f"  first@example.com, {MERCHANT_EMAIL.upper()} "
        for address in (" Seller@Example.COM ", "first@example.com"):
            with self.subTest(address):
                found = self.found(
                    receiver_id=None, receiver_email=address, business=None
                )
                self.assertEqual(found, self.company)

    def test_a_letter_of_another_alphabet_is_none_of_ours(self):
        """Python's upper() makes an I of a dotless one, and a K of the Kelvin sign."""
        self.company.paypal_merchant_id = "KIKI1"
        for look_alike in ("K\u0131K\u01311", "\u212aIKI1"):
            with self.subTest(look_alike):
                self.assertFalse(self.found(receiver_id=look_alike))
        self.company.write(
            {"paypal_merchant_id": False, "paypal_email": "kiki@example.com"}
        )
        for look_alike in ("\u212aiki@example.com", "k\u0130ki@example.com"):
            with self.subTest(look_alike):
                found = self.found(
                    receiver_id=None, receiver_email=look_alike, business=None
                )
                self.assertFalse(found)

    # === AN ID THAT THE COMPANY HAS NOT ENTERED === #

    def test_paypals_id_is_learnt_from_the_first_message_it_confirms(self):
        self.company.paypal_merchant_id = False
        forged = self.receive(message(receiver_id=OTHER_ID), genuine=False)
        self.work()
        self.assert_side(forged, "refused", "invalid")
        self.assertFalse(self.company.paypal_merchant_id)
        self.assert_done(self.take(message(txn_id="FIRST1")))
        self.assertEqual(self.company.paypal_merchant_id, MERCHANT_ID)
        other = self.take(message(txn_id="SECOND1", receiver_id=OTHER_ID))
        self.assert_side(other, "refused", "unknown_receiver")

    def test_the_merchant_is_told_what_was_learnt(self):
        self.company.paypal_merchant_id = False
        self.take(message())
        mail = self.env["mail.mail"].sudo().search([("subject", "ilike", MERCHANT_ID)])
        self.assertEqual(mail.email_to, "shop@example.com")
        self.assertIn("was entered", mail.body_html)

    def test_of_two_that_come_together_the_second_account_is_refused(self):
        self.company.paypal_merchant_id = False
        ours, other = self.take(
            message(txn_id="FIRST1"), message(txn_id="SECOND1", receiver_id=OTHER_ID)
        )
        self.assert_done(ours)
        self.assert_side(other, "refused", "unknown_receiver")

    def test_what_a_button_passed_does_not_stand_against_paypals_address(self):
        self.company.paypal_merchant_id = False
        found = self.found(receiver_id=OTHER_ID, receiver_email="other@example.com")
        self.assertFalse(found)

    def test_a_part_of_an_address_does_not_match(self):
        found = self.found(
            receiver_id=None, receiver_email="ller@example.com", business=None
        )
        self.assertFalse(found)

    def test_the_id_alone_serves(self):
        self.company.paypal_email = False
        self.assertEqual(self.found(receiver_email=None, business=None), self.company)

    def test_the_id_is_matched_in_capitals(self):
        self.assertEqual(self.found(receiver_id=MERCHANT_ID.lower()), self.company)

    def test_business_serves_when_it_is_all_there_is(self):
        for business in (MERCHANT_EMAIL, MERCHANT_ID):
            with self.subTest(business):
                found = self.found(
                    receiver_id=None, receiver_email=None, business=business
                )
                self.assertEqual(found, self.company)

    def test_retry_takes_it_once_a_company_has_the_account(self):
        ipn = self.take(message(receiver_id=OTHER_ID))
        self.company.paypal_merchant_id = OTHER_ID
        ipn.action_retry()
        self.work()
        self.assert_done(ipn)

    # === LIVE AND SANDBOX === #

    def test_a_live_message_is_refused_by_a_sandbox_company_without_asking(self):
        self.company.paypal_environment = "sandbox"
        ipn = self.take(message())
        self.assert_side(ipn, "refused", "wrong_environment")
        self.assertFalse(self.paypal.asked)

    def test_the_environment_chooses_between_two_companies_of_one_account(self):
        self.other.write(
            {"paypal_merchant_id": MERCHANT_ID, "paypal_environment": "sandbox"}
        )
        self.assertEqual(self.found(), self.company)
        self.assertEqual(self.found(test_ipn="1"), self.other)

    def test_paypal_is_asked_where_the_companys_setting_says(self):
        with patch.dict(os.environ):
            del os.environ[STANDIN_VARIABLE]
            live = "https://ipnpb.paypal.com/cgi-bin/webscr"
            self.assertEqual(self.company._paypal_postback_url(), live)
            self.company.paypal_environment = "sandbox"
            sandbox = "https://ipnpb.sandbox.paypal.com/cgi-bin/webscr"
            self.assertEqual(self.company._paypal_postback_url(), sandbox)

    def test_a_standin_elsewhere_is_not_believed(self):
        for url in (
            "http://203.0.113.5/cgi-bin/webscr",
            "http://127.0.0.1.example.com/",
            "http://127.0.0.1@203.0.113.5/",
            "paypal.example.com",
        ):
            with (
                self.subTest(url),
                patch.dict(os.environ, {STANDIN_VARIABLE: url}),
                self.assertRaises(ValueError),
            ):
                self.company._paypal_postback_url()

    # === LICENCE === #

    def test_without_a_licence_a_genuine_message_is_kept_and_booked_later(self):
        self.licence.licensed = False
        ipn = self.take(message())
        self.assert_side(ipn, "blocked", "no_licence")
        self.assertIn(self.company.name, ipn.explanation)
        self.licence.licensed = True
        self.work()
        self.assert_done(ipn)

    def test_a_forged_message_is_refused_also_without_a_licence(self):
        self.licence.licensed = False
        ipn = self.receive(message(), genuine=False)
        self.work()
        self.assert_side(ipn, "refused", "invalid")

    def test_a_new_end_date_lets_the_kept_messages_go_on(self):
        today = fields.Date.today()
        self.licence.date_end = today - timedelta(days=2)
        self.assertEqual(self.company.paypal_licence_status, "expired")
        ipn = self.take(message())
        self.assert_side(ipn, "blocked", "no_licence")
        self.licence.date_end = today + timedelta(days=30)
        self.work()
        self.assert_done(ipn)

    def test_a_licence_ends_with_its_companys_day(self):
        self.company.partner_id.tz = "Pacific/Kiritimati"
        self.env.user.tz = "Pacific/Pago_Pago"  # always a day behind
        self.licence.date_end = self.company._paypal_today()
        self.assertEqual(self.licence.status, "active")
        self.licence.date_end -= timedelta(days=1)
        self.assertEqual(self.licence.status, "expired")

    def test_a_licence_holds_through_its_last_day(self):
        self.licence.date_end = self.company._paypal_today()
        self.assertEqual(self.company.paypal_licence_status, "active")

    def test_the_licence_of_one_company_does_not_serve_another(self):
        self.licence.licensed = False
        ipn = self.take(message())
        self.other.caspit_licence_ids.licensed = True
        self.work()
        self.assert_side(ipn, "blocked", "no_licence")

    def test_a_new_company_has_its_row_without_a_licence(self):
        self.assertEqual(self.other.caspit_licence_ids.mapped("module"), ["marketing"])
        self.assertEqual(self.other.paypal_licence_status, "none")

    # === WHAT MAY BE TYPED === #

    def test_two_companies_cannot_have_the_same_id(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.other.paypal_merchant_id = MERCHANT_ID
            self.other.flush_recordset()

    def test_two_companies_cannot_have_the_same_address(self):
        with self.assertRaises(ValidationError):
            self.other.paypal_email = f"x@example.com, {MERCHANT_EMAIL.title()}"

    def test_one_account_may_be_live_here_and_sandbox_there(self):
        self.other.write(
            {
                "paypal_merchant_id": MERCHANT_ID,
                "paypal_email": MERCHANT_EMAIL,
                "paypal_environment": "sandbox",
            }
        )
        self.assertEqual(self.found(), self.company)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
        ):
            self.other.paypal_environment = "live"
            self.other.flush_recordset()

    def test_an_address_in_place_of_the_id_is_refused(self):
        for typed in ("seller@example.com", "N5NH53T46TSY-", "N5NH/53T46TSYS"):
            with self.subTest(typed), self.assertRaises(ValidationError):
                self.company.paypal_merchant_id = typed

    def test_blanks_and_small_letters_make_an_id_no_other_account(self):
        for typed in (f" {MERCHANT_ID} ", MERCHANT_ID.lower()):
            with (
                self.subTest(typed),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
            ):
                self.other.paypal_merchant_id = typed
                self.other.flush_recordset()

    def test_what_is_no_address_is_refused(self):
        with self.assertRaises(ValidationError):
            self.company.paypal_email = "my paypal account"
