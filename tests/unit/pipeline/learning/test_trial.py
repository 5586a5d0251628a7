from pathlib import Path

from esfkit.layouts.taught import teach
from esfkit.pipeline import parse
from esfkit.pipeline.learning.gold import read_gold
from esfkit.pipeline.learning.lesson import learn
from esfkit.pipeline.learning.trial import Difference, differences, try_page
from pages import colon_page
from projektbank import bank_page, write_bank


def teach_bank(tmp_path: Path) -> None:
    write_bank(tmp_path / "three", "next_line", range(3))
    gold = read_gold(tmp_path / "three.json")
    teach(learn([str(tmp_path / "three")], gold, "projektbank").taught)


def test_a_trial_tells_layout_runner_up_values_and_their_lines(tmp_path: Path) -> None:
    teach_bank(tmp_path)
    text, values = bank_page(4, "next_line")

    [trial] = try_page(parse(text))

    assert trial.layout == "projektbank"
    assert trial.runner_up == "esf-2014-lines"
    [owner] = [value for value in trial.values if value.column == "owner"]
    assert (owner.value, owner.label) == (values["owner"], "Huvudman")
    assert text.splitlines()[owner.line - 1] == values["owner"]
    assert trial.unclaimed == ()


def test_a_trial_tells_what_a_taught_layout_lacks(tmp_path: Path) -> None:
    teach_bank(tmp_path)

    [taken] = try_page(parse(colon_page(heading="Nya vägar")))
    [none] = try_page(parse("Huvudman\nLessebo kommun\n"))

    [lacking] = taken.lacking
    assert lacking.layout == "projektbank"
    assert lacking.why.startswith("prints none of Insatsens nummer, Huvudman")
    [lacking] = none.lacking
    assert none.layout is None
    assert lacking.why.startswith("1 of its 8 labels begin a line; none for project_number")


def test_a_difference_is_a_given_value_read_otherwise_or_not_at_all() -> None:
    record = {"title": "A", "planned_participants": 12, "region": None, "owner": "B"}
    gold = {"title": "A", "planned_participants": 13, "region": "Stockholm", "owner": None}

    assert differences(gold, record) == [
        Difference("planned_participants", 13, 12),
        Difference("region", "Stockholm", None),
        Difference("owner", None, "B"),
    ]
