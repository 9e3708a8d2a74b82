"""前台: the box, the form, today's list. The first screen and the one that is open all day."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.core.burst import recognise_burst
from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.route import Open, OpenPage
from desktop_app.core.wording import Term
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.rules.listing import VisitLine
from desktop_app.ledgers.visits.rules.visit import Action, Visit
from desktop_app.ledgers.visits.ui.parts import RAISE, RAISE_KEY, REQUEST_FORM, matter_words
from desktop_app.ledgers.visits.ui.steps import open_step
from desktop_app.registers.residents.search import find
from desktop_app.station.evaluation.ui.screen import NAME as RESIDENT_SCREEN
from desktop_app.station.evaluation.ui.switch import ReceivedWord, ScreenSwitch
from desktop_app.station.evaluation.ui.turn import turn_of
from desktop_app.station.front_desk import service
from desktop_app.station.front_desk.service import Board, Opening
from desktop_app.station.front_desk.ui.registration import Registration
from desktop_app.station.front_desk.ui.reminders import KEY as REMINDERS
from desktop_app.station.front_desk.ui.reminders import Reminding
from desktop_app.station.front_desk.ui.screen import Screen
from desktop_app.storage.session import Desk
from desktop_app.widgets.burst_router import BurstRouter
from desktop_app.widgets.forms import KeyHint, KeyMap
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page

_DIRECTORIES = frozenset({"matters", "places", "settings"})
"""What the form's choices are read from."""

_REMINDED_OF = frozenset(
    {"agreements", "duties", "volunteers", "posts", "claims", "service", "party"}
)
"""What the reminders below the day's figures are read from."""


