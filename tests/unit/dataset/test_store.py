import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from esfkit.dataset import columns
from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.frame import row_of, to_frame, to_records
from esfkit.dataset.parquet import announces_itself
from esfkit.dataset.source import Source
from esfkit.dataset.store import gather, is_dataset, read_dataset
from esfkit.model.errors import InputRefused
from esfkit.model.record import Record
from esfkit.output.personal import withhold
from esfkit.output.writers import WRITERS, writer_named
from factories import a_full_project, a_project

FORMATS = ("parquet", "jsonl", "csv", "tsv", "csv-sv")
RECORDS = [
    a_full_project(),
    a_project("2016/00131"),
    a_project("2016/00132", title="=1+1\n\n-"),
]


def written(name: str, frame: pl.DataFrame | None = None) -> bytes:
    stream = io.BytesIO()
    writer_named(name).write(to_frame(RECORDS) if frame is None else frame, stream)
    return stream.getvalue()


def records_in(source: Path | str | bytes) -> list[Record]:
    return list(to_records(gather(read_dataset(source))))


def a_line(**changes: object) -> bytes:
    return json.dumps(row_of(a_project()) | changes).encode()


@pytest.mark.parametrize("name", FORMATS)
def test_a_dataset_reads_back_equal(name: str, tmp_path: Path) -> None:
    path = tmp_path / "dataset"
    path.write_bytes(written(name))

    assert records_in(path) == RECORDS
    assert records_in(str(path)) == RECORDS
    assert records_in(path.read_bytes()) == RECORDS
    assert read_dataset(path).collect_schema() == SCHEMA


@pytest.mark.parametrize("name", FORMATS)
def test_a_dataset_is_known_by_its_content(name: str, tmp_path: Path) -> None:
    path = tmp_path / "misleading.xyz"
    path.write_bytes(written(name))

    assert is_dataset(path)
    assert is_dataset(str(path))
    assert is_dataset(path.read_bytes())


@pytest.mark.parametrize("name", FORMATS)
def test_a_dataset_without_personal_data_reads_back(name: str) -> None:
    content = written(name, withhold(to_frame(RECORDS)))

    back = records_in(content)
    assert [record.title for record in back] == [record.title for record in RECORDS]
    assert back[0].email is None


@pytest.mark.parametrize(
    "content",
    [
        b"2016/00130 - Projektet\n",
        b'{"url":"https://example.se","text":"record_id"}\n',
        b"region,projects\nSydsverige,2\n",
        b"PAR1 and nothing more",
        b"[1]",
        b"\xff\xfe\x00",
        b"record_identity,kind\n",
    ],
)
def test_other_content_is_no_dataset(content: bytes) -> None:
    assert not is_dataset(content)
    with pytest.raises(InputRefused, match="esfkit ingest"):
        read_dataset(content)


@pytest.mark.parametrize("length", [0, 7, 2**31, 2**32 - 1])
def test_a_parquet_footer_that_lies_about_its_length_is_no_dataset(length: int) -> None:
    assert not is_dataset(b"PAR1" + b"\xff" * 7 + length.to_bytes(4, "little") + b"PAR1")
    assert not is_dataset(b"PAR1")


def test_a_parquet_file_that_is_gone_when_it_is_looked_at_is_no_dataset(tmp_path: Path) -> None:
    assert not announces_itself(Source("", tmp_path / "absent"))


def test_what_is_no_readable_file_is_no_dataset(tmp_path: Path) -> None:
    assert not is_dataset(tmp_path)
    assert not is_dataset(tmp_path / "absent.parquet")
    with pytest.raises(InputRefused, match=r"absent\.parquet.*Check the name"):
        read_dataset(tmp_path / "absent.parquet")
    with pytest.raises(InputRefused, match="cannot be read"):
        read_dataset(tmp_path)


