"""Uses the page 上报 in the real window: its big button, its lists, its files, its three steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from desktop_app.core.travel import Profile
from desktop_app.station.reporting.ui.desk_pane import DeskPane
from desktop_app.station.reporting.ui.hero import Hero
from desktop_app.station.reporting.ui.join import JoinPane
from desktop_app.station.reporting.ui.page import ReportingPage
from desktop_app.storage.drives import Drive
from desktop_app.widgets.forms import Figure
from tests.driver.dropping import drag_in, drop
from tests.driver.program import Counter
from tests.driver.settings import cells
from tests.driver.typing import press

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
GIGA = 1 << 30


class Slots:
    """The USB slots of the test's PC: `plugged` is what the system would tell of."""

    def __init__(self) -> None:
        self.plugged: list[Drive] = []

    def drives(self) -> list[Drive]:
        """As the system tells of them: the more lies on one, the less is free."""
        return [replace(one, free=one.free - _size_of(one.path)) for one in self.plugged]

    def plug(self, path: Path, label: str = "JINLIN", *, read_only: bool = False) -> Drive:
        """Plug a stick in: a folder stands for it."""
        path.mkdir(exist_ok=True)
        drive = Drive(path, label, "vfat", 16 * GIGA, 12 * GIGA, read_only)
        self.plugged.append(drive)
        return drive

    def pull(self) -> None:
        """Pull all sticks out."""
        self.plugged.clear()


class ReportingSight:
    """What can be seen of the page by somebody who signed in."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        counter.workplace.pages.show_page("reporting")
        page = counter.workplace.pages.current_page
        assert isinstance(page, ReportingPage)
        self.page = page
        counter.settle()

    @property
    def pane(self) -> DeskPane:
        return self.page.desk_pane

    @property
    def hero(self) -> Hero:
        return self.page.desk_pane.hero

    @property
    def join(self) -> JoinPane:
        return self.page.join_pane

    @property
    def told(self) -> str:
        """What the card tells: the headline and the sentences; empty while it tells nothing."""
        return self.hero.outcome.words if self.hero.is_told else ""

    @property
    def headline(self) -> str:
        return self.told.partition("\n")[0]

    @property
    def banner(self) -> str:
        """What the banner of the page says, or empty."""
        banner = self.pane.banner
        return banner.sentence if banner.isVisible() else ""

    @property
    def figures(self) -> dict[str, str]:
        """The figures on the card that can be seen, by their words."""
        shown = [one for one in self.hero.standing.findChildren(Figure) if one.isVisible()]
        return {name[0]: " ".join(name[1:]) for name in (_split(one) for one in shown)}

    @property
    def note(self) -> str:
        """The sentence on the card, or empty."""
        label = self.hero.standing.note
        return label.text() if label.isVisible() else ""

    @property
    def may_report(self) -> bool:
        return self.hero.standing.button.isEnabled() and self.hero.standing.isVisible()

    @property
    def targets(self) -> list[str]:
        """Where a 上报 can be sent to, in words."""
        return [choice.label for choice in self.hero.standing.targets.choices()]

    @property
    def history(self) -> list[list[str]]:
        """The list 上报记录, cell by cell."""
        return cells(self.pane.history)

    @property
    def pending(self) -> list[list[str]]:
        """The list 待补, cell by cell."""
        return cells(self.pane.pending)

    @property
    def words(self) -> str:
        """Everything that can be read on the page."""
        shown: Sequence[QLabel | QPushButton] = [
            *self.page.findChildren(QLabel),
            *self.page.findChildren(QPushButton),
        ]
        return "\n".join(one.text() for one in shown if one.isVisible())

    def button(self, verb: str) -> QPushButton:
        """The visible button that says this."""
        return next(
            one
            for one in self.page.findChildren(QPushButton)
            if one.isVisible() and one.text() == verb
        )


class ReportingSeat(ReportingSight):
    """And what that person does there."""

    def settle(self) -> None:
        """Until everything that was asked for has been answered."""
        self.counter.settle()

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        press(self.page, *keys, with_=with_)

    def look_at_slots(self) -> None:
        """What the page does every two seconds."""
        self.page.watch.look_now()
        self.settle()

    def report(self, folder: Path | None = None) -> None:
        """Ctrl+Enter; into this folder when the page asks for one; until it says how it went."""
        self.page.activateWindow()
        self.press(K.Key_Return, with_=CONTROL)
        if folder is not None:
            self.choose(folder)
        self.wait_told()

    def choose(self, *paths: Path) -> None:
        """Choose in the dialog of the system that is open now."""
        self.counter.wait(lambda: bool(self._choosers()))
        chooser = self._choosers()[-1]
        chosen = [str(path) for path in paths]
        if chooser.fileMode() is QFileDialog.FileMode.ExistingFiles:
            chooser.filesSelected.emit(chosen)
        else:
            chooser.fileSelected.emit(chosen[0])
        chooser.close()
        self.counter.window.activateWindow()
        self.settle()

    def drop(self, *paths: Path) -> str:
        """Drop files on the page; answers what the veil said while they were dragged."""
        drag_in(self.page, *paths)
        said = self.page.drop.words
        drop(self.page, *paths)
        self.settle()
        return said

    def push(self, verb: str) -> None:
        """Press the visible button that says this."""
        self.button(verb).click()
        self.settle()

    def wait_told(self) -> None:
        """Until the card tells what came of it."""
        self.counter.wait(lambda: self.hero.is_told)
        self.settle()

    def put_away(self) -> None:
        """Esc on what is told."""
        self.page.activateWindow()
        self.hero.outcome.take_keyboard()
        self.press(K.Key_Escape)
        self.settle()

    def choose_profile(self, profile: Profile) -> None:
        self.hero.standing.profile.set_value(profile)

    def _choosers(self) -> list[QFileDialog]:
        return [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, QFileDialog) and widget.isVisible()
        ]


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _split(figure: Figure) -> list[str]:
    """街道已确认到 11月20日 周五: the words and the number."""
    return figure.accessibleName().split(" ")
