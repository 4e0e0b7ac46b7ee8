"""The names of PayPal's columns, written out: each is known, in every language."""

import pytest
from reader import COLUMNS
from reader.header import columns_of, language_of, width_of

FIELDS = [
    "date",
    "time",
    "zone",
    "name",
    "type",
    "status",
    "currency",
    "gross",
    "fee",
    "net",
    "email",
    "to_email",
    "txn_id",
    "reference_txn_id",
    "item",
    "item_id",
    "invoice",
    "custom",
    "quantity",
    "note",
    "subject",
    "balance",
    "impact",
    "street",
    "street2",
    "city",
    "state",
    "zip",
    "country",
    "country_code",
]
#: A language's names in the order of the fields: fields are separated by semicolons,
#: several names of one by bars, the first of which counts before the others.
NAMES = {
    "en": """
        Date; Time; TimeZone; Name; Type | Description; Status; Currency; Gross |
        Amount; Fee | Fees; Net | Total; From Email Address; To Email Address;
        Transaction ID | Txn ID; Reference Txn ID | Reference Transaction ID; Item
        Title; Item ID; Invoice Number | Invoice ID; Custom Number; Quantity; Note;
        Subject; Balance; Balance Impact; Address Line 1; Address Line
        2/District/Neighborhood | Address Line 2/District/Neighbourhood | Address
        Line 2; Town/City | City;
        State/Province/Region/County/Territory/Prefecture/Republic | State/Province
        | State; Zip/Postal Code | Postcode | Zip Code; Country; Country Code
    """,
    "de": """
        Datum; Uhrzeit; Zeitzone; Name; Typ | Beschreibung; Status; Währung; Brutto;
        Gebühr | Entgelt; Netto; Absender E-Mail-Adresse | Von E-Mail-Adresse;
        Empfänger E-Mail-Adresse | An E-Mail-Adresse; Transaktionscode; Zugehöriger
        Transaktionscode | Txn-Referenzkennung; Artikelbezeichnung; Artikelnummer;
        Rechnungsnummer; Zollnummer | Kundennummer; Anzahl; Hinweis | Mitteilung;
        Betreff; Guthaben; Auswirkung auf Guthaben; Adresszeile 1; Adresszusatz |
        Adresszeile 2; Ort | Stadt; Bundesland; PLZ; Land; Ländervorwahl |
        Ländercode
    """,
    "he": """
        תאריך; שעה | זמן; אזור זמן; שם; סוג | תיאור; סטטוס | מצב; מטבע; ברוטו | סכום
        ברוטו | סכום; עמלה | עמלות; נטו | סכום נטו; מכתובת דוא"ל | כתובת דוא"ל של
        השולח | מכתובת אימייל | כתובת האימייל של השולח; לכתובת דוא"ל | אל כתובת
        דוא"ל | כתובת דוא"ל של הנמען | לכתובת אימייל | כתובת האימייל של הנמען; מזהה
        עסקה | מספר עסקה | מזהה העסקה | מספר מזהה של העסקה; מזהה עסקת ייחוס | מזהה
        עסקה לייחוס | מזהה עסקה קשורה | מספר עסקת ייחוס; שם הפריט | שם פריט | כותרת
        הפריט | כותרת פריט; מזהה פריט | מזהה הפריט | מספר פריט; מספר חשבונית | מספר
        החשבונית | מזהה חשבונית; מספר מותאם אישית; כמות; הערה | הערות; נושא; יתרה;
        השפעה על היתרה | השפעה על יתרה; שורת כתובת 1 | כתובת שורה 1; שורת כתובת 2 |
        כתובת שורה 2; עיר | עיר/יישוב; מדינה/מחוז | מחוז; מיקוד; ארץ | מדינה; קוד
        מדינה | קוד ארץ
    """,
    "fr": """
        Date; Heure; Fuseau horaire; Nom; Type | Description; État | Statut; Devise;
        Avant commission | Brut; Commission | Frais; Net; De l'adresse email |
        Adresse email de l'expéditeur; À l'adresse email | Adresse email du
        destinataire; Numéro de transaction | N° de transaction; Numéro de la
        transaction de référence; Titre de l'objet; Numéro de l'objet; Numéro de
        facture | Identifiant de facture; Numéro de client; Quantité; Remarque;
        Objet; Solde; Impact sur le solde; Adresse 1 | Adresse; Adresse 2 | Adresse
        (suite)/District/Quartier; Ville; État/Province |
        État/Province/Région/Comté/Territoire/Préfecture/République; Code postal;
        Pays; Indicatif pays | Code pays
    """,
    "es": """
        Fecha | vencimiento; Hora; Zona horaria; Nombre; Tipo | Descripción; Estado;
        Divisa | Moneda; Bruto; Comisión | Tarifa; Neto; Correo electrónico del
        remitente | Remitente; Correo electrónico del destinatario | Destinatario;
        Id. de transacción; Id. de referencia de trans. | Id. de referencia de la
        transacción; Nombre del artículo | Título del artículo; Id. del artículo |
        Número de artículo | Id. de artículo; Número de factura | Id. de factura |
        N.° de formato de pago; Número de personalización | Número personalizado;
        Cantidad; Nota; Asunto; Saldo; Impacto en el saldo | Repercusiones en el
        saldo; Dirección, línea 1 | Línea de dirección 1 | Dirección; Línea de
        dirección 2/Distrito/Barrio | Dirección (continuación)/Distrito/Barrio;
        Ciudad | Localidad | Población o Ciudad; Provincia |
        Estado/Provincia/Región/Condado/Territorio/Prefectura/República; Código
        postal; País; Código de país
    """,
    "it": """
        Data; Orario | Ora; Fuso orario; Nome; Tipo | Descrizione; Stato; Valuta;
        Lordo; Tariffa; Netto; Indirizzo email mittente; Indirizzo email
        destinatario; Codice transazione; Codice transazione di riferimento; Titolo
        oggetto; Codice articolo; N° ordine commerciante | N. fattura pro-forma;
        Numero personalizzato; Quantità; Messaggio; Oggetto; Saldo; Impatto sul
        saldo; Indirizzo; Indirizzo (continua); Città; Provincia; CAP/Codice
        postale; Paese; Prefisso internazionale
    """,
    "nl": """
        Datum; Tijd; Tijdzone; Naam; Type | Omschrijving; Status; Valuta; Bruto;
        Kosten; Net | Netto; Van e-mailadres; Naar e-mailadres; Transactiereferentie
        | Transactie-ID; Reference Txn ID; -; Objectreferentie; Factuurreferentie |
        Factuurnummer; -; Hoeveelheid; -; Onderwerp; Saldo; Effect op saldo;
        Adresregel 1; Adresregel 2/regio/omgeving; Plaats;
        Staat/Provincie/Regio/Gebied; -; Land; Landcode
    """,
    "pt": """
        Data; Hora; Fuso horário; Nome; Tipo | Descrição; Status | Estado; Moeda;
        Bruto | Valor bruto; Tarifa | Taxa | Comissão; Líquido | Valor líquido; Do
        endereço de e-mail | E-mail do remetente; Para o endereço de e-mail | E-mail
        do destinatário; ID da transação | Código da transação; ID da transação de
        referência | ID de referência da transação; -; -; Número da fatura; -; -; -;
        -; Saldo; Impacto no saldo; -; -; -; -; -; -; -
    """,
    "ja": """
        日付; 時間; タイムゾーン; 名前; タイプ | 説明; ステータス; 通貨; 合計;
        手数料; 正味; 送信者メールアドレス; 受信者メールアドレス; 取引ID; リファレンス
        トランザクションID; 商品タイトル; 商品ID; 請求書番号; カスタム番号; 数量;
        備考; 件名; 残高; 残高への影響; 住所1行目; 住所2行目/地区/地域; 市区町村;
        都道府県; 郵便番号; 国および地域; 国コード
    """,
    "pl": """
        Data; Godzina; Strefa czasowa; Nazwa; Typ | Opis | Typ / Opis; Status;
        Waluta; Brutto; Opłata; Netto; Z adresu e-mail; Na adres e-mail; Numer
        transakcji; Pomocniczy numer transakcji; Nazwa przedmiotu; -; Numer faktury;
        -; -; Uwaga; Temat; Saldo; Wpływ na saldo; -; -; -; -; -; -; -
    """,
    "sv": """
        Datum; Tid; Tidszon; Namn; Typ | Beskrivning; Status; Valuta; Brutto |
        Belopp; Avgift; Netto | Nettobelopp; Från e-postadress; Till e-postadress;
        Transaktions-ID; Referens-ID för transaktion | Referenstransaktions-ID; -;
        -; Fakturanummer; -; -; -; -; Saldo; Saldopåverkan | Påverkan på saldo; -;
        -; -; -; -; -; -
    """,
    "da": """
        Dato; Klokkeslæt | Tidspunkt; Tidszone; Navn; Type | Beskrivelse; Status;
        Valuta; Brutto | Beløb; Gebyr; Netto | Nettobeløb; Fra e-mailadresse; Til
        e-mailadresse; Transaktions-id; Referencetransaktions-id; -; -;
        Fakturanummer; -; -; -; -; Saldo; Indvirkning på saldo; -; -; -; -; -; -; -
    """,
    "no": """
        Dato; Klokkeslett | Tid; Tidssone; Navn; Type | Beskrivelse; Status; Valuta;
        Brutto | Beløp; Avgift | Gebyr; Netto | Nettobeløp; Fra e-postadresse; Til
        e-postadresse; Transaksjons-ID; Referansetransaksjons-ID; -; -;
        Fakturanummer; -; -; -; -; Saldo; Innvirkning på saldo; -; -; -; -; -; -; -
    """,
}


