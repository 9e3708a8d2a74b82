"""Another street, another key, a street that starts anew: over real bundles and receipts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.registers.offices import service as offices
from desktop_app.station.reporting.service.state import state
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome, Verdict
from tests.ledgers.visits.builders import register, stored, timed
from tests.registers.offices.enrolled import believes, enrol, keys_of
from tests.stations import CLERK, STREET_FACTS, OpenDatabase
from tests.street.inbox.conftest import Post


def moved(post: Post, street: Desk) -> Post:
    """The same station, which reports to another street from now on."""
    invitation = offices.invite(street).content
    asked = offices.request(post.station, invitation, move=True)
    offices.join(post.station, offices.accept(street, asked.content).content)
    folder = post.folder / "moved"
    folder.mkdir()
    return replace(post, street=street, folder=folder)


def reported(post: Post) -> Verdict:
    """Up and down; and once more when a street that has nothing asks for the beginning."""
    verdict = post.report()
    return post.report() if verdict.outcome is Outcome.GAP else verdict


@pytest.fixture
def other_street(open_another: OpenDatabase) -> Desk:
    facts = replace(STREET_FACTS, code="QX", name="栖溪街道", lineage="other-street")
    return Desk(open_another(facts), CLERK)


def test_a_station_that_moves_brings_all_its_rows_to_the_new_street(
    post: Post, other_street: Desk
) -> None:
    first = register(post.station, timed())
    assert post.report().outcome is Outcome.APPLIED
    second = register(post.station, timed())
    there = moved(post, other_street)

    assert reported(there).outcome is Outcome.APPLIED

    assert [stored(there.street, made.uid).number for made in (first, second)] == [
        first.number,
        second.number,
    ]
    assert state(post.station).waiting == 0
    assert stored(post.street, first.uid).number == first.number


def test_a_new_key_comes_into_use_while_bundles_go_to_and_fro(post: Post) -> None:
    old = keys_of(post.station).signing.public
    register(post.station, timed())
    assert post.report().outcome is Outcome.APPLIED
    new = bytes.fromhex(offices.rotate(post.station))
    register(post.station, timed())
    lost = post.carry(*post.export())[0]
    assert lost.outcome is Outcome.APPLIED
    assert keys_of(post.station).signing.public == old

    register(post.station, timed())
    assert post.report().outcome is Outcome.APPLIED
    assert keys_of(post.station).signing.public == new
    assert believes(post.street, "QR01", old)
    register(post.station, timed())
    assert post.report().outcome is Outcome.APPLIED

    assert believes(post.street, "QR01", new)
    assert not believes(post.street, "QR01", old)


def test_a_street_that_starts_anew_with_its_paper_key_gets_everything_again(
    desk: Desk, street_desk: Desk, open_another: OpenDatabase, clock: FixedClock, tmp_path: Path
) -> None:
    paper_key = enrol(desk, street_desk).paper_key
    assert paper_key is not None
    post = Post(desk, street_desk, clock, tmp_path)
    first = register(desk, timed())
    post.report()
    second = register(desk, timed())
    on_the_way = post.export()
    anew = Desk(open_another(replace(STREET_FACTS, lineage="street-second")), CLERK)
    offices.recover_key(anew, paper_key)
    there = moved(post, anew)

    # What was sealed before opens with the paper key; only its beginning is not there any more.
    assert there.carry(*on_the_way)[0].outcome is Outcome.GAP
    assert reported(there).outcome is Outcome.APPLIED

    for made in (first, second):
        assert stored(anew, made.uid).number == made.number
    assert state(desk).waiting == 0
