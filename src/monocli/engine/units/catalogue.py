"""What can be converted: `mono units` without a quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.answers import Answer
from monocli.engine.cited import source_of

if TYPE_CHECKING:
    from monocli.engine.units.registry import Family, Registry
    from monocli.records.output.units import (
        AbbreviationListed,
        MeasureListed,
        ScaleListed,
        SubstanceListed,
        UnitsListing,
    )


def catalogue(registry: Registry) -> Answer[UnitsListing]:
    """`data`: `substances` (each family with its scales, their units, the equivalences and their sources), `measures`
    and `abbreviations`.
    """
    families = sorted(registry.families.values(), key=lambda family: family.title.casefold())
    measures: list[MeasureListed] = [
        {"measure": title, "units": [unit.name for unit in units]} for title, units in registry.measures.values()
    ]
    records = {id(record): record for record in registry.abbreviations.values()}.values()
    abbreviations: list[AbbreviationListed] = [
        {
            "written": record["written"],
            "treatment": record["treatment"],
            "write": record["write"],
            "why": record["why"],
            "source": record["source"],
        }
        for record in records
    ]
    return Answer(
        {
            "substances": [_family(registry, family) for family in families],
            "measures": measures,
            "abbreviations": abbreviations,
        }
    )


def _family(registry: Registry, family: Family) -> SubstanceListed:
    scales: list[ScaleListed] = []
    for name, scale in family.scales.items():
        measure = scale.get("measure")
        units = registry.measures[measure][1] if measure else [unit for unit in family.units if unit.scale == name]
        shown: ScaleListed = {
            "id": name,
            "title": scale["title"],
            "units": [unit.name for unit in units if unit.listed or not measure],
        }
        if "only" in scale:
            shown["only"] = [family.title_of(substance) for substance in scale["only"]]
        if "unstated" in scale:
            shown["unstated"] = scale["unstated"]
        scales.append(shown)
    return {
        "id": family.id,
        "title": family.title,
        "substances": [record["title"] for record in family.substances],
        "default_unit": family.default_unit,
        "scales": scales,
        "equivalences": [
            {"text": e["statement"], "approximate": e["approximate"], **source_of(e)} for e in family.equivalences
        ],
        "remarks": [{"code": r["code"], "text": r["text"], **source_of(r)} for r in family.remarks],
    }
