import json
from collections.abc import Callable
from pathlib import Path

import pytest

from esfkit.cli.records.proofs import Proof, proof_rows
from factories import a_full_project
from pages import colon_page, running_page
from programs import Invoke, Make

Read = Callable[[str], Path]


@pytest.fixture
def read(tmp_path: Path, invoke: Invoke) -> Read:
    """Ingest a page and return its dataset; the page stays beside it."""

    def made(text: str) -> Path:
        page, dataset = tmp_path / "page.txt", tmp_path / "data.parquet"
        page.write_text(text, encoding="utf-8")
        invoke("ingest", page, "-o", dataset)
        return dataset

    return made


def shown(invoke: Invoke, dataset: Path, *options: str) -> list[str]:
    return invoke("show", "2016/00999", dataset, "--proof", *options).stdout.splitlines()


def test_each_value_stands_above_its_line_with_the_value_marked(
    read: Read, invoke: Invoke
) -> None:
    lines = shown(invoke, read(colon_page()))

    assert "unchanged since it was read" in " ".join(lines[:6])
    at = next(number for number, line in enumerate(lines) if line.startswith("period_end"))
    assert lines[at + 1 : at + 3] == [
        "       12 │ 2016-09-01 - 2019-02-28",
        "          │              ~~~~~~~~~~  Projektperiod",
    ]
    assert max(map(len, lines)) <= 80


def test_a_changed_source_is_not_quoted(read: Read, invoke: Invoke, tmp_path: Path) -> None:
    dataset = read(colon_page())
    (tmp_path / "page.txt").write_text(colon_page(esf_support="9"), encoding="utf-8")

    lines = shown(invoke, dataset)

    assert "as the dataset keeps them" in " ".join(lines[:6])
    assert "       16 │ Beviljat ESF-stöd 800 000" in lines
    assert "          │                   ~~~~~~~" in lines


def test_a_source_that_is_gone_is_told(invoke: Invoke, dataset: Make) -> None:
    lines = invoke("show", "2016/00130", dataset(a_full_project()), "--proof").stdout

    assert "the source is not here" in " ".join(lines.split())
    assert "        1 │ 3 350 000 kr\n          │ ~~~~~~~~~~~~" in lines


def test_a_contact_beside_a_value_on_its_line_is_withheld(read: Read, invoke: Invoke) -> None:
    dataset = read(running_page())
    [identity] = json.loads(
        invoke("list", dataset, "--columns", "record_id", "--format", "json").stdout
    )

    hidden = invoke(
        "show", identity["record_id"], dataset, "--proof", "--format", "json"
    ).stdout
    let_out = invoke(
        "show", identity["record_id"], dataset, "--proof", "--format", "json", "--personal-data"
    ).stdout

    source = {row["field"]: row["source"] for row in json.loads(hidden)}
    assert "Projektägare: Mora kommun" in source["owner"]
    assert "[withheld]" in source["owner"]
    assert not [word for word in ("Egil", "egil@", "0250") if word in hidden]
    assert "Egil Påhittad" in let_out


def test_every_line_of_a_value_is_shown(read: Read, invoke: Invoke) -> None:
    prose = "Sammanfattning\n\nEtt stycke.\n\nEtt till."

    lines = shown(invoke, read(colon_page(prose=prose)), "--format", "json")

    rows = {row["field"]: row["source"] for row in json.loads("".join(lines))}
    assert rows["planned_participants"] == "120"
    assert rows["programme_period"] is None


def test_a_long_line_is_cut_so_that_the_value_is_seen() -> None:
    text = "a" * 500 + " 800 000 kr " + "b" * 500

    line, marks = proof_rows(Proof(7, text, 501, 511), 60)

    assert line.startswith("        7 │ …a")
    assert line.endswith("…")
    assert "800 000 kr" in line
    assert marks.count("~") == 10
    assert marks.index("~") == line.index("8")
    assert max(len(line), len(marks)) <= 60


def test_a_proof_is_harmless_to_a_terminal() -> None:
    line, _ = proof_rows(Proof(1, "\x1b[31m800", 5, 8, "Be\x1b[1mlopp"), 60)

    assert "\x1b" not in line + _
