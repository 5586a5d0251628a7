import codecs

import ftfy
import pytest

from esfkit.model.finding import Problem, Severity
from esfkit.sources.pages.decode import decode

TEXTS = [
    "Göteborg",
    "Malmö",
    "Åre kommun",
    "Ängelholm",
    "Örebro län",
    "Småland och Öarna",
    "Övre Norrland",
    "RegionÖstra Mellansverige",
    "KontaktpersonÅse Öman",
    "Beviljat ESF-stöd",
    "Projektägare: Växjö kommun",
    "PROJEKTÄGARE",
    "SMÅLAND & ÖARNA",
    "MÅLGRUPP OCH SYFTE",
    "Målgrupp",
    "Bättre väg till arbete",
    "ett idéburet partnerskap",
    "En förstudie i Värmland",
    "Företagare på Öland",
    "över 30 år",
    "är öppen för alla",
    "Kompetensförsörjning i vården",
    "Jämställdhetsintegrering",
    "Stödmottagare ort: Härnösand",
    "Ekerö",
    "Väg in – på jobbet",
    "Så här gör vi på Café Linné i Luleå",
    "Två år med nyanlända kvinnor",
    "Hållbart arbetsliv\r\nför små företag\r\n",
    "Total projektbudget: 5\xa0044\xa0038 kr åren 2016–2018",
    "Projektet ”Röda tråden” i Söderhamn",
    "• Språkstöd på arbetsplatsen",
    "Länsstyrelsen i Gävleborgs län",
    "Håkan Björklund, tfn 08-123 45",
]


OLD_TEXTS = [
    (text, encoding)
    for text in TEXTS
    for encoding in ("cp1252", "mac_roman", "cp850")
    if text.encode(encoding, "ignore").decode(encoding) == text  # code page 850 has no dashes
]


def codes(data: bytes) -> list[Problem]:
    return [finding.code for finding in decode(data).findings]


def mangled(text: str, encoding: str) -> str:
    """Return the text as read once in the wrong encoding."""
    return "".join(
        bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode()
    )


