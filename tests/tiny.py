"""A library of a page or two for tests, written into a folder on the spot, and places that lead to it."""

from __future__ import annotations

import shutil
from pathlib import Path

from monocli.library.fingerprints import cache_path
from monocli.library.opening import TABLES_NAME, recipes_for
from monocli.library.places import BUNDLED_NAME, Places

VOCABULARY = """\
statement_kinds: [{id: use}, {id: note}]
name_kinds: [{id: title}, {id: BAN}, {id: USAN}, {id: code}, {id: synonym}, {id: variant}, {id: mentioned}]
identifier_systems: [{id: CAS}, {id: ATC}, {id: RxCUI}, {id: PubChem}]
body_systems: [{id: heart}]
frequencies: [{id: rarely}]
fatality: [{id: fatal cases}]
standard_sections: [{id: uses, title: Uses, aliases: [used for]}, {id: interactions, title: Interactions}]
regions: [{id: uk}]
populations: [{id: adult}]
salts: [{id: mesilate}, {id: sodium}]
interaction_levels: [{id: documented}]
interaction_actions: [{id: avoid}]
interaction_directions: [{id: increase}]
compat_verdicts: [{id: unknown}]
enzyme_roles: [{id: substrate}, {id: inhibitor}]
enzyme_strengths: [{id: strong}]
source_kinds: [{id: book}, {id: label}]
languages: [{id: fr}]
spelling_pairs: [{uk: oedema, us: edema}, {uk: haem, us: hem}]
"""
FILES = {
    "library.yaml": 'edition: "1"\ntitle: tiny\n',
    "sources.yaml": (
        "sources:\n"
        "  - {id: book, title: A book, kind: book, printed: yes}\n"
        "  - {id: label, title: A label, kind: label, printed: no}\n"
    ),
    "vocabulary.yaml": VOCABULARY,
    "countries.yaml": "countries:\n  - {code: FR, name: France, printed: [Fr.]}\n  - {code: IN, name: India}\n",
    "agents/classes.yaml": "classes:\n  - {id: azoles, name: azole antifungals, aliases: [azoles], source: label}\n",
    "agents/enzymes.yaml": "enzymes:\n  - {id: CYP3A, name: cytochrome P450 3A, aliases: [CYP3A4], source: label}\n",
    "agents/k.yaml": (
        "agents:\n"
        "  - id: ketonazole\n"
        "    name: ketonazole\n"
        "    source: label\n"
        "    identifiers: [{system: PubChem, value: 1234, source: label}]\n"
        "    classes: [{class: azoles, source: label}]\n"
        "    roles: [{enzyme: CYP3A4, role: inhibitor, strength: strong, source: label}]\n"
    ),
    "monographs/alphatinib-mesilate.yaml": """\
# A made-up drug.
id: alphatinib-mesilate
title: Alphatinib Mesilate
source: book
names:
  - {name: Alphatinib Mesylate, kind: USAN}
  - {name: AB-123, kind: code}
  - {name: AB123, kind: variant, of: AB-123, source: label}
  - {name: "Alphatinib, Mésilate d’", kind: synonym, lang: fr}
  - {name: alphakin, kind: mentioned}
  - {name: "α-Something [oral]", kind: synonym}
identifiers:
  - {system: CAS, value: 152459-95-5, of: alphatinib}
  - {system: RxCUI, value: 1234}
  - {system: ATC, value: L01EA01, source: label}
chemistry: {formula: "C1H4", molecular_weight: "16.0"}
not_in_source:
  - {section: interactions, note: nothing is printed}
sections:
  - id: uses
    title: Uses
    statements:
      - {text: Oedema of the hands was treated with 400 mg a day., kind: use, references: [1]}
      - {text: "Given 1:10 by mouth, or no more than 1.50 g.", source: label}
    references:
      - {number: 1, authors: "Núñez A, et al.", title: On hands, journal: J Hand, year: 1999, volume: i, pages: 908–16}
      - {number: 2, authors: Someone B, title: "Is it so?", journal: J Hand, year: 2000, volume: 2, pages: 1–2}
    sections:
      - id: uses-in-the-heart
        title: Uses in the heart
        subject: alphakin
        statements: [{text: Haemorrhage was seen by Martínez-González; α-interferon was not given.}]
brands:
  - {country: FR, as_printed: Fr., name: Alphavec}
  - {country: IN, name: Alphavec, also: [Альфавек]}
""",
    "monographs/betakin.yaml": """\
id: betakin
title: Betakin
source: book
sections:
  - id: profile
    title: Profile
    statements: [{text: A protein of 15 000 daltons.}]
""",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files below a folder; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def places_of(base: Path, user: Path | None = None) -> Places:
    """Places of a tiny checkout below `base`, with a cache beside it."""
    data = base / "data"
    if not data.is_dir():
        write(data, FILES)
    return Places(bundled=None, checkout=data, user=user, user_from="MONO_LIBRARY", cache=base / "cache")


def compiled(places: Places) -> Path:
    """Where the compiled library of these places lies."""
    path = cache_path(places, "user" if places.user else "library")
    assert path is not None
    return path


def installed(places: Places, folder: Path) -> Path:
    """A folder made to hold the compiled packs as an installation holds them; its library."""
    recipes = recipes_for(places.replaced(user=None))
    folder.mkdir(parents=True, exist_ok=True)
    for recipe, name in ((recipes.tables, TABLES_NAME), (recipes.library, BUNDLED_NAME)):
        if recipe and recipe.path:
            shutil.copyfile(recipe.path, folder / name)
    return folder / BUNDLED_NAME


def cache(places: Places) -> Path:
    """Their folder for compiled libraries."""
    assert places.cache is not None
    return places.cache
