"""What this PC keeps for itself: its look, who signed in here last, how wide columns were drawn."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.widgets.local_settings import (
    LocalSettings,
    load_local_settings,
    save_local_settings,
)
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.theme import Theme


class ThisPc(QObject):
    """The settings in force; a choice is written at once, column widths when the program ends."""

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self.settings: LocalSettings = load_local_settings(path)

    def change_look(self, theme: Theme) -> None:
        """Keep another look."""
        self.settings = replace(
            self.settings, large=theme.large, dark=theme.dark, scale=theme.scale
        )
        self.save()

    @Slot(object)
    def note_operator(self, name: str) -> None:
        """Somebody signed in with a password: the next sign-in offers this name first."""
        if name != self.settings.operator:
            self.settings = replace(self.settings, operator=name)
            self.save()

    @Slot(object)
    def look_after(self, page: QWidget) -> None:
        """Give the tables of a new page the widths they had here; remember when they change."""
        for table in page.findChildren(PagedTable):
            name = table.view.accessibleName()
            table.set_widths(self.settings.widths.get(name, {}))
            table.widths_changed.connect(partial(self._keep_widths, name))

    @Slot()
    def save(self) -> None:
        """Write the file; where the disk refuses, the defaults come back next time."""
        save_local_settings(self._path, self.settings)

    def _keep_widths(self, table: str, widths: dict[str, int]) -> None:
        self.settings = self.settings.with_widths(table, widths)
