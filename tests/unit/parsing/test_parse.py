import pytest

from esfkit.model.document import Document
from esfkit.parsing.parse import Reason, parse_document
from pages import (
    PRACTICE,
    call_page,
    colon_page,
    glued_page,
    kohesio_page,
    lines_page,
    plus_page,
    record_of,
    records_of,
    rejection_of,
    result_of,
    running_page,
)

SECOND = colon_page(
    heading="2016/00998 - Ny bro", project_number="2016/00998", title="Ny bro", owner="Boden"
)
NEWS = "Europeiska socialfonden ger i år stöd till fler projekt än någonsin förr. "


def told(text: str) -> list[tuple[str | None, str]]:
    return [(record.title, record.layout) for record in records_of(text)]


@pytest.mark.parametrize(
    ("page", "kind", "layout"),
    [
        (colon_page(), "project", "esf-2014-colon"),
        (lines_page(), "project", "esf-2014-lines"),
        (glued_page(), "project", "esf-2007-glued"),
        (running_page(), "project", "inline-2007"),
        (plus_page(), "project", "esf-plus"),
        (kohesio_page(), "project", "kohesio"),
        (call_page(), "call", "esf-call"),
        (PRACTICE, "practice", "practice"),
    ],
)
def test_a_page_of_each_kind_gives_its_record(page: str, kind: str, layout: str) -> None:
    record = record_of(page)

    assert (record.kind, record.layout) == (kind, layout)
    assert record.claimed_share == 1.0


def test_a_result_keeps_its_document_and_has_records_or_a_reason() -> None:
    document = Document(colon_page())
    result = parse_document(document)

    assert result.document is document
    assert (len(result.parsed), result.rejection) == (1, None)


# --- several records ----------------------------------------------------------------------


def test_two_records_one_after_the_other_are_two() -> None:
    assert told(f"{colon_page()}\n{SECOND}") == [
        ("Nya vägar", "esf-2014-colon"),
        ("Ny bro", "esf-2014-colon"),
    ]


def test_records_in_different_styles_are_read_from_one_file() -> None:
    second = plus_page(heading="23-017-S31 - Lov för alla")

    assert told(f"{lines_page('Vi lär av varandra.')}\n{second}") == [
        ("Nya vägar", "esf-2014-lines"),
        ("Lov för alla", "esf-plus"),
    ]


def test_two_records_in_one_running_line_are_two() -> None:
    line = running_page("Sammanfattning Vi lär.") + " " + running_page(heading="Nästa väg")

    assert told(line) == [("Ny kraft", "inline-2007"), ("Nästa väg", "inline-2007")]
    assert records_of(line)[0].summary == "Vi lär."


def test_a_form_feed_parts_pages() -> None:
    text = f"{colon_page('Vi lär.')}\fLov\n{SECOND}\f{PRACTICE}"

    assert [layout for _, layout in told(text)] == [
        "esf-2014-colon",
        "esf-2014-colon",
        "practice",
    ]
    first, second, _ = result_of(text).parsed
    assert first.place.end == second.place.begin == text.index("\f") + 1


def test_a_page_between_form_feeds_may_hold_nothing() -> None:
    assert told(f"\f\f{colon_page()}\f\n") == [("Nya vägar", "esf-2014-colon")]


def test_a_title_is_not_sought_on_the_page_before() -> None:
    text = f"Ett annat namn\f{colon_page(title=None)}"

    assert record_of(text).title is None


def test_the_page_s_heading_is_the_title_of_its_one_record() -> None:
    text = f"Ny väg\n\nIngress\n\n{colon_page(title=None)}"

    [parsed] = parse_document(Document(text, heading="Ny väg")).parsed
    assert parsed.record.title == "Ny väg"


def test_the_page_s_heading_is_nobody_s_title_among_several_records() -> None:
    text = f"Alla projekt\n\nNy väg\n\n{colon_page(title=None)}\n{SECOND}"

    first, *_ = parse_document(Document(text, heading="Alla projekt")).parsed
    assert first.record.title == "Ny väg"


def test_a_header_in_lines_and_one_in_a_running_line_come_in_order_of_place() -> None:
    text = f"{running_page('Vi lär.')}\n\n{SECOND}"

    assert told(text) == [("Ny kraft", "inline-2007"), ("Ny bro", "esf-2014-colon")]


def test_labels_in_the_prose_of_a_record_are_no_second_record() -> None:
    box = "Fakta:\nRegion: Sydsverige\nProjektperiod: 2016-01-01 - 2017-01-01\n"

    assert told(colon_page(f"Vi lär av varandra.\n\n{box}")) == [
        ("Nya vägar", "esf-2014-colon")
    ]


def test_labels_below_a_record_with_a_number_of_their_own_are_a_second_record() -> None:
    second = (
        "Projektnummer: 2016/00998\nRegion: Sydsverige\nProjektägare: Lund\n"
        "Total projektbudget: 1 kr"
    )

    assert [
        record.project_number for record in records_of(f"{colon_page('Prosa.')}\n{second}")
    ] == [
        "2016/00999",
        "2016/00998",
    ]


def test_a_title_above_labels_makes_them_a_record_without_a_number() -> None:
    one, two = glued_page("Sammanfattning\n\nVi lär."), glued_page(heading="Nästa väg")

    assert [title for title, _ in told(f"{one}\n{two}")] == ["Ny kraft", "Nästa väg"]


