from esfkit.cli.explaining.nearest import Near, Searched, labels_of, nearest_lines
from esfkit.parsing.lines import split_lines
from pages import colon_page, glued_page, result_of


def near(text: str, field: str, record: int = 0) -> list[Near]:
    result = result_of(text)
    searched = Searched(split_lines(text), result.parsed[record], result.parsed)
    return nearest_lines(searched, field, labels_of(field))


def test_a_refused_value_is_quoted_with_the_finding_that_refused_it() -> None:
    first, *_ = near(colon_page(total_budget="1.1"), "total_budget_sek")

    assert first.words == "Total projektbudget:"
    assert "its value “1.1” on line 14 was refused (amount_is_objective" in first.refused


def test_a_label_without_a_value_is_told_to_have_none() -> None:
    first, *_ = near(colon_page(total_budget=""), "total_budget_sek")

    assert first.refused == "the label was read, but no value stands behind or below it"


def test_a_misspelt_label_comes_before_the_value_that_it_leaves_without_one() -> None:
    text = colon_page().replace("Beviljat ESF-stöd", "Beviljat ESF-stud")

    lines = near(text, "esf_support_sek")

    assert [each.words for each in lines[:2]] == ["Beviljat ESF-stud:", "800 000"]
    assert lines[0].refused.endswith("(94%) but no known label")
    assert lines[1].refused == "reads as such a value, but no known label names it"


def test_a_line_that_is_the_label_of_another_field_is_told_to_be_one() -> None:
    [line] = near(colon_page(), "planned_women")

    assert line.words == "Planerat antal deltagare:"
    assert line.refused.endswith(
        "but is the label “Planerat antal deltagare” of planned_participants"
    )


def test_a_label_of_another_record_is_told_to_be_its() -> None:
    text = f"{glued_page(phone=None)}\n\n{glued_page(heading='Nästa', owner='Orsa kommun')}"

    lines = near(text, "phone")

    assert lines[0].words == "Telefonnummer0250-260 00"
    assert lines[0].refused.startswith("the label stands here, for another record: esf:")


def test_prose_that_begins_like_a_label_is_told_to_have_another_form() -> None:
    text = colon_page(prose="Sammanfattning\nTelefonen står på ett bord i hallen.")

    [line] = near(text, "phone")

    assert line.refused.startswith("a label could stand here glued to words in lower case, but")


def test_the_nearest_come_first_and_are_few() -> None:
    text = colon_page(prose="\n".join(f"Telefonnumret {number}" for number in range(30)))

    lines = near(text, "phone")

    assert len(lines) == 5
    assert [each.likeness for each in lines] == sorted(
        (each.likeness for each in lines), reverse=True
    )
