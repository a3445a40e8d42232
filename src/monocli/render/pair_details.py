"""All that is known of the pairs of a list: for each what to do first, then what changes, why, under which conditions,
and who says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from monocli.render.actions import ACTIONS, BASES, change, graded, in_order, marked, pair_name

if TYPE_CHECKING:
    from monocli.records.agents import Role
    from monocli.records.output.common import Citation, EditionRef
    from monocli.records.output.interactions import (
        ByClass,
        Finding,
        Interactions,
        Pair,
        PairNote,
        RoleOfDrug,
    )
    from monocli.render.page import Page

_LEVELS = {
    "documented": "documented",
    "class": "by class",
    "predicted": "predicted",
    "label": "by an imported label",
    "duplicate": "duplicate",
    "members": "of members of a class",
}
_NOTES = {
    "treatment": "Said of treatment",
    "exception": "Excepted from a class, or not meant of the form given",
    "remark": "To be known of the pair",
    "denied": "Denied by an imported label",
}
_ROLE_NOTE = (
    "Once a second drug is named, the pair is also judged by these roles: what they let expect is shown as predicted."
)


_LEGEND = "AVOID: do not use together, or use an alternative. A source's own word, such as contraindicated, follows it."


def pair_details(data: Interactions, names: dict[str, str], page: Page) -> None:
    """Every pair with its worst action, and what each source says of it."""
    if any(pair["action"] == "avoid" for pair in data["pairs"]):
        page.line(_LEGEND, "dim")
    for pair in data["pairs"]:
        _pair(pair, [f for f in data["interactions"] if f["between"] == pair["between"]], names, page)


def _pair(pair: Pair, findings: Sequence[Finding], names: dict[str, str], page: Page) -> None:
    page.gap()
    line = marked(pair["action"], page)
    line.append_text(page.text(f"  {pair_name(pair['between'], names)}", "bold"))
    page.line(line)
    if "later" in pair:
        page.line(f"{later_source(pair)}.", indent=2)
    for number, finding in enumerate(findings):
        if number:
            page.gap()
        _finding(finding, names, page)


def _finding(finding: Finding, names: dict[str, str], page: Page) -> None:
    by = finding["sources"][0]["source"] if finding["sources"] else "this list"
    own = f" ({graded(finding)})" if graded(finding) else ""
    line = page.text(ACTIONS[finding["action"]], finding["action"])
    line.append_text(page.text(f" by {by}{own}; {_LEVELS[finding['level']]}"))
    page.line(line, indent=2)
    page.pairs(_rows(finding, names), indent=2)


def _rows(finding: Finding, names: dict[str, str]) -> list[tuple[str, str]]:
    """What a finding holds, what to do first."""
    rows = [("do", finding["management"])] if finding["management"] else []
    whom = names.get(finding["affected"] or "", finding["affected"])
    rows.append(("effect", change(finding) + (f" (affects {whom})" if whom else "")))
    rows.append(("why", finding["statement"]))
    rows += [("quote", finding["quote"])] if "quote" in finding else []
    rows += [("mechanism", finding["mechanism"])] if finding["mechanism"] else []
    if finding["conditions"]:
        rows.append(("conditions", "; ".join(finding["conditions"])))
    if "evidence" in finding:
        rows.append(("evidence", finding["evidence"]))
    rows += _of_members(finding)
    rows += [("class", by_class(item, names)) for item in finding.get("classes", []) if item["by"]]
    rows += [("class rule", f"printed in the {printed_in(finding)}")] if "label_of" in finding else []
    rows += [("excepted", f"{item['drug']}: {item['reason']} ({item['source']})") for item in finding.get("except", [])]
    rows += [("role", _role(role, names)) for role in finding.get("roles", [])]
    rows += [("predicted", text) for text in ([finding["folded"]["statement"]] if "folded" in finding else [])]
    if "folded" in finding:
        rows += [("", text) for text in _folded(finding["folded"], names)]
    rows += [("reference", reference(item)) for item in finding["references"]]
    if "filed_under" in finding:
        rows.append(("filed under", finding["filed_under"]))
    sources = sources_text(finding["sources"])
    if "origin" in finding and finding["origin"]["date"] not in sources:
        sources += f"; dated {finding['origin']['date']}"
    rows.append(("source", sources))
    return rows


def _of_members(finding: Finding) -> list[tuple[str, str]]:
    """Of a class asked for as a whole every pair of members that something is known of, by what is asked for."""
    pairs = finding.get("member_pairs", [])
    rows = []
    for action, word in ACTIONS.items():
        of_first: dict[str, list[str]] = {}
        for pair in (pair for pair in pairs if pair["action"] == action):
            first, second = pair["between"]
            of_first.setdefault(first, []).append(f"{second} (under a condition)" if pair["conditional"] else second)
        said = "; ".join(f"{first} + {', '.join(others)}" for first, others in of_first.items())
        rows += [(word, said)] if said else []
    return rows


def _folded(finding: Finding, names: dict[str, str]) -> list[str]:
    """What a prediction that is said already holds beside its statement."""
    grade = f" ({graded(finding)})" if graded(finding) else ""
    texts = [f"By itself {ACTIONS[finding['action']]}{grade}: {change(finding)}; {finding['mechanism']}"]
    texts += finding["conditions"]
    texts += [_role(role, names) for role in finding.get("roles", [])]
    return [*texts, sources_text(finding["sources"])]


def _role(role: RoleOfDrug, names: dict[str, str]) -> str:
    """ "simvastatin: sensitive substrate of CYP3A (fda-cyp)"."""
    where = role.get("enzyme") or role.get("transporter", "")
    kind = f"{role.get('strength', '')} {role['role']}".strip()
    more = "; ".join(text for text in (role.get("evidence"), role.get("note"), role.get("remark")) if text)
    section = f"; {role['section']}" if "section" in role else ""
    said = f"{names.get(role['drug'], role['drug'])}: {kind} of {where}"
    return f"{said}{f'; {more}' if more else ''} ({role['source']}{section})"


def by_class(item: ByClass, names: dict[str, str]) -> str:
    """How a drug belongs to the class that the rule names, and who says so."""
    path = " and so to ".join(step["name"] for step in item["by"])
    by = ", ".join(dict.fromkeys(str(step["source"]) for step in item["by"] if step["source"]))
    name = names.get(item["drug"], item["drug"])
    joined = [f"{BASES[step['basis']]}: {step.get('because', '')}" for step in item["by"] if "basis" in step]
    return f"{name} counts as {path} ({'; '.join([*joined, by])})" if joined else f"{name} belongs to {path} ({by})"


def printed_in(finding: Finding) -> str:
    """ "label of propranolol", of a rule about a class."""
    return f"label of {' and '.join(drug['name'] for drug in finding['label_of'])}"


def later_source(pair: Pair) -> str:
    """Which of a monograph and a label that differ is the later, and what that does not mean."""
    later = pair["later"]
    return f"{later['source']} ({later['date']}) is later than {later['than']}; neither replaces the other"


def quoting(said: Finding | PairNote) -> str:
    """A statement, of a label with its own words."""
    return f"{said['statement']} “{said['quote']}”" if "quote" in said else said["statement"]


def reference(item: Citation) -> str:
    """A reference with its number in its section's literature."""
    number = f"{item['number']}. " if "number" in item else ""
    return f"{number}{item['citation']}"


