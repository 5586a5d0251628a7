from decimal import Decimal

import pytest

from esfkit.model.document import Cell, Document, Origin
from esfkit.model.finding import Problem, Severity
from esfkit.model.record import Record
from esfkit.parsing.listrow import read_list_row
from esfkit.parsing.parse import Reason, parse_document
from esfkit.parsing.reading import Parsed

ESF = ("Diarienummer", "Stödmottagare", "Namn på insatsen", "Startdatum", "Slutdatum")
WORDS = ("23-017-S01", "UPPSALA KOMMUN", "Bron", "2023-02-01", "2025-12-31")
KOHESIO = (
    *("Operation_Name_Programme_Language", "Beneficiary_Name", "Operation_Start_Date"),
    *("Operation_End_Date", "Fund_Code"),
)
IN_EUROPE = ("Verkstaden", "Luleå kommun", "01/09/2016", "28/02/2019", "ESF")


def row(headings: tuple[str, ...], words: tuple[str, ...]) -> Document:
    text, cells = "", []
    for heading, cell in zip(headings, words, strict=True):
        text += "\n" if text else ""
        start = len(text) + len(heading) + 2
        cells.append(Cell(len(text), len(text) + len(heading), start, start + len(cell)))
        text += f"{heading}: {cell}"
    return Document(text, Origin(path="x.csv", line=2), cells=tuple(cells))


def parsed(headings: tuple[str, ...], words: tuple[str, ...]) -> Parsed:
    read = read_list_row(row(headings, words))
    assert isinstance(read, Parsed)
    return read


def esf(**more: str) -> Record:
    return parsed((*ESF, *map(with_blanks, more)), (*WORDS, *more.values())).record


def kohesio(**more: str) -> Record:
    return parsed((*KOHESIO, *more), (*IN_EUROPE, *more.values())).record


def with_blanks(heading: str) -> str:
    return heading.replace("_", " ").replace("EU ", "EU-")


def codes(record: Record) -> list[Problem]:
    return [finding.code for finding in record.findings]


def test_every_value_is_proved_by_its_cell() -> None:
    record = esf()

    assert [(each.field, each.label, each.raw, each.line) for each in record.provenance] == [
        ("project_number", "Diarienummer", "23-017-S01", 1),
        ("owner", "Stödmottagare", "UPPSALA KOMMUN", 2),
        ("title", "Namn på insatsen", "Bron", 3),
        ("period_start", "Startdatum", "2023-02-01", 4),
        ("period_end", "Slutdatum", "2025-12-31", 5),
    ]
    assert (record.kind, record.layout, record.claimed_share) == ("project", "esf-list", 1.0)
    assert record.owner == "UPPSALA KOMMUN"
    assert record.findings == ()


def test_a_row_is_the_same_project_as_its_page() -> None:
    page = "23-017-S01: Bron\nProjektägare:\nUppsala kommun\nFond:\nESF+\nNUTS-2 kod:\nSE12\n"
    page += "Program CCI:\n2021SE05SFPR\nStartdatum:\n2023-02-01\nSlutdatum:\n2025-12-31\n"
    (of_page,) = parse_document(Document(page)).records

    assert of_page.layout == "esf-plus"
    assert esf().record_id == of_page.record_id == "esf:23-017-S01"


def test_a_row_without_a_number_has_the_usual_hash() -> None:
    first, again = (parsed(KOHESIO, IN_EUROPE).record for _ in range(2))

    assert first.record_id == again.record_id
    assert first.record_id.startswith("esf:")
    assert len(first.record_id) == len("esf:") + 12
    assert Problem.PROJECT_NUMBER_MISSING in codes(first)


def test_words_of_a_cell_are_never_taken_for_a_heading() -> None:
    record = esf(Sammanfattning="Mål\nDiarienummer: 99-999-S99\nEU-stöd: 5 kr")

    assert record.project_number == "23-017-S01"
    assert record.esf_support_sek is None
    assert record.summary == "Mål\nDiarienummer: 99-999-S99\nEU-stöd: 5 kr"


def test_support_may_be_empty() -> None:
    record = esf(Total_projektbudget="4 973 906", EU_stöd="")

    assert (record.total_budget_sek, record.esf_support_sek) == (4_973_906, None)
    assert [(each.code, each.severity) for each in record.findings] == [
        (Problem.VALUE_MISSING, Severity.NOTE)
    ]


def test_the_rules_of_the_domain_are_asked_as_for_pages() -> None:
    record = esf(Total_projektbudget="4 000 000", EU_stöd="5 000 000")

    assert codes(record) == [Problem.SUPPORT_EXCEEDS_BUDGET]
    assert record.esf_share == 1.25


