import pytest

from esfkit.layouts.layout import Style
from esfkit.pipeline.learning.pairs import Manner, pairs_of


@pytest.mark.parametrize(
    ("text", "style", "spaced", "colon"),
    [
        ("Huvudman: Lessebo kommun", Style.INLINE, False, True),
        ("Huvudman\tLessebo kommun", Style.INLINE, False, False),
        ("| Huvudman: | Lessebo kommun |", Style.INLINE, False, True),
        ("Huvudman   Lessebo kommun", Style.INLINE, False, False),
        ("Huvudman\nLessebo kommun", Style.NEXT_LINE, False, False),
        ("Huvudman:\n\nLessebo kommun", Style.NEXT_LINE, True, True),
        ("HuvudmanLessebo kommun", Style.GLUED, False, False),
        ("Huvudman Lessebo kommun", Style.GLUED, False, False),
        (f"Huvudman: Lessebo kommun Budget: 12 {'och mer ' * 20}", Style.FLOW, False, True),
    ],
)
def test_a_label_and_its_value_are_among_the_pairs(
    text: str, style: Style, *, spaced: bool, colon: bool
) -> None:
    pairs = [
        (pair.manner, pair.colon)
        for pair in pairs_of(text)
        if (pair.words, pair.value) == ("Huvudman", "Lessebo kommun")
    ]

    assert (Manner(style, spaced=spaced), colon) in pairs


@pytest.mark.parametrize("text", ["", "\n\n", "12: 14", ": x", "Huvudman:", "x" * 71 + ": y"])
def test_what_could_be_no_label_is_none_of_them(text: str) -> None:
    assert list(pairs_of(text)) == []
