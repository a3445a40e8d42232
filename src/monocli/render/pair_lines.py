"""The short answer on interactions: one line a pair, worst first, and what asks for nothing in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from monocli.records.record import Record
from monocli.render.actions import ACTIONS, NOT_STATED, change, in_order, pair_name, sign
from monocli.render.pair_details import later_source, printed_in

if TYPE_CHECKING:
    from monocli.records.output.interactions import Finding, Interactions, Pair
    from monocli.records.words import Action
    from monocli.render.page import Page, Text

    _ByPair = Mapping[tuple[str, ...], Sequence[Finding]]
    _Titles = Sequence[tuple[str, str]]
    """Pairs, each with what stands behind it."""
    _Line = tuple[Action, _Titles, str]
    """The action, the pairs, and what is told of them."""

_MOST_TEXT = 90
"""Letters of conditions that a line holds; more are counted and stand in the details."""
_MOST_TO_DO = 200
"""Letters of what to do that a line holds; of more the first sentence stands."""
_MANY_PAIRS = 8
"""Of more pairs each has a shorter line."""
_MOST_LINES = 22
"""So do fewer pairs that would take more lines than these."""
_LINE = 76
"""Letters of a line on a page of 80; what to do fills the lines that are begun."""
_FEW_PAIRS = 2
"""So many pairs are told with all that is to be done."""
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
    shown = [pair for pair in data["pairs"] if pair not in folded]
    short = len(shown) > _MANY_PAIRS
    told = [] if short else _told_whole(shown, by_pair, names, alone=alone)
    if short or sum(map(_length, told)) > _MOST_LINES:
        short, told = True, _told_shortly(shown, by_pair, names, alone=alone)
    lines: dict[Action, list[Text]] = {}
    for action, titles, text in told:
        line = page.text(f"{ACTIONS[action]}  ", action)
        for pair, behind in titles:
            line.append_text(page.text(pair, "bold")).append_text(page.text(behind))
        lines.setdefault(action, []).append(line.append_text(page.text(": ", "bold")).append_text(page.text(text)))
    if folded:
        lines.setdefault("note", []).append(_folded(folded, by_pair, names, page, alone=alone))
    if lines and not short:
        page.gap()
    for action, items in lines.items():
        page.bullets(items, mark=sign(action, page))
    if short:
        page.line("--details: the whole text (…), the cases (*), n more effects or sources (+n).", "dim")
        if any(", later than " in text for _, _, text in told):
            page.line("A later source does not replace an earlier one.", "dim")
    else:
        page.gap()


def _length(line: _Line) -> int:
    """About how many lines of the page it takes."""
    action, titles, text = line
    return -(-len(f"{ACTIONS[action]}  {''.join(map(''.join, titles))}: {text}") // _LINE)


def _told_whole(pairs: Sequence[Pair], by_pair: _ByPair, names: dict[str, str], *, alone: bool) -> list[_Line]:
    """A line a pair; pairs of which the same is told stand in one."""
    titles: dict[tuple[Action, str], list[str]] = {}
    for pair in pairs:
        told = _told(pair, by_pair[tuple(pair["between"])], whole=len(pairs) <= _FEW_PAIRS)
        titles.setdefault((pair["action"], told), []).append(pair_name(pair["between"], names, alone=alone))
    return [(action, [("; ".join(said), "")], told) for (action, told), said in titles.items()]


class _Short(Record):
    """A pair as a long list tells it."""

    pair: Pair
    effect: str
    do: Sequence[str]
    """What to do, in clauses."""
    asking: str
    marks: str


def _told_shortly(pairs: Iterable[Pair], by_pair: _ByPair, names: dict[str, str], *, alone: bool) -> list[_Line]:
    """The same of a long list: what to do first, who asks for it, and what else there is in `--details`.

    Pairs that ask for one action against one effect by one source, and begin with the same thing to do, stand in one
    line; what only some of them go on with is left to `--details`. So do pairs of one drug with the same to do against
    different effects, but for what is to be avoided.
    """
    groups: dict[tuple[str, ...], list[_Short]] = {}
    for pair in pairs:
        told = _short(pair, by_pair[tuple(pair["between"])])
        groups.setdefault((pair["action"], told.effect, *told.do[:1], told.asking), []).append(told)
    by_deed: dict[tuple[str, ...], list[_Short]] = {}
    for group in groups.values():
        deed = [] if group[0].pair["action"] == "avoid" or len(group) > 1 else group[0].do
        key = ("", group[0].pair["action"], *deed, group[0].asking) if deed else tuple(map(str, group))
        if key in by_deed and not _shared([*by_deed[key], *group]):
            key = tuple(map(str, group))
        by_deed.setdefault(key, []).extend(group)
    return [_short_line(group, names, alone=alone) for group in by_deed.values()]


def _short_line(group: Sequence[_Short], names: dict[str, str], *, alone: bool) -> _Line:
    first, action = group[0], group[0].pair["action"]
    one_effect = len({told.effect for told in group}) == 1
    titles = _titles(group, names, alone=alone, effects=not one_effect)
    said = first.effect if one_effect else ""
    head = "".join(map("".join, titles))
    do = _first([told.do for told in group], len(f"{ACTIONS[action]}  {head}: {said}. [{first.asking}]"))
    text = ". ".join(filter(None, [said, do]))
    return action, titles, f"{text}{'' if text.endswith('…') else '.'} [{first.asking}]"


def _short(pair: Pair, findings: Sequence[Finding]) -> _Short:
    """What changes, what to do, who asks for it, that the action holds by case, and how many more effects and sources
    there are."""
    lead = leading(pair, findings)
    effect = lead["statement"].rstrip(".") if lead["level"] in ("duplicate", "members") else change(lead)
    effect = effect.removeprefix("increases ") if effect.startswith("increases risk of ") else effect
    if excepting := _excepting(findings):
        effect += f". {excepting}"
    do = "" if lead["level"] == "members" else pair["do"] or lead["management"] or ""
    more = {change(finding) for finding in findings if finding["effect"] != NOT_STATED} - {change(lead)}
    by = dict.fromkeys(_source(finding) for finding in findings if finding["action"] == pair["action"])
    first, *others = by
    besides = len(more) + len(others) + len({_source(finding) for finding in findings} - set(by))
    marks = ("*" if pair["conditional"] else "") + (f" +{besides}" if besides else "")
    asking = _listed([first], findings)
    asking += f", later than {pair['later']['than']}" if "later" in pair and pair["later"]["source"] == first else ""
    return _Short(pair, effect, re.split(r"(?<=[;.]) ", do) if do else [], asking, marks)


def _shared(group: Sequence[_Short]) -> set[str]:
    """The drugs that stand in every pair of a group."""
    return set.intersection(*(set(told.pair["between"]) for told in group))


def _titles(group: Sequence[_Short], names: dict[str, str], *, alone: bool, effects: bool) -> _Titles:
    """The pairs with their marks; those of one drug together: "aspirin + furosemide +1, ramipril"; where `effects` is
    set, each with what changes."""
    behind = [f" ({told.effect})" if effects else "" for told in group]
    shared = _shared(group)
    if alone or len(group) == 1 or len(shared) != 1:
        pairs = [pair_name(told.pair["between"], names, alone=alone) for told in group]
        lead, joint = "", "; "
    else:
        (first,) = shared
        pairs = [next(names.get(id, id) for id in told.pair["between"] if id != first) for told in group]
        lead, joint = f"{names.get(first, first)} + ", ", "
    leads = [lead, *([joint] * (len(group) - 1))]
    bold = [f"{start}{pair}{told.marks}" for start, pair, told in zip(leads, pairs, group, strict=True)]
    return list(zip(bold, behind, strict=True))


def _first(several: Sequence[Sequence[str]], room: int) -> str:
    """As many of the clauses that all begin with as fill the lines that are begun, at least one; "…" for the rest."""
    common = [clauses[0] for clauses in zip(*several, strict=False) if len(set(clauses)) == 1]
    if not common:
        return ""
    kept = common[0]
    most = max(-(-(room + len(kept) + 2) // _LINE), 2) * _LINE - room - 2
    for clause in common[1:]:
        if len(kept) + 1 + len(clause) > most:
            return f"{kept.rstrip(';.')} …"
        kept += f" {clause}"
    return f"{kept.rstrip(';.')} …" if max(map(len, several)) > len(common) else kept.rstrip(".")


def _told(pair: Pair, findings: Sequence[Finding], *, whole: bool) -> str:
    """What changes, what to do, under which conditions, what else changes, and who says so. Pairs of which the same is
    told stand in one line."""
    lead = leading(pair, findings)
    said = lead["statement"].rstrip(".") if lead["level"] in ("duplicate", "label", "members") else change(lead)
    said += f": “{lead['quote']}”" if "quote" in lead else ""
    if lead["action"] != pair["action"]:
        said += f" ({ACTIONS[lead['action']]})"
    sentences = [said]
    do = pair["do"] or lead["management"] or ""
    sentences += [do.rstrip(".") if whole else _do(do)] if do else []
    sentences += [text for text in (_conditions(pair, lead, findings, do, whole=whole), _excepting(findings)) if text]
    if also := _also(pair, lead, findings):
        sentences.append(f"Also {'; '.join(also)}")
    sentences += [later_source(pair)] if "later" in pair else []
    return f"{'. '.join(sentences)}. [{'; '.join(_by(pair, findings))}]"


def _listed(sources: Iterable[str], findings: Sequence[Finding]) -> str:
    """Sources, and which of them say it by enzyme roles alone, or by a rule about a class in another drug's label."""
    said = []
    for source in sources:
        own = [finding for finding in findings if _source(finding) == source]
        predicted = all(finding["level"] == "predicted" for finding in own)
        word = "predicted" if predicted else _of_another_label(own[0])
        said.append(f"{source}: {word}" if word else source)
    return ", ".join(said)


