"""What the command line needs to know of a kind of record, so that it knows none by name.

Each register and ledger fills in a `Ledger` (its `register.py` or `ledger.py`); the verbs `fields
add set act list show` work on nothing else. All of it ends in the same services as the screens, so
checks, rights and the audit are the same. Values of a private field never leave here unmasked but
through `reveal`, which is logged: what a terminal prints stays in its scrollback and in log files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.codec import Plain, encode
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind, LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.masked_values import MARK, masked
from desktop_app.core.plain_entry import Form
from desktop_app.core.record import Record, RecordKind
from desktop_app.core.rights import Right

Desk = Any
"""The seat a service takes (`storage/session.py`); this layer lies below it."""
Unit = Any
"""The unit of work under way."""

Row = Mapping[str, Plain]
Values = Mapping[str, Any]

E = TypeVar("E", bound=LabelledEnum)


@dataclass(frozen=True, slots=True)
class Query:
    """What `list` was asked for; `since` and `until` are business dates, both included.

    `stations` are codes, for a street that holds the records of several; none means all.
    """

    search: str = ""
    since: date | None = None
    until: date | None = None
    status: str = ""
    limit: int = 50
    after: str | None = None
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """One page in the list screen's order; `after` is the cursor of the next, None at the end."""

    rows: tuple[Row, ...]
    after: str | None
    total: str


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a record's history."""

    at: Millis
    who: str
    what: str
    about: str = ""


