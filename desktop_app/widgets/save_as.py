"""A button that asks where, and has something written there off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QPushButton

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.page import Page

Write = Callable[[Path], Path]
"""Writes a file there, or beside it with its ending, and answers where."""


class SaveAs(QPushButton):
    """`word` is what it does (另存为图片), `what` what is written (图片), `ending` its files'.

    Gone until something is offered.
    """

    def __init__(self, word: str, what: str, ending: str, page: Page) -> None:
        super().__init__(word, page)
        self._what, self._ending, self._page = what, ending, page
        self._name = ""
        self._prepare: Callable[[], Write] | None = None
        put_icon(self, "download")
        self.hide()
        self.clicked.connect(self._ask_where)

    def offer(self, name: str, prepare: Callable[[], Write] | None) -> None:
        """What is on show now, and what its file would be called; nothing takes the button away.

        `prepare` is called in the window's thread, what it answers in another.
        """
        self._name, self._prepare = name, prepare
        self.setVisible(prepare is not None)

    @Slot(str)
    def save_to(self, path: str) -> None:
        """Write what is on show."""
        if self._prepare is None:
            return
        write = self._prepare()

        def work(_job: Job) -> Path:
            return write(Path(path))

        self.setEnabled(False)
        self._page.in_background(f"保存{self._what}", work, self._saved, self._not_saved)

    @Slot()
    def _ask_where(self) -> None:
        if self._prepare is None:
            return
        chooser = QFileDialog(self, self.text())
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilter(f"{self._ending.upper()} {self._what} (*.{self._ending})")
        chooser.setDefaultSuffix(self._ending)
        chooser.selectFile(f"{self._name}.{self._ending}")
        chooser.fileSelected.connect(self.save_to)
        chooser.open()

    def _saved(self, path: Path) -> None:
        self.setEnabled(True)
        self._page.tell_changed(Changed(frozenset(), (), path), f"{self._what}已保存到 {path}")

    def _not_saved(self, fault: Fault) -> None:
        self.setEnabled(True)
        self._page.say_fault(fault)
