"""A page of several panes, each a tab: made when first shown, in front by Alt and its digit.

A tab is a pane (`widgets/pane.py`) of the folder whose records it shows, imported when it is first
opened. Its key is the name of those records' kind, so that a figure's rows find it.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop_app.widgets.forms import KeyHint, KeyMap, PageTitle
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.pane import Pane
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_LOW_EMS = 40
"""A page lower than so many lines of body text gives its list the line of its name."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: the kind of its records, the word on it, and `place` as `module:class`."""

    key: str
    word: str
    place: str


class TabbedPage(Page):
    """Passes on what its panes say; the window sees one page.

    A subclass says its `panes`, in the order of Alt+1, Alt+2, …, its `word` and what is read out of
    the row of tabs. `desk` is whatever its panes are made with.
    """

    panes: Sequence[Tab] = ()
    word = ""
    tabs_name = ""

    def __init__(self, desk: Any, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._made: dict[str, Pane] = {}
        words = " / ".join(tab.word for tab in self.panes)
        self.hints = (KeyHint(f"Alt+1 … {len(self.panes)}", words),)
        self.title = PageTitle(self.word, self, action="新增", icon_name="plus")
        self.title.action.hide()
        # The row keeps its height when its button goes: nothing jumps from one tab to the next.
        self.title.setMinimumHeight(theme_of().metrics.control)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(self.tabs_name)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self._stack = QStackedWidget(self)
        for number, tab in enumerate(self.panes, start=1):
            self.tabs.addTab(tab.word)
            self.tabs.setTabToolTip(number - 1, f"{tab.word}（Alt+{number}）")
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(partial(self.turn_to, tab.key))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.medium)
        self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._head.setSpacing(SPACE.medium)
        for part in (self.title, self.tabs):
            self._head.addWidget(part)
        column.addLayout(self._head)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._show)
        # F2 is the window's: it reaches every page through `start_new`.
        self.title.action.clicked.connect(self.start_new)

    @property
    def pane(self) -> Pane:
        """The pane in front; made now when it never was."""
        tab = self.panes[max(0, self.tabs.currentIndex())]
        return self._made.get(tab.key) or self._make(tab)

    @property
    def part(self) -> str:
        return self.panes[max(0, self.tabs.currentIndex())].key

    def name_tabs(self) -> None:
        """Called when one comes to the page, for tabs that are not always called the same."""

    # --- what the window asks for --------------------------------------------------------------

    def turn_to(self, part: str) -> None:
        keys = [tab.key for tab in self.panes]
        if part not in keys:
            return
        if self.tabs.currentIndex() == keys.index(part):
            self.pane.take_keyboard()
        self.tabs.setCurrentIndex(keys.index(part))

    def arrive(self) -> None:
        super().arrive()
        self.name_tabs()
        self._show()
        at = QApplication.focusWidget()
        if at is None or not self.isAncestorOf(at):
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, kinds: frozenset[str]) -> None:
        for pane in self._made.values():
            pane.take(kinds)

    def search_for(self, words: str) -> None:
        self.pane.search_for(words)

    def narrow_to(self, wanted: object) -> None:
        self.pane.narrow_to(wanted)

    @Slot()
    def start_new(self) -> None:
        if self.pane.new_word:
            self.pane.start_new()

    def start_search(self) -> None:
        self.pane.start_search()

    def may_leave(self) -> bool:
        return all(pane.may_leave() for pane in self._made.values())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    # --- inside --------------------------------------------------------------------------------

    @Slot()
    def _show(self) -> None:
        pane = self.pane
        self._stack.setCurrentWidget(pane)
        self._offer()
        pane.arrive()

    @Slot()
    def _offer(self) -> None:
        """What may be done in the pane in front: its verb, its tools, its keys."""
        front = self.pane
        self.title.action.setText(f"{front.new_word}  F2")
        self.title.action.setAccessibleName(front.new_word)
        self.title.action.setVisible(bool(front.new_word))
        for pane in self._made.values():
            for tool in pane.tools:
                tool.setVisible(pane is front)
        self._turn()
        listed = self.findChild(KeyMap)
        if listed is not None:
            listed.set_hints([*self.hints, *front.hints, *front.more_hints])

    def _turn(self) -> None:
        """In a low window the tabs stand beside what may be done, in the place of the page's name,
        which the rail says as well."""
        low = self.height() < _LOW_EMS * theme_of().metrics.body
        self.title.show_title(on=not low)
        needed = self.tabs.sizeHint().width() + SPACE.medium + self.title.sizeHint().width()
        low = low and needed <= self.width() - 2 * SPACE.wide
        self.title.show_title(on=not low)
        way = QBoxLayout.Direction
        self._head.setDirection(way.RightToLeft if low else way.TopToBottom)

    def _make(self, tab: Tab) -> Pane:
        module, _, name = tab.place.partition(":")
        made = getattr(importlib.import_module(module), name)
        pane: Pane = made(self._desk, self._runner, self._stack)
        pane.places = self.places
        pane.routed.connect(self.routed)
        pane.changed.connect(self.changed)
        pane.offer_changed.connect(self._offer)
        for tool in pane.tools:
            self.title.add_secondary(tool)
        self._made[tab.key] = pane
        self.kinds |= pane.kinds
        self._stack.addWidget(pane)
        return pane
