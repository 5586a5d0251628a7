from pathlib import Path

import pytest

from esfkit.cli.checks.configuration import (
    USUAL_FILE,
    Configuration,
    lines_of_keys,
    read_configuration,
)
from esfkit.model.errors import BadRequest
from esfkit.model.finding import Problem, Severity
from esfkit.rules.catalogue import RULES, usual
from esfkit.rules.page import as_toml


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "my.toml"


def test_without_a_file_everything_is_as_usual(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert read_configuration() == Configuration()


def test_the_file_in_the_folder_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / USUAL_FILE).write_text('[check]\nfail_on = "note"\n', encoding="utf-8")

    read = read_configuration()

    assert read.fail_on == "note"
    assert read.origins == {("check", "fail_on"): "esfkit.toml:2"}


def test_settings_of_rules_and_of_reading_are_read_with_their_lines(settings: Path) -> None:
    settings.write_text(
        """# strict
[check]
severity = "warning"

[check.budget_size_unusual]
least = 100_000
severity = "error"

[check.owner_repeated]
enabled = false

[check.value_missing]
enabled = false

[check.null_word]
severity = "warning"
""",
        encoding="utf-8",
    )

    read = read_configuration(settings)

    size = read.in_force[Problem.BUDGET_SIZE_UNUSUAL]
    assert (size.severity, size.settings.least) == (Severity.ERROR, 100_000)
    assert size.settings.most == 500_000_000
    assert not read.in_force[Problem.OWNER_REPEATED].enabled
    assert read.reading == {Problem.VALUE_MISSING: None, Problem.NULL_WORD: Severity.WARNING}
    assert read.severity == "warning"
    assert read.origins[("check", "budget_size_unusual", "least")] == f"{settings}:6"


def test_every_usual_setting_can_be_written_and_changes_nothing(settings: Path) -> None:
    lines = []
    for rule in RULES:
        lines += [f"[check.{rule.code}]", "enabled = true", f'severity = "{rule.severity}"']
        lines += [f"{key} = {as_toml(value)}" for key, value in rule.settings._asdict().items()]
    settings.write_text("\n".join(lines), encoding="utf-8")

    assert read_configuration(settings).in_force == usual()


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("[chek]\n", 1, "chek: There is no such section. Did you mean check?"),
        ("check = 1\n", 1, "check: This is a section"),
        ("[check]\n\nfail_on = 3\n", 3, "check.fail_on: 3 is no severity"),
        ('[check]\nseverity = "bad"\n', 2, "check.severity: 'bad' is no severity"),
        ("[check.budget_size]\n", 1, "Did you mean budget_size_unusual?"),
        ("[check]\nfail_of = 1\n", 2, "Did you mean fail_on?"),
        ("[check]\nnull_word = false\n", 2, "A rule has settings: write [check.null_word]"),
        ("[check.budget_size_unusual]\n\nleest = 1\n", 3, "Did you mean least?"),
        ("[check.null_word]\nleast = 1\n", 2, "Its settings are enabled, severity."),
        ('[check.null_word]\nenabled = "no"\n', 2, "'no' is neither true nor false."),
        ("[check.budget_size_unusual]\nleast = 1.5\n", 2, "1.5 is no whole number."),
        ("[check.budget_size_unusual]\nleast = true\n", 2, "True is no whole number."),
        ("[check.budget_size_unusual]\nleast = -1\n", 2, "-1 is below 0."),
        ("[check.budget_size_unusual]\nleast = 900000000\n", 2, "least is above most."),
        ("[check.support_share_low]\nleast = nan\n", 2, "nan is no number."),
        ("[check.support_share_unexpected]\nshares_2014 = 47\n", 2, "is no list of numbers"),
        ('[check.support_share_unexpected]\nshares_2014 = ["a"]\n', 2, "'a' is no number."),
        ("check.budget_size_unusual.leest = 1\n", 1, "leest: There is no such setting."),
        ("[check]\nbudget_size_unusual = { leest = 1 }\n", 2, "leest: There is no such"),
    ],
)
def test_what_is_wrong_is_refused_with_file_line_and_key(
    content: str, line: int, said: str, settings: Path
) -> None:
    settings.write_text(content, encoding="utf-8")

    with pytest.raises(BadRequest) as refused:
        read_configuration(settings)

    assert str(refused.value).startswith(f"{settings}:{line}: ")
    assert said in str(refused.value)


@pytest.mark.parametrize("content", [b"[check\n", b"\xff\xfe[check]"])
def test_what_is_no_toml_is_refused(content: bytes, settings: Path) -> None:
    settings.write_bytes(content)

    with pytest.raises(BadRequest, match=r"my\.toml: This is no"):
        read_configuration(settings)


def test_a_file_that_does_not_exist_is_refused(settings: Path) -> None:
    with pytest.raises(BadRequest, match="The settings cannot be read"):
        read_configuration(settings)


def test_a_byte_order_mark_and_line_ends_of_windows_are_let_pass(settings: Path) -> None:
    settings.write_bytes(b'\xef\xbb\xbf[check]\r\nfail_on = "error"\r\n')

    assert read_configuration(settings).fail_on == "error"


def test_keys_are_found_at_their_lines() -> None:
    content = "a.b = 1\n[ c . \"d e\" ]  # x\n\nf = [\n  1,\n]\n[[g]]\n'h' = 2\n"

    assert lines_of_keys(content) == {
        ("a",): 1,
        ("a", "b"): 1,
        ("c", "d e"): 2,
        ("c", "d e", "f"): 4,
        ("g",): 7,
        ("g", "h"): 8,
    }


def test_a_key_whose_line_is_not_found_is_refused_with_the_file(settings: Path) -> None:
    settings.write_text('"chec\\u006b" = 1\n', encoding="utf-8")

    with pytest.raises(BadRequest) as refused:
        read_configuration(settings)

    assert str(refused.value).startswith(f"{settings}: check: ")


def test_a_finding_of_reading_that_is_left_on_is_as_usual(settings: Path) -> None:
    settings.write_text("[check.null_word]\nenabled = true\n", encoding="utf-8")

    assert read_configuration(settings).reading == {}


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "F" * 5000])
def test_a_whole_number_that_is_too_long_is_refused_with_the_file(
    number: str, settings: Path
) -> None:
    settings.write_text(f"[check.budget_size_unusual]\nleast = {number}\n", encoding="utf-8")

    with pytest.raises(BadRequest) as refused:
        read_configuration(settings)

    assert str(refused.value) == (
        f"{settings}: A whole number is too long. Write one of at most 18 digits."
    )


def test_a_device_is_no_file_of_settings() -> None:
    with pytest.raises(BadRequest, match="This is no file"):
        read_configuration(Path("/dev/zero"))
