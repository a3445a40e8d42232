"""What formulas there are, and what one of them is given and gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.formulas.writing import condition_written, units_of, written

if TYPE_CHECKING:
    from monocli.engine.formulas.book import FormulaBook
    from monocli.records.formulas import Compiled, CompiledCaution, Input, Node
    from monocli.records.output.formulas import CalcCaution, FormulaAsked, FormulaList, InputAsked


def listing(book: FormulaBook) -> FormulaList:
    """Every formula, by the question that it answers."""
    entries = book.index["formulas"]
    return {
        "groups": [
            {
                "group": id,
                "title": title,
                "formulas": [
                    {"formula": e["id"], "name": e["name"], "about": e["about"]} for e in entries if e["group"] == id
                ],
            }
            for id, title in book.titles.items()
            if any(e["group"] == id for e in entries)
        ]
    }


def details(book: FormulaBook, formula: Compiled) -> FormulaAsked:
    """A formula's equations, inputs with their units, ranges and words, and sources."""
    sources = [formula["source"], *(s["source"] for s in formula["steps"]), *(b["source"] for b in formula["also"])]
    return {
        "formula": formula["id"],
        "name": formula["name"],
        "group": formula["group"],
        "also_called": formula["also_called"],
        "about": formula["about"],
        "equations": [
            *(_equation(s["label"], s["tree"], s["unit"]) for s in formula["steps"] if "tree" in s),
            *(
                _equation(
                    formula["result"]["label"], way["tree"], way["units"][0].get("result", formula["result"]["unit"])
                )
                for way in formula["ways"]
            ),
        ],
        "inputs": [_asked(book, formula, asked) for asked in formula["inputs"]],
        "result": formula["result"]["label"],
        "unit": formula["result"]["unit"],
        "holds_for": formula["holds_for"],
        "cautions": [_caution(caution) for caution in formula["cautions"]],
        "references": formula["references"],
        "sources": [{"source": source} for source in dict.fromkeys(sources)],
    }


def _caution(caution: CompiledCaution) -> CalcCaution:
    """A caution, with the condition under which it is said."""
    where = f"Where {condition_written(caution['tree'])}: " if "tree" in caution else ""
    return {"text": f"{where}{caution['text']}", "source": caution["source"]}


def _equation(label: str, tree: Node, unit: str) -> str:
    where = [f"{name.replace('_', ' ')} in {of}" for name, of in units_of(tree).items()]
    told = f"; {', '.join(where)}" if where else ""
    shown = "" if unit == "number" else f" ({unit})"
    return f"{label}{shown} = {written(tree, lambda name, _: name.replace('_', ' '))}{told}"


def _asked(book: FormulaBook, formula: Compiled, asked: Input) -> InputAsked:
    measure = book.measure(asked)
    own = measure.get("unit", "number")
    going = [units[asked["name"]] for way in formula["ways"] for units in way["units"] if asked["name"] in units]
    units = (
        list(dict.fromkeys(going))
        or measure.get("unit_needed")
        or measure.get("kinds")
        or ([] if own == "number" else [own])
    )
    least, most = measure.get("at_least"), measure.get("at_most")
    shown: InputAsked = {
        "name": asked["name"],
        "label": asked.get("label") or measure["label"],
        "names": list(dict.fromkeys([*asked.get("names", []), *measure.get("names", [])])),
        "units": [] if "words" in measure else units,
        "unit_needed": "unit_needed" in measure or "kinds" in measure,
        "bare_unit": None if "words" in measure or "unit_needed" in measure or own == "number" else own,
        "words": [word["id"] for word in measure.get("words", [])],
        "range": f"{least} to {most} {own.replace('number', '')}".strip() if least and most else None,
        "holds": asked.get("holds"),
        "optional": bool(asked.get("optional")),
    }
    if "why" in asked:
        shown["why"] = asked["why"]
    return shown
