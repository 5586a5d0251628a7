from pathlib import Path

import pytest

from esfkit.model.document import Origin, Unread
from esfkit.model.errors import InputRefused
from esfkit.model.finding import Problem, Severity
from esfkit.model.record import Record
from esfkit.parsing.parse import ParseResult
from esfkit.pipeline import Account, Rejected, ingest, parse, parse_sources, stream
from esfkit.pipeline.run import Run
from esfkit.sources import Limits
from pages import PRACTICE, call_page, colon_page, glued_page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two projects in one file, a call, a practice page, news, nothing, and broken bytes."""
    second = colon_page(
        heading="2016/00998 - Ny bro", project_number="2016/00998", title="Ny bro"
    )
    pages = {
        "a-two.txt": f"{colon_page(total_budget='kr')}\n{second}",
        "b-call.txt": call_page(),
        "c-practice.txt": PRACTICE,
        "d-news.txt": "ESF ger stöd.",
        "e-empty.txt": "",
    }
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "f-broken.txt").write_bytes(b"\x00\x01\x02\xff" * 400)
    return tmp_path


def test_a_text_is_parsed_with_its_path_and_address() -> None:
    result = parse(colon_page(), path="a.txt", url="https://exempel.se/1")

    [parsed] = result.parsed
    assert (parsed.record.source_path, parsed.record.source_url) == (
        "a.txt",
        "https://exempel.se/1",
    )
    assert result.document.text == colon_page()


def test_a_text_that_is_no_record_is_rejected_and_raises_nothing() -> None:
    result = parse("\ud800")

    assert result.parsed == ()
    assert result.rejection is not None
    assert result.rejection.reason == "no_labels"


def test_ingest_gives_every_record_in_the_order_of_the_sources(folder: Path) -> None:
    ingested = ingest(folder)

    assert [(record.kind, record.title) for record in ingested.records] == [
        ("project", "Nya vägar"),
        ("project", "Ny bro"),
        ("call", "Nytt jobb"),
        ("practice", "Odla jobb i Boden"),
    ]
    assert {Path(record.source_path or "").name for record in ingested.records} == {
        "a-two.txt",
        "b-call.txt",
        "c-practice.txt",
    }
    assert all(len(record.source_sha256 or "") == 64 for record in ingested.records)


def test_ingest_says_why_each_other_document_gives_none(folder: Path) -> None:
    rejected = ingest(folder).rejected

    assert [(Path(one.origin.path or "").name, one.reason) for one in rejected] == [
        ("d-news.txt", "no_labels"),
        ("e-empty.txt", "document_empty"),
        ("f-broken.txt", "document_binary"),
    ]
    assert all(one.message for one in rejected)


def test_ingest_counts_documents_records_findings_and_rejects(folder: Path) -> None:
    account = ingest(folder).account

    assert account.documents == 6
    assert account.records == {
        ("project", "esf-2014-colon"): 2,
        ("call", "esf-call"): 1,
        ("practice", "practice"): 1,
    }
    assert account.findings == {Problem.DIGITS_LOST: 1}
    assert account.rejects == {"no_labels": 1, "document_empty": 1, "document_binary": 1}


def test_what_is_no_page_at_all_is_a_note_and_counted_apart(folder: Path) -> None:
    (folder / "g-data.json").write_text('{"a": 1}')
    ingested = ingest(folder)

    assert [(one.reason, one.severity) for one in ingested.rejected] == [
        ("no_labels", Severity.NOTE),
        ("document_empty", Severity.WARNING),
        ("document_binary", Severity.WARNING),
        ("source_unreadable", Severity.NOTE),
    ]
    assert [one.is_skipped for one in ingested.rejected] == [False, False, False, True]
    assert ingested.account.skipped == {"source_unreadable": 1}
    assert ingested.account.rejects.total() == 3


def test_a_near_miss_names_the_layout_and_the_labels_it_met(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Region\nStockholm\nProgramområde\n1\nStartdatum\n2019-01-14\n"
    )
    [rejected] = ingest(tmp_path).rejected

    assert (rejected.nearest, rejected.labels) == (
        "esf-call",
        ("period_start", "programme_area", "region"),
    )
    assert rejected.message == "esf-call: prints 3 of the 4 labels it must"


def test_several_sources_are_read_in_the_order_given(folder: Path) -> None:
    sources: list[str | Path] = [
        folder / "b-call.txt",
        str(folder / "c-practice.txt"),
        folder / "b-call.txt",
    ]

    assert [record.kind for record in ingest(sources).records][:2] == ["call", "practice"]


def test_a_single_source_may_be_given_as_words(folder: Path) -> None:
    assert len(ingest(str(folder / "a-two.txt")).records) == 2


def test_a_source_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="finns-ej"):
        ingest(tmp_path / "finns-ej.txt")


def test_the_limits_are_those_given(folder: Path) -> None:
    ingested = ingest(folder / "b-call.txt", Limits(document_bytes=10))

    assert ingested.records == ()
    assert [one.reason for one in ingested.rejected] == ["document_too_long"]


def test_the_stream_counts_while_it_runs(folder: Path) -> None:
    account = Account()
    outcomes = stream([folder], Run(), account)

    assert isinstance(next(outcomes), Record)
    assert account.records.total() == 1
    assert sum(isinstance(one, Rejected) for one in outcomes) == 3
    assert (account.documents, account.records.total()) == (6, 4)


def test_the_bytes_read_are_told_as_they_are_read(folder: Path) -> None:
    told: list[int] = []
    files = sorted(folder.iterdir())
    list(stream([folder], Run(on_bytes=told.append), Account()))

    assert sum(told) == sum(path.stat().st_size for path in files)


def test_each_document_can_be_looked_at_as_it_was_read(folder: Path) -> None:
    results = list(parse_sources([folder]))

    assert [type(result) for result in results] == [ParseResult] * 4 + [Unread] * 2
    assert isinstance(results[0], ParseResult)
    assert len(results[0].parsed) == 2


def test_an_account_counts_records_and_rejects_it_is_given() -> None:
    account = Account()
    [parsed] = parse(glued_page()).parsed
    account.count(parsed.record)
    account.count(Rejected(Origin(), "no_labels", "x"))
    account.count(Rejected(Origin(), "no_labels", "x"))

    assert account.records == {("project", "esf-2007-glued"): 1}
    assert account.rejects == {"no_labels": 2}
    assert account.findings == {Problem.PROJECT_NUMBER_MISSING: 1}
