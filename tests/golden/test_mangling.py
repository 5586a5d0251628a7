"""Every fixture page, mangled in every way that copies are met in, still says the same."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

import mangling
from esfkit.model.document import Document, Origin
from esfkit.parsing.parse import parse_document
from esfkit.sources import DEFAULT_LIMITS
from esfkit.sources.pages.textfile import read_text_document
from mangling import MANGLINGS, Case, Tally

RIGHT_SHARE = 0.995  # over all manglings of a folder; single manglings may lie below
SEED = 1
ROOT = Path(__file__).parents[2]
FOLDERS = {
    "fixtures": ROOT / "tests" / "fixtures" / "layouts",
    "samples": ROOT.parent / "shared" / "samples",
}


def records_of(data: bytes, name: str) -> list[dict[str, Any]]:
    """The records that esfkit reads from a file of these bytes, as JSON would hold them."""
    document = read_text_document(data, Origin(path=name), DEFAULT_LIMITS)
    if not isinstance(document, Document):
        return []
    return [each.record.model_dump(mode="json") for each in parse_document(document).parsed]


@cache
def cases_of(folder: str) -> tuple[Case, ...]:
    """The pages with exactly one record; list golds and pages without one have other tests."""
    cases = mangling.read_cases(FOLDERS[folder]) if FOLDERS[folder].is_dir() else []
    return tuple(case for case in cases if case.single)


@cache
def tally_of(folder: str, name: str) -> Tally:
    tally = Tally()
    for copy in mangling.copies(cases_of(folder), name, SEED):
        tally.judge(copy.name, copy.gold, records_of(copy.data, copy.name))
    return tally


def skip_without_pages(folder: str) -> None:
    if not cases_of(folder):
        pytest.skip(f"no pages below {FOLDERS[folder]}")


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("name", MANGLINGS)
def test_a_mangled_copy_says_nothing_that_the_page_does_not(folder: str, name: str) -> None:
    skip_without_pages(folder)
    failures = tally_of(folder, name).failures

    assert [text for text in failures if not text.startswith(("missing", "missed"))] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_manglings_together_lose_next_to_nothing(folder: str) -> None:
    skip_without_pages(folder)
    total = Tally()
    for name in MANGLINGS:
        tally = tally_of(folder, name)
        total.failures += [f"{name}: {text}" for text in tally.failures]
        for key, count in tally.counts.items():
            total.counts[key] += count

    assert total.right_share >= RIGHT_SHARE, "\n".join(total.failures[:40])


def test_cutting_a_page_and_printing_it_again_changes_nothing_but_blanks() -> None:
    for case in [case for folder in FOLDERS for case in cases_of(folder) if case.page.pairs]:
        again = mangling.in_style(case.page, case.page.pairs)

        assert "".join(again.split()) == "".join(case.page.text.split()), case.name


def test_the_same_seed_makes_the_same_copies() -> None:
    for folder in FOLDERS:
        for name in MANGLINGS:
            first = list(mangling.copies(cases_of(folder), name, SEED))

            assert first == list(mangling.copies(cases_of(folder), name, SEED))
