import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from esfkit.parsing.boundaries import cut_records
from esfkit.parsing.fields import is_readable
from esfkit.parsing.grouping import LONGEST_VALUE, group_hits, runs_of_labels
from esfkit.parsing.lines import split_lines
from esfkit.parsing.main_form import FEWEST, Group, choose_form
from esfkit.parsing.scan import scan
from esfkit.vocabulary.labels import read_labels


def groups(text: str) -> list[Group]:
    lines = split_lines(text)
    return list(group_hits(scan(lines), lines, is_readable))


def told(text: str) -> list[str]:
    """The fields of each group, in one string."""
    return [" ".join(hit.label.field for hit in group.hits) for group in groups(text)]


FIRST = "Region:\nBoden\nProjektägare:\nBodens kommun\nStartdatum:\n2016-01-01\n"
FIELDS = "region owner period_start"


def test_labels_with_nothing_but_values_between_them_belong_together() -> None:
    assert told(FIRST) == [FIELDS]


@pytest.mark.parametrize(
    "text", ["", "Ingen etikett", "Region:\nSydsverige", "Region: Sydsverige"]
)
def test_a_lone_label_is_no_group(text: str) -> None:
    assert told(text) == []


def test_blank_lines_part_no_labels() -> None:
    assert told(FIRST.replace("\n", "\n\n")) == [FIELDS]


@pytest.mark.parametrize(("filled", "parted"), [(1, 1), (3, 1), (4, 2)])
def test_more_than_three_filled_lines_part_labels(filled: int, parted: int) -> None:
    head, tail = "Region:\nA\nNamn:\n", "Fond:\nESF\nE-post:\na@exempel.se\n"

    assert len(told(head + "ord\n" * filled + tail)) == parted


@pytest.mark.parametrize(
    ("filled", "fields"), [(2, "region owner fund email"), (3, "region owner")]
)
def test_more_than_two_filled_lines_part_labels_with_values_beside_them(
    filled: int, fields: str
) -> None:
    head, tail = "Region: Väst\nProjektägare: Boden\n", "Fond: ESF\nE-post: a@exempel.se\n"

    assert told(head + "ord\n" * filled + tail)[0] == fields


@pytest.mark.parametrize(("length", "parted"), [(LONGEST_VALUE, 1), (LONGEST_VALUE + 1, 2)])
def test_a_line_too_long_for_a_value_parts_labels(length: int, parted: int) -> None:
    text = f"Region:\nA\nNamn:\n{'x' * length}\nFond:\nESF\nE-post:\na@exempel.se"

    assert len(told(text)) == parted


def test_a_section_heading_parts_labels() -> None:
    text = "Region: A\nNamn: B\n\nBakgrund\n\nFond: ESF\nE-post: a@exempel.se"

    assert told(text) == ["region title", "fund email"]


def test_a_value_that_reads_like_a_heading_parts_nothing() -> None:
    assert told("Region:\nA\nNamn:\nBakgrund\n\nFond:\nESF") == ["region title fund"]


def test_labels_met_again_in_a_row_begin_another_record() -> None:
    assert told(FIRST + FIRST) == [FIELDS, FIELDS]


def test_a_label_met_again_alone_begins_no_record() -> None:
    assert told(f"{FIRST}Region:\nhär\n") == [FIELDS]


def test_the_next_record_begins_below_the_widest_gap_for_its_title_stands_there() -> None:
    second = "Nya vägar\n\nNamn:\nNya vägar\n" + FIRST

    assert told(f"{FIRST}{second}") == [FIELDS, f"title {FIELDS}"]


def test_labels_that_all_change_form_begin_another_record() -> None:
    inline = "Namn: X\nFond: ESF\nE-post: a@exempel.se\n"

    assert told(FIRST + inline) == [FIELDS, "title fund email"]


def test_labels_that_only_lack_their_values_change_no_form() -> None:
    empty = "Namn:\nFond:\nE-post:\n"

    assert told(f"Region: A\nProjektägare: B\nStartdatum: 2016-01-01\n{empty}") == [
        f"{FIELDS} title fund email"
    ]


def test_only_labels_in_the_main_form_count() -> None:
    text = f"{FIRST}Fond: se nedan\n"

    assert told(text) == [FIELDS]


def test_a_value_that_reads_like_a_label_with_its_value_stays_a_value() -> None:
    text = "Region:\nBoden\nNamn:\nRegion: möjligheter\nStartdatum:\n2016-01-01\n"

    assert told(text) == ["region title period_start"]


def test_a_label_beside_its_value_counts_among_others_once_the_one_before_has_its_value() -> (
    None
):
    text = "Region:\nBoden\nFond: ESF\nStartdatum:\n2016-01-01\nNamn:\nX\n"

    assert told(text) == ["region fund period_start title"]


def test_a_label_alone_on_its_line_lacks_its_value_in_any_form() -> None:
    assert told("Region: A\nNamn:\nFond: ESF\nE-post: a@exempel.se") == [
        "region title fund email"
    ]


def test_lone_labels_over_a_value_outweigh_lone_labels_over_nothing() -> None:
    [group] = groups("Region: A\nFond: ESF\nNamn:\nStartdatum:\nSlutdatum:\nE-post:\n")

    assert group.form.value == "inline"


def test_of_a_label_met_twice_the_first_counts() -> None:
    text = "Region:\nSydsverige\nNamn:\nX\nNamn:\nY\nFond:\nESF\n"
    [group] = groups(text)

    assert [hit.line for hit in group.hits] == [0, 2, 6]


