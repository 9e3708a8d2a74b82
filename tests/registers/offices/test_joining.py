"""A station joins a street: four steps, three files, and a code read out by telephone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.errors import ExitStatus, NotAllowed, SafetyRefusal, UserError
from desktop_app.core.rights import Actor, Right
from desktop_app.registers.offices import files, service, store
from desktop_app.registers.offices.rules import INVITATION_DAYS, StationState
from desktop_app.storage.session import Desk
from tests.registers.offices.enrolled import OTHER_STREET, enrol
from tests.stations import CLERK, FACTS, OpenDatabase

DAY = 24 * 60 * 60


def test_after_four_steps_each_knows_the_other(desk: Desk, street_desk: Desk) -> None:
    enrolled = enrol(desk, street_desk)

    with desk.reading(needs=Right.READ) as ours, street_desk.reading(needs=Right.READ) as theirs:
        station, street = store.own_keys(ours), store.own_keys(theirs)
        assert station is not None
        assert street is not None
        assert enrolled.street.signing == street.signing.public
        assert enrolled.street.recipients == street.recipients
        key = store.trusted(theirs, "QR01", station.signing.public)
        assert key is not None
        assert (key.recipient, key.lineage) == (station.opening.recipient, "first")
    (line,) = service.station_lines(street_desk)
    assert (line.entry.name, line.entry.state) == ("青榕雅苑党群服务站", StationState.JOINED)
    assert line.key == key
    assert service.my_street(desk) == enrolled.street


def test_both_sides_see_the_same_codes(desk: Desk, street_desk: Desk) -> None:
    invited = service.invite(street_desk)
    asked = service.request(desk, invited.content)
    look = service.look_at_request(street_desk, asked.content)
    welcomed = service.accept(street_desk, asked.content)
    joined = service.join(desk, welcomed.content)

    assert asked.street_fingerprint == invited.fingerprint
    assert asked.fingerprint == look.fingerprint == welcomed.fingerprint == joined.fingerprint
    assert asked.fingerprint != invited.fingerprint


def test_looking_at_a_request_accepts_nothing(desk: Desk, street_desk: Desk) -> None:
    asked = service.request(desk, service.invite(street_desk).content)

    look = service.look_at_request(street_desk, asked.content)

    assert (look.code, look.known, look.replaces, look.repeated) == ("QR01", None, False, False)
    assert service.station_lines(street_desk) == []


def test_the_street_s_code_stays_the_same_and_its_paper_key_is_shown_once(
    street_desk: Desk,
) -> None:
    first, second = service.invite(street_desk), service.invite(street_desk)

    assert first.fingerprint == second.fingerprint
    assert first.paper_key is not None
    assert first.paper_key.startswith("AGE-SECRET-KEY-1")
    assert second.paper_key is None
    assert first.content != second.content


def test_one_invitation_is_for_all_stations(desk: Desk, neighbour: Desk, street_desk: Desk) -> None:
    invitation = service.invite(street_desk).content
    for station in (desk, neighbour):
        asked = service.request(station, invitation)
        service.join(station, service.accept(street_desk, asked.content).content)

    assert [line.entry.code for line in service.station_lines(street_desk)] == ["HT01", "QR01"]


def test_a_code_that_was_read_out_otherwise_stops_everything(desk: Desk, street_desk: Desk) -> None:
    invited = service.invite(street_desk)
    wrong = invited.fingerprint[:-1] + str((int(invited.fingerprint[-1]) + 1) % 10)

    with pytest.raises(SafetyRefusal, match="核对码不一致"):
        service.request(desk, invited.content, expected=wrong)
    typed = invited.fingerprint.replace(" ", "-")
    asked = service.request(desk, invited.content, expected=f" {typed} ")
    with pytest.raises(SafetyRefusal, match="核对码不一致"):
        service.accept(street_desk, asked.content, expected=invited.fingerprint)
    assert service.station_lines(street_desk) == []


# --- what is refused ------------------------------------------------------------------------------


def test_an_invitation_ends(desk: Desk, street_desk: Desk, clock: FixedClock) -> None:
    invited = service.invite(street_desk)
    asked = service.request(desk, invited.content)
    clock.advance((INVITATION_DAYS + 1) * DAY)

    with pytest.raises(UserError, match="已过期"):
        service.request(desk, invited.content)
    with pytest.raises(UserError, match="已过期"):
        service.accept(street_desk, asked.content)


def test_a_station_whose_clock_stands_at_2000_can_join(
    desk: Desk, street_desk: Desk, clock: FixedClock
) -> None:
    invitation, now = service.invite(street_desk).content, clock.now()
    clock.set(Millis(946_684_800_000))
    asked = service.request(desk, invitation)
    clock.set(now)
    welcome = service.accept(street_desk, asked.content).content
    clock.set(Millis(946_684_900_000))

    assert service.join(desk, welcome).street.code == "CL"


def test_a_request_to_another_street_is_refused(
    desk: Desk, street_desk: Desk, other_street: Desk
) -> None:
    service.invite(street_desk)
    asked = service.request(desk, service.invite(other_street).content)

    with pytest.raises(SafetyRefusal, match="不是对本街道邀请的答复"):
        service.accept(street_desk, asked.content)
    assert service.station_lines(street_desk) == []


def test_a_request_to_a_street_that_never_invited_is_refused(
    desk: Desk, street_desk: Desk, other_street: Desk
) -> None:
    asked = service.request(desk, service.invite(other_street).content)

    with pytest.raises(SafetyRefusal, match="不是对本街道邀请的答复"):
        service.look_at_request(street_desk, asked.content)


def test_a_welcome_for_another_station_is_refused(
    desk: Desk, neighbour: Desk, street_desk: Desk
) -> None:
    invitation = service.invite(street_desk).content
    service.request(neighbour, invitation)
    welcome = service.accept(street_desk, service.request(desk, invitation).content).content

    with pytest.raises(SafetyRefusal, match="不是本站的申请"):
        service.join(neighbour, welcome)
    assert service.my_street(neighbour) is None


def test_a_welcome_for_an_earlier_request_is_refused(desk: Desk, street_desk: Desk) -> None:
    invitation = service.invite(street_desk).content
    first = service.accept(street_desk, service.request(desk, invitation).content).content
    second = service.accept(street_desk, service.request(desk, invitation).content).content

    with pytest.raises(SafetyRefusal, match="已作废的申请"):
        service.join(desk, first)
    assert service.join(desk, second).street.code == "CL"


def test_a_welcome_taken_twice_changes_nothing(desk: Desk, street_desk: Desk) -> None:
    asked = service.request(desk, service.invite(street_desk).content)
    welcome = service.accept(street_desk, asked.content).content
    service.join(desk, welcome)

    with pytest.raises(UserError, match="不用再收") as told:
        service.join(desk, welcome)
    assert told.value.exit_status == ExitStatus.WRONG_INPUT


def test_a_welcome_by_a_street_that_was_not_asked_is_refused(
    desk: Desk, street_desk: Desk, other_street: Desk
) -> None:
    asked = service.request(desk, service.invite(street_desk).content)
    request = files.read_request(asked.content)
    service.invite(other_street)
    with other_street.reading(needs=Right.READ) as connection:
        keys = store.own_keys(connection)
    assert keys is not None
    forged = files.Welcome(
        request.id, request.digest, keys.street(OTHER_STREET), "QR01", "青榕", request.made_at
    )

    with pytest.raises(SafetyRefusal, match="对不上"):
        service.join(desk, files.spell_welcome(forged, keys.signing))
    assert service.my_street(desk) is None


def test_one_pc_cannot_stand_for_two_stations(desk: Desk, street_desk: Desk) -> None:
    invitation = service.invite(street_desk).content
    service.accept(street_desk, service.request(desk, invitation).content)
    with desk.reading(needs=Right.READ) as connection:
        keys = store.own_keys(connection)
    assert keys is not None
    asked = files.read_request(service.request(desk, invitation).content)
    other = files.spell_request(replace(asked, code="HT01"), keys.signing)

    with pytest.raises(SafetyRefusal, match="站点 QR01 的密钥"):
        service.accept(street_desk, other)


def test_station_and_street_cannot_have_one_code(
    open_another: OpenDatabase, street_desk: Desk
) -> None:
    same = Desk(open_another(replace(FACTS, code="CL")), CLERK)

    with pytest.raises(UserError, match="编码都是 CL"):
        service.request(same, service.invite(street_desk).content)


def test_each_edition_refuses_what_is_for_the_other_in_words(desk: Desk, street_desk: Desk) -> None:
    invited = service.invite(street_desk)

    with pytest.raises(UserError, match="要在街道做"):
        service.invite(desk)
    with pytest.raises(UserError, match="要在站点做"):
        service.request(street_desk, invited.content)
    asked = service.request(desk, invited.content)
    with pytest.raises(UserError, match="要在街道做"):
        service.accept(desk, asked.content)
    welcome = service.accept(street_desk, asked.content).content
    with pytest.raises(UserError, match="要在站点做"):
        service.join(street_desk, welcome)


def test_only_who_looks_after_the_office_may_do_it(desk: Desk, street_desk: Desk) -> None:
    clerk = Actor(None, "陈小梅", "窗口", frozenset({Right.READ, Right.EXPORT, Right.RECEIVE}))
    at_street, at_station = Desk(street_desk.database, clerk), Desk(desk.database, clerk)
    invited = service.invite(street_desk)
    asked = service.request(desk, invited.content)
    welcome = service.accept(street_desk, asked.content).content

    for deed in (
        lambda: service.invite(at_street),
        lambda: service.request(at_station, invited.content),
        lambda: service.look_at_request(at_street, asked.content),
        lambda: service.accept(at_street, asked.content),
        lambda: service.join(at_station, welcome),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert service.station_lines(at_street)[0].entry.code == "QR01"
