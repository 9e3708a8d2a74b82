"""What a station has asked of a street is there to be seen until the answer comes."""

from __future__ import annotations

from desktop_app.registers.offices import service
from desktop_app.storage.session import Desk


def test_a_request_is_seen_until_it_is_answered(desk: Desk, street_desk: Desk) -> None:
    assert service.my_request(desk) is None
    invited = service.invite(street_desk)
    requested = service.request(desk, invited.content)
    asked = service.my_request(desk)
    assert asked is not None
    assert asked.street.name == "澄岭街道"
    assert asked.street_fingerprint == invited.fingerprint
    assert asked.fingerprint == requested.fingerprint
    service.join(desk, service.accept(street_desk, requested.content).content)
    assert service.my_request(desk) is None


def test_of_two_requests_the_later_one_counts(desk: Desk, street_desk: Desk) -> None:
    content = service.invite(street_desk).content
    first, second = service.request(desk, content), service.request(desk, content)
    asked = service.my_request(desk)
    assert asked is not None
    assert asked.fingerprint == second.fingerprint != first.fingerprint
