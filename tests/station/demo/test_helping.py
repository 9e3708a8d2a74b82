"""The volunteers of a demo are such as the registers and ledgers would have let stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

import pytest

from desktop_app import catalog
from desktop_app.core.clock import Zone
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.party.rules.member import MemberState, PartyMember, PledgeState
from desktop_app.ledgers.party.store import SHELF as PARTY
from desktop_app.ledgers.party.tables import PARTY_MEMBER
from desktop_app.ledgers.posts.rules.claim import Claim, ClaimState
from desktop_app.ledgers.posts.rules.post import Post
from desktop_app.ledgers.posts.rules.shift import Shift, ShiftState
from desktop_app.ledgers.posts.rules.shift_entry import clashing
from desktop_app.ledgers.posts.store import CLAIM_SHELF, POST_SHELF, SHIFT_SHELF
from desktop_app.ledgers.posts.tables import CLAIM, POST, SHIFT
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules import certificate_steps, steps
from desktop_app.ledgers.service.rules.certificate import Certificate, CertificateState
from desktop_app.ledgers.service.rules.service_record import (
    ServiceAction,
    ServiceRecord,
    ServiceState,
    Source,
)
from desktop_app.ledgers.service.rules.spans import (
    minutes_of,
    refuse_full_day,
    refuse_overlap,
    refuse_span,
)
from desktop_app.ledgers.service.store import CERTIFICATE_SHELF
from desktop_app.ledgers.service.store import SHELF as SERVICES
from desktop_app.ledgers.service.tables import CERTIFICATE, SERVICE
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.registers.residents.store import SHELF as RESIDENTS
from desktop_app.registers.residents.tables import RESIDENT
from desktop_app.registers.volunteers.rules import entry
from desktop_app.registers.volunteers.rules.membership import Membership
from desktop_app.registers.volunteers.rules.membership import refuse_overlap as refuse_two_stays
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.volunteer import Volunteer, VolunteerState
from desktop_app.registers.volunteers.rules.words import Direction, MemberRole
from desktop_app.registers.volunteers.store import MEMBERSHIP_SHELF, TEAM_SHELF
from desktop_app.registers.volunteers.store import SHELF as VOLUNTEERS
from desktop_app.registers.volunteers.tables import MEMBERSHIP, TEAM, VOLUNTEER
from desktop_app.station.demo import manning, teams, turnouts
from desktop_app.station.demo.scales import scale_named
from desktop_app.station.demo.service import Made
from desktop_app.station.sign_in.session import Session
from tests.station.demo.made import TODAY
from tests.station.demo.test_demo import rows

ZONE = Zone()


@pytest.fixture
def volunteers(hall: Session) -> dict[Any, Volunteer]:
    return {row["uid"]: VOLUNTEERS.value(row) for row in rows(hall, VOLUNTEER)}


@pytest.fixture
def records(hall: Session) -> list[ServiceRecord]:
    return [SERVICES.value(row) for row in rows(hall, SERVICE)]


@pytest.fixture
def stays(hall: Session) -> list[Membership]:
    return [MEMBERSHIP_SHELF.value(row) for row in rows(hall, MEMBERSHIP)]


@pytest.fixture
def certificates(hall: Session) -> list[Certificate]:
    return [CERTIFICATE_SHELF.value(row) for row in rows(hall, CERTIFICATE)]


def test_every_volunteer_is_a_resident_of_whom_the_register_would_have_taken_the_form(
    hall: Session, volunteers: dict[Any, Volunteer]
) -> None:
    files = {row["uid"]: RESIDENTS.value(row) for row in rows(hall, RESIDENT)}

    assert len({one.resident for one in volunteers.values()}) == len(volunteers) >= 40
    assert {one.state for one in volunteers.values()} >= {VolunteerState.ACTIVE}
    numbers = [one.national_number for one in volunteers.values() if one.national_number]
    assert len(set(numbers)) == len(numbers) > 0
    for one in volunteers.values():
        form = entry.form_of(one)
        assert entry.checked(form, files[one.resident], TODAY) == form


def test_nobody_is_in_a_team_twice_at_once_and_who_leads_it_is_a_member(
    hall: Session, stays: list[Membership]
) -> None:
    by_pair = defaultdict(list)
    for stay in stays:
        by_pair[stay.team, stay.volunteer].append(stay)
    for several in by_pair.values():
        for stay in several:
            refuse_two_stays(stay, several)
    known: list[Team] = [TEAM_SHELF.value(row) for row in rows(hall, TEAM)]
    assert len(known) == 8
    for team in known:
        roles = {
            one.volunteer: one.role for one in stays if one.team == team.uid and one.left_on is None
        }
        wanted = {team.leader: MemberRole.LEADER, team.deputy: MemberRole.DEPUTY}
        wanted.pop(None, None)
        led = {uid: role for uid, role in roles.items() if role is not MemberRole.MEMBER}
        assert led == wanted


def test_nobody_serves_at_two_places_at_once_nor_longer_than_a_day(
    records: list[ServiceRecord],
) -> None:
    by_volunteer = defaultdict(list)
    for one in records:
        by_volunteer[one.volunteer].append(one)
    for own in by_volunteer.values():
        for one in own:
            if one.state is not ServiceState.VOID:
                refuse_overlap(one, own, ZONE)
                refuse_full_day(one, own)
            if one.ended_at is not None:
                refuse_span(one.started_at, one.ended_at, one.excluded_minutes)
            assert one.minutes == minutes_of(one.started_at, one.ended_at, one.excluded_minutes)
            assert one.day == ZONE.day(one.started_at)


def test_every_sort_of_record_occurs_and_there_are_about_as_many_as_were_wished_for(
    records: list[ServiceRecord],
) -> None:
    assert {one.state for one in records} == set(ServiceState)
    assert {one.source for one in records} == set(Source)
    assert 300 < len(records) < 900
    today = [one for one in records if one.day == TODAY]
    assert today
    assert {one.state for one in today} == {ServiceState.OPEN}
    forgotten = [one for one in records if one.state is ServiceState.OPEN and one.day < TODAY]
    assert len(forgotten) >= 1
    assert any(one.late for one in records)
    assert any(one.uploaded_on for one in records)


def test_a_record_is_confirmed_by_somebody_else_and_its_steps_follow_each_other(
    busy: Made, hall: Session, records: list[ServiceRecord], volunteers: dict[Any, Volunteer]
) -> None:
    names = {row["uid"]: row["name"] for row in rows(hall, RESIDENT)}
    staff = {name for name, _ in busy.operators}
    for one in records:
        if one.counts:
            assert one.confirmed_by_name in staff - {names[volunteers[one.volunteer].resident]}
        assert one.steps[0].action in (ServiceAction.SIGN_IN, ServiceAction.ENTER)
        assert [step.at for step in one.steps] == sorted(step.at for step in one.steps)
        for before, after in zip(one.steps, one.steps[1:], strict=False):
            rule = steps.RULES[after.action]
            assert before.to in rule.sources
            assert after.to is (rule.to or before.to)


def test_who_turns_out_with_a_team_is_in_it_that_day(
    records: list[ServiceRecord], stays: list[Membership]
) -> None:
    there: dict[tuple[Uid | None, Uid], list[Membership]] = defaultdict(list)
    for stay in stays:
        there[stay.team, stay.volunteer].append(stay)
    with_team = [one for one in records if one.shift is None]
    assert all(
        any(stay.joined_on <= one.day for stay in there[one.team, one.volunteer])
        for one in with_team
    )


def test_posts_are_claimed_up_to_their_quota_and_manned_without_clashes(hall: Session) -> None:
    posts: dict[Any, Post] = {row["uid"]: POST_SHELF.value(row) for row in rows(hall, POST)}
    claims: list[Claim] = [CLAIM_SHELF.value(row) for row in rows(hall, CLAIM)]
    shifts: list[Shift] = [SHIFT_SHELF.value(row) for row in rows(hall, SHIFT)]

    holding = Counter(one.post for one in claims if one.holding)
    assert all(holding[uid] <= post.quota for uid, post in posts.items())
    assert {one.state for one in claims} >= {ClaimState.ON, ClaimState.WAITING}
    assert {one.state for one in shifts} >= {ShiftState.PLANNED, ShiftState.DONE}
    monday = TODAY - timedelta(days=TODAY.weekday())
    weeks = {(one.day - monday).days // 7 for one in shifts}
    assert weeks == {-2, -1, 0, 1}
    on = {(one.post, one.volunteer) for one in claims if one.approved_on is not None}
    by_volunteer = defaultdict(list)
    for one in shifts:
        assert (one.post, one.volunteer) in on
        by_volunteer[one.volunteer].append(one)
    for own in by_volunteer.values():
        for one in own:
            if one.holding:
                assert clashing(own, one.starts_at, one.ends_at, one.uid) == []


def test_a_shift_that_was_done_and_its_record_name_each_other(
    hall: Session, records: list[ServiceRecord]
) -> None:
    by_uid = {one.uid: one for one in records}
    done = [SHIFT_SHELF.value(row) for row in rows(hall, SHIFT) if row["service"] is not None]

    assert len(done) > 10
    for one in done:
        assert one.service is not None
        record = by_uid[one.service]
        assert (record.shift, record.post, record.volunteer) == (one.uid, one.post, one.volunteer)
        assert (record.started_at, record.ended_at) == (one.starts_at, one.ends_at)
    linked = {one.shift for one in records if one.shift is not None}
    assert linked == {one.uid for one in done}


def test_a_certificate_counts_what_is_confirmed_and_its_code_is_the_stations(
    hall: Session, records: list[ServiceRecord], certificates: list[Certificate]
) -> None:
    given = [one for one in certificates if one.code and one.state is not CertificateState.VOID]
    assert len(given) >= 3
    assert any(one.state is CertificateState.APPLIED for one in certificates)
    for one in given:
        own = [
            record
            for record in records
            if record.volunteer == one.volunteer and one.first <= record.day <= one.last
        ]
        told = {line.service for line in one.lines}
        counted = [record for record in own if record.uid in told]
        assert len(counted) == len(one.lines)
        assert all(record.counts for record in counted)
        assert certificate_steps.same_lines(certificate_steps.lines_of(counted), one.lines)
        assert one.minutes == certificate_steps.minutes_in(one.lines)
        assert one.verified_by != one.applied_by
        assert service.check_code(hall.desk, one.number, one.code).good


def test_party_members_who_report_are_employed_and_keep_some_promises(hall: Session) -> None:
    files = {row["uid"]: RESIDENTS.value(row) for row in rows(hall, RESIDENT)}
    members: list[PartyMember] = [PARTY.value(row) for row in rows(hall, PARTY_MEMBER)]

    assert len({one.resident for one in members}) == len(members) >= 3
    assert all(files[one.resident].party is PartyKind.EMPLOYED for one in members)
    assert {one.state for one in members} <= set(MemberState)
    pledges = [pledge for one in members for pledge in one.pledges]
    assert pledges
    assert all(one.done for one in pledges if one.state is PledgeState.KEPT)
    assert any(one.feedbacks for one in members)


def test_what_is_counted_of_a_home_is_what_is_in_it(made: Made, session: Session) -> None:
    kinds = {"services": "service", "party_reports": "party"}
    shelves = catalog.shelves()
    assert len(made.beside) == 12
    for name, count in made.beside.items():
        assert count == len(rows(session, shelves[kinds.get(name, name)].table)), name


def test_whoever_writes_of_volunteers_may(busy: Made, hall: Session) -> None:
    staff = {name for name, _ in busy.operators}
    told = {step.actor for row in rows(hall, SERVICE) for step in SERVICES.value(row).steps}
    assert told <= staff
    assert hall.desk.actor.may(Right.HANDLE)


def test_teams_posts_and_programmes_go_together() -> None:
    known = turnouts.programmes()
    assert len({one.title for one in known}) == len(known) >= 25
    done = {one.direction for one in known}
    for sort in teams.sorts():
        assert set(sort.directions) & done, sort.name
    assert len(teams.sorts()) == scale_named("hall").teams
    assert {form.direction for form in manning.forms()} <= set(Direction)
