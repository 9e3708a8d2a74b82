"""照片: brought in by drop, paste or choosing; put in order, captioned and removed by keys.

Small changes are saved at once in the window's thread, so that a key held down moves a photo step
by step; reading and shrinking pictures goes on behind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import PhotoSource
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import USUAL_PHOTOS, Activity
from desktop_app.ledgers.activities.service import PhotosTaken
from desktop_app.ledgers.activities.ui.record_looks import WholeActivity
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.page import Page
from desktop_app.widgets.photo_album import PhotoAlbum
from desktop_app.widgets.photo_tools import ADD_KEYS, PASTE_KEYS


class PhotosPane(PhotoAlbum):
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
        self._desk = desk
        super().__init__(page, self._content, self._take_in)
        self._whole: WholeActivity | None = None
        self._activity: Activity | None = None
        self.added.connect(self._taken)
        self.moved.connect(self._move)
        self.removed.connect(self._remove)
        self.written.connect(self._write)

    # --- what the page says --------------------------------------------------------------------

    def show_whole(self, whole: WholeActivity) -> None:
        """Show the photos that were read anew; their small pictures follow."""
        self._whole = whole
        self._show(whole.activity)

    def forget(self) -> None:
        self._whole = self._activity = None
        super().forget()

    # --- photos come in ------------------------------------------------------------------------

    def _content(self, uid: Uid, sha256: str) -> bytes:
        """In the worker's thread."""
        return service.photo(self._desk, self._desk.database.blobs, uid, sha256)

    def _take_in(self, uid: Uid, sources: Sequence[PhotoSource], job: Job) -> PhotosTaken:
        """In the worker's thread."""
        return service.take_in_photos(self._desk, self._desk.database.blobs, uid, sources, job)

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
        fewest, most = USUAL_PHOTOS
        self.show_photos(
            activity.uid,
            activity.photos,
            may_change=self._whole is not None and self._whole.may_record,
            words=count_words(activity),
            empty=f"把照片或文件夹拖到这里，或按 {PASTE_KEYS} 粘贴。一般要 {fewest} 至 {most} 张。",
        )


def count_words(activity: Activity) -> str:
    """How many there are, and quietly how many there usually are."""
    count, (fewest, most) = len(activity.photos), USUAL_PHOTOS
    if not count:
        return ""
    said = f"共 {count} 张，按这里的顺序印在活动总结里。"
    return said if count >= fewest else f"{said}活动台账一般要 {fewest} 至 {most} 张。"