def test_a_file_that_may_not_be_opened_is_no_dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dataset.jsonl"
    path.touch()
    monkeypatch.setattr(Path, "open", refuse)

    assert not is_dataset(path)


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_an_empty_file_is_a_dataset_of_no_records_if_it_is_named_so(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").touch()
    (tmp_path / "none.csv").touch()

    assert records_in(tmp_path / "none.jsonl") == []
    assert records_in(b"") == []
    with pytest.raises(InputRefused):
        read_dataset(tmp_path / "none.csv")


def test_a_dataset_comes_through_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(written("jsonl")))
    monkeypatch.setattr("sys.stdin", stdin)

    assert records_in("-") == RECORDS


def test_a_dataset_comes_through_a_named_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(written("parquet"),))
    writer.start()

    assert records_in(pipe) == RECORDS
    writer.join()


def test_a_byte_order_mark_and_empty_lines_do_not_matter() -> None:
    assert len(records_in(b"\xef\xbb\xbf" + a_line() + b"\n\n \n" + a_line() + b"\r\n")) == 2


# --- what is refused


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (a_line(colour="red"), "unknown key 'colour'"),
        (a_line(titel="x"), "unknown key 'titel'. Did you mean title"),
        (a_line(total_budget_sek="1"), "key 'total_budget_sek'"),
        (a_line(total_budget_sek=1.5), "key 'total_budget_sek'"),
        (a_line(total_budget_sek=2**70), "key 'total_budget_sek'"),
        (a_line(esf_share=float("nan")), "key 'esf_share'"),
        (a_line(esf_share=float("inf")), "key 'esf_share'"),
        (a_line(total_budget_eur="NaN"), "key 'total_budget_eur'"),
        (a_line(total_budget_eur="1.005"), "key 'total_budget_eur'"),
        (a_line(total_budget_eur="1E400"), "key 'total_budget_eur'"),
        (a_line(period_start="2016-02-30"), "key 'period_start'"),
        (a_line(kind="fish"), "key 'kind'"),
        (a_line(participant_targets=[{"label": "x", "total": 2**80}]), "key 'total'"),
        (a_line(findings=[{"code": "no_such"}]), "key 'findings.0.code'"),
        (b'{"record_id": "x", "kind": "project"}', "'layout' is missing"),
        (b'{"record_id": "x", "kind": "project", "layout": "y"}', "lacks project_number"),
        (b'{"record_id": "x", "kind":', "Invalid JSON"),
        (a_line(title="\ud800"), "Invalid JSON"),
        (a_line().replace(b"esf-2014", b"\xff\xfe"), "Invalid JSON|invalid"),
        (b'{"record_id":"x","kind":"project","title":' + b"[" * 100_000, "Invalid JSON"),
    ],
)
def test_a_line_that_is_no_record_is_refused_with_its_place(
    line: bytes, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "dataset.jsonl"
    path.write_bytes(a_line() + b"\n" + line + b"\n" + a_line() + b"\n")

    with pytest.raises(InputRefused, match=words) as refused:
        read_dataset(path)
    assert "dataset.jsonl, line 2" in str(refused.value)
    assert "esfkit ingest" in str(refused.value)


def a_csv(**changes: str) -> bytes:
    rows = written("csv", to_frame([a_project()])).decode().splitlines()
    cells = dict(zip(rows[0].split(","), rows[1].split(","), strict=True)) | changes
    return f"{','.join(cells)}\n{','.join(cells.values())}\n".encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (a_csv(colour="red"), "unknown column 'colour'"),
        (a_csv(total_budget_sek="1e3"), "line 2: column total_budget_sek"),
        (a_csv(total_budget_sek="12 000"), "line 2: column total_budget_sek"),
        (a_csv(esf_share="NaN"), "line 2: column esf_share"),
        (a_csv(esf_share="inf"), "line 2: column esf_share"),
        (a_csv(esf_share="1e999"), "line 2: key 'esf_share'"),
        (a_csv(total_budget_eur="1.234"), "line 2: column total_budget_eur"),
        (a_csv(strategic_importance="maybe"), "line 2: column strategic_importance"),
        (a_csv(period_start="1/9/2016"), "line 2: key 'period_start'"),
        (a_csv(actors="[1"), "line 2: column actors"),
        (a_csv(actors="[" * 100_000), "line 2: column actors"),
        (a_csv(actors='"[""a"",1]"'), "line 2: key 'actors.1'"),
        (a_csv() + b"x,y\n", "line 3: has 2 cells"),
        (a_csv() + b'"x\n', "line 3: a quoted cell"),
        (a_csv() + b"\xff", "line 3: is not UTF-8"),
        (b"record_id,kind,kind\n", "column 'kind' is there twice"),
        (b"record_id,kind,layout\nx,project,y\n", "lacks project_number, call_number"),
    ],
)
def test_a_row_that_is_no_record_is_refused_with_its_place(content: bytes, words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        read_dataset(content)


def a_parquet(change: Callable[[pl.DataFrame], pl.DataFrame], **metadata: str) -> bytes:
    stream = io.BytesIO()
    change(to_frame(RECORDS)).write_parquet(stream, metadata=metadata)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (a_parquet(lambda f: f.with_columns(colour=1)), "unknown column 'colour'"),
        (a_parquet(lambda f: f.drop("region")), "lacks region"),
        (
            a_parquet(lambda f: f.with_columns(pl.col("planned_men").cast(pl.Int32))),
            "column planned_men holds Int32 and not Int64",
        ),
        (a_parquet(lambda f: f, **{"esfkit.schema_version": "9999"}), "newer esfkit"),
        (b"PAR1" + b"\0" * 100 + b"PAR1", "damaged Parquet"),
        (written("parquet")[:-100], "damaged Parquet"),
    ],
)
def test_a_parquet_file_that_is_no_dataset_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        read_dataset(content)


