"""What may be wrong with files of labels and with the pack of imported labels."""

from __future__ import annotations

FHIR = "a FHIR Bundle, as European product information (ePI) comes in; read are openFDA records and SPL documents only"
"""What is said of files that hold labels of a kind that is not read."""


class UnreadableLabel(Exception):
    """A file, or one record of it, that is not what it should be; the text says how."""

    def __init__(self, problem: str, set_id: str | None = None) -> None:
        super().__init__(problem)
        self.problem, self.set_id = problem, set_id


class PackFault(Exception):
    """The pack of imported labels cannot be used; `code` is fixed for programs, the text says why."""

    code = "labels-damaged"


class ForeignPack(PackFault):
    """The file is no pack of labels, or a damaged one."""


class NewerPack(PackFault):
    """A newer version of the program has written it."""

    code = "labels-newer"


class OlderPack(PackFault):
    """An older version of the program has written it, in a form that is no longer read."""

    code = "labels-older"


class Busy(PackFault):
    """Another import is running."""

    code = "labels-busy"


class ReadingStopped(PackFault):
    """The process that reads the files ended before they did, as where the system takes its memory away."""

    code = "labels-import-stopped"


class NoRoom(PackFault):
    """It cannot be written: a full disk, a folder that may not be written to."""

    code = "labels-not-written"


class Interrupted(PackFault):
    """The user stopped it before it had ended."""

    code = "interrupted"
