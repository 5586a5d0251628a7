import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import polars as pl
import pytest

from esfkit.cli.records import publishing
from esfkit.dataset.frame import to_frame
from esfkit.dataset.store import read_dataset
from esfkit.model.record import Section
from esfkit.output.parquet import write_parquet
from esfkit.pipeline import ingest
from factories import a_full_project, a_project
from programs import Invoke, Make, Run

ROOT = Path(__file__).parents[3]
EXPORTS = ("csv", "csv-sv", "tsv", "json", "jsonl", "md", "parquet", "xlsx", "datapackage")
LISTS = ("esf-list", "art49", "annex12", "kohesio")
CONTACT = a_full_project(
    title="Vägen in med Berit Påhittad",
    summary="Fråga Berit Påhittad, 0470-000 00 eller berit.pahittad@example.se.",
    sections=(Section(heading="Kontakt: Berit Påhittad", text="berit.pahittad(at)example.se"),),
    actors=("Berit Påhittads byrå",),
)


def every_byte(path: Path) -> Iterator[str]:
    """Yield what is held by a file, or by the files of a folder, unpacked."""
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file() and is_zipfile(file):
            with ZipFile(file) as archive:
                for name in archive.namelist():
                    yield archive.read(name).decode("utf-8", "replace")
        elif file.suffix == ".parquet":
            yield pl.read_parquet(file).write_ndjson()
            yield str(pl.read_parquet_metadata(file))
        elif file.is_file():
            yield file.read_bytes().decode("utf-8", "replace")


@pytest.fixture(scope="module")
def contacts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """All fixtures and examples as a dataset, and the contact fields that they print."""
    sources = [str(ROOT / "tests/fixtures"), str(ROOT / "examples")]
    frame = to_frame(ingest(sources).records)
    path = tmp_path_factory.mktemp("contacts") / "all.parquet"
    with path.open("wb") as stream:
        write_parquet(frame, stream)
    held = {
        words
        for name in ("contact_person", "email", "phone")
        for words in frame[name].drop_nulls().to_list()
    }
    return path, held


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl", ".csv"])
def test_no_contact_of_the_fixtures_is_left_in_a_redacted_dataset(
    contacts: tuple[Path, set[str]], suffix: str, invoke: Invoke, tmp_path: Path
) -> None:
    data, held = contacts
    target = tmp_path / f"redacted{suffix}"

    invoke("redact", data, "-o", target)

    assert len(held) > 80
    text = "\n".join(every_byte(target))
    assert not [words for words in held if words in text]
    assert not re.findall(r"[\w.-]+@[\w-]+\.\w+", text)


@pytest.mark.parametrize("form", [*EXPORTS, *LISTS])
def test_no_contact_is_left_in_what_a_redacted_dataset_gives(
    contacts: tuple[Path, set[str]], form: str, invoke: Invoke, tmp_path: Path
) -> None:
    data, held = contacts
    redacted, target = tmp_path / "redacted.parquet", tmp_path / f"out-{form}"
    invoke("redact", data, "-o", redacted)
    target = target if form == "datapackage" else target.with_suffix(_suffix(form))

    invoke("export", redacted, "--as", form, *_all_of_it(form), "-o", target)

    text = "\n".join(every_byte(target))
    assert text
    assert not [words for words in held if words in text]


def _suffix(form: str) -> str:
    return {"csv-sv": ".csv"}.get(form, ".csv" if form in LISTS else f".{form}")


def _all_of_it(form: str) -> list[str]:
    """Return what lets the most out: everything asked for, and no project refused."""
    if form in LISTS:
        return ["--eur", "avg"] if form == "kohesio" else []
    return ["--personal-data"]


@pytest.mark.parametrize("form", [*EXPORTS, *LISTS])
def test_an_export_withholds_the_same_from_a_dataset_as_it_is(
    form: str, invoke: Invoke, dataset: Make, tmp_path: Path
) -> None:
    target = tmp_path / f"out-{form}"
    target = target if form == "datapackage" else target.with_suffix(_suffix(form))
    later = {
        "programme_period": "2021-2027",
        "programme_area": "A",
        "specific_objective": "A2A",
    }
    record = CONTACT.model_copy(update=later if form in {"art49", "esf-list"} else {})
    rate = ["--eur", "10.5"] if form == "kohesio" else []

    invoke("export", dataset(record), "--as", form, *rate, "-o", target)

    text = "\n".join(every_byte(target)).casefold()
    assert "väg" in text
    assert not [word for word in ("berit", "pahittad", "0470-000") if word in text]


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--columns", "title,summary,sections,actors,provenance", "--format", "json"),
        ("list", "--search", "väg*", "--format", "csv"),
        ("show", "2016/00130"),
        ("show", "2016/00130", "--proof"),
        ("show", "2016/00130", "--format", "json"),
        ("check",),
        ("check", "--format", "json"),
        ("summary", "--by", "region"),
        ("pivot", "--rows", "region", "--cols", "phase"),
        ("timeline",),
    ],
    ids=" ".join,
)
def test_no_command_lets_a_contact_out_unasked(
    arguments: tuple[str, ...], run: Run, dataset: Make
) -> None:
    name, *options = arguments
    identity = [options.pop(0)] if name == "show" else []

    done = run(name, *identity, dataset(CONTACT), *options)

    assert done.returncode == 0
    told = (done.stdout + done.stderr).decode().casefold()
    assert not [word for word in ("berit", "pahittad", "0470-000") if word in told]


