"""What is asked of a template: its name and what it is filled with; another name; which period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop_app.core.errors import UserError
from desktop_app.core.periods import Period, PeriodKind, parse_period, period_of
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.inputs import LineInput

WHAT_IS_ONE = (
    "要填的格子里写 {{站点名称}}、{{填报日期}}、{{期间}}；"
    "写了 {{姓名}} 这样列名的一行，导出时每条记录填一行。"
)
NO_KIND = "请选这个模板填哪一种内容。"
NO_PERIOD = "要写时间段，例如 2026-10、2026-Q3、2026-H1 或 2026。"


class AddTemplateSheet(FormSheet):
    """A workbook was chosen; what it is to be called and filled with."""

    def __init__(self, parent: QWidget, path: Path, kinds: Mapping[str, str]) -> None:
        self.name = LineInput()
        self.name.set_value(path.stem)
        self.kind = ChoiceBox(tuple(Choice(key, word) for key, word in kinds.items()))
        fields = {
            "name": LabelledField("模板名称", self.name, parent, key="N"),
            "kind": LabelledField("填什么", self.kind, parent, key="K"),
        }
        super().__init__(parent, f"添加模板：{path.name}", WHAT_IS_ONE, fields, "添加")

    def check(self) -> Mapping[str, str]:
        return {} if self.kind.value() else {"kind": NO_KIND}


class RenameTemplateSheet(FormSheet):
    """Another name for a template."""

    def __init__(self, parent: QWidget, name: str) -> None:
        self.name = LineInput()
        self.name.set_value(name)
        self.name.selectAll()
        fields = {"name": LabelledField("模板名称", self.name, parent, key="N")}
        super().__init__(parent, f"“{name}”改名", "", fields, "改名")


class PeriodSheet(FormSheet):
    """Which period a template is filled for; the month before is offered."""

    def __init__(self, parent: QWidget, name: str, today: date) -> None:
        self.span = LineInput(chinese=False)
        before = period_of(today.replace(day=1) - timedelta(days=1), PeriodKind.MONTH)
        self.span.set_value(str(before))
        self.span.selectAll()
        fields = {"period": LabelledField("时间段", self.span, parent, key="P", hint=NO_PERIOD)}
        super().__init__(parent, f"填写{name}", "", fields, "选择位置…")

    @property
    def period(self) -> Period:
        return parse_period(self.span.value())

    def check(self) -> Mapping[str, str]:
        try:
            parse_period(self.span.value())
        except UserError:
            return {"period": NO_PERIOD}
        return {}
