"""回执写到: beside each bundle, onto a stick, or into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.registers.offices.ui.drive_watch import Plugged
from desktop_app.registers.offices.ui.targets import TargetBar
from desktop_app.storage.drives import Drive
from desktop_app.widgets.choices import Choice

LABEL = "回执写到"
BESIDE: Final = "beside"
BESIDE_WORDS = "上报包所在的地方"
BESIDE_HINT = "每个上报包的回执写在它旁边：从哪个 U 盘或文件夹来，就写回哪里。"


class ReceiptBar(TargetBar):
    """Beside the bundle unless somebody chooses otherwise; a stick that comes changes nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.field.set_label(LABEL)
        self.bar.set_value(BESIDE)

    @property
    def is_beside(self) -> bool:
        """Whether each receipt goes to where its bundle came from."""
        return self.bar.value() == BESIDE

    def place(self) -> Path | None:
        """The folder receipts go to; None: beside their bundles."""
        target = self.target()
        return None if target is None else target.folder

    @Slot(object)
    def take_plugged(self, plugged: Plugged) -> None:
        """Other sticks are plugged in than before."""
        self.set_drives(plugged.drives)

    def set_drives(self, drives: Sequence[Drive]) -> None:
        self._drives = tuple(drives)
        self._fill()

    def choices(self) -> tuple[Choice, ...]:
        return (Choice(BESIDE, BESIDE_WORDS, icon="copy"), *super().choices())

    def _explain(self) -> None:
        if self.is_beside:
            self.field.set_hint(BESIDE_HINT)
        else:
            super()._explain()
