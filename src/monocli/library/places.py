"""Where the library, the user's own folder and the cache lie. Asks the environment that it is given, nothing else.

The platform's folders are worked out here in a few lines because every command pays for this module at start-up;
platformdirs would cost more than opening the library.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

BUNDLED_NAME = "library.sqlite"


class Places(NamedTuple):
    """`bundled` is the compiled library in the package, or None in a checkout, where `checkout` is the YAML folder.

    `user` is the user's own folder where there is one, `user_from` what named it, `cache` the folder for compiled
    libraries.
    """

    bundled: Path | None
    checkout: Path | None
    user: Path | None
    user_from: str
    cache: Path


def find(environ: Mapping[str, str]) -> Places:
    """The places in force for this environment."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent.parent / "data"
    bundled = package / "_library" / BUNDLED_NAME
    in_checkout = (checkout / "sources.yaml").is_file() and (checkout.parent / "pyproject.toml").is_file()
    named = environ.get("MONO_LIBRARY", "")
    user = expanded(Path(named)) if named else user_data_folder(environ)
    return Places(
        bundled=None if in_checkout else bundled,
        checkout=checkout if in_checkout else None,
        user=user if named or os.path.isdir(user) else None,
        user_from="MONO_LIBRARY" if named else "the platform's data folder",
        cache=cache_folder(environ),
    )


def expanded(path: Path) -> Path:
    """The path with the home folder for "~"; as it is where the system knows no such user."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def user_data_folder(environ: Mapping[str, str]) -> Path:
    """The platform's data folder for `mono`."""
    if sys.platform == "darwin":
        return _home(environ) / "Library" / "Application Support" / "mono"
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or _home(environ) / "AppData" / "Local") / "mono" / "library"
    return Path(_absolute(environ.get("XDG_DATA_HOME")) or _home(environ) / ".local" / "share") / "mono"


def cache_folder(environ: Mapping[str, str]) -> Path:
    """The platform's cache folder for `mono`."""
    if sys.platform == "darwin":
        return _home(environ) / "Library" / "Caches" / "mono"
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or _home(environ) / "AppData" / "Local") / "mono" / "cache"
    return Path(_absolute(environ.get("XDG_CACHE_HOME")) or _home(environ) / ".cache") / "mono"


def _absolute(folder: str | None) -> str | None:
    """The XDG rules say that a relative path is to be ignored; a home that is one is no better."""
    return folder if folder and os.path.isabs(folder) else None


def _home(environ: Mapping[str, str]) -> Path:
    return Path(_absolute(environ.get("HOME")) or _absolute(environ.get("USERPROFILE")) or "/nonexistent")
