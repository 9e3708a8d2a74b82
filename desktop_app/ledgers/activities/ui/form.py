"""The form of an activity's plan, for a new one and for a change. It fills a page.

Keeps what is typed a moment after each change, so that Esc and a power cut lose nothing. What it
offers, keeps and saves is in `service.drafting`; what is in order is for the rules.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.wording import list_day
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.plan_text import PlanText
from desktop_app.ledgers.activities.service import drafting
from desktop_app.ledgers.activities.service.drafting import Base, HalfFilled, UsualWords
from desktop_app.ledgers.activities.ui.form_body import PlanBody
from desktop_app.ledgers.activities.ui.form_panes import give_keyboard
from desktop_app.storage.session import Desk
from desktop_app.widgets.draft_keeper import DraftKeeper
from desktop_app.widgets.forms import PageTitle
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

CONTINUED = "已接着上次没有保存的内容。"
OUTDATED = "已接着上次没有保存的内容；这场活动后来改过，请逐项核对后再保存。"


class PlanForm(QWidget):
    """`saved` carries the `Changed` (its value a tuple of activities); `left` is Esc.

    `page` runs its work; the form stands in it.
    """

    saved = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self._base: Base | None = None
        self._fresh = PlanText()
        self._begun = self._saving = False
        self.title = PageTitle("新增活动", self)
        self.body = PlanBody(partial(_today, desk), self)
        self.keeper = DraftKeeper(page, self._worth_keeping)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.large)
        column.addWidget(self.title)
        column.addWidget(self.body, 1)
        self.body.changed.connect(self.keeper.touch)
        self.body.save_wanted.connect(self.save)
        self.body.leave_wanted.connect(self.leave)
        self.body.begin_again.connect(self._begin_again)

    # --- beginning -----------------------------------------------------------------------------

    def begin_new(self, day: date | None = None) -> None:
        """A new activity, as it was left the last time; the day of the calendar comes along."""
        try:
            half = drafting.left_over(self._desk, None)
        except Fault as fault:
            self._not_opened(fault)
            return
        self.title.set_title("新增活动")
        fresh = PlanText(day="" if day is None else day.isoformat())
        self._begin(None, fresh, half)
        self._page.in_background("常用的写法", self._read_usual, self.body.offer, _ignore)

    def begin_change(self, uid: Uid) -> None:
        """The whole plan, for altering it."""
        self._begun = False
        self.body.setEnabled(False)

        def work(_job: Job) -> tuple[Base, HalfFilled | None, UsualWords]:
            base = drafting.for_change(self._desk, uid)
            left = drafting.left_over(self._desk, base)
            return base, left, drafting.usual_words(self._desk)

        self._page.in_background("打开活动修改", work, self._show_base, self._not_opened)

    # --- leaving and saving --------------------------------------------------------------------

    @Slot()
    def save(self) -> None:
        """Ctrl+Enter: keep it. Until that is done the form can be read but not changed."""
        if self._saving or not self._begun:
            return
        self._saving = True
        self.keeper.stop()
        text, base = self.body.text(), self._base
        self.body.setEnabled(False)

        def work(_job: Job) -> Changed[tuple[Activity, ...]]:
            return drafting.save(self._desk, base, text)

        self._page.in_background("保存活动", work, self._saved, self._not_saved)

    @Slot()
    def leave(self) -> None:
        """Esc: away from here; what was typed waits for the next time."""
        if self._saving:
            return
        self.keeper.flush()
        self._begun = False
        self.left.emit()

    def take_keyboard(self) -> None:
        """Where the conversation begins."""
        give_keyboard(self.body.fields["name"].editor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    # --- inside --------------------------------------------------------------------------------

    def _begin(self, base: Base | None, fresh: PlanText, half: HalfFilled | None) -> None:
        self._base, self._fresh = base, fresh
        self._begun, self._saving = True, False
        self.body.setEnabled(True)
        self.body.show_text(fresh if half is None else half.text, is_new=base is None)
        # Compared with what the fields give back: a form writes a time as 09:30, say.
        kept = None if half is None else half.text
        self.keeper.begin_with(partial(drafting.keep, self._desk, base), kept)
        current = base is None or half is None or half.revision == base.revision
        self.body.say("" if half is None else CONTINUED if current else OUTDATED)
        self.take_keyboard()

    def _worth_keeping(self) -> PlanText | None:
        """What is typed; None when it says just what is saved."""
        text = self.body.text()
        return None if text == self._fresh else text

    def _read_usual(self, _job: Job) -> UsualWords:
        return drafting.usual_words(self._desk)

    def _show_base(self, found: tuple[Base, HalfFilled | None, UsualWords]) -> None:
        base, half, usual = found
        self.title.set_title("修改活动", base.number)
        self.body.offer(usual)
        self._begin(base, base.text, half)

    def _not_opened(self, fault: Fault) -> None:
        self._page.say_fault(fault)
        self.left.emit()

    @Slot()
    def _begin_again(self) -> None:
        dropped = self.body.text()
        self._begin(self._base, self._fresh, None)
        # What was kept is still stored, and is to go a moment from now.
        self.keeper.begin_with(partial(drafting.keep, self._desk, self._base), dropped)
        self.keeper.touch()

    def _saved(self, changed: Changed[tuple[Activity, ...]]) -> None:
        self._saving = self._begun = False
        self.body.setEnabled(True)
        self.saved.emit(changed)

    def _not_saved(self, fault: Fault) -> None:
        self._saving = False
        self.body.setEnabled(True)
        self.body.show_problems(fault.problems if isinstance(fault, InvalidInput) else [fault])
        # What is typed is kept again from here on, whatever was refused.
        self.keeper.touch()


def saved_words(was_changed: bool, made: tuple[Activity, ...], today: date) -> str:
    """What was done, for the undo strip."""
    first, last = made[0], made[-1]
    if was_changed:
        return f"已修改活动：{first.name}"
    if len(made) > 1:
        return f"已登记 {len(made)} 场：{first.name}，到{list_day(last.day, today=today)}"
    late = "补录" if first.late_entry else "登记"
    return f"已{late}活动：{first.name}，{list_day(first.day, today=today)}"


def _today(desk: Desk) -> date:
    return desk.today


def _ignore(_answer: object) -> None:
    """A hint that could not be looked up is no reason to disturb anybody."""
