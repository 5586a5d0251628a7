import io
from typing import BinaryIO, cast

import polars as pl
import pytest
from typing_extensions import override

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


def test_an_error_of_the_stream_is_passed_on_as_one() -> None:
    class Full(io.RawIOBase):
        @override
        def writable(self) -> bool:
            return True

        @override
        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_parquet(pl.DataFrame({"a": [1]}), cast("BinaryIO", Full()))


def test_equal_tables_give_equal_bytes() -> None:
    assert written(to_frame([a_full_project()])) == written(to_frame([a_full_project()]))