@pytest.mark.parametrize("command", ["list", "check", "export", "summary", "pivot", "timeline"])
def test_a_condition_on_personal_data_is_refused_everywhere_alike(
    command: str, run: Run, dataset: Make
) -> None:
    path = dataset(a_full_project())
    needed = ("--rows", "region", "--cols", "phase") if command == "pivot" else ()
    asked = (command, path, *needed, "--where", "email is not null")

    done = run(*asked)

    assert done.returncode == 2
    assert done.stderr.decode().endswith("Add --personal-data to let it out.\n")
    assert run(*asked, "--personal-data").returncode == 0


def test_the_dataset_stays_whole_and_readable(
    invoke: Invoke, dataset: Make, tmp_path: Path
) -> None:
    data, target = dataset(CONTACT, a_project("2016/00001")), tmp_path / "redacted.csv"

    done = invoke("redact", data, "-o", target)

    frame = read_dataset(target).collect()
    assert frame["contact_person"].to_list() == [None, None]
    assert frame["total_budget_sek"].to_list() == [5_000_000, None]
    assert "Taken out of 2 records:" in done.stderr
    assert "       1  values of the column email" in done.stderr


def test_a_pipeline_is_given_lines_and_told_nothing(run: Run, dataset: Make) -> None:
    done = run("redact", dataset(CONTACT), "-o", "-")

    assert json.loads(done.stdout)["email"] is None
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("language", "told"), [("en", "names in title"), ("sv", "namn i title")]
)
def test_a_statement_tells_what_was_taken_out(
    language: str, told: str, invoke: Invoke, dataset: Make, tmp_path: Path
) -> None:
    page, plain = tmp_path / "s.md", tmp_path / "s.json"
    asked = ("redact", dataset(CONTACT), "--lang", language, "-o", tmp_path / "r.jsonl")

    invoke(*asked, "--statement", page)
    invoke(*asked, "--statement", plain)

    assert f"- 1  {told}" in page.read_text(encoding="utf-8")
    statement = json.loads(plain.read_text(encoding="utf-8"))
    assert statement["records"] == 1
    assert {"kind": "name", "column": "title", "count": 1} in statement["taken_out"]


def test_nothing_to_take_out_is_told_too(invoke: Invoke, dataset: Make, tmp_path: Path) -> None:
    done = invoke("redact", dataset(a_project()), "-o", tmp_path / "r.jsonl")

    assert done.stderr.startswith("Nothing was found to take out of 1 records.")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("-o", "data.parquet"), "is read"),
        (("-o", "out.xlsx"), "suffix"),
        (("-o", "out.jsonl", "--statement", "s.txt"), ".json or .md"),
        (("-o", "out.jsonl", "--statement", "data.parquet"), ".json or .md"),
    ],
)
def test_what_is_read_is_not_written_over(
    options: tuple[str, ...], told: str, run: Run, dataset: Make
) -> None:
    path = dataset(CONTACT)
    named = [each.replace("data.parquet", str(path)) for each in options]

    done = run("redact", path, *named)

    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert read_dataset(path).collect().height == 1


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Withheld: contact_person 1, email 1, phone 1 of 1 records"),
        ("sv", "Utelämnat: contact_person 1, email 1, phone 1 av 1 poster"),
    ],
)
def test_who_looks_on_is_told_what_an_export_withholds(  # noqa: PLR0913, PLR0917 - fixtures
    language: str,
    told: str,
    invoke: Invoke,
    dataset: Make,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watched: Callable[[object], bool] = lambda _: True  # noqa: E731 - a stand-in of one word
    path, target = dataset(CONTACT), tmp_path / "out.csv"
    silent = invoke("export", path, "--lang", language, "-o", target).stderr
    monkeypatch.setattr(publishing, "is_terminal", watched)

    done = invoke("export", path, "--lang", language, "-o", target)
    let_out = invoke("export", path, "--personal-data", "-o", target)

    assert silent == ""
    assert told in done.stderr
    assert let_out.stderr == ""


def test_a_kept_sample_of_rejects_holds_no_address(invoke: Invoke, tmp_path: Path) -> None:
    crawl, rejects = tmp_path / "crawl.jsonl", tmp_path / "rejects.jsonl"
    row = {"url": "https://exempel.se/1", "text": "Ring 0470-000 00, tuva@exempel.se. " * 20}
    crawl.write_text(f"{json.dumps(row)}\n", encoding="utf-8")

    sampled = ("--rejects", rejects, "--sample-rejects", "1")
    invoke("ingest", crawl, "-o", tmp_path / "d.jsonl", *sampled)

    assert "[withheld]" in rejects.read_text(encoding="utf-8")
    assert "tuva@" not in rejects.read_text(encoding="utf-8")
    assert "0470" not in rejects.read_text(encoding="utf-8")