class FrontDeskPage(Page):
    """The page; where things stand is in `Screen`, what is done with them in `Registration`."""

    kinds = frozenset({"visits", "residents"}) | _DIRECTORIES | _REMINDED_OF
    hints = (
        KeyHint("Ctrl+F", "到查找框"),
        KeyHint("Enter", "选第一位；在表里到下一项"),
        KeyHint("1–9  0", "选事项；找其他事项"),
        KeyHint("Ctrl+Enter", Term.REGISTER.value),
        KeyHint("F2", "新来访人"),
        KeyHint("F3", Term.ANONYMOUS.value),
        KeyHint("F4", "到今天的列表"),
        KeyHint(RAISE_KEY, f"在今天的列表里：{RAISE}"),
        KeyHint("F6", f"{Term.PARK.value}，或接着填挂起的"),
        KeyHint("F7", f"紧急事项{Term.REPORTED.value}"),
        KeyHint("F8", f"{Term.HIDE.value}姓名"),
        KeyHint("F9", Term.COUNT_ONLY.value),
        KeyHint("F10", Term.GROUP_VISIT.value),
        KeyHint("F11", f"开或关{RESIDENT_SCREEN}"),
        KeyHint(REMINDERS, "看提醒（共建、志愿服务）"),
        KeyHint("Alt+K", "再加一件事"),
        KeyHint("Alt+G", "更多：来源、代办、补录"),
        KeyHint("Ctrl+Z", "撤销刚才的登记"),
        KeyHint("Esc", "退回查找框，内容不丢"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._opened = False
        self.screen_parts = screen = Screen(
            partial(find, desk), partial(_today_at, desk), desk.actor, desk.database.zone, self
        )
        self.registration = Registration(desk, self, screen.box, screen.form, screen.parked)
        self.turn = turn_of(desk, self)
        self.changed.connect(self.turn.hear)
        screen.top.addWidget(ScreenSwitch(self.turn, screen))
        screen.today.headline.addWidget(ReceivedWord(self.turn, screen.today), 1)
        screen.today.evaluation_wanted.connect(self.turn.invite)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(screen)
        screen.today.step_wanted.connect(self._take_step)
        screen.today.opened.connect(self._open_line)
        screen.today.raise_wanted.connect(partial(_to_request, self))
        screen.today.retried.connect(self.load)
        self.reminding = Reminding(desk, self, screen.today.reminders)
        self.reported.connect(screen.today.show_reported)
        who = screen.form.person.who
        who.new_wanted.connect(self.start_new)
        who.anonymous_wanted.connect(self.registration.be_anonymous)
        who.group_wanted.connect(self.registration.bring_group)
        self._add_keys()

    def load(self) -> None:
        """The form's choices, when they may be stale, and today's list; off the window's thread."""
        if not self._opened:
            self.in_background("前台准备", self._read_opening, self._show_opening)
        self.in_background("今天的来访", self._read_board, self._show_board, self._show_fault)
        self.reminding.load()

    def arrive(self) -> None:
        super().arrive()
        self.turn.resume()
        if not self.registration.is_begun:
            self.screen_parts.box.take_keyboard()

    def take(self, kinds: frozenset[str]) -> None:
        if kinds & _DIRECTORIES:
            self._opened = False
        self.turn.recheck(kinds)
        super().take(kinds)

    @Slot()
    def start_new(self) -> None:
        self.registration.start_new()

    def start_search(self) -> None:
        self.screen_parts.box.take_keyboard()

    def search_for(self, words: str) -> None:
        self.screen_parts.box.search_for(words)

    def may_leave(self) -> bool:
        """What is half-filled is stored; where it cannot be, somebody is told before it goes."""
        return self.registration.keeper.flush(leaving=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        recognise = partial(recognise_burst, today=self._desk.today)
        reader_of_application().set_target(self.registration.take_card, recognise)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        reader_of_application().set_target(None)
        self.registration.keeper.flush()

    def _read_opening(self, _job: Job) -> Opening:
        return service.opening(self._desk)

    def _read_board(self, _job: Job) -> Board:
        return service.board(self._desk)

    def _show_opening(self, opening: Opening) -> None:
        self._opened = True
        self.registration.set_opening(opening)
        self.screen_parts.today.set_masked(opening.mask_names)

    def _show_board(self, board: Board) -> None:
        self.screen_parts.today.show_board(board)

    def _show_fault(self, fault: Fault) -> None:
        self.screen_parts.today.show_fault(fault)

    @Slot(object)
    def _open_line(self, line: VisitLine) -> None:
        self.go(Open(KIND.name, line.uid))

    @Slot(object)
    def _take_step(self, wanted: tuple[VisitLine, Action]) -> None:
        line, action = wanted
        open_step(self, self._desk, line, action, self._stepped)

    def _stepped(self, changed: Changed[Visit]) -> None:
        visit = changed.value
        said = visit.steps[-1].action.label
        # No name: the strip is read from the other side of the counter, too.
        self.tell_changed(changed, f"{said} {matter_words(visit)} {visit.number}")

    @Slot()
    def _escape(self) -> None:
        overlay = self.findChild(KeyMap)
        if overlay is not None and overlay.isVisible():
            overlay.dismiss()
        else:
            self.screen_parts.step_back()

    def _add_keys(self) -> None:
        screen, registration = self.screen_parts, self.registration
        for keys, slot in (
            ("F3", registration.be_anonymous),
            ("F4", screen.go_to_today),
            ("F6", registration.park),
            ("F7", screen.form.matter.report.note),
            ("F8", screen.cover.toggle),
            ("F9", registration.count),
            ("F10", registration.bring_group),
            ("F11", self.turn.toggle),
            (REMINDERS, screen.today.reminders.go),
            ("Esc", self._escape),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(slot)


def _to_request(page: FrontDeskPage, line: VisitLine) -> None:
    """转诉求: the form of the request that this visit becomes."""
    page.go(OpenPage(REQUEST_FORM, wanted=Open(KIND.name, line.uid)))


def reader_of_application() -> BurstRouter:
    """The one card reader's router, made when the first screen wants it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app.findChild(BurstRouter) or BurstRouter(app)


def _today_at(desk: Desk) -> date:
    return desk.today