def test_of_a_label_met_twice_the_one_with_a_value_beside_it_counts() -> None:
    text = "Region 10\nRegion Sydsverige\nStartdatum 2016-01-01\nSlutdatum 2017-01-01\n"
    [group] = groups(text)

    assert [hit.line for hit in group.hits] == [1, 2, 3]


def test_a_label_that_blank_lines_part_from_the_header_and_that_it_repeats_is_prose() -> None:
    text = (
        "Region:\nSydsverige\nNamn:\nX\nKontaktperson:\nTuva\nFond:\nESF\n\n"
        "Kontaktperson:\nEn kontaktperson utses.\n"
    )
    [group] = groups(text)

    assert [hit.line for hit in group.hits] == [0, 2, 4, 6]


def test_where_blank_lines_part_all_labels_no_block_is_the_header() -> None:
    text = "Region:\nSydsverige\n\nNamn:\nX\n\nRegion:\nBoden\n\nFond:\nESF\n"
    [group] = groups(text)

    assert [hit.line for hit in group.hits] == [0, 3, 9]


@pytest.mark.parametrize(
    ("above", "below"),
    [("Region: här menas stan\n\n", ""), ("", "\nRegion: här menas stan\n")],
    ids=["above", "below"],
)
def test_a_sentence_that_stands_apart_at_either_end_is_no_label(above: str, below: str) -> None:
    header = "Namn: X\nFond: ESF\nE-post: a@exempel.se\n"

    assert told(above + header + below) == ["title fund email"]


@pytest.mark.parametrize("words", ["Sydsverige", ""])
def test_a_label_that_stands_apart_with_its_value_or_without_one_stays(words: str) -> None:
    assert told(f"Region: {words}\n\nNamn: X\nFond: ESF\n") == ["region title fund"]


DENSE = "Region: A\nNamn: B\nFond: ESF\nE-post: a@exempel.se\n"


@pytest.mark.parametrize(
    ("block", "goes_on"),
    [
        ("Startdatum: 2016-01-01\nSlutdatum: 2017-01-01\nTelefon: 090-16 10 00\n", True),
        ("Startdatum: 2016-01-01\nSlutdatum: 2017-01-01\n", True),
        ("En rad.\nStartdatum: 2016-01-01\nSlutdatum: 2017-01-01\n", False),
        ("Startdatum: 2016-01-01\nRegion: B\nTelefon: 090-16 10 00\n", False),
        ("En rad.\nProjektägare: A\nKontaktperson: B\nTelefon: 090-16 10 00\n", False),
        ("- Startdatum: 2016-01-01\n- Slutdatum: 2017-01-01\n- Telefon: 090-16 10 00\n", False),
    ],
    ids=["three more", "two", "two below prose", "one named before", "somebody", "bullets"],
)
def test_labels_below_a_blank_line_go_on_with_a_dense_header_or_do_not(
    block: str, goes_on: object
) -> None:
    many = len(groups(f"{DENSE}\n{block}")[0].hits)

    assert (many > 4) is goes_on


def test_a_sentence_between_two_labels_parts_them() -> None:
    sentence = "Här berättar vi om allt som händer i projektet just nu och sedan."

    assert told(f"Region: A\nNamn: B\n\n{sentence}\n\nFond: ESF\nE-post: a@exempel.se\n") == [
        "region title",
        "fund email",
    ]


def test_a_heading_with_a_number_between_labels_begins_another_record() -> None:
    text = "Region: A\nNamn: B\n2016/00998 - Ny bro\nFond: ESF\nE-post: a@exempel.se\n"

    assert told(text) == ["region title", "fund email"]


def test_labels_that_name_again_below_a_blank_line_begin_another_record() -> None:
    text = "Region: A\nNamn: B\nFond: ESF\n\nRegion: C\nNamn: D\n"

    assert told(text) == ["region title fund", "region title"]


LABELS = st.sampled_from([label.words for label in read_labels()])
LINES = st.builds(
    "{}{}{}".format,
    LABELS,
    st.sampled_from(("", "", ": ", " ", ":", ":\n")),
    st.sampled_from(("", "Boden", "2016-01-01", "1 kr", "x" * LONGEST_VALUE, "Boden\n")),
)


@settings(max_examples=500, deadline=None)
@given(st.lists(LINES, max_size=8).map("\n".join))
def test_runs_of_one_form_need_no_weighing(text: str) -> None:
    """What the short cut for them says is what weighing them label by label would."""
    lines = split_lines(text)
    weighed = [
        choose_form(record, lines, is_readable)
        for run in runs_of_labels(scan(lines), lines)
        for record in cut_records(run, lines)
    ]
    found = groups(text)
    event(f"groups: {len(found)}")
    assert found == [group for group in weighed if len(group.hits) >= FEWEST]


def test_a_blank_line_parts_a_lone_label_from_a_dense_header_below() -> None:
    dense = "Projektnummer\nDiarienummer\nProjektnr\nDiarienr\n"

    assert [len(group.hits) for group in groups(f"Dnr:\nBoden\n\n{dense}")] == [4]


def test_a_label_word_in_a_column_of_values_is_no_label() -> None:
    labels = "Programområde\nProjektfas\nProjektägare\nRegion\n"
    [group] = groups(f"{labels}\nProgramområde 1\nGenomförande\nMora kommun\nStockholm\n")

    assert [hit.line for hit in group.hits] == [0, 1, 2, 3]


def test_labels_with_values_below_a_menu_of_labels_stay() -> None:
    menu = "Programområde\nProjektfas\nProjektägare\nRegion\n"
    [group] = groups(f"{menu}Telefonnummer: 0250-260 00\nE-post: a@exempel.se\n")

    assert {"phone", "email"} <= {hit.label.field for hit in group.hits}
