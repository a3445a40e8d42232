"""The targets of the coverage-guided fuzzer in every test run: what once broke them, seeds, and some random inputs."""

from __future__ import annotations

import atheris_parsers
import fuzz_targets
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies

FOUND = [
    (
        "yaml",
        bytes([fuzz_targets.FILES.index("units/x.yaml")])
        + b"id: x\ntitle: X\nsource: book\nsubstances: []\nscales: []\nequivalences: []\n",
    ),
    (
        "yaml",
        bytes([fuzz_targets.FILES.index("units/abbreviations.yaml")])
        + b"id: abbreviations\ntitle: X\nsource: book\nwritings: []\n"
        + b"abbreviations: [{written: [u], treatment: refuse, why: w, write: [x]}]\n",
    ),
    (
        "yaml",
        bytes([fuzz_targets.FILES.index("units/x.yaml")])
        + b"id: x\ntitle: X\nsource: book\nsubstances: []\nscales: [{id: a, title: A, listed: []}]\nequivalences: []\n",
    ),
    (
        "yaml",
        bytes([fuzz_targets.FILES.index("measures/body.yaml")]) + b"ages: [{at_most: " + b"9" * 5000 + b"}]\n",
    ),
    ("yaml", b"\x00id: \xc2\x9b\n"),
]
"""(target, input) that were wrong once."""


@pytest.mark.parametrize(("target", "data"), FOUND)
def test_what_was_found(target: str, data: bytes) -> None:
    fuzz_targets.TARGETS[target](data)


@pytest.mark.parametrize("target", fuzz_targets.TARGETS)
def test_the_seeds(target: str) -> None:
    for seed in atheris_parsers.seeds(target):
        fuzz_targets.TARGETS[target](seed)
    assert all(word.startswith('"\\x') for word in atheris_parsers.dictionary(target))


@settings(strategies.STEADY, max_examples=300)
@given(st.one_of(strategies.quantities(), strategies.words()))
def test_any_quantity(text: str) -> None:
    fuzz_targets.quantity(text.encode("utf-8", "surrogatepass"))


@settings(strategies.STEADY, max_examples=200)
@given(strategies.words())
def test_any_name(text: str) -> None:
    fuzz_targets.name(text.encode("utf-8", "surrogatepass"))


@settings(strategies.STEADY, max_examples=60)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(st.sampled_from("abi:-?|>&*!%@`'\"{}[],# \n\t\r\u0085\u2028\ufeff"), max_size=80).map(str.encode),
    )
)
def test_any_file(data: bytes) -> None:
    fuzz_targets.strict_yaml(data)
