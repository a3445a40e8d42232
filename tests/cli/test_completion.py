"""Shell completion, as the scripts of bash, zsh and fish ask for it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from conftest import Process
from monocli.cli.app import COMMANDS
from monocli.engine.names import normalise


def completions(words: str, shell: str = "bash") -> list[str]:
    """What is offered for the last word of a command line; a line that ends in a space begins a new word."""
    parts = words.split(" ")
    environ = {**os.environ, "_MONO_COMPLETE": f"complete_{shell}", "PYTHONIOENCODING": "utf-8"}
    environ |= {"COMP_WORDS": words, "COMP_CWORD": str(len(parts) - 1)}
    environ |= {"_TYPER_COMPLETE_ARGS": words, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = subprocess.run(
        [sys.executable, "-m", "monocli"], env=environ, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout.rstrip("\n").split("\n")


def test_commands() -> None:
    assert completions("mono ") == list(COMMANDS)
    assert completions("mono loo") == ["lookup"]
    assert completions("mono data ") == ["check", "where", "schema"]


@pytest.mark.parametrize(
    "broken", [{"COMP_CWORD": "x", "COMP_WORDS": "mono loo"}, {"COMP_WORDS": "mono loo"}, {"COMP_CWORD": "1"}]
)
def test_a_shell_that_does_not_say_what_is_typed(process: Process, broken: dict[str, str]) -> None:
    done = process(env={"_MONO_COMPLETE": "complete_bash", **broken})
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"Error: ")
    assert b"Traceback" not in done.stderr


def test_options_and_their_values() -> None:
    assert completions("mono lookup --fu") == ["--fuzzy"]
    assert completions("mono lookup --format js") == ["json", "jsonl"]
    assert "--version" in completions("mono --")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("STI-", "STI-571"),
        ("sti", "sti-571"),
        ("t-c", "t-cell-Growth-Factor"),
        ("mes", "mesilate-d’imatinib"),
        ("Гли", "Гливек"),
        ("220127", "220127-57-1"),
    ],
)
def test_names_go_on_from_what_was_typed(typed: str, offered: str) -> None:
    assert offered in completions(f"mono lookup {typed}")


def test_every_offered_name_begins_as_typed_and_needs_no_quotation_marks() -> None:
    for typed in "aiIm5":
        for offer in filter(None, completions(f"mono lookup {typed}")):
            assert offer.startswith(typed)
            assert not set(offer) & set("\"'`$\\()[]{}<>;&|*?!# ")
            assert normalise(offer)


def test_a_name_in_quotation_marks_keeps_its_spaces() -> None:
    environ = {
        **os.environ,
        "_MONO_COMPLETE": "complete_bash",
        "COMP_WORDS": 'mono lookup "T-cell G',
        "COMP_CWORD": "2",
    }
    done = subprocess.run([sys.executable, "-m", "monocli"], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout == "T-cell Growth Factor\n"


def test_nothing_typed_offers_the_monographs() -> None:
    assert completions("mono lookup ") == ["aldesleukin", "imatinib-mesilate", "imexon", "interleukin-2"]


def test_sections_by_id_and_by_plain_word() -> None:
    assert completions("mono show imatinib ki") == ["kidneys"]
    assert "effects-on-the-kidneys" in completions("mono show imatinib eff")
    assert completions("mono show nothing-known ki") == [""]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("option", ["-i", "--indication"])
def test_indications_after_the_option(shell: str, option: str) -> None:
    """The drug stands before the option, and nothing of the value is typed yet."""
    assert any("gist" in offer for offer in completions(f"mono dose imatinib {option} ", shell))
    assert any("gist" in offer for offer in completions(f"mono dose imatinib {option} gi", shell))


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("mono dose imatinib --region ", "uk"),
        ("mono adjust imatinib --population ch", "child"),
        ("mono units 18e6 --to mic", "microgram"),
        ("mono units 18e6 --of aldes", "aldesleukin"),
        ("mono dose imatinib --with rifa", "rifampicin"),
        ("mono adjust imatinib --start rifa", "rifampicin"),
        ("mono brands imatinib --country Ind", "India"),
        ("mono brands --country new", "new-Zealand"),
        ("mono dose imatinib --bsa-formula ha", "haycock"),
        ("mono compat aldesleukin --region u", "us"),
        ("mono dose imatinib --hepatic ", "moderate"),
        ("mono dose --region uk imatinib -i gi", "gist"),
        ("mono search rash --kind st", "statement"),
    ],
)
def test_values_of_options(line: str, offered: str) -> None:
    assert offered in completions(line)


def test_countries_are_those_with_a_brand_of_the_drug() -> None:
    offered = completions("mono brands imatinib --country ")
    assert {"Argentina", "India"} <= set(offered)
    assert "Andorra" not in offered


def test_topics_of_help() -> None:
    assert completions("mono help sa") == ["safety"]


def test_zsh_and_fish_get_what_their_scripts_read() -> None:
    assert completions("mono lookup STI-5", "zsh") == ["_arguments '*: :((\"STI-571\"))'"]
    assert completions("mono lookup STI-5", "fish") == ["STI-571"]


def test_a_broken_library_never_disturbs_the_shell(monkeypatch: pytest.MonkeyPatch, tmp_path: os.PathLike[str]) -> None:
    with open(os.path.join(tmp_path, "library.yaml"), "w", encoding="utf-8") as file:
        file.write("a: [")
    monkeypatch.setenv("MONO_LIBRARY", os.fspath(tmp_path))
    assert completions("mono lookup STI-") == [""]


def test_formulas_and_their_inputs() -> None:
    assert completions("mono calc qtc-b") == ["qtc-bazett"]
    assert "renal" in completions("mono calc ")
    assert completions("mono calc cockcroft-gault age=70 cre") == ["creatinine="]
    assert "age=" not in completions("mono calc cockcroft-gault age=70 ")
