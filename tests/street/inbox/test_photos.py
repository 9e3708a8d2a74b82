"""Photos come in parcels of their own, and are kept once some row points at them."""

from __future__ import annotations

import hashlib

import pytest

from desktop_app.bundle.header import ParcelKind
from desktop_app.bundle.parcel import FileSource
from desktop_app.core.errors import ExitStatus
from desktop_app.storage.session import Desk
from desktop_app.street.inbox import service
from desktop_app.street.inbox.rules.verdicts import Outcome
from desktop_app.street.inbox.service import receipts
from desktop_app.street.inbox.store import log
from tests.street import looking, records
from tests.street.inbox.conftest import Carry
from tests.street.parcels import HandStation

ONE = records.uid(1)
PICTURE, OTHER = b"\xff\xd8 a picture", b"\xff\xd8 another"
NAME, OTHER_NAME = (hashlib.sha256(one).hexdigest() for one in (PICTURE, OTHER))


def pending(street: Desk) -> int:
    (report,) = [one for one in service.reports(street) if one.code == "HL01"]
    return report.photos_missing


def test_a_row_waits_for_its_photos_and_then_has_them(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("activities", ONE, records.activity(1, NAME, OTHER_NAME))
    carry(hand.bundle())
    assert pending(street) == 2

    (verdict,) = carry(hand.photos({NAME: PICTURE}))

    assert verdict.outcome is Outcome.APPLIED
    assert "还有 1 张照片待到" in verdict.sentence
    assert pending(street) == 1
    assert street.database.blobs.get(bytes.fromhex(NAME)) == PICTURE
    assert verdict.receipt_path is not None
    assert hand.receipt(verdict.receipt_path).photos == (NAME,)


def test_photos_in_the_same_drop_wait_for_their_rows(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("activities", ONE, records.activity(1, NAME))
    photos, bundle = hand.photos({NAME: PICTURE}), hand.bundle(name="zz.jlb")

    found = carry(photos, bundle)

    assert [one.outcome for one in found] == [Outcome.APPLIED] * 2
    assert pending(street) == 0


def test_photos_that_nothing_points_at_are_not_kept_and_not_confirmed(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("visits", ONE, records.visit(1))
    carry(hand.bundle())

    (verdict,) = carry(hand.photos({NAME: PICTURE}))

    assert "还没有对应的记录" in verdict.sentence
    assert not street.database.blobs.exists(bytes.fromhex(NAME))
    assert verdict.receipt_path is not None
    assert hand.receipt(verdict.receipt_path).photos == ()


def test_the_same_photos_twice_are_told(street: Desk, hand: HandStation, carry: Carry) -> None:
    hand.put("activities", ONE, records.activity(1, NAME))
    path = hand.photos({NAME: PICTURE})
    carry(hand.bundle(), path)
    before = looking.dump(street)

    (verdict,) = carry(path)

    assert verdict.outcome is Outcome.DUPLICATE
    assert looking.dump(street) == before
    assert verdict.receipt_path is not None
    assert hand.receipt(verdict.receipt_path).photos == (NAME,)


def test_photos_that_were_kept_when_the_program_died_are_counted_the_next_time(
    street: Desk, hand: HandStation, carry: Carry, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.put("activities", ONE, records.activity(1, NAME))
    path = hand.photos({NAME: PICTURE})
    carry(hand.bundle())

    def died(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(log, "wait_for_turn", died)
        with pytest.raises(KeyboardInterrupt):
            carry(path)
    assert pending(street) == 1

    (verdict,) = carry(path)

    assert "照片 1 张" in verdict.sentence
    assert pending(street) == 0


def test_a_photo_whose_name_lies_is_refused(street: Desk, hand: HandStation, carry: Carry) -> None:
    from io import BytesIO

    hand.put("activities", ONE, records.activity(1, NAME))
    carry(hand.bundle())
    lying = FileSource(f"data/photos/{NAME}.jpg", lambda: BytesIO(OTHER))

    (verdict,) = carry(hand.seal(ParcelKind.PHOTOS, (), [lying]))

    assert (verdict.outcome, verdict.exit_status) == (Outcome.REFUSED, ExitStatus.REFUSED)
    assert not street.database.blobs.exists(bytes.fromhex(NAME))


def test_a_row_that_names_a_photo_by_nonsense_waits_for_none(
    street: Desk, hand: HandStation, carry: Carry
) -> None:
    hand.put("activities", ONE, records.activity(1, "no hash"))

    (verdict,) = carry(hand.bundle())

    assert verdict.outcome is Outcome.APPLIED
    assert pending(street) == 0


def test_photos_that_came_again_are_confirmed_however_many_came_after_them(
    street: Desk, hand: HandStation, carry: Carry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipts, "MOST_PHOTOS", 1)
    hand.put("activities", ONE, records.activity(1, NAME, OTHER_NAME))
    both = {NAME: PICTURE, OTHER_NAME: OTHER}
    *_, verdict = carry(hand.bundle(), hand.photos(both))
    assert verdict.receipt_path is not None
    (told,) = hand.receipt(verdict.receipt_path).photos
    (untold,) = both.keys() - {told}

    (verdict,) = carry(hand.photos({untold: both[untold]}))

    assert verdict.receipt_path is not None
    assert hand.receipt(verdict.receipt_path).photos == (untold,)
