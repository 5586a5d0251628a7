"""A user's tables → rows that are added to the package's, or what is wrong in them."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Final, NamedTuple

from esfkit.layouts.complaint import Complaint, not_among, quoted
from esfkit.layouts.definition import known_fields
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.tables import Row, read_packaged

MOST_ROWS: Final = 2000
"""Rows of a table that a user may add."""

_LONGEST: Final = 80  # letters of a label; the package's longest has 37
_FEWEST_LETTERS: Final = 2
_SURE: Final = re.compile("[A-Za-z0-9-]{4,40}")
_SECTIONS_OF_LABELS: Final = ("", "generic", "value")


class _Columns(NamedTuple):
    """What a table must have and may have."""

    needed: tuple[str, ...]
    optional: tuple[str, ...]


_TABLES: Final[Mapping[str, _Columns]] = {
    "labels": _Columns(("field", "language", "label"), ("section", "seen", "source")),
    "sections": _Columns(("role", "language", "heading"), ("seen", "source")),
    "chrome": _Columns(("match", "words"), ("note",)),
    "sure_words": _Columns(("words",), ("of", "source")),
}


_MATCHES: Final = ("line", "start", "words", "stamp")
"""How a row of ``chrome`` is matched; see ``vocabulary/headings.py``."""


class _Met(NamedTuple):
    """A row with its place."""

    file: str
    line: int
    row: dict[str, str]

    def complain(self, key: str, said: str) -> Complaint:
        return Complaint(self.file, self.line, key, said)


def read_rows(table: str, name: str, text: str) -> tuple[list[Row], list[Complaint]]:
    """Return the rows of a CSV file that are new, and all that is wrong in it.

    Args:
        table: Which table they are added to, one of ``TEACHABLE``.
        name: The file's name in complaints.
        text: What it says; commas or semicolons divide it.
    """
    met = _cells(table, name, text)
    if isinstance(met, Complaint):
        return [], [met]
    complaints = [each for row in met for each in _CHECKS[table](row)]
    if complaints or table != "labels":
        return [each.row for each in met], complaints
    return _new_labels(met)


def _cells(table: str, name: str, text: str) -> list[_Met] | Complaint:
    """Return the rows with their lines, or why the file is no such table."""
    columns = _TABLES[table]
    first = text.partition("\n")[0]
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(StringIO(text), delimiter=delimiter, strict=True)
    try:
        heads = [head.strip() for head in next(reader, [])]
        refused = _refused_heads(heads, columns)
        if refused is not None:
            return refused._replace(file=name)
        return list(_rows(reader, heads, name, columns))
    except csv.Error as error:
        return Complaint(name, reader.line_num, "", f"This is no CSV: {error}.")
    except _UnevenError as error:
        return Complaint(name, reader.line_num, "", str(error))


class _UnevenError(Exception):
    """A row does not fit its heading, or there are too many."""


def _refused_heads(heads: Sequence[str], columns: _Columns) -> Complaint | None:
    known = (*columns.needed, *columns.optional)
    for head in heads:
        if head not in known:
            return Complaint("", 1, head, not_among(head, known, "a column of this table"))
        if heads.count(head) > 1:
            return Complaint("", 1, head, "This column stands twice. Take one of them away.")
    for needed in columns.needed:
        if needed not in heads:
            return Complaint("", 1, needed, f"This column is missing; {heads} were met.")
    return None


def _rows(
    reader: Iterator[list[str]], heads: Sequence[str], name: str, columns: _Columns
) -> Iterator[_Met]:
    line = 2
    for count, cells in enumerate(reader):
        if count >= MOST_ROWS:
            raise _UnevenError(f"There are more than {MOST_ROWS} rows.")
        if any(cell.strip() for cell in cells):
            if len(cells) != len(heads):
                raise _UnevenError(f"{len(cells)} cells stand below {len(heads)} columns.")
            row = dict.fromkeys((*columns.needed, *columns.optional), "")
            row |= {head: cell.strip() for head, cell in zip(heads, cells, strict=True)}
            yield _Met(name, line, row)
        line = getattr(reader, "line_num", line) + 1


# --- what a cell may hold ---------------------------------------------------------------


def _check_label(met: _Met) -> Iterator[Complaint]:
    field, section = met.row["field"], met.row["section"]
    if field not in known_fields():
        yield met.complain("field", not_among(field, known_fields(), "a field"))
    if met.row["language"] not in ("sv", "en"):
        yield met.complain("language", not_among(met.row["language"], ("sv", "en"), "known"))
    if section not in _SECTIONS_OF_LABELS:
        yield met.complain(
            "section", not_among(section, ("generic", "value"), "a section, nor is it empty")
        )
    said = _why_no_label(met.row["label"])
    if said:
        yield met.complain("label", f"{quoted(met.row['label'])}: {said}")


def _why_no_label(words: str) -> str:
    """Return why words cannot be a label; empty where they can."""
    if len(fold(words)) < _FEWEST_LETTERS or len(words) > _LONGEST:
        return f"a label has {_FEWEST_LETTERS} to {_LONGEST} letters."
    if words.endswith(":"):
        return "leave out the colon; labels are found with and without it."
    if not words[0].isalpha():
        return "a label begins with a letter."
    return _why_unseen(words)


def _why_unseen(words: str) -> str:
    """Return what is wrong with words not all of which can be seen; empty where they can."""
    if any(unicodedata.category(letter)[0] == "C" for letter in words):
        return "it holds line ends or characters that cannot be seen."
    return ""


def _check_section(met: _Met) -> Iterator[Complaint]:
    roles = {row["role"] for row in read_packaged("sections")}
    if met.row["role"] not in roles:
        yield met.complain("role", not_among(met.row["role"], roles, "a role"))
    languages = {row["language"] for row in read_packaged("sections")}
    if met.row["language"] not in languages:
        yield met.complain("language", not_among(met.row["language"], languages, "known"))
    said = _why_no_label(met.row["heading"])
    if said:
        yield met.complain("heading", f"{quoted(met.row['heading'])}: {said}")


def _check_chrome(met: _Met) -> Iterator[Complaint]:
    if met.row["match"] not in _MATCHES:
        yield met.complain("match", not_among(met.row["match"], _MATCHES, "known"))
    if len(fold(met.row["words"])) < _FEWEST_LETTERS:
        said = f"{quoted(met.row['words'])} are fewer than {_FEWEST_LETTERS} letters."
        yield met.complain("words", said)
    unseen = _why_unseen(met.row["words"])
    if unseen:
        yield met.complain("words", f"{quoted(met.row['words'])}: {unseen}")


def _check_sure_word(met: _Met) -> Iterator[Complaint]:
    if _SURE.fullmatch(met.row["words"]) is None:
        said = (
            f"{quoted(met.row['words'])}: 4 to 40 of the letters a-z, digits and hyphens, "
            "without blanks: what stands alike in the bytes of every encoding."
        )
        yield met.complain("words", said)


_CHECKS: Final[Mapping[str, Callable[[_Met], Iterator[Complaint]]]] = {
    "labels": _check_label,
    "sections": _check_section,
    "chrome": _check_chrome,
    "sure_words": _check_sure_word,
}


def _new_labels(met: Sequence[_Met]) -> tuple[list[Row], list[Complaint]]:
    """Return the labels that are new, and those that name another field already."""
    known = {fold(row["label"]): (row["field"], "") for row in read_packaged("labels")}
    rows: list[Row] = []
    complaints: list[Complaint] = []
    for each in met:
        key, field = fold(each.row["label"]), each.row["field"]
        if key not in known:
            known[key] = (field, f" in line {each.line}")
            rows.append(each.row)
            continue
        other, place = known[key]
        if other != field:
            said = (
                f"{quoted(each.row['label'])} names {other} already{place or ' in esfkit'}. "
                f"A layout whose pages mean {field} by it says so: [rename] {other} = "
                f'"{field}".'
            )
            complaints.append(each.complain("label", said))
    return rows, complaints
