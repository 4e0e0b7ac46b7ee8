# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Further types of PayPal's, by kind; see :mod:`.const`.

Sources: public importers with rows of real files (last checked 2026-11-28): beancount
and kontor (de), BIZ4Africa and amouhzi (fr), trytond-sale_payment_csv and OCA (es),
paypal-csv-to-mt940 (nl), ledger-autosync (en). The Polish and Japanese ones are
PayPal's words; the Portuguese, Swedish, Danish and Norwegian ones plain translations,
not confirmed by a file.
"""

from types import MappingProxyType

MORE_TYPES = MappingProxyType(
    {
        "sale": """
            Zahlung, Express-Kaufabwicklung | Paiement express | Pago estándar
            Pago con Pago de usuario de BillPay preaprobado
            Pago de carro de la compra recibido | Express Checkout betaling
            Algemene PayPal-bankpastransactie

            Płatność | Płatność wysłana | Płatność otrzymana | Płatność ekspresowa
            PayPal Express — Płatność otrzymana | Płatność ogólna | Płatność internetowa
            Płatność mobilna | PayPal Express — Płatność wysłana

            ウェブサイト支払い | エクスプレスチェックアウト支払い | 通常支払い
            モバイル支払い | 事前承認支払い | 一般支払い

            Pagamento Express | Pagamento no site | Pagamento geral | Pagamento móvel
            Pagamento recebido | Pagamento enviado
            Expressbetalning | Webbplatsbetalning | Allmän betalning | Mobilbetalning
            Expressbetaling | Webstedsbetaling | Nettstedsbetaling | Generell betaling
            Generel betaling | Mobilbetaling
        """,
        "refund": """
            Zwrot pieniędzy | Zwrot płatności | 返金 | 支払いの返金
            Reembolso de pagamento | Återbetalning | Tilbagebetaling | Refusjon
            Tilbakebetaling | Refundering
        """,
        "reversal": """
            Wycofanie płatności | 支払いの取り消し | Reversão de pagamento
            Återföring av betalning | Tilbageførsel af betaling
            Guarantee Reimbursement
        """,
        "fee": """
            Opłata | Opłata anulowana | 手数料 | Taxa | Avgift | Gebyr
        """,
        "withdrawal": """
            Rückbuchung von ACH-Abbuchung | Allgemeine Abbuchung von Kreditkarte
            Retirada iniciada por el usuario | General Credit Card Withdrawal
            PayPal Debit Card Withdrawal to ATM | General withdrawal to non-bank entity
            Withdraw Funds to Bank | Wypłać środki na rachunek bankowy | Wypłata
            Wypłata zainicjowana przez użytkownika | Wypłata ogólna
            一般引き出し | 銀行口座への引き出し | 引き出し
            Saque | Saque geral | Uttag | Allmänt uttag | Hævning | Generel hævning
            Uttak | Generelt uttak
        """,
        "deposit": """
            Überweisung als Zahlungsquelle | Virement par carte bancaire standard
            Depósito bancario en cuenta PayPal | Charge From Debit Card
            Charge From Credit Card | Wpłata bankowa na konto PayPal | Wpłata z karty
            Depósito bancário na conta do PayPal | Bankinsättning till PayPal-konto
            Bankindbetaling til PayPal-konto | Bankinnskudd til PayPal-konto
        """,
        "conversion": """
            Algemeen valutaomrekening | Przeliczenie waluty | Ogólne przeliczenie waluty
            通貨換算 | 一般通貨換算 | Conversão de moeda | Conversão de moeda geral
            Valutaväxling | Allmän valutakonvertering | Valutaomregning
            Generel valutaomregning | Valutaomregning generelt | Valutakonvertering
        """,
        "hold": """
            Allgemeine Einbehaltung | Freigabe allgemeiner Einbehaltung
            Cancelación de retención | Retención general | Vastgehouden - algemeen
            Terugboeking algemene vasthouding op rekeningniveau
            Blocco saldo per revisione contestazione | Tymczasowa blokada
            Annullamento blocco per risoluzione contestazione
        """,
        "adjustment": """
            General Reversal | Funds collected for disbursement | Funds disbursed
            Credit Card Deposit for Negative Balance Resolution | MSB Redemption
            Non Reference Credit Payment | BML Credit - Transfer from BML
            PayPal Balance Adjustment | PayPal card confirmation refund
        """,
        "memo": """
            Rechnung gesendet | Anforderung gesendet | Autorización
            Desprovisto de autorización | Update to Bank Transfer Received
            Payment Review | Przedmiot z koszyka | Autoryzacja
        """,
    }
)
