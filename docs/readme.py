"""Keeps the output shown in README.md real.

Every ```console block that begins with "$ mono …" holds that command's output at 80 columns, standard
output and error together.

    python docs/readme.py                 rewrite the blocks
    python docs/readme.py --check         exit 1 where a block is out of date
    python docs/readme.py --run MONO      the same with another `mono`, such as one installed from a wheel
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
_BLOCK = re.compile(r"^```console\n\$ (mono [^\n]*)\n(.*?)^```$", re.M | re.S)


def rendered(text: str, mono: str) -> str:
    """The text with every block's output as the command prints it now."""

    def block(match: re.Match[str]) -> str:
        return f"```console\n$ {match[1]}\n{output(match[1], mono)}```"

    return _BLOCK.sub(block, text)


def output(command: str, mono: str) -> str:
    """What a command line prints in a shell, run where no checkout and no user's folder can be seen."""
    with tempfile.TemporaryDirectory() as folder:
        # Without a cache of its own to go to, every command would compile the library anew.
        cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        environ = {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1", "HOME": folder, "XDG_CACHE_HOME": cache}
        environ |= {key: value for key, value in os.environ.items() if key in ("PATH", "SYSTEMROOT")}
        line = command.replace("mono", mono, 1)
        done = subprocess.run(line, shell=True, cwd=folder, env=environ, capture_output=True, text=True)
    if done.returncode in (3, 127):
        sys.exit(f"{command}: {done.stderr}")
    return done.stdout + done.stderr


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--run", metavar="MONO", default=str(Path(sys.executable).parent / "mono"))
    options = parser.parse_args()
    text = README.read_text(encoding="utf-8")
    current = rendered(text, options.run)
    commands = _BLOCK.findall(text)
    if not commands:
        sys.exit("README.md shows no command")
    if not options.check and options.run == parser.get_default("run"):
        README.write_text(current, encoding="utf-8")
    elif current != text:
        for (command, shown), (_, now) in zip(commands, _BLOCK.findall(current), strict=True):
            if shown != now:
                print(f"$ {command}\n--- README.md\n{shown}--- now\n{now}")
        sys.exit('README.md is out of date; run "python docs/readme.py"')
    print(f"README.md: {len(commands)} commands")


if __name__ == "__main__":
    main()