def _of_another_label(finding: Finding) -> str:
    return f"class rule, {printed_in(finding)}" if "label_of" in finding else ""


def _source(finding: Finding) -> str:
    return finding["sources"][0]["source"] if finding["sources"] else "this list"


def _do(text: str) -> str:
    """What to do; of a long text its first sentence, and that there is more."""
    if len(text) <= _MOST_TO_DO or ". " not in text:
        return text.rstrip(".")
    return f"{text.partition('. ')[0]}. More to do: --details"


def leading(pair: Pair, findings: Sequence[Finding]) -> Finding:
    """The finding whose effect stands in the line of its pair."""
    said = (pair["affected"], pair["direction"], pair["effect"])
    return next(f for f in findings if (f["affected"], f["direction"], f["effect"]) == said)


def _conditions(pair: Pair, lead: Finding, findings: Sequence[Finding], do: str, *, whole: bool) -> str:
    """That the action holds only under conditions, and these where they are short or the `whole` text is told; whose
    they are, where several sources ask for the action."""
    asked = next((f for f in findings if f["action"] == pair["action"] and f["conditions"]), lead)
    told = asked if pair["conditional"] else lead
    if not told["conditions"]:
        return ""
    text = "; ".join(told["conditions"])
    whose = f" ({_source(told)})" if len(pair["by"]) > 1 else ""
    if "cases" in asked and do:
        return f"By case{whose}: --details" if len(text) > _MOST_TEXT else f"By case{whose}: {text}"
    if len(text) <= _MOST_TEXT or whole:
        return f"By case{whose}: {text}" if "cases" in asked else f"Holds for{whose}: {text}"
    count = len(told["conditions"])
    return f"Under {count} condition{'s' if count > 1 else ''}{whose}: --details"


