"""A checkout for each test that runs processes."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_checkout import Checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A program beside a tiny library, never run before."""
    return Checkout(tmp_path)
