"""Posts, claims and shifts as records: their plain form, and what of it a street gets."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app.core.rights import Right
from desktop_app.core.travel import Profile
from desktop_app.ledgers.posts import service, store
from desktop_app.ledgers.posts.record import KINDS
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome
from tests.ledgers.posts.builders import NIGHT, TODAY, TUESDAY, on_post, plan, post, volunteer
from tests.street.whistles.conftest import Both, both

__all__ = ["both"]

SHELVES: Any = (store.POST_SHELF, store.CLAIM_SHELF, store.SHIFT_SHELF)
SAID = ("两处相邻，老伴同去", "钥匙在门卫老林处")


def lived(desk: Desk) -> None:
    """Two posts, a claim, and a shift that overlaps another."""
    who = volunteer(desk)
    patrol = post(desk, remark=SAID[1])
    on_post(desk, patrol, who)
    plan(desk, patrol, who)
    plan(desk, post(desk, name="文明劝导", pattern=NIGHT), who, starts=(20, 0), override=SAID[0])


def rows(desk: Desk, shelf: Any) -> list[Any]:
    with desk.reading(needs=Right.READ) as connection:
        query = sa.select(shelf.table).order_by(shelf.table.c.uid)
        found: list[Any] = shelf.values(connection.execute(query).mappings())
    return found


def test_the_plain_form_is_the_whole_record(desk: Desk) -> None:
    lived(desk)
    kind: Any
    for kind, shelf in zip(KINDS, SHELVES, strict=True):
        found = rows(desk, shelf)
        assert found
        for one in found:
            common = {
                name: getattr(one, name)
                for name in ("uid", "station", "revision", "created_at", "changed_at", "deleted_at")
            }
            assert kind.from_plain(common, kind.to_plain(one), kind.version) == one


@pytest.mark.parametrize("profile", [Profile.STATS, Profile.WORK])
def test_a_street_sees_who_is_missing_where_and_not_what_was_said(
    both: Both, profile: Profile
) -> None:
    lived(both.station)
    assert both.report(profile).outcome is Outcome.APPLIED
    for shelf in SHELVES:
        here, there = rows(both.station, shelf), rows(both.street, shelf)
        assert [one.uid for one in there] == [one.uid for one in here]
        assert [one.state for one in there] == [one.state for one in here]
    mine, theirs = (service.roster(desk, TODAY, TUESDAY) for desk in (both.station, both.street))
    assert [row.holes for row in theirs.rows] == [row.holes for row in mine.rows]
    assert len(theirs.clashes) == 1
    told = str([rows(both.street, shelf) for shelf in SHELVES])
    assert not any(said in told for said in SAID)
