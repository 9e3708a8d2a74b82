"""The buttons above the photos: where pictures come from, and what is done with the focused one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton, QSizePolicy, QWidget

from desktop_app.core.photos import SUFFIXES
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.photo_intake import Offered, offered_by, offered_files
from desktop_app.widgets.photo_list import PhotoList

ADD_KEYS, FOLDER_KEYS, PASTE_KEYS = "Ctrl+O", "Ctrl+Shift+O", "Ctrl+V"
NOTHING_TO_PASTE = "剪贴板里没有照片，没有粘贴。请先复制照片或照片文件。"


class PhotoTools(QWidget):
    """`offered` carries an `Offered`; `refused` a sentence about an empty clipboard."""

    offered = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        photos: PhotoList,
        parent: QWidget,
        *,
        captioned: bool = True,
        folders: bool = True,
    ) -> None:
        super().__init__(parent)
        self._adding = [
            self._button("添加照片", "plus", self.choose_files, ADD_KEYS),
            self._button("粘贴", "image", self._paste, PASTE_KEYS),
        ]
        if folders:
            folder = self._button("添加文件夹", "folder-open", self._choose_folder, FOLDER_KEYS)
            self._adding.insert(1, folder)
        self._looking = self._button("看大图", "eye", photos.open_focused)
        self._changing = [self._button("移除", "trash-2", photos.remove_focused)]
        if captioned:
            self._changing[:0] = [
                self._button("写说明", "pencil", photos.edit_focused),
                self._button("前移", "chevron-left", partial(photos.move_focused, -1)),
                self._button("后移", "chevron-right", partial(photos.move_focused, 1)),
            ]
        for button in (self._looking, *self._changing):
            button.setProperty("role", "plain")
        self.setFocusProxy(self._adding[0])
        flow = FlowLayout(self)
        for button in (*self._adding, self._looking, *self._changing):
            flow.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_for(self, *, may_change: bool, some: bool) -> None:
        """Show the buttons that do something now."""
        for button in self._adding:
            button.setVisible(may_change)
        self._looking.setVisible(some)
        for button in self._changing:
            button.setVisible(may_change and some)

    @Slot()
    def choose_files(self) -> None:
        """Let somebody choose pictures, several at once."""
        choose_photos(self, self.offered.emit)

    @Slot()
    def _choose_folder(self) -> None:
        chooser = _chooser(self, "选择放照片的文件夹", self.offered.emit)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.open()

    @Slot()
    def _paste(self) -> None:
        offered = offered_by(QGuiApplication.clipboard().mimeData())
        if offered:
            self.offered.emit(offered)
        else:
            self.refused.emit(NOTHING_TO_PASTE)

    def _button(
        self, verb: str, icon_name: str, slot: Callable[[], object], keys: str = ""
    ) -> QPushButton:
        button = plain_button(verb, self, icon_name=icon_name, keys=keys)
        button.clicked.connect(slot)
        return button


def choose_photos(parent: QWidget, take: Callable[[Offered], object]) -> None:
    """Let somebody choose pictures, several at once; `take` gets them."""
    chooser = _chooser(parent, "选择照片", take)
    chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
    pictures = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
    chooser.setNameFilters([f"照片 ({pictures})", "所有文件 (*)"])
    chooser.open()


def _chooser(parent: QWidget, title: str, take: Callable[[Offered], object]) -> QFileDialog:
    def chosen(paths: list[str]) -> None:
        take(offered_files([Path(path) for path in paths]))

    chooser = QFileDialog(parent, title)
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chooser.filesSelected.connect(chosen)
    return chooser
