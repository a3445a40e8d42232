"""What the engine's sentences call the inputs of a question, and other questions that one may ask.

Whoever shows a sentence words them: the command line writes `--bsa-formula` and `mono show imatinib`. In the engine's
own texts each stands between two characters that text from outside never holds, because `names.visible` replaces them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_INPUT, _QUESTION, _END = "\ue000", "\ue001", "\ue002"
_MARKED = f"([{_INPUT}{_QUESTION}])([^{_END}]*){_END}"


def asked(name: str) -> str:
    """An input of the question at hand, to be named in a sentence or in a `field`."""
    return f"{_INPUT}{name}{_END}"


def ask(question: str) -> str:
    """Another question, to be named in a sentence; what it is asked about follows."""
    return f"{_QUESTION}{question}{_END}"


def spoken(text: str, of_input: Callable[[str], str], of_question: Callable[[str], str]) -> str:
    """A sentence of the engine with its inputs and questions in somebody's words."""
    if _END not in text:
        return text
    return re.sub(_MARKED, lambda match: (of_input if match[1] == _INPUT else of_question)(match[2]), text)


AGE: Final = asked("age")
ALBUMIN: Final = asked("albumin")
AMOUNT: Final = asked("amount")
BSA: Final = asked("bsa")
BSA_FORMULA: Final = asked("bsa_formula")
CONCENTRATION: Final = asked("concentration")
CURRENT: Final = asked("current")
GIVEN: Final = asked("given")
HEIGHT: Final = asked("height")
HEPATIC: Final = asked("hepatic")
HOURS: Final = asked("hours")
INDICATION: Final = asked("indication")
OF: Final = asked("of")
POPULATION: Final = asked("population")
REDUCE: Final = asked("reduce")
REGION: Final = asked("region")
ROUTE: Final = asked("route")
SEX: Final = asked("sex")
SOURCE: Final = asked("source")
START: Final = asked("start")
TO: Final = asked("to")
VOLUME: Final = asked("volume")
WEIGHT: Final = asked("weight")
WITH: Final = asked("with")
WITHHELD: Final = asked("withheld")
