"""The sheets of the section 操作员: an account, a role, a name, a password, a PIN, a new code.

They only ask; the section does the work off the window's thread and tells them how it went.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.registers.people.rules import Operator, Role, role_word, roles_at
from desktop_app.station.set_up.ui.code import RecoveryCode
from desktop_app.station.sign_in.ui.door import SecretInput
from desktop_app.station.sign_in.ui.passwords import NOT_THE_SAME, RULE
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.dialogs import Answer, Sheet
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.inputs import LineInput

MUST_CHANGE = "本人第一次登录时要先换成自己的密码。请当面告知，不要写在纸上贴着。"
PIN_RULE = "4 到 6 位数字，不要连号或重复。每天用密码登录一次后，解锁和换人只需 PIN 码。"

ROLE_WORDS: Mapping[Role, str] = {
    Role.VOLUNTEER: "只登记来访、查看列表；号码始终遮挡。",
    Role.CLERK: "登记、办理、查看完整号码、导出；不管理账号和目录。",
    Role.LEAD: "全部权限，包括账号、目录、备份和操作记录；一人站由这一位兼任。",
    Role.COMMUNITY: "管理多个站点的账号、目录和备份；不做窗口登记。",
    Role.AUDITOR: "只查看台账和操作记录，不登记、不办理、不管理。",
}
"""What each role may do, in a line; the rights themselves stand in `people.rules.RIGHTS`."""

STREET_ROLE_WORDS: Mapping[Role, str] = {
    **ROLE_WORDS,
    Role.CLERK: "收件、查看各站台账和总览、导出；不管理站点和账号。",
    Role.LEAD: "全部权限，包括站点的加入和停用、账号、备份和操作记录。",
}


def role_choices(*, at_street: bool) -> list[Choice]:
    """The roles with a digit each."""
    return [
        Choice(role, role_word(role, at_street=at_street), str(number))
        for number, role in enumerate(roles_at(at_street=at_street), start=1)
    ]


class RoleField(LabelledField):
    """A role, and below it in a line what it may do."""

    def __init__(self, parent: QWidget, role: Role, *, at_street: bool) -> None:
        self.bar = ChoiceBar(role_choices(at_street=at_street), parent, value=role)
        self._words = STREET_ROLE_WORDS if at_street else ROLE_WORDS
        super().__init__("角色", self.bar, parent, key="R", hint=self._words[role])
        self.bar.changed.connect(self._explain)

    def role(self) -> Role:
        """The role chosen."""
        value = self.bar.value()
        assert isinstance(value, Role)
        return value

    @Slot()
    def _explain(self) -> None:
        value = self.bar.value()
        self.set_hint(self._words[value] if isinstance(value, Role) else "")


class AddSheet(FormSheet):
    """A new account."""

    def __init__(self, parent: QWidget, *, at_street: bool) -> None:
        self.name, self.first, self.again = LineInput(), SecretInput(), SecretInput()
        self.role = RoleField(parent, Role.CLERK, at_street=at_street)
        fields = {
            "name": LabelledField("姓名", self.name, parent, key="N"),
            "role": self.role,
            "password": LabelledField("初始密码", self.first, parent, key="P", hint=RULE),
            "again": LabelledField("再输一次初始密码", self.again, parent, key="A"),
        }
        super().__init__(parent, "新增操作员", MUST_CHANGE, fields, "新增")

    def check(self) -> Mapping[str, str]:
        same = self.first.secret() == self.again.secret()
        return {} if same else {"again": NOT_THE_SAME}


class NameSheet(FormSheet):
    """Another name for an operator."""

    def __init__(self, parent: QWidget, operator: Operator) -> None:
        self.name = LineInput()
        self.name.set_value(operator.name)
        self.name.selectAll()
        fields = {"name": LabelledField("姓名", self.name, parent, key="N")}
        words = "以前的登记和操作记录保留当时的姓名。"
        super().__init__(parent, f"“{operator.name}”改名", words, fields, "改名")


class RoleSheet(FormSheet):
    """Another role for an operator."""

    def __init__(self, parent: QWidget, operator: Operator, *, at_street: bool) -> None:
        self.role = RoleField(parent, operator.role, at_street=at_street)
        words = "从下一次登录或换人起生效。"
        title = f"调整“{operator.name}”的角色"
        super().__init__(parent, title, words, {"role": self.role}, "调整")


class PasswordSheet(FormSheet):
    """A password somebody else sets: for who forgot it, or comes back."""

    def __init__(self, parent: QWidget, title: str, verb: str) -> None:
        self.new, self.again = SecretInput(), SecretInput()
        fields = {
            "password": LabelledField("新密码", self.new, parent, key="P", hint=RULE),
            "again": LabelledField("再输一次新密码", self.again, parent, key="A"),
        }
        super().__init__(parent, title, MUST_CHANGE, fields, verb)

    def check(self) -> Mapping[str, str]:
        return {} if self.new.secret() == self.again.secret() else {"again": NOT_THE_SAME}


class OwnPasswordSheet(FormSheet):
    """The own password."""

    def __init__(self, parent: QWidget) -> None:
        self.current, self.new, self.again = SecretInput(), SecretInput(), SecretInput()
        fields = {
            "current": LabelledField("现在的密码", self.current, parent, key="C"),
            "password": LabelledField("新密码", self.new, parent, key="P", hint=RULE),
            "again": LabelledField("再输一次新密码", self.again, parent, key="A"),
        }
        super().__init__(parent, "更换我的密码", "", fields, "更换")

    def check(self) -> Mapping[str, str]:
        return {} if self.new.secret() == self.again.secret() else {"again": NOT_THE_SAME}


class PinSheet(FormSheet):
    """The own PIN for unlocking and changing seats."""

    def __init__(self, parent: QWidget) -> None:
        self.pin, self.again = SecretInput(), SecretInput()
        fields = {
            "pin": LabelledField("PIN 码", self.pin, parent, key="P", hint=PIN_RULE),
            "again": LabelledField("再输一次 PIN 码", self.again, parent, key="A"),
        }
        super().__init__(parent, "设置 PIN 码", "", fields, "设置")

    def check(self) -> Mapping[str, str]:
        same = self.pin.secret() == self.again.secret()
        return {} if same else {"again": "两次输入的 PIN 码不一样，请再输一次。"}


class CodeSheet(Sheet):
    """A new recovery code, shown once: it closes only when the person says it is kept."""

    def __init__(self, parent: QWidget, code: str, *, at_street: bool) -> None:
        done = Answer("done", "关闭", role="primary", is_escape=True)
        super().__init__(parent, "新的恢复码，只显示这一次", "", (done,), "warn")
        self.code = RecoveryCode(code, self, at_street=at_street)
        self.body.addWidget(self.code)
        self.button("done").setEnabled(False)
        self.code.kept.connect(self.button("done").setEnabled)
        self.code.check.setFocus()

    def reject(self) -> None:
        # Esc and the window's cross would lose the only sight of the code.
        if self.code.check.isChecked():
            super().reject()
