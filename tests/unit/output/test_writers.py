import subprocess
import sys

import pytest

from esfkit.model.errors import BadRequest
from esfkit.output.writers import WRITERS, writer_for, writer_named


def test_every_writer_is_found_by_its_name() -> None:
    for writer in WRITERS:
        assert writer_named(writer.name) is writer


def test_names_are_unique() -> None:
    assert len({writer.name for writer in WRITERS}) == len(WRITERS)


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadRequest, match="parquet"):
        writer_named("parket")


def test_a_suffix_means_the_first_writer_that_has_it() -> None:
    csv, none = writer_for("out.CSV"), writer_for("out.xyz")

    assert csv is not None
    assert csv.name == "csv"
    assert none is None


def test_loading_the_writers_does_not_load_rich() -> None:
    code = "import sys, esfkit.output; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
