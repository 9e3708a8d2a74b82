"""送到: a stick that is plugged in, the folder used before, or another folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.storage.drives import Drive
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.field import LabelledField

LABEL = "送到"
ELSEWHERE = "另存到…"
NO_DRIVE = "没有发现 U 盘，插上后会自动出现在这里。"
_GIGA, _MEGA = 1 << 30, 1 << 20


@dataclass(frozen=True, slots=True)
class Target:
    """Where files go: a folder, and the drive it is when it is a stick."""

    folder: Path
    drive: Drive | None = None

    @property
    def words(self) -> str:
        """What to call it in a sentence."""
        return f"U 盘“{self.drive.name}”" if self.drive else f"文件夹 {self.folder}"

    def after(self, verb: str) -> str:
        """Behind a verb: 已写到 U 盘“JINLIN”; Latin letters stand apart from Chinese ones."""
        return f"{verb} {self.words}" if self.drive else f"{verb}{self.words}"


class TargetBar(QWidget):
    """`changed` follows every choice. A stick is chosen when it is plugged in, else the folder.

    What a person chose stays chosen until then, while it is there.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._drives: tuple[Drive, ...] = ()
        self._folder: Path | None = None
        self._by_hand = False
        self._filling = False
        self.bar = ChoiceBar((), self)
        self.field = LabelledField(LABEL, self.bar, self, key="T", hint=NO_DRIVE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        self.setFocusProxy(self.bar)
        self.bar.changed.connect(self._chosen)
        self.bar.submitted.connect(self.submitted)
        self._fill()

    @property
    def drives(self) -> tuple[Drive, ...]:
        """What is plugged in."""
        return self._drives

    @property
    def folder(self) -> Path | None:
        """The folder that is offered, if any."""
        return self._folder

    def target(self) -> Target | None:
        """What is chosen; None asks for a folder first."""
        chosen = self.bar.value()
        if not isinstance(chosen, Path):
            return None
        drive = next((one for one in self._drives if one.path == chosen), None)
        return Target(chosen, drive)

    def set_drives(self, drives: Sequence[Drive]) -> None:
        """These sticks are plugged in now; one that is new is chosen."""
        before = {one.path for one in self._drives}
        self._drives = tuple(drives)
        new = [one.path for one in self._drives if one.path not in before]
        if new:
            # Whoever plugs a stick in now means it, whatever was chosen before.
            self._by_hand = False
        self._fill(new[0] if new else None)

    def set_folder(self, folder: Path | None, *, choose: bool = False) -> None:
        """The folder that was used last, or was chosen just now."""
        self._folder = folder
        self._by_hand = self._by_hand or choose
        self._fill(folder if choose else None)

    def choices(self) -> tuple[Choice, ...]:
        """One for each stick, the folder, and another folder."""
        sticks = [Choice(one.path, f"U 盘 {one.name}", icon="usb") for one in self._drives]
        folder = self._folder
        if folder is not None and folder not in [one.path for one in self._drives]:
            sticks.append(Choice(folder, f"文件夹 {_short(folder)}", icon="folder-open"))
        return (*sticks, Choice(ELSEWHERE, ELSEWHERE, icon="save"))

    def _fill(self, wanted: Path | None = None) -> None:
        self._filling = True
        choices = self.choices()
        self.bar.set_choices(choices)
        if wanted is not None:
            self.bar.set_value(wanted)
        elif self.bar.value() is None or not self._by_hand:
            self._by_hand = False
            self.bar.set_value(choices[0].value)
        self._filling = False
        self._explain()
        self.changed.emit()

    @Slot()
    def _chosen(self) -> None:
        if not self._filling:
            self._by_hand = True
            self._explain()
            self.changed.emit()

    def _explain(self) -> None:
        target = self.target()
        if target is None:
            self.field.set_hint("按下一步的按钮后选择文件夹。" if self._drives else NO_DRIVE)
        elif target.drive is None:
            self.field.set_hint(f"{target.folder}")
        elif target.drive.read_only:
            self.field.set_hint("这个 U 盘是只读的，请关掉侧面的写保护开关，或换一个。")
        else:
            drive = target.drive
            self.field.set_hint(f"{drive.path}　剩余 {size_words(drive.free)}")


def size_words(size: int) -> str:
    """A size in bytes as people say it: 12.3 GB, 4.0 MB, 12 KB."""
    if size >= _GIGA:
        return f"{size / _GIGA:.1f} GB"
    if size >= _MEGA:
        return f"{size / _MEGA:.1f} MB"
    return f"{max(1, -(-size // 1024))} KB"


def _short(folder: Path) -> str:
    """The end of a path, which tells folders apart; the whole of it stands below."""
    name = folder.name or str(folder)
    return name if len(name) <= 16 else f"{name[:15]}…"
