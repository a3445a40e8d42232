"""By which names and codes a label is found, and where it stands among those of one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.names import normalise

if TYPE_CHECKING:
    from monocli.records.labels import LabelCard

NAMES = ("brand", "generic", "substance")
PRINTED = "printed"
"""Kinds of key: names that a label gives as such, and the beginnings of names printed in one text."""


def rank_of(card: LabelCard) -> int:
    """Where a label stands among those of one name: of one substance before of several, the maker's own before what
    another firm has packed anew, an application of its own before one for a copy, that before none."""
    application = (card["application"] or "").upper()
    kind = (
        0
        if application.startswith(("NDA", "BLA"))
        else 1
        if application.startswith("ANDA")
        else 2
        if application
        else 3
    )
    several = len(card["substances"]) > 1 or len(card["unii"]) > 1
    return 16 * several + 8 * card["repackaged"] + kind


def keys_of(card: LabelCard) -> set[tuple[str, str]]:
    """(kind, key) of everything by which a label is found."""
    found = {("set", card["set_id"].casefold())}
    for kind, names in (("brand", card["brands"]), ("generic", card["generics"])):
        found |= {(kind, normalise(name)) for name in names}
    found |= {("substance", normalise(one["name"])) for one in card["substances"] if one["name"]}
    found |= {("unii", code.upper()) for code in card["unii"]}
    for product in card.get("products", []):
        found |= {("brand", normalise(product["name"]))} if product["name"] and "part_of" not in product else set()
        found |= {
            ("unii", code.upper())
            for one in product["active"]
            if one["unii"] in card["unii"] and (code := (one.get("moiety") or {"unii": None})["unii"])
        }
    found |= {("rxcui", code) for code in card["rxcui"]}
    found |= {("application", code.upper()) for code in (card["application"], *card.get("applications", [])) if code}
    # The inner packages of a kit are numbered as products of their own.
    found |= {("ndc", key) for code in (*card["ndc"], *card["package_ndc"]) for key in ndc_keys(code)}
    if not card["brands"] and not card["generics"] and card["as_printed"]:
        words = normalise(card["as_printed"][:200]).split(" ")
        found |= {(PRINTED, " ".join(words[:count])) for count in range(1, min(len(words), 5))}
    return {(kind, key) for kind, key in found if key}


_NDC_PARTS = (5, 4)


def ndc_keys(code: str) -> list[str]:
    """The product of an NDC as labeler and product, 5 and 4 digits; of ten digits without dashes each that it may be,
    of what is no NDC none."""
    parts = code.strip().split("-")
    if not all(part.isdigit() for part in parts):
        return []
    if len(parts) in (2, 3):
        labeler, product = parts[:2]
        fits = len(labeler) <= _NDC_PARTS[0] and len(product) <= _NDC_PARTS[1]
        return [f"{labeler.zfill(_NDC_PARTS[0])}-{product.zfill(_NDC_PARTS[1])}"] if fits else []
    digits = parts[0]
    if len(digits) == 11:
        return [f"{digits[:5]}-{digits[5:9]}"]
    if len(digits) == 10:
        cuts = ((4, 4), (5, 3), (5, 4))
        return [f"{digits[:one].zfill(5)}-{digits[one : one + two].zfill(4)}" for one, two in cuts]
    return []
