"""Photos as files: the good ones are kept, each other one is told by its name."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.core.job import Cancelled, Job
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import MOST_PHOTOS, Activity
from desktop_app.ledgers.activities.service import PhotoSource, half_filled
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Desk
from tests.ledgers.activities.builders import fresh, line, plan, recorded, seat


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "attachments", DataKey(b"k" * 32))


def jpeg(colour: int, size: tuple[int, int] = (80, 60)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (colour, 90, 200 - colour)).save(stream, "JPEG")
    return stream.getvalue()


def saved(folder: Path, *names: str) -> list[PhotoSource]:
    """Photos on the disk, each of another colour."""
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(names):
        (folder / name).write_bytes(jpeg(5 * number))
    return [PhotoSource(name, folder / name) for name in names]


def captured(desk: Desk, activity: Activity) -> list[str]:
    return [one.sha256 for one in fresh(desk, activity).photos]


def test_the_good_ones_are_kept_and_each_other_one_is_told_by_its_name(
    desk: Desk, blobs: FolderBlobs, tmp_path: Path
) -> None:
    made = plan(desk)
    files = saved(tmp_path / "in", "a.jpg", "b.jpg")
    (tmp_path / "in" / "名单.docx").write_bytes(b"PK words")
    gone = tmp_path / "in" / "没有了.jpg"
    files += [PhotoSource("名单.docx", tmp_path / "in" / "名单.docx"), PhotoSource(gone.name, gone)]
    again = PhotoSource("a 副本.jpg", data=jpeg(0))

    done = service.take_in_photos(desk, blobs, made.uid, [*files, again], Job("添加照片"))

    assert done.added == 2
    assert len(captured(desk, made)) == 2
    told = {one.name: one.words for one in done.refused}
    assert list(told) == ["名单.docx", "没有了.jpg", "a 副本.jpg"]
    assert "不是照片" in told["名单.docx"]
    assert "已经在这场活动里" in told["a 副本.jpg"]


def test_a_folder_gives_its_photos_in_the_order_of_their_names(
    desk: Desk, blobs: FolderBlobs, tmp_path: Path
) -> None:
    made = plan(desk)
    saved(tmp_path / "in", "2.JPG", "1.jpg")
    (tmp_path / "in" / "说明.txt").write_text("不是照片", encoding="utf-8")
    (tmp_path / "空").mkdir()
    told: list[str] = []
    job = Job("添加照片", lambda progress: told.append(progress.words))

    done = service.take_in_photos(
        desk,
        blobs,
        made.uid,
        [PhotoSource("in", tmp_path / "in"), PhotoSource("空", tmp_path / "空")],
        job,
    )

    assert told == ["1/2　1.jpg", "2/2　2.JPG"]
    assert done.added == 2
    assert [one.name for one in done.refused] == ["空"]


def test_a_file_too_heavy_to_be_a_photo_is_not_even_read(
    desk: Desk, blobs: FolderBlobs, tmp_path: Path
) -> None:
    made = plan(desk)
    film = tmp_path / "录像.mp4"
    with film.open("wb") as stream:
        stream.truncate(3_000_000_000)

    done = service.take_in_photos(desk, blobs, made.uid, [PhotoSource("录像.mp4", film)], Job("x"))

    assert done.changed is None
    assert done.refused[0].words.startswith("照片文件有 3000 MB，超过 30 MB，没有加入")


def test_more_than_an_activity_holds_are_told_and_the_first_are_kept(
    desk: Desk, blobs: FolderBlobs
) -> None:
    made = plan(desk)
    many = [PhotoSource(f"{n}.jpg", data=jpeg(3 * n)) for n in range(MOST_PHOTOS + 2)]

    done = service.take_in_photos(desk, blobs, made.uid, many, Job("添加照片"))

    assert len(captured(desk, made)) == MOST_PHOTOS
    assert [one.name for one in done.refused] == ["30.jpg", "31.jpg"]


def test_cancelling_keeps_none(desk: Desk, blobs: FolderBlobs) -> None:
    made = plan(desk)
    job = Job("添加照片")
    job.listen(lambda progress: job.cancel() if progress.done else None)

    with pytest.raises(Cancelled):
        service.take_in_photos(
            desk, blobs, made.uid, [PhotoSource(str(n), data=jpeg(9 * n)) for n in range(3)], job
        )
    assert captured(desk, made) == []


def test_a_photo_goes_earlier_and_later_and_stays_at_an_end(desk: Desk, blobs: FolderBlobs) -> None:
    made = plan(desk)
    files = [PhotoSource(str(n), data=jpeg(9 * n)) for n in range(3)]
    service.take_in_photos(desk, blobs, made.uid, files, Job("添加照片"))
    a, b, c = captured(desk, made)
    steps = len(fresh(desk, made).steps)

    def move(sha256: str, by: int) -> list[str]:
        done = service.move_photo(desk, made.uid, fresh(desk, made).revision, sha256, by)
        assert done.undo is not None
        return [one.sha256 for one in done.value.photos]

    assert move(c, -1) == [a, c, b]
    assert move(c, -9) == [c, a, b]
    assert move(b, 1) == [c, a, b]
    assert len(fresh(desk, made).steps) == steps
    done = service.move_photo(desk, made.uid, fresh(desk, made).revision, c, 2)
    assert done.undo is not None
    done.undo.call(desk)
    assert captured(desk, made) == [c, a, b]


def test_a_half_filled_form_is_one_persons_and_goes_with_what_is_saved(desk: Desk) -> None:
    own, other = seat(desk, "王小燕"), seat(desk, "李玉梅")
    made = plan(own)
    own.database.clock.set(made.ends_at)  # type: ignore[attr-defined]
    for form in (half_filled.RECORD, half_filled.SHEET):
        half_filled.keep(own, made.uid, form, {"summary": "量血压"})
        assert half_filled.left_over(own, made.uid, form) == {"summary": "量血压"}
        assert half_filled.left_over(other, made.uid, form) is None

    service.fill_in_sheet(own, made.uid, [line()])
    assert half_filled.left_over(own, made.uid, half_filled.SHEET) is None
    recorded(own, made)
    assert half_filled.left_over(own, made.uid, half_filled.RECORD) is None
