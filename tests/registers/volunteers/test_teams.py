"""Teams: one name once, who joins and leaves, who leads, who was in it on a past day."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, Fault, InvalidInput, UserError
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.rules.entry import AlreadyVolunteer
from desktop_app.registers.volunteers.rules.listing import TeamFilter
from desktop_app.registers.volunteers.rules.team_steps import form_of
from desktop_app.registers.volunteers.rules.volunteer import VolunteerAction
from desktop_app.registers.volunteers.rules.words import Direction, MemberRole, TeamKind
from desktop_app.storage.opening import open_file, open_server
from desktop_app.storage.session import Database, Desk
from tests.registers.volunteers.helpers import (
    TODAY,
    form,
    joined,
    person,
    several,
    stored_team,
    team,
    team_form,
    volunteer,
    who,
)
from tests.stations import KEY, ON_SERVER

DAY = 86_400


@pytest.fixture
def second(
    request: pytest.FixtureRequest, database: Database, clock: FixedClock, tmp_path: Path
) -> Iterator[Desk]:
    """A seat at the same database through another opening of it, as another PC has it."""
    if database.dialect == "sqlite":
        opened = open_file(tmp_path / "jinlin.db", KEY, clock)
    else:
        opened = open_server(request.getfixturevalue("station_url"), ON_SERVER, clock)
    yield Desk(opened, request.getfixturevalue("desk").actor)
    opened.close()


def at_once(*calls: Callable[[], object]) -> list[Fault | None]:
    """What each call was refused with, all of them begun at the same moment."""
    ready = threading.Barrier(len(calls))
    outcomes: list[Fault | None] = [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        ready.wait()
        try:
            call()
        except Fault as fault:
            outcomes[place] = fault

    threads = [threading.Thread(target=run, args=one) for one in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_a_team_is_founded_and_every_problem_told(desk: Desk) -> None:
    made = team(desk, direction=(Direction.ELDERLY, Direction.PATROL, Direction.ELDERLY))
    assert made.number == "QR01-T2026A-00001"
    assert made.direction == (Direction.PATROL, Direction.ELDERLY)
    with pytest.raises(InvalidInput) as refused:
        team(desk, " ", organisation="", direction=(), founded_on=date(2026, 12, 1))
    assert [problem.field for problem in refused.value.problems] == [
        "name", "organisation", "direction", "founded_on",
    ]  # fmt: skip


def test_one_name_is_one_team_until_it_is_disbanded(desk: Desk) -> None:
    first = team(desk)
    with pytest.raises(UserError, match=first.number):
        team(desk)
    other = team(desk, "银龄队", team_kind=TeamKind.SILVER)
    with pytest.raises(UserError, match=first.number):
        service.change_team(desk, other.uid, other.revision, team_form())

    gone = service.disband(desk, first.uid, first.revision, "并入银龄队").value
    again = team(desk)
    with pytest.raises(UserError, match=again.number):
        service.restore(desk, gone.uid, gone.revision)
    listed = service.teams_page(desk, TeamFilter(disbanded=False)).rows
    assert {line.number for line in listed} == {again.number, other.number}


def test_a_roster_of_any_past_day(desk: Desk) -> None:
    """The day of joining counts, the day of leaving does not."""
    there = team(desk)
    first, second, third = several(desk, ["李慧敏", "王建国", "陈志强"])
    joined(desk, there, first, date(2026, 2, 1))
    stay = joined(desk, there, second, date(2026, 3, 1))
    joined(desk, there, third, date(2026, 4, 1))
    service.leave(desk, stay.uid, stay.revision, date(2026, 4, 1), "工作忙")

    assert who(desk, there, date(2026, 1, 31)) == []
    assert who(desk, there, date(2026, 2, 1)) == ["李慧敏"]
    assert who(desk, there, date(2026, 3, 31)) == ["李慧敏", "王建国"]
    assert who(desk, there, date(2026, 4, 1)) == ["陈志强", "李慧敏"]
    assert [one.number for one in service.teams_of(desk, second.uid, date(2026, 3, 5))] == [
        there.number
    ]
    assert service.teams_of(desk, second.uid) == ()


def test_leaving_keeps_the_past_and_joining_again_is_a_new_stay(desk: Desk) -> None:
    there, known = team(desk), volunteer(desk)
    stay = joined(desk, there, known)
    with pytest.raises(UserError, match="从2026-02-01起就在"):
        service.join(desk, there.uid, known.uid)
    service.leave(desk, stay.uid, stay.revision)
    with pytest.raises(UserError, match="日期有重叠"):
        service.join(desk, there.uid, known.uid, date(2026, 5, 1))

    again = service.join(desk, there.uid, known.uid).value
    stays = service.history(desk, known.uid).stays
    assert [(one.uid, one.left_on) for one in stays] == [(again.uid, None), (stay.uid, TODAY)]
    assert who(desk, there, date(2026, 5, 1)) == who(desk, there) == ["李慧敏"]


def test_who_may_not_join(desk: Desk) -> None:
    there, known = team(desk), volunteer(desk)
    for day, said in (
        (date(2026, 11, 24), "比今天还晚"),
        (date(2026, 1, 9), "早于队伍成立日期"),
    ):
        with pytest.raises(UserError, match=said):
            service.join(desk, there.uid, known.uid, day)
    gone = service.step(desk, known.uid, known.revision, VolunteerAction.LEAVE, "搬家").value
    with pytest.raises(UserError, match="现在是“退出”"):
        service.join(desk, there.uid, gone.uid)
    ended = service.disband(desk, there.uid, there.revision, "并队").value
    with pytest.raises(UserError, match="已经解散"):
        service.join(desk, ended.uid, volunteer(desk, "王建国", "13900000001").uid)


def test_several_join_at_once_and_who_is_there_is_told(desk: Desk) -> None:
    there = team(desk)
    people = several(desk, ["李慧敏", "王建国", "陈志强"])
    joined(desk, there, people[1])
    done = service.join_many(desk, there.uid, [one.uid for one in people])

    assert done.value.already == (people[1].number,)
    assert len(done.value.memberships) == 2
    assert len(who(desk, there)) == 3
    assert done.undo is not None
    done.undo.call(desk)
    assert who(desk, there) == ["王建国"]
    with pytest.raises(UserError, match="还没有选"):
        service.join_many(desk, there.uid, [])


def test_the_leader_is_a_member_and_leads_until_leaving(desk: Desk) -> None:
    there = team(desk)
    first, second, third = several(desk, ["李慧敏", "王建国", "陈志强"])
    stays = [joined(desk, there, one) for one in (first, second)]
    with pytest.raises(UserError, match="不是这支队伍的队员"):
        service.set_leader(desk, there.uid, there.revision, third.uid)
    with pytest.raises(UserError, match="同一个人"):
        service.set_leader(desk, there.uid, there.revision, first.uid, first.uid)

    there = service.set_leader(desk, there.uid, there.revision, second.uid, first.uid).value
    roles = [(line.name, line.role) for line in service.roster(desk, there.uid)]
    assert roles == [("王建国", MemberRole.LEADER), ("李慧敏", MemberRole.DEPUTY)]
    assert service.teams_page(desk).rows[0].leader == "王建国"

    there = service.set_leader(desk, there.uid, there.revision, first.uid).value
    roles = [(line.name, line.role) for line in service.roster(desk, there.uid)]
    assert roles == [("李慧敏", MemberRole.LEADER), ("王建国", MemberRole.MEMBER)]

    left = service.leave(desk, stays[0].uid, stays[0].revision + 2)
    assert stored_team(desk, there).leader is None
    assert left.undo is not None
    left.undo.call(desk)
    assert stored_team(desk, there).leader == first.uid


def test_a_disbanded_team_keeps_its_past_and_undo_brings_it_back(desk: Desk) -> None:
    there = team(desk)
    people = several(desk, ["李慧敏", "王建国"])
    for one in people:
        joined(desk, there, one)
    with pytest.raises(UserError, match="早于成立日期"):
        service.disband(desk, there.uid, there.revision, "并队", date(2026, 1, 1))
    done = service.disband(desk, there.uid, there.revision, "并队", date(2026, 11, 1))
    assert who(desk, there) == []
    assert who(desk, there, date(2026, 10, 31)) == ["李慧敏", "王建国"]
    with pytest.raises(UserError, match="已解散"):
        service.change_team(desk, there.uid, done.value.revision, form_of(there))
    assert done.undo is not None
    done.undo.call(desk)
    assert who(desk, there) == ["李慧敏", "王建国"]


def test_an_undo_that_no_longer_fits_is_refused(desk: Desk) -> None:
    there, known = team(desk), volunteer(desk)
    stay = joined(desk, there, known)
    left = service.leave(desk, stay.uid, stay.revision)
    again = service.join(desk, there.uid, known.uid)
    assert left.undo is not None
    with pytest.raises(UserError, match="没有再加一次"):
        left.undo.call(desk)
    assert again.undo is not None
    again.undo.call(desk)
    service.disband(desk, there.uid, there.revision, "并队")
    with pytest.raises(UserError, match="队伍已解散"):
        left.undo.call(desk)
    assert who(desk, there) == []


def test_what_has_members_is_not_taken_back(desk: Desk) -> None:
    made = service.found(desk, team_form())
    entered = service.add(desk, form(person(desk)))
    service.join(desk, made.value.uid, entered.value.uid)
    for done in (made, entered):
        assert done.undo is not None
        with pytest.raises(UserError, match="已经有入队记录"):
            done.undo.call(desk)


def test_teams_are_found_by_number_and_by_name(desk: Desk) -> None:
    first = team(desk)
    team(desk, "巾帼队", team_kind=TeamKind.WOMEN)

    def names(**wanted: object) -> list[str]:
        return [line.name for line in service.teams_page(desk, TeamFilter(**wanted)).rows]  # type: ignore[arg-type]

    assert names() == ["巾帼队", first.name]
    assert names(search="qryy") == names(search=first.number.lower()) == [first.name]
    assert names(kind=TeamKind.WOMEN) == names(search="巾帼") == ["巾帼队"]
    assert names(stations=("QR02",)) == []


def test_two_desks_that_found_enter_and_join_at_once(desk: Desk, second: Desk) -> None:
    """Whoever comes second is told; nothing is there twice."""
    file = person(desk)
    twice: list[tuple[list[Callable[[], object]], type[Fault]]] = [
        ([partial(service.found, seat, team_form()) for seat in (desk, second)], UserError),
        ([partial(service.add, seat, form(file)) for seat in (desk, second)], AlreadyVolunteer),
    ]
    for calls, refusal in twice:
        (told,) = [one for one in at_once(*calls) if one is not None]
        assert isinstance(told, refusal)
    there, known = service.teams_page(desk).rows[0], service.page(desk).rows[0]
    calls = [partial(service.join, seat, there.uid, known.uid) for seat in (desk, second)]
    (told,) = [one for one in at_once(*calls) if one is not None]
    assert "没有再加一次" in told.sentence
    assert len(service.roster(desk, there.uid)) == 1
    (stay,) = service.roster(desk, there.uid)
    calls = [partial(service.leave, seat, stay.uid, stay.revision) for seat in (desk, second)]
    (told,) = [one for one in at_once(*calls) if one is not None]
    assert isinstance(told, Conflict)
