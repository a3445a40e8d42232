"""Importing labels: what is read, what is kept of versions, and what may go wrong without harm to what is there."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import label_records
from label_records import SET_ID, bulk, document, record, set_id
from monocli.engine.answers import Answer, Refusal
from monocli.library.labels import files, json_stream, writing
from monocli.library.labels.ahead import Ahead
from monocli.library.labels.faults import Busy, ForeignPack, Interrupted, NewerPack, NoRoom, ReadingStopped
from monocli.library.labels.pack import FORMAT, MARK, LabelPack, open_pack
from monocli.library.store import Library
from monocli.questions.labels.importing import import_labels

Import = Callable[..., Any]


@pytest.fixture
def pack_path(tmp_path: Path) -> Path:
    return tmp_path / "labels" / "labels.sqlite"


@pytest.fixture(params=["one process", "a child reads"])
def bring(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    library: Library,
    pack_path: Path,
    tmp_path: Path,
) -> Import:
    """Import texts by the names of their files, or paths; the data of the answer. In both ways: where the system cannot
    fork, reading and writing share one process."""
    if request.param == "one process":
        monkeypatch.delattr(os, "fork", raising=False)

    def call(*paths: Path, **texts: str | bytes) -> Any:
        folder = tmp_path / "given"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            path = folder / name.replace("__", ".")
            path.write_bytes(text.encode() if isinstance(text, str) else text)
            paths = (*paths, path)
        outcome = import_labels(library, pack_path, paths)
        assert isinstance(outcome, (Answer, Refusal))
        return outcome.data if outcome.data is not None else outcome

    return call


def opened(path: Path) -> LabelPack:
    pack = open_pack(path)
    assert pack is not None
    return pack


def counts(data: Any) -> tuple[int, ...]:
    return tuple(data[key] for key in ("read", "new", "newer", "older", "same"))


def test_done_again_it_changes_nothing(bring: Import, pack_path: Path) -> None:
    text = document(record(), record(set_id=set_id(2), openfda={}))
    assert counts(bring(one__json=text)) == (2, 2, 0, 0, 0)
    before = pack_path.stat()
    assert counts(bring(one__json=text)) == (2, 0, 0, 0, 2)
    after = pack_path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert sorted(os.listdir(pack_path.parent)) == ["labels.lock", "labels.sqlite"]


def test_a_newer_version_takes_the_place_of_the_older_which_is_kept(bring: Import, pack_path: Path) -> None:
    new_name = label_records.openfda(brand_name=["Zorvex Two"])
    bring(one__json=document(record()))
    assert counts(bring(two__json=document(record(version="10", openfda=new_name)))) == (1, 0, 1, 0, 0)
    assert counts(bring(three__json=document(record(version="9")))) == (1, 0, 0, 1, 0)
    pack = opened(pack_path)
    assert [version for _, version in pack.versions(SET_ID)] == ["10", "9", "7"]
    assert pack.by_keys([("brand", "zorvex")]) == []
    (found,) = pack.by_keys([("brand", "zorvex two")])
    assert pack.card(found.label)["version"] == "10"
    assert pack.count() == 1


def test_of_two_texts_of_one_version_that_of_the_newer_export_is_kept(bring: Import, pack_path: Path) -> None:
    bring(one__json=document(record(openfda={}), published="2026-02-01"))
    assert counts(bring(two__json=document(record(), published="2026-01-01")))[4] == 1
    assert counts(bring(three__json=document(record(), published="2026-03-01")))[2] == 1
    pack = opened(pack_path)
    (found,) = pack.by_keys([("set", SET_ID)])
    assert (pack.card(found.label)["brand"], pack.card(found.label)["published"]) == ("Zorvex", "2026-03-01")


def test_every_way_in_which_labels_come(bring: Import, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.json").write_text(json.dumps(record()))
    (folder / "list.json").write_text(json.dumps([record(set_id=set_id(2))]))
    bulk(folder / "deep" / "drug-label-0001-of-0001.json.zip", [record(set_id=set_id(3))])
    (folder / "label.xml").write_text(label_records.spl(id=set_id(4)))
    (folder / "label.xml.gz").write_bytes(gzip.compress(label_records.spl(id=set_id(5)).encode()))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("a.xml", label_records.spl(id=set_id(6)))
        packed.writestr("a.jpg", b"\xff\xd8")
    with zipfile.ZipFile(folder / "daily.zip", "w") as packed:
        packed.writestr("prescription/20260101_a.zip", inner.getvalue())
    (folder / "read me.txt").write_text("no label")
    data = bring(folder)
    assert (data["new"], data["refused"], data["passed_over"]) == (6, [], 1)


def test_texts_that_labels_share_lie_in_the_pack_once(bring: Import, pack_path: Path) -> None:
    bring(many__json=document(*(record(set_id=set_id(n)) for n in range(1, 30))))
    connection = sqlite3.connect(pack_path)
    assert connection.execute("SELECT count(*) FROM block").fetchone()[0] == 1
    pack = opened(pack_path)
    label = pack.versions(set_id(29))[0][0]
    texts = [pack.text(section.text) for section, _ in pack.layout(label).walk()]
    assert "WARNING: EXAMPLE HARM Zorvex may harm examples." in texts


def test_a_broken_record_is_told_and_the_rest_goes_on(bring: Import) -> None:
    text = document(record(), record(set_id=set_id(2)), record(set_id=set_id(3)))
    broken = text.replace(f'"set_id": "{set_id(2)}"', '"set_id": nothing')
    data = bring(
        one__json=broken, two__json=document(record(set_id=None, openfda={}), record(set_id=set_id(4), version="x"))
    )
    assert data["new"] == 2
    assert [(Path(one["path"]).name, one.get("set_id")) for one in data["refused"]] == [
        ("one.json", None), ("two.json", None), ("two.json", set_id(4)),
    ]  # fmt: skip
    assert ["not JSON" in data["refused"][0]["problem"], "set id" in data["refused"][1]["problem"]] == [True, True]


def test_many_faults_of_one_kind_are_told_with_their_number(bring: Import) -> None:
    data = bring(one__json=document(*(record(set_id=None, openfda={}) for _ in range(50))))
    assert len(data["refused"]) == 21
    assert "30 more records" in data["refused"][-1]["problem"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cut.json", document(record())[:-300].encode(), "ends in the middle"),
        ("other.json", b'{"meta": {}, "hello": [1, 2]}', "neither a record"),
        ("number.json", b"12", "neither a JSON object nor a list"),
        ("empty.json", b"", "empty"),
        ("latin.json", '{"results": [{"set_id": "é"}]}'.encode("latin-1"), "not UTF-8"),
        ("deep.json", b'{"results": [' + b"[" * 50_000 + b"]" * 50_000 + b"]}", "no object of fields|nested too deep"),
        (
            "entities.xml",
            label_records.spl(before='<!DOCTYPE d [<!ENTITY a "b">]>').encode(),
            "document type or entities",
        ),
        ("cut.zip", None, "not a whole zip"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_pack_as_it_was(
    bring: Import, pack_path: Path, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    bring(good__json=document(record()))
    before = pack_path.read_bytes()
    if content is None:
        whole = bulk(tmp_path / "drug-label-0001-of-0001.json.zip", [record(set_id=set_id(2))]).read_bytes()
        content = whole[: len(whole) // 2]
    bad = tmp_path / name
    bad.write_bytes(content)
    data = bring(bad)
    assert data["read"] == 0
    assert data["refused"][0]["path"] == str(bad)
    import re

    assert re.search(said, data["refused"][0]["problem"])
    assert pack_path.read_bytes() == before


def test_a_zip_bomb_is_refused(bring: Import, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("labels.json", b'{"results": [' + b" " * (30 << 20) + b"]}")
    data = bring(path)
    assert "zip bomb" in data["refused"][0]["problem"]


def test_a_record_that_is_too_long_is_passed_and_the_next_is_read(
    bring: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_stream, "MOST_RECORD", 1 << 21)
    long = record(description=['11 DESCRIPTION "quoted\\" ' + "x {[" * (1 << 20)])
    data = bring(one__json=document(long, record(set_id=set_id(2))))
    assert (data["new"], len(data["refused"])) == (1, 1)
    assert "longer than" in data["refused"][0]["problem"]


def test_a_record_that_is_too_long_and_read_in_one_go_is_refused_too(
    bring: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_stream, "MOST_RECORD", 50_000)
    data = bring(one__json=document(record(description=["x " * 30_000]), record(set_id=set_id(2))))
    assert (data["new"], [one["problem"] for one in data["refused"]]) == (1, ["longer than 64 MB"])


def test_links_that_lead_nowhere_and_folders_that_are_closed_are_told(
    bring: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "links"
    (folder / "closed").mkdir(parents=True)
    (folder / "one.json").write_text(document(record()))
    (folder / "loop.json").symlink_to("loop.json")
    scandir = os.scandir

    def closed(path: Any = ".") -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    data = bring(folder)
    assert data["new"] == 1
    assert {Path(one["path"]).name for one in data["refused"]} == {"closed", "loop.json"}
    assert all(one["problem"].startswith("cannot be read: ") for one in data["refused"])
    assert bring(folder / "loop.json")["refused"][0]["path"].endswith("loop.json")


def test_a_file_that_vanishes_is_told_and_the_rest_goes_on(
    bring: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = files.plan
    gone = tmp_path / "gone.json"
    gone.write_text(document(record()))

    def planned(paths: Any) -> files.ImportPlan:
        found = plan(paths)
        gone.unlink()
        return found

    monkeypatch.setattr(files, "plan", planned)
    data = bring(gone, kept__json=document(record(set_id=set_id(2))))
    assert (data["new"], [one["path"] for one in data["refused"]]) == (1, [str(gone)])


@pytest.mark.parametrize(
    "text", ['<Bundle xmlns="http://hl7.org/fhir"><type value="collection"/></Bundle>', '{"resourceType": "Bundle"}']
)
def test_european_product_information_is_refused_as_what_it_is(bring: Import, text: str) -> None:
    refusal = bring(one__xml=text)
    assert "ePI" in refusal["refused"][0]["problem"]


def test_records_are_read_across_the_edges_of_the_window(bring: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_CHUNK", 7)
    assert bring(one__json=document(record(), record(set_id=set_id(2))))["new"] == 2


def test_of_two_exports_the_newest_is_read_whole(bring: Import, tmp_path: Path) -> None:
    bulk(tmp_path / "drug-label-0001-of-0001.json.zip", [record()], published="2026-01-01")
    for part in (1, 2):
        bulk(
            tmp_path / f"drug-label-000{part}-of-0003.json.zip",
            [record(set_id=set_id(part + 1))],
            published="2026-02-01",
        )
    found = files.plan([tmp_path])
    assert [path.name for path in found.files] == [
        "drug-label-0001-of-0003.json.zip",
        "drug-label-0002-of-0003.json.zip",
    ]
    assert [path.name for path, _ in found.left_out] == ["drug-label-0001-of-0001.json.zip"]
    assert found.missing == ["1 of 3 parts are not there: 3"]
    data = bring(tmp_path)
    assert (data["new"], len(data["refused"])) == (2, 1)


def test_exports_of_one_day_are_not_mixed(bring: Import, tmp_path: Path) -> None:
    for count in (1, 2):
        bulk(tmp_path / f"drug-label-0001-of-000{count}.json.zip", [record()], published="2026-01-01")
    refusal = bring(tmp_path)
    assert refusal.code == "mixed-exports"


def test_a_second_import_at_the_same_time_is_refused(bring: Import, pack_path: Path) -> None:
    with writing.Writer(pack_path), pytest.raises(Busy):
        bring(one__json=document(record()))
    assert bring(one__json=document(record()))["new"] == 1


def test_a_pack_of_a_newer_program_is_let_be(bring: Import, pack_path: Path) -> None:
    bring(one__json=document(record()))
    with sqlite3.connect(pack_path) as connection:
        connection.execute(f"PRAGMA application_id = {MARK + FORMAT + 1}")
    connection.close()
    before = pack_path.read_bytes()
    with pytest.raises(NewerPack):
        bring(two__json=document(record(set_id=set_id(2))))
    assert pack_path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a pack" * 100])
def test_a_file_that_is_no_pack_is_let_be(bring: Import, pack_path: Path, content: bytes) -> None:
    pack_path.parent.mkdir()
    pack_path.write_bytes(content)
    with pytest.raises(ForeignPack):
        bring(one__json=document(record()))
    assert pack_path.read_bytes() == content


def test_a_truncated_pack_is_told(bring: Import, pack_path: Path) -> None:
    bring(one__json=document(record()))
    os.truncate(pack_path, pack_path.stat().st_size - 100)
    with pytest.raises(ForeignPack):
        open_pack(pack_path)


def read_card(pack: LabelPack) -> object:
    return pack.card(1)


def read_text(pack: LabelPack) -> object:
    return pack.text(pack.layout(1).sections[0].text)


def test_a_flipped_byte_in_a_card_or_a_text_is_found(bring: Import, pack_path: Path) -> None:
    bring(one__json=document(record()))
    for table, column, look in (
        ("body", "card", read_card),
        ("block", "texts", read_text),
    ):
        whole = pack_path.read_bytes()
        with sqlite3.connect(pack_path) as connection:
            ((held,),) = connection.execute(f"SELECT {column} FROM {table}").fetchall()
            changed = held[:-6] + bytes([held[-6] ^ 1]) + held[-5:]
            connection.execute(f"UPDATE {table} SET {column} = ?", (changed,))
        connection.close()
        with pytest.raises(ForeignPack):
            look(opened(pack_path))
        pack_path.write_bytes(whole)


def test_a_full_disk_leaves_the_pack_as_it_was(bring: Import, pack_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(one__json=document(record()))
    before = pack_path.read_bytes()
    working = writing.Writer._working

    def small(self: writing.Writer) -> sqlite3.Connection:
        connection = working(self)
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    monkeypatch.setattr(writing.Writer, "_working", small)
    with pytest.raises(NoRoom, match="full"):
        bring(two__json=document(*(record(set_id=set_id(n), description=[f"{n} " * 9000]) for n in range(2, 99))))
    assert pack_path.read_bytes() == before
    assert sorted(os.listdir(pack_path.parent)) == ["labels.lock", "labels.sqlite"]


def test_what_killed_runs_left_is_swept_away(bring: Import, pack_path: Path) -> None:
    pack_path.parent.mkdir()
    (pack_path.parent / "labels.sqlite.0123.part").write_bytes(b"half")
    bring(one__json=document(record()))
    assert sorted(os.listdir(pack_path.parent)) == ["labels.lock", "labels.sqlite"]


def test_an_interrupt_leaves_the_pack_as_it_was(
    bring: Import, pack_path: Path, library: Library, tmp_path: Path
) -> None:
    bring(one__json=document(record()))
    before = pack_path.read_bytes()
    path = tmp_path / "two.json"
    path.write_text(document(*(record(set_id=set_id(n)) for n in range(2, 50))))

    def interrupt(progress: Any) -> None:
        if progress.labels == 20:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted, match="the labels are as they were"):
        import_labels(library, pack_path, [path], interrupt)
    assert pack_path.read_bytes() == before
    assert sorted(os.listdir(pack_path.parent)) == ["labels.lock", "labels.sqlite"]


def test_half_a_character_does_not_stop_an_import(bring: Import, pack_path: Path) -> None:
    text = document(
        record(description=["11 DESCRIPTION half: XX."], openfda=label_records.openfda(brand_name=["ZorXX"]))
    )
    assert bring(one__json=text.replace("XX", "\\ud800"))["new"] == 1
    pack = opened(pack_path)
    assert pack.by_keys([("set", SET_ID)])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot split a process in two")
def test_a_reading_that_is_killed_is_a_fault_and_no_end() -> None:
    def items() -> Iterator[str]:
        yield "one"
        os.kill(os.getpid(), signal.SIGKILL)

    with Ahead(items()) as ahead, pytest.raises(ReadingStopped):
        list(ahead)
