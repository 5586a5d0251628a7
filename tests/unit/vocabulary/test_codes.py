from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from timeit import timeit

import pytest

from esfkit.model.errors import BadRequest
from esfkit.vocabulary.codes import CODE_LISTS, Code, CodeList, code_list
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.tables import read_table

SIZES = {
    "regions": 9,
    "counties": 21,
    "municipalities": 290,
    "programmes": 6,
    "programme_areas": 14,
    "objectives": 30,
    "interventions": 58,
    "union_rates": 17,
    "expected_shares": 6,
    "owner_types": 12,
}
DATA = files("esfkit.vocabulary").joinpath("data")

REGION_FORMS = {
    "SE11": ["Stockholm", "Stockholmsregionen", "Stockholms län", "ESF Stockholm"],
    "SE12": ["Östra Mellansverige", "Östra mellansverige", "ÖMS", "Ostra-Mellansverige"],
    "SE21": [
        "Småland och Öarna",
        "Småland & Öarna",
        "Småland med öarna",
        "SMÅLAND OCH ÖARNA",
        "Småland–Öarna",
        "Sma\u030aland & O\u0308arna",
    ],
    "SE22": ["Sydsverige", "Skåne-Blekinge", "Skåne och Blekinge", "South Sweden"],
    "SE23": ["Västsverige", "Västra Sverige", "ESF Västsverige"],
    "SE31": ["Norra Mellansverige", "North Mid Sweden", "North Middle Sweden", "NMS"],
    "SE32": ["Mellersta Norrland", "mellersta Norrland", "Mellannorrland"],
    "SE33": ["Övre Norrland", "O\u0308vre Norrland", "övre\u00a0norrland"],
    "SE": ["Nationellt", "ESF Nationellt", "Nationella", "nationella enheten", "SE0", "SE"],
}


def every_code() -> Iterator[Code]:
    for name in CODE_LISTS:
        yield from code_list(name).codes


def test_each_list_has_the_rows_it_promises() -> None:
    assert {name: len(code_list(name).codes) for name in CODE_LISTS} == SIZES


def test_an_unknown_list_is_a_bad_request_that_names_the_known_ones() -> None:
    with pytest.raises(BadRequest, match=r"'towns'.*regions, counties, municipalities"):
        code_list("towns")


def test_every_row_has_a_source_and_a_known_certainty() -> None:
    assert [code for code in every_code() if len(code.source) < 8] == []
    assert {code.certainty for code in every_code()} == {"read", "inferred", "recalled"}


def test_every_row_has_a_code_and_a_name_without_blanks_around() -> None:
    for code in every_code():
        forms = (code.code, code.name_sv or code.name_en, *code.variants)
        assert all(form and form == form.strip() for form in forms), code


@pytest.mark.parametrize("name", CODE_LISTS)
def test_no_printed_form_stands_for_two_codes_of_one_period(name: str) -> None:
    meant = defaultdict(set)
    for code in code_list(name).codes:
        for form in (code.code, *code.names, *code.variants):
            meant[code.period, fold(form)].add(code.code)
    assert {form: codes for form, codes in meant.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("name", CODE_LISTS)
def test_every_printed_form_finds_its_own_code(name: str) -> None:
    rows = code_list(name)
    for code in rows.codes:
        for form in (code.code, *code.names, *code.variants):
            assert rows.find(form.upper(), code.period) == code


@pytest.mark.parametrize("name", CODE_LISTS)
def test_no_row_stands_twice_and_no_variant_repeats_a_name(name: str) -> None:
    codes = code_list(name).codes
    assert max(Counter((code.period, code.code) for code in codes).values()) == 1
    for code in codes:
        folded = [fold(form) for form in code.variants]
        assert len(set(folded)) == len(folded)
        assert not {fold(code.code), *map(fold, code.names)} & set(folded)


@pytest.mark.parametrize(
    ("code", "form"), [(code, form) for code, forms in REGION_FORMS.items() for form in forms]
)
def test_every_spelling_of_a_region_finds_it(code: str, form: str) -> None:
    found = code_list("regions").find(form)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "form", ["Södra Sverige", "Norra Norrland", "Skåne län", "Gotland", ""]
)
def test_what_is_no_region_finds_none(form: str) -> None:
    assert code_list("regions").find(form) is None


def test_there_are_eight_regions_of_which_each_has_counties() -> None:
    counties = Counter(county.parent for county in code_list("counties").codes)
    assert counties == {
        "SE11": 1,
        "SE12": 5,
        "SE21": 4,
        "SE22": 2,
        "SE23": 2,
        "SE31": 3,
        "SE32": 2,
        "SE33": 2,
    }


def test_each_municipality_stands_in_the_county_of_its_code_and_in_that_countys_region() -> (
    None
):
    counties = code_list("counties")
    for row in read_table("municipalities"):
        county = counties.by_code(row["county"])
        assert county is not None
        assert row["code"][:2] == row["county"] == row["parent"]
        assert row["region"] == county.parent


