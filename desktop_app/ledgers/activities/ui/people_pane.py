"""人员: who takes part. The box signs in and out one after another; the list is put right by keys.

A single sign-in is saved at once, in the window's thread, as at the front desk: it takes a few
milliseconds, and the next person is typed already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.route import Open
from desktop_app.core.wording import minute
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import Group, group_of
from desktop_app.ledgers.activities.rules.attendance import Attendance, Person, matching
from desktop_app.ledgers.activities.ui.line_sheets import AbsentSheet, LineSheet
from desktop_app.ledgers.activities.ui.people_rows import (
    ABSENT,
    CORRECT,
    FILE,
    REMOVE,
    SIGN_IN,
    SIGN_OUT,
    count_words,
    door_words,
    may_sign_in,
    may_sign_up,
    people_table,
    rows_of,
    with_line,
)
from desktop_app.ledgers.activities.ui.record_looks import GROUPS, WholeActivity
from desktop_app.ledgers.activities.ui.who_box import AS_WRITTEN, Who, WhoBox
from desktop_app.registers.residents.record import KIND as RESIDENT_KIND
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import ChoiceBar
from desktop_app.widgets.forms import Card, KeyHint, focus_order, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.row_actions import RowCommand
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE

PAPER_KEYS = "Ctrl+B"
_SIGN_IN_HINT = f"Enter 签到第一位 · 再输入一次可签退 · {AS_WRITTEN} 按所写姓名签到"
_SIGN_UP_HINT = f"Enter 给第一位报名 · {AS_WRITTEN} 按所写姓名报名"


class PeoplePane(QWidget):
    """`paper_wanted`: somebody has a filled paper sheet."""

    paper_wanted = Signal()

    hints = (
        KeyHint("Enter", "签到（签退）第一位"),
        KeyHint(AS_WRITTEN, "按所写的姓名签到"),
        KeyHint("S / T / Q", "名单上：签到 / 签退 / 缺席"),
        KeyHint("1 2 3 4", "名单上：党员 志愿者 群众 共建单位"),
        KeyHint("E / Del", "名单上：更正 / 移除"),
        KeyHint(PAPER_KEYS, "补录签到表"),
    )

    def __init__(self, desk: Desk, page: Page, runner: JobRunner) -> None:
        super().__init__(page)
        self._desk, self._page, self._runner = desk, page, runner
        self._whole: WholeActivity | None = None
        self._leaving: Attendance | None = None
        self.who = WhoBox(desk, page, self)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.counts = QLabel(self)
        self.counts.setProperty("role", "bold")
        self.counts.setWordWrap(True)
        self.paper = plain_button("补录签到表", self, icon_name="table-2", keys=PAPER_KEYS)
        self.paper.clicked.connect(self.paper_wanted)
        self.table = people_table(self)
        self._lay_out()
        self.who.called.connect(self._called)
        self.who.confirmed.connect(self._confirmed)
        self.who.typed.connect(self._typed)
        self.who.refused.connect(partial(self._say, role="problem"))
        self.table.command.connect(self._command)

    # --- what is shown -------------------------------------------------------------------------

    def show_whole(self, whole: WholeActivity) -> None:
        """Show who is on the sheet, and what may be done with them now."""
        self._whole = whole
        self.who.set_rows(whole.sheet.rows)
        self.counts.setText(count_words(whole))
        calls = may_sign_in(whole) or may_sign_up(whole)
        for part in (self.who, self._as_what, self.groups):
            part.setVisible(calls)
        self.paper.setVisible(whole.may_register and whole.begun)
        if not self.said.text() or not calls:
            self._say_hint()
        rows = rows_of(whole)
        if rows:
            self.table.set_rows(rows)
        else:
            self.table.show_empty("名单上还没有人。")

    def take_keyboard(self) -> None:
        """The box, where people are called; else the list."""
        (self.who.residents.box if self.who.isVisibleTo(self) else self.table.view).setFocus()

    def forget(self) -> None:
        """Another activity comes: nothing of this one is left in the box."""
        self._leaving = None
        self.who.residents.clear()
        self._say("")

    def step_back(self) -> bool:
        """Esc: close what is open; False when there was nothing."""
        if self.who.step_back():
            return True
        if self._leaving is not None:
            self._leaving = None
            self._say_hint()
            return True
        return False

    # --- the box -------------------------------------------------------------------------------

    @Slot(object)
    def _called(self, who: Who) -> None:
        if self._whole is None:
            return
        # The page may have been in front since before the doors opened.
        self._whole = replace(self._whole, now=self._desk.database.clock.now())
        row = self._row_of(who)
        if row is None or not row.present:
            self._come_in(who, row)
        elif row.left_at is None:
            self._leaving = row
            self.who.begin_anew()
            at = minute(row.arrived_at or self._whole.now, self._whole.zone)
            self._say(f"{row.name} {at} 已签到。按 Enter 签退；不签退就输入下一位。", "warn")
        else:
            self.who.begin_anew()
            at = minute(row.left_at, self._whole.zone)
            self._say(f"{row.name} 已在 {at} 签退，没有再记。", "warn")

    def _come_in(self, who: Who, row: Attendance | None) -> None:
        """Sign in, or put the name down while the day has not come."""
        whole = self._whole
        assert whole is not None, "called"
        person = Person(
            resident=who.resident or (row.resident if row else None),
            name=row.name if row else who.name,
            unit=row.unit if row else "",
            group=who.group or self._group(),
        )
        ahead = may_sign_up(whole)
        if row is not None and not ahead and person.group in (None, row.group):
            call = partial(service.sign_in_line, self._desk, row.uid)
        else:
            use = service.sign_up if ahead else service.sign_in
            call = partial(use, self._desk, whole.activity.uid, person)
        self._from_box(call, "已报名" if ahead else "已签到")

    @Slot()
    def _confirmed(self) -> None:
        if self._leaving is not None:
            self._from_box(partial(service.sign_out, self._desk, self._leaving.uid), "已签退")

    def _from_box(self, call: Callable[[], Changed[Attendance]], verb: str) -> None:
        """What was called is done at once; a refusal stands below the box, which keeps its text."""
        self._leaving = None
        try:
            changed = call()
        except Fault as fault:
            self._say(fault.words, "problem")
            return
        row = changed.value
        self.groups.set_value(None)
        self.who.begin_anew()
        self._put(row)
        self._say(f"{row.name} {verb} · {row.group.label}", "bold")
        self._page.tell_changed(changed, f"{row.name} {verb}")
        self.table.focus_row(row.uid.hex)

    def _put(self, row: Attendance) -> None:
        """Show one line at once; all of it is read again behind."""
        whole = self._whole
        assert whole is not None, "called"
        self._whole = with_line(whole, row)
        self.who.set_rows(self._whole.sheet.rows)
        self.counts.setText(count_words(self._whole))
        self.table.set_rows(rows_of(self._whole))

    def _row_of(self, who: Who) -> Attendance | None:
        """The line of the sheet that somebody stands on already, if it is certain."""
        assert self._whole is not None, "called"
        rows = self._whole.sheet.rows
        if who.line is not None:
            return next((row for row in rows if row.uid == who.line), None)
        found = matching(rows, Person(resident=who.resident, name=who.name))
        return found[0] if len(found) == 1 else None

    def _group(self) -> Group | None:
        chosen = self.groups.value()
        return chosen if isinstance(chosen, Group) else None

    @Slot(object)
    def _typed(self, text: str) -> None:
        if text and self._leaving is not None:
            self._leaving = None
            self._say_hint()
        elif text:
            self._say_hint()

    def _say_hint(self) -> None:
        whole = self._whole
        if whole is None or not whole.may_register:
            self._say("")
        elif may_sign_in(whole):
            self._say(_SIGN_IN_HINT, "small")
        elif may_sign_up(whole):
            self._say(_SIGN_UP_HINT, "small")
        else:
            self._say(door_words(whole), "small")

    @Slot(object)
    def _say(self, words: str, role: str = "small") -> None:
        self.said.setText(words)
        set_role(self.said, role)

    # --- the list ------------------------------------------------------------------------------

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        assert self._whole is not None, "a row"
        row = next(one for one in self._whole.sheet.rows if one.uid.hex == command.uid)
        desk, name = self._desk, command.name
        if name == SIGN_IN:
            self._do(partial(service.sign_in_line, desk, row.uid), f"{row.name} 已签到")
        elif name == SIGN_OUT:
            self._do(partial(service.sign_out, desk, row.uid), f"{row.name} 已签退")
        elif name == REMOVE:
            call = partial(service.remove_line, desk, row.uid, row.revision)
            self._do(call, f"已从名单移除：{row.name}")
        elif name == FILE and row.resident is not None:
            self._page.go(Open(RESIDENT_KIND.name, row.resident))
        elif name == ABSENT:
            AbsentSheet(self._page, desk, row).ask(self._runner, self._told)
        elif name == CORRECT:
            LineSheet(self._page, desk, self._whole, row).ask(self._runner, self._told)
        elif (group := group_of(name)) is not None and group is not row.group:
            call = partial(service.change_line, desk, row.uid, row.revision, {"group": group})
            self._do(call, f"{row.name} 改为{group.label}")

    def _do(self, call: Callable[[], Changed[Any]], sentence: str) -> None:
        def work(_job: Job) -> Changed[Any]:
            return call()

        def done(changed: Changed[Any]) -> None:
            self._page.tell_changed(changed, sentence)

        self._page.in_background(sentence, work, done)

    def _told(self, changed: Changed[Attendance], sentence: str) -> None:
        self._page.tell_changed(changed, sentence)

    def _lay_out(self) -> None:
        self.groups = ChoiceBar(GROUPS, self)
        self.groups.setAccessibleName("身份")
        self._as_what = QLabel("身份", self)
        self._as_what.setProperty("role", "quiet")
        self._as_what.setBuddy(self.groups)
        self.groups.submitted.connect(self.who.box.chosen_first)
        card = Card("", self)
        line = QHBoxLayout()
        line.setSpacing(SPACE.medium)
        line.addWidget(self.who, 1)
        line.addWidget(self._as_what)
        line.addWidget(self.groups)
        card.body.addLayout(line)
        card.body.addWidget(self.said)
        listing = Card("", self)
        heading = QHBoxLayout()
        heading.setSpacing(SPACE.medium)
        heading.addWidget(self.counts, 1)
        heading.addWidget(self.paper)
        listing.body.addLayout(heading)
        listing.add_list(self.table)
        focus_order([self.who, self.groups, self.paper, self.table])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(card)
        column.addWidget(listing, 1)
