"""Packed texts come back as they were, and nothing else passes for one."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.resources import resource_bytes
from desktop_app.storage.packing import pack, unpack

SAID = '{"agent":null,"name":"张淑芬"}'
KEPT = (
    "0148a88a08a83643cb81b008ddb3e0d9f6892fbad628d50200d6f60e5d",
    "0228b52ffd2021ad000050bca0e6b791e88aac227d023c3f1a034677990101",
)
"""What each way of packing made of that: every later version must still read it."""
DICTIONARY = "d1d332eccb0d3b8c7e8e677bc32c5ce732a1e7035f4b08373a4aeee252813406"
"""SHA-256 of the one that is released: with another, nothing that was packed could be read."""


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    assert unpack(pack(text)) == text


def test_a_usual_record_takes_less_than_half() -> None:
    record = (
        '{"agent":null,"at":1795458744696,"batch":"01a209ae417870b19adec9c53a763ad6",'
        '"birth_year":1953,"building":"7","category":"志愿与便民服务","closed_at":1795458744696,'
        '"closed_day":"2026-11-24","compound":null,"day":"2026-11-24","due":null,'
        '"external_number":"","first_clerk_name":"邱志斌","follow_up":"","gender":2}'
    )
    assert len(pack(record)) * 2 < len(record.encode())


@pytest.mark.parametrize("kept", KEPT, ids=["first", "second"])
def test_what_was_ever_packed_can_be_read(kept: str) -> None:
    assert unpack(bytes.fromhex(kept)) == SAID


def test_a_dictionary_that_is_released_never_changes() -> None:
    raw = resource_bytes("storage", "changes-2.zdict")
    assert hashlib.sha256(raw).hexdigest() == DICTIONARY


def test_several_threads_may_pack_at_once() -> None:
    texts = [f'{{"name":"张淑芬","number":"QR01-2026A-{n:05d}"}}' * 50 for n in range(400)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(unpack, threads.map(pack, texts))) == texts


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
