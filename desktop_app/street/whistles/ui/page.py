"""吹哨: what stations gave to their street, the unanswered first, and the answers to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, UserError
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.wording import number
from desktop_app.ledgers.requests.record import KIND as REQUESTS
from desktop_app.registers.offices.ui.station_box import ALL, StationBox
from desktop_app.storage.session import Desk
from desktop_app.street.whistles import service
from desktop_app.street.whistles.rules import Whistle
from desktop_app.street.whistles.service import WHISTLES, Whistles
from desktop_app.street.whistles.ui.pane import SAVE_KEY, AnswerPane
from desktop_app.street.whistles.ui.views import NO_MATCH, NONE, NONE_WHY, item_of, key_of
from desktop_app.widgets.draft_keeper import DraftKeeper
from desktop_app.widgets.forms import KeyHint, PageTitle, focus_order
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.line_pages import LinePages
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

TITLE = "吹哨"
_SHARES = (5, 4)
_PANE_EMS, _STATION_EMS = 26, 13


@dataclass(frozen=True, slots=True)
class _Read:
    found: Whistles
    begun: Mapping[str, str]


class WhistlesPage(Page):
    """The list with the focused one in full beside it. What was begun and not saved stays: it
    stands in the form again when one comes back, also after the program was closed."""

    kinds = frozenset({WHISTLES, REQUESTS.name, "stations", "settings"})
    hints = (
        KeyHint("Enter", "写答复（在一条吹哨上）"),
        KeyHint(SAVE_KEY, "答复，或改答复"),
        KeyHint("Esc", "回到列表，写了一半的留着"),
        KeyHint("Ctrl+F", "选站点"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._may_answer = desk.actor.may(Right.RECEIVE)
        self._known: dict[str, Whistle] = {}
        self._begun: dict[str, str] | None = None
        self._shown = ""
        self.title = PageTitle(TITLE, self)
        self.station = StationBox(self)
        self.station.setAccessibleName("站点")
        self.list = LinePages("吹哨", self)
        self.pane = AnswerPane(self, may_answer=self._may_answer)
        self.keeper = DraftKeeper(self, lambda: dict(self._begun or {}))
        self.keeper.begin_with(partial(_keep, desk), {})
        self._lay_out()
        self._connect()
        self.list.show_loading()

    # --- what the window asks for --------------------------------------------------------------

    @Slot()
    def load(self) -> None:
        code = self.station.code()
        fresh = self._begun is None
        self.in_background(
            "吹哨", partial(_read, self._desk, code, fresh), self._show, self.list.show_fault
        )

    def arrive(self) -> None:
        super().arrive()
        self.list.enter()

    def start_search(self) -> None:
        self.station.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        self.keeper.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        least = _PANE_EMS * theme_of().metrics.body
        self.pane.setMaximumWidth(max(least, self.width() * 2 // 5))

    # --- showing -------------------------------------------------------------------------------

    def _show(self, read: _Read) -> None:
        found = read.found
        if self._begun is None:
            self._begun = dict(read.begun)
        self.station.offer(found.stations)
        waiting = number(found.waiting)
        self.title.set_title(TITLE, f"{waiting} 件待答复" if found.waiting else "都已答复")
        self._known = {key_of(one): one for one in found.listed}
        self._shown = ""
        if found.listed:
            today = self._desk.today
            note = "更早的在“诉求”里按“吹过哨”查看。" if found.more else ""
            self.list.show_items(
                [item_of(one, today) for one in found.listed],
                count=f"列出 {number(len(found.listed))} 件",
                note=note,
            )
            self._focus()
            return
        if self.station.code():
            self.list.show_nothing(
                NO_MATCH, f"现在只显示：{self.station.currentText()}", "全部站点"
            )
        else:
            self.title.set_title(TITLE)
            self.list.show_nothing(NONE, NONE_WHY)
        self.pane.show_nothing()

    @property
    def whistle(self) -> Whistle | None:
        """The one with the keyboard."""
        key = self.list.list.focused_uid()
        return None if key is None else self._known.get(key)

    @Slot(object)
    def _focus(self, _key: object = None) -> None:
        one = self.whistle
        if one is None:
            self._shown = ""
            self.pane.show_nothing()
        elif (key := key_of(one)) != self._shown:
            self._shown = key
            self.pane.show_whistle(
                one, self._words(one), self._desk.database.zone, self._desk.today
            )

    def _words(self, one: Whistle) -> str:
        """What was begun, else what was answered."""
        said = one.given.words if one.given else ""
        return (self._begun or {}).get(key_of(one), said)

    # --- what the person does ------------------------------------------------------------------

    @Slot()
    def _typed(self) -> None:
        one = self.whistle
        if one is None or self._begun is None:
            return
        words = self.pane.words.toPlainText()
        if words.strip() == (one.given.words if one.given else ""):
            self._begun.pop(key_of(one), None)
        else:
            self._begun[key_of(one)] = words
        self.keeper.touch()

    @Slot(object)
    def _write(self, _key: object) -> None:
        if self.pane.is_open:
            self.pane.take_keyboard()

    @Slot()
    def _save(self) -> None:
        one = self.whistle
        if one is None or not self.pane.is_open:
            return
        seen = one.given.uid if one.given else None
        try:
            done = service.answer(
                self._desk, one.record.station, one.record.uid, self.pane.words.value(), seen=seen
            )
        except UserError as problem:
            self.pane.field.set_problem(problem.words)
            self.pane.take_keyboard()
            return
        except Fault as fault:
            self.say_fault(fault)
            return
        self._forget(key_of(one))
        self._tell(done, "已改答复" if seen else "已答复")
        self.list.enter()

    def _forget(self, key: str) -> None:
        if self._begun is not None and self._begun.pop(key, None) is not None:
            self.keeper.touch()
            self.keeper.flush()

    def _tell(self, done: Changed[Whistle], deed: str) -> None:
        one = done.value
        words = f"{deed} {one.record.number}，随给{one.station_name}的下一份回执送去"
        self.tell_changed(done, words)

    @Slot()
    def _take_next(self) -> None:
        self.station.set_value(ALL)

    # --- put together --------------------------------------------------------------------------

    def _connect(self) -> None:
        self.station.changed.connect(self.load)
        self.list.focused.connect(self._focus)
        self.list.chosen.connect(self._write)
        self.list.next_step.connect(self._take_next)
        self.pane.typed.connect(self._typed)
        self.pane.save_wanted.connect(self._save)
        self.pane.left.connect(self.list.enter)

    def _lay_out(self) -> None:
        self.station.setFixedWidth(_STATION_EMS * theme_of().metrics.body)
        top = QHBoxLayout()
        top.setSpacing(SPACE.small)
        top.addWidget(self.title, 1)
        top.addWidget(self.station)
        across = QHBoxLayout()
        across.setSpacing(SPACE.large)
        across.addWidget(self.list, _SHARES[0])
        across.addWidget(self.pane, _SHARES[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.medium)
        column.addLayout(top)
        column.addLayout(across, 1)
        focus_order([self.station, self.list, self.pane.field, self.pane.save])


def _read(desk: Desk, station: str, fresh: bool, _job: Job) -> _Read:
    """In a worker's thread: the list, and the first time what was begun."""
    begun = service.half_written(desk) if fresh else {}
    return _Read(service.whistles(desk, station), begun)


def _keep(desk: Desk, begun: object) -> None:
    assert isinstance(begun, dict)
    service.keep_half_written(desk, begun)