def names_of(language):
    """Field → names of a language."""
    columns = " ".join(NAMES[language].split()).split("; ")
    named = dict(zip(FIELDS, columns, strict=True))
    return {field: text.split(" | ") for field, text in named.items() if text != "-"}


def test_the_languages_are_these():
    assert [*COLUMNS] == [*NAMES]


@pytest.mark.parametrize("language", NAMES)
def test_every_name_of_a_column_is_known(language):
    names = names_of(language)
    # Also those that it shares with others: they tell whose language a header is in.
    assert {field: [*each] for field, each in COLUMNS[language].items()} == names
    for field, each in names.items():
        for name in each:
            assert columns_of([name]) == {field: 0}, name
    header = [each[0] for each in names.values()]
    assert columns_of(header) == {field: n for n, field in enumerate(names)}
    assert language_of(header) == language


@pytest.mark.parametrize("language", NAMES)
def test_of_several_names_the_one_that_its_language_has_first_counts(language):
    names = names_of(language)
    header = [each[0] for each in names.values()]
    for place, (field, each) in enumerate(names.items()):
        others = each[:0:-1]
        found = columns_of([*others, *header, *others])
        assert found[field] == len(others) + place, field
        if others:
            without = [*header[:place], *header[place + 1 :]]
            assert columns_of([*others, *without])[field] == len(others) - 1


def test_a_header_is_as_wide_as_up_to_its_last_name():
    assert width_of(["Date", "", "Fee", " ", ""]) == 3
    assert width_of(["Date"]) == 1
    assert columns_of(["Unknown", "", "Fee"]) == {"fee": 2}


def test_of_two_columns_of_one_name_the_first_counts():
    assert columns_of(["Date", "Fee", "Fee"]) == {"date": 0, "fee": 1}
    # The header is German; an English name beside its own counts as English has it.
    mixed = ["Datum", "Uhrzeit", "Zeitzone", "Fees", "Brutto", "Fee"]
    assert columns_of(mixed)["fee"] == 5
