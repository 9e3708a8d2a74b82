"""Photos belong to the step of a request at which they were added."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.arriving import Reader
from desktop_app.core.errors import UserError
from desktop_app.core.photos import Picture
from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.request import MOST_PHOTOS, Action, Request
from desktop_app.ledgers.requests.rules.steps import StepDetails
from desktop_app.storage.attachments import BlobStore, FolderBlobs
from desktop_app.storage.database_blobs import DatabaseBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Desk
from tests.ledgers.requests.builders import SAID, act, register, resident, seat, stored

KEY = DataKey(bytes(range(32)))


@pytest.fixture
def blobs(desk: Desk, tmp_path: Path) -> BlobStore:
    """Where this database's attachments lie: a folder beside a file, a table on a server."""
    if desk.database.dialect == "sqlite":
        made: BlobStore = FolderBlobs(tmp_path / "attachments", KEY)
    else:
        made = DatabaseBlobs(desk.database, KEY)
    desk.database.keep_attachments_in(made)
    return made


def picture(text: str) -> Picture:
    return Picture(f"JPEG {text}".encode(), 1600, 1200)


def done(desk: Desk, request: Request, *names: str) -> Request:
    """办理完毕, with photos."""
    pictures = [picture(name) for name in names]
    details, revision = SAID[Action.DONE], stored(desk, request.uid).revision
    return service.act(desk, request.uid, Action.DONE, revision, details, pictures=pictures).value


def test_photos_of_a_step_belong_to_it_and_need_no_step_of_their_own(
    desk: Desk, blobs: BlobStore
) -> None:
    request = act(desk, register(desk), Action.ACCEPT)
    done(desk, request, "灯座", "楼道")
    kept = stored(desk, request.uid)
    assert [step.action for step in kept.steps] == [Action.REGISTER, Action.ACCEPT, Action.DONE]
    assert [photo.step for photo in kept.photos] == [3, 3]
    assert service.photo(desk, blobs, kept.uid, kept.photos[0].sha256) == "JPEG 灯座".encode()


def test_whoever_takes_a_step_back_takes_its_photos_back_and_the_others_stay_true(
    desk: Desk, blobs: BlobStore
) -> None:
    request = act(desk, register(desk), Action.ACCEPT)
    service.add_photos(desk, blobs, request.uid, request.revision, [picture("坏的")])
    details, now = SAID[Action.DONE], stored(desk, request.uid)
    changed = service.act(
        desk, now.uid, Action.DONE, now.revision, details, pictures=[picture("好的")]
    )
    assert [photo.step for photo in changed.value.photos] == [3, 4]
    assert changed.undo is not None
    changed.undo.call(desk)
    done(desk, request, "又好了")
    kept = stored(desk, request.uid)
    shown = [kept.steps[(photo.step or 0) - 1].action for photo in kept.photos]
    assert shown == [Action.ADD_PHOTOS, Action.DONE]


def test_photos_come_to_an_earlier_step_of_ones_own_and_the_course_says_when(
    desk: Desk, blobs: BlobStore
) -> None:
    request = act(desk, register(desk), Action.ACCEPT, Action.DONE)
    service.add_photos(desk, blobs, request.uid, request.revision, [picture("门口")], step=2)
    kept = stored(desk, request.uid)
    assert [photo.step for photo in kept.photos] == [2]
    last = kept.steps[-1]
    assert (last.action, last.words) == (Action.ADD_PHOTOS, "1 张，属于“接办”")


@pytest.mark.parametrize("step", [0, 2, 9])
def test_nobody_adds_photos_to_a_colleagues_step_or_to_none(
    desk: Desk, blobs: BlobStore, step: int
) -> None:
    request = register(desk)
    request = act(seat(desk, "李建国"), request, Action.ACCEPT)
    with pytest.raises(UserError, match="只能加到自己办的那一步"):
        service.add_photos(desk, blobs, request.uid, request.revision, [picture("一")], step=step)
    assert stored(desk, request.uid).photos == ()


def test_a_step_with_too_many_photos_is_not_taken(desk: Desk, blobs: BlobStore) -> None:
    request = act(desk, register(desk), Action.ACCEPT)
    with pytest.raises(UserError, match=f"最多保存{MOST_PHOTOS}张照片"):
        done(desk, request, *map(str, range(MOST_PHOTOS + 1)))
    assert stored(desk, request.uid).steps == request.steps


def test_a_step_that_may_not_be_taken_leaves_no_photo(desk: Desk, blobs: BlobStore) -> None:
    request = register(desk)
    with pytest.raises(UserError, match="不能“回访”"):
        service.act(
            desk,
            request.uid,
            Action.FOLLOW_UP,
            request.revision,
            StepDetails(words="好了"),
            pictures=[picture("一")],
        )
    assert stored(desk, request.uid).photos == ()


def test_photos_of_steps_go_with_the_person(desk: Desk, blobs: BlobStore) -> None:
    person = resident(desk)
    request = act(desk, register(desk, resident=person.uid), Action.ACCEPT)
    done(desk, request, "灯座")
    service.forget_people(desk, [person.uid])
    assert stored(desk, request.uid).photos == ()


def test_a_street_reads_photos_with_and_without_their_step(desk: Desk, blobs: BlobStore) -> None:
    request = act(desk, register(desk), Action.ACCEPT)
    now = done(desk, request, "灯座")
    common = {"uid": now.uid, "station": now.station}
    plain = KIND.to_plain(now)
    came, beyond = Reader(KIND).read(common, {"photos": plain["photos"]}, KIND.version)
    assert ([photo.step for photo in came.photos], beyond) == ([3], {})
    old = [{name: said for name, said in one.items() if name != "step"} for one in plain["photos"]]
    came, beyond = Reader(KIND).read(common, {"photos": old}, KIND.version)
    assert ([photo.step for photo in came.photos], beyond) == ([None], {})
    assert KIND.to_plain(came)["photos"] == old
