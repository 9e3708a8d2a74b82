"""The sheet on which an evaluation is copied from paper: a number, a level, nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.wording import list_day
from desktop_app.station.evaluation.subjects import Numbered
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.inputs import LineInput

TITLE = "录入纸质评价"
_WORDS = (
    "照居民亲笔填写的评价表录入，可以事后补录。一件事只评价一次，录入后不能更改。"
    "评价表请留存；空着没选的不要录入，它就是未评价。"
)
_WHERE = "评价表上印的编号"


class PaperSheet(FormSheet):
    """`looked_for` carries the number whenever it has changed, to show what it stands for."""

    looked_for = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        self.number = LineInput()
        self.levels = ChoiceBar(
            [Choice(level, level.label, str(place)) for place, level in enumerate(Satisfaction, 1)]
        )
        fields = {
            "number": LabelledField("编号", self.number, parent, key="N", hint=_WHERE),
            "level": LabelledField("居民的评价", self.levels, parent, key="P"),
        }
        super().__init__(parent, TITLE, _WORDS, fields, "录入")
        self.number.changed.connect(self._look)

    @property
    def level(self) -> Satisfaction:
        """The level ticked on paper; `check()` has seen that there is one."""
        value = self.levels.value()
        assert isinstance(value, Satisfaction)
        return value

    def check(self) -> Mapping[str, str]:
        wrong = {}
        if not self.number.value().strip():
            wrong["number"] = "还没有填编号。请照评价表上的编号填写。"
        if self.levels.value() is None:
            wrong["level"] = "还没有选。请照居民在纸上的选择；没有选的不要录入。"
        return wrong

    def show_matter(self, number: str, found: Numbered | None) -> None:
        """Under the number: the matter it stands for, so that a slip of the finger is seen."""
        if self.number.value() != number:
            return
        hint = _WHERE
        if found is not None:
            hint = f"{found.matter}　{list_day(found.day)}{found.word}"
        self.fields["number"].set_hint(hint)

    def _look(self) -> None:
        self.fields["number"].clear_problem()
        self.looked_for.emit(self.number.value())
