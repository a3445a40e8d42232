"""Findings and notes as JSON shows them, and the order of findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from monocli.engine.interactions.book import Drug, Fit, InteractionBook
from monocli.engine.interactions.enzymes import SENSITIVITIES, STRENGTHS, place_of
from monocli.engine.interactions.given import NOTHING_SAID, ROUTE_WORDS, Given, by_routes
from monocli.records.record import Record
from monocli.records.words import ACTIONS, LEVELS, STATED, Action, Level, Route

if TYPE_CHECKING:
    from monocli.records.interactions import LiteratureReference, RuleCase, StoredRule
    from monocli.records.library import ScaleLevel
    from monocli.records.output.common import Citation
    from monocli.records.output.interactions import (
        ByClass,
        EditionRef,
        Finding,
        LaterSource,
        LeftOutFor,
        LevelCase,
        NoteKind,
        Pair,
        PairNote,
        SourceLevel,
    )

ALL_ROUTES = tuple(ROUTE_WORDS)
Order = tuple[int, int, int, int]
"""Of a finding: its action, its level, and within the level what is nearest to the pair or strongest."""


class Match(Record):
    """A rule that two drugs meet in, with how each falls under its side."""

    rule: StoredRule
    first: Fit
    second: Fit
    given: Given = NOTHING_SAID

    @property
    def fits(self) -> tuple[Fit, Fit]:
        return self.first, self.second

    @property
    def pair(self) -> list[str]:
        """The ids of the two, in the order of the alphabet."""
        return sorted((self.first.drug.id, self.second.drug.id))

    @property
    def affected(self) -> Drug | None:
        """The drug that the rule says is affected; None where the two add up."""
        side = self.rule.get("affected")
        return None if side is None else self.first.drug if side == "first" else self.second.drug

    @property
    def excepted(self) -> Fit | None:
        """The side for whose drug the rule makes an exception."""
        return next((fit for fit in self.fits if fit.excepted), None)

    def not_meant(self) -> Fit | None:
        """The side whose drug is given in a form that acts where it is applied, which the source does not mean."""
        forms = self.rule.get("local_forms")
        if forms is None:
            return None
        meant, classes = forms.get("drugs", ()), forms.get("classes", ())
        given = (fit for fit in self.fits if fit.drug.id in self.given.local)
        return next((fit for fit in given if fit.part.id not in meant and fit.class_id not in classes), None)

    def left_out(self) -> tuple[Fit, LeftOutFor, str] | None:
        """The side whose drug the rule does not mean as the list gives it, why, and what it means in words."""
        for fit, side in zip(self.fits, ("first", "second"), strict=True):
            partners = fit.membership.get("together_with") if fit.membership else None
            if partners and self.given.beside.isdisjoint(partners):
                return fit, "alone", f"only together with {' or '.join(partners)}"
            for routes in self._meant_by(fit, side):
                if self.given.is_other(fit.drug.id, routes):
                    return fit, "route", by_routes(routes)
        return None

    def _meant_by(self, fit: Fit, side: str) -> Iterator[list[Route]]:
        """The routes for which the rule means the drug of a side: by its party, by its class, by all of its cases."""
        if "by" in fit.party:
            yield fit.party["by"]
        if fit.membership and "routes" in fit.membership:
            yield fit.membership["routes"]
        cases = self.rule.get("cases", [])
        of_cases = [case.get("first_by") if side == "first" else case.get("second_by") for case in cases]
        if of_cases and None not in of_cases:
            yield list(dict.fromkeys(route for routes in of_cases for route in routes or ()))

    @property
    def by_role(self) -> Fit | None:
        """The side that is everything with an enzyme role."""
        return next((fit for fit in self.fits if "enzyme" in fit.party), None)


def finding_order(finding: Finding) -> Order:
    """Worst action first, then by level; by class first where one of the two is named; predictions by the strength of
    the role that acts, then by how sensitive the affected drug is.
    """
    action, level = ACTIONS.index(finding["action"]), LEVELS.index(finding["level"])
    if finding["level"] != "predicted":
        return action, level, len(finding.get("classes", ())), 0
    strength, sensitivity = finding.get("strength"), finding.get("sensitivity")
    return action, level, rank(strength, STRENGTHS), rank(sensitivity, SENSITIVITIES)


def rank(grade: str | None, grades: Sequence[str]) -> int:
    """The place of a grade in its order; a word that is not there, or none, comes last."""
    return grades.index(grade) if grade in grades else len(grades)


def pairs_of(findings: Iterable[Finding]) -> list[Pair]:
    """One line for each pair, in the order in which the findings stand."""
    by_pair: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        by_pair.setdefault(tuple(finding["between"]), []).append(finding)
    return [_pair(found) for found in by_pair.values()]


NOT_STATED = "not stated"
"""The effect of a finding whose source names the pair, and no effect."""


def leading(findings: Sequence[Finding]) -> Finding:
    """Of the findings of one pair in their order the one to read first: what a source says of the two stands before
    what is derived from enzyme roles, whatever asks for more; of equals one that says what changes."""
    stated = [finding for finding in findings if finding["level"] in STATED]
    first = stated[0] if stated and findings[0]["level"] == "predicted" else findings[0]
    alike = (finding for finding in stated if finding["action"] == first["action"] and first["effect"] == NOT_STATED)
    return next((finding for finding in alike if finding["effect"] != NOT_STATED), first)


def _pair(findings: list[Finding]) -> Pair:
    first, lead = findings[0], leading(findings)
    worst = [finding for finding in findings if finding["action"] == first["action"]]
    asking = (source["source"] for finding in worst for source in finding["sources"][:1])
    pair: Pair = {
        "between": first["between"],
        "action": first["action"],
        "affected": lead["affected"],
        "direction": lead["direction"],
        "effect": lead["effect"],
        "do": next((finding["management"] for finding in worst if finding["management"]), None),
        "by": list(dict.fromkeys(asking)),
        "levels": list(dict.fromkeys(finding["level"] for finding in findings)),
        "conditional": all(finding["conditions"] for finding in worst),
    }
    if later := _later(findings):
        pair["later"] = later
    return pair


def _later(findings: Iterable[Finding]) -> LaterSource | None:
    """Where a printed monograph and a label ask for different actions, the later of them."""
    asked: dict[str, dict[tuple[str, str], Action]] = {"monograph": {}, "label": {}}
    for finding in findings:
        if "origin" in finding:
            origin, source = finding["origin"], finding["sources"][0]["source"]
            asked[origin["kind"]].setdefault((origin["date"], source), finding["action"])
    labels = asked["label"].items()
    differing = [
        sorted((ours, label)) for ours, one in asked["monograph"].items() for label, other in labels if one != other
    ]
    # A year alone is not earlier than a day in it.
    dated = [(than, later) for than, later in differing if not later[0].startswith(than[0])]
    if not dated:
        return None
    (_, than), (date, id) = max(dated, key=lambda two: two[1])
    return {"source": id, "date": date, "than": than}


def finding_of(book: InteractionBook, match: Match) -> Finding:
    """What a rule says of two drugs."""
    rule, affected = match.rule, match.affected
    action, source_level, cases = level_of(match)
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
        "management": _management(match),
        "conditions": _conditions(book, match, cases),
        "references": references_of(rule),
        "sources": [*sources_of(rule), *_listing(rule, classes)],
    }
    if len(cases) > 1:
        finding["cases"] = cases
    if classes:
        finding["classes"] = classes
    if joined := [group["drug"] for group in classes if any("basis" in step for step in group["by"])]:
        finding["joined"] = joined
    if "evidence" in rule:
        finding["evidence"] = rule["evidence"]
    if filed := filed_under(match):
        finding["filed_under"] = filed
    if "origin" in rule:
        finding["origin"] = rule["origin"]
    if other := _label_of_another(match):
        finding["label_of"] = [{"id": id, "name": book.drug(id).name} for id in other]
    return finding


def _management(match: Match) -> str | None:
    """What the source says to do: of the cases that can hold, where each of them is told apart, else of the rule."""
    told = [case.get("do") for case in _holding(match.rule, match)]
    apart = [do for do in told if do]
    return " ".join(dict.fromkeys(apart)) if apart and len(apart) == len(told) else match.rule.get("do")


def _level(match: Match) -> Level:
    return "predicted" if match.by_role else "class" if any(fit.class_id for fit in match.fits) else "documented"


def level_of(match: Match) -> tuple[Action, SourceLevel | None, list[LevelCase]]:
    """The action, the source's own level, and the cases that may hold for the two drugs where there are several."""
    rule = match.rule
    scale = rule.get("scale", {})
    if "level" not in rule:
        return rule.get("action", "note"), None, []
    holding = _holding(rule, match) or [_for_whom(case) for case in rule.get("cases", [])]
    cases = [_case(case, scale[case["level"]], rule["source"]) for case in holding]
    cases.sort(key=lambda case: ACTIONS.index(case["action"]))
    level = scale[cases[0]["source_level"]["value"] if cases else rule["level"]]
    return level["action"], _source_level(level, rule["source"]), cases


