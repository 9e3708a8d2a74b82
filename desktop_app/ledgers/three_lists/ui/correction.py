"""更正 of a duty: unit, person, telephone, helpers, measures; the due day is put off instead."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.record import DUTIES
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.rules.duty_entry import CORRECTABLE, DutyForm
from desktop_app.ledgers.three_lists.ui.stepping import Stepper
from desktop_app.storage.session import Desk
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.page import Page
from desktop_app.widgets.saving_sheet import SavingSheet

_EFFECT = "完成时限请用“延期”改，数量请另派一条。改动会记入办理过程。"
_TEXTS, _NEEDED = ("measures", "remark"), ("unit", "person", "measures")
_KEYS = ("D", "R", "H", "P", "C", "B")


class CorrectDutySheet(SavingSheet):
    """Opens with the whole form, its opening logged like a reveal."""

    def __init__(self, parent: QWidget, desk: Desk, duty: Duty, form: DutyForm) -> None:
        super().__init__(parent, "更正责任", f"{duty.number}　{_EFFECT}", "保存更正")
        self._desk, self._duty, self._form = desk, duty, form
        for name, key in zip(CORRECTABLE, _KEYS, strict=True):
            editor: Any = TextInput(self) if name in _TEXTS else LineInput(self)
            editor.set_value(getattr(form, name))
            label = DUTIES.field(name).label
            field = LabelledField(label, editor, self, key=key, optional=name not in _NEEDED)
            self.body.addWidget(self.add_field(name, field))
        self.wire(self.body)

    @classmethod
    def open_over(cls, page: Page, desk: Desk, uid: Uid, stepper: Stepper) -> None:
        """Read the form in a worker's thread, then open."""

        def work(_job: Job) -> tuple[Duty, DutyForm]:
            return service.get_duty(desk, uid), service.duty_for_editing(desk, uid)

        def opened(found: tuple[Duty, DutyForm]) -> None:
            if page.isVisible():
                sheet = cls(page, desk, *found)
                sheet.taken.connect(partial(stepper.tell, sentence="已更正责任"))
                sheet.open()

        page.in_background("打开更正", work, opened)

    def save(self) -> Changed[Duty]:
        typed = {name: field.editor.value() for name, field in self.fields.items()}  # type: ignore[attr-defined]
        form = replace(self._form, **typed)
        return service.change_duty(self._desk, self._duty.uid, self._duty.revision, form)
