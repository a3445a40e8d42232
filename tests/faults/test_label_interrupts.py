"""An import of labels that is interrupted or killed leaves the labels as they were, and the next one works."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import ROOT
from label_records import document, record, set_id
from monocli.library.store import Library

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")


@pytest.mark.parametrize(("sent", "exit"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_an_import_that_is_stopped(
    world: dict[str, str], library: Library, tmp_path: Path, sent: signal.Signals, exit: int
) -> None:
    environ = {**world, "PYTHONPATH": str(ROOT / "src"), "MONO_LABELS": str(tmp_path / "pack")}
    command = [sys.executable, "-m", "monocli", "labels", "import"]
    (tmp_path / "one.json").write_text(document(record()))
    subprocess.run([*command, str(tmp_path / "one.json")], env=environ, check=True, capture_output=True, timeout=60)
    pack = tmp_path / "pack" / "labels.sqlite"
    before = pack.read_bytes()
    many = (
        record(set_id=set_id(n), description=[f"11 DESCRIPTION Number {n}. " + "word " * 400]) for n in range(2, 4000)
    )
    (tmp_path / "many.json").write_text(document(*many))
    running = subprocess.Popen(
        [*command, str(tmp_path / "many.json"), "--json"], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while running.poll() is None and not list(pack.parent.glob("*.part")):
        time.sleep(0.01)
    running.send_signal(sent)
    said, beside = running.communicate(timeout=60)
    assert running.returncode == exit
    assert pack.read_bytes() == before
    if sent == signal.SIGINT:
        answer = json.loads(said)
        assert (answer["command"], answer["exit_code"], answer["data"], beside) == ("labels-import", 130, None, b"")
        assert [
            (error["code"], error["message"].endswith("the labels are as they were")) for error in answer["errors"]
        ] == [("interrupted", True)]
        assert sorted(os.listdir(pack.parent)) == ["labels.lock", "labels.sqlite"]
    subprocess.run([*command, str(tmp_path / "many.json")], env=environ, check=True, capture_output=True, timeout=120)
    assert sorted(os.listdir(pack.parent)) == ["labels.lock", "labels.sqlite"]
    assert pack.read_bytes() != before
