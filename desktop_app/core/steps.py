"""What the courses of records have in common: when a step is taken and by whom, and how a table of
which step may follow which is read. Each ledger has a table of its own. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid

S = TypeVar("S", bound=LabelledEnum)
A = TypeVar("A", bound=LabelledEnum)


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
