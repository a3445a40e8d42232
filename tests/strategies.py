"""Strategies for Hypothesis: what people and programs type, meaning well or not. Shared by the fuzzing tests."""

from __future__ import annotations

from functools import cache

from hypothesis import settings
from hypothesis import strategies as st

STEADY = settings(derandomize=True, database=None)
"""The same examples in every run; what is new is looked for with `atheris_parsers.py` and `long_fuzz.py`."""

NAMES = (
    "imatinib",
    "Imatinib Mesilate",
    "STI-571",
    "STI571",
    "Glivec",
    "Гливек",
    "Gleevec",
    "aldesleukin",
    "Proleukin",
    "interleukin-2",
    "IL-2",
    "imexon",
    "teceleukin",
    "ketoconazole",
    "warfarin",
    "St John's wort",
    "grapefruit",
    "rifampicin",
    "azole antifungals",
    "CYP3A4",
    "152459-95-5",
    "L01XE01",
    "L01EA01",
    "Mésilate d’imatinib",
    "lorazepam",
    "glucose",
    "sodium chloride",
)
NASTY = (
    "",
    " ",
    "\t",
    "-",
    "--",
    "---",
    "-x",
    "--js",
    "--help",
    "-h",
    "=",
    "@file",
    "~",
    "~root",
    "/",
    "*",
    "%",
    "_",
    "?",
    "\\",
    "'",
    '"',
    "''",
    "`id`",
    "$(id)",
    "; rm",
    "|",
    "[oral]",
    "[bold]x[/bold]",
    "[/]",
    "\\[",
    "null",
    "None",
    "nan",
    "inf",
    "-inf",
    "∞",
    "true",
    "\x07",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;t\x07",
    "\x9b31m",
    "\x7f",
    "\r",
    "\n",
    "a\nb",
    "\u2028",
    "\u202eevil",
    "\u2066x\u2069",
    "\u200b",
    "\ufeff",
    "\ud800",
    "\udcff",
    "\ue000",
    "\U0010ffff",
    "😀",
    "i\u0307",
    "İ",
    "ß",
    "ﬁ",
    "①",
    "Ⅷ",
    "½",
    "१२",
    "٣",
    "１８",
    "e\u0301" * 40,
    "x" * 501,
    "im" * 6000,
    " imatinib ",
    "IMATINIB",
    "{}",
    "[]",
    "0",
    "00",
    "-0",
    "1e400",
    "1/3",
    "NEAR(a b)",
    "a AND",
    "a*",
    '"a',
    "col:a",
    "^a",
    "0x10",
    "1_000",
)
"""Words that have broken programs; NUL is not among them, for no command line can hold it."""
CHARACTERS = st.characters(codec=None, exclude_characters="\x00")
NUMBERS = (
    "0",
    "-0",
    "1",
    "1.",
    ".5",
    "1.0",
    "1,5",
    "1,000",
    "1,0000",
    "1 000",
    "1'000",
    "1_000",
    "18e6",
    "18E+6",
    "1e60",
    "1e61",
    "1e-60",
    "1e999999999",
    "-1",
    "−1",
    "+1",
    "1-2",
    "1–2",
    "1±2",
    "~1",
    "1/2",
    "½",
    "10^7",
    "1.8 × 10^7",
    "1.8x10⁷",
    "1.8×10^-3",
    "10⁷",
    "nan",
    "inf",
    "-inf",
    "Infinity",
    "١٢٣",
    "１８",
    "0x10",
    "1e",
    "e5",
    "1..2",
    "1.2.3",
    "1,2,3",
    "18 million",
    "18 thousand million",
    "9" * 99,
    "9" * 101,
    "9" * 5000,
    "0." + "0" * 90 + "1",
    "1e-999",
    "00012",
    "1\u00a0000",
    "1\u2009000",
    "",
    " ",
    "1 2",
    "0.1e1",
    "１．５",
)
UNITS = (
    "",
    "mg",
    "MG",
    "Mg",
    "g",
    "kg",
    "microgram",
    "µg",
    "μg",
    "mcg",
    "ug",
    "nanogram",
    "IU",
    "iu",
    "U",
    "u",
    "MIU",
    "kIU",
    "Nutley",
    "Cetus",
    "units",
    "mL",
    "ml",
    "IU/mL",
    "mg/m2",
    "mg/m²",
    "mg/kg",
    "IU/kg",
    "mg/",
    "/mL",
    "mg/mL/h",
    "%",
    "xULN",
    "umol/L",
    "U/L",
    "cm",
    "m",
    "ft",
    "in",
    "lb",
    "stone",
    "years",
    "mo",
    "months",
    "hours",
    "minutes",
    "base",
    "mesilate",
    "mg mesilate",
    "twice daily",
    "mg twice daily",
    "mg/day",
    "bananas",
    "m\u0301g",
)


def words() -> st.SearchStrategy[str]:
    """Any one word of a command line."""
    anything = st.text(CHARACTERS, max_size=25)
    latin = st.text(st.characters(min_codepoint=32, max_codepoint=383), max_size=25)
    return st.one_of(st.sampled_from(NAMES), st.sampled_from(NASTY), quantities(), latin, anything, misspelt())


def misspelt() -> st.SearchStrategy[str]:
    """A name with a slip or a character of another kind in it."""

    def slipped(name: str, at: int, character: str, cut: int) -> str:
        at %= len(name) + 1
        return name[:at] + character + name[at + cut :]

    return st.builds(slipped, st.sampled_from(NAMES), st.integers(0, 40), CHARACTERS, st.integers(0, 2))