def _excepting(findings: Sequence[Finding]) -> str:
    drugs = dict.fromkeys(item["drug"] for finding in findings for item in finding.get("except", []))
    return f"Except {', '.join(drugs)}" if drugs else ""


def _also(pair: Pair, lead: Finding, findings: Sequence[Finding]) -> list[str]:
    """What else changes, each once; what asks for less than the pair does is counted."""
    told = {change(lead)}
    texts: list[str] = []
    less: dict[str, int] = {}
    for finding in findings:
        unsaid = finding["effect"] == NOT_STATED or (finding["direction"], finding["effect"]) == (
            "other",
            lead["effect"],
        )
        if unsaid or change(finding) in told:
            continue
        told.add(change(finding))
        if finding["action"] != pair["action"]:
            less[ACTIONS[finding["action"]]] = less.get(ACTIONS[finding["action"]], 0) + 1
            continue
        texts.append(change(finding) + (" (predicted)" if finding["level"] == "predicted" else ""))
    counted = ", ".join(f"{count} {action}" for action, count in less.items())
    return [*texts, f"{counted} in --details"] if less else texts


def _by(pair: Pair, findings: Iterable[Finding]) -> list[str]:
    """Who asks for the action, with the source's own word; of those who ask for less only how many there are, so that
    nobody takes theirs for the answer."""
    said: dict[str, str] = {}
    less: set[str] = set()
    for finding in findings:
        source = _source(finding)
        if finding["action"] != pair["action"]:
            less.add("" if finding["level"] == "predicted" else source)
            continue
        if finding["level"] == "members":
            continue
        level = finding["source_level"]
        word = "predicted" if finding["level"] == "predicted" else level["label"] if level else ""
        word = ", ".join(filter(None, [word, _of_another_label(finding)]))
        said.setdefault(source, f"{source}: {word}" if word else source)
    for source in pair["by"]:
        said.setdefault(source, source)
    count = len(less - said.keys() - {""})
    others = [f"{count} source{'s' if count > 1 else ''}"] * bool(count) + ["what is predicted"] * ("" in less)
    asks = "asks" if len(others) == 1 and count < 2 else "ask"
    return [*said.values(), f"{' and '.join(others)} {asks} for less: --details"] if others else list(said.values())


def _folded(
    pairs: Sequence[Pair],
    by_pair: Mapping[tuple[str, ...], Sequence[Finding]],
    names: dict[str, str],
    page: Page,
    *,
    alone: bool,
) -> Text:
    """How many pairs ask for nothing, and which, by what changes and who says so."""
    by_effect: dict[str, list[Pair]] = {}
    for pair in pairs:
        findings = by_pair[tuple(pair["between"])]
        effect = change(leading(pair, findings))
        sources = _listed(dict.fromkeys(map(_source, findings)), findings)
        by_effect.setdefault(f"{effect} [{sources}]", []).append(pair)
    line = page.text("NOTE  ", "note").append_text(page.text(f"{len(pairs)} pairs to know of (--notes): ", "bold"))
    groups = (f"{', '.join(_names(group, names, alone=alone))}: {effect}" for effect, group in by_effect.items())
    return line.append_text(page.text("; ".join(groups)))


def _names(pairs: Sequence[Pair], names: dict[str, str], *, alone: bool) -> list[str]:
    """The pairs of a group, those of one drug together: "warfarin + sertraline, tramadol"."""
    if alone:
        return [in_order(pair["between"], names)[1] for pair in pairs]
    return [pair_name(pair["between"], names) for pair in pairs]
