"""Interactions as text: first what was not recognised, then one line a pair, worst first, then what was checked and is
not recorded; with details all that is known of each pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.render.actions import ACTIONS, in_order, is_taken, names_of, pair_name
from monocli.render.matrix import matrix
from monocli.render.pair_details import (
    by_class,
    note_groups,
    pair_details,
    printed_in,
    quoting,
    reference,
    role_table,
    sources_text,
)
from monocli.render.pair_lines import pair_lines
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.interactions import Batch, DrugAsked, Finding, Interactions, PairNote
    from monocli.render.page import Page

_MATRIX_FROM = 3
_FEW_PAIRS = 6
"""So many pairs without a record are named; of more, how many they are."""
_SAID_ELSEWHERE = ("nothing-recorded",)
"""Warnings that the page says in a line of its own."""
_KNOWN_AS = {"monograph": "monograph", "agent": "drug without a monograph", "class": "class"}
"""What a name was read as, in words for readers."""


def table(result: Result, page: Page) -> None:
    """Draw one answer, or every list of a batch that was asked for as one document."""
    details = bool(result.shown.get("details"))
    answers = _answers(result)
    _not_recognised(result, answers, page)
    for answer in answers:
        _answer(answer, page, details=details, notes=details or bool(result.shown.get("notes")))
    warnings = [warning for warning in result.warnings if details or warning["code"] not in _SAID_ELSEWHERE]
    if warnings:
        page.gap()
        page.warnings(result.replaced(warnings=warnings))


def _answers(result: Result) -> list[Interactions]:
    data = result.data or {}
    if "lists" in data:
        return [item["data"] for item in cast("Batch", data)["lists"] if item["data"]]
    return [cast("Interactions", data)]


def _not_recognised(result: Result, answers: list[Interactions], page: Page) -> None:
    """Before all else what nothing was checked for, with what may be meant."""
    drugs = [drug for answer in answers for drug in answer["drugs"] if is_taken(drug)]
    missing = [drug for drug in drugs if drug["id"] is None]
    if not missing:
        return
    near = {error.get("query"): error.get("suggestions", []) for error in result.errors}
    mentioned = [f"{drug['query']} (in {drug['mentioned_in']})" for drug in missing if "mentioned_in" in drug]
    unknown = [_with_near(drug, near.get(drug["query"], [])) for drug in missing if "mentioned_in" not in drug]
    if mentioned:
        page.line("ONLY MENTIONED, SO NOT CHECKED: " + ", ".join(mentioned), "avoid")
    if unknown:
        page.line("NOT RECOGNISED, SO NOT CHECKED: " + ", ".join(unknown), "avoid")
    page.line("Nothing below says anything about them.", "bold")


def _with_near(drug: DrugAsked, near: list[dict[str, str]]) -> str:
    names = [item.get("name") or item.get("id", "") for item in near[:2]]
    return f"{drug['query']} (perhaps {' or '.join(names)}?)" if names else drug["query"]


def _answer(data: Interactions, page: Page, *, details: bool, notes: bool) -> None:
    names = names_of(data)
    drugs = len({drug["id"] for drug in data["drugs"] if drug["id"] and is_taken(drug)})
    if "read_as" in data:
        page.line(f"Read as: {data['read_as']}.")
    _not_taken(data, page)
    _summary_line(data, drugs, page)
    _to_avoid(data, names, page)
    if details:
        pair_details(data, names, page)
    else:
        pair_lines(data, names, page, notes=notes)
    if notes or not data["interactions"]:
        note_groups(data["notes"], names, page)
        page.gap()
    else:
        _folded_notes(data, names, page)
    _of_one(data, names, page, details=details)
    if details and drugs >= _MATRIX_FROM:
        matrix(data, page)
    if details:
        _drugs(data, page)
        page.gap()
    _not_recorded(data, names, page, details=details)
    if not details:
        _read_as(data, page)


def _not_taken(data: Interactions, page: Page) -> None:
    """What a file says is not being taken, and why: it was not checked."""
    left = [drug for drug in data["drugs"] if not is_taken(drug)]
    said = "; ".join(f"{drug['query']} ({drug.get('taken_why', drug['taken'])})" for drug in left)
    if said:
        page.gap()
        page.line(f"NOT TAKEN, SO NOT CHECKED: {said}", "bold")


def _summary_line(data: Interactions, drugs: int, page: Page) -> None:
    """How many pairs were checked, and how many of them ask for what."""
    if not data["pairs"]:
        return
    counts = [
        (len([pair for pair in data["pairs"] if pair["action"] == action]), word) for action, word in ACTIONS.items()
    ]
    found = ", ".join(f"{count} {word}" for count, word in counts if count)
    page.gap()
    page.heading(
        f"{drugs} drug{'s' if drugs != 1 else ''}: {found}", "pairs, worst first" if drugs > 1 else "worst first"
    )
    if all(finding["level"] == "predicted" for finding in data["interactions"]):
        page.line("No source here has a rule for these pairs: all of it is derived from enzyme roles alone.", "bold")


def _to_avoid(data: Interactions, names: dict[str, str], page: Page) -> None:
    """For one drug: everything with which any source says to avoid it, before all else."""
    if len(data["drugs"]) > 1:
        return
    partners = [in_order(pair["between"], names)[1] for pair in data["pairs"] if pair["action"] == "avoid"]
    if partners:
        line = page.text("AVOID", "avoid")
        line.append_text(page.text(f" (by any source, see below): {', '.join(partners)}", "bold"))
        page.line(line)


def _drugs(data: Interactions, page: Page) -> None:
    """What each name is, and how it was read."""
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
    page.gap()
    page.heading("Names as they were read")
    page.pairs(rows)


def _standing(drug: DrugAsked) -> str:
    """What a file says of whether a drug is taken, where that is not simply yes."""
    if drug.get("taken", "yes") == "yes":
        return ""
    checked = "" if is_taken(drug) else "not taken, so not checked: "
    return f"{checked}{drug.get('taken_why', drug['taken'])}; "


def _read_as(data: Interactions, page: Page) -> None:
    """Names that were read as another: what each of them is."""
    read: dict[str, list[str]] = {}
    for drug in filter(is_taken, data["drugs"]):
        name = drug.get("read_as", drug["query"])
        route = drug.get("route", "systemic")
        if drug["name"] is not None and (drug["name"].casefold() != name.casefold() or route != "systemic"):
            shown = drug["name"] if route == "systemic" else f"{drug['name']} ({route})"
            read.setdefault(name, []).append(shown)
    if read:
        said = "; ".join(f"{name} = {' + '.join(dict.fromkeys(drugs))}" for name, drugs in read.items())
        page.line(f"Read as: {said}.")


def _folded_notes(data: Interactions, names: dict[str, str], page: Page) -> None:
    """What is noted of pairs without being a finding: those that no line above names, and how many remarks there are on
    others; in a line of its own what a source says of systemic use where the form given is another."""
    found = {tuple(pair["between"]) for pair in data["pairs"]}
    alone = [note for note in data["notes"] if tuple(note["between"]) not in found]
    of_forms = sorted((note for note in alone if "local_form" in note), key=_if_systemic)
    first = {tuple(note["between"]): note for note in reversed(of_forms)}
    local = [_of_form(note, names) for note in of_forms if note is first[tuple(note["between"])]]
    others = dict.fromkeys(pair_name(note["between"], names) for note in alone if "local_form" not in note)
    more = len(data["notes"]) - len(alone)
    if local:
        page.line(f"Said of systemic use only, not of the form given here (--notes): {'; '.join(local)}.")
    if others or more:
        said = [
            f"{'; '.join(others)}" if others else "",
            f"{more} on {'a pair' if more == 1 else 'pairs'} above" if more else "",
        ]
        page.line(f"Noted besides (--notes): {'; '.join(filter(None, said))}.")


def _if_systemic(note: PairNote) -> int:
    """The place of what is asked for where the drug is given systemically, worst first."""
    return list(ACTIONS).index(note.get("action_if_systemic", "note"))


def _of_form(note: PairNote, names: dict[str, str]) -> str:
    action = note.get("action_if_systemic")
    return pair_name(note["between"], names) + (f" (if systemic {ACTIONS[action]})" if action else "")


def _of_one(data: Interactions, names: dict[str, str], page: Page, *, details: bool) -> None:
    """Members of a class and enzyme roles of a drug, where one name alone was asked for."""
    members, roles = data.get("members", []), data.get("roles", [])
    only_roles = not data["interactions"] and not data["notes"]
    if members and details:
        page.gap()
        page.pairs([(f"{len(members)} members", ", ".join(names.get(m, m) for m in members))])
    if roles and (details or only_roles):
        role_table(roles, page)
    more = [f"{len(items)} {word}" for items, word in ((members, "members"), (roles, "enzyme roles")) if items]
    if more and not details and not only_roles:
        page.gap()
        page.line(f"With --details: {', '.join(more)}, and why each of these is said.")


def _not_recorded(data: Interactions, names: dict[str, str], page: Page, *, details: bool) -> None:
    """What was checked and is not recorded; of many pairs their number, and the drugs of which nothing is recorded."""
    pairs = data["not_recorded"]
    if not pairs:
        return
    count = f"{len(pairs)} pair{'s' if len(pairs) > 1 else ''}"
    line = page.text("Checked, nothing recorded", "bold").append_text(page.text(f" ({count}; not proof of safety): "))
    if details or len(pairs) <= _FEW_PAIRS:
        said = "; ".join(" + ".join(in_order(pair, names)) for pair in pairs) + "."
    else:
        spoken_of = {drug for told in (*data["pairs"], *data["notes"]) for drug in told["between"]}
        silent = [name for drug, name in names.items() if drug not in spoken_of]
        of_none = f"nothing at all of {', '.join(silent)}; " if silent else ""
        said = f"{of_none}each pair: --details."
    page.line(line.append_text(page.text(said)))


COLUMNS = ["kind", "drug_a", "drug_b", "level", "action", "affected", "direction", "effect", "statement", "sources"]
COLUMNS += ["conditions", "mechanism", "evidence", "references", "do", "source_level", "classes", "folded"]


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
    level, folded = finding["source_level"], finding.get("folded")
    printed = [f"class rule printed in the {printed_in(finding)}"] if "label_of" in finding else []
    return _row(
        "finding",
        drug_a=finding["between"][0],
        drug_b=finding["between"][1],
        level=finding["level"],
        action=finding["action"],
        affected=finding["affected"] or "",
        direction=finding["direction"],
        effect=finding["effect"],
        statement=quoting(finding),
        sources=sources_text(finding["sources"]),
        conditions="; ".join(finding["conditions"]),
        mechanism=finding["mechanism"] or "",
        evidence=finding.get("evidence", ""),
        references="; ".join(map(reference, finding["references"])),
        do=finding["management"] or "",
        source_level=f"{level['value']}, {level['label']}" if level else "",
        classes="; ".join([*(by_class(item, {}) for item in finding.get("classes", []) if item["by"]), *printed]),
        folded=f"{folded['statement']} [{sources_text(folded['sources'])}]" if folded else "",
    )


def _noted(note: PairNote) -> list[str]:
    return _row(
        "note",
        drug_a=note["between"][0],
        drug_b=note["between"][1],
        level=note["kind"],
        statement=quoting(note),
        sources=sources_text(note["sources"]),
        conditions="; ".join(note["conditions"]),
        references="; ".join(map(reference, note["references"])),
    )


def _row(kind: str, **cells: str) -> list[str]:
    return [kind, *(cells.get(column, "") for column in COLUMNS[1:])]
