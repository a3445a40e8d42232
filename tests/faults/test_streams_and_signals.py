"""Streams that are closed, full or gone, Ctrl-C at any moment, and Python started in unusual ways."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_checkout import Checkout

import tiny
from conftest import Process
from harmless import harmless

ASKED = (
    "lookup alphatinib",
    "show betakin",
    "search daltons",
    "brands",
    "units",
    "data where",
    "help",
    "--help",
    "--version",
    "lookup --help",
)
ODD_PYTHONS = [
    ("-O",),
    ("-OO",),
    ("-W", "error"),
    ("-X", "dev", "-W", "error"),
    ("-X", "utf8=0"),
    ("-u",),
    ("-X", "warn_default_encoding"),
]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A program beside a tiny library, never run before."""
    return Checkout(tmp_path)


def shell(checkout: Checkout, line: str, **env: str) -> tuple[int, bytes, bytes]:
    """Run a line of bash in which MONO stands for the program."""
    command = line.replace("MONO", f"{sys.executable} -m monocli")
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        env=checkout.environment(**env),
        cwd=checkout.home,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_full_device_is_never_success(checkout: Checkout) -> None:
    assert checkout.answers()
    for asked in ASKED:
        for form in ("", "--json") if not asked.startswith("--") and "help" not in asked else ("",):
            code, _, err = shell(checkout, f"MONO {asked} {form} >/dev/full")
            assert code in (1, 2), asked
            assert b"output-failed" in err
            assert b"Traceback" not in err
    for asked in ("show betakin", "lookup alphatinib", "--help", "frobnicate"):
        code, out, err = shell(checkout, f"MONO {asked} >/dev/full 2>/dev/full")
        assert (code in (1, 2), out, err) == (True, b"", b"")


@pytest.mark.parametrize(
    "asked",
    ["show betakin", "show betakin --json", "lookup qqq", "lookup qqq --json", "brands -f csv", "lookup - -f jsonl"],
)
def test_streams_that_are_closed(checkout: Checkout, asked: str) -> None:
    expected = shell(checkout, f"echo betakin | MONO {asked}")[0]
    for redirect in (">&-", "2>&-", ">&- 2>&-", "</dev/null >&- 2>&-"):
        code, _, err = shell(
            checkout, f"echo betakin | MONO {asked} {redirect}" if "<" not in redirect else f"MONO {asked} {redirect}"
        )
        assert code in (expected, 1)
        assert b"Traceback" not in err
    code, _, err = shell(checkout, f"MONO {asked} <&-")
    assert code in (0, 1)
    assert b"Traceback" not in err


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("show betakin --all", 0),
        ("show betakin --json", 0),
        ("lookup qqq --json", 1),
        ("frobnicate --json", 2),
        ("lookup - -f jsonl", 1),
        ("interactions - -f jsonl", 1),
        ("interactions - -f csv", 1),
        ("--help", 0),
    ],
)
def test_a_reader_that_leaves_does_not_change_what_was_answered(checkout: Checkout, asked: str, code: int) -> None:
    for reader in ("true", "head -1 >/dev/null", "head -c1 >/dev/null"):
        found, out, err = shell(
            checkout,
            f"yes qqq | head -20000 | MONO {asked} | {reader}; echo ${{PIPESTATUS[2]}}; exit ${{PIPESTATUS[2]}}",
        )
        assert out.split()[-1] == str(code).encode(), (asked, reader, found)
        assert b"Traceback" not in err


def test_a_reader_that_leaves_a_batch_that_is_answered(checkout: Checkout) -> None:
    for form in ("jsonl", "csv"):
        batch = f"yes 'alphatinib;alphatinib mesilate' | head -2000 | MONO interactions - -f {form} | head -1"
        _, out, err = shell(checkout, f"{batch}; echo ${{PIPESTATUS[2]}}")
        assert out.split()[-1] == b"0"
        assert b"Traceback" not in err


