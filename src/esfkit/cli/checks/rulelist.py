"""The rules, and the settings in force, as tables."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal

import polars as pl

from esfkit.cli.checks.causes import MARKS
from esfkit.cli.checks.configuration import Configuration
from esfkit.cli.results import Result
from esfkit.cli.screen import folded
from esfkit.dataset.columns import did_you_mean
from esfkit.model.errors import BadRequest
from esfkit.model.finding import Problem
from esfkit.rules.catalogue import told_of_rules, usual
from esfkit.rules.page import as_toml, rule_rows

_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {},
    "sv": {
        "code": "Kod",
        "check": "Kontroll",
        "theme": "Tema",
        "severity": "Vikt",
        "title": "Vad den finner",
        "settings": "Inställningar",
        "why": "Varför",
        "source": "Källa",
        "setting": "Inställning",
        "value": "Värde",
        "usual": "Normalt",
        "origin": "Kommer från",
    },
}
_USUAL: Final = "default"
_SECTION: Final = "check"


def rules_result(language: Literal["sv", "en"]) -> Result:
    """Return all rules, in the order of the catalogue."""
    rows = rule_rows(language)
    return Result(
        table=pl.DataFrame(rows),
        headings=_HEADINGS[language],
        drawn=lambda width: "\n".join(_paragraphs(rows, width)),
    )


def _paragraphs(rows: Sequence[Mapping[str, str]], width: int) -> Iterator[str]:
    """Yield the lines that a screen shows of the rules, under their themes."""
    theme = ""
    for row in rows:
        if row["theme"] != theme:
            yield f"{row['theme']}\n" if not theme else f"\n{row['theme']}\n"
            theme = row["theme"]
        yield f"{MARKS[row['severity']]} {row['code']} ({row['check']})"
        yield from folded(row["title"], width, "    ", "    ")
        if row["settings"]:
            yield from folded(row["settings"], width, "    ", "    ")


def codes_named(words: list[str]) -> list[str]:
    """Return the codes of findings that words name: codes, or checks such as ``M1``.

    Raises:
        BadRequest: One of them names nothing.
    """
    by_check: dict[str, list[str]] = {}
    for each in told_of_rules().values():
        by_check.setdefault(each.id.casefold(), []).append(each.code)
    codes = [each.value for each in Problem]
    named: list[str] = []
    for word in words:
        if word not in codes and word.casefold() not in by_check:
            hint = did_you_mean(word, codes)
            raise BadRequest(
                f"There is no rule {word!r}. {hint}`esfkit check --list` names them."
            )
        named += [word] if word in codes else by_check[word.casefold()]
    return named


def settings_result(configuration: Configuration, language: Literal["sv", "en"]) -> Result:
    """Return every setting in force, its usual value, and where it comes from."""
    table = pl.DataFrame(
        list(_setting_rows(configuration)),
        schema=dict.fromkeys(("setting", "value", "usual", "origin"), pl.String),
    )
    # A screen has no room for all four, and every setting is one of [check].
    shown = table.select(pl.col("setting").str.strip_prefix(f"{_SECTION}."), "value", "origin")
    return Result(table=table, shown=shown, headings=_HEADINGS[language])


def _setting_rows(configuration: Configuration) -> Iterator[dict[str, str | None]]:
    for name in ("fail_on", "severity"):
        yield _row(configuration, name, value=getattr(configuration, name), normally=None)
    for problem, normal in usual().items():
        rule = configuration.in_force[problem]
        pairs = [("enabled", rule.enabled, normal.enabled)]
        values: list[tuple[str, Any, Any]] = [
            *pairs,
            ("severity", rule.severity.value, normal.severity.value),
        ]
        for key, value in rule.settings._asdict().items():
            values.append((key, value, getattr(normal.settings, key)))
        for key, value, normally in values:
            yield _row(configuration, problem.value, key, value=value, normally=normally)
    for problem, weight in configuration.reading.items():
        key, value = ("enabled", False) if weight is None else ("severity", weight.value)
        yield _row(configuration, problem.value, key, value=value, normally=None)


def _row(
    configuration: Configuration, *path: str, value: object, normally: object
) -> dict[str, str | None]:
    whole = (_SECTION, *path)
    return {
        "setting": ".".join(whole),
        "value": None if value is None else as_toml(value),
        "usual": None if normally is None else as_toml(normally),
        "origin": configuration.origins.get(whole, _USUAL),
    }
