"""One expected file: what it holds, how it is made, and what a document is judged by it.

An expected file is JSON with the records that a document gives, keys in the order of the
record, without ``source_*`` columns, nulls and empty lists. Its ``hash`` is that of the
rest, so an edit by hand is noticed.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final, NamedTuple

from esfkit.model.document import Unread
from esfkit.model.errors import InputRefused
from esfkit.model.record import Record
from esfkit.output.atomic import write_content
from esfkit.pipeline import parse_sources

_SUFFIX: Final = ".expected.json"
_LONGEST_SHOWN: Final = 200
_ABSENT: Final = "(nothing)"


class Verdict(StrEnum):
    """What comes of comparing a document with its expected file."""

    PASSED = "passed"
    DIFFERS = "differs"
    MISSING = "expected file missing"
    UNRECOGNISED = "should have been recognised"
    EDITED = "expected file edited by hand"
    WRITTEN = "written"


class Outcome(NamedTuple):
    """The verdict on one document.

    Attributes:
        document: The document.
        verdict: What came of it.
        differences: One line for each field that differs.
    """

    document: Path
    verdict: Verdict
    differences: tuple[str, ...] = ()


def expected_path(document: Path) -> Path:
    """Return where a document's expected file stands."""
    return document.with_name(f"{document.stem}{_SUFFIX}")


def content_of(document: Path) -> dict[str, Any]:
    """Return what a document gives, in the form in which expected files hold it.

    Raises:
        InputRefused: It does not exist.
    """
    content: dict[str, Any] = {"records": []}
    for result in parse_sources([document]):
        if isinstance(result, Unread):
            content["reason"] = str(result.finding.code)
        elif result.rejection is not None:
            content["reason"] = str(result.rejection.reason)
        else:
            content["records"] += [plain(parsed.record) for parsed in result.parsed]
    return content


def plain(record: Record) -> dict[str, Any]:
    """Return a record as an expected file holds it."""
    row = record.model_dump(mode="json")
    return {name: _filled(value) for name, value in row.items() if _is_kept(name, value)}


def _is_kept(name: str, value: object) -> bool:
    return value not in (None, []) and not name.startswith("source_")


def _filled(value: object) -> object:
    """Return a part of a record without what is null in it."""
    if isinstance(value, list):
        return [_filled(each) for each in value]
    if isinstance(value, dict):
        return {name: part for name, part in value.items() if part is not None}
    return value


# --- judging ----------------------------------------------------------------------------


def judge(document: Path) -> Outcome:
    """Compare a document with its expected file.

    Raises:
        InputRefused: The document does not exist, or the expected file is no JSON.
    """
    path = expected_path(document)
    given = content_of(document)
    if not path.is_file():
        return Outcome(document, Verdict.MISSING)
    wanted = _read(path)
    if wanted.pop("hash", None) != hash_of(wanted) or "records" not in wanted:
        return Outcome(document, Verdict.EDITED)
    if wanted == given:
        return Outcome(document, Verdict.PASSED)
    verdict = Verdict.DIFFERS
    if wanted["records"] and not given["records"]:
        verdict = Verdict.UNRECOGNISED
    return Outcome(document, verdict, tuple(_differences(wanted, given)))


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputRefused(
            f"{path} is no expected file: no JSON, or not to be read. Make it again with "
            "`esfkit golden --write --force`."
        ) from error
    return content if isinstance(content, dict) else {}


def _differences(wanted: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[str]:
    if wanted.get("reason") != given.get("reason"):
        yield f"reason: {_shown(wanted.get('reason'))} → {_shown(given.get('reason'))}"
    nothing: dict[str, Any] = {}
    pairs = zip_longest(wanted["records"], given["records"], fillvalue=nothing)
    for number, (old, new) in enumerate(pairs, 1):
        if not old or not new:
            yield f"record {number}: {_title(old)} → {_title(new)}"
            continue
        for name in Record.model_fields:
            if old.get(name) != new.get(name):
                yield from _field_differences(
                    f"record {number}, {name}", old.get(name), new.get(name)
                )


def _field_differences(name: str, old: object, new: object) -> Iterator[str]:
    """Yield how one field differs; of lists, the entries that do."""
    if isinstance(old, list) and isinstance(new, list):
        for place, (before, after) in enumerate(zip_longest(old, new), 1):
            if before != after:
                yield f"{name}[{place}]: {_shown(before)} → {_shown(after)}"
    else:
        yield f"{name}: {_shown(old)} → {_shown(new)}"


def _title(record: Mapping[str, Any]) -> str:
    return f"{record['record_id']} {record.get('title', '')}" if record else _ABSENT


def _shown(value: object) -> str:
    if value is None:
        return _ABSENT
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


# --- making -----------------------------------------------------------------------------


def write_expected(document: Path) -> None:
    """Make a document's expected file, over the old one if there is one.

    Raises:
        InputRefused: The document does not exist.
        OutputFailed: The file could not be written.
    """
    content = content_of(document)
    whole = {"hash": hash_of(content), **content}
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    write_content(expected_path(document), f"{text}\n".encode())


def hash_of(content: Mapping[str, Any]) -> str:
    """Return the hash of what an expected file holds besides it."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
