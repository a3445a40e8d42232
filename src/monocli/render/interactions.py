"""Interactions as text: what each name is, findings worst first, a matrix, pairs with nothing recorded, names not
recognised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monocli.render.actions import ACTIONS, in_order, names_of, place, worse_elsewhere, worst
from monocli.render.matrix import matrix
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.render.page import Page

_STYLES = {"avoid": "bold red", "adjust": "bold yellow", "monitor": "bold cyan", "note": "bold"}
_LEVELS = {"documented": "documented", "class": "by class", "predicted": "predicted", "duplicate": "duplicate"}
_NOTES = {
    "other-source": "Said by another source only",
    "treatment": "Said of treatment",
    "exception": "Excepted from a class",
    "members": "Members recorded by name",
}
_COUNTED = {"documented": "recorded", "class": "recorded", "predicted": "predicted", "duplicate": "duplicate"}
_DIRECTIONS = ("increase", "decrease", "other")
_MATRIX_FROM = 3
_ROLE_NOTE = (
    "Once a second drug is named, the pair is also judged by these roles: what they let expect is shown as predicted."
)
_KNOWN_AS = {"monograph": "monograph", "agent": "drug without a monograph", "class": "class"}
"""What a name was read as, in words for readers."""


def table(result: Result, page: Page) -> None:
    """Draw one answer, or every list of a batch that was asked for as one document."""
    data = result.data or {}
    answers = [item["data"] for item in data["lists"] if item["data"]] if "lists" in data else [data]
    for answer in answers:
        _answer(answer, page)
    if result.warnings:
        page.gap()
        page.warnings(result)
    missing = [drug for answer in answers for drug in answer["drugs"] if drug["id"] is None]
    mentioned = [f"{drug['query']} (in {drug['mentioned_in']})" for drug in missing if "mentioned_in" in drug]
    unknown = [drug["query"] for drug in missing if "mentioned_in" not in drug]
    if missing:
        page.gap()
        if mentioned:
            page.line("ONLY MENTIONED, SO NOT CHECKED: " + ", ".join(mentioned), "bold red")
        if unknown:
            page.line("NOT RECOGNISED, SO NOT CHECKED: " + ", ".join(unknown), "bold red")
        page.line("Nothing above says anything about them.", "bold")


def _answer(data: dict[str, Any], page: Page) -> None:
    names = names_of(data)
    _drugs(data, page)
    alone = len(data["drugs"]) == 1
    if alone and (data["interactions"] or data["notes"]):
        _to_avoid(data, names, page)
        _by_action(data["interactions"], names, page)
    elif data["interactions"]:
        page.gap()
        found = data["interactions"]
        page.heading("Findings", _in_order_of_action(_counts(found), len(found)))
        for finding in data["interactions"]:
            _finding(finding, names, page)
    _note_groups(data["notes"], names, page)
    if data.get("members"):
        page.gap()
        page.pairs([(f"{len(data['members'])} members", ", ".join(names.get(m, m) for m in data["members"]))])
    _roles(data.get("roles", []), page)
    if len({drug["id"] for drug in data["drugs"] if drug["id"]}) >= _MATRIX_FROM:
        matrix(data, page)
    _not_recorded(data, names, page)


def _counts(findings: list[dict[str, Any]]) -> str:
    """ "2 recorded, 3 predicted"."""
    counts: dict[str, int] = {}
    for finding in findings:
        word = _COUNTED[finding["level"]]
        counts[word] = counts.get(word, 0) + 1
    return ", ".join(f"{counts[word]} {word}" for word in dict.fromkeys(_COUNTED.values()) if word in counts)


def _in_order_of_action(counted: str, count: int) -> str:
    return f"{counted}; worst action first" if count > 1 else counted


def _to_avoid(data: dict[str, Any], names: dict[str, str], page: Page) -> None:
    """For one drug: everything with which any source says to avoid it, before all else."""
    stated = [item for item in data["interactions"] if worst(item) == 0]
    stated += [note for note in data["notes"] if note.get("action") == "avoid"]
    if stated:
        partners = dict.fromkeys(in_order(item["between"], names)[1] for item in stated)
        page.gap()
        line = page.text("AVOID", _STYLES["avoid"])
        line.append_text(page.text(f" (by any source, see below): {', '.join(partners)}", "bold"))
        page.line(line)


def _drugs(data: dict[str, Any], page: Page) -> None:
    rows = []
    for drug in data["drugs"]:
        if drug["id"] is None:
            mentioned = f"only mentioned in the monograph of {drug['mentioned_in']}" if "mentioned_in" in drug else ""
            rows.append((drug["query"], mentioned or "not recognised"))
        else:
            matched = drug["matched"] or {}
            of = f" of {matched['of']}" if matched.get("of") else ""
            how = f"{matched.get('kind', 'name')}{of}, source {matched.get('source', '-')}"
            rows.append((drug["query"], f"{drug['name']} ({_KNOWN_AS[drug['status']]}; matched as {how})"))
    page.pairs(rows)


def _by_action(findings: list[dict[str, Any]], names: dict[str, str], page: Page) -> None:
    """Findings of one drug, the worst action that any source asks for first; within one by direction and level."""
    ordered = sorted(findings, key=lambda f: (_DIRECTIONS.index(f["direction"]), tuple(_LEVELS).index(f["level"])))
    for at, title in enumerate(ACTIONS.values()):
        group = [finding for finding in ordered if worst(finding) == at]
        if group:
            page.gap()
            page.heading(f"{title}: {_counts(group)}")
        for finding in group:
            _finding(finding, names, page)


def _finding(finding: dict[str, Any], names: dict[str, str], page: Page) -> None:
    first, second = in_order(finding["between"], names)
    style = _STYLES[finding["action"]]
    members = (finding.get("class") or {}).get("members")
    counted = f" ({members} members)" if members is not None else ""
    pair = first if first == second else f"{first} + {second}{counted}"
    page.gap()
    line = page.text(ACTIONS[finding["action"]], style)
    worse = worse_elsewhere(finding)
    if worse is not None:
        by = ", ".join(dict.fromkeys(source["source"] for source in worse["sources"]))
        line.append_text(page.text(f" ({ACTIONS[worse['action']]} by {by})", _STYLES[worse["action"]]))
    line.append_text(page.text(f"  {pair}", "bold"))
    page.line(line)
    page.line(f"{_LEVELS[finding['level']]}; {_change(finding)}", "dim", indent=2)
    page.line(finding["statement"], indent=2)
    rows = [("mechanism", finding["mechanism"])] if finding["mechanism"] else []
    if finding["conditions"]:
        rows.append(("conditions", "; ".join(finding["conditions"])))
    if "evidence" in finding:
        rows.append(("evidence", finding["evidence"]))
    rows += [("role", f"{names.get(r['drug'], r['drug'])}: {r['remark']}") for r in _remarked(finding)]
    rows += [("reference", reference(item)) for item in finding["references"]]
    if "filed_under" in finding:
        rows.append(("filed under", finding["filed_under"]))
    if "action_source" in finding:
        rows.append(("action by", finding["action_source"]))
    rows.append(("source", sources(finding["sources"])))
    page.pairs(rows, indent=2)
    for other in finding.get("also", []):
        page.line(_also(other), indent=2)


def _remarked(finding: dict[str, Any]) -> list[dict[str, Any]]:
    """The roles behind a prediction of which a source says more than the statement does."""
    return [role for role in finding.get("roles", []) if "remark" in role]


def _also(other: dict[str, Any]) -> str:
    """What another source says of the same pair, as fully as the finding itself."""
    more = [_change(other), other.get("mechanism") or "", *other.get("conditions", [])]
    said = f"also, {ACTIONS[other['action']].lower()}: {other['statement']}"
    return f"{said} ({'; '.join(part for part in more if part)}) [{sources(other['sources'])}]"


def _change(finding: dict[str, Any]) -> str:
    return finding["effect"] if finding["direction"] == "other" else f"{finding['direction']}: {finding['effect']}"


def reference(item: dict[str, Any]) -> str:
    """A reference with its number in its section's literature."""
    number = f"{item['number']}. " if "number" in item else ""
    return f"{number}{item['citation']}"


