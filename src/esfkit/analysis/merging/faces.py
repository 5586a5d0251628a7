"""What the identity of an observation is judged by.

A :class:`Face` holds no more than that: whatever else a page says, two observations
with the same face are treated alike. Faces are made from values alone, so neither the
order of the rows nor the place of a file matters.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

import polars as pl

from esfkit.analysis.merging.titles import words_key
from esfkit.dataset.store import gather
from esfkit.model.finding import Problem
from esfkit.rules.themes.numbers import is_call_number
from esfkit.values.identifier import read_project_number
from esfkit.vocabulary.fold import fold

AMOUNTS: Final = (
    "total_budget_sek",
    "esf_support_sek",
    "call_amount_sek",
    "total_budget_eur",
    "esf_support_eur",
)
"""Money that is compared, each only with its own kind."""

_READ: Final = (
    *("kind", "project_number", "call_number", "title", "owner", "owner_name", "owner_unit"),
    *("owner_org_number", "period_start", "period_end", "published", "phase", "region_code"),
    *("programme_period", "programme_period_basis", "programme_area", "programme_cci"),
    *("fund", "source_sha256"),
    *AMOUNTS,
)
_PRINTED: Final = ("printed", "cci")
_FIRST_PLACE: Final = "__first_place"
_KEY_DIGITS: Final = 16


class Face(NamedTuple):
    """The values that tell one project from another.

    Attributes:
        kind: Project, call or practice page.
        number: The number in one spelling; of a call its own. ``None`` if unstated.
        title: See :func:`~esfkit.analysis.merging.titles.words_key`; empty if unstated.
        owner: The organisation in the same form; empty if unstated.
        unit: The organisation's unit in the same form.
        org_number: Ten digits.
        start: First day; of a practice page the day it was published.
        end: Last day, likewise.
        phase: Folded.
        period: The programme period, only where it is printed or follows from the CCI.
        cci: The programme's number.
        fund: ``ESF``, ``ESF+`` and so on.
        region: NUTS code.
        area: Code of the programme area.
        call: Number of the call that a project answers.
        amounts: In the order of :data:`AMOUNTS`.
    """

    kind: str
    number: str | None
    title: str
    owner: str
    unit: str
    org_number: str | None
    start: date | None
    end: date | None
    phase: str | None
    period: str | None
    cci: str | None
    fund: str | None
    region: str | None
    area: str | None
    call: str | None
    amounts: tuple[int | Decimal | None, ...]

    @property
    def identity(self) -> tuple[str, str, str, date, date] | None:
        """Title, owner and period, if all are stated: the same project without a number.

        Calls and practice pages have no owner; for a call its region stands in.
        """
        owner = self.owner or (f"region {self.region}" if self.region else "")
        if self.kind == "practice":
            owner = owner or "no owner"
        if self.kind == "project":
            owner = self.owner
        if not (self.title and owner and self.start and self.end):
            return None
        return self.kind, self.title, owner, self.start, self.end


class Node(NamedTuple):
    """Observations that identity cannot tell apart.

    Attributes:
        key: Made from the face, and from the text where the face alone does not settle
            that two observations are one; nodes are sorted by it.
        compared: Hash of the face.
        face: What they have in common.
        rows: Their rows in the table, in its order.
        texts: Hashes of the documents they were read from, sorted.
    """

    key: str
    compared: str
    face: Face
    rows: tuple[int, ...]
    texts: tuple[str, ...]


def telling_number(row: Mapping[str, Any]) -> str | None:
    """Return the project number by which a project is known, as it is stated.

    A call's number is none, though it may stand in its place: many projects answer one
    call, and in ESF+ their numbers go on where the call's ends (``23-017-S01``).

    Args:
        row: With ``project_number``, and ``call_number`` where that is known.
    """
    number: str | None = row["project_number"]
    if number is None:
        return None
    told, call = _one_spelling(number), row.get("call_number")
    is_of_call = is_call_number(told) or (call and told == _one_spelling(call))
    return None if is_of_call else number


def nodes_of(frame: pl.LazyFrame) -> list[Node]:
    """Return the observations of a dataset by what can be told of them, sorted by key."""
    faces: dict[str, tuple[str, Face]] = {}
    rows: dict[str, list[int]] = {}
    texts: dict[str, set[str]] = {}
    for number, (face, text, place) in enumerate(_faces(frame)):
        compared = _hash("c-", face)
        settled = face.number is not None or face.identity is not None
        # A title alone does not make two pages one, but two copies of one page are.
        key = compared if settled else _hash(f"{compared}-", text or number, place)
        faces[key] = compared, face
        rows.setdefault(key, []).append(number)
        texts.setdefault(key, set()).update([text] if text else [])
    return [
        Node(key, compared, face, tuple(rows[key]), tuple(sorted(texts[key])))
        for key, (compared, face) in sorted(faces.items())
    ]


def _faces(frame: pl.LazyFrame) -> Iterator[tuple[Face, str | None, int | None]]:
    """Yield each row's face, the hash of its document and where in it it was read."""
    starts = pl.col("provenance").list.eval(pl.element().struct.field("start")).list.min()
    table = gather(frame.select(*_READ, starts.alias(_FIRST_PLACE)))
    for row in table.iter_rows(named=True):
        yield _face(row), row["source_sha256"], row[_FIRST_PLACE]


def _face(row: Mapping[str, Any]) -> Face:
    is_call = row["kind"] == "call"
    number = row["project_number"] or row["call_number"] if is_call else telling_number(row)
    printed = row["programme_period_basis"] in _PRINTED
    return Face(
        kind=row["kind"],
        number=None if number is None else _one_spelling(number),
        title=words_key(row["title"]),
        owner=words_key(row["owner_name"] or row["owner"]),
        unit=words_key(row["owner_unit"]),
        org_number=row["owner_org_number"],
        start=row["period_start"] or row["published"],
        end=row["period_end"] or row["published"],
        phase=None if row["phase"] is None else fold(row["phase"]),
        period=row["programme_period"] if printed else None,
        cci=row["programme_cci"],
        fund=row["fund"],
        region=row["region_code"],
        area=row["programme_area"],
        call=None if is_call or row["call_number"] is None else fold(row["call_number"]),
        amounts=tuple(row[name] for name in AMOUNTS),
    )


def _one_spelling(number: str) -> str:
    """Return a number without the CCI before it, blanks and odd dashes."""
    read = read_project_number(number)
    return fold(number) if read is None or isinstance(read, Problem) else read


def _hash(prefix: str, *parts: object) -> str:
    # The prefix keeps a spreadsheet from taking digits and an e for a number.
    told = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return f"{prefix}{hashlib.sha256(told).hexdigest()[:_KEY_DIGITS]}"
