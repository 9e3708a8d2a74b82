"""更正: the fields of a visit as they were written down, to be put right, with the reason.

What may be corrected and what is checked is in `rules.correction`; the old values stay in the
change log and can be taken back from the undo strip.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.handling import Handling
from desktop_app.core.identity import Gender
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.rules.visit import MOST_PEOPLE, Visit, VisitKind, VisitSource
from desktop_app.registers.residents.rules import ResidentKind
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import ScrollPage, field_row
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.saving_sheet import SavingSheet
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import NumberInput, PhoneInput

REASON = "reason"
_LEAST_YEAR, _MOST_YEAR = 1880, 2199
_WIDTH, _HEIGHT = 760, 520


@dataclass(frozen=True, slots=True)
class _Entry:
    """A field of the form: which of the visit, what it is edited with, and whether it is needed."""

    name: str
    editor: str = "line"
    required: bool = False


_ABOUT_PERSON = (
    (_Entry("name", required=True), _Entry("gender", "gender"), _Entry("birth_year", "year")),
    (
        _Entry("phone", "phone"),
        _Entry("people", "people", required=True),
        _Entry("person_kind", "person"),
    ),
    (_Entry("building"), _Entry("unit"), _Entry("room")),
)
_ABOUT_MATTER = (
    (
        _Entry("source", "source", required=True),
        _Entry("handling", "handling", required=True),
        _Entry("limit_days", "days"),
    ),
    (_Entry("category"), _Entry("matter_name")),
    (_Entry("summary", "text"),),
    (_Entry("result", "text"),),
    (_Entry("handed_to"), _Entry("external_number")),
    (_Entry("remark", "text"),),
)


class CorrectionSheet(SavingSheet):
    """Opens with the visit as `service.for_editing` gave it: whole, and its opening logged."""

    def __init__(self, parent: QWidget, desk: Desk, visit: Visit) -> None:
        text = f"{visit.number}　改动的栏目和原因会记入办理过程。"
        super().__init__(parent, "更正来访", text, "保存更正")
        self._desk, self._visit = desk, visit
        why = LabelledField("更正原因", LineInput(self, placeholder="如：姓名写错一个字"), self)
        area = ScrollPage(self)
        area.body.setSpacing(SPACE.medium)
        # The scrolling area would cut the frames of fields that touch its edge.
        area.body.setContentsMargins(2, 2, SPACE.medium, 2)
        named = visit.kind is VisitKind.NAMED
        for row in (*(_ABOUT_PERSON if named else ()), *_ABOUT_MATTER):
            area.body.addLayout(field_row([self._field(entry) for entry in row]))
        self.add_field(REASON, why)
        area.body.addStretch(1)
        self.body.addWidget(area, 1)
        self.body.addWidget(why)
        share = theme_of().metrics.body / 14
        room = parent.window().size()
        self.resize(
            min(round(_WIDTH * share), room.width() - 2 * SPACE.wide),
            min(round(_HEIGHT * share) + 200, room.height() - 2 * SPACE.wide),
        )
        self.wire(self.body)

    def save(self) -> Changed[Visit]:
        visit = self._visit
        changes: dict[str, Any] = {}
        for name, field in self.fields.items():
            if name == REASON:
                continue
            now = _value_of(field)
            if now != getattr(visit, name):
                changes[name] = _typed(name, now)
        reason = str(_value_of(self.fields[REASON]))
        if changes and not reason:
            raise UserError("还没有写更正原因。", "请用一句话写明为什么改。", field=REASON)
        return service.correct(self._desk, visit.uid, visit.revision, changes, reason)

    def _field(self, entry: _Entry) -> LabelledField:
        label = KIND.field(entry.name).label
        field = LabelledField(label, self._editor(entry), self, optional=not entry.required)
        return self.add_field(entry.name, field)

    def _editor(self, entry: _Entry) -> QWidget:
        now = getattr(self._visit, entry.name)
        editor: Any
        if entry.editor == "text":
            editor = TextInput(self)
        elif entry.editor == "phone":
            editor = PhoneInput(parent=self)
        elif entry.editor in _NUMBERS:
            least, most = _NUMBERS[entry.editor]
            editor = NumberInput(self, least=least, most=most)
            now = "" if now is None else str(now)
        elif entry.editor in _ENUMS:
            editor = ChoiceBox(_ENUMS[entry.editor], self)
        else:
            editor = LineInput(self)
        editor.set_value(now)
        return editor  # type: ignore[no-any-return]


_NUMBERS = {"year": (_LEAST_YEAR, _MOST_YEAR), "people": (1, MOST_PEOPLE), "days": (0, 365)}


def _labelled(kind: type[LabelledEnum]) -> tuple[Choice, ...]:
    return tuple(Choice(one, one.label) for one in kind)


_ENUMS = {
    "gender": tuple(Choice(one, one.label) for one in Gender),
    "person": _labelled(ResidentKind),
    "source": _labelled(VisitSource),
    "handling": _labelled(Handling),
}


def _value_of(field: LabelledField) -> Any:
    editor: Any = field.editor
    if isinstance(editor, NumberInput):
        if problem := editor.problem():
            raise UserError(problem, field=_name_of(field))
        return editor.number()
    return editor.value()


def _name_of(field: LabelledField) -> str:
    return next(one.name for one in KIND.fields if one.label == field.label)


def _typed(name: str, value: Any) -> Any:
    """What an emptied field stands for; a choice that must be made is asked for."""
    if value is not None:
        return value
    if name in ("source", "handling"):
        raise UserError("这一栏不能空着。", "请选一项。", field=name)
    return {"people": 0, "gender": Gender.UNKNOWN}.get(name)
