"""A filled paper sheet, taken over afterwards: many lines at once, none of them doubled. Pure.

What was signed in at the desk beats what the paper says. Every problem is told with its line, and
never with a name; a sheet with problems is not taken over at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.attendance import (
    ABSENT_LIMIT,
    Attendance,
    Person,
    Source,
    matching,
)
from desktop_app.ledgers.activities.rules.cleaning import Clock, Problems, is_clock
from desktop_app.ledgers.activities.rules.signing import (
    checked_person,
    filled_up,
    new_row,
)

MOST_LINES = 1000
_HOUR_MS = 3_600_000
EARLY_HOURS, LATE_HOURS = 4, 6
"""Who comes so long before the beginning, or leaves so long after the end, is a slip of am and pm.
Our choice."""


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """One line of the sheet.

    `arrived` without a time is the beginning of the activity; `absent` is the reason of somebody
    who was expected and did not come.
    """

    person: Person
    arrived: Clock | None = None
    left: Clock | None = None
    absent: str = ""


@dataclass
class Filled:
    """What a sheet comes to: rows to be saved, and lines that were known already.

    `changed` pairs each row as it was with what it became; `known` are the numbers of lines whose
    person had signed in at the desk and of whom the paper told nothing new.
    """

    added: list[Attendance] = field(default_factory=list)
    changed: list[tuple[Attendance, Attendance]] = field(default_factory=list)
    known: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    person: Person
    arrived: Millis | None
    left: Millis | None
    absent: str


def filled_in(
    activity: Activity,
    rows: Sequence[Attendance],
    lines: Sequence[SheetLine],
    zone: Zone,
    now: Millis,
    new_uid: Callable[[], Uid],
    *,
    single: bool = False,
) -> Filled:
    """Take a sheet over. Raises `InvalidInput` with every problem, each beginning with its line.

    With `single` it is one line and no sheet: its problems name their own fields.
    """
    if not lines:
        raise UserError("签到表是空的，没有保存。", "请至少填一行。", field="lines")
    if len(lines) > MOST_LINES:
        raise UserError(f"一次最多补录{MOST_LINES}行，没有保存。", "请分几次补录。", field="lines")
    problems: list[UserError] = []
    read = []
    for number, line in enumerate(lines, start=1):
        own = Problems() if single else Problems(f"第{number}行：", "lines")
        read.append(_read(number, line, activity, zone, now, own))
        problems += own.found
    problems += _twice(read)
    work = _Work(activity, rows, new_uid, single)
    for one in read:
        work.take(one, problems)
    if problems:
        raise InvalidInput(problems)
    return work.filled()


def _read(
    number: int,
    line: SheetLine,
    activity: Activity,
    zone: Zone,
    now: Millis,
    problems: Problems,
) -> _Line:
    person = checked_person(line.person, problems)
    reason = problems.line(line.absent, "缺席原因", "absent", ABSENT_LIMIT)
    for time, label in ((line.arrived, "签到"), (line.left, "签退")):
        if time is not None and not is_clock(time):
            problems.add(f"{label}时间不对。", "请写成 9:30 这样的时间。", "lines")
            return _Line(number, person, None, None, reason)
    if reason:
        if line.arrived is not None or line.left is not None:
            problems.add("又写了到场时间，又写了缺席原因。", "请只留一样。", "lines")
        return _Line(number, person, None, None, reason)
    arrived = activity.starts_at if line.arrived is None else moment(activity, line.arrived, zone)
    left = None if line.left is None else moment(activity, line.left, zone)
    _check_times(activity, arrived, left, now, problems)
    return _Line(number, person, arrived, left, reason)


def moment(activity: Activity, time: Clock, zone: Zone) -> Millis:
    """A time of the sheet: after midnight it belongs to the day on which the activity ends."""
    ends = zone.local(activity.ends_at)
    over_midnight = ends.date() > activity.day
    day = ends.date() if over_midnight and time <= (ends.hour, ends.minute) else activity.day
    return zone.at(day, *time)


CORRECTABLE = frozenset(
    {
        "resident",
        "name",
        "group",
        "unit",
        "phone",
        "arrived_at",
        "left_at",
        "absent_reason",
        "remark",
    }
)
"""What may be put right in a line afterwards; the rest follows from what was done and when."""


def person_of(row: Attendance) -> Person:
    """Who stands on a line."""
    return Person(
        resident=row.resident,
        name=row.name,
        group=row.group,
        unit=row.unit,
        phone=row.phone,
        remark=row.remark,
    )


def corrected(
    activity: Activity, row: Attendance, changes: Mapping[str, Any], now: Millis
) -> Attendance:
    """The line with other values in some of its fields; raises `InvalidInput`.

    Times that were written in afterwards are 补录; a time taken out is one that never was.
    """
    for name in changes:
        if name not in CORRECTABLE:
            raise UserError("这一项不能更正，没有改动。", "请用相应的步骤来改变它。", field=name)
    wanted = altered(row, **changes)
    if wanted == row:
        raise UserError("没有改动任何一项。", "请先修改再保存。")
    problems = Problems()
    person = checked_person(person_of(wanted), problems)
    reason = problems.line(wanted.absent_reason, "缺席原因", "absent_reason", ABSENT_LIMIT)
    if wanted.arrived_at is not None:
        _check_times(activity, wanted.arrived_at, wanted.left_at, now, problems)
        if reason and "absent_reason" in changes:
            problems.add("这个人已经签到，不能写缺席原因。", "请只留一样。", "absent_reason")
    elif wanted.left_at is not None:
        problems.add("没有签到，却有签退。", "请补上签到时间。", "left_at")
    problems.raise_if_any()
    timed = {"arrived_at", "left_at"} & changes.keys()
    return altered(
        wanted,
        name=person.name,
        unit=person.unit,
        phone=person.phone,
        remark=person.remark,
        absent_reason="" if wanted.present else reason,
        source=Source.LATE if timed else row.source,
    )


def _check_times(
    activity: Activity, arrived: Millis, left: Millis | None, now: Millis, problems: Problems
) -> None:
    if arrived > activity.ends_at:
        problems.add("签到时间晚于活动结束。", "请核对上午、下午。", "arrived_at")
    elif arrived < activity.starts_at - EARLY_HOURS * _HOUR_MS:
        problems.add(
            f"签到时间比活动开始早{EARLY_HOURS}小时以上。", "请核对上午、下午。", "arrived_at"
        )
    elif arrived > now:
        problems.add("签到时间还没有到。", "请核对；电脑的时间不对的，请先校正。", "arrived_at")
    if left is None:
        return
    if left < arrived:
        problems.add("签退早于签到。", "请核对两个时间。", "left_at")
    elif left > activity.ends_at + LATE_HOURS * _HOUR_MS:
        problems.add(f"签退时间比活动结束晚{LATE_HOURS}小时以上。", "请核对上午、下午。", "left_at")
    elif left > now:
        problems.add("签退时间还没有到。", "请核对；电脑的时间不对的，请先校正。", "left_at")


def _twice(lines: Sequence[_Line]) -> list[UserError]:
    """Two lines of the same sheet that may be one person."""
    problems = []
    by_name: dict[str, list[_Line]] = {}
    for line in lines:
        for earlier in by_name.setdefault(line.person.name, []):
            if _same(earlier.person, line.person):
                problems.append(
                    UserError(
                        f"第{line.number}行：和第{earlier.number}行是同一个人。",
                        "请只留一行；同名的两个人，请在两行都写上单位（小区）或电话。",
                        field="lines",
                    )
                )
                break
        by_name[line.person.name].append(line)
    return problems


def _same(one: Person, other: Person) -> bool:
    nobody = Uid(int=0)
    row = Attendance(
        uid=nobody, station="", activity=nobody, resident=one.resident, name=one.name,
        unit=one.unit, phone=one.phone,
    )  # fmt: skip
    return bool(matching([row], other))


class _Work:
    """The sheet while it is being taken over; each line sees what the lines before it made."""

    def __init__(
        self,
        activity: Activity,
        rows: Sequence[Attendance],
        new_uid: Callable[[], Uid],
        single: bool,
    ) -> None:
        self._single = single
        self._activity = activity
        self._new_uid = new_uid
        self._first = {row.uid: row for row in rows if not row.deleted}
        self._rows = dict(self._first)
        self._by_name: dict[str, list[Uid]] = {}
        self._by_file: dict[Uid, list[Uid]] = {}
        for row in self._first.values():
            self._note(row)
        self._known: list[int] = []

    def _note(self, row: Attendance) -> None:
        self._by_name.setdefault(row.name, []).append(row.uid)
        if row.resident is not None:
            self._by_file.setdefault(row.resident, []).append(row.uid)

    def _candidates(self, person: Person) -> list[Attendance]:
        uids = dict.fromkeys(self._by_name.get(person.name, ()))
        if person.resident is not None:
            uids |= dict.fromkeys(self._by_file.get(person.resident, ()))
        return [self._rows[uid] for uid in uids]

    def take(self, line: _Line, problems: list[UserError]) -> None:
        """Put one line on the sheet, or say why it cannot be."""
        found = matching(self._candidates(line.person), line.person)
        told = "" if self._single else f"第{line.number}行："
        field = "name" if self._single else "lines"
        if len(found) > 1:
            said = f"{told}签到表里已有{len(found)}位同名的人。"
            problems.append(UserError(said, "请写上单位（小区）或电话。", field=field))
        elif found and found[0].present and line.absent:
            said = f"{told}写的是缺席，但这个人已经签到。"
            problems.append(UserError(said, "请核对；签错了的，请先撤销签到。", field=field))
        elif found:
            self._merge(found[0], line)
        else:
            row = new_row(self._new_uid(), self._activity, line.person)
            row = _with(row, line)
            self._rows[row.uid] = row
            self._note(row)

    def _merge(self, row: Attendance, line: _Line) -> None:
        merged = filled_up(row, replace(line.person, group=None) if row.present else line.person)
        if not row.present:
            merged = _with(merged, line)
        elif row.left_at is None and line.left is not None and row.arrived_at is not None:
            merged = altered(merged, left_at=max(line.left, row.arrived_at))
        if merged == row:
            self._known.append(line.number)
            return
        self._rows[row.uid] = merged
        if merged.resident is not None and row.resident is None:
            self._by_file.setdefault(merged.resident, []).append(row.uid)

    def filled(self) -> Filled:
        done = Filled(known=self._known)
        for uid, row in self._rows.items():
            before = self._first.get(uid)
            if before is None:
                done.added.append(row)
            elif before != row:
                done.changed.append((before, row))
        return done


def _with(row: Attendance, line: _Line) -> Attendance:
    return altered(
        row,
        arrived_at=line.arrived,
        left_at=line.left,
        absent_reason=line.absent,
        source=Source.LATE,
    )
