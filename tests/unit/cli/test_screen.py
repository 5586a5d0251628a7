import io
import sys

import pytest
from typing_extensions import override

from esfkit.cli.screen import folded, is_terminal, print_text, takes_colours, width


class Terminal(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


def test_a_closed_or_missing_stream_is_no_terminal() -> None:
    closed = io.StringIO()
    closed.close()

    assert not is_terminal(None)
    assert not is_terminal(closed)
    assert is_terminal(Terminal())


@pytest.mark.parametrize(
    ("env", "colours"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({}, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
    ],
)
def test_colours_go_to_a_terminal_that_wants_them(
    env: dict[str, str], *, colours: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", Terminal())

    assert takes_colours() == colours


def test_no_screen_is_narrower_than_20_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "3")

    assert width() == 20


@pytest.mark.parametrize(
    ("encoding", "printed"),
    [
        ("utf-8", "Å ─ … “a” ř"),
        ("latin-1", 'Å - ~ "a" \\u0159'),
        ("ascii", '\\xc5 - ~ "a" \\u0159'),
    ],
)
def test_what_cannot_be_printed_is_simplified_or_escaped(
    encoding: str, printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)

    print_text("Å ─ … “a” ř")
    stream.flush()

    assert stream.buffer.getvalue().decode(encoding) == printed


def test_names_and_options_are_not_broken() -> None:
    lines = folded("see --all-observations or so", 22, "- ", "  ")

    assert lines == ["- see", "  --all-observations", "  or so"]
