"""mono units, as it is typed."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from typing import Any

import pytest

from monocli.cli.main import run
from monocli.cli.session import Session


class _Input(io.TextIOWrapper):
    def __init__(self, text: str) -> None:
        super().__init__(io.BytesIO(text.encode("utf-8", "surrogateescape")), encoding="utf-8")


def mono(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
    """(exit code, stdout, stderr) of `mono units …`."""
    out, err = io.StringIO(), io.StringIO()
    environ = {**os.environ, "COLUMNS": "300", "NO_COLOR": "1", "MONO_PAGER": ""}
    code = run(["units", *arguments], Session(environ, _Input(stdin), out, err))
    return code, out.getvalue(), err.getvalue()


def envelope(*arguments: str, stdin: str = "") -> dict[str, Any]:
    code, out, err = mono("--json", *arguments, stdin=stdin)
    document: dict[str, Any] = json.loads(out)
    assert document["exit_code"] == code
    assert err == ""
    return document


def test_json_has_what_the_contract_names() -> None:
    document = envelope("18e6", "--to", "mg")
    data = document["data"]
    assert (document["schema"], document["status"]) == ("mono/units/1", "ok")
    assert data["substance"] == "aldesleukin"
    assert data["from"] == {"value": "18000000", "unit": "IU"}
    assert data["to"] == [{"value": "1.1", "unit": "mg", "approximate": False, "by": ["protein"]}]
    assert all({"text", "source"} <= set(step) for step in data["steps"])
    sources = set(document["library"]["sources"])
    assert {item["source"] for key in ("steps", "equivalences", "advice") for item in data[key]} <= sources


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--to", "Nutley", "--", "nan", "IU"), "bad-quantity"),
        (("--to", "Nutley", "--", "", "IU"), "bad-quantity"),
        (("--to", "Nutley", "--", "-5", "IU"), "bad-quantity"),
        (("-5", "IU"), "bad-quantity"),
        (("--", "-inf", "IU"), "bad-quantity"),
        (("-5", "IU", "--to", "mg"), "bad-quantity"),
        (("--to", "mg"), "bad-quantity"),
        (("100", "parsecs"), "unknown-unit"),
        (("5", "mg", "--foo"), "usage"),
        (("5", "mg", "--off=imatinib"), "usage"),
        (("5", "mg", "-x"), "usage"),
    ],
)
def test_bad_input_exits_2(arguments: tuple[str, ...], code: str) -> None:
    document = envelope(*arguments)
    assert document["exit_code"] == 2
    assert document["data"] is None
    assert document["errors"][0]["code"] == code


def test_a_substance_by_any_exact_name() -> None:
    for name in ("imatinib", "Glivec", "STI-571"):
        data = envelope("400 mg", "--of", name, "--to", "mesilate")["data"]
        assert data["to"][0]["value"] == "478"
    assert envelope("18e6", "--of", "Proleukin", "--to", "mg")["data"]["substance"] == "aldesleukin"
    unknown = envelope("5 mg", "--of", "imatanib")
    assert (unknown["exit_code"], unknown["errors"][0]["code"]) == (1, "unknown-substance")
    assert unknown["errors"][0]["suggestions"]
    none = envelope("5 IU", "--of", "imexon", "--to", "mg")
    assert (none["exit_code"], none["errors"][0]["code"]) == (2, "incompatible-units")


def test_the_table_shows_amounts_sources_and_about() -> None:
    code, out, _ = mono("18 MIU", "--to", "Nutley", "--to", "mg")
    assert code == 0
    assert "14,994,000" in out
    assert "about" in out
    assert "martindale-2009" in out
    _, out, _ = mono("100 Nutley", "--to", "mg", "--explain")
    assert "120.048 IU × 1.1 ÷ 18000000" in " ".join(out.split())
    assert "chained-equivalences" in out


def test_an_error_has_a_caret_under_what_could_not_be_read() -> None:
    code, out, err = mono("100 parsecs", "--to", "IU")
    assert (code, out) == (2, "")
    assert "100 parsecs\n    ^^^^^^^" in err


def test_alone_it_lists_what_there_is() -> None:
    data = envelope()["data"]
    assert {family["id"] for family in data["substances"]} >= {"imatinib", "interleukin-2"}
    code, out, _ = mono()
    assert code == 0
    for word in ("Nutley", "Cetus", "mesilate", "hank-1999", "U, u"):
        assert word in out
    assert mono("--format", "csv")[1].startswith("substance,measured_as,unit\r\n")


LINES = "18 MIU\n600,000 IU\n\nfoo\n1.0 mg\n5 U\n18e6\n"


def test_a_stream_goes_on_after_a_bad_line_and_the_worst_decides() -> None:
    code, out, err = mono("-", "--to", "IU", "-f", "csv", stdin=LINES)
    table = list(csv.DictReader(io.StringIO(out)))
    assert (code, err) == (2, "")
    assert [row["value"] for row in table] == ["18000000", "600000", "", "16363600", "", "18000000"]
    assert [bool(row["error"]) for row in table] == [False, False, True, False, True, False]
    assert mono("-", "--to", "IU", "-f", "csv", stdin="18 MIU\n")[0] == 0


def test_a_stream_as_json_lines_and_as_one_document() -> None:
    code, out, err = mono("-", "--to", "IU", "-f", "jsonl", stdin=LINES)
    documents = [json.loads(line) for line in out.splitlines()]
    assert (code, err, len(documents)) == (2, "", 6)
    assert [document["exit_code"] for document in documents] == [0, 0, 2, 0, 2, 0]
    whole = envelope("-", "--to", "IU", stdin=LINES)
    assert (whole["status"], len(whole["data"]["conversions"]), len(whole["errors"])) == ("partial", 6, 2)
    for one, document in zip(whole["data"]["conversions"], documents, strict=True):
        assert one.get("to") == (document["data"] or {}).get("to")


def test_every_line_of_a_stream_says_what_it_says_alone() -> None:
    numbers = ("18", "18", "600,000", "0.5", "1.50", "1.5", "0", "7", "7.0", "2.25", "999999999999999", "1.1", "22")
    units = ("MIU", "IU", "million IU", "mg", "microgram", "Nutley", "parsec", "U", "@gap1@", "mg @gap1@")
    lines = [f"{number} {unit}" for unit in units for number in numbers]
    out = mono("-", "--of", "aldesleukin", "-f", "jsonl", stdin="".join(f"{line}\n" for line in lines))[1]
    for line, text in zip(lines, out.splitlines(), strict=True):
        assert json.loads(text) == envelope(line, "--of", "aldesleukin"), line


def test_a_stream_as_text_and_markdown() -> None:
    _, out, _ = mono("-", "--to", "Nutley", stdin="18 MIU\n44 µg\n")
    assert out.startswith("18 MIU = about 14994000 Nutley")
    _, out, _ = mono("-", "--to", "Nutley", "-f", "md", stdin="18 MIU\n5 IU\n7 IU\n")
    assert [line.split(" |")[0] for line in out.splitlines()] == ["| quantity", "| ---", "| 18 MIU", "| 5 IU", "| 7 IU"]


@pytest.mark.parametrize("format", ["table", "json", "jsonl", "csv", "md"])
@pytest.mark.parametrize("stdin", ["", "\n", " \r\n\r", "\ufeff", "\ufeff\n"])
def test_a_stream_of_nothing_is_an_error(stdin: str, format: str) -> None:
    code, out, err = mono("-", "--to", "IU", "-f", format, stdin=stdin)
    assert code == 1
    assert "no-quantities" in out + err


@pytest.mark.parametrize("stdin", ["\ufeff18 MIU\r\n9 MIU\r\n", "18 MIU\r9 MIU\r", "18 MIU\n\r9 MIU"])
def test_marks_and_line_ends_are_no_part_of_a_quantity(stdin: str) -> None:
    whole = envelope("-", "--to", "mg", stdin=stdin)
    assert [entry["to"][0]["value"] for entry in whole["data"]["conversions"]] == ["1.1", "0.55"]


@pytest.mark.parametrize("line", ["600.000 IU", "18 x 106 IU", "1½ mg", "18\u3000000 IU", "5⁶ IU"])
def test_a_stream_never_takes_a_plan_for_a_number_that_is_not_read(line: str) -> None:
    _, out, _ = mono("-", "--to", "IU", "-f", "csv", stdin=f"10⁶ IU\n1.0 IU\n2.50 IU\n18 IU\n1 mg\n{line}\n")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["value"] for row in rows[:4]] == ["1000000", "1", "2.5", "18"]
    assert (rows[-1]["value"], rows[-1]["error"].partition(":")[0]) == ("", "bad-quantity")


def test_the_weight_is_warned_of_like_the_quantity() -> None:
    warnings = envelope("600,000 IU/kg", "--weight", "70.0", "--to", "mg")["warnings"]
    assert [w["written"] for w in warnings if w["code"] == "error-prone-number"] == ["70.0"]


@pytest.mark.parametrize(
    ("weight", "shown", "source"),
    [
        ("11 st 2 lb", "11 st 2 lb (70.76040972 kg)", "nist-sp811"),
        ("11 st", "11 st (69.85322498 kg)", "nist-sp811"),
        ("70 kg", "70 kg", "si-2019"),
    ],
)
def test_the_source_of_a_weight_is_that_of_its_units(weight: str, shown: str, source: str) -> None:
    answer = envelope("18e6 IU/kg", "--of", "aldesleukin", "--to", "IU", "--weight", weight)
    step = answer["data"]["steps"][0]
    assert (step["source"], f"a body weight of {shown}:" in step["text"]) == (source, True)
    assert answer["library"]["sources"] == [source]


def test_a_volume_says_that_it_is_of_the_reconstituted_vial() -> None:
    answer = envelope("42 MIU", "--to", "mL")
    assert (answer["data"]["to"][0]["value"], answer["data"]["to"][0]["exact"]) == ("2.33333", "7/3")
    assert "reconstituted with 1.2 mL" in answer["data"]["equivalences"][0]["text"]
    assert answer["warnings"][0]["code"] == "as-reconstituted"
    assert envelope("5 mL", "--to", "L", "--of", "interleukin-2")["data"]["to"][0]["value"] == "0.005"


def test_bytes_that_are_no_text_are_an_error_of_their_line() -> None:
    code, out, _ = mono("-", "--to", "IU", "-f", "jsonl", stdin="5 \udcff\udcfe\n5 IU\n")
    assert code == 2
    assert [json.loads(line)["exit_code"] for line in out.splitlines()] == [2, 0]


def test_json_imports_neither_rich_nor_yaml() -> None:
    program = (
        "import sys; from monocli.cli.main import run; from monocli.cli.session import from_process; import os;"
        "run(['units', '18e6', '--to', 'mg', '--json'], from_process(os.environ));"
        "print([m for m in ('rich', 'yaml', 'pydantic', 'thefuzz', 'csv') if m in sys.modules], file=sys.stderr)"
    )
    mono("18e6", "--json")  # so that the library is compiled before it is measured
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    ("of", "form"),
    [
        ("CAS 220127-57-1", "mesilate"),
        ("220127-57-1", "mesilate"),
        ("UNII 8A1O1M485B", "mesilate"),
        ("Mésilate d'imatinib", "mesilate"),
        ("Imatinibi mesilas", "mesilate"),
        ("imatinib methanesulfonate", "mesilate"),
        ("CAS 152459-95-5", "base"),
        ("Imatinib (as mesilate)", "base"),
        ("RxCUI 403879", "base"),
        ("Glivec", "base"),
    ],
)
def test_an_amount_is_of_the_form_that_the_name_or_number_is_of(of: str, form: str) -> None:
    assert envelope("400 mg", "--of", of)["data"]["from"]["form"] == form
