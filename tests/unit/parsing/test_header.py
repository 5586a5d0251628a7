import pytest

from esfkit.parsing.fields import is_readable
from esfkit.parsing.header import Header, cut_headers
from esfkit.parsing.lines import split_lines
from esfkit.parsing.scan import scan
from pages import record_of, records_of


def headers(text: str) -> list[Header]:
    lines = split_lines(text)
    return list(cut_headers(scan(lines), lines, is_readable))


def values(text: str) -> dict[str, str]:
    """Field → the words of its value, of the one header of the text."""
    [header] = headers(text)
    return {found.label.field: text[found.start : found.end] for found in header.found}


def stray(text: str) -> list[str]:
    [header] = headers(text)
    return [text[start:end] for start, end in header.stray]


@pytest.mark.parametrize(
    "text",
    [
        "Region:\nBoden\nNamn:\nNya vägar\nFond:\nESF\n",
        "Region\nBoden\nNamn\nNya vägar\nFond\nESF\n",
        "Region: Boden\nNamn: Nya vägar\nFond: ESF",
        "RegionBoden\nNamnNya vägar\nFondESF",
        "Region Boden\nNamn Nya vägar\nFond ESF",
        "Region\tBoden\tNamn\tNya vägar\nFond\tESF",
        "**Region:** Boden\n**Namn:** Nya vägar\n**Fond:** ESF\n",
        "• Region: Boden\n• Namn: Nya vägar\n• Fond: ESF\n",
        "Region:\n\nBoden\n\nNamn:\n\nNya vägar\n\nFond:\n\nESF\n",
        "> Region:\n> Boden\n> Namn:\n> Nya vägar\n> Fond:\n> ESF\n",
        "- Region\n- Boden\n- Namn\n- Nya vägar\n- Fond\n- ESF\n",
        "Titel\n\n- Region\n- Boden\n- Namn\n- Nya vägar\n- Fond\n- ESF\n",
        "Titel\n\n* **Region:**\n* Boden\n* Namn\n* Nya vägar\n* Fond\n* ESF\n",
        "Region:\\\nBoden\\\nNamn:\\\nNya vägar\\\nFond:\\\nESF\n",
        "Region: \u200bBoden\u200b\nNamn:\u200b\n\u200bNya vägar\nFond: ESF\u200b\n",
        "Region:\r\n  Boden\r\nNamn:\r\n\tNya vägar \r\nFond:\r\nESF\r\n",
    ],
)
def test_each_label_gets_its_own_value_in_every_style(text: str) -> None:
    assert values(text) == {"region": "Boden", "title": "Nya vägar", "fund": "ESF"}


def test_an_empty_value_followed_by_a_label_stays_empty() -> None:
    assert values("Region:\nNamn:\n\nFond:\nESF\nE-post:\na@exempel.se\n") == {
        "region": "",
        "title": "",
        "fund": "ESF",
        "email": "a@exempel.se",
    }


def test_an_empty_value_stands_where_its_label_ends() -> None:
    text = "Region:\nNamn:\nX\nFond:\nESF\n"
    [header] = headers(text)

    assert header.found[0].start == header.found[0].end == len("Region:")


@pytest.mark.parametrize(
    "prose",
    [
        "\nDeltagarna bygger båtar",
        "Deltagarna bygger båtar.",
        "Sammanfattning\nDeltagarna bygger",
        "SYFTE:\nDeltagarna bygger",
        "x" * 251,
        "Stäng\nx",
        "",
    ],
)
def test_prose_after_an_empty_last_label_does_not_become_its_value(prose: str) -> None:
    assert values(f"Region:\nBoden\nNamn:\nX\nProjektägare:\n{prose}\n")["owner"] == ""


@pytest.mark.parametrize(
    ("below", "value"),
    [
        ("Boden", "Boden"),
        ("Boden\n\nProsa följer här", "Boden"),
        ("Boden\nSammanfattning\nProsa", "Boden"),
        ("Boden\nProsa som går vidare\noch vidare", "Boden"),
    ],
)
def test_a_short_line_below_the_last_label_is_its_value(below: str, value: str) -> None:
    assert values(f"Region:\nVäst\nNamn:\nX\nProjektägare:\n{below}\n")["owner"] == value


