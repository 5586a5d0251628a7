"""Findings as SARIF 2.1.0, which editors and code hosts show beside the source.

A finding is placed by its span where the source is a text file of one page: SARIF counts
from the beginning of the file. In an archive, a crawl file or a saved HTML page the span
counts characters of the page as read, so it is told among the properties, and only the
file or its line is given as the place.

Source: OASIS Standard, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any, BinaryIO, Final

import polars as pl

from esfkit.dataset.columns import tool_version
from esfkit.output.sarif_places import Places
from esfkit.rules.catalogue import RULES, told_of_rules

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_RENDERED: Final = (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".xlsx", ".csv")
_FINGERPRINT_DIGITS: Final = 32

COLUMNS: Final = (
    "record_id",
    "source_path",
    "source_member",
    "source_line",
    "source_url",
    "provenance",
    "findings",
)
"""What is needed of each record."""


def write_sarif(frame: pl.DataFrame, stream: BinaryIO, root: PurePath | None = None) -> None:
    """Write the findings of the records, in their order.

    Args:
        frame: Records with the columns :data:`COLUMNS`; personal data is taken out before.
        stream: Where it goes.
        root: The folder from which files are told; without it the one where this runs.
    """
    records = list(frame.select(COLUMNS).iter_rows(named=True))
    files = [each["source_path"] for each in records if _is_file(each["source_path"])]
    where = Places(files, root or Path.cwd())
    rules = list(_rules(records))
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {"name": "esfkit", "version": tool_version(), "rules": rules}
    results = [
        _result(record, finding, numbers[finding["code"]], where)
        for record in records
        for finding in record["findings"] or ()
    ]
    run = {
        "tool": {"driver": driver},
        **({"originalUriBaseIds": where.bases} if where.bases else {}),
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    stream.write(json.dumps(log, ensure_ascii=False, indent=1).encode())
    stream.write(b"\n")


def _rules(records: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield every rule with its help, then the codes of reading that are met."""
    told = told_of_rules()
    for rule in RULES:
        words = told[rule.code.value]
        yield {
            "id": rule.code.value,
            "shortDescription": {"text": f"{words.title_en}."},
            "fullDescription": {"text": words.why},
            "help": {"text": f"{words.advice} Source: {words.source}."},
            "defaultConfiguration": {"level": rule.severity.value},
            "properties": {"tags": [words.id], "title_sv": words.title_sv},
        }
    met = {finding["code"] for record in records for finding in record["findings"] or ()}
    for code in sorted(met - set(told)):
        yield {"id": code, "shortDescription": {"text": code.replace("_", " ")}}


def _is_file(path: str | None) -> bool:
    """Tell whether a path names a file or object, and no pipe."""
    return bool(path) and path != "-"


def _result(
    record: Mapping[str, Any], finding: Mapping[str, Any], rule: int, where: Places
) -> dict[str, Any]:
    code, column = finding["code"], finding["field"]
    identity = "\n".join((record["record_id"], code, column or "", finding["message"]))
    digest = sha256(identity.encode()).hexdigest()[:_FINGERPRINT_DIGITS]
    return {
        "ruleId": code,
        "ruleIndex": rule,
        "level": finding["severity"],
        "message": {"text": _plain(finding["message"])},
        "locations": [_location(record, finding, where)],
        "partialFingerprints": {"esfkit/v1": digest},
        "properties": _properties(record, finding),
    }


def _plain(message: str) -> str:
    """Return a message in which no viewer sees a link: ``[words](target)``."""
    return message.replace("](", "] (")


def _location(
    record: Mapping[str, Any], finding: Mapping[str, Any], where: Places
) -> dict[str, Any]:
    column = finding["field"]
    name = f"{record['record_id']}/{column}" if column else record["record_id"]
    location: dict[str, Any] = {
        "logicalLocations": [{"fullyQualifiedName": name, "kind": "member"}]
    }
    if _is_file(record["source_path"]):
        place: dict[str, Any] = {"artifactLocation": where.of(record["source_path"])}
        region = _region(record, finding)
        if region:
            place["region"] = region
        location["physicalLocation"] = place
    return location


def _region(record: Mapping[str, Any], finding: Mapping[str, Any]) -> dict[str, int]:
    """Return where in the file the finding stands, as far as the file can be counted."""
    if record["source_line"] is not None:
        return {"startLine": record["source_line"]}
    if record["source_member"] or record["source_path"].lower().endswith(_RENDERED):
        return {}
    start, end, line = _span(record, finding)
    region = {} if line is None else {"startLine": line}
    if start is not None and end is not None:
        region |= {"charOffset": start, "charLength": end - start}
    return region


def _span(
    record: Mapping[str, Any], finding: Mapping[str, Any]
) -> tuple[int | None, int | None, int | None]:
    """Return start, end and line of what the finding is about, as far as they are known."""
    start, end = finding["start"], finding["end"]
    for entry in record["provenance"] or ():
        if entry["start"] == start and entry["field"] == finding["field"]:
            return start, end, entry["line"]
    return start, end, None


def _properties(record: Mapping[str, Any], finding: Mapping[str, Any]) -> dict[str, Any]:
    start, end, line = _span(record, finding)
    told = {
        "record": record["record_id"],
        "field": finding["field"],
        "member": record["source_member"],
        "url": record["source_url"],
        "start": start,
        "end": end,
        "line": line,
    }
    return {name: value for name, value in told.items() if value is not None}
