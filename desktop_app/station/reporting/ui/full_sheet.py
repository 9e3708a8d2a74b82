"""完整资料: asks why, and for the password of a second person, before anything is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.job import Job
from desktop_app.station.reporting.rules.reports import REASON_LEAST, Second
from desktop_app.station.reporting.service import prove_second
from desktop_app.station.sign_in.house import House
from desktop_app.station.sign_in.ui.door import SecretInput
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.inputs import LineInput

TITLE = "上报完整资料"
WORDS = (
    "姓名、电话、证件号会完整交给街道。请写明街道为什么需要，并请另一位能维护站点的同事"
    "（站长或社区管理员）当面输入自己的密码。这一次会留痕三年。"
)
NOBODY = "本站只有您一位操作员。请站长先在“设置 · 操作员”里增加一位，再上报完整资料。"


@dataclass(frozen=True, slots=True)
class Given:
    """What was filled in."""

    reason: str
    name: str
    password: str


class FullSheet(FormSheet):
    """Closes when the second person has proven the password; `given` holds the reason then.

    `others` are the names of the operators who do not sit there.
    """

    def __init__(self, parent: QWidget, others: Sequence[str]) -> None:
        self.reason, self.password = LineInput(), SecretInput()
        self.second = ChoiceBox(
            [Choice(name, name) for name in others],
            value=others[0] if len(others) == 1 else None,
        )
        self.given = Given("", "", "")
        fields = {
            "reason": LabelledField(
                "原因", self.reason, parent, key="R", hint="例如：街道核对高龄津贴发放名单"
            ),
            "second": LabelledField("另一位同事", self.second, parent, key="N"),
            "password": LabelledField("这位同事的密码", self.password, parent, key="P"),
        }
        super().__init__(parent, TITLE, WORDS, fields, "上报")
        if not others:
            fields["second"].set_problem(NOBODY)

    def check(self) -> Mapping[str, str]:
        name = self.second.value()
        self.given = Given(
            self.reason.value(), name if isinstance(name, str) else "", self.password.secret()
        )
        wrong = {}
        if len(self.given.reason) < REASON_LEAST:
            wrong["reason"] = f"请写清楚街道为什么需要（至少 {REASON_LEAST} 个字）。"
        if not self.given.name:
            wrong["second"] = "请选定另一位同事。" if self.second.count() else NOBODY
        if not self.given.password:
            wrong["password"] = "请这位同事输入自己的密码。"
        return wrong

    def proof(self, desk: Desk, house: House) -> partial[Second]:
        """What is to be done in the worker's thread: prove that the second person is there."""
        return partial(_prove, self, desk, house)


def _prove(sheet: FullSheet, desk: Desk, house: House, _job: Job) -> Second:
    return prove_second(desk, house, sheet.given.name, sheet.given.password)
