"""值班表: posts by days, who stands where when, what is missing; a table for each week. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from desktop_app.core.clock import Millis
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.masking import mask_name
from desktop_app.core.wording import weekday
from desktop_app.ledgers.posts.rules.roster import Cell, OnDuty, Overlap, Roster, Row, SlotDuty
from desktop_app.ledgers.posts.rules.shift import ShiftState
from desktop_app.printing.blocks import Block, Heading, Note, Paragraph, written_date
from desktop_app.printing.document import Document
from desktop_app.printing.page import MM, LedgerFrame
from desktop_app.printing.paragraph import Align
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column

TITLE = "志愿服务岗位值班表"
_SIZE = 10.0
_POST = 43 * MM
_DAY = 32 * MM
_WEEK = 7
_CLASH = "△"
_OUTSIDE = "／"
"""Stands for a day that was not asked for, in a week of which others were."""


def duty(shown: Roster, head: Letterhead, *, masked: bool = True) -> Document:
    """The roster as it hangs on the wall: no telephone, names unless `masked`."""
    days = shown.days
    told = f"{written_date(days[0])}至{written_date(days[-1])}" if days else ""
    return Document(
        TITLE,
        tuple(_blocks(shown, head, masked)),
        head.made_at,
        LedgerFrame(head.station, told, head.operator, head.made_at, mark=head.mark),
        author=head.signed_by,
        subject=told,
    )


def _blocks(shown: Roster, head: Letterhead, masked: bool) -> Iterator[Block]:
    weeks = list(_weeks(shown.days))
    if not shown.rows:
        yield Paragraph("这几天没有开放的岗位，也没有排班。", flush=True)
        return
    clashing = {shift for one in shown.clashes for shift in (one.first, one.second)}
    for week in weeks:
        if len(weeks) > 1:
            yield Heading(_week_words([day for day in week if day in shown.days]))
        width = _DAY if len(week) == _WEEK else None
        columns = (
            Column("岗位", width=_POST),
            *(
                Column(f"{day.month}月{day.day}日\n{weekday(day)}", Align.CENTER, width)
                for day in week
            ),
        )
        yield Table(
            columns,
            [_row(row, week, clashing, head, masked) for row in shown.rows],
            size=_SIZE,
        )
    if shown.clashes:
        yield Heading(f"{_CLASH} 同一时间排在两处")
        for one in shown.clashes:
            yield Paragraph(_clash_words(one, head, masked), flush=True)
    yield Note(_summary(shown))


def _weeks(days: Sequence[date]) -> Iterator[tuple[date, ...]]:
    """The days as they are where they are a week or less; else whole weeks from Monday on, so that
    all tables have the same columns."""
    if len(days) <= _WEEK:
        yield tuple(days)
        return
    monday = days[0] - timedelta(days=days[0].weekday())
    while monday <= days[-1]:
        yield tuple(monday + timedelta(days=place) for place in range(_WEEK))
        monday += timedelta(days=_WEEK)


def _week_words(days: Sequence[date]) -> str:
    if len(days) == 1:
        return written_date(days[0])
    return f"{written_date(days[0])}至{written_date(days[-1])}"


def _row(
    row: Row, week: Sequence[date], clashing: AbstractSet[object], head: Letterhead, masked: bool
) -> tuple[str, ...]:
    cells = {cell.day: cell for cell in row.cells}
    about = [row.name, row.place_words, f"每班{row.quota}人"]
    return (
        "\n".join(filter(None, about)),
        *(_cell(cells.get(day), clashing, head, masked) for day in week),
    )


def _cell(cell: Cell | None, clashing: AbstractSet[object], head: Letterhead, masked: bool) -> str:
    if cell is None:
        return _OUTSIDE
    return "\n".join(_slot(slot, clashing, head, masked) for slot in cell.slots)


def _slot(slot: SlotDuty, clashing: AbstractSet[object], head: Letterhead, masked: bool) -> str:
    lines = [_span(slot.slot.starts_at, slot.slot.ends_at, head)]
    lines += [_person(one, slot, clashing, head, masked) for one in slot.people]
    if slot.holes:
        lines.append(f"【缺{slot.holes}人】")
    return "\n".join(lines)


def _person(
    one: OnDuty, slot: SlotDuty, clashing: AbstractSet[object], head: Letterhead, masked: bool
) -> str:
    name = (mask_name(one.name) if masked else one.name) or one.number or "（已删除）"
    said = _CLASH if one.shift in clashing else ""
    if (one.starts_at, one.ends_at) != (slot.slot.starts_at, slot.slot.ends_at):
        said += f"（{_span(one.starts_at, one.ends_at, head)}）"
    return name + said + ("（缺勤）" if one.state is ShiftState.ABSENT else "")


def _span(starts: Millis, ends: Millis, head: Letterhead) -> str:
    first, last = head.local(starts), head.local(ends)
    ahead = "次日" if last.date() > first.date() else ""
    return f"{first:%H:%M}—{ahead}{last:%H:%M}"


def _clash_words(one: Overlap, head: Letterhead, masked: bool) -> str:
    name = (mask_name(one.name) if masked else one.name) or one.number
    day = head.local(one.starts_at).date()
    when = f"{day.month}月{day.day}日{_span(one.starts_at, one.ends_at, head)}"
    why = f"原因：{one.reason}" if one.reason else "没有写原因，请核对"
    return f"{name}：{when}，{one.first_post}、{one.second_post}。{why}"


def _summary(shown: Roster) -> str:
    people = {
        one.person
        for row in shown.rows
        for cell in row.cells
        for slot in cell.slots
        for one in slot.people
        if one.holding
    }
    times = sum(
        one.holding
        for row in shown.rows
        for cell in row.cells
        for slot in cell.slots
        for one in slot.people
    )
    holes = f"缺{shown.holes}人次，另待安排。" if shown.holes else "没有空缺。"
    return f"共{len(shown.rows)}个岗位，{len(people)}人值班{times}人次；{holes}"
