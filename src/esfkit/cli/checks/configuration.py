"""``esfkit.toml`` → how each rule is run, and where each setting comes from.

::

    [check]
    fail_on = "error"            # as --fail-on
    severity = "warning"         # as --severity

    [check.budget_size_unusual]  # any code of a finding
    enabled = true
    severity = "error"
    least = 100_000              # a setting of the rule
"""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

from esfkit.dataset.columns import did_you_mean
from esfkit.layouts.toml import load_toml
from esfkit.model.errors import BadRequest
from esfkit.model.finding import SEVERITIES, Problem, Severity
from esfkit.rules.catalogue import InForce, usual

_LARGEST: Final = 256 * 1024
USUAL_FILE: Final = "esfkit.toml"
"""Read from the folder where a command runs, where it exists."""

_SECTION: Final = "check"
_GENERAL: Final = ("fail_on", "severity")
_OF_ANY: Final = ("enabled", "severity")
_KEY_PART: Final = re.compile(r"\"([^\"\n]{0,80})\"|'([^'\n]{0,80})'|([\w-]{1,80})")

Path_ = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings in force.

    Attributes:
        in_force: How each rule is run.
        reading: What findings of reading weigh instead of what is stored; ``None`` where
            they are left out. Only those that the file names.
        fail_on: As ``--fail-on``, where the file says so.
        severity: As ``--severity``, where the file says so.
        origins: Key path of each setting of the file → ``file:line``.
    """

    in_force: Mapping[Problem, InForce] = field(default_factory=usual)
    reading: Mapping[Problem, Severity | None] = field(default_factory=dict)
    fail_on: str | None = None
    severity: str | None = None
    origins: Mapping[Path_, str] = field(default_factory=dict)


class _Refuser:
    """Refuses what stands in a file, with its line.

    Attributes:
        name: The file as given.
        lines: Key path → line, from 1.
    """

    def __init__(self, name: str, lines: Mapping[Path_, int]) -> None:
        self.name = name
        self.lines = lines

    def place(self, path: Path_) -> str:
        """Return ``file:line`` of a key, or of the nearest one above it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.lines:
                return f"{self.name}:{self.lines[path[:end]]}"
        return self.name

    def refuse(self, path: Path_, reason: str) -> NoReturn:
        """Refuse a key.

        Raises:
            BadRequest: Always.
        """
        raise BadRequest(f"{self.place(path)}: {'.'.join(path)}: {reason}")


def read_configuration(path: Path | None = None) -> Configuration:
    """Return the settings of a file; of ``esfkit.toml`` here, if any, where none is named.

    Raises:
        BadRequest: The file cannot be read, is no TOML, or says something that does not
            exist; the message names file, line and key.
    """
    if path is None:
        path = Path(USUAL_FILE)
        if not path.is_file():
            return Configuration()
    content = _content_of(path)
    try:
        given = load_toml(content)
    except tomllib.TOMLDecodeError as error:
        raise BadRequest(f"{path}: This is no TOML: {error}.") from error
    except ValueError as error:
        raise BadRequest(f"{path}: {error}") from error
    return _configured(given, _Refuser(str(path), lines_of_keys(content)))


