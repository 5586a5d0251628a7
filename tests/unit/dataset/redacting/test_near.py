import polars as pl
import pytest

from esfkit.dataset.redacting.near import near

MANY = pl.DataFrame(
    {
        "record_id": ["esf:1", "esf:2", "esf:3", *(f"esf:x{at}" for at in range(5000))],
        "contact_person": ["Freja Ekeroth", "Åsa Öst", "Ö Å", *["Xqzw Wzqx"] * 5000],
    }
)


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("F. EKEROTH kom", "", ["Freja Ekeroth", "Ö Å"]),
        ("F. Eke\u00adroth kom", "", ["Freja Ekeroth", "Ö Å"]),
        ("sidor/aasaoest.txt", "", ["Åsa Öst", "Ö Å"]),
        ("", "esf:2", ["Åsa Öst", "Ö Å"]),
    ],
)
def test_only_contacts_whose_letters_stand_there_are_of_interest(
    text: str, key: str, expected: list[str]
) -> None:
    assert near(MANY, [text], [key])["contact_person"].to_list() == expected


def test_among_few_rows_none_is_chosen() -> None:
    assert near(MANY.head(9), [""], []).height == 9
