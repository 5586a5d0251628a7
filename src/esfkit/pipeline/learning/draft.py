"""Labels on which pages agree → the files of a layout, to be read and changed by people."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Final, NamedTuple

from esfkit.layouts.layout import Style
from esfkit.pipeline.learning.agreement import Agreement
from esfkit.pipeline.learning.surroundings import Learned
from esfkit.vocabulary.labels import NOT_KEPT
from esfkit.vocabulary.tables import Row, read_packaged

LABEL_COLUMNS: Final = ("field", "language", "label", "section", "seen", "source")
"""The columns of ``labels.csv``."""

SURE_COLUMNS: Final = ("words", "of", "source")
"""The columns of ``sure_words.csv``."""

CHROME_COLUMNS: Final = ("match", "words", "note")
"""The columns of ``chrome.csv``."""

_COMMON: Final = 10  # letters: a shorter single word is a label only on pages of the layout
_SURE: Final = re.compile(r"(?<![\w-])[A-Za-z]{6,40}(?![\w-])")
_MOST_SURE: Final = 4
_FEWEST: Final = 2


class Told(NamedTuple):
    """What a draft is told besides the pages.

    Attributes:
        name: The layout's name.
        kind: What its pages are about.
        language: Of its labels.
        currency: Of amounts that print none.
    """

    name: str
    kind: str = "project"
    language: str = "sv"
    currency: str = "SEK"


class Drafted(NamedTuple):
    """The files of a layout.

    Attributes:
        definition: The TOML.
        labels: The rows that ``labels.csv`` needs.
        sure_words: Those that ``sure_words.csv`` needs.
        chrome: Those that ``chrome.csv`` needs.
    """

    definition: str
    labels: tuple[Row, ...]
    sure_words: tuple[Row, ...]
    chrome: tuple[Row, ...]


def draft_layout(agreement: Agreement, pages: Sequence[str], told: Told) -> Drafted:
    """Return the draft of a layout.

    Args:
        agreement: What the pages say together.
        pages: Their names.
        told: What is told besides.
    """
    source = f"learned from {', '.join(pages)}"
    new = [one for one in agreement.learned if not one.known_as]
    return Drafted(
        _definition(agreement, pages, told),
        tuple(_label_row(one, agreement.manner.style, told, source) for one in new),
        tuple(_sure_rows(agreement.learned, pages, source)),
        tuple(
            dict(zip(CHROME_COLUMNS, ("line", words, source), strict=True))
            for words in agreement.furniture
        ),
    )


def _label_row(one: Learned, style: Style, told: Told, source: str) -> Row:
    common = " " not in one.words and len(one.words) < _COMMON and style is not Style.GLUED
    cells = (one.field, told.language, one.words, "generic" if common else "")
    return dict(zip(LABEL_COLUMNS, (*cells, str(len(one.pages)), source), strict=True))


def _definition(agreement: Agreement, pages: Sequence[str], told: Told) -> str:
    learned = agreement.learned
    fields = list(dict.fromkeys(one.known_as or one.field for one in learned))
    always = [one for one in learned if len(one.pages) == len(pages)]
    telling = list(dict.fromkeys(one.known_as or one.field for one in always)) or fields
    telling = [field for field in telling if field != NOT_KEPT]
    new = [one.words for one in learned if not one.known_as and one.field != NOT_KEPT]
    asked = [one for one in learned if one.field != NOT_KEPT]
    shown = min(sum(page in one.pages for one in asked) for page in pages)
    stated: dict[str, object] = {
        "name": told.name,
        "summary": f"Drafted by `esfkit layouts learn` from {len(pages)} pages.",
        "kind": told.kind,
        "style": str(agreement.manner.style),
        **_colon(learned),
        "language": told.language,
        "currency": told.currency,
        "fields": fields,
        "signature": telling,
        "minimum_signature": max(1, (len(telling) + 1) // 2),
        "minimum_labels": min(len(fields), max(_FEWEST, (shown + 1) // 2)),
        **({"words": new} if new else {}),
    }
    lines = [f"{key} = {_toml(value)}" for key, value in stated.items()]
    renamed = {
        one.known_as: one.field for one in learned if one.known_as not in ("", one.field)
    }
    if renamed:
        lines += ["", "[rename]", *(f"{old} = {_toml(new)}" for old, new in renamed.items())]
    return "\n".join(lines) + "\n"


def _colon(learned: Sequence[Learned]) -> dict[str, object]:
    """Return whether labels end in a colon, where they agree on it."""
    colons = {one.colon for one in learned}
    return {"colon": colons.pop()} if len(colons) == 1 else {}


def _toml(value: object) -> str:
    """Return a value as TOML writes it; words, lists and numbers are as in JSON there."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _sure_rows(learned: Iterable[Learned], pages: Sequence[str], source: str) -> Iterator[Row]:
    """Yield words of which one stands in every text that is such a page.

    None where esfkit knows one. They are whole words of labels that all pages print, in
    letters that are the same in every encoding; of each label the longest, for that
    stands on the fewest other pages, and of several labels, for a page may lack some.
    """
    always = [one for one in learned if len(one.pages) == len(pages) and one.columns]
    packaged = [row["words"] for row in read_packaged("sure_words")]
    if any(words in one.words for words in packaged for one in always):
        return
    found: dict[str, str] = {}
    for one in always:
        words = max(_SURE.findall(one.words), key=len, default="")
        if words:
            found.setdefault(words, one.words)
    for words in sorted(found, key=lambda each: (-len(each), each))[:_MOST_SURE]:
        yield dict(zip(SURE_COLUMNS, (words, found[words], source), strict=True))


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Return rows as a CSV file."""
    stream = StringIO()
    writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
