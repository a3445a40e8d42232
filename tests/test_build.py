"""The build hook: what a Python that is too old is told, and that nothing of a build stays behind."""

from __future__ import annotations

import platform
import tempfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder

from conftest import ROOT


def hook() -> Any:
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    builder = WheelBuilder(str(ROOT))
    return module.CompileLibrary(
        str(ROOT), {}, builder.config, builder.metadata, str(ROOT / "dist"), "wheel", builder.app
    )


@pytest.mark.parametrize("version", ["standard", "editable"])
def test_an_older_python_is_told_which_is_needed(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "python_version", lambda: "3.10.13")
    with pytest.raises(SystemExit, match=r"^mono needs Python >=3\.11; this is Python 3\.10\.13,"):
        hook().initialize(version, {"force_include": {}})


def test_a_build_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    building, data = hook(), {"force_include": dict[str, str]()}
    building.initialize("standard", data)
    assert [Path(file).stat().st_size > 0 for file in data["force_include"]] == [True, True]
    building.finalize("standard", data, "")
    assert list(tmp_path.iterdir()) == []
