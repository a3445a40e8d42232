"""Conversion of units of medicines: exact spelling, a closed list, and only the equivalences that a source states.

The package knows no unit and no substance; `registry.Registry` reads them from library records, `converting.Converter`
answers, `streaming.Stream` answers many quickly, and `catalogue.catalogue` lists what there is.
"""

from monocli.engine.units.converting import Converter
from monocli.engine.units.plans import Target, steps_of
from monocli.engine.units.registry import Registry, Selection

__all__ = ["Converter", "Registry", "Selection", "Target", "steps_of"]
