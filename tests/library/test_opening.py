"""Which library is read, and what happens to a compiled one that is stale, damaged, foreign or half-written."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import tiny
from monocli.library import compiling, opening, pack, places
from monocli.library.errors import InvalidLibrary, MissingLibrary
from monocli.library.kinds import CARDS, MONOGRAPHS, SUBSTANCES, Kind
from monocli.library.places import Places
from monocli.library.searching import passages
from monocli.library.store import Library
from monocli.library.suggesting import suggest

ROOT = Path(__file__).parent.parent.parent


def answers(library: Library) -> bool:
    """Whether the library gives what the tiny YAML says."""
    record = library.document(MONOGRAPHS, "betakin")
    return record is not None and record["sections"][0]["statements"][0]["text"] == "A protein of 15 000 daltons."


def open_compiled(found: Places, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The library, where it must be read as it lies."""
    with monkeypatch.context() as patch:
        patch.setattr(compiling, "fill", lambda *_, **__: pytest.fail("the library was compiled again"))
        return opening.open_library(found)


def test_the_first_use_compiles_and_the_next_one_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = tiny.places_of(tmp_path)
    assert not opening.is_fresh(found)
    assert answers(opening.open_library(found))
    assert opening.is_fresh(found)
    assert [path.name for path in tiny.cache(found).iterdir()] == [tiny.compiled(found).name]
    assert answers(open_compiled(found, monkeypatch))


def test_the_same_yaml_compiles_to_the_same_bytes(tmp_path: Path) -> None:
    first, second = (tiny.places_of(tmp_path).replaced(cache=tmp_path / name) for name in ("one", "two"))
    opening.open_library(first)
    opening.open_library(second)
    assert tiny.compiled(first).read_bytes() == tiny.compiled(second).read_bytes()


@pytest.mark.parametrize("change", ["touch", "edit", "add", "remove"])
def test_a_change_of_the_yaml_compiles_again(tmp_path: Path, change: str) -> None:
    found = tiny.places_of(tmp_path)
    opening.open_library(found)
    assert found.checkout is not None
    path = found.checkout / "monographs" / "betakin.yaml"
    if change == "touch":
        os.utime(path, ns=(1, 1))
    elif change == "edit":
        path.write_text(path.read_text().replace("15 000", "16 000"))
    elif change == "add":
        tiny.write(found.checkout, {"monographs/gamma.yaml": "id: gamma\ntitle: Gamma\nsource: book\n"})
    else:
        path.unlink()
    assert not opening.is_fresh(found)
    library = opening.open_library(found)
    assert answers(library) == (change in ("touch", "add"))
    assert ("gamma" in library.ids(MONOGRAPHS)) == (change == "add")
    assert opening.is_fresh(found)


def test_a_change_that_breaks_the_yaml_is_told_and_not_hidden_by_the_cache(tmp_path: Path) -> None:
    found = tiny.places_of(tmp_path)
    opening.open_library(found)
    assert found.checkout is not None
    (found.checkout / "monographs" / "betakin.yaml").write_text("id: [")
    with pytest.raises(InvalidLibrary):
        opening.open_library(found)


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    connection.close()


