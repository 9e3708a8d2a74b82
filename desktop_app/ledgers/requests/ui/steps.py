"""The sheet a step of a request is taken on: it asks for what the step needs and nothing else.

One table says what each step asks; steps that ask nothing are taken at once, and the undo strip is
the way back. Used by every screen that shows requests. What a step changes is for `rules.course`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, UserError
from desktop_app.core.origin import Level
from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.rules.listing import RequestLine
from desktop_app.ledgers.requests.rules.request import Action, DisputeStage, Request
from desktop_app.ledgers.requests.rules.steps import StepDetails
from desktop_app.ledgers.requests.ui.assignee_input import AssigneeInput
from desktop_app.ledgers.requests.ui.merge_target import MergeTarget
from desktop_app.ledgers.requests.ui.parts import verb, who_words
from desktop_app.registers.matters.rules import MOST_STATION_DAYS
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.dialogs import tell_fault
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.page import Page
from desktop_app.widgets.saving_sheet import SavingSheet
from desktop_app.widgets.step_photos import PHOTOS, photo_field, pictures_of
from desktop_app.widgets.value_inputs import DateInput, NumberInput

Done = Callable[[Changed[Request]], None]
NO_STAGE = "none"


@dataclass(frozen=True, slots=True)
class _Ask:
    """One thing to ask: the attribute of `StepDetails`, its label, the editor, the Alt letter."""

    name: str
    label: str
    editor: str = "text"
    key: str = ""
    optional: bool = False
    placeholder: str = ""
    hint: str = ""


_DAY = _Ask("day", "实际日期", "day", "D", optional=True)
_MORE = _Ask("words", "说明", key="S", optional=True)
_LIMIT = _Ask(
    "limit_days",
    "本站时限",
    "days",
    "X",
    optional=True,
    hint="工作日，从登记那天起算；不填就不变，填 0 是不设时限。",
)
_ASKS: Mapping[Action, tuple[_Ask, ...]] = {
    Action.DISPATCH: (_Ask("assignee", "交给谁办", "assignee", "J"), _LIMIT, _MORE),
    Action.TAKE: (
        _Ask("whom", "接单人", "line", "J", optional=True, placeholder="不填就是交办的一方"),
    ),
    Action.HAND_BACK: (_Ask("words", "退单原因", key="T", placeholder="如：人手不够，下周才有空"),),
    Action.ASK_MATERIALS: (
        _Ask("words", "缺少的材料", key="C", placeholder="如：身份证复印件一份、户口簿原件"),
    ),
    Action.ESCALATE: (
        _Ask("level", "吹哨到", "level", "J"),
        _Ask(
            "words",
            "吹哨事由",
            key="S",
            placeholder="要哪些部门来做什么",
            hint="会随上报给街道看，请不写姓名和电话。",
        ),
    ),
    Action.ANSWERED: (
        _Ask("whom", "哪个单位答复", "line", "D", placeholder="如：街道城建办"),
        _Ask("words", "答复内容", key="N"),
    ),
    Action.DONE: (_Ask("result", "办理结果", key="J", placeholder="一句话写明结果"),),
    Action.CLOSE: (_Ask("words", "回访情况", key="H", placeholder="如：电话回访，居民说已修好"),),
    Action.REDO: (_Ask("words", "继续办理的原因", key="Y"),),
    Action.FOLLOW_UP: (_Ask("words", "回访情况", key="H"),),
    Action.SET_STAGE: (_Ask("stage", "物业纠纷到哪一步", "stage", "J"), _MORE),
    Action.NOT_OURS: (_Ask("words", "告知的去向", key="G", placeholder="请居民去哪里、找谁"),),
    Action.FORWARD: (
        _Ask("whom", "转到哪里", "line", "Z", placeholder="平台或单位，如 12345"),
        _Ask("external_number", "对方编号", "line", "B", optional=True),
        _MORE,
    ),
    Action.WITHDRAW: (_Ask("words", "撤回原因", key="C"),),
    Action.MERGE: (_Ask("merged_into", "合并到哪一条", "request", "H"),),
    Action.REOPEN: (_Ask("words", "重新打开的原因", key="C"),),
}
"""What each step asks; a step that is not in here asks nothing."""

_UNDATED = frozenset({Action.TAKE, Action.SET_STAGE, Action.MERGE, Action.WITHDRAW, Action.REOPEN})
"""Steps that are taken when they are written down, also with a 补录 request."""

_EFFECTS: Mapping[Action, str] = {
    Action.DISPATCH: "交给本站的，直接转为办理中；交给别人的，等对方接单。",
    Action.HAND_BACK: "回到“接办”，可以再交给别人；退单次数记一次。",
    Action.ASK_MATERIALS: "本站时限从今天起暂停，材料补齐后继续计算。",
    Action.ESCALATE: "随下一个上报包送到街道；本站时限照常计算。",
    Action.DONE: "接下来电话或上门回访，回访后才办结。",
    Action.NOT_OURS: "这件事随后结束，并记为已告知去向。",
    Action.FORWARD: "这件事随后结束，并记下转到哪里。",
    Action.MERGE: "这一条并入所选的那一条，一起办理；编号、居民和过程都保留。",
    Action.REOPEN: "回到“接办”，本站时限从今天重新计算。",
}
_STAGES = tuple(
    Choice(stage, stage.label, str(number)) for number, stage in enumerate(DisputeStage, start=1)
)
_LEVELS = tuple(Choice(level, level.label, str(number)) for number, level in enumerate(Level, 1))


def open_step(
    parent: Page, desk: Desk, request: Request | RequestLine, action: Action, done: Done
) -> StepSheet | None:
    """Take a step, asking first where it needs words; `done` gets what was changed.

    Answers the sheet, or None when nothing had to be asked. `done` is not called when the person
    cancels or the step is refused; a refusal is said on the sheet or in a message.
    """
    if action in _ASKS:
        sheet = StepSheet(parent, desk, request, action)
        sheet.taken.connect(done)
        sheet.open()
        return sheet
    try:
        changed = service.act(desk, request.uid, action, request.revision)
    except Fault as fault:
        tell_fault(parent, f"没有{verb(action, request.kind)}", fault)
        return None
    done(changed)
    return None


def step_sentence(action: Action, request: Request) -> str:
    """What was done, for the undo strip: 已交办：楼道灯不亮 QR01-2026-S00001."""
    said = verb(action, request.kind).removeprefix("已")
    return f"已{said}：{request.title} {request.number}"


class StepSheet(SavingSheet):
    """Asks for one step of one request."""

    def __init__(
        self, parent: Page, desk: Desk, request: Request | RequestLine, action: Action
    ) -> None:
        about = f"{who_words(request)}　{request.title}　{request.number}"
        text = "\n".join(filter(None, (about, _EFFECTS.get(action, ""))))
        called = verb(action, request.kind)
        super().__init__(parent, called, text, called)
        self._desk, self._request, self._action = desk, request, action
        for ask in _asked(action, request):
            field = LabelledField(
                ask.label,
                self._editor(ask),
                self,
                key=ask.key,
                optional=ask.optional,
                hint=ask.hint,
            )
            self.body.addWidget(self.add_field(ask.name, field))
        if action is not Action.MERGE:
            look = partial(service.look_at_photos, desk)
            photos = photo_field(request.uid, look, parent, self)
            self.body.addWidget(self.add_field(PHOTOS, photos))
        self.wire(self.body)

    def save(self) -> Changed[Request]:
        request, details = self._request, self._details()
        field = self.fields.get(PHOTOS)
        return service.act(
            self._desk,
            request.uid,
            self._action,
            request.revision,
            details,
            pictures=pictures_of(field) if field else (),
        )

    def _details(self) -> StepDetails:
        values: dict[str, Any] = {
            name: _value_of(name, field.editor)
            for name, field in self.fields.items()
            if name != PHOTOS
        }
        return StepDetails(**values)

    def _editor(self, ask: _Ask) -> QWidget:
        if ask.editor == "line":
            return LineInput(self, placeholder=ask.placeholder)
        if ask.editor == "day":
            return DateInput(self._today, self)
        if ask.editor == "days":
            return NumberInput(self, least=0, most=MOST_STATION_DAYS, unit="个工作日")
        if ask.editor == "assignee":
            return AssigneeInput(service.offered_assignees(self._desk), self)
        if ask.editor == "level":
            return ChoiceBar(_LEVELS, self, value=Level.STREET)
        if ask.editor == "stage":
            now = self._request.dispute_stage
            drop = (Choice(NO_STAGE, "不是纠纷", "0"),) if now else ()
            return ChoiceBar((*_STAGES, *drop), self, value=now)
        if ask.editor == "request":
            return MergeTarget(self._desk, self._request, self)
        text = TextInput(self, placeholder=ask.placeholder)
        if ask.name == "result" and isinstance(self._request, Request):
            text.set_value(self._request.result)
        return text

    def _today(self) -> date:
        return self._desk.today


def _asked(action: Action, request: Request | RequestLine) -> tuple[_Ask, ...]:
    late = request.late_entry and action not in _UNDATED
    return (*_ASKS[action], _DAY) if late else _ASKS[action]


def _value_of(name: str, editor: Any) -> Any:
    if isinstance(editor, DateInput | NumberInput):
        if problem := editor.problem():
            raise UserError(problem, field=name)
        return editor.day() if isinstance(editor, DateInput) else editor.number()
    value = editor.value()
    if name == "stage":
        return value if isinstance(value, DisputeStage) else None
    return value
