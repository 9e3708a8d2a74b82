"""Forgetting people, counting due days anew, and photos."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop_app.core.errors import UserError
from desktop_app.core.job import Job
from desktop_app.core.photos import Picture
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import service, store
from desktop_app.ledgers.requests.rules.request import MOST_PHOTOS, Action, RequestState
from desktop_app.registers.working_days import service as working_days
from desktop_app.storage.attachments import BlobStore, FolderBlobs
from desktop_app.storage.database_blobs import DatabaseBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Desk
from desktop_app.storage.tables import CHANGE
from tests.ledgers.requests.builders import CLOSING, act, closed, register, resident, stored

KEY = DataKey(bytes(range(32)))
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def blobs(desk: Desk, tmp_path: Path) -> BlobStore:
    """Where this database's attachments lie: a folder beside a file, a table on a server."""
    if desk.database.dialect == "sqlite":
        return FolderBlobs(tmp_path / "attachments", KEY)
    return DatabaseBlobs(desk.database, KEY)


def picture(text: str = "楼道", caption: str = "") -> Picture:
    return Picture(f"JPEG {text}".encode(), 1600, 1200, TUESDAY, caption)


# --- forgetting ----------------------------------------------------------------------------------


def test_a_forgotten_person_is_named_nowhere_and_stays_counted(desk: Desk) -> None:
    chen = resident(desk)
    made = register(desk, resident=chen.uid, consented=True, external_number="BX-1", remark="寡居")
    act(desk, made, Action.ACCEPT, Action.ESCALATE, Action.ANSWERED, *CLOSING[1:])
    other = register(desk, name="赖建国")

    done = service.forget_people(desk, [chen.uid])

    assert (done.value, done.uids) == (1, (made.uid,))
    left = stored(desk, made.uid)
    for name in ("name", "phone", "building", "unit", "room", "summary", "result", "call_back",
                 "external_number", "remark"):  # fmt: skip
        assert getattr(left, name) == "", name
    assert left.resident is None
    assert not left.consented
    assert not any(step.words for step in left.steps)
    assert left.escalated is not None
    assert left.escalated.reason == ""
    assert (left.title, left.state) == ("楼道灯不亮", RequestState.CLOSED)
    assert stored(desk, other.uid).name == "赖建国"
    assert service.figures_between(desk, TUESDAY.replace(day=1), TUESDAY)["registered"] == 2


def test_what_was_said_of_a_forgotten_person_is_gone_from_the_change_log(desk: Desk) -> None:
    chen = resident(desk)
    made = register(desk, resident=chen.uid)
    service.forget_people(desk, [chen.uid])

    with desk.reading(needs=Right.READ) as connection:
        query = sa.select(CHANGE.c.payload).where(CHANGE.c.uid == made.uid).order_by(CHANGE.c.n)
        first, last = connection.execute(query).scalars()
    assert first is None
    assert "陈桂英" not in last


# --- the calendar --------------------------------------------------------------------------------


def test_open_limits_move_with_the_calendar_and_done_ones_stay(desk: Desk) -> None:
    waiting = [register(desk, limit_days=1) for _ in range(3)]
    ended = closed(desk, limit_days=1)
    free = register(desk)
    working_days.set_day(desk, TUESDAY, False, "停电")

    assert service.recount_due(desk, Job("重算")) == 3

    assert {stored(desk, one.uid).due for one in waiting} == {date(2026, 11, 25)}
    assert stored(desk, ended.uid).due == TUESDAY
    assert stored(desk, free.uid).due is None
    assert service.recount_due(desk, Job("重算")) == 0


# --- photos --------------------------------------------------------------------------------------


def test_photos_are_kept_with_their_captions_and_not_twice(desk: Desk, blobs: BlobStore) -> None:
    made = register(desk)
    one = service.add_photos(desk, blobs, made.uid, 1, [picture("一", "灯座"), picture("二")]).value

    with pytest.raises(UserError, match="没有再加一次"):
        service.add_photos(desk, blobs, made.uid, one.revision, [picture("一")])

    first, second = stored(desk, made.uid).photos
    assert (first.caption, first.taken_on, second.caption) == ("灯座", TUESDAY, "")
    assert service.photo(desk, blobs, made.uid, first.sha256) == "JPEG 一".encode()
    with desk.reading(needs=Right.READ) as connection:
        assert store.attached(connection) == {first.sha256, second.sha256}
        assert store.attached(connection, "QR99") == set()


def test_a_photo_is_removed_and_comes_back_by_undo(desk: Desk, blobs: BlobStore) -> None:
    made = register(desk)
    one = service.add_photos(desk, blobs, made.uid, 1, [picture()]).value
    sha256 = one.photos[0].sha256
    gone = service.remove_photo(desk, made.uid, one.revision, sha256)
    assert gone.value.photos == ()
    with pytest.raises(UserError, match="没有这张照片"):
        service.photo(desk, blobs, made.uid, sha256)

    assert gone.undo is not None
    gone.undo.call(desk)

    assert stored(desk, made.uid).photos == one.photos


def test_a_request_takes_so_many_photos_and_a_petition_none(desk: Desk, blobs: BlobStore) -> None:
    made = register(desk)
    many = [picture(str(number)) for number in range(MOST_PHOTOS + 1)]
    with pytest.raises(UserError, match=f"最多保存{MOST_PHOTOS}张"):
        service.add_photos(desk, blobs, made.uid, 1, many)
    told = register(desk, petition=True, title="", summary="")
    with pytest.raises(UserError, match="不能添加"):
        service.add_photos(desk, blobs, told.uid, 1, many[:1])