def _patched(offset: int, content: bytes) -> object:
    def change(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(offset)
            file.write(content)

    return change


def _zeroed(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + bytes(len(whole) - 100))


DAMAGE = {
    "empty": lambda path: path.write_bytes(b""),
    "one byte short": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "a page short": lambda path: path.write_bytes(path.read_bytes()[:-4096]),
    "only the header": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"x"),
    "zeros after the header": _zeroed,
    "text": lambda path: path.write_text("not a library"),
    "another program's database": _foreign,
    "an older format": _patched(68, (pack.APPLICATION_ID - 1).to_bytes(4, "big")),
    "a newer format": _patched(68, (pack.APPLICATION_ID + 1).to_bytes(4, "big")),
    "another application": _patched(68, b"\0\0\0\0"),
    "gone": lambda path: path.unlink(),
    "a link to nowhere": lambda path: (path.unlink(), path.symlink_to("/nowhere")),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_or_foreign_cache_is_rebuilt(tmp_path: Path, damage: str) -> None:
    found = tiny.places_of(tmp_path)
    opening.open_library(found)
    path = tiny.compiled(found)
    DAMAGE[damage](path)  # type: ignore[operator]
    assert not opening.is_fresh(found)
    assert answers(opening.open_library(found))
    assert opening.is_fresh(found)


ALL: Any = {"kinds": [], "monograph": None, "limit": None}
TAKEN_OUT = ("name WHERE key = 'betakin'", "document WHERE id = 'betakin'", "posting WHERE id = 'edema'")


@pytest.mark.parametrize("rows", TAKEN_OUT)
def test_that_nothing_is_there_is_proved_by_the_row_before(tmp_path: Path, rows: str) -> None:
    def read(library: Library) -> list[Any]:
        cards: Kind[Any] = CARDS
        return [library.named("betakin"), library.document(cards, "betakin"), passages(library, ["oedema"], **ALL)]

    found = tiny.places_of(tmp_path)
    right = read(opening.open_library(found))
    assert all(right)
    with contextlib.closing(sqlite3.connect(tiny.compiled(found), isolation_level=None)) as connection:
        assert connection.execute(f"DELETE FROM {rows}").rowcount > 0
    assert not opening.is_fresh(found)
    library = opening.open_library(found)
    assert read(library) == right
    assert opening.is_fresh(found)


def test_what_is_not_there_is_told_without_reading_the_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = tiny.places_of(tmp_path)
    opening.open_library(found)
    library = opening.open_library(found)
    monkeypatch.setattr(pack, "file_checksum", lambda _: pytest.fail("the whole file was read"))
    for name in ("0q", "lll", "zzz", "\U0010fffe"):
        assert library.named(name) == []
        assert library.document(CARDS, name) is None
        assert passages(library, [name], **ALL)["total"] == 0
        assert suggest(library, name) == []
    assert [one["name"] for one in suggest(library, "betakinn")] == ["Betakin"]


def test_a_cache_of_other_data_is_rebuilt(tmp_path: Path) -> None:
    one, other = tiny.places_of(tmp_path / "one"), tiny.places_of(tmp_path / "other")
    assert other.checkout is not None
    text = (other.checkout / "monographs" / "betakin.yaml").read_text().replace("15 000", "99 999")
    (other.checkout / "monographs" / "betakin.yaml").write_text(text)
    opening.open_library(one)
    opening.open_library(other)
    shutil.copyfile(tiny.compiled(other), tiny.compiled(one))
    assert answers(opening.open_library(one))


def test_where_the_cache_cannot_be_written_the_library_is_compiled_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for cache in (tmp_path / "file", Path("/proc/nowhere"), Path("/dev/null/x")):
        assert answers(opening.open_library(tiny.places_of(tmp_path).replaced(cache=cache)))


def test_a_full_disk_is_no_reason_not_to_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    found = tiny.places_of(tmp_path)
    assert answers(opening.open_library(found))
    assert list(tiny.cache(found).iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root may give a file away")
def test_a_cache_file_of_another_user_is_not_trusted(tmp_path: Path) -> None:
    found = tiny.places_of(tmp_path)
    opening.open_library(found)
    path = tiny.compiled(found)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE document SET body = replace(body, '15 000', '99 999')")
    connection.close()
    os.chown(path, 65534, 65534)
    assert answers(opening.open_library(found))
    assert path.stat().st_uid == 0


def test_only_the_owner_may_read_or_write_the_cache(tmp_path: Path) -> None:
    found = tiny.places_of(tmp_path)
    opening.open_library(found)
    assert tiny.compiled(found).stat().st_mode & 0o077 == 0


def test_each_set_of_folders_has_its_own_file(tmp_path: Path) -> None:
    found = tiny.places_of(tmp_path)
    assert tiny.compiled(found) != tiny.compiled(found.replaced(user=tmp_path))


def test_an_installation_reads_its_own_library_and_no_cache(tmp_path: Path) -> None:
    found = tiny.places_of(tmp_path)
    opening.open_library(found)
    bundled = tiny.installed(found, tmp_path / "installed")
    installed = Places(bundled=bundled, checkout=None, user=None, user_from="", cache=tmp_path / "no-cache")
    assert opening.is_fresh(installed)
    assert answers(opening.open_library(installed))
    assert not tiny.cache(installed).exists()
    bundled.write_bytes(bundled.read_bytes()[:-1])
    assert not opening.is_fresh(installed)
    with pytest.raises(MissingLibrary):
        opening.open_library(installed)


TABLES = "id,name,kind,drugbank,cas,unii,inchikey,rxcui,source\nalphamine,Alphamine,substance,,50-00-0,,,,book\n"


def test_an_installation_that_lost_its_tables_or_has_others_is_told(tmp_path: Path) -> None:
    """Its drugs would else be "not recognised"."""
    found = tiny.places_of(tmp_path)
    assert found.checkout is not None
    tiny.write(found.checkout, {"substances/substances.csv": TABLES})
    assert opening.open_library(found).document(SUBSTANCES, "alphamine") is not None
    bundled = tiny.installed(found, tmp_path / "installed")
    tables = bundled.with_name("substances.sqlite")
    installed = Places(bundled=bundled, checkout=None, user=None, user_from="", cache=tmp_path / "no-cache")
    assert opening.is_fresh(installed)
    assert opening.open_library(installed).document(SUBSTANCES, "alphamine") is not None
    whole = tables.read_bytes()
    tiny.write(found.checkout, {"substances/substances.csv": TABLES.replace("Alphamine", "Omegamine")})
    opening.open_library(found)
    others = tiny.installed(found, tmp_path / "others").with_name("substances.sqlite").read_bytes()
    for content in (None, others, whole[:-1]):
        tables.unlink() if content is None else tables.write_bytes(content)
        assert not opening.is_fresh(installed)
        with pytest.raises(MissingLibrary):
            opening.open_library(installed)


def test_a_user_folder_is_a_pack_of_its_own_over_the_library(tmp_path: Path) -> None:
    """It holds what the folder adds, and compiling it leaves the library's own file alone."""
    found = tiny.places_of(tmp_path)
    opening.open_library(found)
    before = tiny.compiled(found).read_bytes()
    gamma = "id: gamma\ntitle: Gamma\nsource: book\nsections: [{id: a, title: A, statements: [{text: Of daltons.}]}]\n"
    over = found.replaced(user=tiny.write(tmp_path / "mine", {"monographs/gamma.yaml": gamma}))
    library = opening.open_library(over)
    assert answers(library)
    assert library.ids(MONOGRAPHS) == ["alphatinib-mesilate", "betakin", "gamma"]
    assert [claim[1] for claim in library.named("gamma")] == ["gamma"]
    assert passages(library, ["daltons"], kinds=[], monograph=None, limit=None)["total"] == 2
    assert len(passages(library, ["daltons"], kinds=[], monograph=None, limit=1)["hits"]) == 1
    assert library.packs[0].ids(MONOGRAPHS) == ["gamma"]
    assert tiny.compiled(found).read_bytes() == before
    assert tiny.compiled(over) != tiny.compiled(found)


COMPILE = """
import sys, pathlib
sys.path[:0] = [{src!r}, {tests!r}]
import tiny
from monocli.library import kinds, opening
library = opening.open_library(tiny.places_of(pathlib.Path({base!r})))
print(library.document(kinds.MONOGRAPHS, "betakin")["sections"][0]["statements"][0]["text"])
"""


def _start(base: Path) -> subprocess.Popen[bytes]:
    code = COMPILE.format(src=str(ROOT / "src"), tests=str(ROOT / "tests"), base=str(base))
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_several_first_runs_at_once_all_answer(tmp_path: Path) -> None:
    found = tiny.places_of(tmp_path)
    running = [_start(tmp_path) for _ in range(5)]
    for process in running:
        out, err = process.communicate(timeout=60)
        assert (out.decode().strip(), err) == ("A protein of 15 000 daltons.", b"")
    assert [path.name for path in tiny.cache(found).iterdir()] == [tiny.compiled(found).name]
    assert answers(opening.open_library(found))


def test_being_killed_while_compiling_leaves_right_answers(tmp_path: Path) -> None:
    found = tiny.places_of(tmp_path)
    for attempt in range(6):
        process = _start(tmp_path)
        time.sleep(0.1 + 0.06 * attempt)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        path = tiny.compiled(found)
        assert not path.exists() or opening.recipes_for(found).library.found() is not None
        path.unlink(missing_ok=True)
    assert answers(opening.open_library(found))


def test_places_follow_the_environment(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path)}
    assert places.find(home).user is None
    assert places.find(home).cache == tmp_path / ".cache" / "mono"
    assert places.find({**home, "XDG_CACHE_HOME": "/c"}).cache == Path("/c/mono")
    assert places.find({**home, "XDG_CACHE_HOME": "relative"}).cache == tmp_path / ".cache" / "mono"
    (tmp_path / ".local" / "share" / "mono").mkdir(parents=True)
    assert places.find(home).user == tmp_path / ".local" / "share" / "mono"
    assert places.find({**home, "MONO_LIBRARY": "/mine"}).user == Path("/mine")
    assert places.find({**home, "MONO_LIBRARY": "~no-such-user/mine"}).user == Path("~no-such-user/mine")
    for home in ({"HOME": "/"}, {"HOME": str(tmp_path / "gone")}):
        assert places.find(home).cache is None
    assert places.find(home).checkout == ROOT / "data"
