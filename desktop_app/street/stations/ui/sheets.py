"""The sheets in which a station is renamed, merged, split, moved out, revoked or taken back.

They only ask; the page does the work off the window's thread and tells them how it went.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop_app.registers.offices.rules import StationEntry
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.value_inputs import DateInput

DAY_HINT = "这一天以前的报表仍按原来的算。"
REASON_HINT = "会记入操作记录。"


class _Deed(FormSheet):
    """A sheet with a day and a reason at its end."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        fields: Mapping[str, LabelledField],
        verb: str,
        *,
        today: date | None = None,
    ) -> None:
        self._day = DateInput(lambda: today or date.min)
        self._reason = LineInput()
        more: dict[str, LabelledField] = dict(fields)
        if today is not None:
            self._day.set_day(today)
            more["day"] = LabelledField("从哪一天起", self._day, parent, key="D", hint=DAY_HINT)
        more["reason"] = LabelledField("原因", self._reason, parent, key="R", hint=REASON_HINT)
        super().__init__(parent, title, text, more, verb)

    @property
    def day(self) -> date | None:
        """From which day on."""
        return self._day.day()

    @property
    def reason(self) -> str:
        return self._reason.value()

    def check(self) -> Mapping[str, str]:
        wrong = {}
        if "day" in self.fields and (problem := self._day.problem()):
            wrong["day"] = problem
        if not self.reason:
            wrong["reason"] = "请写明原因，它会记入操作记录。"
        return wrong


class RenameSheet(_Deed):
    """Another name."""

    def __init__(self, parent: QWidget, entry: StationEntry, today: date) -> None:
        self.name = LineInput()
        self.name.set_value(entry.name)
        self.name.selectAll()
        fields = {"name": LabelledField("新名称", self.name, parent, key="N")}
        title = f"{entry.name} 更名"
        super().__init__(parent, title, "编码不变，以前的记录都在。", fields, "更名", today=today)


class MergeSheet(_Deed):
    """Another station carries on its work."""

    WORDS = (
        "从那一天起，它的数字算在承接的站点名下；以前的报表和记录不变。"
        "最后一个上报包可能还在路上，收到以后再吊销它的密钥。"
    )

    def __init__(
        self, parent: QWidget, entry: StationEntry, others: Sequence[StationEntry], today: date
    ) -> None:
        choices = [Choice(one.code, f"{one.name}（{one.code}）", search=one.code) for one in others]
        self._into = ChoiceBox(choices)
        fields = {"into": LabelledField("并入哪个站点", self._into, parent, key="N")}
        title = f"{entry.name} 并入另一个站点"
        super().__init__(parent, title, self.WORDS, fields, "并入", today=today)

    @property
    def into(self) -> str:
        """The code of the station that carries on."""
        return str(self._into.value() or "")

    def check(self) -> Mapping[str, str]:
        wrong = dict(super().check())
        if not self.into:
            wrong["into"] = "请选择承接的站点。"
        return wrong


class SplitSheet(_Deed):
    """A new station is split off."""

    WORDS = (
        "它登记过的仍归它自己。新站点随后照常用邀请文件加入；"
        "要撤成几个站点的，先逐个分出，再把它并入其中一个。"
    )

    def __init__(self, parent: QWidget, entry: StationEntry, today: date) -> None:
        self.code, self.name = LineInput(chinese=False), LineInput()
        hint = "2 到 8 位字母或数字，没有用过的。"
        fields = {
            "code": LabelledField("新站点的编码", self.code, parent, key="C", hint=hint),
            "name": LabelledField("新站点的名称", self.name, parent, key="N"),
        }
        title = f"从 {entry.name} 分出一个站点"
        super().__init__(parent, title, self.WORDS, fields, "分出", today=today)


class MoveSheet(_Deed):
    """It goes to another street."""

    WORDS = (
        "它以前报送的都留在本街道。站点用新街道的邀请文件重新加入；"
        "最后一个上报包收到以后，再吊销它在本街道的密钥。"
    )

    def __init__(self, parent: QWidget, entry: StationEntry, today: date) -> None:
        self.to = LineInput()
        fields = {"to": LabelledField("迁到哪个街道", self.to, parent, key="N")}
        super().__init__(parent, f"{entry.name} 迁出", self.WORDS, fields, "迁出", today=today)


class RevokeSheet(_Deed):
    """Its keys are believed no more."""

    WORDS = (
        "电脑丢了、被盗或送修没有取回，就吊销。吊销后用那台电脑做的上报包一律拒收，已收下的不变。"
        "站点换好电脑后，用邀请文件重新加入，再“重新对账”取回自己的记录。"
    )

    def __init__(self, parent: QWidget, entry: StationEntry) -> None:
        super().__init__(parent, f"吊销 {entry.name} 的密钥？", self.WORDS, {}, "吊销")


class ReinstateSheet(_Deed):
    """It was merged or moved by mistake."""

    def __init__(self, parent: QWidget, entry: StationEntry) -> None:
        words = "并入或迁出是弄错了的时候用。恢复后照常收它的上报包。"
        super().__init__(parent, f"恢复 {entry.name}？", words, {}, "恢复")
