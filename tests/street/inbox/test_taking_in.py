"""Files that stations sent are taken in."""

from __future__ import annotations

from desktop_app.core.rights import Right
from desktop_app.ledgers.visits.store import SHELF as VISITS
from desktop_app.registers.residents.store import SHELF as RESIDENTS
from desktop_app.street.inbox.rules.verdicts import Outcome
from tests.ledgers.visits.builders import matter, register, resident
from tests.street.inbox.conftest import Post


def test_what_a_station_reports_stands_in_the_streets_ledgers(post: Post) -> None:
    person = resident(post.station)
    made = register(post.station, matter(), resident=person.uid)

    verdict = post.report()

    assert verdict.outcome is Outcome.APPLIED
    with post.street.reading(needs=Right.READ) as connection:
        kept = VISITS.need(connection, made.uid)
        assert (kept.station, kept.number, kept.revision) == ("QR01", made.number, 1)
        assert RESIDENTS.need(connection, person.uid).name == "陈*英"