def sources_text(items: Iterable[EditionRef]) -> str:
    """Sources with their editions and sections, each source once."""
    grouped: dict[str, list[str]] = {}
    for item in items:
        name = f"{item['source']} {item['edition']}" if "edition" in item else item["source"]
        grouped.setdefault(name, []).extend([item["section"]] if "section" in item else [])
    return ", ".join(
        f"{source} ({'; '.join(dict.fromkeys(parts))})" if parts else source for source, parts in grouped.items()
    )


def note_groups(notes: list[PairNote], names: dict[str, str], page: Page) -> None:
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
        key = (first, note["statement"], sources_text(note["sources"]), *_more(note), note.get("quote", ""))
        groups.setdefault(key, []).append(note)
    return list(groups.values())


def _note(same: list[PairNote], names: dict[str, str]) -> str:
    note = same[0]
    first = in_order(note["between"], names)[0]
    pair = f"{first} + {', '.join(in_order(item['between'], names)[1] for item in same)}"
    said = _more(note)
    more = f" ({'; '.join(said)})" if said else ""
    return f"{pair}: {quoting(note)}{more} [{sources_text(note['sources'])}]"


def _more(note: PairNote) -> list[str]:
    """What a note says besides its statement."""
    filed = [f"filed under {note['filed_under']}"] if "filed_under" in note else []
    return [*filed, *note["conditions"], *map(reference, note["references"])]


def role_table(roles: Sequence[Role], page: Page) -> None:
    if roles:
        page.gap()
        columns = ("enzyme or transporter", "role", "strength", "evidence", "source", "note")
        page.table(columns, [_role_row(role) for role in roles], title="Enzyme roles")
        page.line(_ROLE_NOTE)


def _role_row(role: Role) -> list[str]:
    enzyme = role.get("enzyme") or role.get("transporter", "")
    note = "; ".join(text for text in (role.get("note"), role.get("remark")) if text)
    return [enzyme, role["role"], role.get("strength", ""), role.get("evidence", ""), role.get("source", ""), note]
