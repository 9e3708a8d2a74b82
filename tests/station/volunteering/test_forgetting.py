"""Who is erased is named by nothing that volunteers leave behind; what is counted stays."""

from __future__ import annotations

from datetime import date

from desktop_app.core.clock import FixedClock
from desktop_app.core.rights import Right
from desktop_app.ledgers.party import service as party
from desktop_app.ledgers.party.rules.member import MemberForm
from desktop_app.ledgers.posts import service as posts
from desktop_app.ledgers.service import service as ledger
from desktop_app.ledgers.service import store as service_store
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.registers.volunteers.rules.volunteer import VolunteerState
from desktop_app.station.resident_card import service as card
from desktop_app.station.volunteering import service
from desktop_app.storage.session import Desk
from desktop_app.storage.tables import CHANGE
from tests.ledgers.posts.builders import TUESDAY, post, shift_form, stored
from tests.ledgers.service.builders import entitle
from tests.registers.volunteers.helpers import joined, person, team, volunteer
from tests.registers.volunteers.helpers import stored as stored_volunteer
from tests.station.volunteering.test_serving import after

WHY = "母亲住院要陪护"
NAME = "欧阳慧敏"


def test_an_erased_volunteer_leaves_days_and_minutes_and_no_word(
    desk: Desk, clock: FixedClock
) -> None:
    who = volunteer(desk, NAME, times_words="周末下午", emergency_name="欧阳大山", remark=WHY)
    squad = team(desk)
    joined(desk, squad, who)
    night, door = post(desk), post(desk, name="门岗")
    posts.plan(desk, shift_form(night, who))
    twice = posts.plan(desk, shift_form(door, who, override=WHY)).value
    clock.set(after(twice.ends_at))
    record = service.serve_from_shift(desk, twice.uid).value
    ledger.confirm(desk, record.uid, record.revision)
    totals = ledger.by_team(desk, TUESDAY, TUESDAY)
    months = ledger.by_person_and_month(desk, TUESDAY, TUESDAY)
    assert [one.minutes for one in totals] == [120]

    gone = card.erase(desk, who.resident)

    assert {"volunteers", "memberships", "shifts", "service", "residents"} <= gone.kinds
    assert ledger.by_team(desk, TUESDAY, TUESDAY) == totals
    assert ledger.by_person_and_month(desk, TUESDAY, TUESDAY) == months
    left = stored_volunteer(desk, who)
    assert (left.state, left.number) == (VolunteerState.CANCELLED, who.number)
    assert stored(desk, twice).service == record.uid
    with desk.reading(needs=Right.READ) as connection:
        kept = service_store.SHELF.need(connection, record.uid)
        payloads = [row.payload for row in connection.execute(CHANGE.select()) if row.payload]
    assert (kept.minutes, kept.day, kept.team) == (120, TUESDAY, squad.uid)
    everything = repr((left, stored(desk, twice), kept, payloads))
    for words in (NAME, "欧阳大山", WHY, "周末下午"):
        assert words not in everything, words


def test_an_erased_person_is_in_no_certificate(desk: Desk, clock: FixedClock) -> None:
    entitle(desk)
    who = volunteer(desk, NAME)
    asked = ledger.apply(desk, who.uid, date(2026, 1, 1), date(2026, 11, 20), "升学").value
    card.erase(desk, who.resident)
    with desk.reading(needs=Right.READ) as connection:
        kept = service_store.CERTIFICATE_SHELF.need(connection, asked.uid)
    assert kept.number == asked.number
    assert (kept.name, kept.id_number, kept.purpose) == ("", "", "")


def test_an_erased_party_member_leaves_a_number_and_counts(desk: Desk) -> None:
    file = person(desk, NAME, party=PartyKind.EMPLOYED, workplace="青榕农村商业银行")
    member = party.report(desk, MemberForm(resident=file.uid, unit_liaison="周主任")).value
    member = party.pledge(desk, member.uid, member.revision, "每月送学一次").value
    card.erase(desk, file.uid)
    left = party.get(desk, member.uid)
    assert left.number == member.number
    assert len(left.pledges) == 1
    assert "每月送学" not in repr(left)
    assert "周主任" not in repr(left)
    assert "银行" not in repr(left)


def test_the_copy_for_the_person_tells_all_of_the_volunteer(desk: Desk, clock: FixedClock) -> None:
    who = volunteer(desk, NAME, times_words="周末下午", health_note="高血压")
    squad = team(desk)
    joined(desk, squad, who)
    shift = posts.plan(desk, shift_form(post(desk), who)).value
    clock.set(after(shift.ends_at))
    record = service.serve_from_shift(desk, shift.uid).value
    copy = card.own_copy(desk, who.resident)
    for words in (who.number, "周末下午", "高血压", squad.name, "夜间巡逻", record.number, "2小时"):
        assert words in copy, words


def test_the_copy_for_somebody_else_says_nothing_of_volunteers(desk: Desk) -> None:
    assert "志愿" not in card.own_copy(desk, person(desk, NAME).uid)