def sources(items: list[dict[str, Any]]) -> str:
    """Sources with their sections, each source once."""
    grouped: dict[str, list[str]] = {}
    for item in items:
        grouped.setdefault(item["source"], []).extend([item["section"]] if "section" in item else [])
    return ", ".join(
        f"{source} ({'; '.join(dict.fromkeys(parts))})" if parts else source for source, parts in grouped.items()
    )


def _note_groups(notes: list[dict[str, Any]], names: dict[str, str], page: Page) -> None:
    for kind, title in _NOTES.items():
        group = sorted((note for note in notes if note["kind"] == kind), key=place)
        if group:
            page.gap()
            if any("within" in note for note in group):
                title = "Said by another source"
            pairs = len({tuple(note["between"]) for note in group})
            counted = f"{pairs} pair{'s' if pairs != 1 else ''}"
            page.heading(title, _in_order_of_action(counted, pairs) if "action" in group[0] else counted)
            page.bullets(_note(same, names) for same in _alike(group, names))


def _alike(notes: list[dict[str, Any]], names: dict[str, str]) -> list[list[dict[str, Any]]]:
    """Notes that say the same of one drug with several others, together."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for note in notes:
        first = in_order(note["between"], names)[0]
        key = (first, note["statement"], note.get("action", ""), sources(note["sources"]), *_more(note))
        groups.setdefault(key, []).append(note)
    return list(groups.values())


def _note(same: list[dict[str, Any]], names: dict[str, str]) -> str:
    note = same[0]
    first = in_order(note["between"], names)[0]
    pair = f"{first} + {', '.join(in_order(item['between'], names)[1] for item in same)}"
    action = f" {ACTIONS[note['action']]}." if "action" in note else ""
    held = [names.get(item["within"], item["within"]) for item in same if "within" in item]
    within = [f"the monograph speaks of {' and '.join(dict.fromkeys(held))}"] if held else []
    said = [*_more(note), *within]
    more = f" ({'; '.join(said)})" if said else ""
    return f"{pair}:{action} {note['statement']}{more} [{sources(note['sources'])}]"


def _more(note: dict[str, Any]) -> list[str]:
    """What a note says besides its statement."""
    change = [_change(note)] if note.get("effect") else []
    filed = [f"filed under {note['filed_under']}"] if "filed_under" in note else []
    return [*change, *filed, *note["conditions"], *map(reference, note["references"])]


def _roles(roles: list[dict[str, Any]], page: Page) -> None:
    if roles:
        page.gap()
        columns = ("enzyme or transporter", "role", "strength", "evidence", "source", "note")
        page.table(columns, [_role_row(role) for role in roles], title="Enzyme roles")
        page.line(_ROLE_NOTE)


def _role_row(role: dict[str, Any]) -> list[str]:
    enzyme = role.get("enzyme") or role.get("transporter", "")
    note = "; ".join(role[key] for key in ("note", "remark") if key in role)
    return [enzyme, role["role"], *(role.get(key, "") for key in ("strength", "evidence", "source")), note]


def _not_recorded(data: dict[str, Any], names: dict[str, str], page: Page) -> None:
    pairs = data["not_recorded"]
    if pairs:
        page.gap()
        page.heading("Checked, nothing recorded", f"{len(pairs)}; not proof of safety")
        page.line("; ".join(" + ".join(in_order(pair, names)) for pair in pairs), indent=2)


COLUMNS = ["kind", "drug_a", "drug_b", "level", "action", "affected", "direction", "effect", "statement", "sources"]
COLUMNS += ["conditions", "mechanism", "evidence", "references"]


def summary(result: Result) -> tuple[list[str], list[list[str]]]:
    """What stands in each row in short; everything else stands below."""
    columns, lines = rows(result)
    kept = [columns.index(column) for column in ("kind", "drug_a", "drug_b", "level", "action", "effect")]
    return [columns[i] for i in kept], [[line[i] for i in kept] for line in lines]


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One row a finding, a note, a pair with nothing recorded, a name that was not recognised, and an error without
    data.
    """
    data = result.data
    if data is None:
        return COLUMNS, [_row("error", statement=f"{e['message']} [{e['code']}]") for e in result.errors]
    found = []
    for finding in data["interactions"]:
        found.append(_recorded("finding", finding, finding))
        found += [_recorded("also", finding, {"level": "also", **other}) for other in finding.get("also", [])]
    found += [_recorded("note", note, {"level": note["kind"], **note}) for note in data["notes"]]
    found += [_row("nothing recorded", drug_a=pair[0], drug_b=pair[1]) for pair in data["not_recorded"]]
    found += [_row("not recognised", drug_a=query) for query in data["not_checked"]]
    return COLUMNS, found


def _recorded(kind: str, pair: dict[str, Any], said: dict[str, Any]) -> list[str]:
    """The row of what is said of a pair; what `said` lacks of the pair's own record, such as who is affected, is the
    same for all that is said of it."""
    drug_a, drug_b = pair["between"]
    same = {key: said.get(key) or "" for key in ("level", "action", "direction", "effect", "statement")}
    more = {key: said.get(key) or "" for key in ("mechanism", "evidence")}
    listed = {
        "sources": sources(said["sources"]),
        "conditions": "; ".join(said.get("conditions", [])),
        "references": "; ".join(map(reference, said.get("references", []))),
    }
    return _row(kind, drug_a=drug_a, drug_b=drug_b, affected=pair.get("affected") or "", **same, **more, **listed)


def _row(kind: str, **cells: str) -> list[str]:
    return [kind, *(cells.get(column, "") for column in COLUMNS[1:])]
