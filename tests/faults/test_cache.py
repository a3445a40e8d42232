"""Whatever happens to the cache, answers are right: it may be slow, and it is never trusted."""

from __future__ import annotations

import itertools
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from small_checkout import ROOT_ONLY, SOURCE, WITHOUT_OVERRIDE, Checkout, is_right

import tiny
from monocli.library import compiling, opening, store
from monocli.library.documents import Documents
from monocli.library.errors import DamagedLibrary
from monocli.library.kinds import Kind

TESTS = Path(__file__).parent.parent

KILLED = """
import os, pathlib, random, signal, sys, time
sys.path[:0] = [{src!r}, {tests!r}]
import tiny
from monocli.library import compiling, formats, kinds, opening, store
found = tiny.places_of(pathlib.Path({base!r}))
path = tiny.compiled(found)
for _ in range(2):
    begun = time.perf_counter()
    opening.open_library(found)
    whole = time.perf_counter() - begun
    path.unlink()
chance = random.Random(6)
half = 0
for round in range({rounds}):
    child = os.fork()
    if not child:
        opening.open_library(found)
        os._exit(0)
    time.sleep(chance.uniform(0, whole * 1.1))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    half += not path.exists()
    library = opening.open_library(found) if round % 20 == 0 else opening.recipes_for(found).library.found()
    assert library is not None or not path.exists(), "a half-written file stands in the place of a library"
    if library is not None:
        text = library.document(kinds.MONOGRAPHS, "betakin")["sections"][0]["statements"][0]["text"]
        assert text == "A protein of 15 000 daltons.", text
        path.unlink()
print(half)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A program beside a tiny library, never run before."""
    return Checkout(tmp_path)


def test_being_killed_two_hundred_times_while_compiling(tmp_path: Path) -> None:
    code = KILLED.format(src=str(SOURCE.parent), tests=str(TESTS), base=str(tmp_path), rounds=200)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert int(done.stdout) > 50, "too few were killed in time"
    found = tiny.places_of(tmp_path)
    left = list(tiny.cache(found).glob("*.part"))
    assert left
    for path in left:
        os.utime(path, (0, 0))
    tiny.compiled(found).unlink(missing_ok=True)
    opening.open_library(found)
    assert [path.name for path in tiny.cache(found).iterdir()] == [tiny.compiled(found).name]


def test_what_still_compiles_is_not_swept_away(tmp_path: Path) -> None:
    found = tiny.places_of(tmp_path)
    tiny.cache(found).mkdir()
    other = tiny.cache(found) / f"{tiny.compiled(found).name}abcd.part"
    other.touch()
    opening.open_library(found)
    assert other.exists()


def test_an_interrupt_between_any_two_lines_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "fill", lambda connection, *_, **__: connection.execute("CREATE TABLE a (b)"))
    for lines in itertools.count():
        passed = 0

        def trace(_: FrameType, event: str, __: object, limit: int = lines) -> Any:
            nonlocal passed
            passed += event == "line"
            if passed > limit:
                sys.settrace(None)
                raise KeyboardInterrupt
            return trace

        tracing = sys.gettrace()
        sys.settrace(trace)
        try:
            compiling.compile_to(tmp_path / "library.sqlite", lambda c: compiling.fill(c, Documents(), "x"))
            break
        except KeyboardInterrupt:
            pass
        finally:
            sys.settrace(tracing)
        assert not list(tmp_path.glob("*.part")), f"after {lines} lines"
    assert lines > 30
    assert [path.name for path in tmp_path.iterdir()] == ["library.sqlite"]


def test_many_first_runs_at_once(checkout: Checkout) -> None:
    running = [checkout.start("show", "betakin", "--json") for _ in range(12)]
    for process in running:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
        assert b"15 000 daltons" in out
    assert checkout.files() == {checkout.compiled().name}


