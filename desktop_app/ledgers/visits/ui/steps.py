"""The sheet a step of a visit is taken on: it asks for what the step needs and nothing else.

One table says what each step asks; steps that ask nothing are taken at once, and the undo strip is
the way back. Used by every screen that shows visits. What a step changes is for `rules.steps`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, UserError
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.rules.listing import VisitLine
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action, Visit
from desktop_app.ledgers.visits.ui.merge_target import MergeTarget
from desktop_app.ledgers.visits.ui.parts import matter_words, person_words
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import tell_fault
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.saving_sheet import SavingSheet
from desktop_app.widgets.value_inputs import DateInput, PhoneInput

Done = Callable[[Changed[Visit]], None]


@dataclass(frozen=True, slots=True)
class _Ask:
    """One thing to ask: the attribute of `StepDetails`, its label, the editor, the Alt letter."""

    name: str
    label: str
    editor: str = "text"
    key: str = ""
    optional: bool = False
    placeholder: str = ""


_DAY = _Ask("day", "实际日期", "day", "D", optional=True)
_ASKS: Mapping[Action, tuple[_Ask, ...]] = {
    Action.ASK_FOR_MATERIALS: (
        _Ask("words", "缺少的材料", key="C", placeholder="如：身份证复印件一份、户口簿原件"),
    ),
    Action.HAND_OVER: (
        _Ask("handed_to", "交给谁办", "line", "J", placeholder="单位、部门或人员"),
        _Ask("external_number", "外部编号", "line", "B", optional=True),
        _Ask("words", "说明", key="S", optional=True),
    ),
    Action.ANSWER: (_Ask("result", "答复内容", key="D", optional=True),),
    Action.CLOSE: (_Ask("result", "办理结果", key="J", placeholder="一句话写明结果"),),
    Action.FOLLOW_UP: (_Ask("words", "回访情况", key="H", placeholder="如：电话回访，问题已解决"),),
    Action.REPORT_URGENT: (
        _Ask("whom", "报告给谁", "line", "B", placeholder="接报的单位或人员"),
        _Ask("phone", "报告电话", "phone", "D", optional=True),
    ),
    Action.NOT_OURS: (
        _Ask("words", "告知的去向", key="G", placeholder="请来访人去哪里、找谁、带什么"),
    ),
    Action.WITHDRAW: (_Ask("words", "撤回原因", key="C"),),
    Action.MERGE: (_Ask("merged_into", "合并到哪一条", "visit", "H"),),
    Action.REOPEN: (_Ask("words", "重新打开的原因", key="C"),),
}
"""What each step asks; a step that is not in here asks nothing."""

_DATED = frozenset({Action.ASK_FOR_MATERIALS, Action.HAND_OVER, Action.CLOSE, Action.NOT_OURS})
"""Steps of a 补录 visit that usually lie in the past, too."""

_EFFECTS: Mapping[Action, str] = {
    Action.ASK_FOR_MATERIALS: "本站时限从今天起暂停，材料补齐后继续计算。",
    Action.NOT_OURS: "这件事随后结束，并记为已告知去向。",
    Action.MERGE: "这一条并入所选的那一条，不再单独办理；编号保留。",
    Action.REOPEN: "回到“接办”，本站时限从今天重新计算。",
}


def open_step(
    parent: QWidget, desk: Desk, visit: Visit | VisitLine, action: Action, done: Done
) -> StepSheet | None:
    """Take a step, asking first where it needs words; `done` gets what was changed.

    Answers the sheet, or None when nothing had to be asked. `done` is not called when the person
    cancels or the step is refused; a refusal is said on the sheet or in a message.
    """
    if action in _ASKS:
        sheet = StepSheet(parent, desk, visit, action)
        sheet.taken.connect(done)
        sheet.open()
        return sheet
    try:
        changed = service.act(desk, visit.uid, action, visit.revision)
    except Fault as fault:
        tell_fault(parent, f"没有{action.label}", fault)
        return None
    done(changed)
    return None


def step_sentence(action: Action, visit: Visit) -> str:
    """What was done, for the undo strip: 已办结：陈桂英 医保缴费."""
    said = action.label.removeprefix("已")
    return f"已{said}：{person_words(visit)} {matter_words(visit)}"


class StepSheet(SavingSheet):
    """Asks for one step of one visit."""

    def __init__(
        self, parent: QWidget, desk: Desk, visit: Visit | VisitLine, action: Action
    ) -> None:
        about = f"{person_words(visit)}　{matter_words(visit)}　{visit.number}"
        text = "\n".join(filter(None, (about, _EFFECTS.get(action, ""))))
        super().__init__(parent, action.label, text, action.label)
        self._desk, self._visit, self._action = desk, visit, action
        for ask in _asked(action, visit):
            editor = self._editor(ask)
            field = LabelledField(ask.label, editor, self, key=ask.key, optional=ask.optional)
            self.body.addWidget(self.add_field(ask.name, field))
        self.wire(self.body)

    def save(self) -> Changed[Visit]:
        visit = self._visit
        return service.act(self._desk, visit.uid, self._action, visit.revision, self._details())

    def _details(self) -> StepDetails:
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            editor = field.editor
            if isinstance(editor, DateInput):
                values[name] = _day_of(editor)
            elif isinstance(editor, LineInput | TextInput | MergeTarget):
                values[name] = editor.value()
        return StepDetails(**values)

    def _editor(self, ask: _Ask) -> QWidget:
        if ask.editor == "line":
            return LineInput(self, placeholder=ask.placeholder)
        if ask.editor == "phone":
            return PhoneInput(parent=self)
        if ask.editor == "day":
            return DateInput(self._today, self)
        if ask.editor == "visit":
            return MergeTarget(self._desk, self._visit, self)
        text = TextInput(self, placeholder=ask.placeholder)
        if ask.name == "result" and isinstance(self._visit, Visit):
            text.set_value(self._visit.result)
        return text

    def _today(self) -> date:
        return self._desk.today


def _asked(action: Action, visit: Visit | VisitLine) -> tuple[_Ask, ...]:
    late = visit.late_entry and action in _DATED
    return (*_ASKS[action], _DAY) if late else _ASKS[action]


def _day_of(editor: DateInput) -> date | None:
    if problem := editor.problem():
        raise UserError(problem, field="day")
    return editor.day()
