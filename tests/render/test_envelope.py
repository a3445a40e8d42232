"""JSON as text: what is written indented is what `json` writes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monocli.render.envelope import indented_json

LEAVES = st.none() | st.booleans() | st.integers() | st.text()
DOCUMENTS = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30)


@given(DOCUMENTS)
@pytest.mark.parametrize("ascii", [True, False])
def test_indented_json_is_what_json_writes(ascii: bool, document: Any) -> None:
    assert indented_json(document, ascii=ascii) == json.dumps(document, ensure_ascii=ascii, indent=2)


def test_a_tuple_is_a_list() -> None:
    assert indented_json({"a": (1, ()), "b": {}}, ascii=True) == '{\n  "a": [\n    1,\n    []\n  ],\n  "b": {}\n}'
