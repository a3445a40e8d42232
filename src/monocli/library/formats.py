"""Which file of the library has which form, and the validator and JSON Schema of each form.

This is the one place that pays for pydantic: only checking, compiling and `mono data schema` come here.
"""

from __future__ import annotations

import sys
from fnmatch import fnmatchcase
from functools import cache
from types import ModuleType, UnionType
from typing import Any, NotRequired, Union, cast, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from typing_extensions import is_typeddict

from monocli.library.problems import Path, nearest
from monocli.library.strict_yaml import SourceFile, comma
from monocli.records import (
    agents,
    body,
    compatibility,
    dose_products,
    dose_rules,
    dose_shared,
    doses,
    formulas,
    interactions,
    labels,
    library,
    measures,
    monograph,
    units,
)

Form = object
"""A type as it is written in an annotation: a TypedDict, a list of them, a union."""
FORMATS: tuple[tuple[str, type], ...] = (
    ("library.yaml", library.LibraryFile),
    ("labels.yaml", labels.LabelsFile),
    ("sources.yaml", library.SourcesFile),
    ("vocabulary.yaml", library.VocabularyFile),
    ("countries.yaml", library.CountriesFile),
    ("monographs/*.yaml", monograph.MonographFile),
    ("agents/classes.yaml", agents.ClassesFile),
    ("agents/enzymes.yaml", agents.EnzymesFile),
    ("agents/doubled.yaml", agents.DoubledFile),
    ("agents/*.yaml", agents.AgentsFile),
    ("measures/body.yaml", body.BodyFile),
    ("measures/*.yaml", measures.MeasureFile),
    ("formulas/*.yaml", formulas.FormulaFile),
    ("doses/*.yaml", doses.DosesFile),
    ("doses/*/*.yaml", doses.DosesFile),
    ("interactions/*/*.yaml", interactions.InteractionsFile),
    ("compatibility/*.yaml", compatibility.CompatibilityFile),
    ("units/measures.yaml", units.MeasuresFile),
    ("units/abbreviations.yaml", units.AbbreviationsFile),
    ("units/*.yaml", units.UnitsFile),
)
"""First match wins. Files named `*.cases.yaml` stand beside rules and are read by the tests, not compiled."""
RECORD_MODULES = (
    *dict.fromkeys(sys.modules[record.__module__] for _, record in FORMATS),
    dose_products,
    dose_rules,
    dose_shared,
)
"""Where the types of what files hold stand."""
KINDS = tuple(dict.fromkeys(pattern.partition("/")[0].removesuffix(".yaml") for pattern, _ in FORMATS))
"""Kinds of the records that are whole files."""


def format_of(name: str) -> type | None:
    """The record type of a file by its path below the library folder, or None where no such file is known."""
    depth = name.count("/")
    fitting = (record for pattern, record in FORMATS if fnmatchcase(name, pattern) and depth == pattern.count("/"))
    return next(fitting, None)


def schema_name(pattern: str) -> str:
    """Name under which the schema of a form is published: "monographs", "agents-classes", "library"."""
    return pattern.removesuffix(".yaml").replace("/*", "").replace("/", "-")


@cache
def adapter(record: type) -> TypeAdapter[dict[str, Any]]:
    """The validator of a record type. Unknown keys are refused everywhere below it."""
    forbid_unknown_keys(RECORD_MODULES)
    return TypeAdapter(record)


@cache
def forbid_unknown_keys(modules: tuple[ModuleType, ...]) -> None:
    """Have pydantic refuse unknown keys in every record of these modules, and read the docstrings of their keys."""
    for module in modules:
        for member in vars(module).values():
            if is_typeddict(member):
                member.__pydantic_config__ = {"extra": "forbid", "use_attribute_docstrings": True}


