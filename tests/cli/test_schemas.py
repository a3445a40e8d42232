"""What every command prints as JSON is what docs/schemas/ says, failures included, and the same each time.

`run` itself holds each output against its published schema with unknown keys refused, in every test that uses it; here
are the command lines that reach each shape of it.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

import published
from conftest import Run

LINES = """
lookup STI-571
lookup Гливек Glivec "T-cell Growth Factor"
lookup ketoconazole "macrolides" 152459-95-5
lookup imatanib
lookup imatanib --fuzzy
lookup xyzzy imexon
lookup teceleukin
lookup
show imatinib
show aldesleukin
show imexon --all
show imatinib kidneys heart
show imatinib "adverse effects" --by system
show imatinib "adverse effects" --by frequency
show imatinib "adverse effects" --by fatality
show aldesleukin "adverse effects" interactions
show imexon interactions
show imatinib bones
show interleukin-2
show interleukin-2 units
show ketoconazole
search splenic rupture
search imatinib --limit 0
search edema --in imatinib --limit 3
search Glivec --kind brand
search 152459-95-5
search xyzzy
search a --kind nonsense
refs
refs imatinib heart
refs --journal "N Engl J Med"
refs imatinib --number 99
brands
brands imatinib --country India
brands imatinib --country Austria
sources
sources ansm
sources ansn
dose imatinib
dose imatinib --population child
dose imatinib --region us
dose imatinib --indication gist
dose imatinib -i cml-chronic --hepatic severe --region us
dose imatinib -i cml-blast --bilirubin 45umol/L --bilirubin-uln 21umol/L --region uk
dose imatinib -i cml-chronic --bilirubin 2.5 --ast 2 --region us
dose imatinib -i cml-chronic --age 8 --region uk --bsa 1.1
dose imatinib -i cml-new --age 8 --region us --height 130 --weight 28
dose imatinib -i cml-new --age 8 --region us --height 130 --weight 28 --bsa-formula schlich --sex female
dose imatinib -i cml-chronic --age 15 --region uk --bsa 2.36 --with rifampicin
dose imatinib -i mds --with rifampicin
dose imatinib -i mds --with ketoconazole --with phenytoin
dose imatinib -i cml
dose imatinib -i cml-chronik
dose imatinib -i "chronic myloid leukemia"
dose imatinib -i cml-chronic --age 1 --region uk
dose imatinib -i gist --age 8 --region uk --bsa 1
dose imatinib -i gist --age 15
dose imatinib -i gist --bsa 25
dose imatinib -i gist --hepatic mild --bilirubin 2
dose imatinib -i gist --with xyzzy
dose imexon
dose imatanib
adjust imatinib --current "600 mg" --bilirubin 3.4 --transaminases 2
adjust imatinib --current "600 mg" --bilirubin 1 --transaminases 2
adjust imatinib --current "600 mg" --withheld --bilirubin 1.2 --transaminases 2
adjust imatinib --current "400 mg twice daily" --reduce
adjust imatinib --current "340 mg/m2" --population child --bsa 1.1 --reduce
adjust imatinib --current "340 mg/m2" --population child --reduce
adjust imatinib --current "478 mg mesilate" --start rifampicin
adjust imatinib --current "400 mg" --start ketoconazole
adjust imatinib --current "500 mg" --reduce
adjust imatinib --current "600 mg/m2" --population child --bsa 2 --start rifampicin --region us
adjust imatinib --current "400 mg" --reduce --bsa 1.8 --region us
adjust imatinib
adjust imatinib --current "-5 mg" --reduce
interactions imatinib ketoconazole warfarin "St John's wort"
interactions imatinib
interactions aldesleukin
interactions ketoconazole
interactions macrolides
interactions imatinib macrolides
interactions aldesleukin corticosteroids
interactions Glivec imatinib
interactions clarithromycin simvastatin
interactions imatinib rifampin --fail-on adjust
interactions imatinib xyzzy
interactions xyzzy
interactions imatinib paracetamol levothyroxine azithromycin
interactions imexon aldesleukin
interactions interleukin-2
interactions imatinib spiramycin
interactions
compat aldesleukin
compat aldesleukin lorazepam
compat aldesleukin "ganciclovir sodium" ondansetron
compat aldesleukin --diluent "glucose 5%" --amount 1.1mg --volume 25mL --region us
compat aldesleukin --diluent "glucose 5%" --concentration "50 microgram/mL" --albumin 0.1%
compat aldesleukin --diluent "glucose 5%" --container "plastic syringe" --hours 24
compat aldesleukin --diluent "sodium chloride 0.9%"
compat aldesleukin --diluent lemonade
compat aldesleukin --diluent "glucose 5%" --container bucket
compat aldesleukin --amount 1.1mg --volume 10.5mL
compat aldesleukin xyzzy
compat aldesleukin --amount 1.1mg
compat lorazepam aldesleukin
compat imexon
units
units 18e6 --to mg
units "18 million IU" --to Nutley --to Cetus
units 1.1 mg --of aldesleukin
units "44 microgram/mL" --to IU/mL
units "600,000 IU/kg" --weight 70 --to mg
units "600,000 IU/kg" --weight "154 lb" --to MIU
units 1 mL --weight 70
units 400 mg --of imatinib --to mesilate
units "478 mg mesilate" --to base
units "100 mg" --of imatinib
units "18 MIU" --of interleukin-2
units "1.0 mcg" --of aldesleukin --to IU
units "5 units" --to mg
units "18 U" --to mg
units 1,5
units "5 IU" --to mL
units 18 parsecs
units 5 ug --to mg
units 5 ml --to L
units 5 Nutley --of aldesleukin
units -5 IU
units 100 --of imatinib
units --of xyzzy 5 mg
units 5 IU --nope
calc
calc renal
calc meld
calc infusion-rate
calc cockcroft-gault age=70 weight=60 "creatinine=1.2 mg/dL" sex=f height=165
calc renal age=70 weight=60 "creatinine=1.2 mg/dL" sex=f
calc child-pugh "bilirubin=2.5 mg/dL" "albumin=3 g/dL" inr=1.5 ascites=none encephalopathy=none
calc phenytoin "phenytoin=8 mg/L" "albumin=2.5 g/dL"
calc qtc-bazett qt=400 heart-rate=100
calc calvert auc=5 gfr=60
calc calvert auc=5 "gfr=6 x mL/min"
calc bmi weight=70 height=170 --to mg
calc cockcroft-gault age=9
calc xyzzy
labels
labels list
labels list imatinib
labels show imatinib
labels import /nowhere
labels diff imatinib
show imatinib --label
search --in labels rash
labels remove
labels remove xyzzy
labels where
data check
data check /nowhere
data check --nope
data where
data schema
data schema monographs
data schema output-dose
data schema xyzzy
data
data xyzzy
help
help json
help lookup
help data check
help xyzzy
xyzzy
lookup imexon --nope
""".strip().splitlines()


def argv(line: str) -> list[str]:
    import shlex

    return shlex.split(line)


@pytest.mark.parametrize("line", LINES)
def test_the_output_is_as_published_and_the_same_again(run: Run, line: str) -> None:
    first, second = run(*argv(line), "--json"), run(*argv(line), "--json")
    assert first.stdout == second.stdout
    assert first.stderr == ""
    document = first.json
    published.check_document(document)
    assert document["exit_code"] == first.exit
    command = argv(line)[0]
    assert document["command"].split("-")[0] in (command, "mono")


def test_every_command_is_among_them(run: Run) -> None:
    commands = {run(*argv(line), "--json").json["command"] for line in LINES}
    assert commands == {path.stem for path in published.SCHEMAS.iterdir()}


STREAMS = [
    ("lookup - --format jsonl", "STI-571\nimatanib\nketoconazole\n"),
    ("lookup - --json", "STI-571\nimatanib\n"),
    ("lookup - --json", ""),
    ("units - --to mg --format jsonl", "18e6\n1,5\n-5 IU\n\n5 parsecs\n1.0 mcg\n"),
    ("units - --to mg --json", "18 MIU\n1,5\n1.0 mcg\n"),
    ("units - --json", ""),
    (
        "interactions - --format jsonl",
        "imatinib; warfarin\nimatinib; xyzzy\nimexon; paracetamol\n\nimatinib\nxyzzy\n[1]\n",
    ),
    ("interactions - --format jsonl --fail-on note", 'id;drugs\na;imatinib;warfarin\nb;"x\n'),
    ("interactions - --format jsonl", '{"id": "a", "drugs": ["imatinib", "Glivec"]}\n{"id": "b", "drugs": 5}\n'),
    ("interactions - --json", "imatinib; warfarin\n"),
    ("interactions - --json", "imatinib; warfarin\n\nxyzzy\n"),
    ("interactions - --json", "\n"),
    ("interactions --batch /nowhere --json", ""),
    ("calc bmi - --format jsonl", "id,weight,height\na,70,170\nb,70,1.7\n"),
    ("calc bmi - --json", "id,weight,height\na,70,170\nb,70,1.7\n"),
    ("calc bmi - --json", ""),
]


@pytest.mark.parametrize(("line", "stdin"), STREAMS)
def test_streams_are_as_published(run: Run, line: str, stdin: str) -> None:
    first, second = run(*argv(line), stdin=stdin), run(*argv(line), stdin=stdin)
    assert (first.stdout, first.exit) == (second.stdout, second.exit)
    assert first.stderr == ""
    documents = published.documents_of(first.stdout)
    for document in documents:
        published.check_document(document)
    if "jsonl" in line:
        assert len(documents) == len(first.stdout.splitlines())


def test_invalid_data_is_told_as_published(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("sources: [")
    env = {"MONO_LIBRARY": str(tmp_path)}
    for line in ("lookup imexon", "dose imatinib", "data where", "data check"):
        document = run(*argv(line), "--json", env=env).json
        published.check_document(document)
    assert run("lookup", "imexon", "--json", env=env).json["library"] == {"edition": None, "sources": []}


def test_the_check_sees_what_it_is_for(run: Run) -> None:
    """A key without documentation, a number that is no text, a key that is missing: each fails."""
    answer = run("dose", "imatinib", "--indication", "gist", "--json").json
    published.check_document(answer)
    for damage in (unknown_key, number, missing, wrong_code):
        document = copy.deepcopy(answer)
        damage(document)
        with pytest.raises(AssertionError):
            published.check_document(document)
    with pytest.raises(AssertionError):
        published.check_document(dict(reversed(answer.items())))
    with pytest.raises(json.JSONDecodeError):
        published.check(["lookup", "x", "--json"], "no JSON", 1)


def unknown_key(document: Any) -> None:
    document["data"]["regimens"][0]["colour"] = "red"


def number(document: Any) -> None:
    document["data"]["regimens"][0]["daily"]["value"] = 400


def missing(document: Any) -> None:
    del document["data"]["regimens"][0]["capped"]


def wrong_code(document: Any) -> None:
    document["exit_code"] = 2
