"""Command lines that nobody means well, in a fixed random order: each is answered or refused, and nothing is "ok" that
answers nothing.
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

import strategies
from conftest import Run
from harmless import harmless

LINES = int(os.environ.get("MONO_NASTY_LINES", "15"))
"""For a command in a test run; more by hand, such as MONO_NASTY_LINES=2000."""
WORDS = (
    *(
        "imatinib",
        "imatinib",
        "IMATINIB",
        "warfarin",
        "aldesleukin",
        "IL-2",
        "foo",
        "",
        " ",
        "\t",
        "-",
        "--",
        "-weight",
    ),
    *(
        "g\x1b]0;x\x07",
        "\x9b31m",
        "a\nError: forged",
        "\udcff",
        "\u202e",
        "\ue000",
        "²",
        "1½",
        "NaN",
        "inf",
        "-inf",
        "1e999999",
    ),
    *(
        "9" * 5000,
        "9223372036854775808",
        "-5h",
        "0",
        "1.200 mg",
        "400mg",
        "18 MIU",
        "x" * 100_000,
        "../..",
        "%s",
        "[b]",
        "' OR 1",
    ),
)
ANSWERS = ("results", "sections", "hits", "references", "brands", "drugs", "findings", "indications", "regimens", "to")


@pytest.mark.long
@pytest.mark.parametrize("command", strategies.OPTIONS)
def test_nasty_command_lines(run: Run, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pick = random.Random(command)
    options = strategies.OPTIONS[command]
    for _ in range(LINES):
        words = [pick.choice(WORDS) for _ in range(pick.randint(0, 4))]
        if words and pick.random() < 0.3:
            words.append(words[0])
        for option in pick.sample(sorted(options), min(len(options), pick.randint(0, 3))):
            words += [option, *(pick.choice(WORDS) for _ in range(options[option]))]
        form = pick.choice(["json", "table", "csv", "md"])
        line = [*command.split(), "-f", form, *words]
        outcome = run(*line, stdin=pick.choice(["", "\n", "\x1b]0;x\x07\n", "imatinib;foo\r5 mg\n"]))
        shown = outcome.stdout + outcome.stderr
        assert outcome.exit in (0, 1, 2, 5) or (outcome.exit == 4 and command == "data check"), line
        assert "Traceback" not in shown, line
        assert harmless(shown.replace("\r\n", "\n")), line
        assert outcome.exit or outcome.stdout, line
        if form == "json" and not outcome.exit and outcome.stdout.startswith("{"):
            data = json.loads(outcome.stdout)["data"]
            assert data, line
            assert all(
                data[key] for key in ANSWERS if key in data and command in ("lookup", "search", "refs", "brands")
            ), line
