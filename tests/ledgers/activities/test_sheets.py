"""A paper sheet is taken over whole or not at all, and doubles nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import ActivityState, Group
from desktop_app.ledgers.activities.rules.attendance import Person, Source
from desktop_app.ledgers.activities.rules.sheet import SheetLine
from desktop_app.registers.residents import service as residents
from desktop_app.storage.session import Desk
from tests.ledgers.activities.builders import (
    HOUR,
    fresh,
    held,
    line,
    people,
    person,
    plan,
    resident,
    sign_in,
    stored_line,
)

S = ActivityState


def problems(desk: Desk, uid: Any, *lines: SheetLine) -> list[str]:
    """What is wrong with a sheet, in sentences."""
    with pytest.raises(InvalidInput) as told:
        service.fill_in_sheet(desk, uid, lines)
    assert {one.field for one in told.value.problems} == {"lines"}
    return [one.sentence for one in told.value.problems]


def over(desk: Desk, clock: FixedClock, **more: Any) -> Any:
    """An activity of this morning at which nobody signed in at the desk; it is over."""
    made = plan(desk, **more)
    clock.set(made.ends_at)
    return made


def test_a_sheet_makes_a_line_for_everybody_and_the_activity_wait_for_its_record(
    desk: Desk, clock: FixedClock
) -> None:
    made = over(desk, clock)

    done = service.fill_in_sheet(
        desk,
        made.uid,
        [
            line("陈桂英", group=Group.PARTY, arrived=(9, 25), left=(10, 55)),
            line("李国强", group=Group.VOLUNTEER),
            line("王秀英", absent="住院"),
        ],
    ).value

    assert fresh(desk, made).state is S.TO_RECORD
    assert people(desk, made) == {
        Group.PARTY: 1, Group.VOLUNTEER: 1, Group.PUBLIC: 0, Group.PARTNER: 0,
    }  # fmt: skip
    first, second, third = done.added
    assert (first.minutes, first.source) == (90, Source.LATE)
    assert (second.arrived_at, second.left_at) == (made.starts_at, None)
    assert (third.present, third.absent_reason) == (False, "住院")
    assert done.words == "补录 3 人"


def test_every_problem_is_told_with_its_line_and_nothing_is_kept(
    desk: Desk, clock: FixedClock
) -> None:
    made = over(desk, clock)

    told = problems(
        desk,
        made.uid,
        line("陈桂英"),
        line(""),
        line("李国强", phone="123"),
        line("王秀英", arrived=(25, 0)),
        line("赵建国", arrived=(10, 0), left=(9, 50)),
        line("林阿婆", arrived=(11, 30)),
        line("吴春梅", arrived=(4, 0)),
        line("郑小军", arrived=(9, 40), absent="出差"),
        line("陈桂英"),
    )

    assert [sentence[:4] for sentence in told] == [f"第{n}行：" for n in range(2, 10)]
    assert told[-1] == "第9行：和第1行是同一个人。"
    assert not any(name in "".join(told) for name in ("陈桂英", "李国强", "赵建国"))
    assert service.attendance_of(desk, made.uid).rows == ()
    assert fresh(desk, made).state is S.PLANNED


def test_who_signed_in_at_the_desk_is_not_doubled_by_the_paper(
    desk: Desk, clock: FixedClock
) -> None:
    made = held(desk, clock, "陈桂英", "李国强")

    done = service.fill_in_sheet(
        desk,
        made.uid,
        [line("陈桂英", arrived=(9, 50)), line("李国强", left=(10, 40)), line("王秀英")],
    ).value

    rows = {row.name: row for row in service.attendance_of(desk, made.uid).rows}
    assert len(rows) == 3
    assert done.known == (1,)
    assert "第 1 行的人已在窗口签到" in done.words
    assert (rows["陈桂英"].arrived_at, rows["陈桂英"].source) == (made.starts_at, Source.SIGNED_IN)
    assert (rows["李国强"].minutes, rows["李国强"].source) == (70, Source.SIGNED_IN)
    assert rows["王秀英"].source is Source.LATE


def test_who_signed_up_has_arrived_by_the_paper(desk: Desk, clock: FixedClock) -> None:
    made = plan(desk)
    service.open_sign_up(desk, made.uid, made.revision)
    up = service.sign_up(desk, made.uid, person("陈桂英", unit="青榕雅苑")).value
    clock.set(made.ends_at)

    done = service.fill_in_sheet(desk, made.uid, [line("陈桂英", phone="13800005678")]).value

    (row,) = done.changed
    assert (row.uid, row.present, row.unit) == (up.uid, True, "青榕雅苑")
    assert stored_line(desk, up.uid).phone == "13800005678"


def test_two_of_one_name_need_something_that_tells_them_apart(
    desk: Desk, clock: FixedClock
) -> None:
    made = over(desk, clock)
    told = problems(desk, made.uid, line("张伟", unit="青榕雅苑"), line("张伟"))
    assert told == ["第2行：和第1行是同一个人。"]

    service.fill_in_sheet(
        desk, made.uid, [line("张伟", unit="青榕雅苑"), line("张伟", unit="栖溪里")]
    )

    told = problems(desk, made.uid, line("李强"), line("张伟"))
    assert told == ["第2行：签到表里已有2位同名的人。"]
    assert sum(people(desk, made).values()) == 2


def test_a_file_and_its_merged_one_are_one_line(desk: Desk, clock: FixedClock) -> None:
    one, two = resident(desk, "张淑芬"), resident(desk, "张淑芳")
    residents.merge(desk, one.uid, two.uid)
    made = over(desk, clock)

    told = problems(
        desk,
        made.uid,
        SheetLine(person=Person(resident=one.uid)),
        SheetLine(person=Person(resident=two.uid)),
    )

    assert told == ["第2行：和第1行是同一个人。"]


def test_who_is_written_absent_but_was_there_is_asked_about(desk: Desk, clock: FixedClock) -> None:
    made = held(desk, clock, "陈桂英")

    assert problems(desk, made.uid, line("陈桂英", absent="出差")) == [
        "第1行：写的是缺席，但这个人已经签到。"
    ]


def test_times_after_midnight_belong_to_the_next_day(desk: Desk, clock: FixedClock) -> None:
    made = plan(desk, begins=(22, 0), ends=(1, 0), ends_on=date(2026, 11, 24))
    clock.set(made.ends_at)

    done = service.fill_in_sheet(
        desk,
        made.uid,
        [line("陈桂英", arrived=(21, 50), left=(0, 40)), line("李国强", arrived=(0, 10))],
    ).value

    assert [row.minutes for row in done.added] == [170, None]
    assert done.added[1].arrived_at == made.starts_at + 130 * 60_000


def test_a_sheet_is_taken_over_only_after_the_beginning(desk: Desk, clock: FixedClock) -> None:
    made = plan(desk)
    with pytest.raises(UserError, match="还没有开始"):
        service.fill_in_sheet(desk, made.uid, [line()])
    clock.set(made.starts_at)
    with pytest.raises(InvalidInput, match="签退时间还没有到"):
        service.fill_in_sheet(desk, made.uid, [line(left=(10, 0))])

    service.fill_in_sheet(desk, made.uid, [line()])

    assert fresh(desk, made).state is S.RUNNING
    with pytest.raises(UserError, match="是空的"):
        service.fill_in_sheet(desk, made.uid, [])


def test_a_sheet_is_taken_back_whole(desk: Desk, clock: FixedClock) -> None:
    made = over(desk, clock)
    first = service.fill_in_sheet(desk, made.uid, [line("陈桂英"), line("李国强")])
    second = service.fill_in_sheet(desk, made.uid, [line("陈桂英", left=(10, 0)), line("王秀英")])
    assert first.undo is not None
    assert second.undo is not None

    second.undo.call(desk)
    rows = {row.name: row for row in service.attendance_of(desk, made.uid).rows}
    assert set(rows) == {"陈桂英", "李国强"}
    assert rows["陈桂英"].left_at is None
    assert fresh(desk, made).state is S.TO_RECORD


def test_taking_back_the_only_sheet_leaves_a_plan(desk: Desk, clock: FixedClock) -> None:
    made = over(desk, clock)
    only = service.fill_in_sheet(desk, made.uid, [line("陈桂英")])
    assert only.undo is not None

    only.undo.call(desk)

    assert fresh(desk, made).state is S.PLANNED
    assert service.attendance_of(desk, made.uid).rows == ()


def test_what_somebody_changed_since_is_not_taken_back(desk: Desk, clock: FixedClock) -> None:
    made = over(desk, clock)
    done = service.fill_in_sheet(desk, made.uid, [line("陈桂英"), line("李国强")])
    row = done.value.added[0]
    service.change_line(desk, row.uid, row.revision, {"group": Group.PARTY})
    assert done.undo is not None

    with pytest.raises(UserError, match="刚刚被别人改过"):
        done.undo.call(desk)
    assert len(service.attendance_of(desk, made.uid).rows) == 2


def test_a_late_sheet_days_afterwards_is_still_taken(desk: Desk, clock: FixedClock) -> None:
    made = held(desk, clock, "陈桂英")
    clock.advance(72 * HOUR)

    service.fill_in_sheet(desk, made.uid, [line("李国强")])

    assert sum(people(desk, made).values()) == 2
    with pytest.raises(UserError, match="不能签到"):
        sign_in(desk, made, "王秀英")