def json_schema(record: type) -> dict[str, object]:
    """JSON Schema (draft 2020-12) of a form, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **adapter(record).json_schema()}


def validate(source: SourceFile, record: type) -> dict[str, Any] | None:
    """The value with whole numbers and yes/no read, and with the file's default source filled in; problems go to
    `source`."""
    try:
        value = adapter(record).validate_python(source.value)
    except ValidationError as error:
        for item in error.errors(include_url=False, include_input=False, include_context=False):
            path = tuple(step for step in item["loc"] if _is_key(step, source))
            source.problem(path, _message(item, path, record), item["type"])
        return None
    default = value.get("source")
    _fill_source(value, record, default, (), source)
    _join_missing_sources(source)
    return value


def _join_missing_sources(source: SourceFile) -> None:
    """Where many records have no source, it is the head of the file that lacks it, and one problem tells it."""
    missing = [problem for problem in source.problems if problem.code == "no-source"]
    if len(missing) > 1:
        source.problems = [problem for problem in source.problems if problem.code != "no-source"]
        message = (
            f"no `source` at the head, and {len(missing)} records have none of their own; write the id of a source"
        )
        source.problem((), f"{message} of sources.yaml", "no-source")


def _is_key(step: object, source: SourceFile) -> bool:
    """pydantic names the branch of a union in the path ("str", "list[...]"); only real keys and indexes are shown."""
    return isinstance(step, int) or not any(mark in str(step) for mark in "[](),")


def _message(item: ErrorDetails, path: Path, record: type) -> str:
    kind = item["type"]
    if kind == "extra_forbidden":
        hint = comma(path) or nearest(str(item["loc"][-1]), _keys_at(record, path[:-1]))
        form = next(schema_name(pattern) for pattern, held in FORMATS if held is record)
        return f"unknown key; see `mono data schema {form}` for the keys there are{hint}"
    if kind == "missing":
        return "this key is needed and is not there"
    words = str(item["msg"])
    for ours, theirs in (
        ("expected a list", "list"),
        ("expected keys and values", "dict"),
        ("expected text", "string"),
    ):
        if kind == f"{theirs}_type":
            return ours
    return words[0].lower() + words[1:]


def _keys_at(annotation: Form, path: Path) -> set[str]:
    """The keys that a record at a path may have; of a union those of each of its records."""
    annotation, _ = unwrapped(annotation)
    if get_origin(annotation) in (Union, UnionType):
        return {key for choice in get_args(annotation) for key in _keys_at(choice, path)}
    if is_typeddict(annotation):
        hints = hints_of(annotation)
        return set(hints) if not path else _keys_at(hints.get(str(path[0]), object), path[1:])
    inner = get_args(annotation)
    return _keys_at(inner[-1], path[1:]) if path and inner else set()


def _fill_source(
    value: object, annotation: Form, default: str | None, path: tuple[str | int, ...], source: SourceFile
) -> None:
    """Write the default source into every record that may state one and does not; none at all is a problem."""
    annotation, _ = unwrapped(annotation)
    if isinstance(value, list):
        inner = (get_args(annotation) or (object,))[0]
        for index, item in enumerate(value):
            _fill_source(item, inner, default, (*path, index), source)
    elif isinstance(value, dict):
        record = record_of(annotation, value)
        if record is None:
            inner = (get_args(annotation) or (object,))[-1] if get_origin(annotation) is dict else object
            for key, item in value.items():
                _fill_source(item, inner, default, (*path, key), source)
            return
        hints = hints_of(record)
        default = value.get("source") or default
        if "source" in hints and path and "source" not in value:
            if default is None:
                source.problem(path, "no source: give this record or the whole file a `source`", "no-source")
            else:
                value["source"] = default
        for key, item in list(value.items()):
            _fill_source(item, hints.get(key, object), default, (*path, key), source)


def unwrapped(annotation: Form) -> tuple[Form, tuple[object, ...]]:
    """A type without what is wrapped around it, and what is annotated to it."""
    marks: tuple[object, ...] = ()
    while get_origin(annotation) in (NotRequired, *_EXTENSION_WRAPPERS) or hasattr(annotation, "__metadata__"):
        marks += getattr(annotation, "__metadata__", ())
        inner = get_args(annotation)[0]
        annotation = getattr(annotation, "__origin__", inner) if hasattr(annotation, "__metadata__") else inner
    return annotation, marks


_EXTENSION_WRAPPERS = tuple(
    getattr(sys.modules["typing_extensions"], name) for name in ("NotRequired", "Required", "ReadOnly")
)


def record_of(annotation: Form, value: dict[str, object]) -> type | None:
    """The TypedDict that describes a mapping; of a union, the one whose keys hold all of the value's."""
    choices = [annotation, *get_args(annotation)]
    records = [cast("type", choice) for choice, _ in map(unwrapped, choices) if is_typeddict(choice)]
    return next((record for record in records if set(value) <= set(hints_of(record))), None)


@cache
def hints_of(record: Form) -> dict[str, Form]:
    return get_type_hints(record, include_extras=True)
