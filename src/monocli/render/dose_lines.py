"""A dose in short: the line that one would write on a chart and what it is for, what the patient changes, warnings;
what is advised anyway is counted, and `--details` shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from monocli.render import dose_parts
from monocli.render.amounts import amount, cited, grouped, often, told_once

if TYPE_CHECKING:
    from monocli.records.output.common import Amount
    from monocli.records.output.dosing import Beside, Dose
    from monocli.records.output.regimens import Regimen, Schedule, Tablets
    from monocli.render.page import Page, Text
    from monocli.result import Result

_DIFFER = "sources-differ"
"""The warning that the line on the other source says."""
_OF_INDICATION = ("unknown-indication", "ambiguous-indication", "no-dose-for-population", "no-dose-for-region")
"""Refusals whose reason is what is treated, in whom; any other has a reason of its own."""
_MOST_DIGITS = 5


def headline(data: Dose, page: Page, *, named: bool) -> None:
    """The first doses and what they are printed for: of several options none is left out. `named` also says of which
    drug, for a page that is read away from the question."""
    first = [regimen for regimen in data["regimens"] if regimen["stage"] == data["regimens"][0]["stage"]]
    shared = _shared_condition(data["regimens"])
    by_way: dict[str, list[str]] = {}
    for regimen in first:
        condition = f" ({regimen['condition']})" if regimen["condition"] and not shared else ""
        # Beside "every 8 hours" the amount of a day is easily taken for that of a dose.
        way = _way(regimen, day=not regimen["every_hours"])
        by_way.setdefault(way + condition, []).append(_given(regimen))
    doses = [f"{' or '.join(dict.fromkeys(given))} {way}".rstrip() for way, given in by_way.items()]
    with_what = next((f", {advice['in_short']}" for advice in data["advice"] if "in_short" in advice), "")
    drug = f"{data['expressed_as']} {data['route']}: " if named else ""
    page.heading(f"{drug}{'; or '.join(doses)}{with_what} · {data['indication']['printed']}")


def short_dose(result: Result, data: Dose, page: Page) -> None:
    """What stands below the line that leads."""
    page.line(f"{data['expressed_as']} {data['route']}, {dose_parts.who(data)}; doses as {data['expressed_form']}")
    dose_parts.hepatic(data, page)
    _to_rule_out(data, page)
    page.gap()
    shared = _shared_condition(data["regimens"])
    page.pairs((regimen["stage"], _regimen(regimen, page, condition=not shared)) for regimen in data["regimens"])
    if shared:
        page.line(f"{shared[0].upper()}{shared[1:]}.")
    dose_parts.bands(data, page)
    _warnings(result, data, page)
    dose_parts.sheets(data, page)
    dose_parts.exclusions([rule for rule in data["exclusions"] if rule["met"] == "yes"], page)
    dose_parts.interruptions([rule for rule in data["interruptions"] if rule["met"] == "yes"], page)
    page.gap()
    for other in data["beside"]:
        page.line(_other_source(other))
    if more := _more(data):
        page.line(f"With --details: {', '.join(more)}.")


def _way(regimen: Regimen, *, day: bool = True) -> str:
    """How often, and what that makes in a day; by which route where there are several."""
    times = regimen["times_daily"]
    spacing = f"every {regimen['every_hours']} hours" if regimen["every_hours"] else often(times)
    over = regimen["over"]
    way = f"over {over['value']} {over['unit']} {spacing}" if over else spacing
    if times > 1 and day:
        way += f" ({_shown(regimen['daily'])} a day)"
    return way + (f", {regimen['route']['label']}" if regimen["route"] else "")


def _given(regimen: Regimen) -> str:
    """One dose: in tablets where it was worked out and tablets come near, with the exact figure beside it."""
    least = dose_parts.least(regimen)
    near = [tablets for tablets in _tablets(regimen) if tablets["near"]]
    exact = _shown(regimen["each"])
    if not near or all(tablets["difference_percent"] == "0" for tablets in near):
        return f"{least}{exact}"
    whole = " or ".join(amount(tablets["nearest"]) for tablets in near)
    halved = [tablets["with_half"] for tablets in near if "with_half" in tablets]
    half = f" or {' or '.join(amount(made['nearest']) for made in halved)} with half a tablet" if halved else ""
    said = least or ("" if exact.startswith("≈") else "exactly ")
    return f"{whole} in whole tablets{half} ({said}{exact})"


def _tablets(regimen: Regimen) -> Sequence[Tablets]:
    own = [s for s in regimen["schedules"] if s["times_daily"] == regimen["times_daily"]]
    return own[0]["tablets"] if own else ()


def _shown(value: Amount) -> str:
    """An amount to a sensible number of digits: one that does not end, or has many, to one place and marked so."""
    digits = value["value"].replace(".", "").strip("0")
    if "exact" not in value and len(digits) <= _MOST_DIGITS:
        return amount(value)
    places = Decimal(value["value"])
    if places < 1:
        return f"≈ {value['value']} {value['unit']}"
    rounded = places.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"≈ {int(rounded) if rounded == int(rounded) else rounded} {value['unit']}"


def _shared_condition(regimens: Sequence[Regimen]) -> str:
    """The condition of every regimen, where it is one and the same of several."""
    conditions = {regimen["condition"] for regimen in regimens}
    only = next(iter(conditions))
    return only if only and len(conditions) == 1 < len(regimens) else ""


def _regimen(regimen: Regimen, page: Page, *, condition: bool) -> Text:
    """The dose with its tablets and its salt, then how it came about and what holds of it, a line each."""
    text = page.text(f"{dose_parts.least(regimen)}{_shown(regimen['each'])} {_way(regimen)}", "bold")
    parts = [_in_tablets(tablets) for tablets in told_once(_tablets(regimen))]
    if regimen["as_salt"]:
        parts.append(regimen["as_salt"]["text"])
    parts += [f"{grouped(also['value'])} {also['unit']}" for also in regimen["also"]]
    said = f": {'; '.join(parts)}" if parts else ""
    when = f" ({regimen['condition']})" if condition and regimen["condition"] else ""
    lines = [f"{when}{said}"]
    lines += [regimen["course"]] if regimen["course"] else []
    lines += [f"any one of: {'; '.join(regimen['reasons'])}"] if regimen["reasons"] else []
    lines += dose_parts.origin(regimen)
    least = dose_parts.least(regimen)
    lines += [_otherwise(s, least) for s in regimen["schedules"] if s["times_daily"] != regimen["times_daily"]]
    return text.append_text(page.text("\n".join(lines)))


def _in_tablets(tablets: Tablets) -> str:
    """What the tablets are: "1 × 400 mg", or how far they are from the dose."""
    if tablets["difference_percent"] != "0":
        return tablets["text"]
    more = tablets["text"].partition("exactly the dose")[2]
    made = " + ".join(f"{part['count']} × {amount(part['strength'])}" for part in tablets["made_of"])
    return made + more


def _otherwise(schedule: Schedule, least: str) -> str:
    near = "; ".join(tablets["text"] for tablets in told_once(schedule["tablets"]))
    each = f"{least}{_shown(schedule['each'])}"
    return f"or {each} {often(schedule['times_daily'])}" + (f": {near}" if near else "")


def _warnings(result: Result, data: Dose, page: Page) -> None:
    """The warnings, but for those that stand first and the one that the line on the other source says."""
    told = {"" if not other["differences"] else other["about"]["source"] for other in data["beside"]}
    left = [w for w in result.warnings if not (w["code"] == _DIFFER and w.get("source") in told)]
    left = [w for w in left if "band" not in w]
    if left:
        page.gap()
        page.warnings(result.replaced(warnings=left))


def _to_rule_out(data: Dose, page: Page) -> None:
    """The facts that decide whether somebody must not get the drug, where they are not known."""
    open_ = [rule for rule in data["exclusions"] if rule["met"] not in ("yes", "no")]
    if open_:
        facts = dict.fromkeys(fact.replace("-", " ") for rule in open_ for fact in rule["asks_for"])
        page.line(page.text("To be ruled out first: ", "bold").append_text(page.text(f"{', '.join(facts)}.")))
        page.line(f"{len(open_)} contraindications and cautions: --details. What is known of them: --given NAME=VALUE.")


def _other_source(other: Beside) -> str:
    if other["dose"] is None:
        why = "by this indication" if other["refused"] in _OF_INDICATION else "here"
        return dose_parts.in_one_line(other["about"], f"has none {why}: {(other['message'] or '').rstrip('.')}")
    return dose_parts.compared_with(other["about"], other["differences"])


def _more(data: Dose) -> list[str]:
    """What stands in the details, by kind and number."""
    more = dose_parts.counted(data["advice"])
    more += ["values that stop treatment"] if any(r["met"] != "yes" for r in data["interruptions"]) else []
    more += ["the sources side by side"] if data["compared"] else []
    return more


def sources(data: Dose) -> str:
    """Where the doses stand, and the strengths of the tablets."""
    shown = [tablets for r in data["regimens"] for schedule in r["schedules"] for tablets in schedule["tablets"]]
    printed = "; ".join(dict.fromkeys(cited(regimen) for regimen in data["regimens"]))
    tablets = "; ".join(dict.fromkeys(map(cited, shown)))
    return f"Source: {printed}" + (f"; tablets: {tablets}" if tablets else "")
