"""The board: columns by state, a card for what waits, and which columns a card belongs to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Source, Urgency
from desktop_app.ledgers.three_lists.rules.duty import DutyState
from desktop_app.ledgers.three_lists.rules.problem import ProblemState

CLOSED_DAYS = 30
"""How long what is closed stays on the board."""


class ColumnKey(LabelledEnum):
    """The columns, in the order of the work."""

    RAISED = "raised", "提出"
    LISTED = "listed", "待认领"
    PROPOSED = "proposed", "待接单"
    DOING = "doing", "办理中"
    TO_REVIEW = "to_review", "待复核"
    CLOSED = "closed", "已销号"


class CardKind(LabelledEnum):
    """What a card stands for; the value is the kind of record it opens."""

    PROBLEM = "problems", "问题"
    DUTY = "duties", "责任"


@dataclass(frozen=True, kw_only=True)
class BoardFilter:
    """Narrows the board; everything given must hold.

    `units` are 责任单位; a problem that nobody has claimed has none and is left out then. `mine`:
    what the operator at the desk raised, proposed or answers for. `stations` are codes, for a
    street; none means all.
    """

    units: tuple[str, ...] = ()
    compounds: tuple[Uid, ...] = ()
    categories: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    mine: bool = False
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `title` is the problem's description, `place` the name of its 小区, `owner` who
    answers for a duty (unit and person); `due` is the duty's, or the day a problem is wanted by.
    `station` is the code of whose it is."""

    kind: CardKind
    uid: Uid
    revision: int
    number: str
    title: str
    place: str
    owner: str
    due: date | None
    late: bool
    urgency: Urgency
    state: ProblemState | DutyState
    station: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column and its cards: what is late and pressing on top, then what is due first."""

    key: ColumnKey
    label: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """All columns, empty ones included."""

    columns: tuple[Column, ...]

    def column(self, key: ColumnKey) -> Column:
        """The column of that key."""
        return next(column for column in self.columns if column.key is key)


_URGENCIES = list(Urgency)
_FAR = date.max
_KEYS = {key.value: key for key in ColumnKey}


def arranged(cards: Iterable[Card]) -> Board:
    """The cards in their columns."""
    found: dict[ColumnKey, list[Card]] = {key: [] for key in ColumnKey}
    for card in cards:
        found[_KEYS[card.state.value]].append(card)
    return Board(
        tuple(Column(key, key.label, tuple(sorted(found[key], key=_place))) for key in ColumnKey)
    )


def _place(card: Card) -> tuple[bool, int, date, str]:
    return (not card.late, -_URGENCIES.index(card.urgency), card.due or _FAR, card.number)
