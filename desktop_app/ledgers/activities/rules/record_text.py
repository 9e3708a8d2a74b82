"""The record of an activity as it is being typed: text in every field, what it means, its draft.

Pure. Whether the record is in order is for `recording`; here is only what cannot be read at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from desktop_app.core.day_text import parse_day
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.ids import parse_uid
from desktop_app.core.text import half_width
from desktop_app.ledgers.activities.rules.activity import Activity, Fund, Review
from desktop_app.ledgers.activities.rules.recording import RecordForm, ResolutionLine

Cells = tuple[str, ...]
"""One row of a small table as typed; the last cell of a resolution is its uid."""

_LINES = (
    "summary", "outcome", "next_steps", "media", "host", "recorder", "expected", "served",
    "disclosed_on", "disclosed_at",
)  # fmt: skip
_TABLES = ("resolutions", "funds", "reviews")
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class RecordText:
    """All fields as typed. `resolutions`: words, owner, due, uid; `funds`: source, yuan, note;
    `reviews`: body, points, words."""

    summary: str = ""
    outcome: str = ""
    next_steps: str = ""
    media: str = ""
    host: str = ""
    recorder: str = ""
    expected: str = ""
    served: str = ""
    disclosed_on: str = ""
    disclosed_at: str = ""
    resolutions: tuple[Cells, ...] = ()
    funds: tuple[Cells, ...] = ()
    reviews: tuple[Cells, ...] = ()


def text_of(activity: Activity) -> RecordText:
    """What is saved, as the form shows it."""
    return RecordText(
        summary=activity.summary,
        outcome=activity.outcome,
        next_steps=activity.next_steps,
        media=activity.media,
        host=activity.host,
        recorder=activity.recorder,
        expected=_number(activity.expected),
        served=_number(activity.served),
        disclosed_on=_day(activity.disclosed_on),
        disclosed_at=activity.disclosed_at,
        resolutions=tuple(
            (one.words, one.owner, _day(one.due), one.uid.hex) for one in activity.resolutions
        ),
        funds=tuple((one.source, yuan(one.amount), one.note) for one in activity.funds),
        reviews=tuple((one.body, str(one.points), one.words) for one in activity.reviews),
    )


def meaning(text: RecordText, today: date) -> RecordForm:
    """The record that is meant; raises `InvalidInput` for what is no number, day or amount."""
    read = _Reader(today)
    form = RecordForm(
        summary=text.summary,
        outcome=text.outcome,
        next_steps=text.next_steps,
        media=text.media,
        host=text.host,
        recorder=text.recorder,
        expected=read.whole(text.expected, "应到人数", "expected"),
        served=read.whole(text.served, "服务人次", "served"),
        disclosed_on=read.day(text.disclosed_on, "公开日期", "disclosed_on"),
        disclosed_at=text.disclosed_at,
        resolutions=tuple(
            ResolutionLine(
                words=words,
                owner=owner,
                due=read.day(due, f"第{place}条议定事项的期限", "resolutions"),
                uid=parse_uid(uid) if uid else None,
            )
            for place, (words, owner, due, uid) in enumerate(text.resolutions, start=1)
        ),
        funds=tuple(
            Fund(source, read.fen(amount, f"第{place}笔经费的金额", "funds"), note)
            for place, (source, amount, note) in enumerate(text.funds, start=1)
        ),
        reviews=tuple(
            Review(body, read.whole(points, f"“{body}”的分数", "reviews") or 0, words)
            for body, points, words in text.reviews
        ),
    )
    if read.problems:
        raise InvalidInput(read.problems)
    return form


def yuan(fen: int) -> str:
    """1200 or 1200.50: an amount of fen as it is typed."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def fen_of(text: str) -> int | None:
    """The fen of an amount in yuan (1,200 · 1200.5 · ￥1200 · 1200元), or None when it is none."""
    plain = half_width(text).strip().lstrip("¥￥").removesuffix("元").replace(",", "").strip()
    try:
        amount = Decimal(plain) * 100
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount != amount.to_integral_value() or abs(amount) > 10**14:
        return None
    return int(amount)


def to_plain(text: RecordText) -> dict[str, Any]:
    """As a draft keeps it."""
    plain = asdict(text)
    return plain | {name: [list(row) for row in plain[name]] for name in _TABLES}


def from_plain(plain: Mapping[str, Any] | None) -> RecordText | None:
    """What a draft kept; None when there is none. What it does not know is left out."""
    if not plain:
        return None
    lines = {name: str(plain.get(name, "")) for name in _LINES}
    widths = {"resolutions": 4, "funds": 3, "reviews": 3}
    tables = {
        name: tuple(
            tuple(str(cell) for cell in row)
            for row in plain.get(name) or ()
            if isinstance(row, list | tuple) and len(row) == width
        )
        for name, width in widths.items()
    }
    return RecordText(**lines, **tables)  # type: ignore[arg-type]


class _Reader:
    """Reads numbers, days and amounts, and gathers what is none."""

    def __init__(self, today: date) -> None:
        self._today = today
        self.problems: list[UserError] = []

    def whole(self, text: str, label: str, field: str) -> int | None:
        plain = half_width(text).strip()
        if not plain:
            return None
        if plain.isascii() and plain.isdigit() and len(plain) <= _MOST_DIGITS:
            return int(plain)
        self._add(f"{label}“{text.strip()}”不是一个整数，没有保存。", "请只填数字。", field)
        return None

    def day(self, text: str, label: str, field: str) -> date | None:
        if not text.strip():
            return None
        found = parse_day(text, self._today)
        if found is None:
            said = f"{label}“{text.strip()}”不是一个日期，没有保存。"
            self._add(said, "请按 20261123 或 11-23 的样子填写。", field)
        return found

    def fen(self, text: str, label: str, field: str) -> int:
        found = fen_of(text)
        if found is None:
            said = (
                f"{label}“{text.strip()}”看不懂，没有保存。"
                if text.strip()
                else (f"{label}还没有填，没有保存。")
            )
            self._add(said, "请填元，如 1200 或 1200.50。", field)
        return found or 0

    def _add(self, sentence: str, step: str, field: str) -> None:
        self.problems.append(UserError(sentence, step, field=field))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()