def test_the_last_value_goes_on_in_the_next_line_where_it_was_wrapped() -> None:
    first, second = "Föreningen för ett öppnare Boden,", "avdelningen för dem utan arbete"

    page = f"Region:\nVäst\nNamn:\nX\nProjektägare:\n{first}\n{second}\n\nProsa.\n"
    assert values(page)["owner"] == f"{first}\n{second}"


def test_a_long_line_with_another_right_below_it_is_prose_and_no_last_value() -> None:
    first, second = "Deltagarna bygger båtar och lär sig " * 2, "Sedan säljs båtarna till andra"

    page = f"Region:\nVäst\nNamn:\nX\nProjektägare:\n{first}\n{second}\nOch mer.\n"
    assert values(page)["owner"] == ""


def test_the_last_value_beside_its_label_may_have_a_line_below_it() -> None:
    page = "Region: Väst\nNamn: X\nProjektägare: Boden\nDeltagarna bygger\noch säljer båtar\n"

    assert values(page)["owner"] == "Boden"


def test_a_readable_last_value_is_taken_whatever_follows() -> None:
    page = "Region:\nVäst\nNamn:\nX\nTotal projektbudget:\n1 200 000\nkr sökte vi.\n"

    assert values(page)["total_budget"] == "1 200 000"


def test_where_blank_lines_stand_between_labels_and_values_the_last_value_has_one_too() -> None:
    page = "Region:\n\nVäst\n\nNamn:\n\nX\n\nFond:\n\nESF\n\nProsa.\n"

    assert values(page)["fund"] == "ESF"


def test_a_sentence_after_a_blank_line_is_prose_even_there() -> None:
    page = "Region:\n\nVäst\n\nNamn:\n\nX\n\nProjektägare:\n\nDeltagarna bygger båtar.\n"

    assert values(page)["owner"] == ""


@pytest.mark.parametrize(
    ("label", "first", "second"),
    [
        ("Projektägare", "Föreningen för ett öppnare Boden", "Sektion Väst"),
        ("Projektägare", "Boden,", "Sektion Väst"),
        ("Projektperiod", "februari –", "oktober 2021"),
        ("Total projektbudget", "cirka", "6 miljoner kronor"),
    ],
)
@pytest.mark.parametrize("behind", [":\n", ": "])
def test_a_wrapped_value_is_put_together(
    label: str, first: str, second: str, behind: str
) -> None:
    page = f"Region{behind}Väst\n{label}{behind}{first}\n{second}\nFond{behind}ESF\n"

    assert f"{first}\n{second}" in values(page).values()


@pytest.mark.parametrize(
    ("label", "first", "second"),
    [
        ("Projektägare", "Boden", "Sektion Väst"),
        ("Total projektbudget", "6 113 800 kr", "varav kommunen 1 kr"),
        ("Total projektbudget", "1.1", "och mer"),
    ],
)
@pytest.mark.parametrize("behind", [":\n", ": "])
def test_a_whole_value_does_not_go_on_and_the_next_line_is_left_over(
    label: str, first: str, second: str, behind: str
) -> None:
    page = f"Region{behind}Väst\n{label}{behind}{first}\n{second}\nFond{behind}ESF\n"

    assert first in values(page).values()
    assert stray(page) == [second]


def test_a_wrapped_value_never_grows_longer_than_a_value() -> None:
    first, second = "x" * 200, "y" * 60

    assert values(f"Namn:\n{first}\n{second}\nRegion:\nV\nFond:\nESF\n")["title"] == first


def test_an_unknown_label_ends_the_value_above_it() -> None:
    page = "Region:\nVäst\nProjektägare:\nBoden\nSkostorlek:\n42\nFond:\nESF\n"

    assert values(page)["owner"] == "Boden"
    assert stray(page) == ["Skostorlek:", "42"]


