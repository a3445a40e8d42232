"""Values with named fields: what a dataclass or a NamedTuple would be. Python writes and compiles code for each of
those when its module is loaded, and two dozen of them took a tenth of the time of a whole command; a class of this kind
costs nothing but itself."""

from __future__ import annotations

from typing import Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Record:
    """A value of named fields, which are the annotations of its class, in their order; a default is written beside its
    field, and must be one that cannot be changed. Never changed once made; equal to one of its class with equal fields.

    Raises `TypeError` where a field is missing, unknown or given twice.
    """

    _fields: tuple[str, ...] = ()
    _known: frozenset[str] = frozenset()
    _needed: frozenset[str] = frozenset()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._fields = (*cls._fields, *(name for name in cls.__annotations__ if name not in cls._fields))
        cls._known = frozenset(cls._fields)
        cls._needed = frozenset(name for name in cls._fields if not hasattr(cls, name))

    def __init__(self, *values: object, **named: object) -> None:
        held = self.__dict__
        held.update(zip(self._fields, values), **named)  # noqa: B905 (too many values are seen below)
        if not named and len(self._needed) <= len(values) <= len(self._fields):
            return
        if len(held) != len(values) + len(named) or not self._needed <= held.keys() <= self._known:
            raise TypeError(f"{type(self).__name__} takes {', '.join(self._fields)}; given: {values} {named}")

    def replaced(self, **changes: object) -> Self:
        """The same with other values in some fields."""
        return type(self)(**{**self.__dict__, **changes})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is a value: its {name} cannot be changed")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in zip(self._fields, self._values(), strict=True))
        return f"{type(self).__name__}({', '.join(shown)})"

    def _values(self) -> tuple[object, ...]:
        return tuple([getattr(self, name) for name in self._fields])
