"""The page 设置: one tab a section; each section is a page of its own, made when first opened."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop_app.core.rights import Right
from desktop_app.station.sign_in.session import Session
from desktop_app.widgets.forms import KeyHint, KeyMap, PageTitle
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE


@dataclass(frozen=True, slots=True)
class Section:
    """One tab. A section `of_the_house` is made with the session, the others with the desk.

    `street_word` is what it is called at a street; a section without one is a station's only.
    """

    key: str
    word: str
    place: str
    needs: Right = Right.SIGN_IN
    of_the_house: bool = False
    street_word: str = ""


SECTIONS: tuple[Section, ...] = (
    Section(
        "station",
        "站点",
        "desktop_app.station.settings.ui.page:StationSection",
        Right.MANAGE_STATION,
        street_word="街道",
    ),
    Section(
        "operators",
        "操作员",
        "desktop_app.station.operators.ui.page:OperatorsSection",
        of_the_house=True,
        street_word="操作员",
    ),
    Section(
        "places",
        "地点",
        "desktop_app.registers.places.ui.page:PlacesSection",
        Right.READ,
    ),
    Section(
        "matters",
        "事项目录",
        "desktop_app.registers.matters.ui.page:MattersSection",
        Right.READ,
    ),
    Section(
        "phrases",
        "文书用语",
        "desktop_app.station.papers.ui.phrases:PhrasesSection",
        Right.MANAGE_STATION,
        street_word="文书用语",
    ),
    Section(
        "templates",
        "表格模板",
        "desktop_app.station.exporting.ui.templates_section:TemplatesSection",
        Right.EXPORT,
        street_word="表格模板",
    ),
    Section(
        "imports",
        "导入表格",
        "desktop_app.station.importing.ui.section:ImportsSection",
        Right.HANDLE,
    ),
    Section(
        "working_days",
        "工作日历",
        "desktop_app.registers.working_days.ui.page:WorkingDaysSection",
        Right.READ,
    ),
    Section(
        "backups",
        "备份",
        "desktop_app.station.backups.ui.page:BackupsSection",
        Right.BACK_UP,
        of_the_house=True,
        street_word="备份",
    ),
    Section(
        "this_pc",
        "本机显示",
        "desktop_app.shell.settings.ui.this_pc:ThisPcSection",
        street_word="本机显示",
    ),
)


class SettingsPage(Page):
    """Passes on what its sections say; the window sees one page."""

    hints = (
        KeyHint("Ctrl+Tab", "下一项设置"),
        KeyHint("Ctrl+Shift+Tab", "上一项设置"),
        KeyHint("F1", "帮助"),
    )

    def __init__(self, session: Session, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._session = session
        at_street, actor = session.database.station.is_street, session.desk.actor
        self._sections = [
            section
            for section in SECTIONS
            if actor.may(section.needs) and (section.street_word or not at_street)
        ]
        self._made: dict[str, Page] = {}
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName("设置分类")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for section in self._sections:
            self.tabs.addTab(section.street_word if at_street else section.word)
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.medium)
        column.addWidget(PageTitle("设置", self))
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._show)
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._turn, step))

    @property
    def section(self) -> Page | None:
        """The section in front."""
        number = self.tabs.currentIndex()
        return self._made.get(self._sections[number].key) if number >= 0 else None

    @property
    def part(self) -> str:
        number = self.tabs.currentIndex()
        return self._sections[number].key if number >= 0 else ""

    def show_section(self, key: str) -> None:
        """Bring one section to the front, if this operator has it."""
        keys = [section.key for section in self._sections]
        if key in keys:
            self.tabs.setCurrentIndex(keys.index(key))

    def arrive(self) -> None:
        super().arrive()
        self._show(self.tabs.currentIndex())
        at = QApplication.focusWidget()
        if at is None or not self.isAncestorOf(at):
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def search_for(self, words: str) -> None:
        """Another page sends somebody here: `words` is the section's key."""
        self.show_section(words)

    def may_leave(self) -> bool:
        return all(page.may_leave() for page in self._made.values())

    def take(self, kinds: frozenset[str]) -> None:
        for page in self._made.values():
            page.take(kinds)

    def start_new(self) -> None:
        if self.section is not None:
            self.section.start_new()

    def start_search(self) -> None:
        if self.section is not None:
            self.section.start_search()

    @Slot(int)
    def _show(self, number: int) -> None:
        section = self._sections[number]
        page = self._made.get(section.key) or self._make(section)
        self._stack.setCurrentWidget(page)
        page.arrive()
        listed = self.findChild(KeyMap)
        if listed is not None:
            listed.set_hints([*page.hints, *page.more_hints, *self.hints])

    @Slot()
    def _turn(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())
        self.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _make(self, section: Section) -> Page:
        module, _, name = section.place.partition(":")
        first = self._session if section.of_the_house else self._session.desk
        made = getattr(importlib.import_module(module), name)
        page: Page = made(first, self._runner, self._stack)
        page.places = self.places
        page.routed.connect(self.routed)
        page.changed.connect(self.changed)
        page.look_wanted.connect(self.look_wanted)
        self._made[section.key] = page
        self._stack.addWidget(page)
        return page
