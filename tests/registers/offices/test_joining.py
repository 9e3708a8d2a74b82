"""A station joins a street: four steps, three files, and a code read out by telephone."""

from __future__ import annotations

from desktop_app.core.rights import Right
from desktop_app.registers.offices import service, store
from desktop_app.registers.offices.rules import StationState
from desktop_app.storage.session import Desk
from tests.registers.offices.enrolled import enrol


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
        assert key.recipient == station.opening.recipient
    (line,) = service.station_lines(street_desk)
    assert (line.entry.name, line.entry.state) == ("青榕雅苑党群服务站", StationState.JOINED)
    assert service.my_street(desk) == enrolled.street
