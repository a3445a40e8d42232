"""Whether a folder is this user's alone, so that nothing in it can have been put there, or exchanged, by another.

Only a whole path can be trusted. Who may write to a folder above may put another in the place of this one, between any
check and any use. So every folder on the way is looked at (as ssh does with its keys), and what stands in one that is
safe is then opened by name without a race.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path


def is_private(folder: Path) -> bool:
    """Whether the folder, with its links followed, is this user's own, and none but this user and root can write to it
    or exchange it. One that is not there yet is private where it would be on being made.
    """
    if not hasattr(os, "getuid"):
        return True
    path = os.path.realpath(folder)
    own = os.getuid()
    state = _state(path)
    if state is not None and (state.st_uid != own or state.st_mode & 0o022):
        return False
    while path != os.path.dirname(path):
        path = os.path.dirname(path)
        state = _state(path)
        if state is None:
            continue
        # In a sticky folder (/tmp) only the owner of an entry may move it.
        if state.st_uid not in (own, 0) or (state.st_mode & 0o022 and not state.st_mode & stat.S_ISVTX):
            return False
    return True


def _state(path: str) -> os.stat_result | None:
    """What stands at the path; None where nothing does. What cannot be looked at is nobody's."""
    try:
        state = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError):
        return os.stat_result((0, 0, 0, 0, -1, -1, 0, 0, 0, 0))
    return state