@pytest.mark.parametrize(("text", "encoding"), OLD_TEXTS)
def test_short_swedish_text_in_an_old_encoding_is_read_right(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    decoded = decode(data)
    assert decoded.text == text
    assert decoded.encoding == encoding
    assert codes(data) == [Problem.DECODED_AS_LEGACY]
    assert decoded.findings[0].severity is Severity.NOTE


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_text_in_unicode_is_read_right_without_a_finding(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.findings == ()


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_names_the_encoding_and_is_no_part_of_the_text(
    mark: bytes, encoding: str
) -> None:
    body = "Region: Västsverige".encode(encoding.removesuffix("-sig"))
    assert decode(mark + body) == ("Region: Västsverige", encoding, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_nul_bytes(encoding: str) -> None:
    decoded = decode("Projektägare – Östersund".encode(encoding))
    assert decoded == ("Projektägare – Östersund", encoding, ())


def test_three_bytes_are_too_few_to_tell_utf_16_from_a_stray_nul() -> None:
    assert decode(b"a\0b") == ("a\0b", "utf-8", ())


def test_a_utf_16_mark_before_a_nul_is_not_taken_for_utf_32() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + "\0Mål".encode("utf-16-le"))
    assert decoded == ("\0Mål", "utf-16-le", ())


def test_a_few_nul_characters_stay_in_the_text() -> None:
    assert decode("Syfte\0 och mål\0".encode()) == ("Syfte\0 och mål\0", "utf-8", ())


def test_nothing_else_in_the_text_is_altered() -> None:
    text = " \r\nA\u030angpanna\u2028ﬁ 5\u202f000\x85 ”a” \x0b½\r \u00ad\u200b\t\n"
    assert decode(text.encode()).text == text


def test_two_bad_bytes_leave_the_utf_8_around_them_as_it_was() -> None:
    data = "Målgrupp: kvinnor på Öland".encode() + b"\nF\xf6retag \xff i V\xc3\xa4xj\xc3\xb6"
    decoded = decode(data)
    assert decoded.text == "Målgrupp: kvinnor på Öland\nFöretag \ufffd i Växjö"
    assert decoded.encoding == "utf-8"
    [finding] = decoded.findings
    assert (finding.code, finding.severity) == (Problem.INVALID_BYTES, Severity.WARNING)
    assert finding.message == "2 bytes are not valid utf-8, the first at byte 31."


def test_a_character_cut_at_the_end_of_the_file_is_marked_and_not_guessed() -> None:
    decoded = decode("Språkstöd på".encode()[:-1])
    assert decoded.text == "Språkstöd p\ufffd"
    assert codes("Språkstöd på".encode()[:-1]) == [Problem.INVALID_BYTES]


def test_a_page_of_utf_8_joined_to_one_of_windows_1252_keeps_both() -> None:
    first, second = "Åtgärder för unga i Örebro län\n", "Så når vi fler i Värmland\n"
    decoded = decode(first.encode() + second.encode("cp1252"))
    assert decoded.text == first + second
    assert decoded.encoding == "utf-8"


def test_bad_bytes_behind_a_utf_8_mark_are_mended_too() -> None:
    decoded = decode(codecs.BOM_UTF8 + b"Malm\xf6")
    assert decoded.text == "Malmö"
    assert decoded.encoding == "utf-8-sig"
    assert (
        decoded.findings[0].message == "1 bytes are not valid utf-8-sig, the first at byte 7."
    )


def test_capitals_before_a_quotation_mark_do_not_pass_for_utf_8() -> None:
    text = "”MALMÖ” och ”KOMMITTÉ\xa0A” gör så"
    assert decode(text.encode("cp1252"))[:2] == (text, "cp1252")


def test_half_a_utf_16_character_is_marked() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + "Mål".encode("utf-16-le") + b"\x00\xd8\x41")
    assert decoded.text.startswith("Mål")
    assert decoded.findings[0].code is Problem.INVALID_BYTES
    assert decoded.text.encode()


def test_a_byte_that_windows_1252_lacks_is_counted() -> None:
    decoded = decode("Så gör vi på Åland och på Öland".encode("cp1252") + b" \x81")
    assert decoded.text == "Så gör vi på Åland och på Öland \ufffd"
    assert [one.code for one in decoded.findings] == [
        Problem.DECODED_AS_LEGACY,
        Problem.INVALID_BYTES,
    ]


def test_bytes_that_look_swedish_in_no_encoding_are_a_warning() -> None:
    [finding] = decode("Проект для молодёжи".encode("cp1251")).findings
    assert (finding.code, finding.severity) == (Problem.DECODED_AS_LEGACY, Severity.WARNING)


def test_encoded_surrogates_never_become_surrogates() -> None:
    decoded = decode("Mål och syfte på ".encode() + b"\xed\xa0\xbd\xed\xb8\x80 sikt")
    assert decoded.text == "Mål och syfte på " + "\ufffd" * 6 + " sikt"


@pytest.mark.parametrize(
    ("double", "single"),
    [
        ("GÃ¶teborg", "Göteborg"),
        ("StÃ¶d", "Stöd"),
        ("Ã¥", "å"),
        ("PÃ¥", "På"),
        ("Ã…re", "Åre"),
        ("Ã\x85re", "Åre"),
        ("Ã–rebro", "Örebro"),
        ("Ã„lmhult", "Älmhult"),
        ("SmÃ¥land & Ã–arna", "Småland & Öarna"),
        ("5Â\xa0800Â\xa0000 kr", "5\xa0800\xa0000 kr"),
        ("5Â 800Â 000 kr", "5 800 000 kr"),
        ("2016 â€“ 2019", "2016 – 2019"),
        ("â€¢ SprÃ¥k", "• Språk"),
        ("â€\x9dVÃ¤genâ€\x9d", "”Vägen”"),
        ("ï»¿Projekt", "Projekt"),
        ("Va\u0308xjÃ¶ MaÌˆlaren", "Va\u0308xjö Ma\u0308laren"),
        ("G√∂teborg", "Göteborg"),
        ("St√∂d p√• √Öland", "Stöd på Åland"),
        ("G├╢teborg", "Göteborg"),
        ("G├Âteborg", "Göteborg"),
        ("GÃƒÂ¶teborg", "Göteborg"),
        ("ÃƒÂ¶ÃƒÂ¥ÃƒÂ¤", "öåä"),
        ("Ãƒâ€¦re", "Åre"),
        ("GÃƒÂ¶teborg, MalmÃ¶ och Luleå", "Göteborg, Malmö och Luleå"),
        ("idÃ©er med ”citat” på – riktigt", "idéer med ”citat” på – riktigt"),
    ],
)
def test_double_encoding_is_repaired_and_told(double: str, single: str) -> None:
    decoded = decode(double.encode())
    assert decoded.text == single
    [finding] = decoded.findings
    assert (finding.code, finding.severity) == (Problem.DOUBLE_ENCODING_REPAIRED, Severity.NOTE)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp850", "cp437"])
def test_every_text_survives_double_and_triple_encoding(text: str, encoding: str) -> None:
    double = mangled(text, encoding)
    assert decode(double.encode()).text == text
    if encoding in {"cp1252", "latin-1"}:
        assert decode(mangled(double, encoding).encode()).text == text


def test_repairing_ends_however_often_the_text_was_encoded() -> None:
    text = "Malmö"
    for _ in range(6):
        text = mangled(text, "latin-1")
    assert decode(text.encode()).text == mangled(
        mangled(mangled("Malmö", "latin-1"), "latin-1"), "latin-1"
    )


def test_a_repair_names_the_first_word_and_counts_the_places() -> None:
    [finding] = decode("Ort: VÃ¤xjÃ¶ i SmÃ¥land".encode()).findings
    assert finding.message == "Double encoding put right in 3 places, the first in “VÃ¤xjÃ¶”."


@pytest.mark.parametrize(
    "text",
    [
        "Go?teborg",
        "Â ena sidan",
        "José Ângelo på Côte d’Ivoire",
        "naïv château, ‚citat‘ och ´accent´",
        "MALMÅ” – Ä”, Ö–",
        "√2 ¬ p",
        "├── mapp\n└── fil",
        "Bygga\x85vidare",
        "ﬁnal ½ ﬂ",
    ],
)
def test_text_that_is_not_double_encoded_stays(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", ())


@pytest.mark.parametrize("text", TEXTS)
def test_a_general_repairer_agrees_wherever_it_repairs(text: str) -> None:
    double = mangled(text, "cp1252")
    theirs = ftfy.fix_encoding(double)
    assert theirs in (double, text)
    assert decode(double.encode()).text == text