def test_an_input_that_cannot_be_read(checkout: Checkout) -> None:
    for asked in ("lookup -", "lookup - --json", "lookup - -f jsonl", "units -", "units - --json"):
        code, out, err = shell(checkout, f"MONO {asked} 0>{checkout.base}/written")
        assert code == 2
        assert b"input-failed" in out + err
        assert b"Traceback" not in err


def _sometimes(line: str) -> list[str]:
    return line.split()


@pytest.mark.parametrize("asked", ["show betakin --json", "show betakin", "lookup - -f jsonl", "search daltons"])
@pytest.mark.parametrize("first", [True, False], ids=["first run", "later run"])
def test_interrupted_at_any_moment(checkout: Checkout, asked: str, first: bool) -> None:
    """Exit 130 and not a word, or the whole answer; in either case the next run is right.

    Python itself is deaf to reason before it runs the first line of ours: what happens in its own start is left out.
    """
    names = checkout.base / "names"
    names.write_text("betakin\nqqq\n" * 300)
    begun = time.monotonic()
    with names.open("rb") as stdin:
        whole = checkout.run(*_sometimes(asked), stdin=stdin)
    took = time.monotonic() - begun
    chance, interrupted = random.Random(asked), 0
    for _ in range(6):
        if first:
            for path in (checkout.cache / "mono").glob("*"):
                path.unlink()
        with names.open("rb") as stdin:
            process = checkout.start(*_sometimes(asked), stdin=stdin, start_new_session=True)
            _wait_for_our_code(process)
            time.sleep(chance.uniform(0, took))
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        assert process.returncode in (130, whole[0]), err.decode()
        assert err == (b"" if process.returncode == 130 else whole[2])
        if process.returncode == 130:
            interrupted += 1
        else:
            assert out == whole[1]
        assert not [name for name in checkout.files() if name.endswith(".part")]
    assert checkout.answers()


def _wait_for_our_code(process: subprocess.Popen[bytes]) -> None:
    """Until the process catches SIGINT by our handler; Python's own is there before, so wait for a module that we load
    after.
    """
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if (
                "libz" in Path(f"/proc/{process.pid}/maps").read_text()
                or "_sqlite3" in Path(f"/proc/{process.pid}/maps").read_text()
            ):
                return
        except OSError:
            return


