"""照片: dropped, pasted or chosen, several at once; in order, with captions, never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog

from desktop_app.core.clock import FixedClock
from desktop_app.core.job import Job
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.service import PhotoSource
from desktop_app.storage.session import Desk
from desktop_app.widgets.photo_tools import NOTHING_TO_PASTE
from tests.driver.activity import ALT, CONTROL, ENTER, PHOTOS, ActivitySeat, jpeg, photo_file
from tests.driver.typing import press, type_text
from tests.ledgers.activities.builders import fresh, handed_in, held, plan
from tests.ledgers.activities.ui.conftest import Opens


@pytest.fixture
def made(desk: Desk) -> Activity:
    return plan(desk)


@pytest.fixture
def three(desk: Desk, made: Activity) -> Activity:
    """With three photos, captioned 一, 二 and none."""
    files = [PhotoSource(f"{number}.jpg", data=jpeg(40 * number)) for number in range(3)]
    service.take_in_photos(desk, desk.database.blobs, made.uid, files, Job("添加照片"))
    for number, words in enumerate("一二"):
        now = fresh(desk, made)
        sha256 = now.photos[number].sha256
        service.change_caption(desk, made.uid, now.revision, sha256, words)
    return fresh(desk, made)


def looking(record: Opens, activity: Activity) -> ActivitySeat:
    """The page with its photos in front."""
    there = record(activity)
    there.content.turn_to(PHOTOS)
    return there


def order(desk: Desk, activity: Activity) -> list[str]:
    return [one.sha256 for one in fresh(desk, activity).photos]


def test_files_dropped_anywhere_on_the_page_are_taken_in(
    record: Opens, desk: Desk, made: Activity, tmp_path: Path
) -> None:
    there = record(made)
    assert there.drop(*(photo_file(tmp_path, f"{n}.jpg", 40 * n) for n in range(3)))

    there.wait(lambda: there.news == ["已添加 3 张照片"])
    assert there.tab() == PHOTOS
    assert len(order(desk, made)) == 3
    there.wait(lambda: there.photos.list.missing() == [])
    assert there.photos.list.broken == ()
    assert there.content.tabs.tabText(PHOTOS) == "照片 3"
    assert there.has_keyboard(there.photos.list)


def test_a_folder_dropped_gives_its_photos_and_the_bad_ones_are_told_by_name(
    record: Opens, desk: Desk, made: Activity, tmp_path: Path
) -> None:
    for number, name in enumerate(("乙.jpg", "甲.png")):
        photo_file(tmp_path, name, 90 * number)
    (tmp_path / "坏了.jpg").write_bytes(jpeg(7)[:60])
    (tmp_path / "录像.jpg").write_bytes(b"\0" * 2000)
    (tmp_path / "名单.txt").write_text("不看", encoding="utf-8")
    there = record(made)
    assert there.drop(tmp_path)

    there.wait(lambda: there.news == ["已添加 2 张照片"])
    told = {one.name: one.words for one in there.photos.intake.refused}
    assert set(told) == {"坏了.jpg", "录像.jpg"}
    assert "没有加入" in told["坏了.jpg"]
    assert "不是照片" in told["录像.jpg"]
    assert "坏了.jpg" in there.photos.intake.words
    there.photos.intake.read.click()
    assert there.photos.intake.words == ""


def test_what_is_no_file_is_not_taken_from_a_drag(record: Opens, made: Activity) -> None:
    there = record(made)
    assert not there.drop()


def test_a_picture_is_pasted_from_the_clipboard(record: Opens, desk: Desk, made: Activity) -> None:
    there = looking(record, made)
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#3377aa"))
    mime = QMimeData()
    mime.setImageData(image)
    there.paste(mime)
    there.wait(lambda: there.news == ["已添加 1 张照片"])
    (photo,) = fresh(desk, made).photos
    assert (photo.width, photo.height) == (320, 200)


def test_files_copied_in_the_file_manager_are_pasted_as_files(
    record: Opens, desk: Desk, made: Activity, tmp_path: Path
) -> None:
    there = looking(record, made)
    mime = QMimeData()
    paths = [photo_file(tmp_path, f"{n}.jpg", 50 * n) for n in range(2)]
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    there.paste(mime)
    there.wait(lambda: there.news == ["已添加 2 张照片"])


def test_a_clipboard_without_a_picture_is_said(record: Opens, desk: Desk, three: Activity) -> None:
    there = looking(record, three)
    mime = QMimeData()
    mime.setText("一段文字")
    there.paste(mime)
    assert there.photos.count.text() == NOTHING_TO_PASTE
    assert len(order(desk, three)) == 3


def test_files_are_chosen_by_ctrl_o(
    record: Opens, desk: Desk, made: Activity, tmp_path: Path
) -> None:
    path = photo_file(tmp_path, "合影.jpg", 90)
    there = looking(record, made)
    there.press(Qt.Key.Key_O, with_=CONTROL)
    chooser = there.page.findChild(QFileDialog)
    assert chooser is not None
    assert chooser.fileMode() is QFileDialog.FileMode.ExistingFiles
    chooser.selectFile(str(path))
    chooser.filesSelected.emit([str(path)])
    chooser.close()
    there.wait(lambda: there.news == ["已添加 1 张照片"])


def test_two_drops_one_after_the_other_are_both_taken_in(
    record: Opens, desk: Desk, made: Activity, tmp_path: Path
) -> None:
    there = record(made)
    there.drop(photo_file(tmp_path, "1.jpg", 10))
    there.drop(photo_file(tmp_path, "2.jpg", 90), photo_file(tmp_path, "1 副本.jpg", 10))
    there.wait(lambda: len(there.news) == 2)
    assert len(order(desk, made)) == 2
    there.wait(lambda: not there.photos.intake.is_busy)
    assert [one.name for one in there.photos.intake.refused] == ["1 副本.jpg"]


def test_taking_in_can_be_stopped_and_then_keeps_none(
    record: Opens, desk: Desk, made: Activity, tmp_path: Path
) -> None:
    there = record(made)
    # Large enough that stopping comes before the last one.
    there.drop(*(photo_file(tmp_path, f"{n}.jpg", 9 * n, (4000, 3000)) for n in range(8)))
    assert there.photos.intake.cancel.isVisible()
    there.photos.intake.cancel.click()
    there.wait(lambda: not there.photos.intake.is_busy)
    assert "已停止" in there.photos.intake.words
    assert order(desk, made) == []
    assert there.news == []


def test_a_caption_is_written_in_its_place_by_f2_and_enter(
    record: Opens, desk: Desk, three: Activity
) -> None:
    there = looking(record, three)
    there.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_F2)
    type_text(there.page, "医生讲解用药")
    there.press(ENTER)
    there.wait(lambda: there.captions() == ["一", "二", "医生讲解用药"])
    assert fresh(desk, three).photos[2].caption == "医生讲解用药"
    there.wait(lambda: there.has_keyboard(there.photos.list))
    there.undo()
    there.wait(lambda: there.captions() == ["一", "二", ""])


def test_photos_that_come_while_a_caption_is_written_take_nothing_from_it(
    record: Opens, desk: Desk, three: Activity, tmp_path: Path
) -> None:
    there = looking(record, three)
    there.press(Qt.Key.Key_F2)
    type_text(there.page, "写到一半")
    one = [PhotoSource("新.jpg", data=jpeg(200))]
    service.take_in_photos(desk, desk.database.blobs, three.uid, one, Job("添加照片"))
    there.page.take(frozenset({"activities"}))
    there.wait(lambda: there.content.tabs.tabText(PHOTOS) == "照片 4")
    type_text(there.page, "，写完")
    there.press(ENTER)
    there.wait(lambda: there.captions() == ["写到一半，写完", "二", "", ""])


def test_esc_leaves_a_caption_as_it_was_and_the_page_open(
    record: Opens, desk: Desk, three: Activity
) -> None:
    there = looking(record, three)
    there.press(Qt.Key.Key_F2)
    type_text(there.page, "写错了")
    there.press(Qt.Key.Key_Escape)
    assert there.captions()[0] == "一"
    assert there.backs == 0
    there.wait(lambda: there.has_keyboard(there.photos.list))
    there.press(Qt.Key.Key_Escape)
    assert there.backs == 1


def test_alt_arrows_move_a_photo_step_by_step_and_the_keyboard_goes_along(
    record: Opens, desk: Desk, three: Activity
) -> None:
    a, b, c = order(desk, three)
    there = looking(record, three)
    there.press(Qt.Key.Key_Right, with_=ALT)
    there.press(Qt.Key.Key_Right, with_=ALT)
    assert order(desk, three) == [b, c, a]
    assert there.photos.list.focused_photo() == a
    # At the end it stays, and nothing is told.
    there.press(Qt.Key.Key_Right, with_=ALT)
    assert len(there.news) == 2
    there.press(Qt.Key.Key_Left, with_=ALT)
    assert order(desk, three) == [b, a, c]
    assert there.backs == 0
    there.undo()
    there.wait(lambda: order(desk, three) == [b, c, a])


def test_a_removed_photo_comes_back_with_its_caption(
    record: Opens, desk: Desk, three: Activity
) -> None:
    before = order(desk, three)
    there = looking(record, three)
    there.press(Qt.Key.Key_Delete)
    assert order(desk, three) == before[1:]
    assert there.captions() == ["二", ""]
    there.undo()
    there.wait(lambda: there.captions() == ["一", "二", ""])
    assert order(desk, three) == before


def test_enter_shows_a_photo_large_and_arrows_go_on(record: Opens, three: Activity) -> None:
    there = looking(record, three)
    there.press(ENTER)
    large = there.viewer()
    assert large.words.text() == "1 / 3　一"
    press(large, Qt.Key.Key_Right)
    assert large.words.text() == "2 / 3　二"
    there.wait(lambda: large.is_shown)
    press(large, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert large.words.text() == "1 / 3　一"
    press(large, Qt.Key.Key_Escape)
    there.wait(lambda: not large.isVisible())
    assert there.backs == 0


def test_a_photo_whose_file_is_gone_is_shown_as_such_and_the_others_are_shown(
    record: Opens, desk: Desk, three: Activity, tmp_path: Path
) -> None:
    gone = three.photos[1].sha256
    desk.database.blobs.path_of(bytes.fromhex(gone)).unlink()  # type: ignore[attr-defined]
    there = looking(record, three)
    there.wait(lambda: there.photos.list.missing() == [])
    assert there.photos.list.broken == (gone,)


def test_few_photos_are_told_quietly(record: Opens, desk: Desk, made: Activity) -> None:
    there = looking(record, made)
    assert there.photos.empty.sentence == "还没有照片。"
    one = [PhotoSource("1.jpg", data=jpeg(3))]
    service.take_in_photos(desk, desk.database.blobs, made.uid, one, Job("添加照片"))
    there.page.take(frozenset({"activities"}))
    there.wait(lambda: "一般要 2 至 6 张" in there.photos.count.text())
    assert not there.has_sheet()


def test_what_waits_for_review_takes_no_photos(
    record: Opens, desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    waiting = handed_in(desk, held(desk, clock))
    there = looking(record, waiting)
    assert not there.drop(photo_file(tmp_path, "1.jpg", 5))
    assert there.news == []


def test_photos_taken_in_while_somebody_signs_in_disturb_nobody(
    record: Opens, desk: Desk, made: Activity, tmp_path: Path
) -> None:
    there = record(made)
    there.drop(*(photo_file(tmp_path, f"{n}.jpg", 40 * n) for n in range(3)))
    there.content.turn_to(0)
    for name in ("张淑芬", "李国强", "王大明"):
        there.call(name)
    there.wait(lambda: "已添加 3 张照片" in there.news)
    there.call("何秀珍")
    assert len(service.attendance_of(desk, made.uid).rows) == 4
    assert len(order(desk, made)) == 3


def test_every_photo_is_read_out_with_its_place_and_caption(record: Opens, three: Activity) -> None:
    there = looking(record, three)
    model = there.photos.list.model()
    read = [
        model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
    ]
    assert read == ["第 1 张　一", "第 2 张　二", "第 3 张　没有说明，按 F2 写"]
    assert there.nameless() == []
