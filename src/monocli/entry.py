"""Entry point of the console script. A user waits for start-up and exit at every question, so both are kept short
here."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the program and end the process.

    Collecting garbage while modules are loaded finds none and costs a twentieth of the start, so it begins after that.
    Taking the interpreter apart at the end would cost a sixth of it: nothing is left to be done once the output is
    flushed.
    """
    gc.disable()
    from monocli.cli.main import main as run_program

    gc.freeze()
    gc.enable()
    code = run_program()
    for stream in (sys.stdout, sys.stderr):
        try:
            # A stream that the caller has closed is None.
            if stream is not None:
                stream.flush()
        except OSError:
            # The reader is gone (`mono … | head -1`); what it asked for was written.
            pass
    os._exit(code)
