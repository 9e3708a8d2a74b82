"""扫描件: pages of an agreement and of its supplements, added from files, looked at, removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.photos import SUFFIXES, Photo, PhotoSource
from desktop_app.core.wording import paper_day
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.rules.agreement import Agreement
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import Card, plain_button
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_PageUp: -1,
}
_LEAVING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


@dataclass(frozen=True, slots=True)
class Scan:
    """One page, and of what it is: empty of the agreement itself, else the supplement's number."""

    photo: Photo
    supplement: str
    place: int

    @property
    def title(self) -> str:
        return f"{self.supplement or '协议'}　第 {self.place} 页"


def scans_of(agreement: Agreement) -> list[Scan]:
    """Every page in the order of the paper: the agreement, then each supplement."""
    parts = [("", agreement.scans), *((one.number, one.scans) for one in agreement.supplements)]
    return [
        Scan(photo, number, place)
        for number, photos in parts
        for place, photo in enumerate(photos, start=1)
    ]


class ScansCard(Card):
    """`opened` carries a page's place in the list, `removed` its SHA-256; `add_wanted` the button.

    Enter looks at a page, Del takes it out.
    """

    opened = Signal(int)
    removed = Signal(str)
    add_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("扫描件", parent)
        self.scans: list[Scan] = []
        self._may_change = False
        self.told = QLabel(self)
        self.told.setProperty("role", "small")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.add = plain_button("添加扫描件", self, icon_name="scan-line")
        self.add.setToolTip("添加扫描件（Ctrl+O）")
        self.add.clicked.connect(self.add_wanted)
        self.list = _Pages("扫描件", self)
        self.list.chosen.connect(self._open)
        self.list.dropped.connect(self._remove)
        self.trouble = QLabel(self)
        self.trouble.setProperty("role", "problem")
        self.trouble.setWordWrap(True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.hide()
        self.body.addWidget(self.told)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.list)

    def show_scans(self, agreement: Agreement, *, may_change: bool) -> None:
        """Show the pages there are."""
        self.scans, self._may_change = scans_of(agreement), may_change
        self.add.setVisible(may_change)
        items = [
            LineItem(one.photo.sha256, one.title, detail=_about(one.photo)) for one in self.scans
        ]
        self.list.set_items(items)
        self.list.setVisible(bool(items))
        self.list.setFixedHeight(min(4, len(items)) * theme_of().metrics.two_line_row)
        hint = "　Enter 看，Del 移除。" if may_change else "　Enter 看。"
        self.say(f"共 {len(items)} 页。{hint}" if items else "还没有扫描件。")
        self.setVisible(agreement.signed)

    def say(self, words: str) -> None:
        """A sentence above the pages."""
        self.told.setText(words)

    def blame(self, words: str) -> None:
        """What could not be taken in and why; it stays until the next are brought."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    @Slot(object)
    def _open(self, sha256: str) -> None:
        self.opened.emit([one.photo.sha256 for one in self.scans].index(sha256))

    @Slot(object)
    def _remove(self, sha256: str) -> None:
        if self._may_change:
            self.removed.emit(sha256)


class _Pages(LineList):
    dropped = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.focused_uid():
            self.dropped.emit(self.focused_uid())
        else:
            super().keyPressEvent(event)


def _about(photo: Photo) -> str:
    taken = f"　{paper_day(photo.taken_on)}" if photo.taken_on else ""
    return f"{photo.width}×{photo.height}　{max(1, photo.size // 1024)} KB{taken}"


def ask_for_files(parent: QWidget) -> QFileDialog:
    """Let somebody choose pages, several at once; connect to `filesSelected`."""
    chooser = QFileDialog(parent, "选择扫描件")
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
    pictures = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
    chooser.setNameFilters([f"图片 ({pictures})", "所有文件 (*)"])
    chooser.open()
    return chooser


def sources(paths: Sequence[str]) -> list[PhotoSource]:
    """The chosen files, ready for the service."""
    return [PhotoSource(Path(path).name, Path(path)) for path in paths]


class ScanViewer(QDialog):
    """One page as wide as the window allows; Left and Right go on, Enter and Esc close."""

    def __init__(self, page: Page, desk: Desk, uid: Uid, scans: Sequence[Scan], at: int) -> None:
        super().__init__(page)
        self.setWindowTitle("看扫描件")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page, self._desk, self._uid = page, desk, uid
        self._scans, self.at = tuple(scans), at
        self._picture = QLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area = QScrollArea(self)
        self._area.setWidget(self._picture)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.words = QLabel(self)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.addWidget(self._area, 1)
        column.addWidget(self.words)
        self.resize(page.window().size() - QSize(2 * SPACE.huge, 2 * SPACE.huge))
        self._read()

    @property
    def is_shown(self) -> bool:
        """Whether the page has been read."""
        return not self._picture.pixmap().isNull()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        bar = self._area.verticalScrollBar()
        if event.key() in _LEAVING:
            self.accept()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            bar.setValue(bar.value() + (80 if event.key() == Qt.Key.Key_Down else -80))
        elif step is not None and 0 <= self.at + step < len(self._scans):
            self.at += step
            self._read()

    def _read(self) -> None:
        scan, desk, uid = self._scans[self.at], self._desk, self._uid
        self.words.setText(f"{self.at + 1} / {len(self._scans)}　{scan.title}")
        self._picture.clear()

        def work(_job: Job) -> QImage:
            content = service.scan(desk, desk.database.blobs, uid, scan.photo.sha256)
            return QImage.fromData(content)

        self._page.in_background("看扫描件", work, self._show, self._fail)

    def _show(self, image: QImage) -> None:
        if not shiboken6.isValid(self):
            return
        ratio = self.devicePixelRatioF()
        wide = min(image.width(), round((self._area.viewport().width() - SPACE.large) * ratio))
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = QPixmap.fromImage(image.scaledToWidth(max(1, wide), smooth))
        shown.setDevicePixelRatio(ratio)
        self._picture.setPixmap(shown)
        self._area.verticalScrollBar().setValue(0)

    def _fail(self, fault: Fault) -> None:
        if shiboken6.isValid(self):
            self._picture.setText(fault.words)
