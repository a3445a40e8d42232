"""What is generated in docs/ is what the program would generate now. `python docs/build.py` writes it anew."""

from __future__ import annotations

import re

import pytest

from generated_docs import DOCS, ROOT, build
from monocli.cli.app import COMMANDS
from monocli.cli.help_topics import TOPICS

PAGES = sorted(DOCS.glob("*.md")) + sorted(ROOT.glob("*.md"))


def test_man_page_is_current() -> None:
    assert (DOCS / "man" / "mono.1").read_text(encoding="utf-8") == build().manual(), "run: python docs/build.py"


def test_command_reference_is_current() -> None:
    assert (DOCS / "cli-reference.md").read_text(encoding="utf-8") == build().reference(), "run: python docs/build.py"


def test_every_command_teaches_by_example() -> None:
    for path, command, _ in build().commands():
        if not hasattr(command, "list_commands") or path == "mono":
            assert "Examples:" in command.help, path
            assert f"  {path}" in command.help, path


def test_man_page_has_every_command_and_no_control_characters() -> None:
    text = build().manual()
    assert all(f'.SH "MONO {name.upper()}"' in text for name in COMMANDS)
    assert text.isascii()
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: object) -> None:
    text = page.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), target  # type: ignore[attr-defined]


def test_every_topic_has_its_page_and_ships_with_the_wheel() -> None:
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for file, _ in TOPICS.values():
        assert (DOCS / file).is_file()
        assert shipped[f"docs/{file}"] == f"monocli/_docs/{file}"
