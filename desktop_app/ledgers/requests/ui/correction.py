"""更正: the fields of a request as they were written down, to be put right, with the reason.

What may be corrected and what is checked is in `rules.correction`; the old values stay in the
change log and can be taken back from the undo strip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Source, Urgency
from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.request import Request, RequestKind
from desktop_app.registers.matters.rules import MOST_STATION_DAYS
from desktop_app.registers.places.service import CompoundChoice
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
_WIDTH, _HEIGHT = 760, 520


@dataclass(frozen=True, slots=True)
class _Entry:
    """A field of the form: what of the request, what it is edited with, and if it is needed."""

    name: str
    editor: str = "line"
    required: bool = False


_ROWS = (
    (_Entry("title", required=True),),
    (
        _Entry("kind", "kind", required=True),
        _Entry("source", "source", required=True),
        _Entry("urgency", "urgency", required=True),
    ),
    (_Entry("name"), _Entry("phone", "phone"), _Entry("compound", "compound")),
    (_Entry("building"), _Entry("unit"), _Entry("room")),
    (_Entry("category"), _Entry("limit_days", "days")),
    (_Entry("summary", "text"),),
    (_Entry("result", "text"),),
    (_Entry("platform"), _Entry("external_number")),
    (_Entry("remark", "text"),),
)


class CorrectionSheet(SavingSheet):
    """Opens with the request as `service.for_editing` gave it: whole, and its opening logged.

    `compounds` are the 小区 to choose from.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, request: Request, compounds: Sequence[CompoundChoice]
    ) -> None:
        text = f"{request.number}　改动的栏目和原因会记入办理过程。"
        super().__init__(parent, "更正诉求", text, "保存更正")
        self._desk, self._request = desk, request
        self._compounds = _with_own(compounds, request.compound)
        why = LabelledField("更正原因", LineInput(self, placeholder="如：姓名写错一个字"), self)
        area = ScrollPage(self)
        area.body.setSpacing(SPACE.medium)
        # The scrolling area would cut the frames of fields that touch its edge.
        area.body.setContentsMargins(2, 2, SPACE.medium, 2)
        for row in _ROWS:
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

    def save(self) -> Changed[Request]:
        request = self._request
        changes: dict[str, Any] = {}
        for name, field in self.fields.items():
            if name == REASON:
                continue
            now = _value_of(field)
            if now != getattr(request, name):
                changes[name] = _typed(name, now)
        reason = str(_value_of(self.fields[REASON]))
        if changes and not reason:
            raise UserError("还没有写更正原因。", "请用一句话写明为什么改。", field=REASON)
        return service.correct(self._desk, request.uid, request.revision, changes, reason)

    def _field(self, entry: _Entry) -> LabelledField:
        label = KIND.field(entry.name).label
        field = LabelledField(label, self._editor(entry), self, optional=not entry.required)
        return self.add_field(entry.name, field)

    def _editor(self, entry: _Entry) -> QWidget:
        now = getattr(self._request, entry.name)
        editor: Any
        if entry.editor == "text":
            editor = TextInput(self)
        elif entry.editor == "phone":
            editor = PhoneInput(parent=self)
        elif entry.editor == "days":
            editor = NumberInput(self, least=0, most=MOST_STATION_DAYS)
            now = "" if now is None else str(now)
        elif entry.editor == "compound":
            editor = ChoiceBox((_NOWHERE, *self._compounds), self)
            now = "" if now is None else now
        elif entry.editor in _ENUMS:
            editor = ChoiceBox(_ENUMS[entry.editor], self)
        else:
            editor = LineInput(self)
        editor.set_value(now)
        return editor  # type: ignore[no-any-return]


_NOWHERE = Choice("", "未写小区")


def _with_own(compounds: Sequence[CompoundChoice], own: Uid | None) -> list[Choice]:
    """The 小区 of today, and the one written down, which may be no more."""
    found = [Choice(one.uid, one.name, search=" ".join(one.above)) for one in compounds]
    if own is not None and all(one.value != own for one in found):
        found.append(Choice(own, "原来的小区（已撤销）"))
    return found


def _labelled(kind: type[LabelledEnum]) -> tuple[Choice, ...]:
    return tuple(Choice(one, one.label) for one in kind)


_ENUMS = {
    "kind": _labelled(RequestKind),
    "source": _labelled(Source),
    "urgency": _labelled(Urgency),
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
    if name == "compound":
        return value or None
    if value is not None:
        return value
    if name in _ENUMS:
        raise UserError("这一栏不能空着。", "请选一项。", field=name)
    return None
