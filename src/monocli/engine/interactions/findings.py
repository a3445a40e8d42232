"""What a rule says of two drugs, as JSON shows it: a finding, or a note where it is no interaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from monocli.engine.interactions.enzymes import place_of
from monocli.engine.interactions.given import NOTHING_SAID, ROUTE_WORDS, by_routes
from monocli.engine.interactions.ordering import NOT_STATED
from monocli.records.words import ACTIONS

if TYPE_CHECKING:
    from monocli.engine.interactions.book import InteractionBook
    from monocli.engine.interactions.matches import Fit, Match
    from monocli.records.interactions import RuleCase, StoredRule
    from monocli.records.library import ScaleLevel
    from monocli.records.output.common import EditionRef
    from monocli.records.output.interactions import (
        ByClass,
        Finding,
        LeftOutFor,
        LevelCase,
        NoteKind,
        PairNote,
        SourceLevel,
    )
    from monocli.records.words import Action, Level

ALL_ROUTES = tuple(ROUTE_WORDS)


def finding_of(book: InteractionBook, match: Match) -> Finding:
    """What a rule says of two drugs."""
    rule, affected = match.rule, match.affected
    holding = _holding(match)
    action, source_level, cases = _graded(rule, holding)
    classes = [by_class(fit) for fit in match.fits if fit.class_id]
    finding: Finding = {
        "between": match.pair,
        "affected": affected.id if affected else None,
        "direction": rule.get("direction", "other"),
        "effect": rule.get("effect", NOT_STATED),
        "mechanism": rule.get("mechanism"),
        "level": _level(match),
        "action": action,
        "source_level": source_level,
        "statement": rule["statement"],
        "management": _management(rule, holding),
        "conditions": _conditions(book, match, cases),
        "references": rule.get("references", []),
        "sources": [*rule["sources"], *_listing(rule, classes)],
    }
    if len(cases) > 1:
        finding["cases"] = cases
    if classes:
        finding["classes"] = classes
    if joined := [group["drug"] for group in classes if any("basis" in step for step in group["by"])]:
        finding["joined"] = joined
    if "evidence" in rule:
        finding["evidence"] = rule["evidence"]
    if filed := match.filed_under:
        finding["filed_under"] = filed
    if "origin" in rule:
        finding["origin"] = rule["origin"]
    if other := _label_of_another(match):
        finding["label_of"] = [{"id": id, "name": book.name_of(id)} for id in other]
    return finding


def _management(rule: StoredRule, holding: Sequence[RuleCase]) -> str | None:
    """What the source says to do: of the cases that can hold, where each of them is told apart, else of the rule."""
    apart = [case["do"] for case in holding if "do" in case]
    return " ".join(dict.fromkeys(apart)) if apart and len(apart) == len(holding) else rule.get("do")


def _level(match: Match) -> Level:
    return "predicted" if match.by_role else "class" if any(fit.class_id for fit in match.fits) else "documented"


def level_of(match: Match) -> tuple[Action, SourceLevel | None, list[LevelCase]]:
    """The action, the source's own level, and the cases that may hold for the two drugs where there are several."""
    return _graded(match.rule, _holding(match))


def _graded(rule: StoredRule, holding: Sequence[RuleCase]) -> tuple[Action, SourceLevel | None, list[LevelCase]]:
    if "level" not in rule:
        return rule.get("action", "note"), None, []
    scale, source = rule["scale"], rule["source"]
    told = holding or [_for_whom(case) for case in rule.get("cases", ())]
    cases = [_case(case, scale[case["level"]], source) for case in told]
    cases.sort(key=lambda case: ACTIONS.index(case["action"]))
    level = scale[cases[0]["source_level"]["value"] if cases else rule["level"]]
    return level["action"], _source_level(level, source), cases


