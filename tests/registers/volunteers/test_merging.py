"""One person under two spellings: the hours, stays, trainings and the lead become one's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import NotAllowed, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.registers.volunteers import service, store
from desktop_app.registers.volunteers.rules.membership import Membership, told_once
from desktop_app.registers.volunteers.rules.volunteer import VolunteerAction
from desktop_app.registers.volunteers.rules.words import MemberRole
from desktop_app.storage.session import Desk
from tests.registers.residents.people import with_rights
from tests.registers.volunteers.helpers import (
    TODAY,
    joined,
    several,
    stored,
    stored_team,
    team,
    who,
)

DAYS = 16
FIRST = date(2026, 1, 1).toordinal()


def as_one(desk: Desk, uid: Uid) -> tuple[Uid, ...]:
    with desk.reading(needs=Right.READ) as connection:
        return store.as_one(connection, uid)


def test_two_spellings_become_one_and_two_again(desk: Desk) -> None:
    kept, dropped = several(desk, ["李慧敏", "李惠敏"])
    here, there = team(desk), team(desk, "银龄队")
    joined(desk, here, kept, date(2026, 3, 1))
    joined(desk, here, dropped, date(2026, 2, 1))
    joined(desk, there, dropped, date(2026, 4, 1))
    there = service.set_leader(desk, there.uid, there.revision, dropped.uid).value
    dropped = service.add_training(desk, dropped.uid, dropped.revision, TODAY, "急救").value

    done = service.merge(desk, kept.uid, dropped.uid)
    assert [line.number for line in service.page(desk).rows] == [kept.number]
    assert as_one(desk, dropped.uid) == as_one(desk, kept.uid) == (kept.uid, dropped.uid)
    assert [one.words for one in done.value.trainings] == ["急救"]
    assert who(desk, here) == who(desk, here, date(2026, 2, 1)) == ["李慧敏"]
    assert (stored_team(desk, there).leader, who(desk, there)) == (kept.uid, ["李慧敏"])
    assert [one.name for one in service.teams_of(desk, dropped.uid)] == [here.name, there.name]
    with desk.reading(needs=Right.READ) as connection:
        assert store.names(connection, [dropped.uid])[dropped.uid].number == kept.number
    with pytest.raises(UserError, match="已并入另一条"):
        service.step(
            desk, dropped.uid, stored(desk, dropped).revision, VolunteerAction.LEAVE, "搬家"
        )

    assert done.undo is not None
    done.undo.call(desk)
    assert as_one(desk, dropped.uid) == (dropped.uid,)
    assert sorted(who(desk, here)) == sorted(["李慧敏", "李惠敏"])
    assert who(desk, here, date(2026, 2, 1)) == ["李惠敏"]
    assert stored_team(desk, there).leader == dropped.uid


def test_three_spellings_are_one_person_whatever_the_order(desk: Desk) -> None:
    first, second, third = several(desk, ["李慧敏", "李惠敏", "李会敏"])
    service.merge(desk, second.uid, third.uid)
    service.merge(desk, first.uid, second.uid)
    for one in (first, second, third):
        assert as_one(desk, one.uid)[0] == first.uid
        assert set(as_one(desk, one.uid)) == {first.uid, second.uid, third.uid}


def test_what_cannot_be_merged(desk: Desk) -> None:
    kept, dropped = several(desk, ["李慧敏", "李惠敏"])
    joined(desk, team(desk), dropped)
    with pytest.raises(UserError, match="同一名志愿者"):
        service.merge(desk, kept.uid, kept.uid)
    with pytest.raises(NotAllowed):
        service.merge(with_rights(desk, Right.READ, Right.HANDLE), kept.uid, dropped.uid)
    service.step(desk, kept.uid, kept.revision, VolunteerAction.LEAVE, "搬家")
    with pytest.raises(UserError, match=r"另一条还在队伍里.*没有合并"):
        service.merge(desk, kept.uid, dropped.uid)
    assert len(service.page(desk).rows) == 2


@st.composite
def stays_of_two(draw: st.DrawFn) -> list[Membership]:
    """Stays of two people in one team; those of each do not overlap, the last may go on."""
    found = []
    for person in (1, 2):
        cuts = sorted(draw(st.sets(st.integers(0, DAYS), min_size=2, max_size=6)))
        for place in range(0, len(cuts) - 1, 2):
            last = place + 2 >= len(cuts) - 1
            goes_on = last and draw(st.booleans())
            found.append(
                Membership(
                    uid=Uid(int=person * 100 + place),
                    station="QR01",
                    team=Uid(int=1),
                    volunteer=Uid(int=2),
                    joined_on=date.fromordinal(FIRST + cuts[place]),
                    left_on=None if goes_on else date.fromordinal(FIRST + cuts[place + 1]),
                    role=draw(st.sampled_from(MemberRole)),
                )
            )
    return found


@settings(max_examples=50)
@given(stays_of_two())
def test_stays_told_once_count_the_same_days_each_once(stays: list[Membership]) -> None:
    changed = {one.uid: one for one in told_once(stays)}
    after = [changed.get(one.uid, one) for one in stays]

    for day in range(FIRST - 1, FIRST + DAYS + 2):
        there = date.fromordinal(day)
        before = sum(one.holds_on(there) for one in stays)
        assert sum(one.holds_on(there) for one in after) == min(before, 1)
    for one in after:
        assert not any(one.overlaps(other) for other in after if other.uid != one.uid)
    assert {one.uid for one in after} == {one.uid for one in stays}, "no row is lost"
