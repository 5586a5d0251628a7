import unicodedata

import pytest

from esfkit.parsing.lines import split_lines
from esfkit.parsing.scan import LONGEST_HEADER_LINE, Hit, ends_label, scan
from esfkit.vocabulary.labels import label_table


def hits(text: str) -> list[Hit]:
    return scan(split_lines(text))


def told(text: str) -> list[tuple[str, str, str]]:
    """Field, form and value beside the label of each hit."""
    return [
        (hit.label.field, hit.form.value, text[hit.value_start : hit.value_end])
        for hit in hits(text)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Projektägare",
        "Projektägare:",
        "PROJEKTÄGARE:",
        "projektägare",
        "  Projektägare :",
        "**Projektägare:**",
        "• Projektägare",
        "> Projektägare:",
        "# Projektägare",
        "Projektägare:\\",
        "│ Projektägare │",
        "Projekt\u00adägare:",
        "\ufeffProjektägare:",
        unicodedata.normalize("NFD", "Projektägare:"),
    ],
)
def test_a_label_alone_on_its_line_is_met_in_every_print(line: str) -> None:
    assert told(f"x\n{line}\ny") == [("owner", "own", "")]


@pytest.mark.parametrize(
    "line",
    [
        "Projektägare: Boden",
        "Projektägare:Boden",
        "Projektägare :   Boden ",
        "**Projektägare:** Boden",
        "- **Projektägare**: Boden",
        "PROJEKTÄGARE: Boden",
        "\tProjektägare\u00a0:\u00a0Boden",
        "Projektägare\tBoden",
        "| Projektägare | Boden |",
        "| Projektägare: | Boden |",
        "Projektägare   Boden",
        "│ Projektägare │ Boden │",
        "║Projektägare║Boden║",
        "a) Projektägare: Boden",
        "B. Projektägare: Boden",
        "Projektägare: Boden\\",
        "Projektägare: \u200bBoden\u200b",
        "\u200bProjektägare:\u200b \u200bBoden",
    ],
)
def test_a_value_behind_colon_or_cell_is_beside_its_label(line: str) -> None:
    assert told(f"x\n{line}\ny") == [("owner", "inline", "Boden")]


def test_markup_at_the_end_of_a_value_is_only_cut_where_the_line_began_with_markup() -> None:
    assert told("**Projektägare: Boden**") == [("owner", "inline", "Boden")]
    assert told("Projektägare: Boden*") == [("owner", "inline", "Boden*")]


@pytest.mark.parametrize(
    ("line", "field", "form", "value"),
    [
        ("Beviljat ESF-stöd6 113 800 kr", "esf_support", "glued", "6 113 800 kr"),
        ("Beviljat ESF-stöd 6 113 800 kr", "esf_support", "spaced", "6 113 800 kr"),
        ("Beviljat\u00a0ESF\u2011stöd6 kr", "esf_support", "glued", "6 kr"),
        ("E-postegil@exempel.se", "email", "glued", "egil@exempel.se"),
        ("Projektägaresaknas", "owner", "glued", "saknas"),
        ("ProjektägareMora kommun", "owner", "glued", "Mora kommun"),
        ("Projekt\u00adägareMora kommun", "owner", "glued", "Mora kommun"),
        ("Projektperiod 2009-04-01", "period", "spaced", "2009-04-01"),
    ],
)
def test_a_value_directly_behind_its_label_is_met(
    line: str, field: str, form: str, value: str
) -> None:
    assert told(line) == [(field, form, value)]


@pytest.mark.parametrize(
    "line",
    ["Budget 12 miljoner", "Kontakt Tuva", "Total 12", "", "-", "Vi frågar: Region"],
)
def test_a_line_that_begins_with_no_label_holds_none(line: str) -> None:
    assert told(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "Projektägaren svarar för allt",
        "Regionen växer",
        "Regional utveckling: ja",
        "Namnet på projektet: Nya vägar",
    ],
)
def test_words_that_only_begin_like_a_label_are_at_most_doubtful(line: str) -> None:
    assert {hit.form.value for hit in hits(line)} <= {"low"}


def test_a_generic_label_counts_with_a_colon_or_alone() -> None:
    assert told("Budget: 1 kr\nBudget\nPlats: Mora") == [
        ("total_budget", "inline", "1 kr"),
        ("total_budget", "own", ""),
        ("place", "inline", "Mora"),
    ]


def test_a_section_line_is_a_label_only_with_a_value_beside_it() -> None:
    assert told("Beneficiary\nProgramme\nBeneficiary: Port of X") == [
        ("owner", "inline", "Port of X")
    ]


def test_the_longest_label_is_taken() -> None:
    text = "Projektägare organisationsnummer:\nTotal projektbudget5 kr\nProjektägare org.nr.:\n"

    assert [field for field, _, _ in told(text)] == [
        "owner_org_number",
        "total_budget",
        "owner_org_number",
    ]


def test_the_cells_of_a_line_hold_several_labels() -> None:
    assert told("Region\tBoden\tStartdatum\t2016-01-01") == [
        ("region", "inline", "Boden"),
        ("period_start", "inline", "2016-01-01"),
    ]


def test_the_cells_up_to_the_next_label_are_one_value() -> None:
    assert told("| Projektägare | Boden | Luleå | Region: |") == [
        ("owner", "inline", "Boden | Luleå"),
        ("region", "own", ""),
    ]