def _holding(match: Match) -> list[RuleCase]:
    """The cases of a rule that may hold for the two drugs."""
    rule = match.rule
    if "cases" not in rule:
        return []
    one, other = match.first.part.listed_as, match.second.part.listed_as
    alike = rule["between"][0] == rule["between"][1]

    def fits(case: RuleCase, one: frozenset[str], other: frozenset[str]) -> bool:
        return not (one.isdisjoint(case.get("first", one)) or other.isdisjoint(case.get("second", other)))

    def holds(case: RuleCase) -> bool:
        return fits(case, one, other) or (alike and fits(case, other, one))

    def is_given(case: RuleCase) -> bool:
        other_way = match.given.is_other
        return not (
            other_way(match.first.drug.id, case.get("first_by", ALL_ROUTES))
            or other_way(match.second.drug.id, case.get("second_by", ALL_ROUTES))
        )

    cases = [case for case in rule["cases"] if is_given(case) and holds(case)]
    by_name = any(map(_names_drugs, cases))
    cases = [case for case in cases if not (case.get("others") and by_name)]
    deciding = next((place for place, case in enumerate(cases) if _decides(case)), len(cases))
    return cases[: deciding + 1]


def _names_drugs(case: RuleCase) -> bool:
    return "first" in case or "second" in case


def _decides(case: RuleCase) -> bool:
    """Whether a case that holds is the case, so that none after it is: it names drugs and asks for nothing else."""
    return _names_drugs(case) and not case.keys() & {"when", "first_by", "second_by"}


def _for_whom(case: RuleCase) -> RuleCase:
    """A case of a rule of which none names the two: which of them it would be is not known, so each says for whom it
    is meant."""
    named = ", ".join([*case.get("first", []), *case.get("second", [])])
    return {**case, "when": f"for {named}" + (f" ({case['when']})" if "when" in case else "")} if named else case


def _case(case: RuleCase, level: ScaleLevel, source: str) -> LevelCase:
    return {"source_level": _source_level(level, source), "action": level["action"], "when": case.get("when")}


def _source_level(level: ScaleLevel, source: str) -> SourceLevel:
    return {"scheme": source, "value": level["id"], "label": level["label"]}


def _conditions(book: InteractionBook, match: Match, cases: list[LevelCase]) -> list[str]:
    rule = match.rule
    found = [f"{fit.part.name}: {fit.party['when']}" for fit in match.fits if "when" in fit.party]
    found += rule.get("conditions", [])
    if len(cases) > 1:
        found += [f"{case['source_level']['label']}: {case['when'] or 'otherwise'}" for case in cases]
    elif cases and cases[0]["when"]:
        found.append(cases[0]["when"])
    for fit in match.fits:
        if fit.part.id != fit.drug.id:
            found.append(f"said of {fit.part.name}, which {fit.drug.name} contains")
        if fit.membership and fit.membership["by"] and "route" in fit.membership["by"][0]:
            found.append(f"listed there in a form for {fit.membership['by'][0]['route']} use")
        if fit.membership and "routes" in fit.membership:
            found.append(f"{fit.part.name}: listed there {by_routes(fit.membership['routes'])}")
        found += _role_of_its_own(book, rule, fit)
    return list(dict.fromkeys(found))


def _role_of_its_own(book: InteractionBook, rule: StoredRule, fit: Fit) -> list[str]:
    """Where a class is said to act on an enzyme, and no source lists this member so: that, and where it is listed."""
    acts = rule.get("acts_as")
    if acts is None or fit.class_id is None or fit.part.id == fit.class_id:
        return []
    if book.roles(fit.part, acts["role"], book.enzymes.family(acts["enzyme"])):
        return []
    name = fit.part.name
    held = [role for roles in fit.part.roles.get(acts["role"], {}).values() for role in roles]
    listed = dict.fromkeys(f"{place_of(role)} ({role.get('source')})" for role in held)
    elsewhere = f"; as {acts['role']} it is listed for {', '.join(listed)} only" if listed else ""
    what = f"{acts['role']} of {acts['enzyme']}"
    return [f"no source here lists {name} itself as {what}{elsewhere}; absence from a list is no evidence of absence"]


