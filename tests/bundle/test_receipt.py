"""A receipt comes back as it was written, and is refused when it is not as it must be."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from desktop_app.bundle.faults import BadContent
from desktop_app.bundle.receipt import (
    MOST_ANSWERS,
    ParkedRecord,
    Receipt,
    SentAnswer,
    TableTally,
    Verdict,
    parse_receipt,
    spell_receipt,
)

RECEIPT = Receipt(
    station="QR01",
    lineage="first",
    until=340,
    hash=b"\x01" * 32,
    verdict=Verdict.PARKED,
    projection="p1",
    tables=(TableTally("visit", 12, 40, b"\x02" * 32), TableTally("resident", 0, 0, bytes(32))),
    photos=("ab" * 32,),
    parked=(ParkedRecord("visit", UUID(int=5), "编号已被占用"),),
    clock_offset=-3_600_000,
    sentence="已收到第 121 至 340 条变更，1 条暂存。",
    returned="",
    answers=(
        SentAnswer(
            "requests",
            UUID(int=6),
            1_763_990_000_000,
            UUID(int=7),
            1_764_150_000_000,
            "苏文静",
            "澄岭街道",
            "已协调水务所。",
        ),
    ),
    extra={"wishes": [{"text": "已办"}]},
)


def _answer(**wrong: Any) -> dict[str, Any]:
    whole = {"kind": "requests", "uid": "0" * 31 + "6", "asked": 1, "answer": "0" * 31 + "7"}
    return {**whole, "at": 2, "by": "", "office": "", "words": "", **wrong}


def values() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(spell_receipt(RECEIPT))
    return found


@pytest.mark.parametrize("verdict", Verdict)
def test_a_receipt_comes_back_as_it_was_written(verdict: Verdict) -> None:
    assert parse_receipt({**values(), "verdict": verdict.value}).verdict is verdict
    assert parse_receipt(values()) == RECEIPT


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("station", [None, 1, "x" * 201]),
        ("lineage", [None]),
        ("until", [-1, "340", None, True]),
        ("hash", ["", None, "AB" * 32, 5]),
        ("verdict", ["", "fine", None, []]),
        ("projection", [None]),
        ("tables", [None, {}, [None], [{}], [{"name": "v", "rows": -1, "changes": 0, "head": ""}]]),
        ("photos", [None, "ab" * 32, [1], ["../x"]]),
        ("parked", [None, [{}], [{"kind": "v", "uid": "x", "reason": ""}], [3]]),
        ("clock_offset", [None, "1", True]),
        ("sentence", [None, "x" * 2001]),
        ("returned", [None, 1]),
        ("answers", [None, {}, [None], [{}], [_answer(words="x" * 2001)], [_answer(asked=-1)]]),
        ("answers", [[_answer(uid="../x")], [_answer(at="1")], [_answer()] * (MOST_ANSWERS + 1)]),
    ],
)
def test_a_receipt_with_a_value_of_another_kind_is_refused(name: str, wrong: list[Any]) -> None:
    missing = values()
    del missing[name]
    for bad in [
        *([] if name == "answers" else [missing]),
        *({**values(), name: value} for value in wrong),
    ]:
        with pytest.raises(BadContent, match="回执"):
            parse_receipt(bad)


@pytest.mark.parametrize("whole", [None, [], 1, "x", {}])
def test_what_is_no_receipt_at_all_is_refused(whole: Any) -> None:
    with pytest.raises(BadContent):
        parse_receipt(whole)


def test_a_receipt_without_answers_is_written_as_it_always_was_and_read_as_none() -> None:
    spelled = json.loads(spell_receipt(replace(RECEIPT, answers=())))
    assert "answers" not in spelled
    assert parse_receipt(spelled).answers == ()