def test_every_line_below_evaluation_reports_is_one_of_them() -> None:
    page = "Region:\nVäst\nUtvärderingsrapporter:\nDelrapport\nSlutrapport\nFond:\nESF\n"

    assert values(page)["evaluation_reports"] == "Delrapport\nSlutrapport"


@pytest.mark.parametrize("behind", [":\n", ": "])
def test_page_furniture_is_no_value_and_not_left_over(behind: str) -> None:
    page = f"Region{behind}Väst\nLogotyp på utskrifter\nNamn{behind}X\nFond{behind}ESF\n"

    assert values(page)["region"] == "Väst"
    assert stray(page) == []


def test_an_answer_that_is_also_a_button_is_the_value_of_a_question() -> None:
    page = "Region:\nVäst\nInsats av strategisk betydelse:\nNej\nFond:\nESF\n"

    assert values(page)["strategic_importance"] == "Nej"


def test_a_button_is_no_value_of_another_label() -> None:
    page = "Region:\nVäst\nAntal deltagare:\nStäng\n12\nFond:\nESF\n"

    assert values(page)["planned_participants"] == "12"


@pytest.mark.parametrize("mark", ["• ", "•\t", "> ", ">\u00a0 "])
def test_a_list_or_quotation_mark_is_no_part_of_a_value(mark: str) -> None:
    assert values(f"Region:\n{mark}Väst\nNamn:\nX\nFond:\nESF\n")["region"] == "Väst"


def test_a_mark_without_a_blank_behind_it_belongs_to_the_value() -> None:
    assert values("Namn:\n>Framåt\nRegion:\nV\nFond:\nESF\n")["title"] == ">Framåt"


@pytest.mark.parametrize(
    ("text", "colon"),
    [
        ("Region:\nA\nNamn:\nX\nFond\nESF\n", [True]),
        ("Region:\nA\nNamn\nX\nFond\nESF\n", [False]),
        ("Region:\nA\nNamn\nX\n", [False]),
    ],
)
def test_a_header_has_colons_where_most_labels_do(text: str, colon: list[bool]) -> None:
    assert [header.colon for header in headers(text)] == colon


def test_a_header_says_where_it_begins_and_ends() -> None:
    text = "Titel\n\nRegion:\nVäst\nNamn:\nX\nFond:\nESF \n\nProsa."
    [header] = headers(text)

    assert text[header.start : header.end] == "Region:\nVäst\nNamn:\nX\nFond:\nESF"
    assert header.first_line == 2


def test_two_headers_come_in_order_of_place() -> None:
    one = "Region:\nVäst\nNamn:\nX\nFond:\nESF\n"
    first, second = headers(f"{one}\n{'x' * 300}\n\n{one}")

    assert first.end < second.start
    assert [found.line for found in second.found] == [10, 12, 14]


@pytest.mark.parametrize("text", ["", "Region:\nVäst", "Bara prosa."])
def test_a_text_without_labels_has_no_header(text: str) -> None:
    assert headers(text) == []


def test_a_sentence_over_two_lines_is_no_wrapped_last_value() -> None:
    page = "Region:\nVäst\nNamn:\nX\nProjektägare:\nBoden\ndär allt händer just nu.\n"

    assert values(page)["owner"] == "Boden"


@pytest.mark.parametrize("behind", [":\n", ": "])
def test_a_line_that_looks_like_a_label_nobody_knows_is_no_rest_of_a_value(behind: str) -> None:
    owner, unknown = "Föreningen för ett öppnare Boden", "Samverkanspart: Älvsby kommun"
    page = f"Region{behind}Väst\nProjektägare{behind}{owner}\n{unknown}\nFond{behind}ESF\n"

    assert values(page)["owner"] == owner
    assert stray(page) == [unknown]


