"""What the courses of problems, offers and duties have in common: a reason, a refusal. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.text import clean_line

A = TypeVar("A", bound=LabelledEnum)

LINE_LIMIT = 200
TEXT_LIMIT = 2000
REASON_LIMIT = 500
MOST_PHOTOS = 12
"""Of one problem, or as evidence of one duty; a 销号单 shows two to four."""
MOST_AMOUNT = 1_000_000


def refusal(label: str, state: LabelledEnum, action: LabelledEnum, may: Iterable[A]) -> UserError:
    """What is said of a step that may not be taken as the record stands."""
    labels = "、".join(one.label for one in may)
    return UserError(
        f"这条{label}现在是“{state.label}”，不能“{action.label}”，没有改动。",
        f"现在可以：{labels}。" if labels else f"这条{label}不再需要办理。",
    )


def reason(text: str, label: str, *, field: str = "words") -> str:
    """One line that says why; a `UserError` when it is empty or too long."""
    said = clean_line(text, limit=REASON_LIMIT, label=label, field=field) if text else ""
    if not said:
        raise UserError(f"还没有写{label}，没有改动。", "请写一句话，便于以后说清楚。", field=field)
    return said
