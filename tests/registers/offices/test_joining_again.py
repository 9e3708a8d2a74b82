"""Another PC of a station, another street: each only on purpose."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import SafetyRefusal, UserError
from desktop_app.registers.offices import service
from desktop_app.storage.session import Desk
from tests.registers.offices.enrolled import believes, enrol, keys_of


def test_accepting_the_same_request_again_gives_the_answer_again(
    desk: Desk, street_desk: Desk
) -> None:
    asked = service.request(desk, service.invite(street_desk).content)
    service.accept(street_desk, asked.content)

    again = service.accept(street_desk, asked.content)

    assert service.look_at_request(street_desk, asked.content).repeated
    assert not again.replaced
    assert service.join(desk, again.content).street.code == "CL"
    assert len(service.station_lines(street_desk)[0].keys) == 1


def test_another_pc_of_the_station_must_be_accepted_on_purpose(
    desk: Desk, new_pc: Desk, street_desk: Desk
) -> None:
    enrol(desk, street_desk)
    asked = service.request(new_pc, service.invite(street_desk).content)

    look = service.look_at_request(street_desk, asked.content)
    assert (look.replaces, look.same_data) == (True, False)
    with pytest.raises(UserError, match="已有一台电脑加入过"):
        service.accept(street_desk, asked.content)
    assert believes(street_desk, "QR01", keys_of(desk).signing.public)

    welcomed = service.accept(street_desk, asked.content, replace_pc=True)
    service.join(new_pc, welcomed.content)
    assert welcomed.replaced
    assert believes(street_desk, "QR01", keys_of(new_pc).signing.public)
    assert not believes(street_desk, "QR01", keys_of(desk).signing.public)
    (line,) = service.station_lines(street_desk)
    assert [key.lineage for key in line.keys] == ["first", "second"]


def test_a_request_of_the_pc_before_cannot_come_back(
    desk: Desk, new_pc: Desk, street_desk: Desk
) -> None:
    invitation = service.invite(street_desk).content
    old = service.request(desk, invitation).content
    service.accept(street_desk, old)
    service.accept(street_desk, service.request(new_pc, invitation).content, replace_pc=True)

    with pytest.raises(SafetyRefusal, match="已被后来的密钥代替"):
        service.accept(street_desk, old, replace_pc=True)
    assert believes(street_desk, "QR01", keys_of(new_pc).signing.public)


def test_a_station_goes_over_to_another_street_only_on_purpose(
    desk: Desk, street_desk: Desk, other_street: Desk
) -> None:
    enrol(desk, street_desk)
    before = keys_of(desk).signing.public
    invitation = service.invite(other_street).content

    with pytest.raises(UserError, match="已加入“澄岭街道”") as told:
        service.request(desk, invitation)
    assert "--move" in told.value.next_step
    asked = service.request(desk, invitation, move=True)
    still = service.my_street(desk)
    assert still is not None
    assert still.code == "CL"
    joined = service.join(desk, service.accept(other_street, asked.content).content)

    assert (joined.street.name, keys_of(desk).signing.public) == ("栖溪街道", before)
    assert joined.moved_from is not None
    assert joined.moved_from.name == "澄岭街道"
    assert service.my_street(desk) == joined.street


def test_a_station_that_was_away_comes_back(
    desk: Desk, street_desk: Desk, other_street: Desk
) -> None:
    enrol(desk, street_desk)
    there = service.request(desk, service.invite(other_street).content, move=True)
    service.join(desk, service.accept(other_street, there.content).content)
    back = service.request(desk, service.invite(street_desk).content, move=True)
    service.join(desk, service.accept(street_desk, back.content).content)

    street = service.my_street(desk)
    assert street is not None
    assert street.code == "CL"
