"""What a use case answers: what changed, and how to take it back.

Screens refresh on `Changed.kinds`, never on each other. Undo is an ordinary compensating call,
guarded by the record's revision and itself logged: logs are never rewound.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from desktop_app.core.ids import Uid

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Undo:
    """`label` is the word on the strip (撤销登记); `call(desk)` does the compensating change."""

    label: str
    call: Callable[[Any], Changed[Any]]


@dataclass(frozen=True, slots=True)
class Changed(Generic[T]):
    """`kinds` are names of record kinds; `value` is what was made or changed."""

    kinds: frozenset[str]
    uids: tuple[Uid, ...]
    value: T
    undo: Undo | None = field(default=None, compare=False)


def changed(kind: str, uid: Uid, value: T, *, undo: Undo | None = None) -> Changed[T]:
    """The usual case: one record of one kind."""
    return Changed(frozenset({kind}), (uid,), value, undo)
