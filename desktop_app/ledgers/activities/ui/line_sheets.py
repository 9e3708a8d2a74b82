"""Two sheets about one line of the attendance list: why somebody did not come, and what to correct.

What may be corrected is in `rules.sheet`; old values stay in the change log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.job import Job
from desktop_app.core.wording import minute
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.ledgers.activities.rules.clock_text import clock_problem, parse_clock
from desktop_app.ledgers.activities.rules.sheet import moment
from desktop_app.ledgers.activities.ui.record_looks import WholeActivity
from desktop_app.storage.session import Desk
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.jobs import JobRunner

Told = Callable[[Changed[Attendance], str], None]


class _LineSheet(FormSheet):
    """Reads its fields in the window's thread and saves in another one."""

    def __init__(
        self,
        parent: QWidget,
        row: Attendance,
        title: str,
        text: str,
        labels: Mapping[str, tuple[str, str]],
        verb: str,
    ) -> None:
        lines = {name: LineInput(parent, placeholder=how) for name, (_, how) in labels.items()}
        fields = {
            name: LabelledField(labels[name][0], line, optional=len(labels) > 1 and name != "name")
            for name, line in lines.items()
        }
        super().__init__(parent, title, text, fields, verb)
        self.row, self._lines = row, lines
        self._typed: dict[str, str] = {}

    def put(self, name: str, words: str) -> None:
        """Let a field begin with these words."""
        self._lines[name].set_value(words)

    def check(self) -> Mapping[str, str]:
        self._typed = {name: line.value() for name, line in self._lines.items()}
        return self.problems(self._typed)

    def problems(self, _typed: Mapping[str, str]) -> Mapping[str, str]:
        """What is wrong with the fields before anything is saved, by field."""
        return {}

    def save(self, typed: Mapping[str, str]) -> tuple[Changed[Attendance], str]:
        """Save, in the worker's thread; answers what was changed and the sentence for it."""
        raise NotImplementedError

    def ask(self, runner: JobRunner, told: Told) -> None:
        """Open; `told` gets what was changed."""

        def work(_job: Job) -> tuple[Changed[Attendance], str]:
            return self.save(self._typed)

        def done(answer: tuple[Changed[Attendance], str]) -> None:
            told(*answer)

        self.carry_out(runner, work, done)


class AbsentSheet(_LineSheet):
    """缺席原因 of somebody who was expected."""

    def __init__(self, parent: QWidget, desk: Desk, row: Attendance) -> None:
        labels = {"reason": ("缺席原因", "如：出差；不清楚的写“未说明”")}
        super().__init__(parent, row, "记为缺席", row.name, labels, "记为缺席")
        self._desk = desk
        self.put("reason", row.absent_reason)

    def save(self, typed: Mapping[str, str]) -> tuple[Changed[Attendance], str]:
        changed = service.mark_absent(self._desk, self.row.uid, typed["reason"])
        return changed, f"{self.row.name} 记为缺席"


_CORRECTED = {
    "name": ("姓名", ""),
    "unit": ("单位/小区", ""),
    "arrived_at": ("签到时间", "如 9:30；清空就是没有签到"),
    "left_at": ("签退时间", "如 11:00"),
    "remark": ("备注", ""),
}


class LineSheet(_LineSheet):
    """更正 of one line. The time of somebody who signed in becomes 补录 when it is changed."""

    def __init__(self, parent: QWidget, desk: Desk, whole: WholeActivity, row: Attendance) -> None:
        super().__init__(parent, row, "更正签到", row.name, _CORRECTED, "保存更正")
        self._desk, self._whole = desk, whole
        for name in ("name", "unit", "remark"):
            self.put(name, getattr(row, name))
        self.put("arrived_at", self._clock(row.arrived_at))
        self.put("left_at", self._clock(row.left_at))

    def problems(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        said = {name: clock_problem(typed[name]) for name in ("arrived_at", "left_at")}
        return {name: words for name, words in said.items() if words}

    def save(self, typed: Mapping[str, str]) -> tuple[Changed[Attendance], str]:
        row, changes = self.row, dict[str, Any]()
        for name in ("name", "unit", "remark"):
            if typed[name] != getattr(row, name):
                changes[name] = typed[name]
        for name in ("arrived_at", "left_at"):
            # A time that reads the same keeps its seconds.
            if typed[name] != self._clock(getattr(row, name)):
                changes[name] = self._moment(typed[name])
        if not changes:
            raise UserError("没有改动任何一项。", "请先修改再保存。")
        changed = service.change_line(self._desk, row.uid, row.revision, changes)
        return changed, f"已更正：{changed.value.name}"

    def _clock(self, at: Millis | None) -> str:
        return "" if at is None else minute(at, self._whole.zone)

    def _moment(self, text: str) -> Millis | None:
        time = parse_clock(text)
        return None if time is None else moment(self._whole.activity, time, self._whole.zone)
