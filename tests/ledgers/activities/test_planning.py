"""Activities are planned, copied and repeated; what cannot be is refused with a sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, InvalidInput, NotAllowed, UserError
from desktop_app.core.periods import parse_period
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import (
    Action,
    ActivityKind,
    ActivityState,
    Every,
    Repeat,
)
from desktop_app.ledgers.activities.rules.series import day_of, same_weekday
from desktop_app.registers.working_days.service import calendar
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk
from tests.ledgers.activities.builders import TODAY, form, fresh, meeting, plan, seat, sign_in


def test_a_planned_activity_has_a_number_of_its_own_and_is_on_record(desk: Desk) -> None:
    made = plan(desk)

    assert made.number == "QR01-H2026A-00001"
    assert (made.kind, made.meeting, made.state) == ("clinic", False, ActivityState.PLANNED)
    assert (made.ends_at - made.starts_at) // 60_000 == 90
    assert not made.late_entry
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        (last, *_) = entries(connection)
    assert (last.action, last.subject) == ("登记活动", made.number)


def test_the_number_is_of_the_year_in_which_it_takes_place(desk: Desk) -> None:
    assert plan(desk, day=date(2027, 1, 5)).number == "QR01-H2027A-00001"


def test_an_activity_of_an_earlier_day_is_marked(desk: Desk) -> None:
    assert plan(desk, day=date(2026, 11, 20)).late_entry


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": " "}, "kind"),
        ({"name": ""}, "name"),
        ({"place_words": ""}, "place_words"),
        ({"day": None}, "day"),
        ({"day": date(2000, 1, 1)}, "day"),
        ({"day": date(2029, 1, 1)}, "day"),
        ({"begins": None}, "begins"),
        ({"ends": (24, 0)}, "ends"),
        ({"ends": (9, 30)}, "ends"),
        ({"ends": (9, 29)}, "ends"),
        ({"ends_on": date(2026, 11, 22)}, "ends"),
        ({"ends_on": date(2026, 11, 24)}, "ends_on"),
        ({"ends_on": date(2026, 11, 25)}, "ends_on"),
        ({"expected": -1}, "expected"),
        ({"partners": tuple(f"第{n}单位" for n in range(21))}, "partners"),
    ],
)
def test_a_wrong_plan_is_refused_and_names_its_field(
    desk: Desk, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as told:
        service.plan(desk, form(**change))

    assert [problem.field for problem in told.value.problems] == [field]
    assert service.page(desk).total == 0


def test_all_problems_are_told_at_once(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as told:
        service.plan(desk, form(name="", place_words="", ends=(8, 0)))

    assert {problem.field for problem in told.value.problems} == {"name", "place_words", "ends"}


def test_an_evening_may_go_on_after_midnight(desk: Desk) -> None:
    late: dict[str, Any] = {"begins": (22, 0), "ends": (0, 30)}
    with pytest.raises(InvalidInput, match="结束时间不晚于开始时间"):
        service.plan(desk, form(**late))

    made = plan(desk, **late, ends_on=date(2026, 11, 24))

    assert (made.ends_at - made.starts_at) // 60_000 == 150
    assert made.day == TODAY


def test_a_station_may_write_a_kind_of_its_own_and_finds_it_again(desk: Desk) -> None:
    own = plan(desk, kind="邻里节", meeting=True)

    assert (own.kind, own.meeting) == ("邻里节", True)
    assert service.kinds(desk) == (*(kind.value for kind in ActivityKind), "邻里节")


def test_meetings_and_party_days_give_no_hours(desk: Desk) -> None:
    given = {kind: plan(desk, kind=kind).gives_hours for kind in ("志愿服务", "义诊", "主题党日")}

    assert given == {"志愿服务": True, "义诊": True, "主题党日": False}
    assert not plan(desk, meeting()).gives_hours


def test_a_plan_is_changed_and_the_history_says_what(desk: Desk) -> None:
    made = plan(desk)

    done = service.change(
        desk, made.uid, made.revision, form(place_words="二楼会议室", begins=(9, 0))
    )

    assert done.value.place_words == "二楼会议室"
    assert done.value.steps[-1].action is Action.CHANGE
    assert set(done.value.steps[-1].words.split("、")) == {"开始时间", "地点"}
    assert done.undo is not None
    back = done.undo.call(desk).value
    assert (back.place_words, back.starts_at) == (made.place_words, made.starts_at)
    assert back.steps[-1].action is Action.UNDO


def test_a_change_of_what_somebody_else_changed_is_refused(desk: Desk) -> None:
    made = plan(desk)
    service.change(desk, made.uid, made.revision, form(brand="近邻先锋"))

    with pytest.raises(Conflict):
        service.change(desk, made.uid, made.revision, form(brand="邻里中心"))
    with pytest.raises(UserError, match="没有改动"):
        service.change(desk, made.uid, made.revision + 1, form(brand="近邻先锋"))


def test_who_has_signed_in_is_not_left_behind_by_another_date(desk: Desk) -> None:
    made = plan(desk)
    sign_in(desk, made)
    now = fresh(desk, made)

    with pytest.raises(UserError, match="已有1人签到"):
        service.change(desk, made.uid, now.revision, form(day=date(2026, 11, 24)))
    changed = service.change(desk, made.uid, now.revision, form(ends=(12, 0))).value
    assert changed.state is ActivityState.RUNNING


def test_an_activity_moved_to_before_it_was_written_down_is_marked(desk: Desk) -> None:
    made = plan(desk, day=date(2026, 11, 28))

    moved = service.change(desk, made.uid, made.revision, form(day=date(2026, 11, 21))).value

    assert moved.late_entry


def test_a_plan_is_taken_back_unless_somebody_has_gone_on_with_it(desk: Desk) -> None:
    first, second = service.plan(desk, form()), service.plan(desk, form())
    sign_in(desk, second.value)
    assert first.undo is not None
    assert second.undo is not None

    first.undo.call(desk)
    with pytest.raises(Conflict):
        second.undo.call(desk)

    assert [line.uid for line in service.page(desk).rows] == [second.value.uid]


def test_planning_needs_its_right(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        service.plan(seat(desk, "值班志愿者", without=frozenset({Right.HANDLE})), form())


# --- copies and series ---------------------------------------------------------------------------


def test_a_copy_has_the_plan_and_nothing_that_happened(desk: Desk) -> None:
    source = plan(desk, partners=("青榕社会工作服务中心党支部",), remark="自带血压计")
    sign_in(desk, source)

    made = service.copy(desk, source.uid).value

    # 2026-11-23 is the fourth Monday; of December that is the 28th.
    assert made.day == date(2026, 12, 28)
    assert made.ends_at - made.starts_at == source.ends_at - source.starts_at
    assert (made.partners, made.state, made.copied_from) == (
        source.partners, ActivityState.PLANNED, source.uid,
    )  # fmt: skip
    assert made.remark == ""
    assert service.attendance_of(desk, made.uid).rows == ()


def test_last_months_activities_are_copied_once_and_to_the_same_weekdays(desk: Desk) -> None:
    october = [plan(desk, day=date(2026, 10, day), name=f"第{day}天") for day in (5, 10, 31)]
    gone = plan(desk, day=date(2026, 10, 12), name="取消的")
    service.cancel(desk, gone.uid, gone.revision, "台风")

    done = service.copy_month(desk, parse_period("2026-11"))

    # First Monday, second Saturday, and the fifth Saturday that November has not.
    assert [one.day for one in done.value] == [
        date(2026, 11, 2), date(2026, 11, 14), date(2026, 11, 28),
    ]  # fmt: skip
    assert [one.copied_from for one in done.value] == [one.uid for one in october]
    with pytest.raises(UserError, match="没有可以复制的活动"):
        service.copy_month(desk, parse_period("2026-11"))
    assert done.undo is not None
    done.undo.call(desk)
    assert service.month(desk, parse_period("2026-11")) == ()
    assert len(service.copy_month(desk, parse_period("2026-11")).value) == 3


def test_a_series_goes_on_where_it_stopped_even_over_a_cancelled_one(desk: Desk) -> None:
    first = plan(desk, day=date(2026, 12, 5))

    made = service.repeat(desk, first.uid, 2, every=Every.WEEKS, step=2).value
    service.cancel(desk, made[1].uid, made[1].revision, "场地维修")
    more = service.repeat(desk, made[0].uid, 1).value

    days = [one.day for one in (*made, *more)]
    assert days == [date(2026, 12, 19), date(2027, 1, 2), date(2027, 1, 16)]
    assert [one.occurrence for one in (*made, *more)] == [1, 2, 3]
    assert {one.series for one in (*made, *more)} == {first.uid}
    assert fresh(desk, first).series == first.uid


def test_a_generated_series_is_taken_back_whole(desk: Desk) -> None:
    first = plan(desk)
    done = service.repeat(desk, first.uid, 3, every=Every.MONTH_DAY)
    assert done.undo is not None

    done.undo.call(desk)

    assert service.page(desk).total == 1
    assert fresh(desk, first).series is None


@pytest.mark.parametrize(
    ("repeat", "days"),
    [
        (Repeat(Every.WEEKS, date(2026, 12, 25)), [(2027, 1, 1), (2027, 1, 8)]),
        (Repeat(Every.MONTH_DAY, date(2026, 1, 31)), [(2026, 2, 28), (2026, 3, 31)]),
        (Repeat(Every.MONTH_DAY, date(2026, 12, 5), 2), [(2027, 2, 5), (2027, 4, 5)]),
        (Repeat(Every.MONTH_WEEKDAY, date(2026, 10, 31)), [(2026, 11, 28), (2026, 12, 26)]),
        # 2026-10-05 lies in 国庆节: the next working day is Thursday the 8th.
        (
            Repeat(Every.MONTH_DAY, date(2026, 9, 5), 1, workdays=True),
            [(2026, 10, 8), (2026, 11, 5)],
        ),
    ],
)
def test_the_days_of_a_series(desk: Desk, repeat: Repeat, days: list[tuple[int, int, int]]) -> None:
    works = calendar(desk)

    assert day_of(repeat, 0, works) == repeat.anchor
    assert [day_of(repeat, number, works) for number in (1, 2)] == [date(*day) for day in days]


@pytest.mark.parametrize(
    ("times", "more", "field"),
    [
        (0, {"every": Every.WEEKS}, "times"),
        (61, {"every": Every.WEEKS}, "times"),
        (1, {"every": Every.WEEKS, "step": 0}, "step"),
        (1, {}, "every"),
    ],
)
def test_a_series_that_cannot_be_is_refused(
    desk: Desk, times: int, more: dict[str, Any], field: str
) -> None:
    first = plan(desk)

    with pytest.raises(UserError) as told:
        service.repeat(desk, first.uid, times, **more)

    assert told.value.field == field
    assert service.page(desk).total == 1
    assert fresh(desk, first).series is None


def test_the_same_weekday_exists_in_every_month() -> None:
    for month in range(1, 13):
        found = same_weekday(date(2026, 10, 31), 2027, month)
        assert (found.weekday(), found.month) == (5, month)
        assert found.day > 21


def test_a_cancelled_plan_comes_back_when_it_is_reopened(desk: Desk, clock: FixedClock) -> None:
    made = plan(desk)
    gone = service.cancel(desk, made.uid, made.revision, "下雨").value

    back = service.reopen(desk, made.uid, gone.revision, "天晴了").value

    assert (gone.state, back.state) == (ActivityState.CANCELLED, ActivityState.PLANNED)
