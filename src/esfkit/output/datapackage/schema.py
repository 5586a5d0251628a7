"""The Table Schema of a table of records: what each column is, and what holds for it.

A constraint is declared only where every value of the table keeps it, so that a package
is always valid by its own schema; what does not hold is given back to be told.
"""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

import polars as pl

from esfkit.dataset.dictionary import ColumnDescription, data_dictionary
from esfkit.model.kind import KINDS
from esfkit.vocabulary.codes import Code, code_list
from esfkit.vocabulary.tables import read_table

Json = dict[str, Any]


class Schema(NamedTuple):
    """A Table Schema.

    Attributes:
        told: The schema as it is written.
        broken: The constraints that are not declared, since values break them, such as
            ``postal_code: pattern``.
    """

    told: Json
    broken: tuple[str, ...]


class _Reference(NamedTuple):
    """Columns whose values are codes of a list."""

    columns: tuple[str, ...]
    resource: str
    codes: tuple[str, ...]


_REFERENCES: Final = (
    _Reference(("region_code",), "regions", ("code",)),
    _Reference(("programme_cci",), "programmes", ("code",)),
    _Reference(("programme_period", "programme_area"), "programme_areas", ("period", "code")),
    _Reference(("programme_period", "specific_objective"), "objectives", ("period", "code")),
    _Reference(("programme_period", "intervention_code"), "interventions", ("period", "code")),
)
_PARENTS: Final = {"municipalities": "counties", "counties": "regions"}
"""Code list → the list in which the code above stands."""

CODE_COLUMNS: Final = tuple(name for name in Code._fields if name != "list")
_TYPES: Final = (
    (pl.Boolean, "boolean"),
    (pl.Date, "date"),
    (pl.Int64, "integer"),
    (pl.String, "string"),
)


def schema_of(frame: pl.DataFrame) -> Schema:
    """Return the schema of a table of records, titles and descriptions in both languages."""
    described = {row.column: row for row in data_dictionary()}
    fields: list[Json] = []
    broken: list[str] = []
    for name in frame.columns:
        held, lost = _constraints(frame[name])
        field = _field(described[name], _type_of(frame[name].dtype))
        fields.append(field | ({"constraints": held} if held else {}))
        broken.extend(f"{name}: {rule}" for rule in lost)
    told: Json = {"fields": fields, "missingValues": [""]}
    if "record_id" in frame.columns and _is_key(frame["record_id"]):
        told["primaryKey"] = ["record_id"]
    keys = [_foreign_key(each) for each in _REFERENCES if _refers(frame, each)]
    return Schema(told | ({"foreignKeys": keys} if keys else {}), tuple(broken))


def code_list_schema(name: str) -> Json:
    """Return the schema of a code list: its columns are text, and its codes are its key."""
    codes = code_list(name).codes
    fields: list[Json] = [{"name": column, "type": "string"} for column in CODE_COLUMNS]
    fields[CODE_COLUMNS.index("code")]["constraints"] = {"required": True}
    once = len({code.code for code in codes}) == len(codes)
    told: Json = {"fields": fields, "missingValues": [""]}
    told["primaryKey"] = ["code"] if once else ["period", "code"]
    if name in _PARENTS:
        parent = _Reference(("parent",), _PARENTS[name], ("code",))
        told["foreignKeys"] = [_foreign_key(parent)]
    return told


def _field(column: ColumnDescription, kind: str) -> Json:
    told = {
        "name": column.column,
        "type": kind,
        "title": f"{column.heading_sv} / {column.heading_en}",
        "description": f"{column.description_sv}. / {column.description_en}.",
    }
    return told | ({"unit": column.unit} if column.unit else {})


def _type_of(dtype: pl.DataType) -> str:
    """Return the name of a type; lists are JSON texts, which Table Schema calls arrays."""
    if dtype.is_nested():
        return "array"
    return next((name for each, name in _TYPES if dtype == each), "number")


# --- constraints ------------------------------------------------------------------------


def _constraints(column: pl.Series) -> tuple[Json, list[str]]:
    """Return the constraints that a column keeps, and the names of those that it breaks."""
    wanted = _rules().get(column.name, {})
    held = {rule: value for rule, value in wanted.items() if _holds(column, rule, value)}
    # That a record stands twice is no fault: then it is no key.
    return held, [rule for rule in wanted if rule not in held and rule != "unique"]


def _holds(column: pl.Series, rule: str, value: Any) -> bool:  # noqa: ANN401 - JSON
    if rule == "required":
        return column.null_count() == 0 and "" not in column
    if rule == "unique":
        return _is_key(column)
    stated = column.drop_nulls().unique()
    if rule == "enum":
        return bool(stated.is_in(value).all())
    if rule == "pattern":
        return bool(stated.str.contains(rf"\A(?:{value})\z").all())
    return bool((stated >= value if rule == "minimum" else stated <= value).all())


def _is_key(column: pl.Series) -> bool:
    return column.null_count() == 0 and column.n_unique() == column.len()


@cache
def _rules() -> Mapping[str, Mapping[str, Any]]:
    """Return column → the constraints that ``constraints.csv`` wishes for it."""
    resource = files("esfkit.output.datapackage").joinpath("constraints.csv")
    rows = csv.DictReader(resource.read_text(encoding="utf-8").splitlines())
    return {row["column"]: dict(_rules_in(row)) for row in rows}


def _rules_in(row: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for rule in ("required", "unique"):
        if row[rule]:
            yield rule, True
    for rule in ("minimum", "maximum"):
        if row[rule]:
            yield rule, int(row[rule])
    if row["pattern"]:
        yield "pattern", row["pattern"]
    if row["codes"]:
        yield "enum", _known(row["codes"])


def _known(name: str) -> list[str]:
    """Return the values that a column may have."""
    if name == "kinds":
        return list(KINDS)
    if name == "periods":
        return list(dict.fromkeys(code.period for code in code_list("programmes").codes))
    if name == "funds":
        return [row["code"] for row in read_table("funds")]
    return [code.code for code in code_list(name).codes]


# --- references -------------------------------------------------------------------------


def _refers(frame: pl.DataFrame, reference: _Reference) -> bool:
    """Tell whether every row with such a code has one of the list."""
    if not set(reference.columns) <= set(frame.columns):
        return False
    known = {
        tuple(getattr(code, name) for name in reference.codes)
        for code in code_list(reference.resource).codes
    }
    met = frame.select(reference.columns).unique().rows()
    return any(map(any, met)) and all(row in known for row in met if any(row))


def _foreign_key(reference: _Reference) -> Json:
    return {
        "fields": list(reference.columns),
        "reference": {"resource": reference.resource, "fields": list(reference.codes)},
    }