def test_parquet_rewritten_by_others_reads_back_but_does_not_announce_itself() -> None:
    content = a_parquet(lambda f: f)

    assert records_in(content) == RECORDS
    assert not is_dataset(content)


def test_a_column_newer_than_the_file_is_filled_with_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("phase", "actors", "sections"):
        monkeypatch.setitem(columns.INTRODUCED, name, 2)
    content = a_parquet(
        lambda f: f.drop("phase", "actors", "sections"), **{"esfkit.schema_version": "1"}
    )

    record = records_in(content)[0]
    assert (record.phase, record.actors, record.sections) == (None, (), ())


def test_a_file_damaged_behind_its_heading_is_refused_when_its_rows_are_read(
    tmp_path: Path,
) -> None:
    content = bytearray(written("parquet"))
    content[4:3000] = b"\xff" * 2996
    path = tmp_path / "torn.parquet"
    path.write_bytes(content)

    frame = read_dataset(path)
    with pytest.raises(InputRefused, match="cannot be read"):
        gather(frame)


@pytest.mark.parametrize("name", ["csv-sv", "csv"])
def test_figures_of_every_type_survive_a_spreadsheet_dialect(name: str) -> None:
    record = a_project(
        esf_share=1 / 3,
        claimed_share=1e-7,
        total_budget_eur=Decimal("-0.50"),
        planned_men=-1,
        strategic_importance=True,
        secondary_theme_child_poverty=False,
    )

    assert records_in(written(name, to_frame([record]))) == [record]


def test_a_summary_of_a_parquet_file_loads_neither_pydantic_nor_rich(tmp_path: Path) -> None:
    path = tmp_path / "dataset.parquet"
    path.write_bytes(written("parquet"))
    code = (
        "import sys, esfkit.output; from esfkit.dataset.store import read_dataset;"
        "from esfkit.analysis.reports.summary import summary;"
        "summary(read_dataset(sys.argv[1]), ['region']);"
        "sys.exit('pydantic' in sys.modules or 'rich' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(path)]

    assert subprocess.run(command, check=False).returncode == 0


def test_the_formats_that_hold_datasets_are_among_the_writers() -> None:
    assert set(FORMATS) <= {writer.name for writer in WRITERS}
