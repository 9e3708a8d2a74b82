"""data/receipt.json: what the street has of a station, so that the station can compare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from desktop_app.bundle.faults import BadContent
from desktop_app.core.codec import Plain, canonical
from desktop_app.core.ids import Uid

NAME = "receipt"
"""As `OpenParcel.json` and `FileSource.json` take it."""

_HEX = re.compile(r"[0-9a-f]{64}")
_UID = re.compile(r"[0-9a-f]{32}")
_LONGEST_WORD = 200
_LONGEST_SENTENCE = 2000
MOST_ANSWERS = 500
"""How many answers one receipt may bring: more come with the next ones."""


class Verdict(StrEnum):
    """What became of the parcel that this answers."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    GAP = "gap"
    FORKED = "forked"
    REFUSED = "refused"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class TableTally:
    """One kind as the street counts it: living rows, changes, and the head of that kind's chain."""

    name: str
    rows: int
    changes: int
    head: bytes


@dataclass(frozen=True, slots=True)
class ParkedRecord:
    """A record that could not be applied and waits at the street."""

    kind: str
    uid: Uid
    reason: str


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """What the office above says to one record that was brought before it (a request, 吹哨).

    `answer` names it, and `asked` is when it was asked, in ms, by the sender's own clock: a record
    may ask again. `at`, `by` and `office` say when it was given, by whom, and where.
    """

    kind: str
    uid: Uid
    asked: int
    answer: Uid
    at: int
    by: str
    office: str
    words: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Up to which change (`until`, its chain hash `hash`) the street holds the station's log.

    `photos` are the SHA-256 of those that newly arrived; `clock_offset` is the street's clock minus
    the station's, in ms; `sentence` says it all in words; `returned` is the reason of a 退回.
    `answers` come with every receipt until the station's own records show them; a reader that does
    not know them leaves them alone.
    """

    station: str
    lineage: str
    until: int
    hash: bytes
    verdict: Verdict
    projection: str = ""
    tables: tuple[TableTally, ...] = ()
    photos: tuple[str, ...] = ()
    parked: tuple[ParkedRecord, ...] = ()
    clock_offset: int = 0
    sentence: str = ""
    returned: str = ""
    answers: tuple[SentAnswer, ...] = ()
    extra: Mapping[str, Plain] = field(default_factory=dict)


_NAMES = frozenset(part.name for part in fields(Receipt)) - {"extra"}


def spell_receipt(receipt: Receipt) -> bytes:
    """The file's content."""
    values: dict[str, Any] = {name: getattr(receipt, name) for name in _NAMES}
    values |= {"hash": receipt.hash.hex(), "verdict": receipt.verdict.value}
    values["tables"] = [
        {"name": each.name, "rows": each.rows, "changes": each.changes, "head": each.head.hex()}
        for each in receipt.tables
    ]
    values["photos"] = list(receipt.photos)
    values["parked"] = [
        {"kind": each.kind, "uid": f"{each.uid.int:032x}", "reason": each.reason}
        for each in receipt.parked
    ]
    del values["answers"]
    if receipt.answers:
        values["answers"] = [_spelled(each) for each in receipt.answers]
    return canonical({**receipt.extra, **values}).encode() + b"\n"


def _spelled(answer: SentAnswer) -> dict[str, Plain]:
    uids = {name: f"{getattr(answer, name).int:032x}" for name in ("uid", "answer")}
    plain = {one.name: getattr(answer, one.name) for one in fields(answer)}
    return {**plain, **uids}


def parse_receipt(values: Plain) -> Receipt:
    """What `OpenParcel.json(NAME)` gave. Raises `BadContent` for anything that is not as it must
    be; names this program does not know are kept.
    """
    try:
        return _receipt(values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadContent("回执") from error


def _receipt(values: dict[str, Any]) -> Receipt:
    return Receipt(
        station=_text(values["station"]),
        lineage=_text(values["lineage"]),
        until=_number(values["until"], 0),
        hash=bytes.fromhex(_hex(values["hash"])),
        verdict=Verdict(values["verdict"]),
        projection=_text(values["projection"]),
        tables=tuple(_tally(each) for each in _list(values["tables"])),
        photos=tuple(_hex(each) for each in _list(values["photos"])),
        parked=tuple(_parked(each) for each in _list(values["parked"])),
        clock_offset=_number(values["clock_offset"], None),
        sentence=_text(values["sentence"], _LONGEST_SENTENCE),
        returned=_text(values["returned"], _LONGEST_SENTENCE),
        answers=_answers(values.get("answers", [])),
        extra={name: value for name, value in values.items() if name not in _NAMES},
    )


def _tally(values: dict[str, Any]) -> TableTally:
    return TableTally(
        _text(values["name"]),
        _number(values["rows"], 0),
        _number(values["changes"], 0),
        bytes.fromhex(_hex(values["head"])),
    )


def _parked(values: dict[str, Any]) -> ParkedRecord:
    reason = _text(values["reason"], _LONGEST_SENTENCE)
    return ParkedRecord(_text(values["kind"]), _uid(values["uid"]), reason)


def _answers(value: Plain) -> tuple[SentAnswer, ...]:
    several = _list(value)
    if len(several) > MOST_ANSWERS:
        raise ValueError("too many answers")
    return tuple(_answer(each) for each in several)


def _answer(values: dict[str, Any]) -> SentAnswer:
    return SentAnswer(
        kind=_text(values["kind"]),
        uid=_uid(values["uid"]),
        asked=_number(values["asked"], 0),
        answer=_uid(values["answer"]),
        at=_number(values["at"], 0),
        by=_text(values["by"]),
        office=_text(values["office"]),
        words=_text(values["words"], _LONGEST_SENTENCE),
    )


def _uid(value: Plain) -> Uid:
    if not _UID.fullmatch(value):
        raise ValueError("uid")
    return Uid(hex=value)


def _list(value: Plain) -> list[Any]:
    if type(value) is not list:
        raise TypeError("not a list")
    return value


def _number(value: Plain, least: int | None) -> int:
    if type(value) is not int or (least is not None and value < least):
        raise ValueError("not such a number")
    return value


def _text(value: Plain, longest: int = _LONGEST_WORD) -> str:
    if type(value) is not str or len(value) > longest:
        raise ValueError("not such a text")
    return value


def _hex(value: Plain) -> str:
    if type(value) is not str or not _HEX.fullmatch(value):
        raise ValueError("not a hash")
    return value
