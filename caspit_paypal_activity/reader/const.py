# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The words in PayPal's activity download, and what they mean for a balance.

Sources: importers that the public wrote for downloads of their own, in the languages
named with each block, and PayPal's list of transaction event codes (T0000 …), whose
descriptions are the English types; last checked 2026-11-25.

Types, statuses and impacts are compared by :func:`.activity_columns.key`. Words of all
languages stand in one table each, since none of them means two things: PayPal leaves
many types in English in files of other languages.
"""

from types import MappingProxyType

from .more_types import MORE_TYPES

#: Digits of an amount, before and after the point together: what a float keeps.
MAX_DIGITS = 15

# === KINDS: WHAT A ROW MEANS FOR THE BALANCE === #

KIND_SALE = "sale"
KIND_REFUND = "refund"
KIND_REVERSAL = "reversal"  # PayPal or a bank pulled the money of a sale
KIND_CANCELED_REVERSAL = "canceled_reversal"  # and it came back
KIND_FEE = "fee"  # a fee in a row of its own, or such a fee given back
KIND_WITHDRAWAL = "withdrawal"  # to the merchant's bank
KIND_DEPOSIT = "deposit"  # from the merchant's bank or card
KIND_CONVERSION = "conversion"
KIND_HOLD = "hold"  # set aside, still the merchant's
KIND_RELEASE = "release"
KIND_ADJUSTMENT = "adjustment"  # PayPal corrects, or gives a bonus
KIND_OUTGOING = "outgoing"  # the merchant's own purchase; its refund, too
KIND_MEMO = "memo"  # moves nothing: an authorization, an item of a cart
KIND_UNKNOWN = "unknown"

#: PayPal writes one type for both directions: kind → (money out, money in). A kind that
#: is not here is the same both ways.
KIND_BY_SIGN = MappingProxyType(
    {
        KIND_SALE: (KIND_OUTGOING, KIND_SALE),
        KIND_REFUND: (KIND_REFUND, KIND_OUTGOING),
        KIND_REVERSAL: (KIND_REVERSAL, KIND_CANCELED_REVERSAL),
        KIND_CANCELED_REVERSAL: (KIND_REVERSAL, KIND_CANCELED_REVERSAL),
        KIND_WITHDRAWAL: (KIND_WITHDRAWAL, KIND_DEPOSIT),
        KIND_DEPOSIT: (KIND_WITHDRAWAL, KIND_DEPOSIT),
        KIND_HOLD: (KIND_HOLD, KIND_RELEASE),
    }
)

#: Kind → types of the languages that were known first: the English ones, then from
#: real files de, it, fr, nl, es; the Hebrew ones are plain translations, not confirmed
#: by a file.
_TYPES = MappingProxyType(
    {
        KIND_SALE: """
            Website Payment | Express Checkout Payment | Mobile Payment
            PreApproved Payment Bill User Payment | General Payment | Payment
            Subscription Payment | Donation Payment | eBay Auction Payment
            Direct Credit Card Payment | Virtual Terminal Payment | Invoice Payment
            Point of Sale Payment | PayPal Here Payment | Pro Hosted Payment
            Direct Payment API | Mass Pay Payment | Mass Payment
            Payment received | Payment sent | eCheck received | Website Payments Pro
            Web Accept Payment Received | Web Accept Payment Sent
            Shopping Cart Payment Received | Shopping Cart Payment Sent
            Express Checkout Payment Received | Express Checkout Payment Sent
            Recurring Payment Received | Recurring Payment Sent
            Subscription Payment Received | Subscription Payment Sent
            Mobile Express Checkout Payment | Mobile Payment Received
            Mobile Payment Sent | Donation Received | Donation Sent
            eBay Payment Received | eBay Payment Sent | Invoice Received Payment
            PayPal Checkout | PayPal Buyer Credit Payment Funding
            Third Party Payment | PreApproved Payment Received
            PreApproved Payment Sent | Payment Sent via PayPal Debit Card
            PayPal Debit Card Transaction | General PayPal Debit Card Transaction
            Hidden Virtual PayPal Debit Card Transaction | Postage Payment
            Virtual PayPal Debit Card Transaction | PayPal QR code payment
            General Incoming Payment | Money Transfer | Gift | QR Code Payment

            Website-Zahlung | PayPal Express-Zahlung | Express-Zahlung | Handyzahlung
            Zahlung im Einzugsverfahren mit Zahlungsrechnung | Allgemeine Zahlung
            Abonnementzahlung | Spendenzahlung | eBay-Zahlung | eBay-Auktionszahlung
            Zahlung erhalten | Zahlung gesendet | Sammelzahlung | Massenzahlung
            Warenkorbzahlung erhalten | PayPal-Zahlung

            Pagamento Express Checkout | Pagamento preautorizzato utenza
            Pagamento da cellulare | Pagamento generico | Pagamento su sito web
            Pagamento con credito acquirenti PayPal | Pagamento abbonamento
            Transazione generica con carta di debito PayPal

            Paiement sur site marchand | Paiement d'abonnement | Paiement de don
            Paiement préapprouvé d'un utilisateur de facture de paiement
            Paiement par PayPal Option+ | Paiement PayPal Express | Paiement standard
            Paiement Express Checkout | Paiement mobile | Paiement en masse

            Vooraf goedgekeurde betaling – rekening betaald door gebruiker
            Express Checkout-betaling | Algemene betaling | Websitebetaling
            Mobiele betaling

            Pago con Pago exprés | Pago exprés | Pago en sitio web | Pago general
            Pago móvil | Pago de suscripción
            Pago de usuario de factura de pago preaprobado

            תשלום באתר | תשלום באתר אינטרנט | תשלום Express Checkout
            תשלום בקופה מהירה | תשלום כללי | תשלום בנייד | תשלום מנוי
            תשלום של משתמש לחשבון באישור מראש | תשלום | תשלום שהתקבל | תשלום שנשלח
        """,
        KIND_REFUND: """
            Payment Refund | Refund | Mass Pay Refund | Refund Sent | Refund Received
            Rückzahlung | Rückerstattung | Zahlungserstattung | Zahlungsrückerstattung
            Rimborso di pagamento | Rimborso | Remboursement de paiement
            Remboursement | Reembolso de pago | Reembolso | Terugbetaling
            Terugbetaling van betaling | החזר תשלום | החזר כספי | זיכוי
        """,
        KIND_REVERSAL: """
            Payment Reversal | Reversal | Chargeback | Chargeback Settlement
            Payment Reversal initiated by PayPal | Reversed Payment | ACH Return
            Bank Return | Guarantee Claim Payout | Buyer Protection Payout
            Payout for PayPal Buyer Protection | Payout for Full Protection
            Zahlungsstornierung | Rückbuchung | Stornierung | Kreditkartenrückbuchung
            Storno di pagamento | Riaddebito | Annulation de paiement
            Opposition | Annulation | Contracargo | Reversión de pago
            Terugboeking | Betaling teruggedraaid | ביטול תשלום | הכחשת עסקה
            חיוב חוזר | היפוך תשלום
        """,
        KIND_CANCELED_REVERSAL: """
            Chargeback Reversal | Canceled Reversal | Cancelled Reversal
            Cancellation of Chargeback | Canceled Payment Reversal
            Reimbursement of Chargeback | Reversal of Chargeback
            Chargeback Reimbursement | Cancelled Chargeback
            ביטול היפוך | ביטול הכחשת עסקה
        """,
        KIND_FEE: """
            Chargeback Fee | Dispute Fee | Payment Fee | Partner Fee | General Fee
            Fee | Fees | Fee Reversal | Fee Refund | Cancelled Fee | Canceled Fee
            Cancellation of Fee | Chargeback Processing Fee | Mass Pay Fee
            Reversal of Chargeback Fee | Chargeback Fee Reversal | Non-payment fee
            Non-payment related fees | Website Payments Pro Account Monthly Fee
            Monthly Fee | Foreign Bank Withdrawal Fee | ATM Withdrawal Fee
            WorldLink Check Withdrawal Fee | Payouts Fee | Gateway Fee
            Fraud Management Filter Fee | Recurring Payments Fee | High Volume
            Tax collected by partner | Dispute Fee Reversal

            Rücklastschriftgebühr | Gebühr | Rückbuchungsgebühr
            Gebühr für Kreditkartenrückbuchung | Stornierte Gebühr
            Tariffa di riaddebito | Tariffa | Commission | Frais d'opposition
            Comisión | Kosten | עמלה | עמלת הכחשה | עמלת חיוב חוזר | ביטול עמלה
        """,
        KIND_WITHDRAWAL: """
            General Withdrawal | User Initiated Withdrawal | Auto-sweep | Withdrawal
            General Withdrawal - Bank Account | General Card Withdrawal
            Withdraw Funds to Bank Account | Withdraw Funds to a Bank Account
            Withdraw Funds to Debit Card | Transfer to Bank | ACH Withdrawal
            Reversal of ACH Withdrawal Transaction | Withdrawal to Card
            Auto-Sweep Withdrawal | ATM Withdrawal

            Von Nutzer eingeleitete Abbuchung | Bankabbuchung von PayPal-Konto
            Auszahlung auf das Bankkonto | Allgemeine Abbuchung | Abbuchung
            Trasferimento avviato dall'utente | Prelievo generico
            Virement standard | Retirada | Algemene opname | Retirada general
            Virement à l'initiative de l'utilisateur | משיכה כללית | משיכה
            משיכת כספים לחשבון בנק | העברה לבנק
        """,
        KIND_DEPOSIT: """
            Bank Deposit to PP Account | General Card Deposit | ACH Deposit
            General Credit Card Deposit | Add Funds from a Bank Account
            Reversal of ACH Deposit | User Initiated Deposit | Deposit
            ACH Funding for Funds Recovery from Account Balance | General Funding
            Bank Deposit to PP Account (Obsolete) | Credit Card Deposit
            Funds Recovery from Account Balance with Direct Debit

            Bankgutschrift auf PayPal-Konto | Allgemeine Gutschrift auf Kreditkarte
            Rückbuchung von ACH-Gutschrift
            ACH-Überweisung als Zahlungsquelle für Ausgleich von Kontoguthaben
            Versamento generico con carta | Bonifico bancario sul conto PayPal
            Recupero di denaro da saldo con addebito diretto
            Bankstorting naar PP-rekening | Algemene kaartstorting
            Virement bancaire sur le compte PayPal | הפקדה מחשבון בנק | הפקדה
        """,
        KIND_CONVERSION: """
            General Currency Conversion | Currency Conversion
            User Initiated Currency Conversion | From Currency | To Currency
            Currency Conversion Required to Cover Negative Balance
            Allgemeine Währungsumrechnung | Währungsumrechnung
            Von Nutzer eingeleitete Währungsumrechnung
            Conversione di valuta generica | Conversion de devise standard
            Conversion de devise à l'initiative de l'utilisateur
            Conversión de divisas general | Conversión de divisas
            Algemene valutaomrekening | המרת מטבע | המרת מטבע כללית
        """,
        KIND_HOLD: """
            Account Hold for Open Authorization | Account Hold for Open Authorisation
            Reversal of General Account Hold | Hold on Available Balance
            Hold on Balance for Dispute Investigation | General Hold
            Cancellation of Hold for Dispute Resolution | General Hold Release
            Payment Hold | Payment Release | Payment Review Hold
            Payment Review Release | Reserve Hold | Reserve Release | Tax Hold
            Tax Release | Temporary Hold | Blocked Payments
            Instant Payment Review (IPR) reversal | General Account Hold
            Hold for Dispute Investigation | Reversal of Hold for Dispute Investigation
            Minimum Reserve Hold | Rolling Reserve Hold | Rolling Reserve Release

            Einbehaltung für offene Autorisierung | Rückbuchung allgemeiner Einbehaltung
            Einbehaltung von Guthaben zur Konfliktlösung
            Blocco conto per autorizzazione aperta | Storno di blocco conto generico
            החזקה | שחרור החזקה | החזקת תשלום | שחרור תשלום | עתודה | שחרור עתודה
        """,
        KIND_ADJUSTMENT: """
            General Account Correction | General Bonus | General Adjustment
            Account Correction | Debit Card Cash Back Bonus | Cash Back Bonus
            PayPal Protection Bonus | Bonus | Charge-off | Incentive
            General Incentive/Certificate Redemption | Coupon Redemption
            Gift Certificate Redemption | Reimbursement | Goodwill Adjustment
            Settlement Consolidation | Transfer Between Accounts
            Referral Bonus | Interest | Balance Transfer | Dormant Balance Transfer
            Allgemeine interne Kontobewegung | Allgemeine Kontokorrektur
            תיקון חשבון | התאמה
        """,
        KIND_MEMO: """
            General Authorization | General Authorisation | Authorization
            Void of Authorization | Void of Authorisation | Order | Reauthorization
            Shopping Cart Item | Cart Item | Request Sent | Request Received
            Invoice Sent | Invoice Received | Invoice item | Invoice Canceled
            Money Request | Subscription Creation | Subscription Cancellation
            Recurring Payment Profile | Preapproved Payment Profile
            Update to Reversal | Update to Payment Received | Update to eCheck Received
            Update to eCheck Sent | Update to Payment Sent | Update to Payment Hold
            Update to Web Accept Payment Received | eBay Payment Canceled
            Allgemeine Autorisierung | Warenkorbartikel | Autorizzazione generica
            Autorisation standard | Algemene autorisatie | Autorización general
            Article du panier | Artículo del carro | פריט בעגלת הקניות | הרשאה כללית
        """,
    }
)

#: Kind → types, of every language.
TYPES = MappingProxyType(
    {kind: _TYPES[kind] + MORE_TYPES.get(kind, "") for kind in _TYPES}
)

#: Types with which also friends and relatives send money (T0000, "General"), so that
#: an income of them need not be a sale.
MAY_BE_PRIVATE = """
    General Payment | Payment received | General Incoming Payment | Money Transfer
    Gift | Allgemeine Zahlung | Zahlung erhalten | Pagamento generico
    Paiement standard | Algemene betaling | Pago general | Pago estándar
    תשלום כללי | תשלום שהתקבל
    Płatność | Płatność otrzymana | Płatność ogólna | 一般支払い | 通常支払い
    Pagamento geral | Pagamento recebido | Allmän betalning | Generel betaling
    Generell betaling
