"""Interactions as text: what each name is, pairs worst first with what each source says, a matrix, pairs with nothing
recorded, names not recognised.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from monocli.render.actions import ACTIONS, BASES, in_order, is_taken, names_of
from monocli.render.matrix import matrix
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.agents import Role
    from monocli.records.output.common import Citation
    from monocli.records.output.interactions import (
        Batch,
        ByClass,
        DrugAsked,
        EditionRef,
        Finding,
        Interactions,
        Pair,
        PairNote,
    )
    from monocli.render.page import Page

_STYLES = {"avoid": "bold red", "adjust": "bold yellow", "monitor": "bold cyan", "note": "bold"}
_LEVELS = {"documented": "documented", "class": "by class", "predicted": "predicted", "duplicate": "duplicate"}
_NOTES = {
    "treatment": "Said of treatment",
    "exception": "Excepted from a class",
    "remark": "To be known of the pair",
    "members": "Members recorded by name",
}
_COUNTED = {"documented": "recorded", "class": "recorded", "predicted": "predicted", "duplicate": "duplicate"}
_MATRIX_FROM = 3
_ROLE_NOTE = (
    "Once a second drug is named, the pair is also judged by these roles: what they let expect is shown as predicted."
)
_KNOWN_AS = {"monograph": "monograph", "agent": "drug without a monograph", "class": "class"}
"""What a name was read as, in words for readers."""


def table(result: Result, page: Page) -> None:
    """Draw one answer, or every list of a batch that was asked for as one document."""
    answers = _answers(result)
    for answer in answers:
        _answer(answer, page)
    if result.warnings:
        page.gap()
        page.warnings(result)
    drugs = [drug for answer in answers for drug in answer["drugs"]]
    missing = [d for d in drugs if d["id"] is None and is_taken(d)]
    mentioned = [f"{drug['query']} (in {drug['mentioned_in']})" for drug in missing if "mentioned_in" in drug]
    unknown = [drug["query"] for drug in missing if "mentioned_in" not in drug]
    if missing:
        page.gap()
        if mentioned:
            page.line("ONLY MENTIONED, SO NOT CHECKED: " + ", ".join(mentioned), "bold red")
        if unknown:
            page.line("NOT RECOGNISED, SO NOT CHECKED: " + ", ".join(unknown), "bold red")
        page.line("Nothing above says anything about them.", "bold")


def _answers(result: Result) -> list[Interactions]:
    data = result.data or {}
    if "lists" in data:
        return [item["data"] for item in cast("Batch", data)["lists"] if item["data"]]
    return [cast("Interactions", data)]


def _answer(data: Interactions, page: Page) -> None:
    names = names_of(data)
    if "read_as" in data:
        page.line(f"Read as: {data['read_as']}.")
        page.gap()
    _drugs(data, page)
    if len(data["drugs"]) == 1:
        _to_avoid(data["pairs"], names, page)
    if data["interactions"]:
        page.gap()
        page.heading("Findings", _in_order_of_action(data["interactions"]))
    for pair in data["pairs"]:
        _pair(pair, [f for f in data["interactions"] if f["between"] == pair["between"]], names, page)
    _note_groups(data["notes"], names, page)
    if members := data.get("members"):
        page.gap()
        page.pairs([(f"{len(members)} members", ", ".join(names.get(m, m) for m in members))])
    _roles(data.get("roles", []), page)
    checked = {drug["id"] for drug in data["drugs"] if drug["id"] and is_taken(drug)}
    if len(checked) >= _MATRIX_FROM:
        matrix(data, page)
    _not_recorded(data, names, page)


def _in_order_of_action(findings: list[Finding]) -> str:
    """ "2 recorded, 3 predicted; worst action first"."""
    counts: dict[str, int] = {}
    for finding in findings:
        word = _COUNTED[finding["level"]]
        counts[word] = counts.get(word, 0) + 1
    counted = ", ".join(f"{counts[word]} {word}" for word in dict.fromkeys(_COUNTED.values()) if word in counts)
    return f"{counted}; worst action first" if len(findings) > 1 else counted


def _to_avoid(pairs: list[Pair], names: dict[str, str], page: Page) -> None:
    """For one drug: everything with which any source says to avoid it, before all else."""
    partners = [in_order(pair["between"], names)[1] for pair in pairs if pair["action"] == "avoid"]
    if partners:
        page.gap()
        line = page.text("AVOID", _STYLES["avoid"])
        line.append_text(page.text(f" (by any source, see below): {', '.join(partners)}", "bold"))
        page.line(line)


def _drugs(data: Interactions, page: Page) -> None:
    rows = []
    for drug in data["drugs"]:
        if drug["id"] is None:
            mentioned = f"only mentioned in the monograph of {drug['mentioned_in']}" if "mentioned_in" in drug else ""
            rows.append((drug["query"], _standing(drug) + (mentioned or "not recognised")))
        else:
            matched = drug["matched"]
            of = f" of {matched['of']}" if matched and "of" in matched else ""
            kind, source = (matched["kind"], matched.get("source", "-")) if matched else ("name", "-")
            how = f"{kind}{of}, source {source}"
            if "part_of" in drug:
                how = f"part of {drug['part_of']}; {how}"
            if "read_as" in drug:
                how += f"; read as {drug['read_as']}, left aside: {', '.join(drug['left_aside'])}"
            if "route" in drug:
                how += f"; given {drug['route']}"
            if "read_by" in drug:
                how += f"; read by {drug['read_by']}"
            read = f"{drug['name']} ({_KNOWN_AS[drug['status']]}; matched as {how})"
            rows.append((drug["query"], _standing(drug) + read))
    page.pairs(rows)


def _standing(drug: DrugAsked) -> str:
    """What a file says of whether a drug is taken, where that is not simply yes."""
    if drug.get("taken", "yes") == "yes":
        return ""
    checked = "" if is_taken(drug) else "NOT TAKEN, SO NOT CHECKED: "
    return f"{checked}{drug.get('taken_why', drug['taken'])}; "


def _pair(pair: Pair, findings: list[Finding], names: dict[str, str], page: Page) -> None:
    """A pair with its worst action, and what each source says of it."""
    first, second = in_order(pair["between"], names)
    page.gap()
    line = page.text(ACTIONS[pair["action"]], _STYLES[pair["action"]])
    line.append_text(page.text(f"  {first if first == second else f'{first} + {second}'}", "bold"))
    page.line(line)
    for number, finding in enumerate(findings):
        if number:
            page.gap()
        _finding(finding, names, page)


def _finding(finding: Finding, names: dict[str, str], page: Page) -> None:
    level = finding["source_level"]
    own = f" ({level['value']}, {level['label']})" if level else ""
    by = finding["sources"][0]["source"] if finding["sources"] else "this list"
    line = page.text(ACTIONS[finding["action"]], _STYLES[finding["action"]])
    line.append_text(page.text(f" by {by}{own}; {_LEVELS[finding['level']]}; {_change(finding)}"))
    page.line(line, indent=2)
    page.line(finding["statement"], indent=2)
    rows = [("do", finding["management"])] if finding["management"] else []
    rows += [("mechanism", finding["mechanism"])] if finding["mechanism"] else []
    if finding["conditions"]:
        rows.append(("conditions", "; ".join(finding["conditions"])))
    if "evidence" in finding:
        rows.append(("evidence", finding["evidence"]))
    rows += [("class", _by_class(item, names)) for item in finding.get("classes", []) if item["by"]]
    rows += [("excepted", f"{item['drug']}: {item['reason']} ({item['source']})") for item in finding.get("except", [])]
    rows += [
        ("role", f"{names.get(role['drug'], role['drug'])}: {role['remark']}")
        for role in finding.get("roles", [])
        if "remark" in role
    ]
    rows += [("reference", reference(item)) for item in finding["references"]]
    if "filed_under" in finding:
        rows.append(("filed under", finding["filed_under"]))
    rows.append(("source", sources(finding["sources"])))
    page.pairs(rows, indent=2)


def _by_class(item: ByClass, names: dict[str, str]) -> str:
    """How a drug belongs to the class that the rule names, and who says so."""
    path = " and so to ".join(step["name"] for step in item["by"])
    by = ", ".join(dict.fromkeys(str(step["source"]) for step in item["by"] if step["source"]))
    name = names.get(item["drug"], item["drug"])
    joined = [f"{BASES[step['basis']]}: {step.get('because', '')}" for step in item["by"] if "basis" in step]
    return f"{name} counts as {path} ({'; '.join([*joined, by])})" if joined else f"{name} belongs to {path} ({by})"


def _change(finding: Finding) -> str:
    return finding["effect"] if finding["direction"] == "other" else f"{finding['direction']}: {finding['effect']}"


def reference(item: Citation) -> str:
    """A reference with its number in its section's literature."""
    number = f"{item['number']}. " if "number" in item else ""
    return f"{number}{item['citation']}"


