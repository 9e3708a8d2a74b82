"""The sheets of the rare days: a station nobody can open, a street whose home is lost."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop_app.registers.offices.service import Rescued
from desktop_app.registers.offices.ui.code_groups import CodeGroups
from desktop_app.widgets.dialogs import UNDERSTOOD, Sheet
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.inputs import LineInput

RESCUE_WORDS = (
    "站点的人都打不开数据时，用它交存在街道的救援码。"
    "请先打站点的公开电话，确认求助的是站点负责人本人，再取出。取出会记入操作记录。"
)
RECOVER_WORDS = (
    "街道的电脑和备份都没有了、换了新电脑时用。照保密柜里那张纸输入，空格不用输，大小写都行。"
)
TELL_THEM = (
    "请在电话里逐组念给对方。对方在登录页选“忘记密码，用恢复码登录”，照着输入，再设新密码。"
    "这个码只能用一次。"
)
UNKNOWN = "注意：清单里没有这个站点，请先核实再念。"
_IN_A_LINE = 4


class RescueSheet(FormSheet):
    """Why the code of a station is taken out."""

    def __init__(self, parent: QWidget, file_name: str) -> None:
        self._reason = LineInput()
        hint = "谁求助、怎样核实的。会记入操作记录。"
        fields = {"reason": LabelledField("原因", self._reason, parent, key="R", hint=hint)}
        text = f"{RESCUE_WORDS}\n文件：{file_name}"
        super().__init__(parent, "取出站点的救援码？", text, fields, "取出")

    @property
    def reason(self) -> str:
        return self._reason.value()

    def check(self) -> Mapping[str, str]:
        return {} if self.reason else {"reason": "请写明谁求助、怎样核实的。"}


class RescueDone(Sheet):
    """The code to be read out by telephone."""

    def __init__(self, parent: QWidget, rescued: Rescued) -> None:
        text = TELL_THEM if rescued.known is not None else f"{UNKNOWN}\n{TELL_THEM}"
        title = f"“{rescued.name}”（{rescued.code}）的救援码"
        super().__init__(parent, title, text, (UNDERSTOOD,), "warn")
        groups = rescued.recovery_code.split("-")
        self.code = CodeGroups(groups, "救援码", self, in_a_line=_IN_A_LINE)
        self.body.addWidget(self.code)


class RecoverSheet(FormSheet):
    """The street's key on paper, typed in."""

    def __init__(self, parent: QWidget) -> None:
        self._key = LineInput(chinese=False)
        hint = "从 AGE-SECRET-KEY-1 开头，一直输到最后一组。"
        fields = {"key": LabelledField("备用密钥", self._key, parent, key="K", hint=hint)}
        super().__init__(parent, "启用街道备用密钥", RECOVER_WORDS, fields, "启用")

    @property
    def key(self) -> str:
        return self._key.value()

    def check(self) -> Mapping[str, str]:
        return {} if self.key else {"key": "请照纸上的备用密钥输入。"}
