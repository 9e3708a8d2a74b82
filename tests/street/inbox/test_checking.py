"""The check of a street's data knows what its stations sent, and names each kind of damage."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from desktop_app.core.job import Job
from desktop_app.ledgers.visits.tables import VISIT
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.service.checking import check_received
from desktop_app.street.inbox.tables import RECEIVED, RECEIVED_STATION
from tests.street import records
from tests.street.inbox.conftest import Carry
from tests.street.parcels import HandStation

ONE, TWO, THREE = records.uid(1), records.uid(2), records.uid(3)


def complaints(street: Desk) -> list[str]:
    return check_received(street, Job("检查"))


@pytest.fixture
def sent(hand: HandStation, carry: Carry) -> HandStation:
    """A station that sent all there is: kept, deleted, withheld, parked, and what never travels."""
    hand.unsaid()
    for n, uid in enumerate((ONE, TWO, THREE), start=1):
        hand.put("visits", uid, records.visit(n))
    carry(hand.bundle())
    hand.put("visits", ONE, records.visit(1, people=2))
    hand.delete("visits", TWO)
    hand.withhold("visits", THREE)
    hand.put("visits", records.uid(4), {**records.visit(4), "people": "四"})
    carry(hand.bundle())
    return hand


def spoil(street: Desk, statement: sa.Update | sa.Delete) -> None:
    with street.database.unrecorded() as connection:
        assert connection.execute(statement).rowcount == 1


def test_what_came_and_lies_as_it_came_has_no_complaint(street: Desk, sent: HandStation) -> None:
    assert len(sent.log) == 8
    assert complaints(street) == []


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(VISIT).where(VISIT.c.uid == ONE).values(revision=9),
        sa.update(VISIT).where(VISIT.c.uid == TWO).values(deleted_at=None),
        sa.delete(VISIT).where(VISIT.c.uid == ONE),
    ],
)
def test_a_row_that_is_not_what_came_last_is_found(
    street: Desk, sent: HandStation, statement: sa.Update | sa.Delete
) -> None:
    spoil(street, statement)

    assert complaints(street) == ["各站的来访有 1 条与收到的变更不一致。"]


def test_a_log_with_a_hole_or_another_digest_is_found(street: Desk, sent: HandStation) -> None:
    third = RECEIVED.c.n == 3
    spoil(street, sa.update(RECEIVED).where(third).values(digest=bytes(32)))
    (changed,) = complaints(street)
    assert f"“{sent.name}”的第 3 号变更被改动过" in changed

    spoil(street, sa.delete(RECEIVED).where(third))
    assert f"“{sent.name}”的第 3 号变更不见了。" in complaints(street)


def test_a_log_that_ends_early_is_found(street: Desk, sent: HandStation) -> None:
    spoil(street, sa.update(RECEIVED_STATION).values(applied=9))

    assert complaints(street) == [f"“{sent.name}”的收件记录与它的进度对不上。"]
