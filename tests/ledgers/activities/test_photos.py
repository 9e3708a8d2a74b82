"""Photos are kept as attachments, several at once, and swept up only when nobody points at them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.errors import UserError
from desktop_app.core.photos import Picture
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import service, store
from desktop_app.ledgers.activities.rules.recording import RecordForm
from desktop_app.storage.attachments import BlobStore, FolderBlobs
from desktop_app.storage.database_blobs import DatabaseBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Desk
from tests.ledgers.activities.builders import fresh, handed_in, held, plan

KEY = DataKey(bytes(range(32)))
DAY = 24 * 3600 * 1000


@pytest.fixture
def blobs(desk: Desk, tmp_path: Path) -> BlobStore:
    """Where this database's attachments lie: a folder beside a file, a table on a server."""
    if desk.database.dialect == "sqlite":
        return FolderBlobs(tmp_path / "attachments", KEY)
    return DatabaseBlobs(desk.database, KEY)


def picture(text: str = "广场", caption: str = "") -> Picture:
    return Picture(f"JPEG {text}".encode(), 1600, 1200, date(2026, 11, 23), caption)


def test_several_photos_are_added_at_once_with_their_captions(desk: Desk, blobs: BlobStore) -> None:
    made = plan(desk)

    done = service.add_photos(
        desk, blobs, made.uid, made.revision, [picture("一", "量血压"), picture("二")]
    ).value

    first, second = done.photos
    assert (first.caption, first.width, first.height) == ("量血压", 1600, 1200)
    assert (second.caption, second.size) == ("", len("JPEG 二".encode()))
    assert service.photo(desk, blobs, made.uid, first.sha256) == "JPEG 一".encode()
    assert service.page(desk).rows[0].photo_count == 2


def test_one_photo_is_not_taken_in_twice(desk: Desk, blobs: BlobStore) -> None:
    made = plan(desk)
    one = service.add_photos(desk, blobs, made.uid, made.revision, [picture("一")]).value

    two = service.add_photos(
        desk, blobs, made.uid, one.revision, [picture("一"), picture("二"), picture("二")]
    ).value

    assert len(two.photos) == 2
    with pytest.raises(UserError, match="已经在这场活动里"):
        service.add_photos(desk, blobs, made.uid, two.revision, [picture("一")])
    with pytest.raises(UserError, match="还没有选照片"):
        service.add_photos(desk, blobs, made.uid, two.revision, [])


def test_too_many_photos_are_refused(desk: Desk, blobs: BlobStore) -> None:
    made = plan(desk)
    many = [picture(str(number)) for number in range(31)]

    with pytest.raises(UserError, match="最多保存30张"):
        service.add_photos(desk, blobs, made.uid, made.revision, many)
    assert fresh(desk, made).photos == ()


def test_a_caption_is_changed_and_a_photo_removed_and_both_come_back(
    desk: Desk, blobs: BlobStore
) -> None:
    made = plan(desk)
    now = service.add_photos(desk, blobs, made.uid, made.revision, [picture("一")]).value
    sha256 = now.photos[0].sha256

    named = service.change_caption(desk, made.uid, now.revision, sha256, "量血压现场").value
    gone = service.remove_photo(desk, made.uid, named.revision, sha256)

    assert gone.value.photos == ()
    with pytest.raises(UserError, match="没有这张照片"):
        service.photo(desk, blobs, made.uid, sha256)
    assert gone.undo is not None
    back = gone.undo.call(desk).value
    assert back.photos[0].caption == "量血压现场"
    assert service.photo(desk, blobs, made.uid, sha256)
    with pytest.raises(UserError, match="没有找到这张照片"):
        service.change_caption(desk, made.uid, back.revision, "00" * 32, "别的")
    with pytest.raises(UserError, match="说明"):
        service.change_caption(desk, made.uid, back.revision, sha256, "长" * 201)


def test_two_photos_need_no_explanation(desk: Desk, blobs: BlobStore, clock: FixedClock) -> None:
    made = held(desk, clock)
    now = service.add_photos(
        desk, blobs, made.uid, made.revision, [picture("一"), picture("二")]
    ).value
    ready = service.record(desk, made.uid, now.revision, RecordForm(summary="量血压"))

    assert service.submit(desk, made.uid, ready.value.revision).value.state.value == "to_review"


def test_nothing_is_written_for_an_activity_that_takes_no_photos(
    desk: Desk, blobs: BlobStore, clock: FixedClock, kept: Callable[[], int]
) -> None:
    made = handed_in(desk, held(desk, clock))

    with pytest.raises(UserError, match="等待审核"):
        service.add_photos(desk, blobs, made.uid, made.revision, [picture()])
    assert kept() == 0


@pytest.fixture
def kept(desk: Desk, blobs: BlobStore) -> Callable[[], int]:
    """How many attachments lie there; those nobody points at are swept away by asking."""
    far = Millis(desk.database.clock.now() + 4000 * DAY)
    return lambda: blobs.sweep((), far)


def test_a_sweep_keeps_what_living_activities_point_at(
    desk: Desk, blobs: BlobStore, clock: FixedClock
) -> None:
    made = plan(desk)
    now = service.add_photos(
        desk, blobs, made.uid, made.revision, [picture("一"), picture("二")]
    ).value
    first, second = (photo.sha256 for photo in now.photos)
    service.remove_photo(desk, made.uid, now.revision, first)
    with desk.reading(needs=Right.READ) as connection:
        pointed_at = store.attached(connection)

    swept = blobs.sweep(
        [bytes.fromhex(one) for one in pointed_at], Millis(clock.now() + 4000 * DAY)
    )

    assert (pointed_at, swept) == ({second}, 1)
    assert service.photo(desk, blobs, made.uid, second)
