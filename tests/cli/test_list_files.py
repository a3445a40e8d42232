"""Files of medication lists as people and systems write them: tables, FHIR, text with a medicine a line."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from conftest import Outcome, Run

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ATC = "http://www.whocc.no/atc"


def drugs(outcome: Outcome) -> dict[str, tuple[str | None, str]]:
    """Of every drug asked for, what it was read as and whether it is taken."""
    return {drug["query"]: (drug["id"], drug["taken"]) for drug in outcome.data["drugs"]}


def request(text: str | None = None, *codings: tuple[str, str], **more: Any) -> dict[str, Any]:
    concept: dict[str, Any] = {"coding": [{"system": system, "code": code} for system, code in codings]}
    if text:
        concept["text"] = text
    course = {"resourceType": "MedicationRequest", "status": "active", "intent": "order"}
    return {**course, "medicationCodeableConcept": concept, **more}


def bundle(*resources: dict[str, Any]) -> str:
    return json.dumps({"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}, indent=1)


TABLE = "Ward export\n\nDrug,Dose,Status\nwarfarin,3 mg,Active\nsimvastatin 40 mg tablets,40 mg,Discontinued\n"


def test_a_table_in_which_a_row_is_a_medicine_is_one_list(run: Run) -> None:
    outcome = run("interactions", "-", "--json", stdin=TABLE + "clarithromycin,500 mg,On hold\nibuprofen,,Active\n")
    assert drugs(outcome) == {
        "warfarin": ("warfarin", "yes"),
        "simvastatin 40 mg tablets": ("simvastatin", "no"),
        "clarithromycin": ("clarithromycin", "held"),
        "ibuprofen": ("ibuprofen", "yes"),
    }
    assert outcome.data["not_taken"] == ["simvastatin 40 mg tablets", "clarithromycin"]
    assert outcome.data["drugs"][0]["origin"] == {"line": 4}
    assert 'named in "Drug"; status in "Status"; header in line 3' in outcome.data["read_as"]
    assert {tuple(finding["between"]) for finding in outcome.data["interactions"]} == {("ibuprofen", "warfarin")}
    assert "on-hold" in [warning["code"] for warning in outcome.json["warnings"]]


def test_the_table_says_what_is_not_taken_and_leaves_it_out_of_the_matrix(run: Run) -> None:
    text = run("interactions", "-", "--details", stdin=TABLE + "ibuprofen,,Active\nparacetamol,,Active\n").stdout
    assert "NOT TAKEN, SO NOT CHECKED: simvastatin 40 mg tablets (stopped" in " ".join(text.split())
    assert "simvastatin" not in text[text.index("Drug by drug") : text.index("Names as they were read")]


@pytest.mark.parametrize(
    "content",
    [
        "Wirkstoff;Handelsname;Stärke\nParacetamol;;500 mg\nImatinib;Glivec;400 mg\n".encode("cp1252"),
        "DCI|Spécialité|Dosage\r\nparacétamol||1 g\r\nimatinib|GLIVEC|400 mg\r\n".encode("latin-1"),
        "\ufeffMedication Name\tDose\nparacetamol\t1 g\nGlivec\t400 mg\n".encode(),
        "Medication Name\tDose\r\nparacetamol\t1 g\r\nGlivec\t400 mg\r\n".encode("utf-16"),
        b'# export\ndrug,"dose"\n"paracetamol","1 g, four times"\nGlivec,400 mg\n,\n',
        b"sep=;\ndrug;dose\nparacetamol;1 g\nGlivec;400 mg\n",
    ],
)
def test_separators_encodings_and_languages(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    outcome = run("interactions", "--batch", str(tmp_path / "list.csv"), "--json")
    assert [drug["id"] for drug in outcome.data["drugs"]] == ["paracetamol", "imatinib-mesilate"]


def test_rows_of_several_patients_are_lists_of_their_own_wherever_they_stand(run: Run) -> None:
    text = "PATIENT,DESCRIPTION,STOP\np1,warfarin,\np2,digoxin,\np1,ibuprofen,\np1,simvastatin,2020-01-31\n"
    lists = run("interactions", "-", "--json", stdin=text).data["lists"]
    assert [[drug["query"] for drug in one["data"]["drugs"]] for one in lists] == [
        ["warfarin", "ibuprofen", "simvastatin"],
        ["digoxin"],
    ]
    assert lists[0]["data"]["list"] == {"line": 2, "id": "p1"}
    assert lists[0]["data"]["not_taken"] == ["simvastatin"]


def test_a_row_with_more_cells_than_its_header_is_not_guessed(run: Run) -> None:
    outcome = run("interactions", "-", "--json", stdin="drug,dose,status\nwarfarin,3 mg, at night,stopped\ndigoxin,,\n")
    assert (outcome.exit, outcome.codes) == (1, ["unread-entry"])
    assert outcome.data["drugs"][0]["id"] is None


def test_a_code_answers_for_a_name_that_is_not_known(run: Run) -> None:
    outcome = run("interactions", "-", "--json", stdin="drug,dose,RxCUI\nwarfrin,3 mg,11289\nibuprofen,,\n")
    assert outcome.data["drugs"][0]["id"] == "warfarin"
    assert outcome.data["drugs"][0]["read_by"] == "RxNorm 11289"
    assert "text-not-read" in [warning["code"] for warning in outcome.json["warnings"]]


def test_a_code_and_a_text_that_disagree_are_told_and_neither_is_checked(run: Run) -> None:
    text = bundle(request("ibuprofen 400 mg", (RXNORM, "11289")), request("aspirin 75 mg"))
    outcome = run("interactions", "-", "--json", stdin=text)
    assert (outcome.exit, outcome.codes) == (1, ["code-and-text-disagree"])
    assert "warfarin" in outcome.error["message"]
    assert outcome.data["interactions"] == []
    assert outcome.data["not_checked"] == ["ibuprofen 400 mg"]


def test_a_text_without_a_name_for_the_medicine_is_refused_with_what_is_accepted(run: Run) -> None:
    for text in ("dose,route,frequency\n3 mg,oral,od\n", "<html><body>", "%PDF-1.7", "PK\x03\x04", "{\\rtf1", "a\0b\n"):
        outcome = run("interactions", "-", "--json", stdin=text)
        assert (outcome.exit, outcome.codes) == (2, ["unknown-format"])
        assert "--rows medicines" in outcome.error["hint"]


def test_a_line_is_a_medicine_where_that_is_said(run: Run) -> None:
    text = "# ward round\nwarfarin 3 mg nocte\n\nibuprofen 400 mg tds\n"
    outcome = run("interactions", "-", "--rows", "medicines", "--json", stdin=text)
    assert [drug["origin"]["line"] for drug in outcome.data["drugs"]] == [2, 4]
    assert outcome.data["interactions"]
    assert run("interactions", "warfarin", "--rows", "medicines").exit == 2


STANDINGS = {
    "active": "yes",
    "on-hold": "held",
    "cancelled": "no",
    "completed": "ended",
    "entered-in-error": "no",
    "stopped": "no",
    "draft": "no",
    "unknown": "unknown",
    "not-taken": "no",
    "intended": "no",
    "a-word-of-its-own": "unknown",
}


@pytest.mark.parametrize("status", STANDINGS)
def test_the_status_says_whether_it_is_taken(run: Run, status: str) -> None:
    outcome = run("interactions", "-", "--json", stdin=bundle(request("warfarin", status=status), request("ibuprofen")))
    assert drugs(outcome)["warfarin"] == ("warfarin", STANDINGS[status])
    checked = STANDINGS[status] in ("yes", "unknown")
    assert bool(outcome.data["interactions"]) == checked
    assert ("warfarin" in outcome.data["not_taken"]) != checked


@pytest.mark.parametrize("more", [{"doNotPerform": True}, {"intent": "proposal"}, {"intent": "option"}])
def test_what_is_forbidden_or_not_ordered_is_not_taken(run: Run, more: dict[str, Any]) -> None:
    outcome = run("interactions", "-", "--json", stdin=bundle(request("warfarin", **more), request("ibuprofen")))
    assert drugs(outcome)["warfarin"] == ("warfarin", "no")
    assert outcome.data["interactions"] == []


def test_one_course_in_three_records_is_one_drug_and_two_orders_are_a_duplicate(run: Run) -> None:
    course = request("warfarin")
    statement = {**course, "resourceType": "MedicationStatement"}
    given = {**course, "resourceType": "MedicationAdministration", "status": "completed"}
    once = run("interactions", "-", "--json", stdin=bundle(course, statement, given, given, request("digoxin")))
    assert [drug["taken"] for drug in once.data["drugs"]] == ["yes", "yes", "given", "given", "yes"]
    assert [f["level"] for f in once.data["interactions"] if f["level"] == "duplicate"] == []
    twice = run("interactions", "-", "--json", stdin=bundle(course, course, request("digoxin")))
    assert [f["level"] for f in twice.data["interactions"] if f["level"] == "duplicate"] == ["duplicate"]


def test_references_are_followed_in_the_resource_and_the_bundle_and_no_further(run: Run) -> None:
    def referring(reference: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"resourceType": "MedicationStatement", "status": "active", "medicationReference": reference, **more}

    held = {"resourceType": "Medication", "id": "m1", "code": {"coding": [{"system": ATC, "code": "B01AA03"}]}}
    contained = [{"resourceType": "Medication", "id": "a", "code": {"text": "Glivec"}}]
    unused = {"resourceType": "Medication", "id": "m2", "code": {"text": "digoxin"}}
    entries = [
        {"fullUrl": "urn:uuid:1", "resource": {**held, "id": "other", "code": {"text": "ibuprofen"}}},
        {"resource": held},
        {"resource": unused},
        {"resource": referring({"reference": "#a"}, contained=contained)},
        {"resource": referring({"reference": "urn:uuid:1", "display": "prescribed medication"})},
        {"resource": referring({"reference": "Medication/m1"})},
        {"resource": referring({"reference": "Medication/elsewhere", "display": "omeprazole"})},
    ]  # fmt: skip
    outcome = run("interactions", "-", "--json", stdin=json.dumps({"resourceType": "Bundle", "entry": entries}))
    assert [drug["id"] for drug in outcome.data["drugs"]] == ["imatinib-mesilate", "ibuprofen", "warfarin", None]
    assert outcome.error["code"] == "unread-entry"
    assert "Medication/elsewhere" in outcome.error["message"]


def test_ingredients_are_read_where_nothing_else_names_the_drug(run: Run) -> None:
    parts = [{"itemCodeableConcept": {"text": text}} for text in ("paracetamol", "codeine")]
    held = {"resourceType": "Medication", "id": "a", "code": {"text": "pain pill"}, "ingredient": parts}
    course = {**request(), "medicationReference": {"reference": "#a"}, "contained": [held]}
    del course["medicationCodeableConcept"]
    outcome = run("interactions", "-", "--json", stdin=bundle(course, request("digoxin")))
    assert [drug["id"] for drug in outcome.data["drugs"]] == ["paracetamol", "codeine", "digoxin"]
    assert outcome.data["not_recorded"] or outcome.data["interactions"]
    assert ["codeine", "paracetamol"] not in outcome.data["not_recorded"]


def test_the_code_of_a_class_and_of_no_medicines_is_no_drug(run: Run) -> None:
    none = request(None, ("http://snomed.info/sct", "787481004"))
    only = run("interactions", "-", "--json", stdin=bundle(none))
    assert (only.exit, only.codes) == (1, ["no-names"])
    beside = run("interactions", "-", "--json", stdin=bundle(none, request(None, (ATC, "J02AC")), request("digoxin")))
    assert "says-none" in [warning["code"] for warning in beside.json["warnings"]]
    assert [drug["id"] for drug in beside.data["drugs"]] == [None, "digoxin"]


def test_resources_a_line_are_lists_by_patient(run: Run) -> None:
    lines = [request(text, subject={"reference": f"Patient/{of}"}) for text, of in
             (("warfarin", "a"), ("digoxin", "b"), ("ibuprofen", "a"))]  # fmt: skip
    lists = run("interactions", "-", "--json", stdin="\n".join(map(json.dumps, lines))).data["lists"]
    assert [one["data"]["list"]["id"] for one in lists] == ["Patient/a", "Patient/b"]
    assert lists[0]["data"]["interactions"]


NASTY: list[Any] = [None, True, 0, -1.5, "", "\ud800", "x" * 5000, [], {}, [[]], [None], {"": {}}, [{"coding": 1}]]


def test_wrong_types_at_every_place_are_never_a_traceback(run: Run) -> None:
    rng = random.Random(11)
    more = {
        "contained": [{"id": "a"}],
        "dosageInstruction": [{"route": {"text": "oral"}}],
        "subject": {"reference": "p"},
    }
    whole = json.loads(bundle(request("warfarin", (RXNORM, "11289"), **more)))

    def spoilt(value: Any) -> Any:
        if rng.random() < 0.15:
            return rng.choice(NASTY)
        if isinstance(value, dict):
            return {key: spoilt(inner) for key, inner in value.items()}
        return [spoilt(inner) for inner in value] if isinstance(value, list) else value

    for _ in range(150):
        entry = spoilt(whole["entry"][0])
        outcome = run("interactions", "-", "--json", stdin=json.dumps({"resourceType": "Bundle", "entry": [entry]}))
        assert outcome.exit in (0, 1, 2)
        assert "internal-error" not in outcome.codes


@pytest.mark.parametrize(
    "text",
    [
        '{"resourceType": "Bundle", "entry": ' + "[" * 50_000,
        '{"resourceType": "Bundle"\n"entry": []}',
        '{"resourceType": "MedicationRequest", "status": "active", "status": "stopped"}',
        '{\n"a": 1,,\n}',
    ],
)
def test_json_that_cannot_be_read_is_refused(run: Run, text: str) -> None:
    outcome = run("interactions", "-", "--json", stdin=text)
    assert (outcome.exit, outcome.codes) == (2, ["bad-json"])


def test_huge_numbers_and_resources_that_are_no_list(run: Run) -> None:
    number = '{"resourceType": "MedicationRequest", "id": ' + "9" * 10_000 + ', "status": 1e999999}'
    assert run("interactions", "-", "--json", stdin=number).error["code"] == "unread-entry"
    assert run("interactions", "-", "--json", stdin='{"resourceType": "Patient"}').codes == ["no-names"]
