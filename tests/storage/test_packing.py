"""Packed texts come back as they were, and nothing else passes for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.storage.packing import pack, unpack

KEPT = "0148a88a08a83643cb81b008ddb3e0d9f6892fbad628d50200d6f60e5d"
"""What this version made of a record: every later version must still read it."""


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    assert unpack(pack(text)) == text


def test_a_usual_record_takes_less_than_a_third() -> None:
    record = (
        '{"agent":null,"at":1795458744696,"batch":"01a209ae417870b19adec9c53a763ad6",'
        '"birth_year":1953,"building":"7","category":"志愿与便民服务","closed_at":1795458744696,'
        '"closed_day":"2026-11-24","compound":null,"day":"2026-11-24","due":null,'
        '"external_number":"","first_clerk_name":"邱志斌","follow_up":"","gender":2}'
    )
    assert len(pack(record)) * 2 < len(record.encode())


def test_the_dictionary_of_the_first_version_never_changes() -> None:
    assert unpack(bytes.fromhex(KEPT)) == '{"agent":null,"name":"张淑芬"}'


@given(st.binary(max_size=60))
def test_other_bytes_are_refused(raw: bytes) -> None:
    if raw in {pack("")}:
        return
    with pytest.raises(ValueError, match=r"packed|cut"):
        unpack(raw)


@given(st.text(min_size=1), st.integers(1, 5))
def test_a_text_cut_short_is_refused(text: str, missing: int) -> None:
    with pytest.raises(ValueError, match=r"packed|cut"):
        unpack(pack(text)[:-missing])
