"""Which layout a header has: every layout is asked, the best is taken, ties are told."""

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from esfkit.layouts.layout import Layout, Style, all_layouts
from esfkit.parsing.header import Header
from esfkit.parsing.scan import Form
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.labels import Label

_STYLE = {
    Form.OWN: Style.NEXT_LINE,
    Form.INLINE: Style.INLINE,
    Form.GLUED: Style.GLUED,
    Form.SPACED: Style.GLUED,
    Form.LOW: Style.GLUED,
    Form.FLOW: Style.FLOW,
}
_NOT_LABELLED = (Style.NARRATIVE, Style.LIST)
_STYLE_POINTS = 0.5  # less than one label: what is printed weighs more than how
_YIELDED_POINTS = 0.25  # less than what the form of the labels tells
_WORDS_POINTS = 1.0  # more than all that the shape can give: words of its own are no accident


class Verdict(NamedTuple):
    """What one layout says to a header.

    Attributes:
        layout: The layout.
        points: Labels it knows less labels it does not, plus a little for style; only
            comparable between verdicts on one header.
        lacks: Why the header is not of this layout; empty where it may be.
        few: Whether it is labels that it lacks.
    """

    layout: Layout
    points: float
    lacks: str
    few: bool


class Detection(NamedTuple):
    """The layouts' answers about one header.

    Attributes:
        layout: The best one, or ``None`` where no layout takes the header.
        runner_up: The next best that takes it.
        tie: Whether the two are equally good.
        nearest: The best verdict of all, taken or not: the nearest miss of a rejected page.
    """

    layout: Layout | None
    runner_up: Layout | None
    tie: bool
    nearest: Verdict | None


class Shape(NamedTuple):
    """All that a layout looks at in a header; the same few recur on the pages of a site."""

    form: Form
    colon: bool
    labels: tuple[Label, ...]


def detect_layout(header: Header) -> Detection:
    """Ask every layout about a header."""
    return _detect(
        Shape(header.form, header.colon, tuple([each.label for each in header.found]))
    )


@lru_cache(maxsize=4096)
def _detect(shape: Shape) -> Detection:
    fields = frozenset(label.field for label in shape.labels)
    verdicts = [
        judge(layout, shape, fields)
        for layout in all_layouts()
        if layout.style not in _NOT_LABELLED
    ]
    taking = sorted(
        (verdict for verdict in verdicts if not verdict.lacks), key=lambda one: -one.points
    )
    nearest = max(verdicts, key=lambda one: one.points)
    if not taking:
        return Detection(None, None, tie=False, nearest=nearest)
    runner_up = taking[1] if len(taking) > 1 else None
    return Detection(
        layout=taking[0].layout,
        runner_up=runner_up.layout if runner_up else None,
        tie=runner_up is not None and runner_up.points == taking[0].points,
        nearest=taking[0],
    )


def judge(layout: Layout, shape: Shape, fields: Collection[str]) -> Verdict:
    """Return what a layout says to a header with these fields."""
    known = sum(field in layout.fields for field in fields)
    signature = sum(field in layout.signature for field in fields)
    contrary = [field for field in layout.absent if field in fields]
    foreign = sum(label.language != layout.language for label in shape.labels)
    points: float = known - (len(fields) - known) - len(contrary) - foreign
    points += _shape_points(layout, shape)
    few = _lacking_labels(layout, fields, known, signature)
    if layout.words and _prints_own_words(layout, shape):
        points += _WORDS_POINTS
    elif layout.words:
        few = few or f"prints none of {', '.join(layout.words)}"
    return Verdict(layout, points, few or _contradicted(layout, shape), bool(few))


def _prints_own_words(layout: Layout, shape: Shape) -> bool:
    own = {fold(words) for words in layout.words}
    return not own.isdisjoint([label.key for label in shape.labels])


def _lacking_labels(layout: Layout, fields: Collection[str], known: int, signature: int) -> str:
    """Return which labels a header lacks to be of a layout."""
    if known < layout.minimum_labels:
        return f"prints {known} of the {layout.minimum_labels} labels it must"
    told = bool(layout.sufficient) and all(field in fields for field in layout.sufficient)
    if signature < layout.minimum_signature and not told:
        wanted = ", ".join(field for field in layout.signature if field not in fields)
        return (
            f"prints {signature} of {layout.minimum_signature} telling labels; lacks {wanted}"
        )
    return ""


def _contradicted(layout: Layout, shape: Shape) -> str:
    """Return which labels settle that a header is of another kind; a vague one does not."""
    decisive = [label for label in shape.labels if label.field in layout.decisive]
    vague = all(label.section == "generic" for label in decisive)
    if len(decisive) <= (1 if vague else 0):
        return ""
    printed = ", ".join(label.words for label in decisive)
    return f"prints {printed}, which no page of this layout does"


def _shape_points(layout: Layout, shape: Shape) -> float:
    points = -_YIELDED_POINTS if layout.yields else 0.0
    if _STYLE[shape.form] is layout.style:
        points += _STYLE_POINTS
        if layout.colon is None or layout.colon == shape.colon:
            points += _STYLE_POINTS / 2
    return points