def _holding(rule: StoredRule, match: Match) -> list[RuleCase]:
    """The cases of a rule that may hold for the two drugs."""

    def named(case: RuleCase) -> bool:
        return "first" in case or "second" in case

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

    cases = [case for case in rule.get("cases", []) if is_given(case)]
    by_name = any(holds(case) for case in cases if named(case))
    return [case for case in cases if holds(case) and not (case.get("others") and by_name)]


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
    named = {id for fit in match.fits for id in (fit.drug.id, *fit.part.listed_as)}
    return drugs if any(fit.class_id for fit in match.fits) and named.isdisjoint(drugs) else ()


def filed_under(match: Match) -> str | None:
    """The drug under which the source files what it says, where it is neither of the two."""
    fits = (fit for fit in match.fits if "drug" in fit.party)
    return next((fit.party["drug"] for fit in fits if fit.party["drug"] != fit.part.id), None)


def sources_of(rule: StoredRule) -> list[EditionRef]:
    """The source of a rule with each section that it draws on."""
    origin: EditionRef = {"source": rule["source"]}
    if "edition" in rule:
        origin["edition"] = rule["edition"]
    sections = [*([rule["section"]] if "section" in rule else []), *rule.get("also_in", [])]
    return [{**origin, "section": section} for section in sections] or [origin]