def quantities() -> st.SearchStrategy[str]:
    """Numbers in every disguise, with units or what looks like them."""
    numbers = st.one_of(
        st.sampled_from(NUMBERS),
        st.text("0123456789.,' eE+-−×^⁷_\u00a0", max_size=14),
        st.decimals(allow_nan=True, allow_infinity=True).map(str),
        st.fractions().map(str),
    )
    return st.builds("{}{}{}".format, numbers, st.sampled_from(["", " ", "  ", "\u00a0", "\t"]), st.sampled_from(UNITS))


_DOSE_COMMON = {"--population": 1, "--region": 1, "--bsa": 1, "--bilirubin": 1, "--bilirubin-uln": 1, "--explain": 0}
OPTIONS: dict[str, dict[str, int]] = {
    "lookup": {"--fuzzy": 0},
    "show": {"--all": 0, "--by": 1},
    "search": {"--kind": 1, "--in": 1, "--limit": 1},
    "refs": {"--author": 1, "--journal": 1, "--year": 1, "--number": 1},
    "brands": {"--country": 1, "--brand": 1},
    "sources": {},
    "units": {"--to": 1, "--of": 1, "--weight": 1, "--explain": 0},
    "dose": {
        **_DOSE_COMMON,
        "--indication": 1,
        "-i": 1,
        "--age": 1,
        "--height": 1,
        "--weight": 1,
        "--bsa-formula": 1,
        "--sex": 1,
        "--hepatic": 1,
        "--ast": 1,
        "--ast-uln": 1,
        "--with": 1,
        "--creatinine-clearance": 1,
        "--given": 1,
        "--route": 1,
        "--source": 1,
    },
    "adjust": {
        **_DOSE_COMMON,
        "--current": 1,
        "--transaminases": 1,
        "--transaminases-uln": 1,
        "--withheld": 0,
        "--reduce": 0,
        "--start": 1,
        "--source": 1,
    },
    "interactions": {"--fail-on": 1, "--batch": 1, "--rows": 1, "--details": 0, "--notes": 0},
    "compat": {
        "--diluent": 1,
        "--concentration": 1,
        "--amount": 1,
        "--volume": 1,
        "--container": 1,
        "--hours": 1,
        "--albumin": 1,
        "--region": 1,
    },
    "calc": {"--explain": 0, "--to": 1},
    "data check": {},
    "data where": {},
    "data schema": {},
    "help": {},
}
"""Command → its options and how many values each takes; `test_command_lines.py` holds that none is missing."""
GOOD_VALUES = {
    "--population": ("adult", "child"),
    "--region": ("uk", "us"),
    "--bsa": ("1.1", "1.75 m2", "25", "0.1"),
    "--bilirubin": ("2.5", "3.4xULN", "45umol/L"),
    "--bilirubin-uln": ("21umol/L", "1.2"),
    "--by": ("system", "frequency", "fatality"),
    "--kind": ("statement", "reference"),
    "--limit": ("0", "3", "-1"),
    "--number": ("1", "0", "-1", "99999999999999999999999"),
    "--year": ("2006",),
    "--country": ("IN", "India", "Fr.", "xx"),
    "--to": ("mg", "IU", "Nutley", "base"),
    "--of": ("imatinib", "aldesleukin", "warfarin"),
    "--weight": ("70", "154 lb", "28", "0", "1e9"),
    "--height": ("130", "4 ft 3 in", "1.3 m", "1.3"),
    "--indication": ("gist", "cml-chronic", "CML", "cml-new", "kit+ gist", "mds"),
    "-i": ("cml-chronic", "hes", "all-new"),
    "--age": ("8", "18mo", "15", "40", "0.5", "200"),
    "--bsa-formula": ("mosteller", "dubois", "haycock", "gehan-george", "boyd", "fujimoto", "schlich"),
    "--sex": ("female", "male"),
    "--hepatic": ("mild", "severe"),
    "--ast": ("2.5xULN", "90U/L"),
    "--ast-uln": ("40U/L",),
    "--with": ("rifampicin", "warfarin", "imexon"),
    "--current": ("400 mg", "600 mg", "400 mg twice daily", "340 mg/m2", "260"),
    "--transaminases": ("2", "5.5xULN"),
    "--transaminases-uln": ("40U/L",),
    "--start": ("rifampicin", "ketoconazole"),
    "--fail-on": ("avoid", "note"),
    "--diluent": ("glucose 5%", "water"),
    "--concentration": ("50 microgram/mL", "1 MIU/mL"),
    "--amount": ("1.1mg", "18 MIU"),
    "--volume": ("25 mL", "0 mL"),
    "--container": ("plastic syringe", "glass"),
    "--hours": ("24", "15 minutes"),
    "--albumin": ("0.1%", "none"),
    "--batch": ("/nonexistent", "/", "/dev/null"),
}
"""Values that lead deeper into a command than nonsense would."""


@cache
def _value(option: str) -> st.SearchStrategy[str]:
    good = GOOD_VALUES.get(option, ())
    nasty = words() if option != "--batch" else st.sampled_from(NASTY)
    return st.one_of(st.sampled_from(good), st.sampled_from(good), nasty) if good else nasty


@st.composite
def command_lines(draw: st.DrawFn, command: str) -> list[str]:
    """Arguments of one command, without its format."""
    options = OPTIONS[command]
    line = draw(st.lists(st.one_of(st.sampled_from(NAMES), words()), max_size=3))
    for option in draw(st.lists(st.sampled_from(sorted(options)), max_size=5)) if options else []:
        value = draw(_value(option)) if options[option] else None
        glued = value is not None and option.startswith("--") and draw(st.booleans())
        piece = [f"{option}={value}"] if glued else [option] if value is None else [option, value]
        at = draw(st.integers(0, len(line)))
        line[at:at] = piece
    return [*command.split(), *line]
