import pytest

from esfkit.values.hedges import without_hedge


@pytest.mark.parametrize(
    "hedge", ["cirka", "ca", "ca.", "c:a", "drygt", "över", "omkring ca", "ca:"]
)
def test_a_hedge_is_taken_off_and_told(hedge: str) -> None:
    assert without_hedge(f"{hedge} 50") == ("50", True)


@pytest.mark.parametrize("bound", ["minst", "högst", "max", "maximalt", "upp till", "mer än"])
def test_a_bound_is_no_hedge_for_the_figure_is_not_said(bound: str) -> None:
    assert without_hedge(f"{bound} 50") == (f"{bound} 50", False)


@pytest.mark.parametrize("words", ["50", "cirkaX 50", "övertorneå", "camping 5", "5 cirka"])
def test_other_words_stay(words: str) -> None:
    assert without_hedge(words) == (words, False)
