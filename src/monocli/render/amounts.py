"""Amounts, doses and citations as text: what every view of a dose shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from monocli.engine.names import numbered

if TYPE_CHECKING:
    from monocli.records.output.common import Amount
    from monocli.records.output.dose_rules import LabValue
    from monocli.records.output.regimens import Regimen, Tablets


def amount(shown: Amount) -> str:
    """An amount as read: value, unit, and the exact fraction where the value is rounded."""
    exact = f" (exactly {shown['exact']})" if "exact" in shown else ""
    return f"{shown['value']} {shown['unit']}{exact}"


def value_text(shown: LabValue) -> str:
    """A value of the patient as read: "yes", "0.8 × 10^9/L", "2.5 × ULN"."""
    if shown["unit"] == "yes/no":
        return "yes" if shown["value"] == "1" else "no"
    written = amount(shown) if "exact" in shown else numbered(shown["value"], shown["unit"])
    return written.replace(f" {shown['unit']}", f" × {shown['unit']}", 1) if shown["unit"][:1].isdigit() else written


def grouped(number: str) -> str:
    """Thousands parted by commas from 10,000 on: large numbers without them have been misread (ISMP)."""
    whole, point, part = number.partition(".")
    if len(whole) < 5:
        return number
    head = len(whole) % 3
    groups = [whole[:head]] * bool(head) + [whole[i : i + 3] for i in range(head, len(whole), 3)]
    return ",".join(groups) + point + part


def told_once(found: Sequence[Tablets]) -> list[Tablets]:
    """The tablets of a dose but for those of which another says the same and more: that none comes near stands once."""
    texts = [tablets["text"] for tablets in found]
    return [
        tablets
        for place, tablets in enumerate(found)
        if tablets["text"] not in texts[:place]
        and not any(text != tablets["text"] and text.startswith(tablets["text"]) for text in texts)
    ]


def often(times: int) -> str:
    """How often a day."""
    return {1: "once daily", 2: "twice daily"}.get(times, f"{times} times daily")


def spoken(regimen: Regimen) -> str:
    """A dose as it is given: "400 mg twice daily (800 mg a day)", "42 MIU every 8 hours (126 MIU a day)"."""
    times, each, daily = regimen["times_daily"], amount(regimen["each"]), amount(regimen["daily"])
    least = "at least " if regimen["adjusted_at_least"] else ""
    over = f" over {regimen['over']['value']} {regimen['over']['unit']}" if regimen["over"] else ""
    if times == 1:
        return f"{least}{daily}{over} once daily"
    spacing = f"every {regimen['every_hours']} hours" if regimen["every_hours"] else often(times)
    return f"{least}{each}{over} {spacing} ({daily} a day)"


def cited(record: Mapping[str, object]) -> str:
    """Source and section."""
    return f"{record['source']}, {record['section']}" if record.get("section") else str(record["source"])
