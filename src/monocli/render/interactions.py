"""Interactions as text: what each name is, findings worst first, a matrix, pairs with nothing recorded, names not
recognised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monocli.result import Result

if TYPE_CHECKING:
    from monocli.render.page import Page

_ACTIONS = {"avoid": "AVOID", "adjust": "ADJUST", "monitor": "MONITOR", "note": "NOTE"}
_STYLES = {"avoid": "bold red", "adjust": "bold yellow", "monitor": "bold cyan", "note": "bold"}
_LEVELS = {"documented": "documented", "class": "by class", "predicted": "predicted", "duplicate": "duplicate"}
_NOTES = {
    "treatment": "Given together in treatment",
    "other-source": "Said by another source only",
    "exception": "Excepted from a class",
    "members": "Members recorded by name",
}
_DIRECTIONS = {"increase": "Increased", "decrease": "Decreased", "other": "Otherwise changed"}
_MATRIX_FROM = 3
_NOTHING = "·"


def table(result: Result, page: Page) -> None:
    """Draw one answer, or every list of a batch that was asked for as one document."""
    data = result.data or {}
    answers = [item["data"] for item in data["lists"] if item["data"]] if "lists" in data else [data]
    for answer in answers:
        _answer(answer, page)
    if result.warnings:
        page.gap()
        page.warnings(result)
    unknown = [query for answer in answers for query in answer["not_checked"]]
    if unknown:
        page.gap()
        page.line("NOT RECOGNISED, SO NOT CHECKED: " + ", ".join(unknown), "bold red")
        page.line("Nothing above says anything about them.", "bold")


def _answer(data: dict[str, Any], page: Page) -> None:
    names = _names(data)
    _drugs(data, page)
    alone = len(data["drugs"]) == 1
    if data["interactions"] and alone:
        _by_direction(data["interactions"], names, page)
    elif data["interactions"]:
        page.gap()
        page.heading("Recorded", f"{len(data['interactions'])}, worst action first")
        for finding in data["interactions"]:
            _finding(finding, names, page)
    _note_groups(data["notes"], names, page)
    _roles(data.get("roles", []), page)
    if len([drug for drug in data["drugs"] if drug["id"]]) >= _MATRIX_FROM:
        _matrix(data, page)
    _not_recorded(data, names, page)


def _names(data: dict[str, Any]) -> dict[str, str]:
    names = {drug["id"]: drug["name"] for drug in data["drugs"] if drug["id"]}
    return names | {
        partner["id"]: partner["name"] for partner in data.get("partners", []) if partner["id"] not in names
    }


def _in_order(between: list[str], names: dict[str, str]) -> list[str]:
    """The names of a pair, in the order in which they were asked for."""
    places = {drug_id: place for place, drug_id in enumerate(names)}
    ordered = sorted(between, key=lambda drug_id: places.get(drug_id, len(places)))
    return [names.get(drug_id, drug_id) for drug_id in ordered]


def _drugs(data: dict[str, Any], page: Page) -> None:
    rows = []
    for drug in data["drugs"]:
        if drug["id"] is None:
            rows.append((drug["query"], "not recognised"))
        else:
            matched = drug["matched"] or {}
            of = f" of {matched['of']}" if matched.get("of") else ""
            how = f"{matched.get('kind', 'name')}{of}, source {matched.get('source', '-')}"
            rows.append((drug["query"], f"{drug['name']} ({drug['status']}; matched as {how})"))
    page.pairs(rows)


def _by_direction(findings: list[dict[str, Any]], names: dict[str, str], page: Page) -> None:
    for direction, title in _DIRECTIONS.items():
        for level, label in _LEVELS.items():
            group = [f for f in findings if f["direction"] == direction and f["level"] == level]
            if group:
                page.gap()
                page.heading(f"{title}, {label}", str(len(group)))
            for finding in group:
                _finding(finding, names, page)


def _finding(finding: dict[str, Any], names: dict[str, str], page: Page) -> None:
    first, second = _in_order(finding["between"], names)
    style = _STYLES[finding["action"]]
    members = (finding.get("class") or {}).get("members")
    counted = f" ({members} members)" if members is not None else ""
    pair = first if first == second else f"{first} + {second}{counted}"
    page.gap()
    line = page.text(_ACTIONS[finding["action"]], style)
    line.append_text(page.text(f"  {pair}", "bold"))
    page.line(line)
    page.line(f"{_LEVELS[finding['level']]}; {_change(finding)}", "dim", indent=2)
    page.line(finding["statement"], indent=2)
    rows = [("mechanism", finding["mechanism"])] if finding["mechanism"] else []
    if finding["conditions"]:
        rows.append(("conditions", "; ".join(finding["conditions"])))
    rows += [("reference", reference(item)) for item in finding["references"]]
    if "action_source" in finding:
        rows.append(("action by", finding["action_source"]))
    rows.append(("source", sources(finding["sources"])))
    page.pairs(rows, indent=2)
    for other in finding.get("also", []):
        page.line(
            f"also, {_ACTIONS[other['action']].lower()}: {other['statement']} [{sources(other['sources'])}]", indent=2
        )


def _change(finding: dict[str, Any]) -> str:
    if finding["level"] == "duplicate":
        return "one drug"
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
        group = [note for note in notes if note["kind"] == kind]
        if group:
            page.gap()
            page.heading(title, str(len(group)))
            page.bullets(_note(same, names) for same in _alike(group, names))


def _alike(notes: list[dict[str, Any]], names: dict[str, str]) -> list[list[dict[str, Any]]]:
    """Notes that say the same of one drug with several others, together."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for note in notes:
        first = _in_order(note["between"], names)[0]
        key = (first, note["statement"], note.get("action", ""), sources(note["sources"]), *note["conditions"])
        groups.setdefault(key, []).append(note)
    return list(groups.values())


