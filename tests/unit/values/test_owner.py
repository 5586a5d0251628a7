import pytest

from esfkit.values.owner import looks_like_org_number, split_owner

OWNERS = [
    ("Saab Automobile", "Saab Automobile", None),
    ("Kommunförbundet Skåne, Kommunförbundet Skåne", "Kommunförbundet Skåne", None),
    ("Landskrona stad, LANDSKRONA STAD", "Landskrona stad", None),
    ("Ungdomsstyrelsen,ENKU", "Ungdomsstyrelsen", "ENKU"),
    ("Äldreförvaltningen, Uppsala kommun", "Uppsala kommun", "Äldreförvaltningen"),
    (
        "Region Västmanland, Centrum för regional utveckling",
        "Region Västmanland",
        "Centrum för regional utveckling",
    ),
    (
        "Socialförvaltningen Sydväst, Göteborgs stad, Socialförvaltningen Sydväst",
        "Göteborgs stad",
        "Socialförvaltningen Sydväst",
    ),
    ("Uppsala kommun, Vård, Vård", "Uppsala kommun", "Vård"),
    ("Uppsala kommun, Uppsala kommun, Vård", "Uppsala kommun", "Vård"),
    (
        "Göteborgs stad, Jämlik stad, stadsområde välfärd och fritid",
        "Göteborgs stad",
        "Jämlik stad, stadsområde välfärd och fritid",
    ),
    (
        "Trossamfundet Svenska kyrkan, Kyrkokansliet, Uppsala",
        "Trossamfundet Svenska kyrkan",
        "Kyrkokansliet, Uppsala",
    ),
    ("Sensus Norrland, Umeåkontoret", "Sensus Norrland", "Umeåkontoret"),
    (
        "Samordningsförbundet Skellefteå Norsjö, Skellefteå",
        "Samordningsförbundet Skellefteå Norsjö",
        "Skellefteå",
    ),
    (
        "Kultur-, idrotts- och fritidsförvaltningen, Uppsala kommun",
        "Uppsala kommun",
        "Kultur-, idrotts- och fritidsförvaltningen",
    ),
    ("Kommunstyrelsens kontor, Region Gotland", "Region Gotland", "Kommunstyrelsens kontor"),
    (
        "Uppsala kommuns arbetsmarknadsenhet, Uppsala kommun",
        "Uppsala kommun",
        "Uppsala kommuns arbetsmarknadsenhet",
    ),
    ("Arbetsmarknad, Uppsala kommun, Uppsala", "Uppsala kommun", "Arbetsmarknad"),
    ("X län Ekonomisk förening, X län", "X län Ekonomisk förening", None),
    ("Byggverket, AB", "Byggverket, AB", None),
    ("VÄRMLANDSKOOPERATIVEN EK. FÖR.", "VÄRMLANDSKOOPERATIVEN EK. FÖR.", None),
    ("Garpenbergs Intressenter AB (GIAB)", "Garpenbergs Intressenter AB (GIAB)", None),
    (" Uppsala kommun , ", "Uppsala kommun", None),
    ("2120003005", "2120003005", None),
    ("", "", None),
    (", ,", ", ,", None),
]


@pytest.mark.parametrize(("owner", "organisation", "unit"), OWNERS)
def test_an_owner_is_split_into_organisation_and_unit(
    owner: str, organisation: str, unit: str | None
) -> None:
    assert split_owner(owner) == (organisation, unit)


@pytest.mark.parametrize(
    "owner",
    [
        "Region Västmanland, Regionala utvecklingsförvaltningen",
        "Coompanion - Kooperativ Utveckling Västernorrland",
        "Länsstyrelsen i Västmanland, Länsstyrelsen i Västmanland",
        "x, " * 400,
    ],
)
def test_both_parts_are_stretches_of_what_is_printed(owner: str) -> None:
    organisation, unit = split_owner(owner)
    assert organisation in owner
    assert unit is None or unit in owner


@pytest.mark.parametrize(
    "owner", ["2120003005", "212000-3005", " 16212000-3005", "SE212000300501"]
)
def test_a_bare_organisation_number_is_seen(owner: str) -> None:
    assert looks_like_org_number(owner)


@pytest.mark.parametrize("owner", ["Uppsala kommun", "Region 10", "", "212000", "9" * 5000])
def test_a_name_is_no_organisation_number(owner: str) -> None:
    assert not looks_like_org_number(owner)
