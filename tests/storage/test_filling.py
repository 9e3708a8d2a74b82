"""What is copied into a test's database is what the services wrote, and can be gone on from."""

from __future__ import annotations

from typing import Any

from desktop_app.core.clock import FixedClock
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits import service
from desktop_app.storage import audit
from desktop_app.storage.base import METADATA
from desktop_app.storage.session import Desk
from tests.filling import FilledAt
from tests.ledgers.visits.builders import register, timed
from tests.stations import CLERK, FACTS, OpenDatabase


def two_visits(desk: Desk, clock: FixedClock) -> int:
    register(desk, timed())
    clock.advance(3_600)
    register(desk, name="李国强")
    return 2


def rows(desk: Desk) -> dict[str, list[Any]]:
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        return {
            name: sorted(map(repr, connection.execute(table.select())))
            for name, table in METADATA.tables.items()
        }


def test_a_copy_is_every_row_and_goes_on_like_what_was_copied(
    desk: Desk, open_another: OpenDatabase, filled_at: FilledAt, clock: FixedClock
) -> None:
    other = Desk(open_another(FACTS), CLERK)
    before = clock.now()
    answers = [filled_at(desk, two_visits)]
    after = clock.now()
    clock.set(before)
    answers.append(filled_at(other, two_visits))

    assert answers == [2, 2]
    assert clock.now() == after
    assert rows(other) == rows(desk)
    assert sum(map(len, rows(other).values())) > 10
    service.count_only(other)
    with other.reading(needs=Right.READ_AUDIT) as connection:
        assert audit.check_changes(connection) + audit.check_audit(connection) == []
