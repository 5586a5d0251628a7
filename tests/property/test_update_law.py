"""However sources change, an update gives what reading all of them anew would give."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from esfkit.analysis.changes.compare import compared
from esfkit.analysis.changes.sides import sides_at
from esfkit.dataset.frame import to_frame
from esfkit.dataset.store import read_dataset, read_everything
from esfkit.pipeline import ingest
from pages import colon_page
from updates import brought_up_to_date

NAMES = st.sampled_from(["a.txt", "b.txt", "c.txt", "d/e.txt", "d/f.txt"])
TEXTS = st.one_of(
    st.just("Inget projekt står här.\n"),
    st.builds(
        lambda number, support: colon_page(
            project_number=f"2016/0000{number}", esf_support=support
        ),
        st.integers(0, 3),
        st.sampled_from(["800 000", "900 000"]),
    ),
)
FOLDERS = st.dictionaries(NAMES, TEXTS, min_size=1)


def write_folder(folder: Path, texts: dict[str, str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@settings(max_examples=30, deadline=None)
@given(st.lists(FOLDERS, min_size=1, max_size=4))
def test_an_update_gives_what_a_new_ingest_gives(moments: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, data = Path(name) / "sidor", Path(name) / "projects.parquet"
        fresh = []
        for texts in moments:
            write_folder(folder, texts)
            brought_up_to_date(data, folder)
            fresh.append(to_frame(ingest(folder).records))
            assert read_dataset(data).collect().equals(fresh[-1])

        kept = read_everything(data)
        for number, expected in enumerate(fresh[:-1], start=1):
            sides = sides_at(kept, number, number + 1)
            assert sides.old.rows.sort("source_path").equals(expected.sort("source_path"))
            told = compared(sides)
            same = sides.old.rows.drop("source_path").equals(sides.new.rows.drop("source_path"))
            assert told.is_empty() or not same
            assert set(told["cause"]) <= {"source"}
        assert brought_up_to_date(data, folder)[1].entries == ()
