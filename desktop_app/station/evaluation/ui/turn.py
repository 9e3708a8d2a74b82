"""The clerk's end of the resident's screen: whose turn it is, and that an answer came.

Never which answer: the level goes from the resident's screen into the ledger and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, UserError
from desktop_app.core.job import Job
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.visits.rules.visit import Action, Visit, VisitKind, VisitSource, VisitState
from desktop_app.station.evaluation import service
from desktop_app.station.evaluation.subjects import Asked, Evaluable
from desktop_app.station.evaluation.ui.screen import ResidentScreen
from desktop_app.storage.session import Desk
from desktop_app.widgets.page import Page

NOT_STORED = "没有记下来，请再点一次，或告诉工作人员。"
_OPEN_PROPERTY = "jinlin_resident_screen"
"""On the application: the next clerk at this desk finds the screen as the last one left it."""


class ResidentsTurn(QObject):
    """`opened` carries whether the screen stands; `told` the words for the clerk, or none.

    There is one for all pages of a window, since there is one screen and one resident before it.
    """

    opened = Signal(bool)
    told = Signal(str)

    def __init__(self, desk: Desk, home: QWidget) -> None:
        super().__init__(home)
        self._desk = desk
        self.pages: list[Page] = []
        """Those from which residents are asked: in the name of one, all is read and faults said."""
        self.screen: ResidentScreen | None = None
        """The resident's window while it stands."""
        self._waiting: tuple[Asked, ...] = ()
        self._place = 0

    @property
    def pending(self) -> Asked | None:
        """What the resident is asked now."""
        return self._waiting[self._place] if self._place < len(self._waiting) else None

    @Slot()
    def toggle(self) -> None:
        """F11: open the screen, or close it."""
        if self.screen is None:
            self._open()
        else:
            self.screen.close()

    def resume(self) -> None:
        """Open the screen again when the clerk before left it open at this desk."""
        app = QCoreApplication.instance()
        if self.screen is None and app is not None and app.property(_OPEN_PROPERTY):
            self._open()

    @Slot(object)
    def hear(self, news: tuple[Changed[object], str]) -> None:
        """A visit was registered or a step taken at the counter: ask about what is closed now.

        Only about who stands there: who walked in today. A matter closed after a telephone call, or
        days later, is asked by hand with `invite`, or the next person would judge it. Somebody new
        ends the turn of the one before, whose matter stays 未评价.
        """
        visits = _visits_of(news[0])
        new = any(
            visit.steps[-1].action is Action.REGISTER and visit.kind is not VisitKind.COUNTED
            for visit in visits
        )
        asked = service.asked_of(one for one in visits if _is_closed_now(one, self._desk.today))
        if self.screen is not None and (asked or new):
            self._begin(asked)

    @Slot(object)
    def invite(self, told: Evaluable) -> None:
        """请居民评价, pressed on a row or a page; opens the screen if it is not there."""
        for asked in service.asked_of([told]):
            self._page.in_background(
                "请居民评价", partial(_still, self._desk, asked), partial(self._invited, asked)
            )

    def recheck(self, kinds: Collection[str]) -> None:
        """Records were changed somewhere: a question about one taken back goes away."""
        asked = self.pending
        if asked is not None and asked.kind in kinds:
            self._page.in_background(
                "评价是否还等着",
                partial(_still, self._desk, asked),
                partial(self._rechecked, asked),
            )

    @property
    def _page(self) -> Page:
        """The page in front: what a resident is asked is read, and told, where the clerk looks."""
        return next((page for page in self.pages if page.isVisible()), self.pages[0])

    def _invited(self, asked: Asked, waits: bool) -> None:
        if not waits:
            self._page.say_fault(
                UserError(
                    "这件事已经评价过，或现在不能评价。", "一件事只评价一次，办好以后才能评价。"
                )
            )
            return
        screen = self.screen or self._open()
        self._begin((asked,))
        if not screen.isFullScreen():
            # One monitor: the resident needs to see it, and may need the keyboard, too.
            screen.raise_()
            screen.activateWindow()

    def _rechecked(self, asked: Asked, waits: bool) -> None:
        if not waits and self.pending == asked:
            self._begin(())

    def _begin(self, asked: Sequence[Asked]) -> None:
        self._waiting, self._place = tuple(asked), 0
        self.told.emit("")
        self._show_pending()

    def _show_pending(self) -> None:
        if self.screen is None:
            return
        if self.pending is None:
            self.screen.rest()
        else:
            self.screen.ask(self.pending, self._place + 1, len(self._waiting))

    @Slot(object)
    def _chosen(self, level: Satisfaction) -> None:
        asked, screen = self.pending, self.screen
        if asked is None or screen is None:
            return
        screen.question.set_busy(True)

        def work(_job: Job) -> Changed[None]:
            return service.take_in(self._desk, asked, level)

        done, failed = partial(self._taken, asked), partial(self._not_taken, asked)
        self._page.in_background("居民评价", work, done, failed)

    def _taken(self, asked: Asked, _changed: Changed[None]) -> None:
        self.told.emit(service.RECEIVED)
        self._answered(asked, taken=True)

    def _not_taken(self, asked: Asked, fault: Fault) -> None:
        if self.pending == asked and self.screen is not None:
            if isinstance(fault, UserError):
                # It can never be taken: evaluated or taken back meanwhile.
                self._place += 1
                self.screen.apologise()
            else:
                self.screen.question.set_busy(False)
                self.screen.question.say(NOT_STORED)
        self._page.say_fault(fault)

    @Slot()
    def _declined(self) -> None:
        if self.pending is not None:
            self._answered(self.pending, taken=False)

    def _answered(self, asked: Asked, *, taken: bool) -> None:
        # The clerk may have gone on meanwhile: then the next question stands, and stays.
        if self.pending != asked or self.screen is None:
            return
        self._place += 1
        self.screen.thank(taken=taken)
        self._hand_back()

    @Slot()
    def _hand_back(self) -> None:
        """The keyboard belongs to the clerk again: a digit typed there must not answer here."""
        window = self._page.window()
        if self.screen is not None and self.screen.isActiveWindow():
            window.activateWindow()

    @Slot()
    def _closed(self) -> None:
        screen, self.screen = self.screen, None
        self._waiting, self._place = (), 0
        self.told.emit("")
        _remember(open_now=False)
        if screen is not None:
            screen.deleteLater()
        self.opened.emit(False)

    def _open(self) -> ResidentScreen:
        screen = self.screen = ResidentScreen(self._desk.database.station.name)
        # It has no parent that would take it along when this clerk's pages go.
        self.destroyed.connect(screen.deleteLater)
        screen.chosen.connect(self._chosen)
        screen.declined.connect(self._declined)
        screen.free.connect(self._show_pending)
        screen.closed.connect(self._closed)
        screen.touched.connect(self._hand_back)
        window = self._page.window()
        at_work = window.isActiveWindow()
        screen.come_up(window.screen())
        if at_work:
            # Some desktops give every new window the keyboard, whatever it asks for.
            window.activateWindow()
        _remember(open_now=True)
        self.opened.emit(True)
        return screen


