"""Where the library, the user's own folder and the cache lie. Asks the environment that it is given, nothing else.

The platform's folders are worked out here in a few lines because every command pays for this module at start-up;
platformdirs would cost more than opening the library.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from monocli.records.record import Record

BUNDLED_NAME = "library.sqlite"


class Places(Record):
    """`bundled` is the compiled library in the package, or None in a checkout, where `checkout` is the YAML folder.

    `user` is the user's own folder where there is one, `user_from` what named it, `cache` the folder for compiled
    libraries, or None where the user has no home to hold one.
    """

    bundled: Path | None
    checkout: Path | None
    user: Path | None
    user_from: str
    cache: Path | None


def find(environ: Mapping[str, str]) -> Places:
    """The places in force for this environment."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent.parent / "data"
    bundled = package / "_library" / BUNDLED_NAME
    in_checkout = _is_checkout(package, checkout, bundled)
    named = environ.get("MONO_LIBRARY", "")
    user = expanded(Path(named)) if named else user_data_folder(environ)
    return Places(
        bundled=None if in_checkout else bundled,
        checkout=checkout if in_checkout else None,
        user=user if named or os.path.isdir(user) else None,
        user_from="MONO_LIBRARY" if named else "the platform's data folder",
        cache=cache_folder(environ),
    )


def _is_checkout(package: Path, data: Path, bundled: Path) -> bool:
    """Whether the program runs from its own sources, which are then its library too.

    An installation has its library inside the package and a checkout never does: so whatever someone puts beside an
    installation (`pip --target` makes one anywhere) does not make it a checkout.
    """
    in_sources = package.parent.name == "src" and not bundled.exists()
    return in_sources and (data / "sources.yaml").is_file() and (data.parent / "pyproject.toml").is_file()


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


def labels_folder(environ: Mapping[str, str]) -> Path:
    """Where the pack of imported labels lies. Beside the user's own library and not in it: that one is laid over ours
    as soon as it is there."""
    if named := environ.get("MONO_LABELS"):
        return expanded(Path(named))
    if sys.platform == "win32":
        return user_data_folder(environ).parent / "labels"
    return user_data_folder(environ).with_name("mono-labels")


def cache_folder(environ: Mapping[str, str]) -> Path | None:
    """The platform's cache folder for `mono`; None where nothing names one and there is no home."""
    if sys.platform != "darwin" and sys.platform != "win32" and (named := _absolute(environ.get("XDG_CACHE_HOME"))):
        return Path(named) / "mono"
    if sys.platform == "win32" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"]) / "mono" / "cache"
    home = _home(environ)
    # A service or a container may have the root folder, or one that is not there, for its home: not ours to fill.
    if home == Path(home.anchor) or not os.path.isdir(home):
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "mono"
    if sys.platform == "win32":
        return home / "AppData" / "Local" / "mono" / "cache"
    return home / ".cache" / "mono"


def _absolute(folder: str | None) -> str | None:
    """The XDG rules say that a relative path is to be ignored; a home that is one is no better."""
    return folder if folder and os.path.isabs(folder) else None


def _home(environ: Mapping[str, str]) -> Path:
    return Path(_absolute(environ.get("HOME")) or _absolute(environ.get("USERPROFILE")) or "/nonexistent")
