"""A record that cannot be applied waits with all that came of it, and the rest goes on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app import catalog
from desktop_app.bundle.lines import CurrentLine
from desktop_app.core.clock import FixedClock
from desktop_app.core.travel import Profile
from desktop_app.ledgers.visits import store as visits
from desktop_app.storage.session import Desk
from desktop_app.storage.shelf import Shelf
from desktop_app.street.inbox import service
from desktop_app.street.inbox.rules.parking import Reason
from desktop_app.street.inbox.rules.verdicts import Outcome
from tests.street import looking, records
from tests.street.inbox.conftest import Carry
from tests.street.parcels import HandStation, hand_station

ONE, TWO = records.uid(1), records.uid(2)


def reasons(street: Desk) -> list[Reason]:
    return [line.record.reason for line in service.parked(street)]


def upgrade(monkeypatch: pytest.MonkeyPatch, version: int, step: Any) -> None:
    """Have this program know a newer form of a visit."""
    kind = replace(visits.SHELF.kind, version=version, upgrades={1: step})
    shelf = Shelf(kind, visits.SHELF.table)
    monkeypatch.setattr(visits, "SHELF", shelf)
    assert catalog.travelling()["visits"] is shelf


@pytest.mark.parametrize(
    ("fields", "more", "reason"),
    [
        ({"people": "四"}, {}, Reason.UNREADABLE),
        ({"state": "dreaming"}, {}, Reason.UNREADABLE),
        ({"day": "2026-13-40"}, {}, Reason.UNREADABLE),
        ({"leads": 1}, {}, Reason.UNREADABLE),
        ({"batch": "no uid"}, {}, Reason.UNREADABLE),
        ({"people": 100_000}, {}, Reason.UNFIT),
        ({"building": "长" * 500}, {}, Reason.UNFIT),
        ({}, {"version": 2}, Reason.NEWER),
    ],
)
def test_one_record_that_does_not_fit_is_parked_and_the_rest_goes_on(
    street: Desk,
    hand: HandStation,
    carry: Carry,
    fields: dict[str, Any],
    more: dict[str, Any],
    reason: Reason,
) -> None:
    hand.put("visits", ONE, {**records.visit(1), **fields}, **more)
    hand.put("visits", TWO, records.visit(2))

    (verdict,) = carry(hand.bundle())

    assert (verdict.outcome, verdict.parked) == (Outcome.PARKED, 1)
    assert verdict.counts["visits"] == {"new": 1, "parked": 1}
    assert reasons(street) == [reason]
    assert looking.record(street, "visits", ONE) is None
    assert looking.record(street, "visits", TWO) is not None
    assert looking.standing(street, "HL01").applied == 2
    assert verdict.receipt_path is not None
    (told,) = hand.receipt(verdict.receipt_path).parked
    assert (told.kind, told.uid, told.reason) == ("visits", ONE, reason.label)


def test_which_field_is_to_blame_is_said_in_words(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, {**records.visit(1), "people": "四"})
    carry(hand.bundle())

    (line,) = service.parked(street)

    assert (line.label, line.why) == ("来访", "有一项内容读不懂（人数）")


def test_rows_of_a_kind_that_is_not_known_here_wait_for_an_upgrade(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("wishes", ONE, {"text": "一盏灯"})

    (verdict,) = carry(hand.bundle())

    assert verdict.outcome is Outcome.PARKED
    (line,) = service.parked(street)
    assert (line.record.reason, dict(line.record.fields)) == (Reason.UNKNOWN, {"text": "一盏灯"})
    assert service.retry_parked(street) == service.Retried(0, 1)


def test_after_an_upgrade_what_was_too_new_goes_in(
    street: Desk, hand: HandStation, carry: Carry, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.put("visits", ONE, {**records.visit(1), "mood": "calm"}, version=2)
    carry(hand.bundle())
    upgrade(monkeypatch, 2, dict)

    retried = service.retry_parked(street)

    assert retried == service.Retried(applied=1, parked=0)
    assert looking.record(street, "visits", ONE).number == "HL01-2026A-00001"
    assert service.parked(street) == []
    assert looking.dirty_months(street, "HL01") == {"2026-11"}
    (entry,) = looking.rows(street, "received")
    assert entry["form"] is not None


def test_an_older_form_is_read_by_the_steps_of_its_kind(
    street: Desk, hand: HandStation, carry: Carry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def renamed(plain: dict[str, Any]) -> dict[str, Any]:
        return {"matter_name" if name == "thing" else name: one for name, one in plain.items()}

    upgrade(monkeypatch, 2, renamed)
    fields = records.visit(1)
    fields["thing"] = fields.pop("matter_name") + "办证"
    hand.put("visits", ONE, fields)

    (verdict,) = carry(hand.bundle())

    assert verdict.outcome is Outcome.APPLIED
    assert looking.record(street, "visits", ONE).matter_name == "办证"


def test_a_number_that_is_taken_parks_the_second_and_a_new_number_frees_it(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, records.visit(1))
    hand.put("visits", TWO, records.visit(2, number="HL01-2026A-00001"))
    (verdict,) = carry(hand.bundle())
    assert verdict.counts["visits"] == {"new": 1, "parked": 1}
    assert reasons(street) == [Reason.TAKEN]

    hand.put("visits", TWO, records.visit(2))
    carry(hand.bundle(first=3))

    assert reasons(street) == []
    assert looking.record(street, "visits", TWO).number == "HL01-2026A-00002"


def test_what_stood_in_the_way_may_move_and_a_retry_finds_that(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, records.visit(1))
    hand.put("visits", TWO, records.visit(2, number="HL01-2026A-00001"))
    carry(hand.bundle())
    hand.put("visits", ONE, records.visit(1, number="HL01-2026A-00003"))
    carry(hand.bundle(first=3))

    assert service.retry_parked(street) == service.Retried(1, 0)
    assert looking.record(street, "visits", TWO).number == "HL01-2026A-00001"


def test_a_station_cannot_touch_a_record_of_another(
    street: Desk, hand: HandStation, carry: Carry, clock: FixedClock, tmp_path: Path
) -> None:
    other = hand_station(street, clock, tmp_path / "other", "XY02", "西园站")
    hand.put("visits", ONE, {**records.visit(1), "mood": "calm"})
    hand.put("visits", TWO, records.visit(2))
    carry(hand.bundle())
    before = looking.dump(street)["visit"], looking.dump(street)["received_extra"]
    other.put("visits", ONE, records.visit(1, summary="改写"))
    other.delete("visits", TWO)
    other.withhold("visits", ONE)
    other.put("visits", ONE, records.visit(1, summary="改写"))

    (verdict,) = carry(other.bundle())

    assert verdict.outcome is Outcome.PARKED
    assert reasons(street) == [Reason.FOREIGN]
    assert (looking.dump(street)["visit"], looking.dump(street)["received_extra"]) == before


def test_a_record_of_the_street_itself_is_nobody_elses(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    from tests.ledgers.visits.builders import register

    own = register(street)
    hand.put("visits", own.uid, records.visit(1))

    (verdict,) = carry(hand.bundle())

    assert verdict.parked == 1
    assert looking.record(street, "visits", own.uid) == own


def test_changes_without_the_content_they_promise_are_shown(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, records.visit(1))
    bare = [replace(line, fields=None) for line in hand.log]

    (verdict,) = carry(hand.bundle(changes=bare))

    assert verdict.parked == 1
    assert reasons(street) == [Reason.MISSING]


def test_a_parked_record_is_told_more_whole_when_more_of_it_comes(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("residents", ONE, records.resident(1), version=2)
    carry(hand.bundle())
    fuller = records.resident(1, Profile.FULL)
    again = CurrentLine("residents", ONE, 1, 2, records.AT, fuller)

    carry(hand.bundle(first=2, current=[again], profile="full", projection="full-1"))

    (line,) = service.parked(street)
    assert (line.record.fields["name"], line.record.profile) == ("陈桂英", "full")
