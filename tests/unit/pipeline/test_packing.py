from hypothesis import given
from hypothesis import strategies as st

from esfkit.model.document import Origin
from esfkit.model.finding import Severity
from esfkit.pipeline.job import Result
from esfkit.pipeline.outcomes import Rejected
from esfkit.pipeline.packing import lines_of, pack, unpack
from pages import colon_page, kohesio_page, record_of

REJECTED = st.builds(
    Rejected,
    origin=st.builds(Origin, path=st.text(), line=st.none() | st.integers(1)),
    reason=st.sampled_from(["no_labels", "row_unreadable"]),
    message=st.text(),
    labels=st.lists(st.text()).map(tuple),
    severity=st.sampled_from(Severity),
    excerpt=st.none() | st.text(),
)


@given(rejected=st.lists(REJECTED, max_size=3), documents=st.integers(0))
def test_a_result_comes_out_of_its_bytes_as_it_was(
    rejected: list[Rejected], documents: int
) -> None:
    result = Result(
        (record_of(colon_page()), record_of(kohesio_page())),
        tuple(rejected),
        documents,
        screened=2,
        lines=9,
        sample=tuple((0.25, each) for each in rejected),
    )

    unpacked = unpack(pack(result))
    assert list(unpacked.records) == list(result.records)
    assert unpacked._replace(records=()) == result._replace(records=())


def test_the_records_are_lines_of_a_dataset() -> None:
    record = record_of(colon_page())

    assert lines_of(Result((record,))) == f"{record.model_dump_json()}\n".encode()