def test_both_summaries_are_kept() -> None:
    record = esf(Sammanfattning="En bro.", Sammanfattning_engelsk="A bridge.")

    assert record.summary == "En bro."
    assert [(each.heading, each.text) for each in record.sections] == [
        ("Sammanfattning engelsk", "A bridge.")
    ]


def test_an_english_summary_that_says_nothing_is_no_section() -> None:
    assert esf(Sammanfattning_engelsk="-").sections == ()


def test_an_unknown_column_lowers_the_share_and_is_no_finding_of_the_row() -> None:
    read = parsed((*ESF, "Egen kod"), (*WORDS, "abc"))
    filled = sum(len("".join(f"{h}:{w}".split())) for h, w in zip(ESF, WORDS, strict=True))

    assert read.record.findings == ()
    assert read.record.claimed_share == round(1 - 11 / (filled + 11), 4)
    assert [read.record.provenance[-1].field, len(read.unclaimed)] == ["period_end", 1]


def test_an_unknown_column_without_words_does_not_lower_it() -> None:
    assert parsed((*ESF, "Egen kod"), (*WORDS, "")).record.claimed_share == 1.0


def test_two_columns_of_one_field_that_differ_are_told() -> None:
    record = parsed((*ESF, "Start date"), (*WORDS, "2023-03-01")).record

    assert str(record.period_start) == "2023-02-01"
    assert codes(record) == [Problem.VALUE_CONFLICT]


# --- Kohesio ----------------------------------------------------------------------------


def test_euro_go_to_the_columns_of_euro() -> None:
    record = kohesio(
        Total_Eligible_Expenditure_amount="299609.48",
        Total_Eligible_Expenditure_Currency="EUR",
        Project_EU_Budget="149804.74",
    )

    assert record.total_budget_eur == Decimal("299609.48")
    assert (record.total_budget_sek, record.esf_support_eur, record.esf_share) == (None,) * 3


def test_kronor_are_not_converted_but_read() -> None:
    record = kohesio(
        Total_Eligible_Expenditure_amount="1234567",
        Total_Eligible_Expenditure_Currency="sek",
    )

    assert (record.total_budget_sek, record.total_budget_eur) == (1_234_567, None)


def test_another_currency_is_told_and_gives_no_amount() -> None:
    record = kohesio(
        Total_Eligible_Expenditure_amount="1234567",
        Total_Eligible_Expenditure_Currency="DKK",
    )

    assert (record.total_budget_sek, record.total_budget_eur) == (None, None)
    assert Problem.CURRENCY_UNEXPECTED in codes(record)


@pytest.mark.parametrize("heading", ["Cofinancing_Rate", "CoFinancing_Rate"])
@pytest.mark.parametrize("rate", ["50", "0.5", "50%", "50.0"])
def test_the_rate_is_read_in_each_of_its_forms(heading: str, rate: str) -> None:
    assert kohesio(**{heading: rate}).union_cofinancing_rate == 0.5


def test_an_identifier_is_the_project_s_number_only_if_it_has_its_shape() -> None:
    assert kohesio(Operation_Local_Identifier="2016/00991").project_number == "2016/00991"
    other = kohesio(Operation_Local_Identifier="https://linkedopendata.eu/entity/Q1")
    assert other.project_number is None
    assert codes(other) == [Problem.PROJECT_NUMBER_MISSING]


def test_rows_of_one_operation_stay_observations_of_one_project() -> None:
    first, second = (
        kohesio(Operation_Local_Identifier="2016/00991", Category_Of_Intervention=code)
        for code in ("102", "103")
    )

    assert first.record_id == second.record_id
    assert (first.intervention_code, second.intervention_code) == ("102", "103")


# --- rows that are no record ------------------------------------------------------------


def test_a_row_of_sums_is_no_record() -> None:
    document = row((*ESF, "Total projektbudget"), ("", "", "", "", "", "99 000 000"))
    result = parse_document(document)

    assert result.records == ()
    assert result.rejection is not None
    assert result.rejection.reason is Reason.NO_VALUES
    assert "names no project" in result.rejection.message


def test_a_row_under_unknown_headings_is_no_record() -> None:
    assert read_list_row(row(ESF[:4], WORDS[:4])) == (
        "the row's headings are those of no known list"
    )


def test_the_list_with_the_most_headings_is_taken() -> None:
    mixed = ("Start date", "End date", "Summary", "PROJECT NAME", "TOTAL BUDGET", "ID")
    read = parsed(mixed, ("01/02/2018", "2019-01-31", "Kort.", "Steget", "5000", "Q1"))

    assert read.record.layout == "kohesio-list"
    assert str(read.record.period_start) == "2018-02-01"
