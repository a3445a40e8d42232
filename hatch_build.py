"""Build hook: compiles the YAML library into the wheel, so that an installation never reads YAML.

An editable installation reads the checkout's own data and gets none.
"""

from __future__ import annotations

import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileLibrary(BuildHookInterface):  # type: ignore[type-arg]
    """Writes the compiled packs into `monocli/_library/` of the wheel. Invalid data stops the build with every
    problem."""

    _folder: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        # pip builds before it looks at `requires-python`, and an older Python cannot even import the compiler.
        project, running = self.metadata.core, platform.python_version()
        if not project.python_constraint.contains(running, prereleases=True):
            sys.exit(f"mono needs Python {project.requires_python}; this is Python {running}, {sys.executable}")
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from monocli.library.building import build

        self._folder = tempfile.TemporaryDirectory(prefix="mono-build-")
        for file in build(root / "data", Path(self._folder.name), f"wheel {self.metadata.version}"):
            build_data["force_include"][str(file)] = f"monocli/_library/{file.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if self._folder:
            self._folder.cleanup()
