"""The products of an SPL document, with their ingredients, codes and strengths as written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from monocli.library.labels.nodes import squeezed

if TYPE_CHECKING:
    from monocli.records.labels import Ingredient, LabelProduct, LabelSubstance, Strength

_NDC, _UNII, _APPLICATION = "2.16.840.1.113883.6.69", "2.16.840.1.113883.4.9", "2.16.840.1.113883.3.150"
_PRODUCTS = ("manufacturedProduct", "manufacturedMedicine")
_CONTAINERS = ("containerPackagedProduct", "containerPackagedMedicine")
_ACTIVE = {"ACTIB": None, "ACTIM": "moiety", "ACTIR": "reference"}
"""What the strength of an active ingredient is of: as named, its active moiety, or another substance."""


@dataclass(slots=True)
class Products:
    """What the products of one document have, each thing once."""

    products: list[LabelProduct] = field(default_factory=list)
    brands: list[str] = field(default_factory=list)
    generics: list[str] = field(default_factory=list)
    substances: list[LabelSubstance] = field(default_factory=list)
    ndc: list[str] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)
    applications: list[str] = field(default_factory=list)
    routes: list[str] = field(default_factory=list)
    original: list[str] = field(default_factory=list)


def products_of(root: Element) -> Products:
    """The products in their order. Of a kit the parts that bear its name, or else all parts, are its drugs."""
    found = Products()
    for outer in (part for kind in _PRODUCTS for part in root.iter(kind)):
        product = next((part for part in outer if part.tag in _PRODUCTS), None)
        if product is None:
            continue
        _enter(found, product, outer)
    return found


def _enter(found: Products, product: Element, outer: Element) -> None:
    name, generics = _name(product), _generics(product)
    _add(found.brands, name)
    _add(found.brands, _name_alone(product))
    for generic in generics:
        _add(found.generics, generic)
    ndc = _code(product.find("code"), _NDC)
    _add(found.ndc, ndc)
    for container in (part for kind in _CONTAINERS for part in product.iter(kind)):
        _add(found.packages, _code(container.find("code"), _NDC))
    for approval in outer.iter("approval"):
        number = approval.find("id")
        if number is not None and (number.get("root") or "").startswith(_APPLICATION):
            _add(found.applications, squeezed(number.get("extension") or ""))
    for code in outer.findall("consumedIn/substanceAdministration/routeCode"):
        _add(found.routes, squeezed(code.get("displayName") or ""))
    for source in product.findall("asEquivalentEntity/definingMaterialKind/code"):
        _add(found.original, _code(source, _NDC))
    own = _ingredients(product)
    found.products.append(_product(ndc, name, product, own, None))
    parts = [part for kind in ("partProduct", "partMedicine") for part in product.iter(kind)]
    alike = [part for part in parts if _name(part) == name or set(_generics(part)) & set(generics)]
    for part in parts:
        found.products.append(_product(_code(part.find("code"), _NDC), _name(part), part, _ingredients(part), name))
    for ingredient in (one for part in [product, *(alike or parts)] for one in _ingredients(part)):
        substance: LabelSubstance = {"name": ingredient["name"], "unii": ingredient["unii"]}
        if substance not in found.substances:
            found.substances.append(substance)


def _product(
    ndc: str | None, name: str, product: Element, active: list[Ingredient], part_of: str | None
) -> LabelProduct:
    shown: LabelProduct = {"ndc": ndc, "name": name, "active": active}
    form = product.find("formCode")
    if form is not None and form.get("displayName"):
        shown["form"] = squeezed(form.get("displayName") or "")
    if part_of is not None:
        shown["part_of"] = part_of
    if part_of is not None and not active:
        substances = product.findall("ingredient/ingredientSubstance/name")
        shown["inactive"] = [squeezed("".join(name.itertext())) for name in substances]
    return shown


def _name(product: Element) -> str:
    name = product.find("name")
    return squeezed(" ".join(name.itertext())) if name is not None else ""


def _name_alone(product: Element) -> str:
    """The name without the suffix that tells products of one name apart ("Kids")."""
    name = product.find("name")
    return squeezed(name.text or "") if name is not None else ""


def _generics(product: Element) -> list[str]:
    names = product.findall("asEntityWithGeneric/genericMedicine/name")
    return [text for name in names if (text := squeezed("".join(name.itertext())))]


def _code(code: Element | None, system: str) -> str | None:
    return squeezed(code.get("code") or "") or None if code is not None and code.get("codeSystem") == system else None


def _add(held: list[str], value: str | None) -> None:
    if value and value not in held:
        held.append(value)


def _ingredients(product: Element) -> list[Ingredient]:
    """The active ingredients of a product itself, not of its parts."""
    return list(_each(product))


def _each(product: Element) -> Iterator[Ingredient]:
    for ingredient in (part for part in product if part.tag in ("ingredient", "activeIngredient")):
        kind = "ACTIB" if ingredient.tag == "activeIngredient" else ingredient.get("classCode") or ""
        substance = next((part for part in ingredient if part.tag.endswith("Substance")), None)
        if kind not in _ACTIVE or substance is None:
            continue
        one: Ingredient = {"name": _name(substance), "unii": _code(substance.find("code"), _UNII)}
        moiety = substance.find("activeMoiety/activeMoiety")
        if moiety is not None:
            one["moiety"] = {"name": _name(moiety) or None, "unii": _code(moiety.find("code"), _UNII)}
        strength = _strength(ingredient.find("quantity"))
        if strength is not None:
            if _ACTIVE[kind] is not None:
                strength["of"] = (one["moiety"]["name"] if "moiety" in one and kind == "ACTIM" else None) or "reference"
            one["strength"] = strength
        yield one


def _strength(quantity: Element | None) -> Strength | None:
    top, below = (quantity.find("numerator"), quantity.find("denominator")) if quantity is not None else (None, None)
    if top is None or not top.get("value"):
        return None
    per = below if below is not None else Element("denominator", {"value": "1"})
    return {
        "amount": squeezed(top.get("value") or ""),
        "unit": squeezed(top.get("unit") or ""),
        "per": squeezed(per.get("value") or "1"),
        "per_unit": squeezed(per.get("unit") or "1"),
    }
