"""The JSON Schema of what each command prints, made from the records of `records/output`.

Published in docs/schemas/ by `python docs/build.py`, and shown by `mono data schema output-<command>`. Nothing else
comes here: printing an answer never pays for it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, Union, cast

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from monocli.library.formats import RECORD_MODULES, forbid_unknown_keys
from monocli.records.output import (
    adjusting,
    common,
    compatibility,
    dose_rules,
    dosing,
    formulas,
    helping,
    interactions,
    labels,
    lookups,
    regimens,
    units,
)

OUTPUT_MODULES = (
    adjusting,
    common,
    compatibility,
    dose_rules,
    dosing,
    formulas,
    helping,
    interactions,
    labels,
    lookups,
    regimens,
    units,
)

T = TypeVar("T")
OUTPUTS: dict[str, tuple[type, ...]] = {
    "lookup": (lookups.Lookup,),
    "show": (lookups.Show, labels.LabelShow),
    "search": (lookups.Search,),
    "refs": (lookups.Refs,),
    "brands": (lookups.Brands,),
    "sources": (lookups.Sources,),
    "dose": (dosing.Dose, dosing.DoseListing),
    "adjust": (adjusting.Adjust,),
    "interactions": (interactions.Interactions, interactions.Batch),
    "compat": (compatibility.Compatibility,),
    "units": (units.Conversion, units.UnitsListing, units.Conversions),
    "calc": (
        formulas.Calculation,
        formulas.SideBySide,
        formulas.FormulaAsked,
        formulas.FormulaList,
        formulas.Rows,
        formulas.RowAnswered,
    ),
    "labels-import": (labels.LabelImport,),
    "labels-list": (labels.LabelList,),
    "labels-show": (labels.LabelShow,),
    "labels-diff": (labels.LabelDiff,),
    "labels-remove": (labels.LabelRemoved,),
    "labels-where": (labels.LabelWhere,),
    "labels": (),
    "data-check": (lookups.DataCheck,),
    "data-where": (lookups.DataWhere,),
    "data-schema": (lookups.SchemaList, lookups.DataSchema),
    "data": (),
    "help": (helping.Help,),
    "mono": (),
}
"""`command` of the envelope → the records that its `data` may be. `data`, `labels` and `mono` are command lines that
name no command: they only ever have errors.
"""
VERSIONS = dict.fromkeys(OUTPUTS, 1)
"""Number in `schema`; a new one where a promise of docs/json.md is broken."""
PREFIX = "output-"


class _Plain(GenerateJsonSchema):
    """Without a title for every key: it would only say the key again."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


def output_name(command: str) -> str:
    """Name under which `mono data schema` has the schema of a command's output."""
    return PREFIX + command


@cache
def json_schema(command: str) -> dict[str, object]:
    """JSON Schema (draft 2020-12) of the whole envelope of a command.

    Objects may hold further keys, so that a reader who validates against this version goes on when keys are added.
    """
    forbid_unknown_keys((*RECORD_MODULES, *OUTPUT_MODULES))
    data: Any = Union[(*OUTPUTS[command], None)]
    mode: Any = "serialization"
    schemas, shared = TypeAdapter.json_schemas(
        [("envelope", mode, TypeAdapter(common.Envelope)), ("data", mode, TypeAdapter(data))], schema_generator=_Plain
    )
    definitions = shared["$defs"]
    _with_sources(definitions)
    envelope = definitions.pop("Envelope")
    schema = f"mono/{command}/{VERSIONS[command]}"
    keys = envelope["properties"]
    keys["schema"], keys["command"] = {"const": schema}, {"const": command}
    keys["data"] = {**schemas["data", mode], "description": keys["data"]["description"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": schema,
        "title": f"JSON output of {_spoken(command)}",
        **{key: value for key, value in _open(envelope).items() if key != "title"},
        "$defs": {name: _open(definitions[name]) for name in sorted(definitions)},
    }


def _with_sources(definitions: dict[str, Any]) -> None:
    """A record of the library may leave its source out in the YAML; it is filled in before anything is printed."""
    filled = {name for module in RECORD_MODULES for name in vars(module)}
    for name, definition in definitions.items():
        needed = definition.setdefault("required", [])
        if name in filled and "source" in definition["properties"] and "source" not in needed:
            needed.append("source")


def _spoken(command: str) -> str:
    return "mono" if command == "mono" else f"mono {command.replace('-', ' ')}"


def _open(schema: T) -> T:
    """The schema with further keys allowed everywhere."""
    if isinstance(schema, dict):
        kept = {k: _open(v) for k, v in schema.items() if not (k == "additionalProperties" and v is False)}
        return cast("T", kept)
    return cast("T", [_open(item) for item in schema]) if isinstance(schema, list) else schema
