"""What the courses of problems, offers and duties have in common: a moment, a rule, a refusal.

Each kind has one table of its steps; here is only how such a table is read. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.text import clean_line

S = TypeVar("S", bound=LabelledEnum)
A = TypeVar("A", bound=LabelledEnum)

LINE_LIMIT = 200
TEXT_LIMIT = 2000
REASON_LIMIT = 500
MOST_PHOTOS = 12
"""Of one problem, or as evidence of one duty; a 销号单 shows two to four."""
MOST_AMOUNT = 1_000_000


@dataclass(frozen=True, slots=True)
class Moment:
    """When a step is taken and by whom; `today` is the business date."""

    at: Millis
    today: date
    actor: str
    operator: Uid | None = None


# No slots: a generic alias of a frozen class with slots cannot be called on Python 3.11.
@dataclass(frozen=True)
class StepRule(Generic[S]):
    """From which states a step may be taken, and where it leads (None: the state stays)."""

    sources: frozenset[S]
    to: S | None


def steps_from(rules: Mapping[A, StepRule[S]], buttons: Iterable[A], state: S) -> tuple[A, ...]:
    """The steps that somebody may take by name, in the order of buttons."""
    return tuple(action for action in buttons if state in rules[action].sources)


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
