"""Build hook: compiles the YAML library into the wheel, so that an installation never reads YAML.

An editable installation reads the checkout's own data and gets none.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileLibrary(BuildHookInterface):  # type: ignore[type-arg]
    """Writes `monocli/_library/library.sqlite` into the wheel. Invalid data stops the build with all its problems."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from monocli.library.compiling import compile_to, load_folders

        target = Path(tempfile.mkdtemp(prefix="mono-build-")) / "library.sqlite"
        documents = load_folders([(root / "data", "data")])
        compile_to(target, documents, fingerprint=f"wheel {self.metadata.version}")
        build_data["force_include"][str(target)] = "monocli/_library/library.sqlite"