def sources(items: Iterable[EditionRef]) -> str:
    """Sources with their editions and sections, each source once."""
    grouped: dict[str, list[str]] = {}
    for item in items:
        name = f"{item['source']} {item['edition']}" if "edition" in item else item["source"]
        grouped.setdefault(name, []).extend([item["section"]] if "section" in item else [])
    return ", ".join(
        f"{source} ({'; '.join(dict.fromkeys(parts))})" if parts else source for source, parts in grouped.items()
    )


def _note_groups(notes: list[PairNote], names: dict[str, str], page: Page) -> None:
    for kind, title in _NOTES.items():
        group = [note for note in notes if note["kind"] == kind]
        if group:
            page.gap()
            pairs = len({tuple(note["between"]) for note in group})
            page.heading(title, f"{pairs} pair{'s' if pairs != 1 else ''}")
            page.bullets(_note(same, names) for same in _alike(group, names))


def _alike(notes: list[PairNote], names: dict[str, str]) -> list[list[PairNote]]:
    """Notes that say the same of one drug with several others, together."""
    groups: dict[tuple[str, ...], list[PairNote]] = {}
    for note in notes:
        first = in_order(note["between"], names)[0]
        key = (first, note["statement"], sources(note["sources"]), *_more(note))
        groups.setdefault(key, []).append(note)
    return list(groups.values())


