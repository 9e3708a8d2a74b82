"""Only what a station of ours signed for us is taken, and what it tells of itself is put down."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.bundle.keyring import OpeningKey, SigningKey
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import ExitStatus
from desktop_app.core.rights import Right
from desktop_app.registers.offices import store as offices
from desktop_app.registers.offices.rules import StationState
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome
from tests.street import looking, records
from tests.street.inbox.conftest import Carry
from tests.street.parcels import HandStation, hand_station

ONE = records.uid(1)


def change(street: Desk, state: StationState, **more: str) -> None:
    """Something became of station HL01."""
    with street.unit_of_work("改站点", needs=Right.MANAGE_STATION) as unit:
        entry = offices.station_named(unit.connection, "HL01")
        assert entry is not None
        offices.SHELF.put(unit, replace(entry, state=state, **more))  # type: ignore[arg-type]


def close(street: Desk, *, revoke: bool) -> None:
    with street.unit_of_work("吊销", needs=Right.MANAGE_STATION) as unit:
        offices.close_keys(unit, "HL01", "电脑丢失", revoke=revoke)


def refused(street: Desk, carry: Carry, path: Path) -> str:
    """What is said of a file that is refused, with nothing changed and nothing answered."""
    before = looking.dump(street)
    (verdict,) = carry(path)
    assert verdict.outcome is Outcome.REFUSED
    assert verdict.exit_status is ExitStatus.REFUSED
    assert verdict.receipt_path is None
    assert looking.dump(street) == before
    return verdict.sentence


def test_a_key_that_nobody_knows(street: Desk, hand: HandStation, carry: Carry) -> None:
    hand.put("visits", ONE, records.visit(1))

    said = refused(street, carry, hand.bundle(signer=SigningKey.fresh()))

    assert "说是“华莲站”发来的，签名却不是它的" in said


def test_one_station_in_the_name_of_another(
    street: Desk, hand: HandStation, carry: Carry, clock: FixedClock, tmp_path: Path
) -> None:
    other = hand_station(street, clock, tmp_path / "other", "XY02", "西园站")
    other.put("visits", ONE, records.visit(1))

    assert "签名却不是它的" in refused(street, carry, other.bundle(sender="HL01"))


def test_a_station_that_is_none_of_ours(street: Desk, hand: HandStation, carry: Carry) -> None:
    assert "本街道没有这个站点" in refused(street, carry, hand.bundle(sender="ZZ99"))


def test_a_bundle_for_another_street_that_somebody_sealed_anew_for_us(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    assert "不是发给本机构" in refused(street, carry, hand.bundle(recipient="OTHER"))


def test_a_bundle_that_is_sealed_to_somebody_else(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    path = hand.bundle(recipients=[OpeningKey.fresh().recipient])

    assert "不是封给本机的" in refused(street, carry, path)


def test_a_revoked_key_and_one_that_was_replaced(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, records.visit(1))
    path = hand.bundle()
    close(street, revoke=False)
    assert "换下的旧密钥" in refused(street, carry, path)
    close(street, revoke=True)
    assert "已吊销的密钥" in refused(street, carry, path)


@pytest.mark.parametrize(
    ("state", "more", "said"),
    [
        (StationState.MERGED, {"successor": "XY02"}, "已经并入别的站点（XY02）"),
        (StationState.MOVED, {"moved_to": "松岗街道"}, "已经迁到“松岗街道”"),
    ],
)
def test_a_station_that_is_over_is_refused_once_its_key_is_closed(
    street: Desk,
    hand: HandStation,
    carry: Carry,
    state: StationState,
    more: dict[str, str],
    said: str,
) -> None:
    hand.put("visits", ONE, records.visit(1))
    change(street, state, **more)

    (last,) = carry(hand.bundle())
    close(street, revoke=True)

    assert last.outcome is Outcome.APPLIED
    assert said in refused(street, carry, hand.bundle())


def test_what_the_street_writes_itself_is_not_taken_in(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    from desktop_app.bundle.header import ParcelKind

    path = hand.seal(ParcelKind.SNAPSHOT, (), ())

    (verdict,) = carry(path)

    assert (verdict.outcome, verdict.exit_status) == (Outcome.REFUSED, ExitStatus.WRONG_INPUT)


def test_a_change_that_the_header_does_not_account_for(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    for n in (1, 2, 3):
        hand.put("visits", records.uid(n), records.visit(n))

    assert "前后接不上" in refused(street, carry, hand.bundle(hash_after=bytes(32)))
    assert "前后接不上" in refused(street, carry, hand.bundle(changes=[hand.log[0], hand.log[2]]))


def test_an_announced_key_is_believed_from_then_on(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    coming = SigningKey.fresh()
    hand.put("visits", ONE, records.visit(1))
    (verdict,) = carry(hand.bundle(next_key=coming.public.hex()))
    assert verdict.receipt_path is not None
    assert coming.public.hex() in hand.receipt(verdict.receipt_path).extra["keys"]

    hand.put("visits", records.uid(2), records.visit(2))
    (verdict,) = carry(hand.bundle(first=2, signer=coming))

    assert verdict.outcome is Outcome.APPLIED
    hand.put("visits", records.uid(3), records.visit(3))
    assert "换下的旧密钥" in refused(street, carry, hand.bundle(first=3))


def test_a_station_that_calls_itself_otherwise_is_shown_under_its_new_name(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    carry(hand.bundle(current=[]))
    hand.put("visits", ONE, records.visit(1))
    carry(hand.bundle())
    hand.name = "华莲南站"
    hand.put("visits", records.uid(2), records.visit(2))

    (verdict,) = carry(hand.bundle(first=2))

    assert "华莲南站" in verdict.sentence
    with street.reading(needs=Right.READ) as connection:
        entry = offices.station_named(connection, "HL01")
    assert entry is not None
    assert entry.name == "华莲南站"
