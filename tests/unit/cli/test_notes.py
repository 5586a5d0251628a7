import pytest

from esfkit.cli.notes import Warnings, say, tell


def test_a_word_is_one_line_after_the_programs_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    say("bad\nnews \x1b[2J åäö")
    tell("plain")

    assert capsys.readouterr().err == "esfkit: bad news \\x1b[2J åäö\nplain\n"


def test_of_warnings_alike_the_first_three_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    warnings = Warnings()
    for number in range(10):
        warnings.add(f"{number}.json", "It is JSON.")
    warnings.add("x", "It is empty.")
    warnings.close()

    assert capsys.readouterr().err.splitlines() == [
        "esfkit: 0.json: It is JSON.",
        "esfkit: 1.json: It is JSON.",
        "esfkit: 2.json: It is JSON.",
        "esfkit: x: It is empty.",
        "esfkit: 7 more: It is JSON.",
    ]


def test_of_many_warnings_twenty_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    warnings = Warnings()
    for number in range(30):
        warnings.add("file", f"reason {number}")
    warnings.close()

    told = capsys.readouterr().err.splitlines()
    assert len(told) == 21
    assert told[-1] == "esfkit: 10 more could not be read."


def test_silent_warnings_say_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    warnings = Warnings(silent=True)
    for _ in range(30):
        warnings.add("file", "reason")
    warnings.close()

    assert capsys.readouterr().err == ""
