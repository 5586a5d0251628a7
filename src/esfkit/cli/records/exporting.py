"""What an export is asked for, and which formats it has; loads no table library."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal

from esfkit.model.errors import BadRequest

TABLES: Final = ("csv", "csv-sv", "tsv", "json", "jsonl", "md", "parquet")
"""Records as they are; names of :data:`esfkit.output.writers.WRITERS`."""

WORKBOOK: Final = "xlsx"
OFFICIAL_LISTS: Final = ("esf-list", "art49", "annex12", "kohesio")
"""Names of the rows of ``output/lists/lists.csv``; a test compares them."""

PACKAGE: Final = "datapackage"

EXPORTS: Final[tuple[str, ...]] = (*TABLES, WORKBOOK, *OFFICIAL_LISTS, PACKAGE)
"""Everything that ``--as`` takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An export as it is asked for.

    Attributes:
        data: Datasets and texts; see :func:`esfkit.cli.data.load`.
        name: What ``--as`` names; ``None`` where the file's suffix decides.
        form: What ``--format`` names: how an official list is written.
        output: The file or folder; ``None`` for standard output.
        where: A condition for records.
        kinds: Only records of these kinds.
        columns: Only these columns.
        limit: At most so many records.
        language: Of headings in formats for people, and of notes.
        personal: Whether personal data is let out.
        day: Printed as the day of the file.
        euro: What ``--eur`` says; see :func:`esfkit.analysis.figures.money.read_conversion`.
        refused: The file for the projects that a list refuses.
    """

    data: list[str] | None = None
    name: str | None = None
    form: str | None = None
    output: Path | None = None
    where: str | None = None
    kinds: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    limit: int | None = None
    language: Literal["sv", "en"] = "en"
    personal: bool = False
    day: date | None = None
    euro: str | None = None
    refused: Path | None = None

    def refuse_unless(self, *, lists: bool) -> None:
        """Make sure that no option is given that means nothing to this export.

        Args:
            lists: Whether it is an official list.

        Raises:
            BadRequest: One is.
        """
        if lists and self.columns:
            raise BadRequest(f"--columns: {self.name} has the columns that it must have.")
        if lists and self.kinds not in ([], ["project"]):
            raise BadRequest(f"--kind: Only projects stand in {self.name}.")
        if lists and self.personal:
            raise BadRequest(f"--personal-data: Contact persons do not stand in {self.name}.")
        if self.refused is not None and not lists:
            raise BadRequest(
                f"--refused: Only official lists refuse projects: {', '.join(OFFICIAL_LISTS)}."
            )
        if self.form is not None and self.name is not None and not lists:
            raise BadRequest("--format: That is for official lists; --as names the format.")
        if self.euro is not None and self.name != "kohesio":
            raise BadRequest("--eur: Only kohesio has a column for an exchange rate.")


def read_day(words: str | None) -> date | None:
    """Return the day that ``--date`` names.

    Raises:
        BadRequest: It is no day of the calendar as ``YYYY-MM-DD``.
    """
    if words is None:
        return None
    with suppress(ValueError):
        day = date.fromisoformat(words)
        if day.isoformat() == words:  # 20261122 and 2026-W47-7 are days to Python too
            return day
    raise BadRequest(f"--date: {words!r} is no day. Write it as YYYY-MM-DD.")