def turn_of(desk: Desk, page: Page) -> ResidentsTurn:
    """The turn this page shares with the others of its window; the first one makes it.

    It goes with the pages of one clerk: the next one at this desk has one of their own.
    """
    home = page.parentWidget() or page
    only_own = Qt.FindChildOption.FindDirectChildrenOnly
    turn = home.findChild(ResidentsTurn, options=only_own) or ResidentsTurn(desk, home)
    turn.pages.append(page)
    return turn


def _is_closed_now(visit: Visit, today: date) -> bool:
    just_now = visit.steps[-1].action in (Action.REGISTER, Action.CLOSE)
    here = visit.source is VisitSource.WALK_IN and visit.day == today
    closed = visit.state is VisitState.CLOSED
    return closed and just_now and here and not visit.late_entry


def _still(desk: Desk, asked: Asked, _job: Job) -> bool:
    return service.may_still_be_asked(desk, asked)


def _remember(*, open_now: bool) -> None:
    app = QCoreApplication.instance()
    if app is not None:
        app.setProperty(_OPEN_PROPERTY, open_now)


def _visits_of(changed: Changed[object]) -> list[Visit]:
    value = changed.value
    several = value if isinstance(value, tuple) else (value,)
    return [one for one in several if isinstance(one, Visit) and one.steps]
