import polars as pl
import pytest

from esfkit.model.finding import Problem
from factories import a_call, a_finding, a_project
from programs import Harmless, Invoke, Make, Run


@pytest.mark.parametrize("identity", ["esf:2016/00130", "2016/00130"])
def test_a_record_is_shown_with_lines_findings_and_sections(
    identity: str, invoke: Invoke, dataset: Make
) -> None:
    shown = invoke("show", identity, dataset()).stdout

    lines = shown.replace("\xa0", " ").splitlines()
    assert lines[:3] == ["esf:2016/00130", "Vägen in", "project · layout esf-2014-lines"]
    assert "esf_support_sek        3,350,000" in lines
    assert "                         line 1: “3 350 000 kr”" in lines
    assert "                         derived from: number" in lines
    assert "warning amount_rounded in esf_support_sek" in lines
    assert "Mål · 3 characters" in lines
    assert "actors                 2" in lines
    assert any("I utbildning: 40 (25 women)" in line for line in lines)
    assert max(map(len, lines)) <= 80


def test_contact_persons_are_shown_only_if_asked_for(invoke: Invoke, dataset: Make) -> None:
    path = dataset()
    for form in ("table", "csv", "json"):
        hidden = invoke("show", "2016/00130", path, "--format", form).stdout
        shown = invoke("show", "2016/00130", path, "--format", form, "--personal-data").stdout

        assert "withheld" in hidden
        assert "Berit" not in hidden
        assert "0470" not in hidden
        assert "Berit Påhittad" in shown


def test_each_value_is_a_row_in_other_formats(invoke: Invoke, dataset: Make) -> None:
    shown = invoke("show", "2016/00130", dataset(), "--format", "csv").stdout

    rows = pl.read_csv(shown.encode()).rows_by_key("field", named=True)
    assert rows["esf_support_sek"][0]["raw"] == "3 350 000 kr"
    assert rows["esf_support_sek"][0]["line"] == 1


def test_a_call_is_found_by_its_number(invoke: Invoke, dataset: Make) -> None:
    path = dataset(a_call(record_id="esf:abc", call_number="2015/00201", project_number=None))

    assert "esf:abc" in invoke("show", "2015/00201", path).stdout


def test_every_observation_is_shown(invoke: Invoke, dataset: Make) -> None:
    path = dataset(a_project("2016/00001", title="Ett"), a_project("2016/00001", title="Två"))

    shown = invoke("show", "2016/00001", path).stdout
    assert "\nEtt\n" in shown
    assert "\nTvå\n" in shown
    assert "observation 1 of 2: this one sums count" in shown
    assert "observation 2 of 2: not counted in sums" in shown
    assert "observation" not in invoke("show", "2016/00130", dataset()).stdout


def test_a_record_that_states_nothing_has_a_page(invoke: Invoke, dataset: Make) -> None:
    path = dataset(a_project(record_id="esf:x", project_number=None, title=None))

    assert "(no title)" in invoke("show", "x", path).stdout
    assert "(utan titel)" in invoke("show", "x", path, "--lang", "sv").stdout


def test_a_share_shows_its_figures_and_the_page_speaks_swedish(
    invoke: Invoke, dataset: Make
) -> None:
    path = dataset(
        a_project("1", total_budget_sek=50_000, esf_support_sek=20_000, esf_share=0.4,
                  claimed_share=1.0)
    )  # fmt: skip
    english = invoke("show", "1", path).stdout.replace("\xa0", " ")
    swedish = invoke("show", "1", path, "--lang", "sv").stdout.replace("\xa0", " ")

    assert "esf_share              40.0% = 20,000 ÷ 50,000" in english
    assert english.index("claimed_share") > english.index("SOURCE")
    assert "VÄRDEN" in swedish
    assert "KÄLLA" in swedish
    assert "40,0 % = 20 000 ÷ 50 000" in swedish
    assert "esf_support_sek" not in swedish


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        ("2016/0013", "Did you mean esf:2016/00130"),
        ("esf:2016/00131", "mean esf:2016/00130"),
        ("xyz", "esfkit list"),
    ],
)
def test_an_unknown_record_is_refused_with_a_way_on(
    identity: str, said: str, run: Run, dataset: Make
) -> None:
    done = run("show", identity, dataset())

    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_a_dataset_without_records_has_none_to_show(run: Run) -> None:
    done = run("show", "x", "-", stdin=b"")

    assert done.returncode == 2
    assert b"no records" in done.stderr


def test_nothing_in_a_record_is_obeyed(
    run: Run, dataset: Make, hostile_text: str, harmless: Harmless
) -> None:
    finding = a_finding(Problem.VALUE_CONFLICT, field="ti\x1b[2Jtle", message=hostile_text)
    record = a_project(
        "2016/00001", title=hostile_text, actors=(hostile_text,), findings=(finding,)
    )

    done = run("show", "2016/00001", dataset(record))

    assert harmless(done.stdout)
    assert b"[red]bold[/] [/]" in done.stdout