def references_of(rule: StoredRule) -> list[Citation]:
    """The literature of a rule, each reference with its number and section."""
    return [_citation(item, rule) for item in rule.get("references", [])]


def _citation(item: LiteratureReference, rule: StoredRule) -> Citation:
    cited: Citation = {"citation": item["citation"], "source": item.get("source") or rule["source"]}
    if "number" in item:
        cited = {"number": item["number"], **cited}
    if "section" in item:
        cited["section"] = item["section"]
    return cited


def not_meant_note(match: Match, fit: Fit) -> PairNote:
    """What a source says of systemic use, where a drug of the pair is given in a form that acts where it is applied."""
    note = note_of(match)
    said = f"The source means systemic use of {fit.part.name}, and leaves forms aside that act where they are applied."
    told: PairNote = {**note, "kind": "exception", "local_form": fit.drug.id}
    told["statement"] = f"{said} What it says of systemic use: {note['statement']}"
    if "kind" not in match.rule and not match.excepted:
        told["action_if_systemic"] = level_of(match)[0]
    return told


def left_out_note(match: Match, fit: Fit, why: LeftOutFor, meant: str) -> PairNote:
    """What a source says of a drug by another route, or with a partner that the list does not hold."""
    note = note_of(match)
    told: PairNote = {**note, "kind": "exception", "left_out": fit.drug.id, "left_out_for": why}
    told["statement"] = f"The source means {fit.part.name} {meant}. What it says of that: {note['statement']}"
    if "kind" not in match.rule and not match.excepted:
        told["action_otherwise"] = level_of(match.replaced(given=NOTHING_SAID))[0]
    return told


def note_of(match: Match) -> PairNote:
    """What is said of a pair that is no interaction: an exception, treatment, a remark."""
    rule, excepted = match.rule, match.excepted
    kind: NoteKind = rule.get("kind", "remark")
    statement, sources = rule["statement"], [*sources_of(rule)]
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
        "references": references_of(rule),
        "sources": sources,
    }
    if filed := filed_under(match):
        note["filed_under"] = filed
    return note


def initial(name: str) -> str:
    """The name with its first letter as a capital."""
    return name[:1].upper() + name[1:]
