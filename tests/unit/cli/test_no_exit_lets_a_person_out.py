"""Every way out of the program, with an invented person planted wherever a text stands."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import polars as pl
import pytest

from esfkit.dataset.frame import to_frame
from esfkit.dataset.history import History, Ingest, Mark, as_metadata
from esfkit.dataset.parquet import SCHEMA_VERSION_KEY
from esfkit.model.finding import Problem
from esfkit.model.record import ParticipantTarget, Record, Section
from esfkit.output.parquet import write_parquet
from factories import a_finding, a_full_project, a_place, a_project
from programs import Invoke

PERSON = "Freja Ekeroth"
TRACES = ("freja", "ekero", "keroth", "0701740605", "850101", "kommer-fram")
FORMATS = ("table", "csv", "json", "md", "xlsx")
"""One of each kind: drawn, with lists as texts, with lists, in words, a workbook."""

LABELLED = a_full_project(
    title=f"Vägen in med {PERSON}",
    owner=f"{PERSON} Konsult AB, Växjö",
    owner_name=f"{PERSON} Konsult AB",
    owner_unit=f"Enheten för {PERSON}",
    owner_org_number=None,
    postal_address=f"c/o {PERSON}",
    phase=f"Genomförande, {PERSON}",
    programme_area_name=f"Öka övergångarna, {PERSON}",
    intervention_name=f"Access, {PERSON}",
    contact_person=PERSON,
    email="freja.ekeroth@kommer-fram.se",
    phone="070-174 06 05",
    summary=f"Projektledare {PERSON} nås på 070-174 06 05. Frejas väg in är öppen.",
    sections=(
        Section(
            heading=f"Fråga {PERSON}", text="freja.ekeroth (at) kommer-fram.se eller Ekeroth."
        ),
        Section(heading="Personnummer", text="850101-1236 och 070 174 0605"),
    ),
    actors=(f"{PERSON}s byrå",),
    evaluation_reports=(f"Slutrapport av {PERSON}",),
    participant_targets=(ParticipantTarget(label=f"Hos {PERSON}", total=4),),
    provenance=(
        a_place("title", f"Vägen in med {PERSON}", 0),
        a_place("contact_person", PERSON, 40),
        a_place("owner", "Freja Eke\u00adroth Konsult AB", 60),
        a_place("esf_support_sek", "3 350 000 kr", 80),
    ),
    findings=(
        a_finding(Problem.MARKUP_LEFT, message="“<b>Kontakta Freja Eke” holds markup"),
        a_finding(Problem.LINE_UNCLAIMED, message="“keroth, 070-174 06 05 el” is unclaimed"),
        a_finding(Problem.LABEL_UNKNOWN, message="“Frågor till freja.ekeroth: ja” is unknown"),
        a_finding(Problem.LABEL_UNKNOWN, message="“Ekeroths linje: 3” is no known label"),
        a_finding(Problem.EMAIL_PROTECTED, field="email", message="“freja(a)kommer-fram” is"),
        a_finding(Problem.AMOUNT_ROUNDED, message="850101-1236 is rounded"),
    ),
    source_path="sidor/freja-ekeroth.txt",
    source_member="frejaekeroth.txt",
    source_url="https://exempel.se/?till=freja.ekeroth%40kommer-fram.se",
    source_line=None,
)
NAMED = a_project(
    "2016/00222",
    title=f"Broar, som {PERSON} ritade",
    owner=f"{PERSON} Bygg AB",
    owner_name=f"{PERSON} Bygg AB",
    programme_period="2014-2020",
    esf_support_sek=2_000_000,
    total_budget_sek=3_000_000,
    region="Småland och Öarna",
    planned_participants=10,
    sections=(Section(heading=None, text=f"{PERSON} var med. F. Ekeroth skrev."),),
    findings=(
        a_finding(Problem.LABEL_UNKNOWN, message=f"“{PERSON}: 3” is no known label"),
        a_finding(Problem.LABEL_UNKNOWN, message="“Fas i byn: 3” is no known label"),
    ),
    source_path="sidor/2.txt",
)
"""Names the person of the other record, and has no label for her."""

TWIN = LABELLED.model_copy(
    update={
        "layout": "esf-plus",
        "title": f"Vägen in, {PERSON}",
        "esf_support_sek": 3_000_000,
        "source_path": "sidor/ekeroth-2.txt",
        "source_sha256": "cd" * 32,
    }
)
LIKE = a_project(
    "x",
    project_number=None,
    record_id="doc:1",
    title=f"Broar, som {PERSON} ritat",
    owner_name=f"{PERSON} Bygg AB",
    source_sha256="ef" * 32,
)
LIKEWISE = LIKE.model_copy(
    update={
        "record_id": "doc:2",
        "title": f"Broar som {PERSON} ritar",
        "source_sha256": "ba" * 32,
    }
)
_LATER = {"programme_period": "2021-2027", "programme_area": "A", "specific_objective": "A2A"}
OF_ESF_PLUS = (LABELLED.model_copy(update=_LATER), NAMED)
EVERYONE = (LABELLED, NAMED, TWIN, LIKE, LIKEWISE)


def dataset_of(path: Path, *records: Record) -> Path:
    with path.open("wb") as stream:
        write_parquet(to_frame(records), stream)
    return path


def kept(path: Path, now: tuple[Record, ...], before: tuple[Record, ...]) -> Path:
    """Write a dataset with a history, in which some rows are not true any more."""
    marks = (
        *(Mark(2, "source") for _ in now),
        *(Mark(1, "added", 2, "source") for _ in before),
    )
    ingests = (Ingest(number=1, sources=("sidor",)), Ingest(number=2, sources=("sidor",)))
    frame = to_frame((*now, *before))
    metadata = {SCHEMA_VERSION_KEY: "1", **as_metadata(History(ingests, marks), {})}
    frame.write_parquet(path, metadata=metadata)
    return path


@pytest.fixture
def planted(tmp_path: Path) -> dict[str, Path]:
    """Return datasets by name: all records, one that names a person, one with a history."""
    former = LABELLED.model_copy(update={"source_sha256": "aa" * 32})
    current = NAMED.model_copy(update={"source_sha256": "ab" * 32})
    return {
        "DATA": dataset_of(tmp_path / "data.parquet", *EVERYONE),
        "LATER": dataset_of(
            tmp_path / "later.parquet",
            TWIN,
            NAMED.model_copy(update={"title": f"Bron, som {PERSON} byggde"}),
        ),
        "PLUS": dataset_of(tmp_path / "plus.parquet", *OF_ESF_PLUS),
        "KEPT": kept(tmp_path / "kept.parquet", (current,), (former,)),
        "OUT": tmp_path / "out",
    }


def every_byte(path: Path) -> Iterator[str]:
    """Yield what is held by a file, or by the files of a folder, unpacked."""
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file() and is_zipfile(file):
            with ZipFile(file) as archive:
                yield from (
                    archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
                )
        elif file.is_file() and file.read_bytes()[:4] == b"PAR1":
            yield pl.read_parquet(file).write_ndjson()
            yield str(pl.read_parquet_metadata(file))
        elif file.is_file():
            yield file.read_bytes().decode("utf-8", "replace")


def traces_in(text: str) -> list[str]:
    """Return what is left of the person in a text, however its digits are grouped."""
    small = text.casefold()
    digits = re.sub(r"(?<=\d)[ \xa0.-]{1,3}(?=\d)", "", small)
    return [trace for trace in TRACES if trace in small or trace in digits]


TEXTS = "title,owner,owner_name,owner_unit,phase,postal_address,summary,sections,actors"
MORE_TEXTS = (
    "evaluation_reports,participant_targets,provenance,findings,source_path,source_member,"
    "source_url,programme_area_name,intervention_name"
)
KEYS = "owner_name", "organisation", "phase", "programme_area_name", "intervention_name"

FORMATTED = (
    *(("list", "DATA", "--columns", columns) for columns in (TEXTS, MORE_TEXTS)),
    ("list", "DATA", "--search", "väg*"),
    ("list", "DATA", "--search", "ekeroth"),
    ("list", "DATA", "--where", "record_id == 'esf:2016/00222'"),
    ("list", "DATA", "--limit", "1", "--sort", "-record_id"),
    ("list", "KEPT", "--columns", TEXTS),
    ("show", "2016/00130", "DATA"),
    ("show", "2016/00130", "DATA", "--proof"),
    ("show", "2016/00222", "DATA", "--proof"),
    ("show", "2016/00222", "KEPT"),
    ("check", "DATA"),
    ("check", "KEPT"),
    ("check", "DATA", "--where", "record_id == 'esf:2016/00222'"),
    ("coverage", "DATA", "--show", "labels"),
    ("coverage", "DATA", "--show", "documents"),
    ("coverage", "KEPT", "--show", "labels"),
    *(("summary", "DATA", "--by", key) for key in KEYS),
    ("summary", "KEPT", "--by", "owner_name"),
    ("summary", "DATA", "--by", "owner_name", "--deciding", "2"),
    ("summary", "DATA", "--deciding", "3"),
    ("summary", "DATA", "--by", "owner_name", "--where", "record_id == 'esf:2016/00222'"),
    ("pivot", "DATA", "--rows", "owner_name", "--cols", "phase"),
    ("pivot", "DATA", "--rows", "region", "--cols", "owner_name"),
    ("timeline", "DATA", "--by", "owner_name"),
    ("reconcile", "DATA", "--with", "LATER"),
    ("reconcile", "DATA", "--with", "LATER", "--show", "groups", "--by", "owner_name"),
    ("reconcile", "KEPT", "--with", "LATER"),
    ("diff", "DATA", "LATER"),
    ("diff", "DATA", "LATER", "--by", "owner_name"),
    ("diff", "KEPT"),
    ("diff", "KEPT", "--ingests"),
    ("labels", "suggest", "DATA"),
)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("arguments", FORMATTED, ids=" ".join)
def test_no_table_lets_a_person_out(
    arguments: tuple[str, ...], form: str, planted: dict[str, Path], invoke: Invoke
) -> None:
    out = planted["OUT"].with_suffix(".bin")

    asked = [str(planted.get(each, each)) for each in arguments]
    done = invoke(*asked, "--format", form, "-o", out)

    assert done.exit_code == 0, done.output
    text = "\n".join((*every_byte(out), done.stdout, done.stderr))
    assert text.strip()
    assert traces_in(text) == []


EXPORTS = ("csv", "csv-sv", "tsv", "json", "jsonl", "md", "parquet", "xlsx", "datapackage")
LISTS = ("esf-list", "art49", "annex12", "kohesio")
FILES = (
    *(("export", "DATA", "--as", form, "-o", "OUT") for form in EXPORTS),
    *(("export", "KEPT", "--as", form, "-o", "OUT") for form in EXPORTS),
    *(
        ("export", "PLUS", "--as", form, "-o", "OUT", "--refused", "REFUSED")
        for form in LISTS[:3]
    ),
    ("export", "DATA", "--as", "kohesio", "-o", "OUT", "--eur", "10.5"),
    ("export", "DATA", "--as", "json", "-o", "OUT", "--where", "record_id == 'esf:2016/00222'"),
    ("export", "DATA", "--as", "xlsx", "-o", "OUT", "--limit", "1"),
    ("check", "DATA", "--format", "sarif", "-o", "OUT"),
    ("check", "KEPT", "--format", "sarif", "-o", "OUT"),
    ("redact", "DATA", "-o", "OUT", "--statement", "STATEMENT"),
    ("redact", "KEPT", "-o", "OUT"),
)
SUFFIXES = {"csv-sv": ".csv", "datapackage": "", "sarif": ".sarif"}


@pytest.mark.parametrize("arguments", FILES, ids=" ".join)
def test_no_file_lets_a_person_out(
    arguments: tuple[str, ...], planted: dict[str, Path], invoke: Invoke, tmp_path: Path
) -> None:
    form = "jsonl" if arguments[0] == "redact" else arguments[3]
    suffix = SUFFIXES.get(form, ".csv" if form in LISTS else f".{form}")
    places = {
        **planted,
        "OUT": tmp_path / f"out{suffix}",
        "REFUSED": tmp_path / "refused.jsonl",
        "STATEMENT": tmp_path / "statement.md",
    }

    done = invoke(*(str(places.get(each, each)) for each in arguments))

    written = [
        text for name in ("OUT", "REFUSED", "STATEMENT") for text in every_byte(places[name])
    ]
    assert any(written), done.output
    assert traces_in("\n".join((*written, done.stdout, done.stderr))) == []


def test_no_merge_lets_a_person_out_of_what_goes_beside_the_dataset(
    planted: dict[str, Path], invoke: Invoke, tmp_path: Path
) -> None:
    origins, review = tmp_path / "origins.csv", tmp_path / "review.csv"
    asked = ("merge", planted["DATA"], "-o", tmp_path / "m.parquet", "--origins", origins)

    done = invoke(*asked, "--review", review)

    assert "Broar, som" in review.read_text(encoding="utf-8")
    assert "Vägen in" in origins.read_text(encoding="utf-8")
    for text in (origins.read_text("utf-8"), review.read_text("utf-8"), done.stderr):
        assert traces_in(text) == []


def test_a_dataset_that_is_piped_in_has_its_history_too(
    planted: dict[str, Path], invoke: Invoke
) -> None:
    done = invoke("redact", "-", "-o", "-", stdin=planted["KEPT"].read_bytes())

    assert "[redacted] var med" in done.stdout
    assert traces_in(done.stdout) == []


def test_no_reject_lets_a_person_out(invoke: Invoke, tmp_path: Path) -> None:
    """Not in what is kept of pages, nor in the account of the ingest."""
    crawl, rejects, account = (tmp_path / name for name in ("c.jsonl", "r.jsonl", "a.json"))
    rows = [
        {
            "url": "https://exempel.se/?till=freja.ekeroth%40kommer-fram.se",
            "text": f"Kontakt: {PERSON}, 070-174 06 05. Frejas dag. 850101-1236 " * 9,
        },
        {"url": "https://exempel.se/2", "text": f"ESF. Projektledare {PERSON} säger. " * 9},
    ]
    crawl.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")

    done = invoke(
        *("ingest", crawl, "-o", tmp_path / "d.jsonl", "--account", account),
        *("--rejects", rejects, "--sample-rejects", "5"),
    )

    told = rejects.read_text(encoding="utf-8")
    assert "[withheld]" in told
    assert traces_in(told + account.read_text(encoding="utf-8") + done.stderr) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "DATA", "--columns", "title,email"),
        ("export", "DATA", "--as", "json"),
        ("check", "DATA"),
        ("show", "2016/00130", "DATA"),
        ("summary", "DATA", "--by", "owner_name"),
    ],
    ids=" ".join,
)
def test_who_asks_for_personal_data_is_given_it(
    arguments: tuple[str, ...], planted: dict[str, Path], invoke: Invoke
) -> None:
    asked = [str(planted.get(each, each)) for each in arguments]

    done = invoke(
        *asked, "--personal-data", "--format" if "--as" not in asked else "--as", "json"
    )

    assert "freja" in done.stdout.casefold()
