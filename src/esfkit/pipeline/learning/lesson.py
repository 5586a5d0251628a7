"""Pages and their values → a draft, tried on the pages before anybody relies on it."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Final, NamedTuple

from esfkit.layouts.complaint import summed_up
from esfkit.layouts.folder import TABLES, look_at_files, look_at_folder
from esfkit.layouts.taught import Taught
from esfkit.model.document import Document
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.output.atomic import write_content
from esfkit.pipeline.job import job_of
from esfkit.pipeline.learning.agreement import Agreement, agree
from esfkit.pipeline.learning.draft import (
    CHROME_COLUMNS,
    LABEL_COLUMNS,
    SURE_COLUMNS,
    Drafted,
    Told,
    as_csv,
    draft_layout,
)
from esfkit.pipeline.learning.evidence import Page, columns_given, look_at_page
from esfkit.pipeline.learning.gold import Gold
from esfkit.sources import open_sources
from esfkit.vocabulary.tables import Row

_SEEN: Final = frozenset({"section", "seen", "source", "note", "of"})


class Lesson(NamedTuple):
    """What was learned from some pages.

    Attributes:
        pages: The pages with their values.
        agreement: The labels on which they agree.
        files: The files of a folder that teach it: name → text.
        taught: The same, ready to be used.
    """

    pages: tuple[Page, ...]
    agreement: Agreement
    files: Mapping[str, str]
    taught: Taught


def learn(
    sources: Sequence[str], gold: Mapping[str, Gold], name: str, folder: Path | None = None
) -> Lesson:
    """Return what pages teach whose values are given.

    Args:
        sources: The pages.
        gold: Page → its values (:func:`~esfkit.pipeline.learning.gold.read_gold`).
        name: The name of the layout.
        folder: A folder to which it is to be added; what it teaches is kept.

    Raises:
        BadRequest: The values belong to no page or to none of these, nothing could be
            learned, or the folder has a layout of that name already.
        InputRefused: A page does not exist.
    """
    pages = tuple(_with_values(_documents(sources), gold))
    kind = _kind(pages)
    columns = columns_given(pages)
    euro = any(each.endswith("_eur") for each in columns)
    kronor = any(each.endswith("_sek") for each in columns)
    currency = "EUR" if euro and not kronor else "SEK"
    agreement = agree([look_at_page(page, currency) for page in pages], columns)
    if len(agreement.learned) < 2:  # noqa: PLR2004 - a lone label is no header
        raise BadRequest(
            "Fewer than two labels stand by the values given: nothing could be learned. "
            f"{'; '.join(f'{each.column}: {each.why}' for each in agreement.missed[:3])}."
        )
    names = [page.name for page in pages]
    told = Told(name, kind=kind, currency=currency)
    files = _added(folder, name, draft_layout(agreement, names, told))
    read = look_at_files(str(folder or "draft"), files.items())
    if read.complaints:
        raise BadRequest(summed_up(read.complaints))
    return Lesson(pages, agreement, files, read.taught)


def save(lesson: Lesson) -> None:
    """Write the files of a lesson; each appears whole or not at all.

    Raises:
        OutputFailed: One cannot be written.
        BadRequest: The folder cannot be made.
    """
    for name, text in lesson.files.items():
        path = Path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadRequest(f"{path.parent}: cannot be made ({error.strerror}).") from error
        write_content(path, text.encode())


def _documents(sources: Sequence[str]) -> Iterator[Document]:
    for item in open_sources(list(sources), job_of(sieve=False).reading):
        if isinstance(item, Document):
            yield item


def _with_values(documents: Iterable[Document], gold: Mapping[str, Gold]) -> Iterator[Page]:
    """Yield the pages with their values.

    Raises:
        BadRequest: A page has no values, or values have no page.
        InputRefused: There are no pages.
    """
    left = dict(gold)
    met = 0
    for document in documents:
        met += 1
        path = document.origin.path or ""
        name = next((each for each in _names(path) if each in left), None)
        if name is None:
            known = ", ".join(list(gold)[:5])
            raise BadRequest(f"{path}: No values are given for this page; given are {known}.")
        yield Page(name, document, left.pop(name))
    if not met:
        raise InputRefused("There is no page to learn from.")
    if left:
        raise BadRequest(f"Values are given for {', '.join(left)}, and no such page.")


def _names(path: str) -> tuple[str, ...]:
    return path, Path(path).name, Path(path).stem


def _kind(pages: Sequence[Page]) -> str:
    kinds = {str(page.gold.get("kind") or "project") for page in pages}
    if len(kinds) > 1:
        raise BadRequest(f"A layout has pages of one kind; given are {', '.join(kinds)}.")
    return kinds.pop()


def _added(folder: Path | None, name: str, drafted: Drafted) -> dict[str, str]:
    """Return the files of a folder with those of the draft among them."""
    home = folder or Path("draft")
    files = _files_of(home) if folder is not None and folder.is_dir() else {}
    definition = str(home / f"{name}.toml")
    if definition in files:
        raise BadRequest(f"{definition} is there already. Remove it or choose another --name.")
    files[definition] = drafted.definition
    for file, columns, rows in (
        ("labels.csv", LABEL_COLUMNS, drafted.labels),
        ("sure_words.csv", SURE_COLUMNS, drafted.sure_words),
        ("chrome.csv", CHROME_COLUMNS, drafted.chrome),
    ):
        path = str(home / file)
        before = list(_rows_in(files.get(path, "")))
        there = {_said(row, columns) for row in before}
        new = [row for row in rows if _said(row, columns) not in there]
        if new:
            files[path] = as_csv(columns, (*before, *new))
    return files


def _said(row: Row, columns: Sequence[str]) -> tuple[str, ...]:
    """Return what a row says, without where that was seen."""
    return tuple(row.get(column, "") for column in columns if column not in _SEEN)


def _files_of(folder: Path) -> dict[str, str]:
    """Return the files of a folder, which must be right before something is added."""
    read = look_at_folder(folder)
    if read.complaints:
        raise BadRequest(summed_up(read.complaints))
    paths = (*sorted(folder.glob("*.toml")), *(folder / name for name in TABLES))
    return {str(path): path.read_text("utf-8-sig") for path in paths if path.is_file()}


def _rows_in(text: str) -> Iterator[Row]:
    first = text.partition("\n")[0]
    delimiter = ";" if ";" in first and "," not in first else ","
    for row in csv.DictReader(StringIO(text), delimiter=delimiter):
        if any(row.values()):
            yield {head.strip(): (cell or "").strip() for head, cell in row.items()}
