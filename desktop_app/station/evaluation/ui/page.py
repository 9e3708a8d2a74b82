"""评价: figures of a period for who manages the station, and evaluations copied from paper.

There is no list here and there will be none: who gave which evaluation is shown to nobody.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.periods import Period, PeriodKind, period_of
from desktop_app.core.record import RecordKind
from desktop_app.ledgers.requests.record import EVALUATIONS as REQUEST_EVALUATIONS
from desktop_app.ledgers.requests.record import KIND as REQUESTS
from desktop_app.ledgers.visits.record import EVALUATIONS
from desktop_app.ledgers.visits.record import KIND as VISITS
from desktop_app.station.evaluation import service
from desktop_app.station.evaluation.service import Spread
from desktop_app.station.evaluation.subjects import Numbered
from desktop_app.station.evaluation.ui.paper import TITLE, PaperSheet
from desktop_app.station.evaluation.ui.spread_card import WAYS_OF_COUNTING, SpreadCard
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.forms import (
    Card,
    KeyHint,
    PageTitle,
    ScrollPage,
    focus_order,
    plain_button,
)
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

_ABOUT: tuple[RecordKind[Any], ...] = (VISITS, REQUESTS)
_KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)


class EvaluationsPage(Page):
    """The period chosen stays while one is elsewhere; its figures are read anew on every visit."""

    kinds = frozenset(one.name for one in (VISITS, EVALUATIONS, REQUESTS, REQUEST_EVALUATIONS))
    hints = (
        KeyHint("F2", TITLE),
        KeyHint("1–3", "按月、季度、年度（在“时间段”上）"),
        KeyHint("1 2", "来访、诉求（在“评价什么”上）"),
        KeyHint("PgUp", "上一期"),
        KeyHint("PgDn", "下一期"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._sheet: PaperSheet | None = None
        self.period = period_of(desk.today, PeriodKind.MONTH)
        self.title = PageTitle("评价", self, action=TITLE, icon_name="plus")
        # F2 is the window's: it reaches every page through `start_new`.
        self.title.action.setText(f"{TITLE}  F2")
        self.title.action.clicked.connect(self.start_new)
        self.length = ChoiceBar(
            [Choice(kind, kind.label, str(place)) for place, kind in enumerate(_KINDS, 1)],
            self,
            value=PeriodKind.MONTH,
        )
        self.length.setAccessibleName("时间段")
        self.about = ChoiceBar(
            [Choice(kind.name, kind.label, str(place)) for place, kind in enumerate(_ABOUT, 1)],
            self,
            value=VISITS.name,
        )
        self.about.setAccessibleName("评价什么")
        self.earlier = plain_button("上一期", self, icon_name="chevron-left")
        self.later = plain_button("下一期", self, icon_name="chevron-right")
        self.card = SpreadCard(self)
        self._lay_out()
        self.length.changed.connect(self._change_length)
        self.about.changed.connect(self.load)
        self.earlier.clicked.connect(self._go_back)
        self.later.clicked.connect(self._go_on)
        for keys, button in (("PgUp", self.earlier), ("PgDown", self.later)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)

    def load(self) -> None:
        self.later.setEnabled(self.period.last < self._desk.today)
        work = partial(self._read, self.period, str(self.about.value()))
        self.in_background("评价统计", work, self.card.show_spread)

    def arrive(self) -> None:
        # Residents evaluate without telling the window: what is stored is always read again.
        self._stale = True
        super().arrive()
        self.length.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def start_new(self) -> None:
        """F2: copy an evaluation from paper."""
        sheet = self._sheet = PaperSheet(self)
        sheet.answered.connect(self._forget_sheet)
        sheet.looked_for.connect(partial(self._look, sheet))

        def work(_job: Job) -> Changed[None]:
            return service.enter_paper(self._desk, sheet.number.value(), sheet.level)

        sheet.carry_out(self._runner, work, self._entered)

    def _read(self, period: Period, kind: str, _job: Job) -> Spread:
        return service.spread(self._desk, period, kind)

    @Slot(object)
    def _entered(self, changed: Changed[None]) -> None:
        self.tell_changed(changed, service.RECEIVED)

    def _look(self, sheet: PaperSheet, number: str) -> None:
        def work(_job: Job) -> Numbered:
            return service.find(self._desk, number)

        def show(found: Numbered | None) -> None:
            if sheet is self._sheet:
                sheet.show_matter(number, found)

        def unknown(_fault: Fault) -> None:
            show(None)

        self.in_background("查找编号", work, show, unknown)

    @Slot(object)
    def _forget_sheet(self, _answer: object) -> None:
        # A closed sheet is gone; what was still being looked up for it comes too late.
        self._sheet = None

    @Slot()
    def _change_length(self) -> None:
        kind = self.length.value()
        if isinstance(kind, PeriodKind):
            # The end of a long period stays in sight: a year gives its last month, not its first.
            day = min(self.period.last, self._desk.today)
            self._show(period_of(day, kind))

    @Slot()
    def _go_back(self) -> None:
        self._show(self.period.previous)

    @Slot()
    def _go_on(self) -> None:
        following = Period(self.period.year, self.period.kind, self.period.index + 1)
        if self.period.index == 12 // self.period.kind.months:
            following = Period(self.period.year + 1, self.period.kind, 1)
        self._show(following)

    def _show(self, period: Period) -> None:
        self.period = period
        self.load()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addWidget(self.length)
        line.addSpacing(SPACE.large)
        line.addWidget(self.about)
        line.addStretch(1)
        line.addWidget(self.earlier)
        line.addWidget(self.later)
        how = Card("口径", self)
        for words in WAYS_OF_COUNTING:
            label = QLabel(words, how)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", "quiet")
            label.setWordWrap(True)
            how.body.addWidget(label)
        scroll = ScrollPage(self)
        scroll.body.addWidget(self.card)
        scroll.body.addWidget(how)
        scroll.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.large)
        column.addWidget(self.title)
        column.addLayout(line)
        column.addWidget(scroll, 1)
        focus_order([self.length, self.about, self.earlier, self.later, self.title.action])