def by_class(fit: Fit) -> ByClass:
    """The class by which a drug falls under a rule, and who says that it belongs there."""
    assert fit.class_id is not None
    assert fit.membership is not None
    steps = fit.membership["by"]
    name = next((step["name"] for step in steps if step["class"] == fit.class_id), fit.part.name)
    return {"drug": fit.part.id, "id": fit.class_id, "name": name, "by": steps}


def _listing(rule: StoredRule, classes: Iterable[ByClass]) -> list[EditionRef]:
    """The sources that put the drugs into their classes, besides the rule's own."""
    sources = dict.fromkeys(step["source"] for group in classes for step in group["by"])
    return [{"source": source} for source in sources if source and source != rule["source"]]


def _label_of_another(match: Match) -> Sequence[str]:
    """Of a rule about a class: the drugs in whose label it is printed, where neither of the two is among them."""
    drugs = match.rule.get("label_of", ())
    if not drugs or not any(fit.class_id for fit in match.fits):
        return ()
    named = {id for fit in match.fits for id in (fit.drug.id, *fit.part.listed_as)}
    return drugs if named.isdisjoint(drugs) else ()


def note_of(match: Match) -> PairNote | None:
    """What is said of a pair that is no interaction, or not of these drugs as they are given; None where it is a
    finding."""
    if fit := match.not_meant():
        return _not_meant(match, fit)
    if left_out := match.left_out():
        return _left_out(match, *left_out)
    return _note(match) if match.excepted or "kind" in match.rule else None


def _not_meant(match: Match, fit: Fit) -> PairNote:
    """What a source says of systemic use, where a drug of the pair is given in a form that acts where it is applied."""
    note = _note(match)
    said = f"The source means systemic use of {fit.part.name}, and leaves forms aside that act where they are applied."
    told: PairNote = {**note, "kind": "exception", "local_form": fit.drug.id}
    told["statement"] = f"{said} What it says of systemic use: {note['statement']}"
    if "kind" not in match.rule and not match.excepted:
        told["action_if_systemic"] = level_of(match)[0]
    return told


def _left_out(match: Match, fit: Fit, why: LeftOutFor, meant: str) -> PairNote:
    """What a source says of a drug by another route, or with a partner that the list does not hold."""
    note = _note(match)
    told: PairNote = {**note, "kind": "exception", "left_out": fit.drug.id, "left_out_for": why}
    told["statement"] = f"The source means {fit.part.name} {meant}. What it says of that: {note['statement']}"
    if "kind" not in match.rule and not match.excepted:
        told["action_otherwise"] = level_of(match.replaced(given=NOTHING_SAID))[0]
    return told


def _note(match: Match) -> PairNote:
    """What is said of a pair that is no interaction: an exception, treatment, a remark."""
    rule, excepted = match.rule, match.excepted
    kind: NoteKind = rule.get("kind", "remark")
    statement, sources = rule["statement"], [*rule["sources"]]
    if excepted is not None and excepted.excepted is not None:
        kind, reason = "exception", excepted.excepted["reason"]
        group = initial(by_class(excepted)["name"])
        statement = f"{group} are named as a class, but {excepted.part.name} is excepted from it: {reason}. "
        statement += f"What is said of the class: {rule['statement']}"
        sources.insert(0, {"source": excepted.excepted.get("source") or rule["source"]})
    else:
        for fit in match.fits:
            if fit.class_id and fit.class_id != fit.part.id:
                group = by_class(fit)["name"]
                statement = f"Said of {group}, to which {fit.part.name} belongs: {statement}"
        sources += _listing(rule, [by_class(fit) for fit in match.fits if fit.class_id])
    note: PairNote = {
        "between": match.pair,
        "kind": kind,
        "statement": statement,
        "conditions": list(rule.get("conditions", [])),
        "references": rule.get("references", []),
        "sources": sources,
    }
    if filed := match.filed_under:
        note["filed_under"] = filed
    return note


def initial(name: str) -> str:
    """The name with its first letter as a capital."""
    return name[:1].upper() + name[1:]
