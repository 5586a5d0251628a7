import polars as pl
import pytest

from esfkit.dataset import columns
from esfkit.dataset.columns import SCHEMA, is_whole, may_lack, nearest, require_columns
from esfkit.model.errors import BadRequest
from esfkit.model.finding import Finding
from esfkit.model.record import (
    PERSONAL_FIELDS,
    ParticipantTarget,
    Provenance,
    Record,
    Section,
)


def test_the_columns_are_the_attributes_of_the_record_in_their_order() -> None:
    assert SCHEMA.names() == list(Record.model_fields)


@pytest.mark.parametrize(
    ("part", "model"),
    [
        (columns.PROVENANCE, Provenance),
        (columns.FINDING, Finding),
        (columns.SECTION, Section),
        (columns.TARGET, ParticipantTarget),
    ],
)
def test_the_parts_of_a_record_have_their_attributes_as_fields(
    part: pl.Struct, model: type[Provenance]
) -> None:
    assert list(part.to_schema()) == list(model.model_fields)


def test_the_personal_columns_are_those_of_the_record() -> None:
    assert columns.PERSONAL_COLUMNS == PERSONAL_FIELDS


def test_only_personal_columns_may_be_missing_from_a_dataset_of_today() -> None:
    assert may_lack() == may_lack(columns.SCHEMA_VERSION) == set(PERSONAL_FIELDS)


def test_a_column_newer_than_the_dataset_may_be_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(columns.INTRODUCED, "phase", 2)

    assert "phase" in may_lack(1)
    assert "phase" in may_lack()
    assert "phase" not in may_lack(2)


def test_a_table_is_a_whole_dataset_with_or_without_personal_columns() -> None:
    assert is_whole(SCHEMA)
    assert is_whole(SCHEMA.keys() - set(PERSONAL_FIELDS))
    assert not is_whole(SCHEMA.keys() - {"region"})
    assert not is_whole([*SCHEMA, "projects"])


def test_an_unknown_column_is_refused_with_the_nearest_names() -> None:
    require_columns(["region", "fund"], SCHEMA)
    with pytest.raises(BadRequest, match=r"'regoin'.*region"):
        require_columns(["regoin"], SCHEMA)


def test_a_part_of_a_name_finds_the_whole_and_the_schema_is_named() -> None:
    with pytest.raises(BadRequest, match=r"mean total_budget_sek or.*`esfkit schema`"):
        require_columns(["Budget"], SCHEMA)
    with pytest.raises(BadRequest, match=r"'xyzzy'. `esfkit schema` names them all.$"):
        require_columns(["xyzzy"], SCHEMA)


def test_a_name_like_no_other_gets_all_names() -> None:
    assert nearest("xyzzy", ["region", "fund"]) == "The names are: region, fund."


def test_the_version_of_the_tool_is_known() -> None:
    assert columns.tool_version()[0].isdigit()
