"""Kinds of scalar in the library's YAML, as types.

Everything in YAML is text until one of these says otherwise. At run time they are plain `str`, `int` and `bool`; the
validator, which alone pays for pydantic, reads the metadata when library data is checked or compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema


class Pattern:
    """Text of a fixed form. `expected` completes the sentence "expected …" when a value does not have it."""

    def __init__(self, regex: str, expected: str) -> None:
        self.regex, self.expected = regex, expected

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        import re

        from pydantic_core import PydanticCustomError, core_schema

        compiled = re.compile(self.regex)

        def check(value: str) -> str:
            if not compiled.fullmatch(value):
                raise PydanticCustomError("pattern", "expected {expected}", {"expected": self.expected})
            return value

        return core_schema.no_info_after_validator_function(check, core_schema.str_schema())

    def __get_pydantic_json_schema__(self, schema: object, handler: GetJsonSchemaHandler) -> dict[str, object]:
        # An editor reads `400` as a number and `2009-01-01` as a date; both are text to us, and text is what we print.
        kinds = "string" if handler.mode == "serialization" else ["string", "number"]
        return {"type": kinds, "pattern": f"^(?:{self.regex})$", "description": self.expected}


class Whole:
    """Digits and nothing else: neither a sign, nor a point, nor a number that no count in a library could be."""

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        import re

        from pydantic_core import PydanticCustomError, core_schema

        compiled = re.compile(r"[0-9]{1,9}")

        def read(value: object) -> int:
            if isinstance(value, int) and not isinstance(value, bool):
                return value
            if not isinstance(value, str) or not compiled.fullmatch(value):
                raise PydanticCustomError("whole_number", "expected a whole number")
            return int(value)

        return core_schema.no_info_plain_validator_function(read)

    def __get_pydantic_json_schema__(self, schema: object, handler: GetJsonSchemaHandler) -> dict[str, object]:
        return {"type": "integer"}


class YesNo:
    """`yes`/`no` (or `true`/`false`), and nothing else that YAML 1.1 would take for a truth value."""

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        from pydantic_core import PydanticCustomError, core_schema

        def read(value: object) -> bool:
            if isinstance(value, bool):
                return value
            words = {"yes": True, "true": True, "no": False, "false": False}
            if not isinstance(value, str) or value not in words:
                raise PydanticCustomError("flag", "expected yes or no")
            return words[value]

        return core_schema.no_info_plain_validator_function(read)

    def __get_pydantic_json_schema__(self, schema: object, handler: GetJsonSchemaHandler) -> dict[str, object]:
        if handler.mode == "serialization":
            return {"type": "boolean"}
        return {"enum": [True, False, "yes", "no", "true", "false"]}


Id = Annotated[str, Pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*", "an id in lower case with dashes, such as imatinib-mesilate")]
DecimalText = Annotated[
    str, Pattern(r"-?(?:0|[1-9][0-9]{0,39})(?:\.[0-9]{1,40})?", "an exact decimal number, such as 1.195")
]
_GROUPED = r"[0-9]+(?:[ ,\u00a0\u202f][0-9]{3})*(?:\.[0-9]+)?"
PrintedNumber = Annotated[
    str,
    Pattern(
        rf"(?:(?:about|approximately|up to|more than|less than) |[~≈<>] ?)?{_GROUPED}(?:(?: ?[-–] ?| to ){_GROUPED})?",
        "a number as printed, such as 589.7 or about 15 000",
    ),
]
DateText = Annotated[
    str, Pattern(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?", "a date, such as 2026, 2026-05 or 2026-05-29")
]
LineRange = Annotated[
    str, Pattern(r"[0-9]+(?:-[0-9]+)?(?:,[0-9]+(?:-[0-9]+)?)*", "lines of the extract, such as 53-60")
]
CountryCode = Annotated[str, Pattern(r"[A-Z]{2}", "an ISO 3166-1 alpha-2 country code, such as IN")]
WholeNumber = Annotated[int, Whole()]
Flag = Annotated[bool, YesNo()]
