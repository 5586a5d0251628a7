import polars as pl
import pytest

from esfkit.analysis.namespace import EsfNamespace
from esfkit.dataset.frame import to_frame
from esfkit.dataset.redacting.withholding import kept_apart, with_withheld_names
from factories import a_full_project, a_project

CONTACTS = to_frame(
    [
        a_full_project(contact_person=name, provenance=(), email=None)
        for name in ("Freja Ekeroth", "Åsa Holm")
    ]
)
OWNERS = ("Freja Ekeroth AB", "FREJA EKEROTH AB", "Åsa Holm AB", "Lunds kommun")
RECORDS = to_frame(a_project(f"2016/{at}", owner_name=name) for at, name in enumerate(OWNERS))


def test_two_owners_never_become_one() -> None:
    """Nor do two spellings of one, unless whoever groups takes them for one."""
    frame = with_withheld_names(RECORDS.lazy(), ["owner_name"], CONTACTS.lazy()).collect()

    names = frame["owner_name"].to_list()
    assert len(set(names)) == len(OWNERS)
    assert [name.strip() for name in names if name != "Lunds kommun"] == [
        "[withheld] AB",
        "[withheld] AB",
        "[withheld] AB (2)",
    ]


@pytest.mark.parametrize(("keys", "expected"), [(["owner_name"], 4), (["organisation"], 3)])
def test_groups_are_the_same_as_before(keys: list[str], expected: int) -> None:
    frame = with_withheld_names(RECORDS.lazy(), keys, CONTACTS.lazy())

    [key] = keys
    by_key = EsfNamespace(frame).summary(key, personal=True, totals=False)
    assert by_key.height == expected
    assert EsfNamespace(RECORDS).summary(key, personal=True, totals=False).height == expected


def test_records_that_are_grouped_by_codes_are_not_looked_at() -> None:
    frame = pl.LazyFrame({"region": ["Sydsverige"]})

    assert with_withheld_names(frame, ["region"]) is frame


def test_of_many_contacts_only_those_near_are_looked_for() -> None:
    many = (
        pl.concat([CONTACTS.select("record_id", "contact_person", "email", "phone")] * 3000)
        .with_row_index("row")
        .with_columns(
            pl.when(pl.col("row") > 2)
            .then(pl.format("Person{} Någon{}", "row", "row"))
            .otherwise("contact_person")
            .alias("contact_person")
        )
    )

    frame = with_withheld_names(RECORDS.lazy(), ["owner_name"], many.lazy()).collect()

    assert frame["owner_name"].str.contains("withheld").sum() == 3


def test_what_is_alike_is_numbered() -> None:
    assert kept_apart({"Bo AB": "x AB", "Bo  ab": "x AB", "Eva AB": "x AB"}) == {
        "Bo AB": "x AB",
        "Bo  ab": "x AB ",
        "Eva AB": "x AB (2)",
    }
