"""Rows that come again under a wider projection fill what was missing, and invent no change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop_app.bundle.lines import CurrentLine
from desktop_app.core.clock import FixedClock
from desktop_app.core.travel import Profile
from desktop_app.registers.residents.rules import Phone
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome
from tests.street import looking, records
from tests.street.inbox.conftest import Carry
from tests.street.parcels import HandStation

ONE, TWO = records.uid(1), records.uid(2)
FULL: dict[str, Any] = {"profile": "full", "projection": "full-1"}


def again(n: int, revision: int = 1, profile: Profile = Profile.FULL) -> CurrentLine:
    """Resident `n` as it stands now."""
    fields = records.resident(n, profile)
    return CurrentLine("residents", records.uid(n), revision, 1, records.AT, fields)


def test_a_wider_row_of_the_same_revision_fills_what_was_missing(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("residents", ONE, records.resident(1))
    carry(hand.bundle())
    before = looking.record(street, "residents", ONE)

    (verdict,) = carry(hand.bundle(first=2, current=[again(1)], **FULL))

    kept = looking.record(street, "residents", ONE)
    assert (kept.name, kept.phones, kept.workplace) == (
        "陈桂英", (Phone("13800005678"),), "街道菜场",
    )  # fmt: skip
    assert (kept.revision, kept.changed_at) == (before.revision, before.changed_at)
    assert verdict.outcome is Outcome.APPLIED
    assert verdict.counts == {"residents": {"filled": 1}}
    assert len(looking.rows(street, "received")) == 1
    assert looking.standing(street, "HL01").projection == "full-1"
    assert any(row["person"] == ONE for row in looking.rows(street, "person_key"))


def test_a_row_of_another_revision_is_left_alone(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("residents", ONE, records.resident(1))
    hand.put("residents", ONE, records.resident(1))
    carry(hand.bundle())

    (verdict,) = carry(hand.bundle(first=3, current=[again(1, revision=1)], **FULL))

    assert looking.record(street, "residents", ONE).name == "陈*英"
    assert verdict.counts == {}


def test_what_is_there_whole_is_not_exchanged_for_something_masked(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("residents", ONE, records.resident(1, Profile.FULL))
    carry(hand.bundle(**FULL))

    carry(hand.bundle(first=2, current=[again(1, profile=Profile.WORK)], projection="work-2"))

    kept = looking.record(street, "residents", ONE)
    assert (kept.name, kept.workplace) == ("陈桂英", "街道菜场")


def test_an_erased_row_is_not_filled(street: Desk, hand: HandStation, carry: Carry) -> None:
    hand.put("residents", ONE, records.resident(1))
    hand.delete("residents", ONE)
    carry(hand.bundle(last=1))
    carry(hand.bundle(first=2))

    carry(hand.bundle(first=3, current=[again(1), again(1, revision=2)], **FULL))

    assert "陈桂英" not in repr(looking.dump(street, without=()))


def test_a_bundle_that_repeats_known_changes_more_whole_fills_them(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("residents", ONE, records.resident(1))
    carry(hand.bundle())
    hand.log[0] = replace(hand.log[0], fields=records.resident(1, Profile.FULL))
    hand.put("residents", TWO, records.resident(2, Profile.FULL))

    (verdict,) = carry(hand.bundle(**FULL))

    assert verdict.counts == {"residents": {"new": 1, "filled": 1}}
    assert looking.record(street, "residents", ONE).name == "陈桂英"


def test_the_same_wider_bundle_twice_is_a_duplicate(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("residents", ONE, records.resident(1))
    carry(hand.bundle())
    path = hand.bundle(first=2, current=[again(1)], **FULL)
    carry(path)
    before = looking.dump(street)

    (verdict,) = carry(path)

    assert verdict.outcome is Outcome.DUPLICATE
    assert looking.dump(street) == before


def test_an_older_bundle_that_comes_late_takes_nothing_back(
    street: Desk, hand: HandStation, carry: Carry, clock: FixedClock
) -> None:
    hand.put("residents", ONE, records.resident(1))
    masked = hand.bundle()
    clock.advance(60)
    whole = hand.bundle(current=[again(1)], **FULL)
    carry(whole)

    (verdict,) = carry(masked)

    assert verdict.outcome is Outcome.DUPLICATE
    assert looking.standing(street, "HL01").projection == "full-1"
    assert looking.record(street, "residents", ONE).name == "陈桂英"
