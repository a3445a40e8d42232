"""The formulas, measures and units that a calculation may use, read from wherever they are kept when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from monocli.engine.names import normalise

if TYPE_CHECKING:
    from monocli.engine.quantities.plausible import People
    from monocli.engine.quantities.units import UnitTable
    from monocli.records.body import BodyFile
    from monocli.records.formulas import Compiled, FormulaIndex, Input
    from monocli.records.library import Word
    from monocli.records.measures import Measure


class FormulaBook:
    """`formula` gives a compiled formula by its id, `limits` what can be of one person."""

    def __init__(
        self,
        formula: Callable[[str], Compiled],
        index: FormulaIndex,
        measures: Mapping[str, Measure],
        table: UnitTable,
        groups: list[Word],
        limits: Callable[[], BodyFile],
    ) -> None:
        self.formula, self.index, self.measures, self.table, self.groups = formula, index, measures, table, groups
        self._limits = limits

    @cached_property
    def people(self) -> People:
        """What can be of a person, and how it is measured."""
        from monocli.engine.quantities.plausible import People

        return People(self._limits(), self.measures, self.table)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The groups by id, with their titles, in order."""
        return {group["id"]: group.get("title", group["id"]) for group in self.groups}

    def measure(self, asked: Input) -> Measure:
        return self.measures[asked["measure"]]

    def input_names(self, formula: Compiled) -> dict[str, str]:
        """Folded name → the input's own name, for every name that an input goes by."""
        found: dict[str, str] = {}
        for asked in formula["inputs"]:
            measure = self.measure(asked)
            names = (*asked.get("names", []), *measure.get("names", []), measure["id"])
            for name in (asked["name"], *names):
                found.setdefault(normalise(name), asked["name"])
        return found | {normalise(asked["name"]): asked["name"] for asked in formula["inputs"]}

    def in_group(self, group: str) -> list[Compiled]:
        return [self.formula(entry["id"]) for entry in self.index["formulas"] if entry["group"] == group]
