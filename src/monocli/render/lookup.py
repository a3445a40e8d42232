"""The identity card of a drug."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from monocli.render.actions import BASES
from monocli.render.lookup_short import FEW_COUNTRIES, brands_of, only_mentioned, short_card
from monocli.render.page import Page
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.monograph import Chemistry, Name
    from monocli.records.output.lookups import (
        AgentCard,
        Answerable,
        LabelListed,
        LabelsOfName,
        Lookup,
        LookupResult,
        Matched,
        MonographCard,
    )

_LABELS = {
    "code": "codes",
    "synonym": "synonyms",
    "brand": "brands",
    "variant": "also written",
    "mentioned": "only mentioned",
    "chemical": "chemical name",
    "title": "",
}


def table(result: Result, page: Page) -> None:
    """One card a name; names that are not recognised stand among the errors."""
    details = bool(result.shown.get("details"))
    known = [(answer, answer["matched"]) for answer in _results(result) if answer["matched"] is not None]
    for index, (answer, matched) in enumerate(known):
        if index:
            page.gap()
        if answer["monograph"] is not None:
            draw = _card if details else short_card
            draw(answer["monograph"], matched, _match(answer, matched, details=details), page)
        elif answer["agent"] is not None:
            _agent(
                answer["agent"],
                f"{_match(answer, matched, details=details)}, source {matched['source']}",
                page,
                details=details,
            )
        else:
            page.heading(matched["name"])
            page.line(f"{_match(answer, matched, details=details)}, source {matched['source']}", indent=2)
        if "labels" in answer:
            _labels(answer["labels"], page)
    if result.warnings:
        page.gap()
        page.warnings(result)


def _labels(labels: LabelsOfName, page: Page) -> None:
    """The imported labels that there are, the one first that is taken first."""
    how = ", by their names as printed" if labels["as_printed"] else ""
    count = f"{labels['total']} imported label{'s' if labels['total'] != 1 else ''}{how}"
    more = labels["total"] - len(labels["labels"])
    few = f", the first {len(labels['labels'])}" if more else ""
    page.line(f"{count}{few}:", indent=2)
    page.bullets((_label(one) for one in labels["labels"]), indent=4)


def _label(one: LabelListed) -> str:
    from monocli.render.label_parts import day

    since = day(one["effective"]) if one["effective"] else None
    told = [one["application"], f"version {one['version']}", since, f"set id {one['set_id']}"]
    anew = "packed anew by another firm" if one["repackaged"] else None
    return f"{one['title']} ({', '.join(part for part in (*told, anew) if part)})"


def _results(result: Result) -> list[LookupResult]:
    return cast("Lookup", result.data)["results"]


def _card(monograph: MonographCard, matched: Matched, how: str, page: Page) -> None:
    page.heading(monograph["title"], f"mono show {monograph['id']}")
    page.line(f"{how}, source {matched['source']}", indent=2)
    in_countries = {brand["name"] for brand in monograph["brands"]}
    main = next(name["source"] for name in monograph["names"] if name["kind"] == "title")
    rows = _names([n for n in monograph["names"] if n["kind"] != "brand" or n["name"] not in in_countries], main)
    if monograph["brands"]:
        rows.append(("brands", brands_of(monograph["brands"])))
    rows += _chemistry(monograph["chemistry"] or {}, main)
    rows += [(i["system"], _with_of(i["value"], i, main)) for i in monograph["identifiers"]]
    rows.append(
        (
            "sections",
            f"{len(monograph['sections'])} ({', '.join(s['title'] for s in monograph['sections'][:4])} …)"
            if len(monograph["sections"]) > 4
            else ", ".join(s["title"] for s in monograph["sections"]),
        )
    )
    rows.append(("sources", ", ".join(monograph["sources"])))
    page.pairs(_merged(rows), indent=2)
    only_mentioned(matched, page)


def _chemistry(chemistry: Chemistry, main: str) -> list[tuple[str, str]]:
    """Formula and weight as printed, then those of other forms, each with what it is of; remarks last."""
    records: list[Mapping[str, object]] = [chemistry, *chemistry.get("others", [])]
    bare = [{key: value for key, value in record.items() if key != "note"} for record in records]
    rows = [
        (key.replace("_", " "), _with_of(str(record[key]), record, main))
        for key in ("formula", "molecular_weight")
        for record in bare
        if key in record
    ]
    return rows + [("of the chemistry", str(record["note"])) for record in records if "note" in record]


def _match(answer: LookupResult, matched: Matched, *, details: bool) -> str:
    how = "near match (--fuzzy)" if answer["status"] == "fuzzy" else "exact match"
    of = f" of {matched['of']}" if matched.get("of") else ""
    countries = matched.get("countries", [])
    listed = ", ".join(countries) if details or len(countries) <= FEW_COUNTRIES else f"{len(countries)} countries"
    where = f" in {listed}" if listed else ""
    note = f" ({matched['note']})" if matched.get("note") else ""
    what = f"{matched['name']}: {matched['kind']}{of}{where}{note}"
    return f"{what}, {how}" if answer["query"] == matched["name"] else f"{answer['query']} → {what}, {how}"


def _names(names: Iterable[Name], main: str) -> list[tuple[str, str]]:
    rows = []
    for name in names:
        if name["kind"] == "title":
            continue
        label = _LABELS.get(name["kind"], name["kind"])
        rows.append((label, _with_of(name["name"], name, main)))
    return rows


def _with_of(text: str, record: Mapping[str, object], main: str) -> str:
    """A name or number with its language, what it is of, and its source where that is not the monograph's own."""
    marks = [str(record["lang"])] if record.get("lang") else []
    marks += [f"of {record['of']}"] if record.get("of") and record.get("kind") != "variant" else []
    marks += [str(record["source"])] if record.get("source") not in (None, main) else []
    marks += [str(record["note"])] if record.get("note") else []
    return f"{text} ({', '.join(marks)})" if marks else text


