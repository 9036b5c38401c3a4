"""Digests tell values apart, stay the same everywhere, and refuse what could change."""

import subprocess
import sys
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from generator.errors import Severity
from generator.fingerprint import fingerprint, stamp_bytes
from generator.model import Author, Caption, Person, Source

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.binary(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(values, values)
@settings(deadline=None)
def test_different_values_have_different_digests(one: Any, other: Any) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (
        repr(one) == repr(other) or (one == other and type(one) is type(other) is dict)
    )


def test_the_order_of_a_mapping_and_of_a_set_does_not_matter() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint(MappingProxyType({"b": 2, "a": 1}))
    assert fingerprint(frozenset({"x", "y", "z"})) == fingerprint(frozenset({"z", "x", "y"}))


def test_texts_cannot_be_shifted_between_neighbours() -> None:
    assert fingerprint(("ab", "c")) != fingerprint(("a", "bc"))
    assert fingerprint((("a",), "b")) != fingerprint(("a", ("b",)))


def test_structs_differ_by_kind_and_by_value() -> None:
    assert fingerprint(Person("A", "B")) != fingerprint(Caption("A", "B"))
    assert fingerprint(Person("A", "B")) == fingerprint(Person("A", "B"))


def test_tuples_of_structs_differ_by_kind_by_order_and_by_number() -> None:
    one, other = Person("A", "B"), Person("C", "D")
    sources = (Source("A", authors=(Author("B"),)), Source("C"))
    values = [one, (one,), (one, other), (other, one), ((one, other),), (Caption("A", "B"),), ("A", "B"), sources, sources[::-1]]
    assert len({fingerprint(value) for value in values}) == len(values)


def test_a_value_that_carries_its_digest_is_represented_by_it() -> None:
    class Stamped(Struct, frozen=True):
        text: str
        digest: bytes

    assert fingerprint(Stamped("a", b"1")) == fingerprint(Stamped("b", b"1")) != fingerprint(Stamped("a", b"2"))
    both = (Stamped("a", b"1"), Stamped("a", b"2"))
    assert len({fingerprint(value) for value in (both, both[::-1], both[:1], both[0], (b"1", b"2"))}) == 5


class Changing(Struct):
    text: str


@pytest.mark.parametrize("value", [[], {1: []}, set(), object(), Changing("a")])
def test_what_could_change_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        fingerprint(value)


def test_a_class_is_told_by_its_name_as_a_function_is() -> None:
    assert fingerprint(Person) == fingerprint(Person) != fingerprint(Caption)


def test_digests_are_the_same_in_every_process() -> None:
    code = "from generator.fingerprint import fingerprint; print(fingerprint(('a', 1, frozenset('xyz'))).hex())"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(seen) == 1


def test_enum_members_functions_and_dates_have_digests() -> None:
    assert (
        len({fingerprint(value) for value in (Severity.ERROR, Severity.WARNING, stamp_bytes, fingerprint, date(2025, 8, 16))})
        == 5
    )