@pytest.mark.parametrize(
    "interrupted",
    [
        "type('', (), {'__del__': lambda _: signal.raise_signal(signal.SIGINT)})()",
        "signal.raise_signal(signal.SIGINT)",
    ],
    ids=["where nothing can be raised", "twice"],
)
def test_an_interrupt_that_cannot_wait_leaves_nothing_half_written(checkout: Checkout, interrupted: str) -> None:
    code = f"""
import os, signal, sys
from monocli.entry import main
from monocli.library import compiling

def fill(*_, **__):
    assert [name for name in os.listdir({str(checkout.cache / "mono")!r}) if name.endswith(".part")]
    try:
        {interrupted}
    except KeyboardInterrupt:
        signal.raise_signal(signal.SIGINT)

compiling.fill = fill
sys.argv = ["mono", "show", "betakin"]
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=checkout.environment(), timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
    assert checkout.files() == set()


def test_an_interrupt_that_is_ignored_stays_so(checkout: Checkout) -> None:
    assert checkout.answers()
    code, out, _ = shell(checkout, "trap '' INT; (sleep 0.02; kill -INT $$) & MONO show betakin --json")
    assert code == 0
    json.loads(out)


def test_a_second_interrupt_does_not_wait(checkout: Checkout) -> None:
    process = checkout.start("lookup", "-", "--format", "jsonl", stdin=subprocess.PIPE)
    _wait_for_our_code(process)
    for _ in range(3):
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err == b""


@pytest.mark.parametrize("python", ODD_PYTHONS, ids=" ".join)
def test_any_python(checkout: Checkout, python: tuple[str, ...]) -> None:
    tiny.write(checkout.user, {"monographs/x.yaml": "id: x\ntitle: X\nsource: book\n"})
    env = {"MONO_LIBRARY": str(checkout.user)}
    for argv in (
        ("show", "betakin", "--json"),
        ("show", "betakin", "--json"),
        ("data", "check"),
        ("lookup", "qqq"),
        ("search", "protein"),
        ("refs", "-f", "ris"),
        ("units",),
    ):
        code, out, err = checkout.run(*argv, python=python, env=env)
        plain = checkout.run(*argv, env=env)
        assert (code, out, err) == plain


def test_two_runs_and_any_seed_are_the_same_to_the_byte(checkout: Checkout) -> None:
    for argv in (
        ("lookup", "alphatinib", "alfatinib", "--json"),
        ("search", "hands"),
        ("brands", "--json"),
        ("refs", "-f", "bibtex"),
        ("data", "check", "--json"),
    ):
        seen = {checkout.run(*argv, env={"PYTHONHASHSEED": seed}) for seed in ("0", "1", "42", "4294967295", "random")}
        assert len(seen) == 1, argv


def test_the_same_library_is_compiled_to_the_same_bytes_whatever_the_seed(checkout: Checkout) -> None:
    seen = set()
    for seed in ("0", "1", "7"):
        for path in (checkout.cache / "mono").glob("*"):
            path.unlink()
        checkout.run("show", "betakin", env={"PYTHONHASHSEED": seed})
        seen.add(checkout.compiled().read_bytes())
    assert len(seen) == 1


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp437"},
        {"TERM": "dumb"},
        {"NO_COLOR": "1"},
    ],
)
def test_any_encoding_and_terminal(checkout: Checkout, env: dict[str, str]) -> None:
    for argv in (
        ("lookup", "alphatinib"),
        ("show", "alphatinib", "--all"),
        ("search", "hands"),
        ("brands",),
        ("refs",),
        ("lookup", "qqq"),
    ):
        code, out, err = checkout.run(*argv, env={**env, "COLUMNS": "200"})
        plain_code, plain_out, plain_err = checkout.run(*argv, env={"COLUMNS": "200"})
        assert code == plain_code
        assert b"\x1b" not in out + err
        encoding = env.get("PYTHONIOENCODING", "ascii" if "LC_ALL" in env else "utf-8")
        shown, meant = out.decode(encoding), (plain_out + plain_err).decode()
        assert harmless(shown)
        for word in meant.split():
            if word.isascii() or any(c.isalnum() for c in word):
                kept = word.encode(encoding, "backslashreplace").decode(encoding)
                assert kept in shown + err.decode(encoding), word


def test_the_pager_may_be_missing(checkout: Checkout) -> None:
    pty = pytest.importorskip("pty")
    assert checkout.answers()
    for pager in ("/nonexistent/pager", "false", "cat >/dev/null; exit 3", "kill -9 $$", "a\\", "cat"):
        parent, child = pty.openpty()
        env = checkout.environment(TERM="xterm", PAGER=pager, LINES="3", COLUMNS="80")
        process = subprocess.Popen(
            [sys.executable, "-m", "monocli", "show", "alphatinib", "--all"],
            stdin=child,
            stdout=child,
            stderr=child,
            env=env,
        )
        os.close(child)
        shown = b""
        while True:
            try:
                piece = os.read(parent, 100_000)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        os.close(parent)
        assert process.wait(timeout=30) == 0
        assert b"Alphatinib Mesilate" in shown, pager


@pytest.mark.parametrize("argv", ["lookup ketoconazole", "interactions warfarin ibuprofen sertraline --json"])
def test_nor_does_the_order_of_what_several_sources_say_rest_on_the_seed(process: Process, argv: str) -> None:
    seen = {process(*argv.split(), env={"PYTHONHASHSEED": seed}).stdout for seed in ("0", "1", "2", "3")}
    assert len(seen) == 1
