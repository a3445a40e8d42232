"""What all tests share: a command line run in this process or in one of its own, and a world without network, home or
cache of yours."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import HealthCheck, settings

import published
from monocli.cli.main import run as run_command_line
from monocli.cli.session import Session
from monocli.library import places
from monocli.library.opening import open_library
from monocli.library.store import Library

ROOT = Path(__file__).parent.parent
CLOCK = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
"""The time at which every command line in this process is run."""

# How long an example takes says how busy the machine is, and nothing of the program.
settings.register_profile(
    "mono",
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("mono")

# A run in the background ignores Ctrl-C, and so would every process that a test starts and interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command line did."""

    exit: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout; an error where there is anything else."""
        return json.loads(self.stdout)

    @property
    def data(self) -> Any:
        return self.json["data"]

    @property
    def joined(self) -> str:
        """What stands on stdout as one line, wherever it was folded."""
        return " ".join(self.stdout.split())

    @property
    def error(self) -> Any:
        """The first error of the envelope."""
        return self.json["errors"][0]

    @property
    def codes(self) -> list[str]:
        """Codes of the errors, then of the warnings."""
        document = self.json
        return [item["code"] for item in (*document["errors"], *document["warnings"])]


class Run(Protocol):
    def __call__(
        self, *argv: str, stdin: str | bytes = "", env: Mapping[str, str] | None = None, encoding: str = "utf-8"
    ) -> Outcome: ...


class Process(Protocol):
    def __call__(
        self, *argv: str | bytes, stdin: bytes = b"", env: Mapping[str, str] | None = None, python: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[bytes]: ...


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here ever asks the network."""

    def refuse(*_: object, **__: object) -> Any:
        raise AssertionError("a test reached for the network")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of every command line: a home and a cache of the test run's own, and 80 columns."""
    base = tmp_path_factory.mktemp("world")
    (base / "home").mkdir()
    return {
        "HOME": str(base / "home"),
        "XDG_CACHE_HOME": str(base / "cache"),
        "XDG_DATA_HOME": str(base / "data"),
        "COLUMNS": "80",
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
    }


@pytest.fixture(scope="session")
def library(world: dict[str, str]) -> Library:
    """The library of this checkout, compiled once in a test run."""
    return open_library(places.find(world))


@pytest.fixture
def run(world: dict[str, str], library: Library) -> Run:
    """Runs a command line in this process: `run("lookup", "STI-571", "--json").data`."""

    def call(
        *argv: str, stdin: str | bytes = "", env: Mapping[str, str] | None = None, encoding: str = "utf-8"
    ) -> Outcome:
        given = stdin.encode("utf-8") if isinstance(stdin, str) else stdin
        streams = [
            io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="") for content in (given, b"", b"")
        ]
        session = Session({**world, **(env or {})}, *streams, clock=lambda: CLOCK)
        if not {"MONO_LIBRARY", "XDG_CACHE_HOME", "XDG_DATA_HOME"} & set(env or {}):
            session.__dict__["library"] = library
        code = run_command_line(list(argv), session)
        written = []
        for stream in streams[1:]:
            stream.flush()
            written.append(stream.buffer.getvalue().decode(encoding))
        published.check(argv, written[0], code)
        return Outcome(code, *written)

    return call


@pytest.fixture
def process(world: dict[str, str], library: Library) -> Process:
    """Runs a command line in a process of its own; the library is compiled already."""

    def call(
        *argv: str | bytes, stdin: bytes = b"", env: Mapping[str, str] | None = None, python: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {**world, "PYTHONPATH": str(ROOT / "src"), **(env or {})}
        command = [sys.executable, *python, "-m", "monocli", *argv]
        done = subprocess.run(command, input=stdin, capture_output=True, env=environment, timeout=60, check=False)
        published.check(argv, done.stdout, done.returncode)
        return done

    return call


@pytest.fixture
def repository() -> Path:
    """The checkout's folder."""
    return ROOT
