"""A field for one picture: chosen as a file, or pasted. Shows its name; nothing is kept yet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from desktop_app.core.photos import SUFFIXES, PhotoSource
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.photo_intake import offered_by
from desktop_app.widgets.photo_tools import NOTHING_TO_PASTE
from desktop_app.widgets.tokens import SPACE

NOTHING_YET = "还没有选照片"


class PictureInput(QWidget):
    """`value()` is the picture that was chosen, or None."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._source: PhotoSource | None = None
        self.choose = plain_button("选择照片", self, icon_name="image")
        self.paste = plain_button("粘贴", self)
        self.name = QLabel(NOTHING_YET, self)
        self.name.setProperty("role", "quiet")
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(self.choose)
        line.addWidget(self.paste)
        line.addWidget(self.name, 1)
        self.setFocusProxy(self.choose)
        self.choose.clicked.connect(self._choose)
        self.paste.clicked.connect(self._paste)

    def value(self) -> PhotoSource | None:
        return self._source

    def set_value(self, source: PhotoSource | None) -> None:
        self._source = source
        self.name.setText(NOTHING_YET if source is None else source.name)
        self.changed.emit()

    @Slot()
    def _choose(self) -> None:
        chooser = QFileDialog(self, "选择签字的照片")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        pictures = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        chooser.setNameFilters([f"照片 ({pictures})", "所有文件 (*)"])
        chooser.fileSelected.connect(self._chosen)
        chooser.open()

    @Slot(str)
    def _chosen(self, path: str) -> None:
        self.set_value(PhotoSource(Path(path).name, Path(path)))

    @Slot()
    def _paste(self) -> None:
        found = offered_by(QGuiApplication.clipboard().mimeData()).sources()
        if found:
            self.set_value(found[0])
        else:
            self.refused.emit(NOTHING_TO_PASTE)