def _note(same: list[dict[str, Any]], names: dict[str, str]) -> str:
    note = same[0]
    first = _in_order(note["between"], names)[0]
    pair = f"{first} + {', '.join(_in_order(item['between'], names)[1] for item in same)}"
    action = f" {_ACTIONS[note['action']]}." if "action" in note else ""
    conditions = f" ({'; '.join(note['conditions'])})" if note["conditions"] else ""
    return f"{pair}:{action} {note['statement']}{conditions} [{sources(note['sources'])}]"


def _roles(roles: list[dict[str, Any]], page: Page) -> None:
    if roles:
        page.gap()
        columns = ("enzyme or transporter", "role", "strength", "evidence", "source", "note")
        page.table(columns, [_role_row(role) for role in roles], title="Enzyme roles")


def _role_row(role: dict[str, Any]) -> list[str]:
    enzyme = role.get("enzyme") or role.get("transporter", "")
    return [enzyme, role["role"], *(role.get(key, "") for key in ("strength", "evidence", "source", "note"))]


def _matrix(data: dict[str, Any], page: Page) -> None:
    """Drug by drug, the worst action of each pair as a word; a lower-case word stands for a note alone."""
    ids = list(dict.fromkeys(drug["id"] for drug in data["drugs"] if drug["id"]))
    names = _names(data)
    cells: dict[tuple[str, ...], str] = {}
    for note in data["notes"]:
        cells.setdefault(tuple(sorted(note["between"])), note["kind"])
    for finding in reversed(data["interactions"]):
        cells[tuple(sorted(finding["between"]))] = _ACTIONS[finding["action"]]
    page.gap()
    columns = ["", *(str(number) for number in range(1, len(ids)))]
    rows = []
    for number, drug_id in enumerate(ids, 1):
        row = [cells.get(tuple(sorted((drug_id, other))), _NOTHING) for other in ids[: number - 1]]
        rows.append([f"{number} {names[drug_id]}", *row, *[""] * (len(ids) - 1 - len(row))])
    page.table(columns, rows, title="Drug by drug")
    shown = {cell for row in rows for cell in row[1:]}
    if _NOTHING in shown:
        page.line(f'"{_NOTHING}": nothing recorded, which is not proof of safety.')
    if any(cell.islower() for cell in shown):
        page.line("A word in small letters: a note only, no finding.")


def _not_recorded(data: dict[str, Any], names: dict[str, str], page: Page) -> None:
    pairs = data["not_recorded"]
    if pairs:
        page.gap()
        page.heading("Checked, nothing recorded", f"{len(pairs)}; not proof of safety")
        page.line("; ".join(" + ".join(_in_order(pair, names)) for pair in pairs), indent=2)


COLUMNS = ["kind", "drug_a", "drug_b", "level", "action", "affected", "direction", "effect", "statement", "sources"]


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One row a finding, a note, a pair with nothing recorded, a name that was not recognised, and an error without
    data.
    """
    data = result.data
    if data is None:
        return COLUMNS, [["error", *[""] * 7, f"{error['message']} [{error['code']}]", ""] for error in result.errors]
    found = []
    for finding in data["interactions"]:
        middle = [finding[key] for key in ("level", "action", "affected", "direction", "effect", "statement")]
        found.append(["finding", *finding["between"], *middle, sources(finding["sources"])])
        for other in finding.get("also", []):
            middle = [
                "also",
                other["action"],
                finding["affected"],
                finding["direction"],
                other["effect"],
                other["statement"],
            ]
            found.append(["also", *finding["between"], *middle, sources(other["sources"])])
    for note in data["notes"]:
        middle = [
            note["kind"],
            *(note.get(key, "") for key in ("action", "affected", "direction", "effect")),
            note["statement"],
        ]
        found.append(["note", *note["between"], *middle, sources(note["sources"])])
    found += [["nothing recorded", *pair, *[""] * 7] for pair in data["not_recorded"]]
    found += [["not recognised", query, *[""] * 8] for query in data["not_checked"]]
    return COLUMNS, found