def _content_of(path: Path) -> str:
    if path.exists() and not path.is_file():
        raise BadRequest(f"{path}: This is no file. Name an esfkit.toml.")
    try:
        if path.stat().st_size > _LARGEST:
            raise BadRequest(f"{path}: More than {_LARGEST} bytes are no settings.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRequest(f"{path}: This is no UTF-8 text, which TOML has to be.") from error
    except OSError as error:
        raise BadRequest(f"{path}: The settings cannot be read: {error.strerror}.") from error


def lines_of_keys(content: str) -> dict[Path_, int]:
    """Return the line, from 1, at which each key and table of a TOML text stands.

    The reader of the standard library tells no lines. A key inside a table on one line
    has none of its own.
    """
    lines: dict[Path_, int] = {}
    table: Path_ = ()
    for number, line in enumerate(content.split("\n"), 1):
        words = line.strip()
        key, equals, _ = words.partition("=")
        if words.startswith("["):
            table = _parts(words.lstrip("[").partition("]")[0])
            lines.setdefault(table, number)
        elif equals:
            path = (*table, *_parts(key))
            for end in range(len(table) + 1, len(path) + 1):
                lines.setdefault(path[:end], number)
    return lines


def _parts(words: str) -> Path_:
    return tuple("".join(found) for found in _KEY_PART.findall(words))


def _configured(given: Mapping[str, Any], file: _Refuser) -> Configuration:
    for name in given:
        if name != _SECTION:
            hint = did_you_mean(name, [_SECTION])
            file.refuse((name,), f"There is no such section. {hint}It is [{_SECTION}].")
    section = given.get(_SECTION, {})
    if not isinstance(section, dict):
        file.refuse((_SECTION,), f"This is a section: write [{_SECTION}].")
    in_force = dict(usual())
    reading: dict[Problem, Severity | None] = {}
    origins: dict[Path_, str] = {}
    for name, value in section.items():
        path = (_SECTION, name)
        if name in _GENERAL:
            _severity(path, value, file)
            origins[path] = file.place(path)
            continue
        problem = _problem(path, value, file)
        origins |= {(*path, key): file.place((*path, key)) for key in value}
        if problem in in_force:
            in_force[problem] = _with(in_force[problem], path, value, file)
        else:
            reading |= _of_reading(problem, path, value, file)
    return Configuration(
        in_force, reading, section.get("fail_on"), section.get("severity"), origins
    )


def _problem(path: Path_, value: object, file: _Refuser) -> Problem:
    codes = [each.value for each in Problem]
    name = path[-1]
    if name not in codes:
        hint = did_you_mean(name, [*codes, *_GENERAL])
        file.refuse(path, f"There is no such rule. {hint}`esfkit check --list` names them.")
    if not isinstance(value, dict):
        file.refuse(path, f"A rule has settings: write [{'.'.join(path)}] above them.")
    return Problem(name)


def _with(rule: InForce, path: Path_, value: Mapping[str, Any], file: _Refuser) -> InForce:
    """Return how a rule is run under the settings of the file."""
    usual_settings = rule.settings._asdict()
    _known_keys(path, value, (*_OF_ANY, *usual_settings), file)
    settings = {
        key: _setting((*path, key), value[key], usual_settings[key], file)
        for key in usual_settings
        if key in value
    }
    changed = rule.settings._replace(**settings)
    for low, high in _ranges(changed._asdict()):
        if getattr(changed, low) > getattr(changed, high):
            file.refuse((*path, low if low in settings else high), f"{low} is above {high}.")
    return InForce(
        enabled=_enabled((*path, "enabled"), value, file),
        severity=_severity((*path, "severity"), value.get("severity", rule.severity), file),
        settings=changed,
    )


def _ranges(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the names of settings of which the first may not be above the second."""
    for name in settings:
        high = name.removesuffix("least") + "most"
        if name.endswith("least") and high in settings:
            yield name, high


def _of_reading(
    problem: Problem, path: Path_, value: Mapping[str, Any], file: _Refuser
) -> dict[Problem, Severity | None]:
    _known_keys(path, value, _OF_ANY, file)
    if not _enabled((*path, "enabled"), value, file):
        return {problem: None}
    if "severity" not in value:
        return {}
    return {problem: _severity((*path, "severity"), value["severity"], file)}


def _known_keys(
    path: Path_, value: Mapping[str, Any], known: tuple[str, ...], file: _Refuser
) -> None:
    for key in value:
        if key not in known:
            hint = did_you_mean(key, known)
            told = f"There is no such setting. {hint}Its settings are {', '.join(known)}."
            file.refuse((*path, key), told)


def _enabled(path: Path_, value: Mapping[str, Any], file: _Refuser) -> bool:
    enabled = value.get("enabled", True)
    if not isinstance(enabled, bool):
        file.refuse(path, f"{enabled!r} is neither true nor false.")
    return enabled


def _severity(path: Path_, value: object, file: _Refuser) -> Severity:
    names = [each.value for each in SEVERITIES]
    if not isinstance(value, str) or value not in names:
        file.refuse(path, f"{value!r} is no severity. They are {', '.join(names)}.")
    return Severity(value)


def _setting(path: Path_, value: object, example: object, file: _Refuser) -> object:
    """Return a threshold of the kind that its usual value is of."""
    if isinstance(example, tuple):
        if not isinstance(value, list):
            file.refuse(path, f"{value!r} is no list of numbers in brackets.")
        return tuple(_setting(path, each, 0.0, file) for each in value)
    wanted = (int, float) if isinstance(example, float) else (int,)
    if isinstance(value, bool) or not isinstance(value, wanted) or not math.isfinite(value):
        kind = "number" if isinstance(example, float) else "whole number"
        file.refuse(path, f"{value!r} is no {kind}.")
    if value < 0:
        file.refuse(path, f"{value!r} is below 0.")
    return float(value) if isinstance(example, float) else value
