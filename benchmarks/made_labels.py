"""Made-up labels in the shape of openFDA's bulk download, any number of them.

    python -m benchmarks.made_labels FOLDER COUNT

writes parts of 20,000 labels and prints the bytes of their JSON; a part takes some 20 seconds. Words and drugs are
invented, apart from two codes by which labels are joined to drugs of the library. Labels come in families that share
their wording, as copies of one drug do; sections repeat their sub-sections as fields of their own, and tables stand in
the text as well, as in real ones.
"""

from __future__ import annotations

import json
import random
import sys
import uuid
import zipfile
from itertools import accumulate
from pathlib import Path
from typing import Any

PART = 20_000
RARE = "quillarate"
"""A word that two labels have."""
COMMON = "patients"
JOINED = {0: ("CLOPIDOGREL", "A74586SNO7", "omeprazole"), 1: ("OMEPRAZOLE", "KG60484QX9", "clopidogrel")}
"""Labels that are joined to drugs of the library, each with the one that it names."""
_FAMILY = 3
_ONSETS, _VOWELS, _ENDS = (
    ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "br", "cl", "dr", "pl", "st", "tr"],
    ["a", "e", "i", "o", "u"],
    ("", "n", "r", "s", "l"),
)
_CHAPTERS = (
    ("indications_and_usage", 1, 500), ("dosage_and_administration", 2, 2500), ("contraindications", 4, 250),
    ("warnings_and_cautions", 5, 4000), ("adverse_reactions", 6, 4500), ("drug_interactions", 7, 1600),
    ("use_in_specific_populations", 8, 2400), ("overdosage", 10, 250), ("description", 11, 600),
    ("clinical_pharmacology", 12, 3300), ("clinical_studies", 14, 3600), ("how_supplied", 16, 500),
    ("information_for_patients", 17, 1300),
)  # fmt: skip
"""Field, number, letters of text."""
_FIELDS_OF = {
    8: (("pregnancy", "8.1"), ("geriatric_use", "8.5")),
    12: (("pharmacodynamics", "12.2"), ("pharmacokinetics", "12.3")),
}
_DRUG_FACTS = (
    ("purpose", 40),
    ("warnings", 1200),
    ("do_not_use", 150),
    ("dosage_and_administration", 500),
    ("inactive_ingredient", 300),
)


class Maker:
    """What all labels share: words, the more frequent the earlier, and sentences of them."""

    def __init__(self) -> None:
        rng = random.Random(7)
        made = {
            "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_ENDS) for _ in range(rng.randint(1, 4)))
            for _ in range(30_000)
        }
        self._words = [COMMON, "the", "of", "and", "in", "with", *sorted(made, key=lambda word: (len(word), word))]
        # Added up once: to do that for each sentence takes nearly all the time.
        self._weights = list(accumulate(1 / (place + 3) for place in range(len(self._words))))
        self._pool = [self._sentence(rng) for _ in range(20_000)]

    def label(self, number: int) -> dict[str, Any]:
        """One record. Two in five are of the short kind that is sold without a prescription."""
        rng = random.Random(number // _FAMILY)
        own = random.Random(f"own {number}")
        short = number not in JOINED and rng.random() < 0.4
        fields = self._drug_facts(rng) if short else self._chapters(rng, JOINED.get(number))
        if number in (2, 3):
            fields["description"] = [f"11 DESCRIPTION It holds {RARE}. {self._text(own, 200)}"]
        fields["package_label_principal_display_panel"] = [f"Pack {number}. {self._text(own, 150)}"]
        name, unii, _ = JOINED.get(number, (f"MADEUP{number // _FAMILY}", f"ZZ{number // _FAMILY:08d}", ""))
        set_id = str(uuid.UUID(int=(4 << 76) + number))
        fields |= {"set_id": set_id, "id": set_id, "version": str(own.randint(1, 40)), "effective_time": "20260101"}
        block = {"brand_name": [f"Brand {number}"], "generic_name": [name], "substance_name": [name], "unii": [unii]}
        block |= {
            "application_number": [f"ANDA9{number:05d}"],
            "product_ndc": [f"99{number % 1000:03d}-{number % 10000:04d}"],
        }
        fields["openfda"] = block if number in JOINED or own.random() < 0.7 else {}
        return fields

    def _chapters(self, rng: random.Random, joined: tuple[str, str, str] | None) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for field, number, size in _CHAPTERS:
            title = field.replace("_", " ").upper().replace("CAUTIONS", "PRECAUTIONS")
            parts = [f"{number} {title}", self._text(rng, size // 10)]
            for child, numbered in _FIELDS_OF.get(number, ()):
                text = f"{numbered} {child.replace('_', ' ').title()} {self._text(rng, size // 2)}"
                fields[child] = [text]
                parts.append(text)
            if number == 7 and joined:
                parts.append(f"7.1 Other Drugs Avoid use with {joined[2]}.")
            if number not in _FIELDS_OF:
                parts += [f"{number}.{n} Part {self._text(rng, size // 3)}" for n in range(1 + (number == 7), 4)]
            if size > 2000 and number not in _FIELDS_OF:
                markup, flat = self._table(rng)
                fields[f"{field}_table"] = [markup]
                parts.append(flat)
            fields[field] = [" ".join(parts)]
        return fields

    def _drug_facts(self, rng: random.Random) -> dict[str, Any]:
        fields = {
            field: [f"{field.replace('_', ' ').capitalize()} {self._text(rng, size)}"] for field, size in _DRUG_FACTS
        }
        fields["warnings"] = [f"{fields['warnings'][0]} {fields['do_not_use'][0]}"]
        return fields

    def _table(self, rng: random.Random) -> tuple[str, str]:
        rows = [
            [self._text(rng, 12), *(f"{rng.randint(1, 99)} ({rng.randint(1, 99)}%)" for _ in range(3))]
            for _ in range(14)
        ]
        cell = '<td align="center" styleCode="Botrule Lrule Rrule " valign="top">'
        body = "".join(f"<tr>{''.join(f'{cell}{text}</td>' for text in row)}</tr>" for row in rows)
        flat = " ".join(text for row in rows for text in row)
        return f'<table width="100%"><col width="40%"/><tbody>{body}</tbody></table>', flat

    def _text(self, rng: random.Random, letters: int) -> str:
        """Sentences of the pool, and one in ten of its own."""
        out: list[str] = []
        while letters > 0:
            sentence = self._sentence(rng) if rng.random() < 0.1 else rng.choice(self._pool)
            out.append(sentence)
            letters -= len(sentence)
        return " ".join(out)

    def _sentence(self, rng: random.Random) -> str:
        return " ".join(rng.choices(self._words, cum_weights=self._weights, k=rng.randint(6, 20))).capitalize() + "."


def write(folder: Path, count: int) -> int:
    """Write the parts; bytes of their JSON."""
    maker, total = Maker(), 0
    parts = -(-count // PART)
    for part in range(parts):
        name = f"drug-label-{part + 1:04d}-of-{parts:04d}.json"
        packed = zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        with packed, packed.open(name, "w") as out:
            total += out.write(b'{"meta": {"last_updated": "2026-01-01", "disclaimer": "Made up."}, "results": [\n')
            for number in range(part * PART, min(count, (part + 1) * PART)):
                text = json.dumps(maker.label(number), indent=1)
                total += out.write(f"{',' if number % PART else ''}{text}\n".encode())
            out.write(b"]}")
    return total


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int(sys.argv[2])))
