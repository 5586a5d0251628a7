"""The catalogue as a page: ``docs/checks.md``, and rows for ``esfkit check --list``."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from esfkit.rules.catalogue import THEMES, told_of_rules
from esfkit.rules.rule import AnyRule, Rule

_PREFACE: Final = """# Checks

Every rule of `esfkit check`, with what it looks at, why, and two examples of it.
This page is made by `esfkit check --list --format md`;
the texts come from `src/esfkit/rules/catalogue.csv`.

A rule only reports. It never changes a value, and what a page prints is kept.
Findings of reading a page (a value that is missing or unreadable) are in `findings.md`.

Four things are deliberately no finding:

* a Union rate beside another share of support: the rate is the programme's,
  the support also holds the state's part;
* a support of 47, 53, 67, 75 or 100 % of the budget;
* 0 participants of preliminary studies and of structural projects;
* national projects, wherever their owner sits.

Thresholds are settings of `esfkit.toml`,
in the folder where the command runs or named with `--config`;
`esfkit config` shows what is in force and where it comes from:

```toml
[check]
fail_on = "error"

[check.budget_size_unusual]
least = 100_000

[check.owner_repeated]
enabled = false

[check.amount_alone]
severity = "warning"
```

`enabled` and `severity` can be set for the findings of reading too.
"""


def rule_rows(language: str = "en") -> list[dict[str, str]]:
    """Return one row for each rule: code, check, theme, severity, title, reasons, settings.

    Args:
        language: ``en`` or ``sv``, of the titles.
    """
    return [
        {
            "code": rule.code.value,
            "check": told_of_rules()[rule.code.value].id,
            "theme": theme,
            "severity": rule.severity.value,
            "title": _title(rule, language),
            "settings": ", ".join(_settings(rule)),
            "why": told_of_rules()[rule.code.value].why,
            "source": told_of_rules()[rule.code.value].source,
        }
        for theme, rules in THEMES.items()
        for rule in rules
    ]


def catalogue_page() -> str:
    """Return the whole page in Markdown."""
    parts = [_PREFACE]
    for theme, rules in THEMES.items():
        parts.append(f"## {theme}\n")
        parts.extend("\n".join(_entry(rule)) for rule in rules)
    return "\n".join(parts)


def _title(rule: AnyRule, language: str) -> str:
    told = told_of_rules()[rule.code.value]
    return told.title_sv if language == "sv" else told.title_en


def _entry(rule: AnyRule) -> Iterator[str]:
    told = told_of_rules()[rule.code.value]
    yield f"### `{told.code}`\n"
    yield f"{told.title_en}. *{told.title_sv}.*\n"
    yield f"* {rule.severity.value}, check {told.id}, of {_scope(rule)}"
    yield f"* Why: {told.why}"
    yield f"* What to do: {told.advice}"
    yield f"* Source: {told.source}"
    yield from (f"* Setting: `{setting}`" for setting in _settings(rule))
    yield f"* Finds something in: `{_example(rule.breaks)}`"
    yield f"* Is content with: `{_example(rule.keeps)}`\n"


def _scope(rule: AnyRule) -> str:
    """Return what the rule looks at, in words."""
    kinds = ", ".join(rule.kinds)
    if not isinstance(rule, Rule):
        return f"records ({kinds}) of the same `{rule.key}`"
    periods = f", only {', '.join(rule.periods)}" if rule.periods else ""
    layouts = f", layouts {', '.join(rule.layouts)}" if rule.layouts else ""
    return f"{kinds}{periods}{layouts}"


def _settings(rule: AnyRule) -> list[str]:
    """Return the thresholds as ``esfkit.toml`` has them."""
    return [f"{name} = {as_toml(value)}" for name, value in rule.settings._asdict().items()]


def as_toml(value: object) -> str:
    """Return a setting's value as ``esfkit.toml`` has it."""
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(map(as_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _example(example: object) -> str:
    return json.dumps(_plain(example), ensure_ascii=False)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a record holds
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, (date, Decimal)) else value