def _merged(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Rows of one label on one line, in the order in which the labels first appear."""
    merged: dict[str, list[str]] = {}
    for label, text in rows:
        merged.setdefault(label, []).append(text)
    return [(label, "; ".join(texts)) for label, texts in merged.items()]


def _agent(agent: AgentCard, how: str, page: Page, *, details: bool) -> None:
    what = (
        "a class of medicines"
        if agent["kind"] == "class"
        else "known here as a partner in interactions, without a monograph"
    )
    page.heading(agent["name"], f"mono interactions {agent['id']}")
    page.line(how, indent=2)
    page.line(what, indent=2)
    rows = _merged(_agent_rows(agent))
    page.pairs(rows if details else [row for row in rows if row[0] != "codes"], indent=2)
    codes = len(agent.get("atc", [])) + len(agent.get("identifiers", []))
    if codes and not details:
        page.line(f"With --details: {codes} code{'s' if codes != 1 else ''}.", indent=2)


def _agent_rows(agent: AgentCard) -> list[tuple[str, str]]:
    answers = agent["answers"]
    rows = [("also", n["name"]) for n in agent.get("names", [])] + [("also", a) for a in agent.get("aliases", [])]
    rows += [("codes", f"ATC {a['value']}") for a in agent.get("atc", [])]
    rows += [("codes", f"{i['system']} {i['value']}") for i in agent.get("identifiers", [])]
    listed = [f"{c['name']} ({BASES[c['basis']]})" if "basis" in c else c["name"] for c in answers["classes"]]
    rows += [("classes", name) for name in dict.fromkeys(listed)]
    rows.append(("answers", _answerable(answers)))
    rows += [("note", agent["note"])] if "note" in agent else []
    cited = [record["source"] for key in ("names", "atc", "identifiers") for record in _records(agent, key)]
    cited += [c["source"] for c in answers["classes"] if c["source"]]
    rows += [("sources", ", ".join(dict.fromkeys(cited)))] if cited else []
    return rows


def _records(agent: AgentCard, key: str) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", agent.get(key, []))


def _answerable(answers: Answerable) -> str:
    """What can be asked of it: "interactions: 41 rules (ansm 36, ndfrt-2014 5); 3 enzyme roles; no dose"."""
    total = sum(item["rules"] for item in answers["interactions"])
    by = ", ".join(f"{item['source']} {item['rules']}" for item in answers["interactions"])
    told = [f"interactions: {total} rule{'s' * (total != 1)} ({by})" if total else "no interaction rule"]
    if answers["roles"]:
        told.append(f"{answers['roles']} enzyme role{'s' * (answers['roles'] != 1)}")
    if answers["mixing"]:
        told.append(f"mixing with {', '.join(answers['mixing'])}")
    return "; ".join([*told, "no monograph, no dose"])


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One line a query."""
    columns = ["query", "status", "id", "title", "matched", "kind", "of", "countries", "source", "suggestions"]
    return columns, [
        [answer["query"], answer["status"], *_target(answer), *_cells(answer["matched"]), _suggested(answer)]
        for answer in _results(result)
    ]


def _target(answer: LookupResult) -> tuple[str, str]:
    """Id and title of the drug or class."""
    if answer["monograph"] is not None:
        return answer["monograph"]["id"], answer["monograph"]["title"]
    return (answer["agent"]["id"], answer["agent"]["name"]) if answer["agent"] is not None else ("", "")


def _cells(matched: Matched | None) -> list[str]:
    """The name that matched, its kind, what it is of, its countries and its source."""
    if matched is None:
        return [""] * 5
    countries = " ".join(matched.get("countries", []))
    return [matched["name"], matched["kind"], matched.get("of", ""), countries, matched["source"]]


def _suggested(answer: LookupResult) -> str:
    return "; ".join(suggestion["name"] for suggestion in answer["suggestions"])
