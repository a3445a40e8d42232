"""Entry point of the console script. A user waits for start-up and exit at every question, so both are kept short
here.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from typing import NoReturn

INTERRUPTED = 130
ENOUGH_TO_COLLECT = 20_000
"""New objects after which garbage is looked for: more than a command makes that answers one question, with the modules
that it loads for it, and a few megabytes of a stream's."""


class _Interrupts:
    """What Ctrl-C does: before and after the program has run it ends the process without a word, and in between it
    raises `KeyboardInterrupt` once, so that what was begun is cleaned up. A second one does not wait for that: it only
    removes what is half written."""

    running = False

    def __call__(self, *_: object) -> None:
        if not self.running:
            _leave()
        self.running = False
        raise KeyboardInterrupt

    def unraisable(self, fault: sys.UnraisableHookArgs) -> None:
        """One that was raised where Python cannot pass it on (in a callback of the import system) counts too."""
        if isinstance(fault.exc_value, KeyboardInterrupt):
            _leave()
        sys.__unraisablehook__(fault)


def _leave() -> NoReturn:
    """End the process at once, at any moment, even one in which nothing can be imported."""
    compiling = sys.modules.get("monocli.library.compiling")
    for file in tuple(getattr(compiling, "unfinished", ())):
        with contextlib.suppress(OSError):
            os.unlink(file)
    os._exit(INTERRUPTED)


def main() -> None:
    """Run the program and end the process.

    Collecting garbage while modules are loaded finds none and costs a twentieth of the start, so it begins after that.
    Taking the interpreter apart at the end would cost a sixth of it: nothing is left to be done once the output is
    flushed.
    """
    interrupts = _Interrupts()
    # Where the caller has it ignored (`nohup`, a job in the background) it stays so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupts)
        sys.unraisablehook = interrupts.unraisable
    gc.disable()
    from monocli.cli.main import main as run_program

    gc.freeze()
    gc.set_threshold(ENOUGH_TO_COLLECT)
    gc.enable()
    code = INTERRUPTED
    try:
        interrupts.running = True
        try:
            code = run_program()
        finally:
            interrupts.running = False
    except KeyboardInterrupt:
        code = INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        try:
            # A stream that the caller has closed is None.
            if stream is not None:
                stream.flush()
        except OSError:
            # The reader is gone (`mono … | head -1`); what it asked for was written.
            pass
    os._exit(code)
