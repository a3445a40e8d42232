"""Conversion of units of medicines: exact spelling, a closed list, and only the equivalences that a source states.

The package knows no unit and no substance; `Registry` reads them from library records. `Converter` answers.
"""

from monocli.engine.units.catalogue import catalogue
from monocli.engine.units.converting import Converter
from monocli.engine.units.registry import Registry, Selection
from monocli.engine.units.streaming import Stream

__all__ = ["Converter", "Registry", "Selection", "Stream", "catalogue"]
