"""照片: brought in by drop, paste or choosing; put in order, captioned and removed by keys.

Small changes are saved at once in the window's thread, so that a key held down moves a photo step
by step; reading and shrinking pictures goes on behind.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import USUAL_PHOTOS, Activity
from desktop_app.ledgers.activities.service import PhotosTaken
from desktop_app.ledgers.activities.ui.photo_intake import (
    Offered,
    PhotoIntake,
    offered_by,
)
from desktop_app.ledgers.activities.ui.photo_list import PhotoList, picture_size
from desktop_app.ledgers.activities.ui.photo_tools import ADD_KEYS, PASTE_KEYS, PhotoTools
from desktop_app.ledgers.activities.ui.photo_viewer import PhotoViewer
from desktop_app.ledgers.activities.ui.record_looks import WholeActivity
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import Card, KeyHint
from desktop_app.widgets.page import Page
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.tokens import SPACE

_SHARPER = 2
"""Small pictures are kept at twice their size on the screen, for screens at 150 and 200 %."""


class PhotosPane(QWidget):
    """The photos of the activity on the page."""

    hints = (
        KeyHint(ADD_KEYS, "添加照片"),
        KeyHint(PASTE_KEYS, "粘贴照片"),
        KeyHint("Enter", "看大图"),
        KeyHint("F2", "写说明"),
        KeyHint("Alt+← / Alt+→", "往前 / 往后排"),
        KeyHint("Del", "移除"),
    )

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._whole: WholeActivity | None = None
        self._activity: Activity | None = None
        self.count = QLabel(self)
        self.count.setWordWrap(True)
        self.count.setProperty("role", "small")
        self.list = PhotoList(self)
        self.intake = PhotoIntake(desk, page, self)
        self.empty = StatePane(self)
        self.tools = PhotoTools(self.list, self)
        self._lay_out()
        self.list.opened.connect(self._open)
        self.list.moved.connect(self._move)
        self.list.removed.connect(self._remove)
        self.list.written.connect(self._write)
        self.intake.taken.connect(self._taken)
        self.tools.offered.connect(self._bring)
        self.tools.refused.connect(self.count.setText)
        self.empty.next_step.connect(self.tools.choose_files)

    # --- what the page says --------------------------------------------------------------------

    def show_whole(self, whole: WholeActivity) -> None:
        """Show the photos that were read anew; their small pictures follow."""
        self._whole = whole
        self._show(whole.activity)

    def forget(self) -> None:
        """Another activity comes onto the page."""
        self._whole = self._activity = None
        self.list.show_photos((), editable=False)
        self.intake.forget()

    def take_keyboard(self) -> None:
        if self.list.photos:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.empty.press()

    def accepts(self, mime: QMimeData) -> bool:
        """Whether what is dragged over the page can be dropped."""
        return self._may_change() and bool(offered_by(mime))

    def take(self, mime: QMimeData) -> None:
        """Take in what was dropped or pasted."""
        self._bring(offered_by(mime))

    # --- photos come in ------------------------------------------------------------------------

    @Slot(object)
    def _bring(self, offered: Offered) -> None:
        if self._activity is not None and self._may_change() and offered:
            self.intake.bring(self._activity.uid, offered)

    @Slot(object)
    def _taken(self, taken: PhotosTaken) -> None:
        changed = taken.changed
        assert changed is not None, "only told when something was added"
        if self._activity is not None and changed.value.uid == self._activity.uid:
            self._show(changed.value)
            if self.isVisible():
                # Elsewhere on the page somebody is signing people in meanwhile.
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._page.tell_changed(changed, f"已添加 {taken.added} 张照片")

    # --- photos are changed --------------------------------------------------------------------

    @Slot(str)
    def _open(self, sha256: str) -> None:
        if self._activity is not None:
            at = [one.sha256 for one in self.list.photos].index(sha256)
            PhotoViewer(self._page, self._desk, self._activity.uid, self.list.photos, at).open()

    @Slot(str, int)
    def _move(self, sha256: str, step: int) -> None:
        order = [one.sha256 for one in self.list.photos]
        if 0 <= order.index(sha256) + step < len(order):
            words = "照片往前排了一张" if step < 0 else "照片往后排了一张"
            self._at_once(partial(service.move_photo, sha256=sha256, steps=step), words)

    @Slot(str)
    def _remove(self, sha256: str) -> None:
        self._at_once(partial(service.remove_photo, sha256=sha256), "已移除一张照片")

    @Slot(str, str)
    def _write(self, sha256: str, words: str) -> None:
        call = partial(service.change_caption, sha256=sha256, caption=words)
        self._at_once(call, "已写照片说明" if words else "已去掉照片说明")

    def _at_once(self, call: Callable[[Desk, Uid, int], Changed[Activity]], sentence: str) -> None:
        if self._activity is None:
            return
        try:
            changed = call(self._desk, self._activity.uid, self._activity.revision)
        except Fault as fault:
            self._page.say_fault(fault)
            return
        self._show(changed.value)
        self._page.tell_changed(changed, sentence)

    # --- what is shown -------------------------------------------------------------------------

    def _show(self, activity: Activity) -> None:
        now = self._activity
        if now is not None and now.uid == activity.uid and activity.revision < now.revision:
            # Read before the last key was pressed.
            return
        self._activity = activity
        may = self._may_change()
        self.list.show_photos(activity.photos, editable=may)
        some = bool(activity.photos)
        self.tools.show_for(may_change=may, some=some)
        self.count.setText(count_words(activity))
        self.list.setVisible(some)
        self.empty.setVisible(not some)
        if not some:
            self._show_empty(may)
        missing = self.list.missing()
        if missing:
            work = partial(_small_pictures, self._desk, activity.uid, missing)
            self._page.in_background("照片缩略图", work, self.list.add_pictures)

    def _show_empty(self, may: bool) -> None:
        fewest, most = USUAL_PHOTOS
        more = f"把照片或文件夹拖到这里，或按 {PASTE_KEYS} 粘贴。一般要 {fewest} 至 {most} 张。"
        self.empty.show_empty("还没有照片。", more if may else "", "添加照片" if may else "")

    def _may_change(self) -> bool:
        return self._whole is not None and self._whole.may_record

    def _lay_out(self) -> None:
        card = Card("", self)
        card.body.addWidget(self.tools)
        card.body.addWidget(self.count)
        card.body.addWidget(self.intake)
        card.add_list(self.list)
        card.add_list(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(card, 1)


def count_words(activity: Activity) -> str:
    """How many there are, and quietly how many there usually are."""
    count, (fewest, most) = len(activity.photos), USUAL_PHOTOS
    if not count:
        return ""
    said = f"共 {count} 张，按这里的顺序印在活动总结里。"
    return said if count >= fewest else f"{said}活动台账一般要 {fewest} 至 {most} 张。"


def _small_pictures(desk: Desk, uid: Uid, wanted: list[str], job: Job) -> dict[str, QImage | None]:
    """In the worker's thread; None for a photo that cannot be read."""
    found: dict[str, QImage | None] = {}
    size = picture_size() * _SHARPER
    for sha256 in wanted:
        job.check()
        try:
            image = QImage.fromData(service.photo(desk, desk.database.blobs, uid, sha256))
        except Fault:
            found[sha256] = None
            continue
        keep = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        found[sha256] = None if image.isNull() else image.scaled(size, keep, smooth)
    return found
