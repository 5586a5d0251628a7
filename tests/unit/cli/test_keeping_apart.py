from pathlib import Path

import pytest

from factories import a_project
from programs import Make, Run


@pytest.mark.parametrize(
    "arguments",
    [
        ("summary", "DATA", "-o", "DATA"),
        ("pivot", "DATA", "--rows", "region", "--cols", "fund", "-o", "DATA"),
        ("timeline", "DATA", "-o", "DATA"),
        ("list", "DATA", "-o", "DATA"),
        ("export", "DATA", "-o", "DATA"),
        ("check", "DATA", "-o", "DATA"),
        ("diff", "DATA", "OTHER", "-o", "DATA"),
        ("diff", "OTHER", "DATA", "-o", "DATA"),
        ("reconcile", "DATA", "--with", "OTHER", "-o", "DATA"),
        ("reconcile", "OTHER", "--with", "DATA", "-o", "DATA"),
        ("coverage", "DATA", "-o", "DATA"),
        ("coverage", "DATA", "--write-baseline", "DATA"),
        ("redact", "DATA", "-o", "DATA"),
        ("merge", "DATA", "-o", "DATA"),
    ],
)
def test_a_result_is_never_written_over_what_it_is_made_of(
    arguments: tuple[str, ...], run: Run, dataset: Make, tmp_path: Path
) -> None:
    data = dataset(a_project("1"), a_project("2", region="Sydsverige"))
    other = tmp_path / "other.parquet"
    other.write_bytes(data.read_bytes())
    before = data.read_bytes()
    names = {"DATA": str(data), "OTHER": str(other)}

    done = run(*(names.get(word, word) for word in arguments))

    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert data.read_bytes() == before
