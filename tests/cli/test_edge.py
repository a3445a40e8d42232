"""The edge: usage errors, formats, streams, terminals, signals, and input that nobody should type."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, Outcome, Process, Run
from monocli.cli.main import wanted_format

ENVELOPE = ["schema", "command", "status", "exit_code", "library", "data", "warnings", "errors"]
BAD_NAMES = {
    "empty": "",
    "whitespace": " \t\n ",
    "ten thousand characters": "imatinib" * 1250,
    "terminal escape": "\x1b[31mimatinib\x1b[0m",
    "window title": "\x1b]0;title\x07",
    "bell": "imatinib\x07",
    "C1 control": "\x9b31m",
    "right to left": "imatini\u202ebx",
    "isolates": "\u2066x\u2069",
    "surrogate": "im\udcffatinib",
    "lone surrogate": "\ud800",
    "private use": "\ue000",
    "number": "42",
    "negative number": "−5",
    "a code that is not one": "152459-95-9",
    "markup": "[bold]imatinibx[/bold]",
    "wildcard": "imat%",
    "query language": '" OR 1=1 --',
    "emoji": "💊",
    "line separators": "a\u2028b\u2029c\x85d",
    "combining": "i" + "\u0301" * 200,
}


def checked(outcome: Outcome, exits: tuple[int, ...] = (1, 2)) -> Any:
    """The envelope, after what holds for every envelope."""
    assert outcome.exit in exits
    assert outcome.stderr == ""
    document = json.loads(outcome.stdout)
    assert list(document) == ENVELOPE
    assert document["schema"] == f"mono/{document['command']}/1"
    assert document["exit_code"] == outcome.exit
    assert (document["status"] == "ok") == (outcome.exit == 0)
    assert bool(document["errors"]) == (outcome.exit != 0)
    for item in (*document["errors"], *document["warnings"]):
        assert item["code"] == item["code"].lower()
        assert item["message"]
    assert document["library"]["edition"]
    return document


def harmless(text: str) -> bool:
    """No character that a terminal would act on."""
    return not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n" for c in text)


# Usage


@pytest.mark.parametrize(
    ("argv", "command"),
    [
        (["lookup"], "lookup"),
        (["show"], "show"),
        (["lookup", "x", "--frobnicate"], "lookup"),
        (["refs", "--number", "x"], "refs"),
        (["search"], "search"),
        (["lookup", "x", "--color", "mauve"], "lookup"),
    ],
)
def test_wrong_usage(run: Run, argv: list[str], command: str) -> None:
    for line in (
        [*argv, "--json"],
        [argv[0], "--json", *argv[1:]],
        [*argv, "--format", "json"],
        [argv[0], "-fjson", *argv[1:]],
    ):
        document = checked(run(*line), (2,))
        assert (document["command"], document["status"], document["errors"][0]["code"]) == (command, "error", "usage")
        assert "--help" in document["errors"][0]["hint"]
    table = run(*argv)
    assert (table.exit, table.stdout) == (2, "")
    assert "[usage]" in table.stderr


def test_an_option_that_stands_before_the_command_is_an_error_in_the_right_format(run: Run) -> None:
    assert checked(run("--json", "lookup", "imexon"), (2,))["errors"][0]["code"] == "usage"


def test_a_wrong_format_is_a_usage_error(run: Run) -> None:
    outcome = run("lookup", "imexon", "--format", "yaml")
    assert (outcome.exit, outcome.stdout) == (2, "")
    assert "yaml" in outcome.stderr
    assert checked(run("lookup", "imexon", "--format", "yaml", "--json"), (2,))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lookpu", "lookup"),
        ("shwo", "show"),
        ("interaction", "interactions"),
        ("unit", "units"),
        ("look", "lookup"),
        ("version", "--version"),
    ],
)
def test_an_unknown_command_suggests(run: Run, typed: str, meant: str) -> None:
    document = checked(run(typed, "x", "--json"), (2,))
    assert document["errors"][0]["code"] == "unknown-command"
    assert meant in document["errors"][0]["suggestions"]


def test_a_wrong_option_suggests(run: Run) -> None:
    assert "--fuzzy" in checked(run("lookup", "x", "--fuzy", "--json"), (2,))["errors"][0]["suggestions"]


@pytest.mark.parametrize(
    ("argv", "suggested"),
    [
        (["dose", "imatinib", "--crcl", "50"], None),
        (["dose", "imatinib", "--pop", "child"], ["--population"]),
        (["units", "5 mg", "--form", "csv"], ["--format"]),
        (["data", "chek"], ["check"]),
        (["help", "version"], None),
        (["help", "jsn"], ["json"]),
        (["qwerty"], ["lookup qwerty"]),
    ],
)
def test_only_near_spellings_of_options_and_commands_are_suggested(
    run: Run, argv: list[str], suggested: list[str] | None
) -> None:
    error = checked(run(*argv, "--json"), (1, 2))["errors"][0]
    assert error.get("suggestions") == suggested


def test_a_command_without_its_second_word_names_those_there_are(run: Run) -> None:
    outcome = run("data")
    assert outcome.exit == 2
    assert "mono data needs one of its commands: check, where, schema" in outcome.stderr
    assert "Usage:" not in outcome.stderr


@pytest.mark.parametrize(
    "argv", [["--help"], ["-h"], [], ["lookup", "--help"], ["show", "-h"], ["data", "--help"], ["data", "check", "-h"]]
)
def test_help_teaches_by_examples(run: Run, argv: list[str]) -> None:
    outcome = run(*argv)
    assert (outcome.exit, outcome.stderr) == (0, "")
    assert "Usage" in outcome.stdout
    assert "Examples:" in outcome.stdout or argv == ["data", "--help"]


def test_the_version(run: Run) -> None:
    outcome = run("--version")
    assert outcome.exit == 0
    assert outcome.stdout.startswith("mono ")
    assert "edition" in outcome.stdout


@pytest.mark.parametrize(
    ("argv", "format"),
    [
        (["--json"], "json"),
        (["x", "-f", "json"], "json"),
        (["--format=json"], "json"),
        (["-fjson"], "json"),
        (["--format", "jsonl"], "jsonl"),
        (["--format", "csv"], "table"),
        (["--format"], "table"),
        (["--", "--json"], "table"),
        ([], "table"),
    ],
)
def test_the_format_of_a_line_that_cannot_be_parsed(argv: list[str], format: str) -> None:
    assert wanted_format(argv) == format


def test_a_usage_error_in_jsonl_is_one_line(run: Run) -> None:
    outcome = run("lookup", "--format", "jsonl")
    assert outcome.exit == 2
    assert len(outcome.stdout.splitlines()) == 1
    json.loads(outcome.stdout)


def test_after_two_dashes_everything_is_a_name(run: Run) -> None:
    assert checked(run("lookup", "--json", "--", "--fuzzy"), (1,))["data"]["results"][0]["query"] == "--fuzzy"


@pytest.mark.parametrize(
    "argv", [("lookup", "STI-571"), ("show", "imexon"), ("search", "renal"), ("refs",), ("brands",), ("data", "schema")]
)
def test_two_runs_are_the_same_to_the_byte(run: Run, argv: tuple[str, ...]) -> None:
    first, second = run(*argv, "--json"), run(*argv, "--json")
    assert first.stdout == second.stdout
    checked(first, (0,))


# Bad input


@pytest.mark.parametrize("name", BAD_NAMES.values(), ids=BAD_NAMES.keys())
@pytest.mark.parametrize(
    "argv",
    [["lookup"], ["lookup", "--fuzzy"], ["show"], ["show", "imexon"], ["refs"], ["brands"], ["search"]],
    ids=" ".join,
)
def test_bad_names_are_an_error_and_never_an_answer(run: Run, argv: list[str], name: str) -> None:
    outcome = run(*argv, "--json", "--", name)
    # Search takes words out of anything; --fuzzy takes what comes near, and says so.
    document = checked(outcome, (0, 1, 2) if argv in (["search"], ["lookup", "--fuzzy"]) else (1, 2))
    assert harmless(outcome.stdout)
    if document["command"] == "lookup":
        (result,) = document["data"]["results"]
        if outcome.exit:
            assert (result["matched"], result["monograph"], result["agent"]) == (None, None, None)
        else:
            assert (argv[-1], result["status"], outcome.codes) == ("--fuzzy", "fuzzy", ["fuzzy-match"])
    table = run(*argv, "--", name)
    assert table.exit == outcome.exit
    assert harmless(table.stdout + table.stderr)
    assert "Traceback" not in table.stderr


@pytest.mark.parametrize("option", ["--author", "--journal", "--year"])
def test_bad_filters(run: Run, option: str) -> None:
    for value in BAD_NAMES.values():
        assert run("refs", option, value, "--json").exit in (0, 1)
    assert run("brands", "--country", "\x1b[31m", "--json").exit == 1


@settings(max_examples=60)
@given(
    st.lists(st.text(st.characters(codec=None), max_size=30), max_size=3),
    st.sampled_from(["lookup", "show", "search", "refs", "brands"]),
)
def test_any_words_give_json_and_never_a_fault(run: Run, words: list[str], command: str) -> None:
    outcome = run(command, "--json", "--", *words)
    checked(outcome, (0, 1, 2))
    assert harmless(outcome.stdout)


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"imatinib\xff", b"\xd0", b"\x80abc"])
def test_arguments_that_are_not_utf8(process: Process, raw: bytes) -> None:
    for argv in ([b"lookup", raw], [b"show", raw], [b"search", raw], [b"show", b"imexon", raw]):
        done = process(*argv, b"--json")
        assert done.returncode in ((0, 1, 2) if argv[0] == b"search" else (1, 2))
        assert done.stderr == b""
        json.loads(done.stdout)
        assert process(*argv).returncode == done.returncode


def test_a_lone_dash_reads_stdin(process: Process) -> None:
    done = process("lookup", "-", "--json", stdin=b"STI-571\n\xff\n")
    assert [result["status"] for result in json.loads(done.stdout)["data"]["results"]] == ["exact", "unknown"]
    assert process("lookup", "-", "--json").returncode == 1


@pytest.mark.parametrize("command", ["show", "brands", "refs"])
def test_a_lone_dash_is_no_drug(run: Run, command: str) -> None:
    assert checked(run(command, "-", "--json"))["errors"][0]["code"] == "unknown-name"


# Output and terminals


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "cp437", "utf-16"])
@pytest.mark.parametrize(
    "argv",
    [("lookup", "Гливек"), ("show", "imatinib", "heart"), ("brands",), ("search", "Kerkela"), ("lookup", "--help")],
    ids=" ".join,
)
def test_any_encoding_of_the_output(run: Run, argv: tuple[str, ...], encoding: str) -> None:
    assert run(*argv, encoding=encoding).exit == 0
    for form in ("csv", "md", "json"):
        if "--help" not in argv:
            outcome = run(*argv, "--format", form, encoding=encoding)
            assert outcome.exit == 0
            if form == "json":
                assert outcome.json["data"] == run(*argv, "--json").data


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_the_encoding_of_the_process(process: Process, encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding}
    for argv in (
        ("lookup", "Гливек"),
        ("lookup", "--help"),
        ("lookup", "qqq"),
        ("brands", "-f", "csv"),
        ("refs", "-f", "bibtex"),
    ):
        done = process(*argv, env=env)
        assert done.returncode in (0, 1), done.stderr
        assert b"Traceback" not in done.stderr
        done.stdout.decode(encoding)
    assert json.loads(process("lookup", "Гливек", "--json", env=env).stdout)["data"]["results"][0]["query"] == "Гливек"


def test_nothing_is_lost_where_a_character_cannot_be_shown(run: Run) -> None:
    assert (
        r"\u0413\u043b\u0438\u0432\u0435\u043a"
        in run("lookup", "Гливек", encoding="ascii", env={"COLUMNS": "200"}).stdout
    )


@pytest.mark.parametrize(
    "env", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"FORCE_COLOR": ""}]
)
def test_no_escape_where_nobody_asked_for_colour(run: Run, env: dict[str, str]) -> None:
    for argv in (("lookup", "STI-571"), ("show", "imatinib", "heart"), ("search", "renal"), ("lookup", "imatanib")):
        outcome = run(*argv, env=env)
        assert "\x1b" not in outcome.stdout + outcome.stderr


def test_colour_where_it_is_asked_for(run: Run) -> None:
    assert "\x1b[" in run("lookup", "STI-571", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[" in run("lookup", "STI-571", "--color", "always").stdout
    assert "\x1b[" in run("lookup", "STI-571", "--color", "always", env={"NO_COLOR": "1"}).stdout
    assert "\x1b" not in run("lookup", "STI-571", "--color", "never", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b" not in run("lookup", "STI-571", "--json", "--color", "always").stdout


def test_colour_says_nothing_that_the_text_does_not(run: Run) -> None:
    import re

    for argv in (("show", "imatinib", "heart"), ("search", "splenic")):
        coloured = run(*argv, "--color", "always").stdout
        plain = run(*argv).stdout
        stripped = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
        assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


@pytest.mark.parametrize("columns", ["", "0", "-5", "x", "1", "19", "999999999999", "80.5", "٣٠"])
def test_any_columns(run: Run, columns: str) -> None:
    outcome = run("lookup", "STI-571", env={"COLUMNS": columns})
    assert outcome.exit == 0
    assert max(map(len, outcome.stdout.splitlines())) <= max(80, int(columns) if columns == "30" else 80)


def test_a_reader_that_leaves_early(world: dict[str, str], library: object) -> None:
    for argv in ("show imatinib --all", "refs", "lookup - --format jsonl < names"):
        names = Path(world["HOME"]) / "names"
        names.write_text("imexon\n" * 5000)
        command = f"{sys.executable} -m monocli {argv} | head -1"
        done = subprocess.run(
            ["bash", "-c", f"{command}; echo ${{PIPESTATUS[0]}}"],
            capture_output=True,
            env={**world, "PYTHONPATH": str(ROOT / "src")},
            cwd=names.parent,
            timeout=60,
            check=True,
        )
        lines = done.stdout.decode().splitlines()
        assert (len(lines), lines[-1], done.stderr) == (2, "0", b"")


@pytest.mark.parametrize(("redirect", "code"), [(">&-", 0), (">&- 2>&-", 0), ("<&-", 0), (">/dev/full", 1)])
def test_streams_that_are_closed_or_full(world: dict[str, str], library: object, redirect: str, code: int) -> None:
    for options in ("", "--json"):
        done = subprocess.run(
            ["bash", "-c", f"{sys.executable} -m monocli lookup imexon {options} {redirect}"],
            capture_output=True,
            env={**world, "PYTHONPATH": str(ROOT / "src")},
            timeout=60,
            check=False,
        )
        assert done.returncode == code
        assert b"Traceback" not in done.stderr
        assert (b"output-failed" in done.stderr) == (code == 1)


def test_interrupted(world: dict[str, str], library: object) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "monocli", "lookup", "-", "--format", "jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**world, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"imexon\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["exit_code"] == 0
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err


def test_interrupted_inside(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("monocli.library.suggesting.suggest", interrupt)
    assert run("lookup", "qqq", "--json").exit == 130


def test_a_fault_of_the_program_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("surprise")

    monkeypatch.setattr("monocli.library.suggesting.suggest", fail)
    outcome = run("lookup", "qqq", "--json")
    assert outcome.exit == 3
    assert outcome.error["code"] == "internal-error"
    assert "Traceback" in outcome.stderr
    assert run("lookup", "qqq").exit == 3


@pytest.mark.parametrize("python", [("-O",), ("-W", "error"), ("-X", "utf8=0"), ("-I",)], ids=" ".join)
def test_other_ways_to_start_python(process: Process, python: tuple[str, ...]) -> None:
    done = process("lookup", "Glivec", "--json", python=python)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["data"]["results"][0]["status"] == "exact"


def test_the_order_of_hashes_does_not_matter(process: Process) -> None:
    for argv in (("lookup", "imatinib", "imatanib"), ("show", "aldesleukin"), ("search", "renal")):
        outputs = {process(*argv, "--json", env={"PYTHONHASHSEED": seed}).stdout for seed in ("0", "1", "2")}
        assert len(outputs) == 1


def test_the_home_may_be_missing(process: Process) -> None:
    done = process("lookup", "imexon", "--json", env={"HOME": "", "XDG_DATA_HOME": ""})
    assert done.returncode == 0


def test_long_output_pages_on_a_terminal(world: dict[str, str], library: object) -> None:
    pty = pytest.importorskip("pty")
    parent, child = pty.openpty()
    env = {**world, "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", "PAGER": "sed s/^/PAGED:/", "LINES": "10"}
    process = subprocess.Popen(
        [sys.executable, "-m", "monocli", "show", "imexon", "--all"], stdout=child, stdin=child, stderr=child, env=env
    )
    shown, deadline = b"", time.monotonic() + 30
    os.set_blocking(parent, False)
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
        try:
            shown += os.read(parent, 100_000)
        except OSError:
            continue
    with contextlib.suppress(OSError):
        shown += os.read(parent, 100_000)
    os.close(child)
    os.close(parent)
    assert process.wait(timeout=10) == 0
    assert b"Imexon" in shown


def test_a_shell_is_offered_commands_names_and_sections(process: Process) -> None:
    def offered(*words: str) -> list[str]:
        env = {"_MONO_COMPLETE": "complete_bash", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
        done = process(env=env)
        assert done.stderr == b""
        return done.stdout.decode().split("\n")

    assert "lookup" in offered("mono", "lo")
    assert any(name.startswith("imat") for name in offered("mono", "lookup", "imat"))
    assert "effects-on-the-heart" in offered("mono", "show", "imatinib", "effects-on-the-h")


@pytest.mark.parametrize("columns", ["²", "٣", "-1", "x", "", "9" * 5000, "0"])
def test_columns_that_are_no_number(run: Run, columns: str) -> None:
    assert run("lookup", "imatinib", env={"COLUMNS": columns, "LINES": columns}).exit == 0


@pytest.mark.parametrize(
    "line",
    [
        "dose imatinib -weight 70",
        "dose imatinib -indication gist",
        "dose imatinib -hepatic mild",
        "units -weight 70",
        "units 5 mg -help",
        "units -xh",
        "lookup -fuzzy x",
        "lookup x -hx",
        "data check -h5",
        "-version",
        "-help",
    ],
)
def test_an_option_with_one_dash_is_no_option(run: Run, line: str) -> None:
    words = line.split()
    outcome = run(*words)
    assert (outcome.exit, outcome.stdout) == (2, "")
    assert f"No such option: {next(word for word in words if word.startswith('-'))}" in outcome.stderr
    if not line.startswith("-"):
        assert checked(run(*words, "--json"), (2,))["errors"][0]["code"] == "usage"


@pytest.mark.parametrize("line", ["units -5h", "units -5 fh", "units -inf IU", "units -.5h"])
def test_a_negative_quantity_is_no_option(run: Run, line: str) -> None:
    assert checked(run(*line.split(), "--json"), (2,))["errors"][0]["code"] == "bad-quantity"


_TITLE = "g\033]0;x\007\x9b\u202e\nError: forged"


@pytest.mark.parametrize("form", ["table", "csv", "md", "jsonl"])
@pytest.mark.parametrize(
    "asked",
    [
        "units -",
        "units - --weight",
        "lookup -",
        "interactions -",
        "interactions --batch",
        "lookup",
        "compat imatinib",
        "dose imatinib -i",
        "show imatinib",
    ],
)
def test_nothing_that_was_typed_reaches_the_terminal_raw(run: Run, asked: str, form: str) -> None:
    outcome = run(*asked.split(), *([] if asked.endswith("-") else [_TITLE]), "-f", form, stdin=_TITLE + "\n")
    assert outcome.exit in (1, 2)
    assert harmless(outcome.stdout.replace("\r\n", "\n"))
    assert harmless(outcome.stderr)
    assert not any(line.startswith("Error: forged") for line in outcome.stderr.split("\n"))


@pytest.mark.parametrize("form", ["table", "csv", "jsonl", "json", "md"])
@pytest.mark.parametrize("asked", ["lookup -", "interactions -", "units -", "interactions glévec Гливек"])
def test_an_encoding_that_cannot_carry_a_name(process: Process, asked: str, form: str) -> None:
    done = process(*asked.split(), "-f", form, stdin="glévec,Гливек\n".encode(), env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stderr
    assert (done.stdout + done.stderr).isascii()
