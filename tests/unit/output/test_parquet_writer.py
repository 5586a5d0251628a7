import io

import polars as pl

from esfkit.dataset.columns import SCHEMA_VERSION, tool_version
from esfkit.dataset.frame import to_frame
from esfkit.dataset.store import is_dataset
from esfkit.output.parquet import write_parquet
from esfkit.output.personal import withhold
from factories import a_full_project


def written(frame: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    write_parquet(frame, stream)
    return stream.getvalue()


def metadata(content: bytes) -> dict[str, str]:
    return pl.read_parquet_metadata(io.BytesIO(content))


def test_a_dataset_carries_both_versions() -> None:
    told = metadata(written(withhold(to_frame([a_full_project()]))))

    assert told["esfkit.version"] == tool_version()
    assert told["esfkit.schema_version"] == str(SCHEMA_VERSION)


def test_another_table_does_not_pass_for_a_dataset() -> None:
    content = written(pl.DataFrame({"region": ["Sydsverige"], "projects": [2]}))

    assert "esfkit.schema_version" not in metadata(content)
    assert not is_dataset(content)


def test_equal_tables_give_equal_bytes() -> None:
    assert written(to_frame([a_full_project()])) == written(to_frame([a_full_project()]))
