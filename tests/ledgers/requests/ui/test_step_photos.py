"""Photos in the form of a step, under the step in the course, and added to a step of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage

from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.rules.request import Action, Request
from desktop_app.storage.session import Desk
from desktop_app.widgets.photo_intake import offered_files
from desktop_app.widgets.photo_viewer import PhotoViewer
from desktop_app.widgets.step_photos import STILL_AT_IT, StepPhotos
from tests.driver.requests import RequestSeat
from tests.ledgers.requests.builders import act, register, seat, stored

Opens = Callable[[Request], RequestSeat]


def photo(folder: Path, name: str) -> Path:
    """A photo on the disk, all of one colour."""
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor(name))
    path = folder / f"{name}.png"
    assert image.save(str(path))
    return path


def field_of(at: RequestSeat) -> StepPhotos:
    """The photos of the form that is open."""
    editor = at.sheet().fields["photos"].editor
    assert isinstance(editor, StepPhotos)
    return editor


def test_photos_chosen_in_the_form_of_a_step_stand_below_its_words(
    record: Opens, desk: Desk, tmp_path: Path
) -> None:
    request = act(desk, register(desk), Action.ACCEPT)
    at = record(request)
    at.page._take_step(Action.DONE)
    at.fill(result="灯座换好了")
    field = field_of(at)
    bad = tmp_path / "说明.jpg"
    bad.write_bytes(b"no picture")
    field.bring(offered_files([photo(tmp_path, "red"), bad, photo(tmp_path, "green")]))
    at.wait(lambda: len(field.thumbs) == 2)
    assert all(thumb.is_shown for thumb in field.thumbs)
    assert "说明.jpg" in field.intake.words
    at.save()
    at.wait(lambda: len(at.content.course.thumbs) == 2)
    kept = stored(desk, request.uid)
    assert [one.step for one in kept.photos] == [3, 3]
    assert at.course()[0].endswith("办理完毕 王小燕 灯座换好了 2 张照片")
    at.wait(lambda: all(thumb.is_shown for _sha, thumb in at.content.course.thumbs))
    assert len(at.content.photos.list.photos) == 2
    assert at.nameless() == []


def test_a_photo_is_pasted_into_a_form_and_taken_out_again(
    record: Opens, desk: Desk, tmp_path: Path
) -> None:
    at = record(act(desk, register(desk), Action.ACCEPT, Action.DONE))
    at.page._take_step(Action.FOLLOW_UP)
    field = field_of(at)
    for name in ("red", "green"):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(photo(tmp_path, name)))])
        QGuiApplication.clipboard().setMimeData(mime)
        field.paste.click()
        at.wait(lambda: not field.intake.is_busy)
    QGuiApplication.clipboard().clear()
    first, second = field.value()
    field.thumbs[0].setFocus()
    field.remove.click()
    assert field.value() == (second,)
    assert first != second
    at.fill(words="居民说好了")
    at.save()
    at.wait(lambda: len(at.content.course.thumbs) == 1)


def test_a_form_with_photos_in_it_is_not_lost_by_one_esc(
    record: Opens, desk: Desk, tmp_path: Path
) -> None:
    at = record(act(desk, register(desk), Action.ACCEPT, Action.DONE))
    at.page._take_step(Action.FOLLOW_UP)
    sheet, field = at.sheet(), field_of(at)
    field.bring(offered_files([photo(tmp_path, "red")]))
    assert field.intake.is_busy
    at.save()
    assert STILL_AT_IT in at.problem("photos")
    at.wait(lambda: len(field.thumbs) == 1)
    sheet.reject()
    assert "还没有保存" in sheet.note
    assert at.has_sheet


def test_enter_on_a_photo_of_a_step_shows_it_large(
    record: Opens, desk: Desk, tmp_path: Path
) -> None:
    request = act(desk, register(desk), Action.ACCEPT)
    at = record(request)
    at.content.photos.tools.offered.emit(offered_files([photo(tmp_path, "red")]))
    at.wait(lambda: len(at.content.course.thumbs) == 1)
    assert [one.step for one in stored(desk, request.uid).photos] == [3]
    _sha, thumb = at.content.course.thumbs[0]
    thumb.setFocus()
    at.press(Qt.Key.Key_Return)
    (viewer,) = at.page.findChildren(PhotoViewer)
    at.wait(lambda: viewer.is_shown)
    viewer.accept()


def test_photos_are_added_to_a_step_of_ones_own_and_to_no_colleagues(
    record: Opens, desk: Desk, tmp_path: Path
) -> None:
    request = act(desk, register(desk), Action.ACCEPT)
    act(seat(desk, "李建国"), request, Action.DONE)
    at = record(request)
    assert set(at.content.course.adders) == {1, 2}
    at.content.course.adders[2].setFocus()
    at.content.photos.bring_to_step(2, offered_files([photo(tmp_path, "red")]))
    at.wait(lambda: len(at.content.course.thumbs) == 1)
    assert [one.step for one in stored(desk, request.uid).photos] == [2]
    assert "接办" in at.course()[2]
    assert at.course()[2].endswith("1 张照片")
    # The steps were laid out anew; the keyboard is where it was.
    assert at.content.course.adders[2].hasFocus()
    assert set(at.content.course.adders) == {1, 2, 4}


def test_a_closed_form_leaves_no_photo_behind(record: Opens, desk: Desk, tmp_path: Path) -> None:
    request = act(desk, register(desk), Action.ACCEPT, Action.DONE)
    at = record(request)
    at.page._take_step(Action.FOLLOW_UP)
    field = field_of(at)
    field.bring(offered_files([photo(tmp_path, "red")]))
    sheet = at.sheet()
    sheet.reject()
    sheet.reject()
    at.wait(lambda: not at.has_sheet and not at.page._runner.running)
    assert service.get(desk, request.uid).photos == ()
