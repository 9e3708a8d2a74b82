"""An activity's course: which step may follow which, and who may take it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, InvalidInput, NotAllowed, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import (
    Action,
    Activity,
    ActivityState,
    Fund,
    Group,
    Review,
)
from desktop_app.ledgers.activities.rules.recording import RecordForm, ResolutionLine
from desktop_app.registers.people.rules import Operator, Role
from desktop_app.registers.people.store import SHELF as OPERATORS
from desktop_app.storage.session import Desk
from tests.ledgers.activities.builders import (
    TODAY,
    form,
    fresh,
    handed_in,
    held,
    meeting,
    people,
    plan,
    recorded,
    seat,
    sign_in,
)

S = ActivityState


def an_operator(desk: Desk, name: str, role: Role = Role.LEAD) -> Desk:
    """Somebody who really works here, at another seat."""
    with desk.unit_of_work("新增操作员", needs=Right.MANAGE_OPERATORS) as unit:
        operator = OPERATORS.put(
            unit,
            Operator(
                uid=unit.new_uid(), station="QR01", name=name, role=role, password_changed=TODAY
            ),
        )
    return Desk(desk.database, Actor(operator.uid, name, role.label, frozenset(Right)))


def states(activity: Activity) -> list[ActivityState]:
    return [step.to for step in activity.steps]


def test_the_straight_way_leaves_every_step_behind(desk: Desk, clock: FixedClock) -> None:
    other = an_operator(desk, "赵敏")
    made = plan(desk)
    service.open_sign_up(desk, made.uid, made.revision)
    clock.set(made.starts_at)
    sign_in(desk, made)
    clock.set(made.ends_at)
    done = service.finish(desk, made.uid, fresh(desk, made).revision).value
    waiting = handed_in(desk, done)

    archived = service.approve(other, made.uid, waiting.revision).value

    assert states(archived) == [
        S.PLANNED, S.OPEN, S.RUNNING, S.TO_RECORD, S.TO_RECORD, S.TO_REVIEW, S.ARCHIVED,
    ]  # fmt: skip
    assert (archived.reviewer, archived.reviewed_on) == ("赵敏", TODAY)
    assert (archived.recorder, archived.recorded_on) == ("王小燕", TODAY)


def test_whoever_wrote_the_record_does_not_approve_it(desk: Desk, clock: FixedClock) -> None:
    other, namesake = an_operator(desk, "赵敏"), seat(desk, "王小燕")
    mine = handed_in(desk, held(desk, clock))

    for own in (desk, namesake):
        with pytest.raises(UserError, match="由您记录，不能由您审核"):
            service.approve(own, mine.uid, mine.revision)
    assert service.approve(other, mine.uid, mine.revision).value.state is S.ARCHIVED


def test_a_colleague_who_records_it_anew_may_be_approved_by_the_first(
    desk: Desk, clock: FixedClock
) -> None:
    other = an_operator(desk, "赵敏")
    mine = recorded(desk, held(desk, clock))
    hers = service.record(other, mine.uid, mine.revision, RecordForm(summary="量血压")).value
    waiting = service.submit(desk, mine.uid, hers.revision, "没有照片").value

    assert service.approve(desk, mine.uid, waiting.revision).value.reviewer == "王小燕"


def test_alone_at_a_station_somebody_outside_reviews_it(desk: Desk, clock: FixedClock) -> None:
    mine = handed_in(desk, held(desk, clock))
    an_operator(desk, "审计员", Role.AUDITOR)
    with pytest.raises(UserError, match="由社区或街道审核") as told:
        service.approve(desk, mine.uid, mine.revision)

    done = service.approve(desk, mine.uid, mine.revision, "荷塘里社区 林书记").value

    assert told.value.field == "outside"
    assert (done.reviewer, done.reviewed_by) == ("荷塘里社区 林书记", None)


def test_what_was_sent_back_is_put_right_and_handed_in_again(desk: Desk, clock: FixedClock) -> None:
    other = an_operator(desk, "赵敏")
    waiting = handed_in(desk, held(desk, clock))
    with pytest.raises(UserError, match="等待审核"):
        recorded(desk, waiting)
    with pytest.raises(UserError, match="还没有写退回的原因"):
        service.send_back(other, waiting.uid, waiting.revision, " ")

    service.send_back(other, waiting.uid, waiting.revision, "成效写具体些")
    again = handed_in(desk, waiting, outcome="为12位老人建了健康卡。")

    assert again.state is S.TO_REVIEW
    assert [step.words for step in again.steps if step.action is Action.SEND_BACK] == [
        "成效写具体些"
    ]


def test_what_is_archived_is_left_alone_until_it_is_reopened(desk: Desk, clock: FixedClock) -> None:
    mine = handed_in(desk, held(desk, clock))
    done = service.approve(desk, mine.uid, mine.revision, "社区 林书记").value
    (row,) = service.attendance_of(desk, done.uid).rows
    refused: list[Callable[[], object]] = [
        lambda: service.change(desk, done.uid, done.revision, form(brand="近邻先锋")),
        lambda: recorded(desk, done),
        lambda: service.correct_counts(desk, done.uid, done.revision, {Group.PARTY: 3}, "漏签"),
        lambda: service.remove_photo(desk, done.uid, done.revision, "00"),
        lambda: service.sign_out(desk, row.uid),
        lambda: service.remove_line(desk, row.uid, row.revision),
        lambda: service.change_line(desk, row.uid, row.revision, {"group": Group.PARTY}),
        lambda: service.mark_absent(desk, row.uid, "出差"),
    ]
    for attempt in refused:
        with pytest.raises(UserError, match="归档") as told:
            attempt()
        assert "重新打开" in told.value.next_step
    with pytest.raises(UserError, match="重新打开的原因"):
        service.reopen(desk, done.uid, done.revision, "")

    opened = service.reopen(desk, done.uid, done.revision, "人数写错").value

    assert (opened.state, opened.reviewer, opened.reviewed_on) == (S.TO_RECORD, "", None)
    assert recorded(desk, opened).state is S.TO_RECORD


def test_a_cancelled_activity_gives_its_reason_and_takes_nobody_in(desk: Desk) -> None:
    made = plan(desk)
    with pytest.raises(UserError, match="还没有写取消的原因"):
        service.cancel(desk, made.uid, made.revision, "")

    done = service.cancel(desk, made.uid, made.revision, "台风红色预警")

    assert done.value.steps[-1].words == "台风红色预警"
    with pytest.raises(UserError, match="已取消"):
        sign_in(desk, made)
    assert done.undo is not None
    assert done.undo.call(desk).value.state is S.PLANNED


def test_nothing_is_recorded_before_it_has_begun(desk: Desk, clock: FixedClock) -> None:
    made = plan(desk, begins=(10, 0))

    for attempt in (
        lambda: service.finish(desk, made.uid, made.revision),
        lambda: recorded(desk, made),
    ):
        with pytest.raises(UserError, match="还没有开始"):
            attempt()
    clock.set(made.starts_at)
    assert recorded(desk, made).state is S.TO_RECORD


def test_handing_in_tells_everything_that_is_missing(desk: Desk, clock: FixedClock) -> None:
    made = plan(desk, meeting())
    clock.set(made.ends_at)
    bare = service.record(desk, made.uid, made.revision, RecordForm()).value

    with pytest.raises(InvalidInput) as told:
        service.submit(desk, made.uid, bare.revision)

    assert {problem.field for problem in told.value.problems} == {
        "summary", "host", "people", "photos",
    }  # fmt: skip
    assert [problem.sentence for problem in service.history(desk, made.uid).missing] == [
        problem.sentence for problem in told.value.problems
    ]
    assert fresh(desk, made).state is S.TO_RECORD


def test_a_record_keeps_resolutions_reviews_and_money(desk: Desk, clock: FixedClock) -> None:
    made = held(desk, clock)
    record = RecordForm(
        summary="评议物业和业委会。",
        resolutions=(
            ResolutionLine(words="增设充电棚", owner="物业", due=date(2026, 12, 20)),
            ResolutionLine(words=""),
        ),
        reviews=(Review("物业", 86), Review("业委会", 91, "公开及时")),
        disclosed_on=TODAY,
        disclosed_at="小区公告栏",
        funds=(Fund("社区党建经费", 320_50, "水和点心"),),
    )

    kept = service.record(desk, made.uid, made.revision, record).value
    (first,) = kept.resolutions
    again = service.record(
        desk,
        made.uid,
        kept.revision,
        RecordForm(
            summary="评议物业和业委会。",
            resolutions=(
                ResolutionLine(words="增设充电棚两处", owner="物业", uid=first.uid),
                ResolutionLine(words="公示账目", uid=Uid(int=7)),
            ),
        ),
    ).value

    assert (first.words, first.due, first.link) == ("增设充电棚", date(2026, 12, 20), None)
    assert kept.spent == 32050
    assert [one.words for one in again.resolutions] == ["增设充电棚两处", "公示账目"]
    assert again.resolutions[0].uid == first.uid
    assert again.resolutions[1].uid != Uid(int=7)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (RecordForm(funds=(Fund("", 100),)), "funds"),
        (RecordForm(funds=(Fund("社区", 0),)), "funds"),
        (RecordForm(reviews=(Review("物业", 101),)), "reviews"),
        (RecordForm(reviews=(Review("物业", 80), Review("物业", 90))), "reviews"),
        (RecordForm(resolutions=(ResolutionLine(owner="物业"),)), "resolutions"),
        (RecordForm(served=-1), "served"),
        (RecordForm(summary="长" * 4001), "summary"),
    ],
)
def test_a_wrong_record_is_refused_and_names_its_field(
    desk: Desk, clock: FixedClock, wrong: RecordForm, field: str
) -> None:
    made = held(desk, clock)

    with pytest.raises(InvalidInput) as told:
        service.record(desk, made.uid, made.revision, wrong)

    assert {problem.field for problem in told.value.problems} == {field}


def test_every_step_can_be_taken_back_once(desk: Desk, clock: FixedClock) -> None:
    made = held(desk, clock)
    before = recorded(desk, made)
    done = service.submit(desk, made.uid, before.revision, "没有照片")
    assert done.undo is not None

    back = done.undo.call(desk).value

    assert (back.state, back.summary) == (S.TO_RECORD, before.summary)
    with pytest.raises(Conflict):
        done.undo.call(desk)


STEPS: dict[str, tuple[Right, Callable[[Desk, Activity], object]]] = {
    "submit": (Right.HANDLE, lambda desk, one: service.submit(desk, one.uid, 1)),
    "cancel": (Right.HANDLE, lambda desk, one: service.cancel(desk, one.uid, 1, "下雨")),
    "approve": (Right.MANAGE_STATION, lambda desk, one: service.approve(desk, one.uid, 1)),
    "send back": (
        Right.MANAGE_STATION,
        lambda desk, one: service.send_back(desk, one.uid, 1, "改"),
    ),
    "reopen": (Right.MANAGE_STATION, lambda desk, one: service.reopen(desk, one.uid, 1, "改")),
    "sign in": (Right.REGISTER, sign_in),
    "look": (Right.READ, lambda desk, one: service.get(desk, one.uid)),
}


@pytest.mark.parametrize("step", STEPS)
def test_each_step_needs_its_right(desk: Desk, step: str) -> None:
    made = plan(desk)
    needed, take = STEPS[step]

    with pytest.raises(NotAllowed):
        take(seat(desk, "别人", without=frozenset({needed})), made)


# --- numbers -------------------------------------------------------------------------------------


def test_a_number_that_is_not_the_sheets_needs_a_reason(desk: Desk, clock: FixedClock) -> None:
    made = held(desk, clock, "陈桂英", "李国强")
    with pytest.raises(InvalidInput, match="原因"):
        service.correct_counts(desk, made.uid, made.revision, {Group.PUBLIC: 30}, "")
    with pytest.raises(InvalidInput, match="人数不对"):
        service.correct_counts(desk, made.uid, made.revision, {Group.PUBLIC: -1}, "漏签")

    done = service.correct_counts(
        desk, made.uid, made.revision, {Group.PUBLIC: 30, Group.PARTY: 4}, "围观居民没有签到"
    )

    assert people(desk, made) == {
        Group.PARTY: 4, Group.VOLUNTEER: 0, Group.PUBLIC: 30, Group.PARTNER: 0,
    }  # fmt: skip
    step = done.value.steps[-1]
    assert (step.actor, step.action) == ("王小燕", Action.CORRECT_COUNT)
    assert "群众 2 → 30" in step.words
    assert "围观居民没有签到" in step.words
    assert done.undo is not None
    done.undo.call(desk)
    assert people(desk, made)[Group.PUBLIC] == 2


def test_a_correction_goes_back_to_the_sheet(desk: Desk, clock: FixedClock) -> None:
    made = held(desk, clock, "陈桂英", "李国强")
    first = service.correct_counts(desk, made.uid, made.revision, {Group.PUBLIC: 30}, "漏签").value

    back = service.correct_counts(
        desk, made.uid, first.revision, {Group.PUBLIC: None}, "已补录签到表"
    ).value

    assert back.corrections == ()
    assert people(desk, made)[Group.PUBLIC] == 2


def test_a_number_corrected_before_the_sheet_changed_is_looked_at_again(
    desk: Desk, clock: FixedClock
) -> None:
    made = held(desk, clock, "陈桂英")
    now = service.correct_counts(desk, made.uid, made.revision, {Group.PUBLIC: 30}, "漏签").value
    sign_in(desk, made, "李国强")
    ready = recorded(desk, now)

    with pytest.raises(InvalidInput, match="更正时1人，现在2人"):
        service.submit(desk, made.uid, ready.revision, "没有照片")
    again = service.correct_counts(desk, made.uid, ready.revision, {Group.PUBLIC: 30}, "漏签").value
    assert service.submit(desk, made.uid, again.revision, "没有照片").value.state is S.TO_REVIEW
