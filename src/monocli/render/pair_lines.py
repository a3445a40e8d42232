"""The short answer on interactions: one line a pair, worst first, and what asks for nothing in one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from monocli.render.actions import ACTIONS, NOT_STATED, change, in_order, marked, pair_name

if TYPE_CHECKING:
    from rich.text import Text

    from monocli.records.output.interactions import Finding, Interactions, Pair
    from monocli.records.words import Action
    from monocli.render.page import Page

_MOST_TEXT = 90
"""Letters of conditions that a line holds; more are counted and stand in the details."""
_FEW_NOTES = 2
"""So many pairs that ask for nothing are shown, and not folded."""


def pair_lines(data: Interactions, names: dict[str, str], page: Page, *, notes: bool) -> None:
    """A line for every pair; those that ask for nothing (`note`) in one, unless `notes` are asked for."""
    alone = len({drug["query"] for drug in data["drugs"]}) == 1
    by_pair: dict[tuple[str, ...], list[Finding]] = {}
    for finding in data["interactions"]:
        by_pair.setdefault(tuple(finding["between"]), []).append(finding)
    quiet = [pair for pair in data["pairs"] if pair["action"] == "note"]
    folded = [] if notes or len(quiet) <= _FEW_NOTES else quiet
    shown: dict[tuple[str, str], list[str]] = {}
    for pair in data["pairs"]:
        if pair not in folded:
            told = _told(pair, by_pair[tuple(pair["between"])])
            shown.setdefault((pair["action"], told), []).append(pair_name(pair["between"], names, alone=alone))
    rows: list[tuple[str | Text, str | Text]] = []
    for (action, told), titles in shown.items():
        line = page.text(f"{'; '.join(titles)}: ", "bold").append_text(page.text(told))
        rows.append((marked(cast("Action", action), page), line))
    if folded:
        rows.append((marked("note", page), _folded(folded, names, page, alone=alone)))
    if rows:
        page.gap()
        page.pairs(rows)


def _told(pair: Pair, findings: Sequence[Finding]) -> str:
    """What changes, what to do, under which conditions, what else changes, and who says so. Pairs of which the same is
    told stand in one line."""
    lead = leading(pair, findings)
    said = lead["statement"].rstrip(".") if lead["level"] in ("duplicate", "label") else change(lead)
    said += f": “{lead['quote']}”" if "quote" in lead else ""
    if lead["action"] != pair["action"]:
        said += f" ({ACTIONS[lead['action']]})"
    sentences = [said]
    if do := pair["do"] or lead["management"]:
        sentences.append(do.rstrip("."))
    sentences += [text for text in (_conditions(pair, lead, findings), _excepting(findings)) if text]
    if also := _also(pair, lead, findings):
        sentences.append(f"Also {'; '.join(also)}")
    return f"{'. '.join(sentences)}. [{', '.join(_by(pair, findings))}]"


def leading(pair: Pair, findings: Sequence[Finding]) -> Finding:
    """The finding whose effect stands in the line of its pair."""
    said = (pair["affected"], pair["direction"], pair["effect"])
    return next(f for f in findings if (f["affected"], f["direction"], f["effect"]) == said)


def _conditions(pair: Pair, lead: Finding, findings: Sequence[Finding]) -> str:
    """That the action holds only under conditions, and these where they are short."""
    asked = next((f for f in findings if f["action"] == pair["action"] and f["conditions"]), lead)
    conditions = asked["conditions"] if pair["conditional"] else lead["conditions"]
    if not conditions:
        return ""
    text = "; ".join(conditions)
    if len(text) <= _MOST_TEXT:
        return f"By case: {text}" if "cases" in asked else f"Holds for: {text}"
    return f"Holds under {len(conditions)} condition{'s' if len(conditions) > 1 else ''}: see --details"


def _excepting(findings: Sequence[Finding]) -> str:
    drugs = dict.fromkeys(item["drug"] for finding in findings for item in finding.get("except", []))
    return f"Except {', '.join(drugs)}" if drugs else ""


def _also(pair: Pair, lead: Finding, findings: Sequence[Finding]) -> list[str]:
    """What else changes, each once, with its action where that is another than the pair's. Of a pair that asks for
    something, what asks for nothing is counted."""
    told = {change(lead)}
    texts: list[str] = []
    more = 0
    for finding in findings:
        if finding["effect"] == NOT_STATED or change(finding) in told:
            continue
        told.add(change(finding))
        if finding["action"] == "note" != pair["action"]:
            more += 1
            continue
        how = ["predicted"] if finding["level"] == "predicted" else []
        how += [ACTIONS[finding["action"]]] if finding["action"] != pair["action"] else []
        texts.append(change(finding) + (f" ({', '.join(how)})" if how else ""))
    return [*texts, f"{more} NOTE in --details"] if more else texts


def _by(pair: Pair, findings: Iterable[Finding]) -> list[str]:
    """Who asks for the action, with the source's own word; then who asks for less."""
    said: dict[str, str] = {}
    for finding in findings:
        source = finding["sources"][0]["source"] if finding["sources"] else "this list"
        level = finding["source_level"]
        words = [level["label"]] if level and finding["level"] != "predicted" else []
        words += ["predicted"] if finding["level"] == "predicted" else []
        words += [ACTIONS[finding["action"]]] if finding["action"] != pair["action"] else []
        said.setdefault(source, f"{source}: {', '.join(words)}" if words else source)
    return list(said.values())


def _folded(pairs: Sequence[Pair], names: dict[str, str], page: Page, *, alone: bool) -> Text:
    """How many pairs ask for nothing, and which, by what changes."""
    by_effect: dict[str, list[Pair]] = {}
    for pair in pairs:
        effect = "effect not stated" if pair["effect"] == NOT_STATED else pair["effect"]
        by_effect.setdefault(effect, []).append(pair)
    line = page.text(f"{len(pairs)} pairs to know of (--notes): ", "bold")
    groups = (f"{effect}: {', '.join(_names(group, names, alone=alone))}" for effect, group in by_effect.items())
    return line.append_text(page.text("; ".join(groups)))


def _names(pairs: Sequence[Pair], names: dict[str, str], *, alone: bool) -> list[str]:
    """The pairs of a group, those of one drug together: "warfarin + sertraline, tramadol"."""
    if alone:
        return [in_order(pair["between"], names)[1] for pair in pairs]
    return [pair_name(pair["between"], names) for pair in pairs]
