"""The sheets the steps of an agreement are taken on: signed, supplemented, other contacts, ended.

What each step changes and refuses is for `rules`; `done` gets what was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.rules.agreement import Action, Agreement
from desktop_app.ledgers.agreements.rules.draft_text import meaning, text_of
from desktop_app.ledgers.agreements.rules.entry import form_of
from desktop_app.ledgers.agreements.rules.supplementing import SupplementForm
from desktop_app.ledgers.agreements.rules.terms import TERMS
from desktop_app.ledgers.agreements.ui.body import AgreementBody
from desktop_app.storage.session import Desk
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import ScrollPage, field_row
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.saving_sheet import SavingSheet
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import DateInput, PhoneInput

_WIDTH, _HEIGHT = 840, 660
_TO_DO = "纸质协议双方签字盖章后，再在这里登记签订。"
_HOLDS = "签订后条款只能用补充协议变更；原条款一直可以查到。"


class _StepSheet(SavingSheet):
    """Knows the agreement as it was seen, and how to ask for a day."""

    def __init__(
        self, parent: QWidget, desk: Desk, about: tuple[Uid, int, str], deed: tuple[str, str, str]
    ) -> None:
        title, text, verb = deed
        super().__init__(parent, title, "\n".join(filter(None, (about[2], text))), verb)
        self._desk = desk
        self._uid, self._revision, _ = about

    def add(self, name: str, label: str, editor: QWidget, key: str = "", **more: Any) -> QWidget:
        field = self.add_field(name, LabelledField(label, editor, self, key=key, **more))
        self.body.addWidget(field)
        return field

    def day_editor(self) -> DateInput:
        editor = DateInput(self._today, self)
        editor.set_day(self._desk.today)
        return editor

    def day_of(self, name: str) -> date | None:
        editor = self.fields[name].editor
        assert isinstance(editor, DateInput)
        if problem := editor.problem():
            raise UserError(problem, field=name)
        return editor.day()

    def words_of(self, name: str) -> str:
        editor = self.fields[name].editor
        assert isinstance(editor, LineInput | TextInput)
        return editor.value()

    def _today(self) -> date:
        return self._desk.today


class SignSheet(_StepSheet):
    """When both sides signed."""

    def __init__(self, parent: QWidget, desk: Desk, about: tuple[Uid, int, str]) -> None:
        deed = ("签订协议", f"{_TO_DO}{_HOLDS}", "签订")
        super().__init__(parent, desk, about, deed)
        self.add("signed_on", "签订日期", self.day_editor(), "Q")
        self.wire(self.body)

    def save(self) -> Changed[Agreement]:
        return service.sign(self._desk, self._uid, self._revision, self.day_of("signed_on"))


class EndSheet(_StepSheet):
    """Why and when it was ended before its time."""

    def __init__(self, parent: QWidget, desk: Desk, about: tuple[Uid, int, str]) -> None:
        deed = ("终止协议", "已认领未办结的事项，请与对方商定交接。", "终止")
        super().__init__(parent, desk, about, deed)
        hint = "如：对方书面通知，经双方协商一致"
        self.add("end_reason", "终止原因", LineInput(self, placeholder=hint), "Y")
        self.add("ended_on", "终止日期", self.day_editor(), "R")
        self.wire(self.body)

    def save(self) -> Changed[Agreement]:
        reason, day = self.words_of("end_reason"), self.day_of("ended_on")
        return service.end(self._desk, self._uid, self._revision, reason, day)


class ContactsSheet(_StepSheet):
    """Who is called on each side; opens with the agreement whole, which is logged."""

    def __init__(self, parent: QWidget, desk: Desk, agreement: Agreement) -> None:
        about = (agreement.uid, agreement.revision, agreement.number)
        super().__init__(
            parent, desk, about, ("更换联络员", "联络员不是协议条款，随时可以换。", "更换")
        )
        for side, name in (("甲方", "a"), ("乙方", "b")):
            person, phone = LineInput(self), PhoneInput(parent=self)
            person.set_value(getattr(agreement, f"{name}_liaison"))
            phone.set_value(getattr(agreement, f"{name}_phone"))
            fields = [
                self.add_field(f"{name}_liaison", LabelledField(f"{side}联络员", person, self)),
                self.add_field(f"{name}_phone", LabelledField(f"{side}联络电话", phone, self)),
            ]
            self.body.addLayout(field_row(fields))
        self.wire(self.body, one_by_one=True)

    def save(self) -> Changed[Agreement]:
        told = {name: self.words_of(name) for name in self.fields}
        return service.change_contacts(self._desk, self._uid, self._revision, **told)


class SupplementSheet(_StepSheet):
    """What a supplement says, and below it every term as it holds now, to be changed.

    The terms keep their own problems beside them; what is left as it is does not change.
    """

    def __init__(self, parent: QWidget, desk: Desk, agreement: Agreement) -> None:
        about = (agreement.uid, agreement.revision, f"{agreement.partner_name}　{agreement.number}")
        told = "要变更的条款改成新的，不变的不用动；变更前后都会记下。"
        super().__init__(parent, desk, about, ("补充协议", told, "签补充协议"))
        self._agreement = agreement
        hint = "写明变更了什么、为什么，如：经双方协商，协议期限延长一年"
        words = LabelledField("补充协议内容", TextInput(self, placeholder=hint), self, key="N")
        day = LabelledField("签订日期", self.day_editor(), self, key="Q")
        self.add_field("words", words)
        self.add_field("signed_on", day)
        self.body.addLayout(field_row([words, day], (5, 2)))
        self.terms = AgreementBody(self._today, self, only=TERMS)
        self._before = text_of(form_of(agreement))
        self.terms.show_text(self._before)
        area = ScrollPage(self)
        # The scrolling area would cut the frames of fields that touch its edge.
        area.body.setContentsMargins(2, 2, SPACE.medium, 2)
        area.body.addWidget(self.terms)
        area.body.addStretch(1)
        self.body.addWidget(area, 1)
        for name, field in self.terms.fields.items():
            self.add_field(name, field)
        share, room = theme_of().metrics.body / 14, parent.window().size()
        self.resize(
            min(round(_WIDTH * share), room.width() - 2 * SPACE.wide),
            min(round(_HEIGHT * share), room.height() - 2 * SPACE.wide),
        )
        self.wire(self.body, one_by_one=True)

    def save(self) -> Changed[Agreement]:
        before = form_of(self._agreement)
        try:
            after = meaning(self.terms.text(), before, self._desk.today)
        except InvalidInput as fault:
            raise InvalidInput(_at_home(fault.problems, self.fields)) from fault
        changes = {
            name: getattr(after, name)
            for name in TERMS
            if getattr(after, name) != getattr(before, name)
        }
        signed_on = self.day_of("signed_on") or self._desk.today
        form = SupplementForm(signed_on=signed_on, words=self.words_of("words"), changes=changes)
        try:
            return service.supplement(self._desk, self._uid, self._revision, form)
        except InvalidInput as fault:
            raise InvalidInput(_at_home(fault.problems, self.fields)) from fault


def _at_home(problems: Sequence[UserError], fields: Any) -> list[UserError]:
    """Problems of promises stand beside the first of their fields."""
    first = next((name for name in fields if name.startswith("promise_")), "")
    return [
        UserError(one.sentence, one.next_step, field=first) if one.field == "promises" else one
        for one in problems
    ]


def sentence_of(action: Action, agreement: Agreement) -> str:
    """What was done, for the undo strip: 已签订协议：青榕小学."""
    verbs: dict[Action, Callable[[], str]] = {
        Action.SIGN: lambda: "已签订协议",
        Action.SUPPLEMENT: lambda: f"已签{agreement.supplements[-1].number}",
        Action.CONTACTS: lambda: "已更换联络员",
        Action.END: lambda: "已终止协议",
    }
    return f"{verbs[action]()}：{agreement.partner_name}"