"""

#: The money of the row moved. Old files write what became of a sale later (Refunded,
#: Reversed) into the sale's row; that it moved back stands in a row of its own.
COMPLETED = """
    Completed | Cleared | Refunded | Partially Refunded | Reversed | Complete
    Partially Reversed | Abgeschlossen | Zurückgezahlt | Teilweise zurückgezahlt
    Completata | Completato | Terminé | Effectué | Completado | Completada
    Voltooid | Teruggeboekt | 完了 | Zakończone | Zakończona | Zrealizowane
    Slutförd | Fuldført | Gennemført | Fullført
    Concluído | Concluída | Concluido | הושלם | הושלמה | בוצע
"""

IMPACT_CREDIT = "credit"
IMPACT_DEBIT = "debit"
IMPACT_MEMO = "memo"

IMPACTS = MappingProxyType(
    {
        IMPACT_CREDIT: """
            Credit | Haben | Accredito | Crédit | Crédito | Bij | זכות | זיכוי
            入金 | Uznanie | Kredit
        """,
        IMPACT_DEBIT: """
            Debit | Soll | Addebito | Débit | Débito | Cargo | Debet | Af | חובה | חיוב
            引落し | 出金 | 引き落とし | Obciążenie
        """,
        IMPACT_MEMO: """
            Memo | Mémo | Notiz | Keine Auswirkung | No Impact | Promemoria
            Mémento | 備考 | Notatka
            תזכיר | תזכורת | ללא השפעה
        """,
    }
)