def test_kalmar_is_a_municipality_and_a_county() -> None:
    town, county = (code_list(name).find("Kalmar") for name in ("municipalities", "counties"))
    assert town is not None
    assert (town.code, town.parent) == ("0880", "08")
    assert county is not None
    assert (county.code, county.name_sv) == ("08", "Kalmar län")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("Hallstahammar", "1961"),
        ("Hallstahammars kommun", "1961"),
        ("Göteborgs stad", "1480"),
        ("GÖTEBORGS KOMMUN", "1480"),
        ("Gotlands kommun", "0980"),
        ("Region Gotland", "0980"),
        ("Håbo", "0305"),
        ("Habo", "0643"),
        ("Upplands Bro", "0139"),
        ("Dals-Ed", "1438"),
        ("Borås stad", "1490"),
        ("0114", "0114"),
    ],
)
def test_a_municipality_is_found_under_its_printed_forms(form: str, code: str) -> None:
    found = code_list("municipalities").find(form)
    assert found is not None
    assert found.code == code


def test_a_code_of_several_periods_needs_the_period() -> None:
    areas = code_list("programme_areas")
    assert areas.by_code("2") is None
    second = areas.by_code("2", "2007-2013")
    assert second is not None
    assert second.name_sv == "Ökat arbetskraftsutbud"
    assert areas.by_code("2", "2021-2027") is None


def test_a_name_of_several_periods_needs_the_period() -> None:
    areas = code_list("programme_areas")
    assert areas.find("Öka övergångarna till arbete") is None
    found = {
        p: areas.find("Öka övergångarna till arbete", p) for p in ("2014-2020", "2021-2027")
    }
    assert {p: code and code.code for p, code in found.items()} == {
        "2014-2020": "2",
        "2021-2027": "B",
    }


def test_a_row_without_a_period_fits_every_period() -> None:
    found = code_list("regions").by_code("SE22", "2014-2020")
    assert found is not None
    assert found.name_sv == "Sydsverige"


@pytest.mark.parametrize(
    ("cci", "period"),
    [
        ("2007SE052PO001", "2007-2013"),
        ("2014SE05M9OP001", "2014-2020"),
        ("2021SE05SFPR001", "2021-2027"),
        ("2021SE05SFPR", "2021-2027"),
    ],
)
def test_a_cci_tells_the_period(cci: str, period: str) -> None:
    found = code_list("programmes").find(cci)
    assert found is not None
    assert found.period == period


def test_marks_of_certainty_are_kept() -> None:
    marks = {(code.list, code.period, code.code): code.certainty for code in every_code()}
    assert marks["interventions", "2014-2020", "102"] == "read"
    assert marks["interventions", "2021-2027", "134"] == "recalled"
    assert marks["interventions", "2021-2027", "182"] == "recalled"
    assert marks["objectives", "2014-2020", "1.1"] == "recalled"
    assert marks["objectives", "2014-2020", "2.1"] == "read"
    assert marks["objectives", "2014-2020", "5.1"] == "inferred"
    assert marks["objectives", "2021-2027", "a"] == "recalled"
    assert marks["programme_areas", "2007-2013", "3"] == "inferred"
    assert marks["union_rates", "2021-2027", "A/SE31"] == "inferred"
    assert marks["regions", "", "SE22"] == "read"


def test_a_description_in_brackets_is_no_name_and_finds_nothing() -> None:
    area = code_list("programme_areas").by_code("F", "2021-2027")
    assert area is not None
    assert area.names == ()
    assert code_list("programme_areas").find(area.name_sv) is None


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("counties", "regions"),
        ("municipalities", "counties"),
        ("programme_areas", "programmes"),
        ("objectives", "programme_areas"),
    ],
)
def test_every_parent_is_a_code_of_the_list_above(name: str, above: str) -> None:
    for code in code_list(name).codes:
        if code.parent:
            assert code_list(above).by_code(code.parent, code.period or None) is not None


def test_only_the_european_objectives_have_no_area() -> None:
    without = [code.code for code in code_list("objectives").codes if not code.parent]
    assert without == list("abcdefghijklm")


def test_a_union_rate_is_the_figure_in_its_name() -> None:
    rates = {(row["period"], row["code"]): row for row in read_table("union_rates")}
    for row in rates.values():
        assert row["name_en"].endswith(f": {row['rate_percent']}%")
        assert 0 < float(row["rate_percent"]) <= 100
    assert rates["2014-2020", "3"]["rate_percent"] == "66.67"
    assert rates["2021-2027", "A"]["rate_percent"] == "40"


def test_prose_finds_nothing_however_long() -> None:
    assert code_list("municipalities").find("Kalmar " * 1_000_000) is None


def test_a_list_cannot_be_changed() -> None:
    rows = code_list("regions")
    with pytest.raises(AttributeError):
        rows.codes = ()  # type: ignore[misc]
    assert code_list("regions") is rows


def test_an_unknown_word_finds_nothing_in_an_empty_list() -> None:
    assert CodeList("none", ()).find("Kalmar") is None
    assert CodeList("none", ()).by_code("0880") is None


def test_finding_is_one_look_into_a_table() -> None:
    find = code_list("municipalities").find
    find("Kalmar")
    fastest = min(timeit(lambda: find("Göteborgs stad"), number=1000) for _ in range(5))
    assert fastest / 1000 < 20e-6  # measured 0.6 µs; the budget allows for a busy machine


def test_the_page_on_provenance_counts_the_rows_of_every_list() -> None:
    page = DATA.joinpath("PROVENANCE.md").read_text(encoding="utf-8")
    for name, rows in SIZES.items():
        written = "8 + Nationellt" if name == "regions" else str(rows)
        assert f"| `{name}.csv` | {written} |" in page
