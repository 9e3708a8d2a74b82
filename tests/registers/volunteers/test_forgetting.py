"""Erasing a person: the personal part goes, what is counted stays and names nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.codec import canonical, encode
from desktop_app.core.fields import Travels
from desktop_app.core.record import META_FIELDS
from desktop_app.core.rights import Right
from desktop_app.core.travel import Profile, Projector
from desktop_app.registers.residents import service as residents
from desktop_app.registers.volunteers import service, store
from desktop_app.registers.volunteers.record import MEMBERSHIPS, TEAMS, VOLUNTEERS
from desktop_app.registers.volunteers.rules.volunteer import Insurance, VolunteerState
from desktop_app.storage.session import Desk
from desktop_app.storage.tables import CHANGE
from tests.registers.volunteers.helpers import (
    TODAY,
    joined,
    several,
    stored,
    stored_team,
    team,
    volunteer,
    who,
)

PRIVATE: dict[str, Any] = {
    "national_number": "350802123456",
    "ethnicity": "畲族",
    "education": "本科",
    "times_words": "周六上午",
    "health_note": "高血压",
    "emergency_name": "王建国",
    "emergency_phone": "13900001234",
    "insurance": Insurance("意外险", "PZ-778", date(2026, 12, 31)),
    "remark": "膝盖不好",
}
WORDS = ("350802123456", "畲族", "本科", "周六上午", "高血压", "王建国", "13900001234", "PZ-778",
         "膝盖", "急救员", "工作忙")  # fmt: skip


def test_number_dates_and_state_stay_and_the_rest_goes(desk: Desk) -> None:
    known, there = volunteer(desk, **PRIVATE), team(desk)
    known = service.add_training(desk, known.uid, known.revision, TODAY, "急救员").value
    first = joined(desk, there, known)
    service.leave(desk, first.uid, first.revision, date(2026, 6, 1), "工作忙")
    service.join(desk, there.uid, known.uid)
    service.set_leader(desk, there.uid, there.revision, known.uid)

    assert service.forget_people(desk, [known.resident]).value == 1
    residents.erase(desk, known.resident)
    left = stored(desk, known)
    assert (left.number, left.registered_on) == (known.number, known.registered_on)
    assert (left.state, left.left_on) == (VolunteerState.CANCELLED, TODAY)
    assert [step.action for step in left.steps][:-1] == [step.action for step in known.steps]
    assert stored_team(desk, there).leader is None
    assert who(desk, there) == []
    assert who(desk, there, date(2026, 3, 1)) == [""], "the past has a member without a name"
    with desk.reading(needs=Right.READ) as connection:
        name = store.names(connection, [known.uid])[known.uid]
        logged = connection.execute(
            sa.select(CHANGE.c.payload).where(CHANGE.c.kind != "teams")
        ).scalars()
        kept = " ".join(filter(None, logged)) + canonical(encode(left))
    assert (name.number, name.name, name.phone) == (known.number, "", "")
    assert not [word for word in WORDS if word in kept]


def test_both_spellings_are_forgotten_and_others_stay(desk: Desk) -> None:
    kept, dropped, other = several(desk, ["李慧敏", "李惠敏", "王建国"])
    service.merge(desk, kept.uid, dropped.uid)
    before = stored(desk, other)
    files = [kept.resident, dropped.resident]
    assert service.forget_people(desk, files).value == 2
    assert stored(desk, other) == before
    assert stored(desk, dropped).merged_into == kept.uid


def test_the_least_travels(desk: Desk) -> None:
    known = volunteer(desk, **PRIVATE)
    plain = VOLUNTEERS.to_plain(known)
    counted = Projector(VOLUNTEERS, Profile.STATS)(plain)
    assert set(counted) == {
        "number", "resident", "skills", "directions", "registered_on", "state", "left_on",
        "merged_into",
    }  # fmt: skip
    for profile in (Profile.STATS, Profile.WORK):
        sent = canonical(Projector(VOLUNTEERS, profile)(plain))
        assert not [word for word in WORDS if word in sent]
    whole = Projector(VOLUNTEERS, Profile.FULL)(plain)
    assert "health_note" not in whole
    assert "remark" not in whole


def test_every_field_of_the_records_is_described() -> None:
    for kind in (VOLUNTEERS, TEAMS, MEMBERSHIPS):
        described = {field.name for field in kind.fields}
        assert described == set(kind.cls.__dataclass_fields__) - set(META_FIELDS)
        assert kind.travels
        assert all(field.travels in Travels for field in kind.fields)
