"""What the courses of posts, claims and shifts have in common: a reason, a refusal. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.text import clean_line

A = TypeVar("A", bound=LabelledEnum)

NAME_LIMIT = 100
LINE_LIMIT = 200
TEXT_LIMIT = 2000
REASON_LIMIT = 500


def refusal(label: str, state: LabelledEnum, action: LabelledEnum, may: Iterable[A]) -> UserError:
    """What is said of a step that may not be taken as the record stands."""
    labels = "、".join(one.label for one in may)
    return UserError(
        f"{label}现在是“{state.label}”，不能“{action.label}”，没有改动。",
        f"现在可以：{labels}。" if labels else f"{label}不再需要办理。",
    )


def reason(text: str, label: str, *, field: str = "words") -> str:
    """One line that says why; a `UserError` when it is empty or too long."""
    said = remark(text, label, field=field)
    if not said:
        raise UserError(f"还没有写{label}，没有改动。", "请写一句话，便于以后说清楚。", field=field)
    return said


def remark(text: str, label: str, *, field: str = "words") -> str:
    """One line that may be left out."""
    return clean_line(text, limit=REASON_LIMIT, label=label, field=field) if text else ""