# --- rejections ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Bara prosa.", "Region: Sydsverige", "\x00\ud800"]
)
def test_a_text_without_labels_is_rejected_for_that(text: str) -> None:
    rejection = rejection_of(text)

    assert rejection.reason is Reason.NO_LABELS
    assert (rejection.nearest, rejection.labels) == (None, ())
    assert rejection.message == "no group of known labels stands in the text"


def test_too_few_labels_are_named_with_the_layout_that_came_nearest() -> None:
    rejection = rejection_of("Region\nStockholm\nProgramområde\n1\nStartdatum\n2019-01-14\n")

    assert rejection.reason == "too_few_labels"
    assert rejection.nearest == "esf-call"
    assert rejection.labels == ("period_start", "programme_area", "region")
    assert rejection.message == "esf-call: prints 3 of the 4 labels it must"


def test_a_label_that_no_page_of_the_nearest_layout_prints_is_a_reason() -> None:
    rejection = rejection_of(call_page().replace("Region", "Projektägare"))

    assert rejection.reason is Reason.NO_LAYOUT
    assert rejection.nearest == "esf-call"
    assert "prints Projektägare, which no page of this layout does" in rejection.message


def test_a_form_whose_labels_have_no_values_is_rejected() -> None:
    form = "\n".join(f"{label}: fyll i" for label in FORM)
    rejection = rejection_of(form)

    assert rejection.reason is Reason.NO_VALUES
    assert rejection.nearest == "esf-2014-colon"
    assert "prose stands where its labels' figures, dates and codes should" in rejection.message


FORM = ("Projektnummer", "Projektägare", "Projektperiod", "Total projektbudget", "E-post")


def test_labels_with_nothing_beside_them_are_no_record() -> None:
    assert rejection_of("\n".join(f"{label}:" for label in FORM)).reason is Reason.NO_VALUES


def test_values_that_a_copy_lost_are_values_still() -> None:
    page = colon_page(
        project_number="/",
        total_budget="kr",
        esf_support="kr",
        period="-- till --",
        region="saknas",
    )

    assert record_of(page).total_budget_sek is None


def test_with_few_labels_every_figure_must_be_one() -> None:
    assert (
        record_of("Nytt jobb\n\nProgramområde\n1\nUtlyst belopp\n60 000 000 kr\n").kind
        == "call"
    )
    assert (
        rejection_of("Nytt jobb\n\nProgramområde\n1\nUtlyst belopp\nett stort\n").reason
        is Reason.NO_VALUES
    )


def test_a_fact_box_below_news_is_no_record() -> None:
    box = "Projektägare: ABF\nProjektperiod: 2016-01-01 - 2017-01-01\nRegion: Sydsverige\n"
    money = "Total projektbudget: 2 000 000 kr\nBeviljat ESF-stöd: 1 000 000 kr\n"

    rejection = rejection_of(f"Nyhet\n\n{NEWS}\n\n{NEWS}\n\n{box}{money}")

    assert rejection.reason is Reason.FACT_BOX
    assert "owner" in rejection.labels


def test_a_full_header_below_prose_is_a_record() -> None:
    page = glued_page(heading="")

    assert len(records_of(f"Nyhet\n\n{NEWS}\n\n{NEWS}\n\n{page}")) == 1


@pytest.mark.parametrize(
    "page",
    [
        colon_page(),
        colon_page(heading="2016/00999 - Nya vägar", project_number=None),
        "Nya vägar\n\nAktör: ABF\nPlats: Boden\nFinansiering: ESF\nBudget: 1 kr\n",
    ],
)
def test_below_prose_a_number_or_an_example_is_a_record_all_the_same(page: str) -> None:
    assert len(records_of(f"Nyhet\n\n{NEWS}\n\n{NEWS}\n\n{page}")) == 1


def test_below_a_single_sentence_labels_are_no_fact_box() -> None:
    assert len(records_of(f"Nyhet\n\n{NEWS}\n\n{glued_page()}")) == 1


def test_the_reasons_are_stable_words() -> None:
    assert {reason.value for reason in Reason} >= {
        "no_labels",
        "too_few_labels",
        "no_layout",
        "no_values",
    }


@pytest.mark.parametrize(
    "lead",
    ["Fakta om grannen:", "Grannen berättar.", "Bakgrund"],
    ids=["colon", "stop", "heading"],
)
def test_labels_below_a_lead_in_are_no_second_record(lead: str) -> None:
    box = glued_page(heading=lead)

    assert told(f"{glued_page('Vi lär av varandra.')}\n{box}") == [
        ("Ny kraft", "esf-2007-glued")
    ]


def test_labels_below_a_lead_in_that_name_their_title_are_a_second_record() -> None:
    box = plus_page(project_number=None).replace("Namn:", "Fakta:\n\nNamn:")

    assert len(records_of(f"{plus_page('Vi lär av varandra.')}\n{box}")) == 2


def test_a_page_that_nowhere_names_the_fund_or_its_own_labels_is_no_project() -> None:
    text = "Projektägare:\nUmeå kommun\nDnr:\n2016/00130\nUtlysning:\n2015/00393\n"
    text += "Antal deltagare:\n25\nStartdatum:\n2016-01-01\n"

    result = parse_document(Document(text))
    named = parse_document(Document(f"Svenska ESF-rådet\n\n{text}"))

    assert result.records == ()
    assert result.rejection is not None
    assert result.rejection.reason is Reason.NO_SURE_WORD
    assert "ESF" in result.rejection.message
    assert [record.project_number for record in named.records] == ["2016/00130"]