def _note(same: list[PairNote], names: dict[str, str]) -> str:
    note = same[0]
    first = in_order(note["between"], names)[0]
    pair = f"{first} + {', '.join(in_order(item['between'], names)[1] for item in same)}"
    said = _more(note)
    more = f" ({'; '.join(said)})" if said else ""
    return f"{pair}: {note['statement']}{more} [{sources(note['sources'])}]"


def _more(note: PairNote) -> list[str]:
    """What a note says besides its statement."""
    filed = [f"filed under {note['filed_under']}"] if "filed_under" in note else []
    return [*filed, *note["conditions"], *map(reference, note["references"])]


def _roles(roles: list[Role], page: Page) -> None:
    if roles:
        page.gap()
        columns = ("enzyme or transporter", "role", "strength", "evidence", "source", "note")
        page.table(columns, [_role_row(role) for role in roles], title="Enzyme roles")
        page.line(_ROLE_NOTE)


def _role_row(role: Role) -> list[str]:
    enzyme = role.get("enzyme") or role.get("transporter", "")
    note = "; ".join(text for text in (role.get("note"), role.get("remark")) if text)
    return [enzyme, role["role"], role.get("strength", ""), role.get("evidence", ""), role.get("source", ""), note]


def _not_recorded(data: Interactions, names: dict[str, str], page: Page) -> None:
    pairs = data["not_recorded"]
    if pairs:
        page.gap()
        page.heading("Checked, nothing recorded", f"{len(pairs)}; not proof of safety")
        page.line("; ".join(" + ".join(in_order(pair, names)) for pair in pairs), indent=2)


COLUMNS = ["kind", "drug_a", "drug_b", "level", "action", "affected", "direction", "effect", "statement", "sources"]
COLUMNS += ["conditions", "mechanism", "evidence", "references", "do", "source_level", "classes"]


def summary(result: Result) -> tuple[list[str], list[list[str]]]:
    """What stands in each row in short; everything else stands below."""
    columns, lines = rows(result)
    kept = [columns.index(column) for column in ("kind", "drug_a", "drug_b", "level", "action", "effect")]
    return [columns[i] for i in kept], [[line[i] for i in kept] for line in lines]


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One row a finding, a note, a pair with nothing recorded, a name that was not recognised, and an error without
    data.
    """
    if result.data is None:
        return COLUMNS, [_row("error", statement=f"{e['message']} [{e['code']}]") for e in result.errors]
    data = cast("Interactions", result.data)
    found = [_found(finding) for finding in data["interactions"]]
    found += [_noted(note) for note in data["notes"]]
    found += [_row("nothing recorded", drug_a=pair[0], drug_b=pair[1]) for pair in data["not_recorded"]]
    found += [_row("not recognised", drug_a=query) for query in data["not_checked"]]
    found += [_row("not taken", drug_a=query) for query in data.get("not_taken", [])]
    return COLUMNS, found


def _found(finding: Finding) -> list[str]:
    level = finding["source_level"]
    return _row(
        "finding",
        drug_a=finding["between"][0],
        drug_b=finding["between"][1],
        level=finding["level"],
        action=finding["action"],
        affected=finding["affected"] or "",
        direction=finding["direction"],
        effect=finding["effect"],
        statement=finding["statement"],
        sources=sources(finding["sources"]),
        conditions="; ".join(finding["conditions"]),
        mechanism=finding["mechanism"] or "",
        evidence=finding.get("evidence", ""),
        references="; ".join(map(reference, finding["references"])),
        do=finding["management"] or "",
        source_level=f"{level['value']}, {level['label']}" if level else "",
        classes="; ".join(_by_class(item, {}) for item in finding.get("classes", []) if item["by"]),
    )


def _noted(note: PairNote) -> list[str]:
    return _row(
        "note",
        drug_a=note["between"][0],
        drug_b=note["between"][1],
        level=note["kind"],
        statement=note["statement"],
        sources=sources(note["sources"]),
        conditions="; ".join(note["conditions"]),
        references="; ".join(map(reference, note["references"])),
    )


def _row(kind: str, **cells: str) -> list[str]:
    return [kind, *(cells.get(column, "") for column in COLUMNS[1:])]
