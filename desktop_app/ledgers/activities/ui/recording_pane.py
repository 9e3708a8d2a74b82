"""记录: what was done and what came of it. Kept while it is typed, saved by Ctrl+Enter.

What is half-filled survives a power cut; somebody else's saving meanwhile is told, never lost.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.job import Job
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.record_text import (
    RecordText,
    from_plain,
    meaning,
    text_of,
    to_plain,
    yuan,
)
from desktop_app.ledgers.activities.service import half_filled
from desktop_app.ledgers.activities.ui.count_card import CountCard, CountSheet
from desktop_app.ledgers.activities.ui.keeper import FormKeeper
from desktop_app.ledgers.activities.ui.people_rows import count_words
from desktop_app.ledgers.activities.ui.record_fields import RecordFields
from desktop_app.ledgers.activities.ui.record_looks import WholeActivity
from desktop_app.storage.session import Desk
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.facts import Fact, FactsCard
from desktop_app.widgets.forms import KeyHint, ScrollPage, plain_button, primary_button
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.inputs import TextInput
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE

SAVE_KEYS = "Ctrl+Enter"
_READING_WIDTH = 920
RESTORED = "上次没有保存的内容已经放回来了，请看过再保存。"
CHANGED_BELOW = (
    "这份记录刚才在别处保存过。这里写的都在；保存会以这里的为准，“放弃改动”换成已保存的。"
)
NOT_YET = "活动还没有开始。开始以后在这里记录；先写下的会留着，不会丢。"


class RecordingPane(QWidget):
    """`dirty_changed` carries whether something is typed that is not saved."""

    dirty_changed = Signal(bool)

    hints = (KeyHint(SAVE_KEYS, "保存记录"), KeyHint("Alt+N", "活动内容"))

    def __init__(self, desk: Desk, page: Page, runner: JobRunner) -> None:
        super().__init__(page)
        self._desk, self._page, self._runner = desk, page, runner
        self._whole: WholeActivity | None = None
        self._base = RecordText()
        self._filling = self._dirty = False
        self.counts = CountCard(self)
        self.fields = RecordFields(self.counts, self)
        self.reading = FactsCard("活动记录", self)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.save_button = primary_button("保存记录", self, keys=SAVE_KEYS, icon_name="save")
        self.give_up = plain_button("放弃改动", self, icon_name="undo-2")
        self.keeper = FormKeeper(desk, page, half_filled.RECORD, self._worth_keeping)
        self._lay_out()
        self.fields.changed.connect(self._typed)
        self.save_button.clicked.connect(self.save)
        self.give_up.clicked.connect(self._give_up)
        self.counts.correct_wanted.connect(self._correct)

    @property
    def is_dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self._dirty

    # --- what the page says --------------------------------------------------------------------

    def open_with(self, whole: WholeActivity) -> None:
        """An activity comes onto the page: with its draft, if this operator left one."""
        saved = text_of(whole.activity)
        left = from_plain(whole.record_draft) if whole.may_record else None
        self._base = saved
        self._fill(left or saved)
        self.keeper.begin_with(whole.activity.uid, whole.record_draft)
        restored = left is not None and left != saved
        self._say(RESTORED if restored else "", "warn")
        if not restored and whole.may_record and not whole.begun:
            self._say(NOT_YET, "small")

    def show_whole(self, whole: WholeActivity) -> None:
        """Show what was read anew; what is being typed stays."""
        same = self._whole is not None and self._whole.activity.uid == whole.activity.uid
        self._whole = whole
        self.counts.show_whole(whole)
        self.fields.show_kind(whole.activity)
        self.fields.setVisible(whole.may_record)
        self.reading.show_facts([] if whole.may_record else _facts(whole))
        self._foot.setVisible(whole.may_record)
        saved = text_of(whole.activity)
        if same and saved != self._base:
            if not self._dirty:
                self._fill(saved)
            elif self.fields.text() != saved:
                self._say(CHANGED_BELOW, "warn")
            self._base = saved
            self._tell_dirty()

    def take_keyboard(self) -> None:
        """Where writing begins."""
        if self._whole is not None and self._whole.may_record:
            summary = self.fields.fields["summary"]
            summary.go()
            if isinstance(summary.editor, TextInput):
                summary.editor.moveCursor(QTextCursor.MoveOperation.End)
        else:
            self.setFocus()

    def leave(self) -> None:
        """Another activity comes onto the page."""
        self.keeper.flush()
        self.keeper.begin_with(None, None)
        self._whole = None
        self._fill(RecordText())
        self._base = RecordText()
        self._tell_dirty()

    def may_leave(self) -> bool:
        """Whether the window may close: what is typed is kept first."""
        return self.keeper.flush()

    # --- saving --------------------------------------------------------------------------------

    @Slot()
    def save(self) -> None:
        """Ctrl+Enter: save what is typed; what is wrong is said beside its field."""
        whole = self._whole
        if whole is None or not whole.may_record:
            return
        self.fields.clear_problems()
        typed = self.fields.text()
        try:
            form = meaning(typed, self._desk.today)
        except InvalidInput as fault:
            self._refused(fault)
            return
        desk, uid, revision = self._desk, whole.activity.uid, whole.activity.revision

        def work(_job: Job) -> Changed[Activity]:
            return service.record(desk, uid, revision, form)

        def saved(changed: Changed[Activity]) -> None:
            self._saved(changed, typed)

        self._page.in_background("保存活动记录", work, saved, self._refused)

    def _saved(self, changed: Changed[Activity], typed: RecordText) -> None:
        self._base = text_of(changed.value)
        if self.fields.text() == typed:
            self._fill(self._base)
        self.keeper.begin_with(changed.value.uid, None)
        self._tell_dirty()
        if self._dirty:
            self.keeper.touch()
        self._say("已保存。", "small")
        self._page.tell_changed(changed, f"已保存记录：{changed.value.name}")

    def _refused(self, fault: Fault) -> None:
        self._say(
            self.fields.show_fault(fault) or "没有保存，写的内容都在。请看标红的栏。", "problem"
        )

    @Slot()
    def _give_up(self) -> None:
        """Back to what is saved; the half-filled form goes at once, as it was asked for."""
        self.fields.clear_problems()
        self._fill(self._base)
        self._tell_dirty()
        self._say("", "small")
        self.keeper.touch()
        self.take_keyboard()

    @Slot()
    def _correct(self) -> None:
        if self._whole is not None and self._whole.may_record:
            CountSheet(self._page, self._desk, self._whole).ask(self._runner, self._corrected)

    def _corrected(self, changed: Changed[Activity]) -> None:
        self._page.tell_changed(changed, f"已更正人数：{changed.value.name}")

    # --- typing --------------------------------------------------------------------------------

    @Slot()
    def _typed(self) -> None:
        if self._filling or self._whole is None:
            return
        self._tell_dirty()
        self.keeper.touch()

    def _fill(self, text: RecordText) -> None:
        self._filling = True
        self.fields.set_text(text)
        self._filling = False
        self._tell_dirty()

    def _tell_dirty(self) -> None:
        dirty = self.fields.text() != self._base
        set_role(self.save_button, "primary" if dirty else "")
        put_icon(self.save_button, "save", "on_accent" if dirty else "ink")
        self.give_up.setVisible(dirty)
        if dirty != self._dirty:
            self._dirty = dirty
            self.dirty_changed.emit(dirty)

    def _worth_keeping(self) -> dict[str, object] | None:
        typed = self.fields.text()
        return None if typed == self._base else to_plain(typed)

    def _say(self, words: str, role: str) -> None:
        self.note.setText(words)
        set_role(self.note, role)

    def _lay_out(self) -> None:
        area = ScrollPage(self)
        area.body.addWidget(self.fields)
        area.body.addWidget(Columns([[self.reading]], area, most=_READING_WIDTH))
        area.body.addStretch(1)
        self._foot = QWidget(self)
        line = QHBoxLayout(self._foot)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(self.note, 1)
        line.addWidget(self.give_up)
        line.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addWidget(area, 1)
        column.addWidget(self._foot)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _facts(whole: WholeActivity) -> list[Fact]:
    one = whole.activity
    decided = "\n".join(
        "　".join(
            part
            for part in (f"{place}. {line.words}", line.owner, line.due and line.due.isoformat())
            if part
        )
        for place, line in enumerate(one.resolutions, start=1)
    )
    return [
        Fact("参加人数", count_words(whole)),
        Fact("活动内容", one.summary, kept=True),
        Fact("活动成效", one.outcome),
        Fact("下一步打算", one.next_steps),
        Fact("主持人", one.host),
        Fact("记录人", one.recorder),
        Fact("服务人次", "" if one.served is None else f"{one.served}人次"),
        Fact("议定事项", decided),
        Fact("评议", "\n".join(f"{r.body} {r.points}分 {r.words}".strip() for r in one.reviews)),
        Fact(
            "公开",
            " ".join(
                part
                for part in (one.disclosed_on and one.disclosed_on.isoformat(), one.disclosed_at)
                if part
            ),
        ),
        Fact(
            "经费",
            "\n".join(f"{f.source} {yuan(f.amount)}元 {f.note}".strip() for f in one.funds),
        ),
        Fact("媒体报道", one.media),
    ]