@pytest.mark.parametrize("unknown", ["WebbplatsSaknas", "Antal platser25", "Länk tillHemsida"])
def test_among_glued_labels_so_does_a_word_with_a_capital_within(unknown: str) -> None:
    owner = "Föreningen för ett öppnare Boden"
    page = f"NamnNya vägar\nProjektägare{owner}\n{unknown}\nFondESF\n"

    assert values(page)["owner"] == owner
    assert stray(page) == [unknown]


def test_a_value_shorter_than_the_lines_around_it_was_not_wrapped() -> None:
    page = (
        "Namn\nNya vägar till arbete i hela norra Norrlands inland\n"
        "Kontaktperson\nTuva-Karin Påhittad Ek\nChef\nFond\nESF\n"
    )

    assert values(page)["contact_person"] == "Tuva-Karin Påhittad Ek"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Myndigheten för ungdoms- och", "Civilsamhällesfrågor"),
        ("Föreningen för Bodens", "arbetslösa"),
        ("Föreningen Öppnare Boden/", "Sektion Väst"),
    ],
)
def test_a_value_goes_on_where_its_words_are_not_at_an_end(first: str, second: str) -> None:
    longest = "Nya vägar till arbete i hela norra Norrlands inland"
    page = f"Namn\n{longest}\nProjektägare\n{first}\n{second}\nFond\nESF\n"

    assert values(page)["owner"] == f"{first}\n{second}"


@pytest.mark.parametrize("second", ["e", ".se", "emma-boden.se"])
def test_an_address_that_a_copy_cut_is_taken_whole_so_that_nobody_reads_its_half(
    second: str,
) -> None:
    page = f"Region: Väst\nNamn: X\nE-post: tuva@exempel.s\n{second}\nFond: ESF\n"

    assert values(page)["email"] == f"tuva@exempel.s\n{second}"


@pytest.mark.parametrize("second", ["www.exempel.se", "070-123 45 67", "Tuva Påhittad", "1"])
def test_other_lines_below_an_address_are_no_rest_of_it(second: str) -> None:
    page = f"Region: Väst\nNamn: X\nE-post: tuva@exempel.se\n{second}\nFond: ESF\n"

    assert values(page)["email"] == "tuva@exempel.se"


@pytest.mark.parametrize("behind", [":\n", ": "])
def test_evaluation_reports_behind_the_last_label_go_on_to_the_blank_line(behind: str) -> None:
    page = (
        f"Region{behind}Väst\nNamn{behind}X\nUtvärderingsrapporter{behind}Slutrapport.pdf\n"
        "Delrapport 2.pdf\nDelrapport 1.pdf\n\nProsa.\n"
    )

    reports = "Slutrapport.pdf\nDelrapport 2.pdf\nDelrapport 1.pdf"
    assert values(page)["evaluation_reports"] == reports


def test_prose_right_below_is_no_list_of_reports() -> None:
    prose = "Rapporten kommer\nSenare i vår."
    page = f"Region:\nVäst\nNamn:\nX\nUtvärderingsrapporter:\n{prose}\n"

    assert "\n" not in values(page)["evaluation_reports"]


@pytest.mark.parametrize("blank", ["", "\n"])
def test_labels_above_all_their_values_have_none(blank: str) -> None:
    labels = "Programområde\nProjektfas\nProjektägare\nRegion\n"
    page = f"{labels}{blank}Programområde 1\nGenomförande\nMora kommun\nStockholm\n"

    assert set(values(page).values()) == {""}


def test_a_few_labels_without_value_leave_the_last_ones_value_alone() -> None:
    page = "Kontaktperson:\nE-post:\nProjektägare:\nMora kommun\n"

    assert values(page) == {"contact_person": "", "email": "", "owner": "Mora kommun"}


def test_of_labels_without_values_the_last_keeps_a_single_line_below_it() -> None:
    labels = "Region:\nProjektperiod:\nTotal projektbudget:\nProjektnummer:\n"

    alone = record_of(f"Bro till arbete\n\n{labels}2016/00123\n\nEtt ESF-projekt.\n")
    assert alone.project_number == "2016/00123"
    assert records_of(f"Bro\n\n{labels}2016/00123\nOrsa\nESF\n2017-01-01\n") == []
