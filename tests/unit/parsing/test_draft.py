import pytest

from esfkit.layouts.layout import layout_named
from esfkit.model.finding import Problem, Severity
from esfkit.parsing.draft import Draft, make_finding, quote
from esfkit.parsing.header import Found
from esfkit.parsing.lines import split_lines
from esfkit.vocabulary.labels import label_table

TEXT = "x\nRegion: Väst\nNamn:\n"
REGION = Found(label_table().exact["Region"], 2, 8, 1, 10, 14)
TITLE = Found(label_table().exact["Namn"], 15, 19, 2, 20, 20)


@pytest.fixture
def draft() -> Draft:
    return Draft(split_lines(TEXT), layout_named("esf-plus"))


def test_a_value_is_put_with_the_characters_that_prove_it(draft: Draft) -> None:
    draft.put("region", "Västsverige", REGION)

    assert draft.values == {"region": "Västsverige"}
    assert draft.provenance == [
        {"field": "region", "raw": "Väst", "label": "Region", "start": 10, "end": 14, "line": 2}
    ]
    assert draft.findings == []


def test_a_value_may_have_fewer_characters_than_its_label_s_words(draft: Draft) -> None:
    draft.put("region", "st", REGION, (12, 14))

    assert draft.provenance[0]["raw"] == "st"
    assert (draft.provenance[0]["start"], draft.provenance[0]["end"]) == (12, 14)


@pytest.mark.parametrize(("line", "span"), [(1, (10, 14)), (0, (10, 14)), (2, (10, 14))])
def test_a_value_lies_on_the_line_of_its_own_characters(
    draft: Draft, line: int, span: tuple[int, int]
) -> None:
    draft.put("region", "Väst", REGION._replace(line=line), span)

    assert draft.provenance[0]["line"] == 2


def test_the_characters_of_a_column_are_told_while_it_has_a_value(draft: Draft) -> None:
    assert draft.raw("region") is None

    draft.put("region", "Västsverige", REGION)
    assert draft.raw("region") == "Väst"
    assert draft.raw("title") is None

    draft.drop("region")
    assert draft.raw("region") is None


def test_a_value_without_a_label_says_so(draft: Draft) -> None:
    draft.put("region", "Väst", REGION._replace(label_start=0, label_end=0))

    assert draft.provenance[0]["label"] is None


def test_the_same_value_once_more_is_no_finding_and_has_one_proof(draft: Draft) -> None:
    draft.put("region", "Väst", REGION)
    draft.put("region", "Väst", TITLE)

    assert (len(draft.provenance), draft.findings) == (1, [])


def test_another_value_for_a_column_is_a_conflict_and_the_first_stays(draft: Draft) -> None:
    draft.put("region", "Syd", REGION)
    draft.put("region", "Väst", REGION)

    assert draft.values == {"region": "Syd"}
    [finding] = draft.findings
    assert (finding.code, finding.severity) == (Problem.VALUE_CONFLICT, Severity.WARNING)
    assert finding.message == "Region: “Väst” differs from what another label of the page says"


def test_a_list_may_go_on_in_another_section_and_each_proves_its_own(draft: Draft) -> None:
    draft.extend("actors", ("ABF",), REGION)
    draft.extend("actors", ("LO", "ABF"), TITLE)

    assert draft.values == {"actors": ("ABF", "LO", "ABF")}
    assert [each["start"] for each in draft.provenance] == [10, 20]
    assert draft.findings == []


def test_the_words_of_a_label_are_those_of_the_text(draft: Draft) -> None:
    assert (draft.words(REGION), draft.words(TITLE)) == ("Väst", "")


def test_a_refusal_quotes_the_words_and_says_where_they_stand(draft: Draft) -> None:
    draft.refuse(Problem.REGION_UNKNOWN, "region", REGION)

    [finding] = draft.findings
    assert finding.message.startswith("Region: “Väst” is none of the eight ESF regions")
    assert (finding.field, finding.start, finding.end) == ("region", 10, 14)


def test_a_refusal_of_nothing_points_at_the_label(draft: Draft) -> None:
    draft.refuse(Problem.VALUE_MISSING, "title", TITLE)

    [finding] = draft.findings
    assert finding.message == "Namn is printed without a value"
    assert TEXT[finding.start : finding.end] == "Namn"


def test_a_refusal_without_a_label_names_the_column(draft: Draft) -> None:
    draft.refuse(Problem.NULL_WORD, "region", REGION._replace(label_start=0, label_end=0))

    assert draft.findings[0].message == "region: “Väst” is said to be missing"


def test_a_note_may_have_no_place(draft: Draft) -> None:
    draft.note(Problem.TITLE_MISSING, "title", "no title")

    [finding] = draft.findings
    assert (finding.field, finding.message, finding.start, finding.end) == (
        "title",
        "no title",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("problem", "severity"),
    [
        (Problem.VALUE_MISSING, Severity.NOTE),
        (Problem.NULL_WORD, Severity.NOTE),
        (Problem.LAYOUT_TIE, Severity.NOTE),
        (Problem.DIGITS_LOST, Severity.WARNING),
        (Problem.NUMBER_CONFLICT, Severity.WARNING),
    ],
)
def test_each_problem_has_its_usual_severity(problem: Problem, severity: Severity) -> None:
    assert make_finding(problem, None, "x").severity is severity


def test_a_finding_may_weigh_more_than_usual() -> None:
    finding = make_finding(Problem.NULL_WORD, None, "x", (1, 2), Severity.ERROR)

    assert (finding.severity, finding.start, finding.end) == (Severity.ERROR, 1, 2)


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("", ""),
        (" \n", ""),
        ("a\n  b", "“a b”"),
        ("x" * 80, f"“{'x' * 80}”"),
        ("x" * 81, f"“{'x' * 80}…”"),
    ],
)
def test_a_quotation_stands_on_one_line_and_is_cut_at_eighty_letters(
    words: str, quoted: str
) -> None:
    assert quote(words) == quoted
