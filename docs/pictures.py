"""Pictures of the main tables in docs/pictures/*.svg, drawn from what the commands really print.

python docs/pictures.py            draw them anew
python docs/pictures.py --check    exit 1 where one is out of date
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

FOLDER = Path(__file__).resolve().parent / "pictures"
PICTURES = {
    "lookup": ["lookup", "Zoleta"],
    "show": ["show", "imatinib", "kidneys"],
    "dose": ["dose", "imatinib", "--indication", "cml-blast"],
    "interactions": ["interactions", "imatinib", "ketoconazole", "warfarin"],
    "units": ["units", "18 MIU"],
}
_SPACE = "&#160;"
_CHARACTER = 12.2
_INDENTED = re.compile(
    r'x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" textLength="(?P<length>[\d.]+)"(?P<rest>[^>]*)>(?P<spaces>(?:&#160;)+)'
)
# rich's own template loads fonts from the network; this one asks for whatever monospace font there is.
_FORMAT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>.{unique_id}-matrix {{ font-family: monospace; font-size: {char_height}px; line-height: {line_height}px }}
{styles}</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""


def drawn(name: str) -> str:
    """The picture of one command's output, 80 columns wide."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1", "HOME": folder}
        environ.pop("NO_COLOR", None)
        argv = [str(Path(sys.executable).parent / "mono"), *PICTURES[name], "--color", "always"]
        done = subprocess.run(argv, env=environ, capture_output=True, text=True, check=True)
    console = Console(record=True, width=80, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text(f"$ mono {' '.join(PICTURES[name])}", style="bold"))
    console.print(Text.from_ansi(done.stdout))
    theme, title = DEFAULT_TERMINAL_THEME, f"mono {PICTURES[name][0]}"
    svg = console.export_svg(title=title, theme=theme, code_format=_FORMAT, unique_id=name)
    return _INDENTED.sub(_moved, svg)


def _moved(match: re.Match[str]) -> str:
    """A text that begins with spaces, begun further right instead: some viewers drop spaces at the start."""
    width = len(match["spaces"]) // len(_SPACE) * _CHARACTER
    x, length = float(match["x"]) + width, float(match["length"]) - width
    return f'x="{x:g}" y="{match["y"]}" textLength="{length:g}"{match["rest"]}>'


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    stale = []
    for name in PICTURES:
        path, text = FOLDER / f"{name}.svg", drawn(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
    if stale:
        sys.exit(f"out of date: {', '.join(stale)}; run: python docs/pictures.py")


if __name__ == "__main__":
    main()