class AuditLine(Protocol):
    """What an event is made from; an entry of the audit trail is one."""

    @property
    def n(self) -> int: ...
    @property
    def at(self) -> Millis: ...
    @property
    def actor_name(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def detail(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """One record as `show` prints it: `masked` fields can be revealed, `deeds` may be done now.

    `words` are for a person, in place of the plain values of fields that say little by themselves.
    """

    record: Row
    masked: tuple[str, ...]
    deeds: tuple[str, ...]
    history: tuple[Event, ...]
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Adding:
    """How `add` makes records, all of a file in one unit of work of that name and right.

    `enter(unit, desk, values)` writes what one object of the file says and answers the records it
    became.
    """

    label: str
    needs: Right
    form: Form
    enter: Callable[[Unit, Desk, Values], Sequence[Record]]


@dataclass(frozen=True)
class Changing:
    """How `set` changes one record. `save(desk, uid, revision, values)`; no revision: the last."""

    form: Form
    save: Callable[[Desk, Uid, int | None, Values], Record]


@dataclass(frozen=True)
class Deed:
    """One step of a workflow. `do(desk, uid, revision, values)` answers the record, if it may."""

    name: str
    label: str
    form: Form
    do: Callable[[Desk, Uid, int | None, Values], Record | None]


@dataclass(frozen=True)
class Ledger:
    """One kind of record for the command line.

    `columns` are the names of a row's values, in order, with their labels. `title` is what a person
    calls the record by: its number, never a name. `elsewhere` says where that is done which `add`
    and `set` do not do here. `asked` answers what `list` is asked for to show the rows of a filter
    of its own kind, None where no words of `list` can say it. `by_station`: its list can be
    narrowed to the records of some stations.
    """

    kind: RecordKind[Any]
    columns: tuple[Field, ...]
    page: Callable[[Desk, Query], Rows]
    show: Callable[[Desk, Uid], Shown]
    title: Callable[[Any], str]
    adding: Adding | None = None
    changing: Changing | None = None
    deeds: tuple[Deed, ...] = ()
    reveal: Callable[[Desk, Uid, str], str] | None = None
    asked: Callable[[Any], Query | None] | None = None
    by_station: bool = False
    elsewhere: str = ""

    def deed(self, text: str) -> Deed:
        """The step of that name or label; `UserError` that lists them all."""
        wanted = text.strip().replace("_", "-").lower()
        for deed in self.deeds:
            if wanted == deed.name or text.strip() == deed.label:
                return deed
        names = "、".join(f"{deed.name}（{deed.label}）" for deed in self.deeds)
        raise UserError(
            f"{self.kind.label}没有这个动作，没有改动。",
            f"可用的动作：{names}。" if names else "这类记录没有动作。",
            field="action",
        )


@dataclass(frozen=True, slots=True)
class RecordProblem:
    """One problem of a file: in which object of it, counted from 1, and what."""

    record: int
    problem: UserError


class WrongRecords(UserError):
    """A file was not taken in because of these problems; nothing of it was kept."""

    def __init__(self, problems: list[RecordProblem], total: int) -> None:
        wrong = len({problem.record for problem in problems})
        super().__init__(
            f"{total} 条里有 {wrong} 条不对，一条也没有保存。", "请照清单改好后再添加一次。"
        )
        self.problems = problems


Note = Callable[[UserError], None]


@dataclass
class ProblemList:
    """Gathers what is wrong with each object of a file, so that all of it is told at once."""

    found: list[RecordProblem] = field(default_factory=list)

    def of(self, record: int) -> Note:
        """What takes down a problem of the object with that number."""

        def note(problem: UserError) -> None:
            self.found.append(RecordProblem(record, problem))

        return note


# --- showing --------------------------------------------------------------------------------------


def plain_value(described: Field, value: object, zone: Zone) -> Plain:
    """A value as JSON shows it: points in time by the station's clock, everything else encoded."""
    if described.kind is FieldKind.MOMENT and isinstance(value, int):
        return zone.local(Millis(value)).isoformat(timespec="seconds")
    return encode(value)


def plain_record(
    kind: RecordKind[Any], record: Record, zone: Zone
) -> tuple[dict[str, Plain], tuple[str, ...]]:
    """A record as `show` prints it, private values masked, and which fields those are."""
    plain: dict[str, Plain] = {
        "uid": record.uid.hex,
        "revision": record.revision,
        "station": record.station,
    }
    hidden = []
    for described in kind.fields:
        value = plain_value(described, getattr(record, described.name), zone)
        shown = masked(described, value)
        # A service may have masked it before; then it is as hidden.
        if described.private and MARK in str(shown):
            hidden.append(described.name)
        plain[described.name] = shown
    moment = Field("", "", FieldKind.MOMENT)
    plain["created_at"] = plain_value(moment, record.created_at, zone)
    plain["changed_at"] = plain_value(moment, record.changed_at, zone)
    return plain, tuple(hidden)


def events(lines: Sequence[AuditLine]) -> tuple[Event, ...]:
    """The audit's lines on a record as its history, the earliest first."""
    return tuple(
        Event(line.at, line.actor_name, line.action, line.detail)
        for line in sorted(lines, key=_number)
    )


def _number(line: AuditLine) -> int:
    return line.n


# --- lists that are read whole --------------------------------------------------------------------


def cut(rows: Sequence[Row], query: Query) -> Rows:
    """One page of a list that fits in memory; the cursor is the uid of the last row shown."""
    start = 0
    if query.after is not None:
        uids = [row["uid"] for row in rows]
        if query.after not in uids:
            raise UserError("翻页位置已失效，没有改动任何内容。", "请去掉 --after 从头看起。")
        start = uids.index(query.after) + 1
    shown = tuple(rows[start : start + query.limit])
    more = start + query.limit < len(rows)
    return Rows(shown, shown[-1]["uid"] if more and shown else None, str(len(rows)))


def member_of(enum: type[E], text: str) -> E | None:
    """The member a person means by its value or its Chinese word."""
    for member in enum:
        if text.strip() in (member.value, member.label):
            return member
    return None


def refuse_status(label: str, words: Sequence[str]) -> UserError:
    """What is said of a `--status` this list does not know."""
    return UserError(
        f"{label}没有这种状态，没有列出任何内容。",
        f"--status 可以写：{'、'.join(words)}。",
        field="status",
    )


def refuse_days(label: str, query: Query) -> None:
    """Raise `UserError` when a list without days is narrowed by days."""
    if query.since is not None or query.until is not None:
        raise UserError(
            f"{label}不能按日期筛选，没有列出任何内容。", "请去掉 --from 和 --to。", field="from"
        )