def test_a_label_in_its_cell_without_value_stands_alone() -> None:
    assert told("Region\t\t\nStartdatum | |") == [
        ("region", "own", ""),
        ("period_start", "own", ""),
    ]


def test_wide_gaps_inside_a_figure_do_not_divide_it() -> None:
    assert told("Total projektbudget  6  113 800 kr") == [
        ("total_budget", "inline", "6  113 800 kr")
    ]


def test_a_line_whose_first_cell_is_no_label_holds_none() -> None:
    assert told("Kolumn\tRegion\tBoden") == []


def test_a_hit_says_exactly_where_its_label_stands() -> None:
    text = "x\n  **Region :** Boden\n"
    [hit] = hits(text)

    assert text[hit.start : hit.end] == "Region"
    assert (hit.line, hit.colon, hit.label.words) == (1, True, "Region")


@pytest.mark.parametrize(("line", "colon"), [("Region", False), ("Region:", True)])
def test_a_hit_says_whether_a_colon_follows(line: str, colon: object) -> None:
    [hit] = hits(line)

    assert hit.colon is colon
    assert hit.end - hit.start == len("Region")


@pytest.mark.parametrize(
    ("length", "met"), [(LONGEST_HEADER_LINE, 1), (LONGEST_HEADER_LINE + 1, 0)]
)
def test_a_line_of_more_than_four_hundred_characters_is_prose(length: int, met: int) -> None:
    assert len(hits("Projektägare: ".ljust(length, "x"))) == met


def test_every_label_of_the_table_is_met_alone_with_its_colon_and_beside_a_value() -> None:
    for label in label_table().by_key.values():
        assert [hit.label for hit in hits(f"{label.words}: 12")] == [label]
        if label.section != "value":
            assert [hit.label for hit in hits(label.words)] == [label]
            assert [hit.label for hit in hits(f"{label.words.upper()}:")] == [label]


@pytest.mark.parametrize(
    ("label", "rest", "may_end"),
    [
        ("Region", "Boden", True),
        ("Region", " boden", True),
        ("Region", "en", False),
        ("Region", "saknas", True),
        ("E-post", "egil@exempel.se", True),
        ("Region", "", True),
    ],
)
def test_a_label_ends_before_anything_but_a_small_letter(
    label: str,
    rest: str,
    may_end: object,
) -> None:
    assert ends_label(label_table().exact[label], rest) is may_end


def test_hits_come_in_order_of_place() -> None:
    starts = [
        hit.start for hit in hits("Region:\nA\nNamn: B\nE-postc@exempel.se\n| Fond | D |")
    ]

    assert len(starts) == 4
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    "line",
    [
        "Projektägare = Boden",
        "Projektägare – Boden",
        "Projektägare → Boden",
        "Projektägare ; Boden",
        "Projektägare........Boden",
        "Projektägare… Boden",
        "1. Projektägare: Boden",
        "12) Projektägare: Boden",
        "» Projektägare: Boden",
        "“Projektägare: Boden",
    ],
)
def test_other_separators_and_list_marks_stand_for_colon_and_bullet(line: str) -> None:
    assert told(line) == [("owner", "inline", "Boden")]


def test_a_label_broken_over_two_lines_is_one() -> None:
    text = "Region\nUnionens\nTotal\nUtlyst\nStödmottagare\npostnr:\n90184\n"
    [region, postal_code] = hits(text)

    assert (region.line, postal_code.line, postal_code.colon) == (0, 5, True)
    assert text[postal_code.start : postal_code.end] == "Stödmottagare\npostnr"


def test_a_label_spread_over_the_cells_of_a_line_is_one() -> None:
    assert told("Total\tprojektbudget\t1 kr") == [("total_budget", "inline", "1 kr")]
    assert told("Stödmottagare\tpostnr\t90184") == [("postal_code", "inline", "90184")]


@pytest.mark.parametrize("line", ["Regıon Boden", "RegıonBoden", "Specıfikt mål2.1"])
def test_letters_that_only_look_alike_make_no_label(line: str) -> None:
    assert told(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "Projektägare:   Bodens  kommun      Region:   Övre Norrland",
        "Projektägare: Bodens  kommun    Region: Övre Norrland",
        "Projektägare:\tBodens  kommun\tRegion:\tÖvre Norrland",
    ],
)
def test_two_pairs_side_by_side_are_two_labels(line: str) -> None:
    assert told(f"x\n{line}\ny") == [
        ("owner", "inline", "Bodens  kommun"),
        ("region", "inline", "Övre Norrland"),
    ]


def test_a_label_word_after_a_wide_gap_is_no_label_without_its_colon() -> None:
    assert told("x\nProjektägare:   Boden   Region  Nord\ny") == [
        ("owner", "inline", "Boden   Region  Nord")
    ]


def test_lines_of_a_broken_running_line_are_left_to_those_who_read_it() -> None:
    broken = (
        "Ny kraft Projektfas: Genomförande Projektägare: Mora kommun\n"
        "Beviljat ESF-stöd: 1 kr Projektperiod: 2009-04-01 till 2010-12-31\n"
    )

    assert told(f"{broken}\nRegion: Väst\n") == [("region", "inline", "Väst")]
