import csv
import io
from pathlib import Path

from esfkit.rules.catalogue import RULES
from programs import Invoke, Run


def rows(shown: str) -> dict[str, dict[str, str]]:
    return {row["setting"]: row for row in csv.DictReader(io.StringIO(shown))}


def test_every_setting_is_shown_with_where_it_comes_from(
    invoke: Invoke, tmp_path: Path
) -> None:
    path = tmp_path / "my.toml"
    path.write_text("[check.budget_size_unusual]\nleast = 7\n", encoding="utf-8")

    shown = rows(invoke("config", "--config", path, "--format", "csv").stdout)

    least = shown["check.budget_size_unusual.least"]
    assert (least["value"], least["usual"]) == ("7", "50000")
    assert least["origin"].endswith("my.toml:2")
    assert shown["check.budget_size_unusual.most"]["origin"] == "default"
    for rule in RULES:
        assert shown[f"check.{rule.code}.enabled"]["value"] == "true"


def test_findings_of_reading_are_shown_where_the_file_names_them(
    invoke: Invoke, tmp_path: Path
) -> None:
    path = tmp_path / "my.toml"
    path.write_text("[check.null_word]\nenabled = false\n", encoding="utf-8")

    shown = rows(invoke("config", "--config", path, "--format", "csv").stdout)

    assert shown["check.null_word.enabled"]["value"] == "false"


def test_a_screen_of_80_columns_is_enough(invoke: Invoke) -> None:
    lines = invoke("config", "--format", "table").stdout.splitlines()

    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["setting", "value", "origin"]


def test_a_mistake_is_refused_with_its_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text("[check.budget_size]\n", encoding="utf-8")

    done = run("config", "--config", path)

    assert done.returncode == 2
    assert b"my.toml:1: check.budget_size: There is no such rule. Did you mean" in done.stderr
