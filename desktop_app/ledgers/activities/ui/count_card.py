"""How many there were, as the record counts them, and the sheet to correct it with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.job import Job
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import MOST_EXPECTED, Activity, Group
from desktop_app.ledgers.activities.ui.record_looks import WholeActivity
from desktop_app.storage.session import Desk
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.forms import Card, Figure, plain_button
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import NumberInput


class CountCard(Card):
    """参加人数 by group. `correct_wanted`: the sheet does not tell all."""

    correct_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("参加人数", parent)
        line = QHBoxLayout()
        line.setSpacing(SPACE.wide)
        self.all = Figure("实到", self)
        self.groups = {group: Figure(group.label, self) for group in Group}
        for figure in (self.all, *self.groups.values()):
            line.addWidget(figure)
        line.addStretch(1)
        self.note = QLabel(self)
        self.note.setProperty("role", "small")
        self.note.setWordWrap(True)
        self.correct = plain_button("更正人数", self, icon_name="pencil")
        self.correct.clicked.connect(self.correct_wanted)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.correct)
        self.body.addLayout(line)
        self.body.addLayout(foot)

    def show_whole(self, whole: WholeActivity) -> None:
        """Show the numbers and where they come from."""
        counts = whole.sheet.counts
        self.all.set_number(str(counts.present))
        for group, figure in self.groups.items():
            corrected = group in counts.corrected
            figure.set_number(str(counts.people[group]), "warn" if corrected else "ink")
        self.note.setText(
            "；".join(
                f"{one.group.label}由 {one.rows} 更正为 {one.people}：{one.reason}"
                for one in whole.activity.corrections
            )
            or "由签到表得出。"
        )
        self.correct.setVisible(whole.may_record)


class CountSheet(FormSheet):
    """Other numbers than the sheet's, with the reason; empty means as the sheet says."""

    def __init__(self, parent: QWidget, desk: Desk, whole: WholeActivity) -> None:
        self._desk, self._activity = desk, whole.activity
        counts = whole.sheet.counts
        self._numbers = {
            group: NumberInput(parent, most=MOST_EXPECTED, unit="人", value=counts.people[group])
            for group in Group
        }
        self._reason = LineInput(parent, placeholder="如：有 5 人没有签到，合影可查")
        fields = {
            group.value: LabelledField(
                group.label, number, optional=True, hint=f"签到表 {counts.rows[group]} 人"
            )
            for group, number in self._numbers.items()
        }
        fields["reason"] = LabelledField("更正原因", self._reason)
        text = "人数由签到表得出。要改成别的数，请写明原因；清空就回到签到表的数。"
        super().__init__(parent, "更正人数", text, fields, "更正人数")
        self._before = {group: counts.people[group] for group in Group}
        self._people: dict[Group, int | None] = {}
        self._why = ""

    def check(self) -> Mapping[str, str]:
        self._people = {
            group: number.number()
            for group, number in self._numbers.items()
            if number.number() != self._before[group]
        }
        self._why = self._reason.value()
        wrong = {group.value: number.problem() for group, number in self._numbers.items()}
        if not self._people and not any(wrong.values()):
            wrong[""] = "没有改动任何一项人数。请先改，或按 Esc 返回。"
        return {name: words for name, words in wrong.items() if words}

    def ask(self, runner: JobRunner, done: Callable[[Changed[Activity]], None]) -> None:
        """Open; `done` gets what was changed."""

        def work(_job: Job) -> Changed[Activity]:
            one = self._activity
            return service.correct_counts(
                self._desk, one.uid, one.revision, self._people, self._why
            )

        self.carry_out(runner, work, done)
