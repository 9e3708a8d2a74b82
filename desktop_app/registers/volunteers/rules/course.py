"""What the courses of volunteers and teams have in common: a reason, a refusal, a day. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.text import clean_line
from desktop_app.registers.volunteers.rules.words import REASON_LIMIT

A = TypeVar("A", bound=LabelledEnum)


def refusal(whose: str, state: str, action: LabelledEnum, may: Iterable[A]) -> UserError:
    """What is said of a step that may not be taken as the record stands."""
    labels = "、".join(one.label for one in may)
    return UserError(
        f"{whose}现在是“{state}”，不能“{action.label}”，没有改动。",
        f"现在可以：{labels}。" if labels else "请刷新后再看。",
    )


def reason(text: str, label: str, *, field: str = "words") -> str:
    """One line that says why; a `UserError` when it is empty or too long."""
    said = clean_line(text, limit=REASON_LIMIT, label=label, field=field) if text else ""
    if not said:
        raise UserError(f"还没有写{label}，没有改动。", "请写一句话，便于以后说清楚。", field=field)
    return said


def refuse_future(day: date, today: date, label: str, field: str) -> None:
    """Raise `UserError` for a day that has not come yet."""
    if day > today:
        raise UserError(
            f"{label}比今天还晚，没有改动。",
            "请在那一天之后再办理，或改成实际的日期。",
            field=field,
        )
