"""A ledger that is added later travels by what it says of itself: its folder on the catalog's list
is all there is to do, and nothing in bundle, station or street knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop_app import catalog
from desktop_app.core.periods import parse_period
from desktop_app.core.rights import Right
from desktop_app.core.told import By
from desktop_app.core.travel import Profile
from desktop_app.station.period_figures.service import period_report
from desktop_app.storage.session import Desk
from desktop_app.street.inbox import service
from desktop_app.street.inbox.rules.verdicts import Outcome
from desktop_app.street.overview.service import breakdown, street_report
from tests.street import looking
from tests.street.inbox.conftest import Post, post
from tests.street.toy_ledger.figures import LostFilter
from tests.street.toy_ledger.rules import Fate, LostThing, Mark
from tests.street.toy_ledger.store import SHELF
from tests.street.toy_ledger.tables import LOST_THING

__all__ = ["post"]

FOLDER = "tests.street.toy_ledger"


@pytest.fixture
def toy(post: Post, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """Station and street both have the toy ledger."""
    desks = (post.station, post.street)
    for desk in desks:
        with desk.database.unrecorded() as connection:
            LOST_THING.create(connection)
    monkeypatch.setattr(catalog, "FOLDERS", (*catalog.FOLDERS, FOLDER))
    yield post
    for desk in desks:
        with desk.database.unrecorded() as connection:
            LOST_THING.drop(connection)


def put(desk: Desk, thing: LostThing) -> LostThing:
    with desk.unit_of_work("登记失物", needs=Right.REGISTER) as unit:
        return SHELF.put(unit, thing)


def lost(desk: Desk, number: int = 1, **more: Any) -> LostThing:
    """A thing as it was brought in."""
    values = {
        "uid": desk.database.new_uid(),
        "station": desk.database.station.code,
        "number": f"QR01-S{number:03d}",
        "what": "雨伞",
        "found_on": date(2026, 11, 20),
        "phone": "13800005678",
        "marks": (Mark("黑色", 2),),
        **more,
    }
    return put(desk, LostThing(**values))


def test_it_goes_up_in_the_profiles_its_fields_name(toy: Post) -> None:
    thing = lost(toy.station)

    verdict = toy.report()

    assert verdict.outcome is Outcome.APPLIED
    assert "失物新增 1" in verdict.sentence
    kept = looking.record(toy.street, "lost_things", thing.uid)
    assert (kept.what, kept.fate, kept.phone, kept.marks) == (
        "雨伞", Fate.KEPT, "138****5678", (),
    )  # fmt: skip


def test_it_is_changed_deleted_and_withheld_like_any_other(toy: Post) -> None:
    claimed, gone, secret = (lost(toy.station, n) for n in (1, 2, 3))
    toy.report()
    put(toy.station, _with(claimed, fate=Fate.CLAIMED))
    with toy.station.unit_of_work("删除失物", needs=Right.ERASE) as unit:
        SHELF.remove(unit, gone)
    put(toy.station, _with(secret, note="保密"))

    verdict = toy.report()

    assert verdict.counts["lost_things"] == {"changed": 1, "deleted": 1, "withheld": 1}
    assert looking.record(toy.street, "lost_things", claimed.uid).fate is Fate.CLAIMED
    assert looking.record(toy.street, "lost_things", gone.uid).deleted
    assert looking.record(toy.street, "lost_things", secret.uid) is None


def test_more_of_it_comes_when_the_profile_is_wider(toy: Post) -> None:
    thing = lost(toy.station)
    toy.report(Profile.STATS)
    assert looking.record(toy.street, "lost_things", thing.uid).phone == ""

    verdict = toy.report(Profile.WORK)

    assert verdict.counts["lost_things"] == {"filled": 1}
    assert looking.record(toy.street, "lost_things", thing.uid).phone == "138****5678"


def test_a_street_without_it_parks_it_until_it_has_it(
    toy: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    thing = lost(toy.station)
    paths = toy.export()
    with monkeypatch.context() as older:
        older.setattr(catalog, "FOLDERS", catalog.FOLDERS[:-1])
        (verdict,) = toy.carry(*paths)
    assert verdict.outcome is Outcome.PARKED

    retried = service.retry_parked(toy.street)

    assert retried == service.Retried(1, 0)
    assert looking.record(toy.street, "lost_things", thing.uid).what == "雨伞"


def test_it_goes_back_down_in_a_snapshot(toy: Post) -> None:
    lost(toy.station)
    toy.report()

    path = service.snapshot_for(toy.street, "QR01", toy.folder)

    assert path.name == "对账-QR01-000001.jlb"


def _with(thing: LostThing, **more: Any) -> LostThing:
    from dataclasses import replace

    return replace(thing, **more)


def test_its_figures_stand_among_the_street_s_and_its_station_s(toy: Post) -> None:
    lost(toy.station, 1)
    claimed = lost(toy.station, 2)
    put(toy.station, replace(claimed, fate=Fate.CLAIMED))
    lost(toy.station, 3, found_on=date(2026, 10, 9))
    toy.report()
    november = parse_period("2026-11")
    mine = period_report(toy.station, november)
    street = street_report(toy.street, november)
    for told in (mine, street):
        assert told.line("lost_things.found").words == "2"
        assert told.line("lost_things.claimed").words == "1"
        assert "整改数" not in told.not_kept
        assert "整改数" in [cell.label for cell in told.table]
        assert "失物" in [group.title for group in told.groups]
    found = street.line("lost_things.found")
    assert found.before is not None
    assert found.before.change == "比上月 +1（+100.0%）"
    assert "lost_things.trend" in [drawn.key for drawn in street.charts]
    (line,) = breakdown(toy.street, november, By.STATION).lines
    rows = next(one.rows for one in line.figures if one.name == "lost_things.found")
    assert rows is not None
    assert rows.wanted == LostFilter(
        since=november.first, until=november.last, stations=(toy.station.database.station.code,)
    )