def _folder_in_place(path: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def _pipe_in_place(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _device_in_place(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _page_lost(number: int) -> Callable[[Path], None]:
    def lose(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(4096 * number)
            file.write(bytes(4096))

    return lose


@pytest.mark.parametrize("harm", [_folder_in_place, _pipe_in_place, _device_in_place])
def test_something_else_in_the_place_of_the_cache(checkout: Checkout, harm: Callable[[Path], None]) -> None:
    assert checkout.answers()
    harm(checkout.compiled())
    assert checkout.answers()
    assert not [name for name in checkout.files() if name.endswith(".part")]


def test_a_page_that_the_disk_lost_is_noticed_and_the_library_compiled_anew(tmp_path: Path, checkout: Checkout) -> None:
    assert checkout.answers()
    sound = checkout.compiled().read_bytes()
    pages = len(sound) // 4096
    noticed = 0
    for page in range(1, pages):
        checkout.compiled().write_bytes(sound)
        _page_lost(page)(checkout.compiled())
        library = store.open_file(checkout.compiled())
        if library is None:
            continue
        try:
            for kind in ("monographs", "agents", "sources", "words"):
                library.documents(Kind[object](kind))
            library.rows("SELECT * FROM name")
        except DamagedLibrary:
            noticed += 1
            if noticed <= 2:
                assert checkout.answers()
                assert checkout.run("search", "daltons", "--json")[0] == 0
    assert noticed > 3


def test_a_lost_page_in_an_installation_is_told(checkout: Checkout) -> None:
    """There is nothing to compile it from: exit 4, and no answer."""
    assert checkout.answers()
    package = checkout.base / "src" / "monocli" / "_library"
    package.mkdir()
    sound = checkout.compiled().read_bytes()
    (checkout.base / "pyproject.toml").unlink()
    bundled = package / "library.sqlite"
    bundled.write_bytes(sound)
    assert checkout.answers()
    with bundled.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(bytes(len(sound) - 4096 * 2))
    code, out, err = checkout.run("show", "betakin", "--json")
    assert (code, err) == (4, b"")
    assert b'"library-missing"' in out


@ROOT_ONLY
def test_a_cache_and_a_home_that_cannot_be_written(checkout: Checkout) -> None:
    checkout.cache.mkdir()
    checkout.cache.chmod(0o500)
    assert checkout.answers(before=WITHOUT_OVERRIDE)
    assert checkout.files() == set()
    checkout.home.chmod(0o500)
    assert checkout.answers(before=WITHOUT_OVERRIDE, env={"XDG_CACHE_HOME": ""})
    assert list(checkout.home.iterdir()) == []


@ROOT_ONLY
def test_a_home_and_a_cache_that_cannot_be_entered(checkout: Checkout) -> None:
    assert checkout.answers()
    for folder in (checkout.home, checkout.cache):
        folder.chmod(0o000)
    assert checkout.answers(before=WITHOUT_OVERRIDE)
    assert checkout.answers(before=WITHOUT_OVERRIDE, env={"XDG_CACHE_HOME": ""})


@pytest.mark.parametrize("home", ["", ".", "relative/home", "/nonexistent", "/dev/null", "x" * 5000, "/proc"])
def test_any_home(checkout: Checkout, tmp_path: Path, home: str) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert checkout.answers(env={"HOME": home, "XDG_CACHE_HOME": "", "XDG_DATA_HOME": ""}, cwd=empty)
    assert list(empty.iterdir()) == []


@ROOT_ONLY
def test_a_disk_that_is_full(checkout: Checkout) -> None:
    checkout.cache.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(checkout.cache)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        assert checkout.answers()
        assert checkout.files() == set()
    finally:
        subprocess.run(["umount", str(checkout.cache)], check=True)


def test_files_that_may_not_grow(checkout: Checkout) -> None:
    for size in (0, 4096, 30_000):
        assert checkout.answers(preexec_fn=lambda size=size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
        assert checkout.files() == set()


@ROOT_ONLY
def test_a_cache_of_another_user(checkout: Checkout) -> None:
    assert checkout.answers()
    path = checkout.compiled()
    path.write_bytes(path.read_bytes().replace(b"15 000 daltons", b"99 999 daltons"))
    os.chown(path, 65534, 65534)
    assert checkout.answers()
    os.chown(path.parent, 65534, 65534)
    assert checkout.answers()


def test_nothing_is_written_but_the_cache(checkout: Checkout) -> None:
    before = _times(checkout.base)
    assert checkout.answers(cwd=checkout.home)
    for argv in (["lookup", "imexon"], ["search", "protein"], ["data", "check"], ["data", "where"], ["help"]):
        checkout.run(*argv, cwd=checkout.home)
    after = _times(checkout.base)
    assert {str(path) for path in after.keys() - before.keys()} == {
        "cache",
        "cache/mono",
        f"cache/mono/{checkout.compiled().name}",
    }
    assert all(after[path] == time for path, time in before.items() if path != Path())


def _times(base: Path) -> dict[Path, int]:
    return {path.relative_to(base): path.stat().st_mtime_ns for path in (base, *base.rglob("*"))}


@pytest.mark.parametrize("seconds", [0, 1, -86400 * 365, 4_102_444_800])
def test_files_of_any_age(checkout: Checkout, seconds: int) -> None:
    for path in (checkout.base / "data").rglob("*.yaml"):
        os.utime(path, (seconds, seconds))
    assert checkout.answers()
    assert checkout.answers()
    text = (checkout.base / "data/monographs/betakin.yaml").read_text().replace("15 000", "16 000")
    (checkout.base / "data/monographs/betakin.yaml").write_text(text)
    os.utime(checkout.base / "data/monographs/betakin.yaml", (seconds, seconds))
    assert b"16 000 daltons" in checkout.run("show", "betakin", "--json")[1], (
        "an edit of the same size and time was not seen"
    )


@pytest.mark.skipif(not shutil.which("faketime"), reason="needs faketime")
def test_a_clock_set_to_1970(checkout: Checkout) -> None:
    assert checkout.answers(before=("faketime", "1970-01-01 00:00:01"))
    assert checkout.answers()
    assert checkout.answers(before=("faketime", "2038-01-19 03:14:08"))


def test_the_library_is_right_while_its_files_change(checkout: Checkout) -> None:
    """One writes, others ask: every answer is one of the two that were ever true."""
    path = checkout.base / "data/monographs/betakin.yaml"
    texts = [path.read_text(), path.read_text().replace("15 000", "16 000")]
    running = []
    chance = random.Random(1)
    for number in range(8):
        fresh = path.with_name(".new")
        fresh.write_text(texts[number % 2])
        os.replace(fresh, path)
        running.append(checkout.start("show", "betakin", "--json"))
        time.sleep(chance.uniform(0, 0.1))
    for process in running:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
        assert b"15 000 daltons" in out or b"16 000 daltons" in out
    path.write_text(texts[0])
    assert checkout.answers()


def test_what_is_right_is_told_from_what_is_not() -> None:
    assert not is_right({"data": {"sections": [{"statements": [{"text": "A protein of 99 999 daltons."}]}]}})
