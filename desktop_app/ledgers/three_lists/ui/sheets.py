"""The sheets on which steps are taken: each asks for what its step needs and nothing else.

One table says what each step asks. What a step changes is for the rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.origin import Level
from desktop_app.core.photos import Picture
from desktop_app.core.record import Record
from desktop_app.core.wording import list_day
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.duty import (
    Duty,
    DutyAction,
    OpinionLevel,
    ReviewerRole,
)
from desktop_app.ledgers.three_lists.rules.duty_steps import PHOTOGRAPHED, DutyDetails
from desktop_app.ledgers.three_lists.rules.offer import Offer, OfferAction
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemAction
from desktop_app.ledgers.three_lists.ui.looks import short
from desktop_app.ledgers.three_lists.ui.merge_target import MergeTarget
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.page import Page
from desktop_app.widgets.picture_input import PictureInput
from desktop_app.widgets.saving_sheet import SavingSheet
from desktop_app.widgets.step_photos import PHOTOS, photo_field, pictures_of
from desktop_app.widgets.value_inputs import DateInput


@dataclass(frozen=True, slots=True)
class _Ask:
    """One thing to ask: its name, label, editor, Alt letter."""

    name: str
    label: str
    editor: str = "text"
    key: str = ""
    optional: bool = False
    placeholder: str = ""


_DUTY_ASKS: Mapping[DutyAction, tuple[_Ask, ...]] = {
    DutyAction.DECLINE: (_Ask("words", "谢绝的原因", key="Y", placeholder="如：这段时间人手不够"),),
    DutyAction.PROGRESS: (
        _Ask("words", "进展", key="J", placeholder="如：已联系施工队，周三上午到场"),
    ),
    DutyAction.SUBMIT: (
        _Ask("result", "完成情况", key="W", placeholder="办成了什么，一两句话写清楚"),
    ),
    DutyAction.REVIEW_BACK: (
        _Ask("words", "退回的原因", key="Y", placeholder="还差什么，要补什么"),
    ),
    DutyAction.EXTEND: (
        _Ask("due", "新的完成时限", "day", "S"),
        _Ask("words", "延期的原因", key="Y"),
    ),
    DutyAction.ESCALATE: (
        _Ask("level", "提到哪一级", "level", "J"),
        _Ask("words", "提级的原因", key="Y"),
    ),
    DutyAction.CANCEL: (_Ask("words", "取消的原因", key="Y"),),
    DutyAction.REOPEN: (_Ask("words", "重新打开的原因", key="Y"),),
    DutyAction.ASK_OPINION: (
        _Ask("opinion", "群众评价", "opinion", "P"),
        _Ask("words", "说明", key="S", optional=True),
    ),
    DutyAction.REVIEW_OK: (
        _Ask("role", "谁来复核", "role", "S"),
        _Ask("name", "复核人姓名", "line", "X"),
        _Ask("confirmation", "签字的照片", "picture", "Z", optional=True),
        _Ask("words", "复核意见", key="Y", optional=True),
    ),
}
"""What each step of a duty asks; a step that is not in here asks nothing."""

_DUTY_EFFECTS: Mapping[DutyAction, str] = {
    DutyAction.DECLINE: "对方不接这一单：占用的资源放出来，问题回到待认领。",
    DutyAction.SUBMIT: "随后由第二个人复核，同意后才销号。",
    DutyAction.CANCEL: "这条责任不再办理：占用的资源放出来，问题没有别的单位在办时回到待认领。",
    DutyAction.REOPEN: "回到“办理中”，这一次销号的记录保留。",
}

_PROBLEM_ASKS: Mapping[ProblemAction, tuple[_Ask, ...]] = {
    ProblemAction.WITHDRAW: (_Ask("words", "撤回的原因", key="Y"),),
    ProblemAction.REOPEN: (_Ask("words", "重新打开的原因", key="Y"),),
    ProblemAction.MERGE: (
        _Ask("merged_into", "并入哪一条", "problem", "B"),
        _Ask("words", "说明", key="S", optional=True),
    ),
}
_PROBLEM_EFFECTS: Mapping[ProblemAction, str] = {
    ProblemAction.REOPEN: "回到“待认领”，以前的办理都保留。",
    ProblemAction.MERGE: "这一条并入所选的那一条，不再单独办理；编号保留，那一条记作又反映一次。",
}
_OFFER_EFFECTS: Mapping[OfferAction, str] = {
    OfferAction.WITHDRAW: "不再认领；已经认领的照办。",
}


def duty_asks(action: DutyAction) -> bool:
    """Whether a step of a duty needs a sheet."""
    return action in _DUTY_ASKS


def problem_asks(action: ProblemAction) -> bool:
    """Whether a step of a problem needs a sheet."""
    return action in _PROBLEM_ASKS


class _AskingSheet(SavingSheet):
    """Lays out what is asked and reads it back."""

    def __init__(
        self, parent: Page, desk: Desk, verb: str, about: Sequence[str], record: Record
    ) -> None:
        super().__init__(parent, verb, "\n".join(filter(None, about)), verb)
        self._page, self._desk, self._record = parent, desk, record

    def _ask(self, asks: Sequence[_Ask], *, photos: bool = False) -> None:
        """Lay out what is asked; `photos`: the step may have some."""
        for ask in asks:
            editor = self._editor(ask)
            field = LabelledField(ask.label, editor, self, key=ask.key, optional=ask.optional)
            self.body.addWidget(self.add_field(ask.name, field))
        if photos:
            look = partial(service.look_at_photos, self._desk)
            shown = photo_field(self._record.uid, look, self._page, self)
            self.body.addWidget(self.add_field(PHOTOS, shown))
        self.wire(self.body)

    def _pictures(self) -> tuple[Picture, ...]:
        """The photos of the step."""
        field = self.fields.get(PHOTOS)
        return pictures_of(field) if field else ()

    def _editor(self, ask: _Ask) -> QWidget:
        if ask.editor == "line":
            return LineInput(self, placeholder=ask.placeholder)
        if ask.editor == "day":
            return DateInput(self._today, self)
        if ask.editor == "picture":
            return PictureInput(self)
        if ask.editor == "problem":
            assert isinstance(self._record, Problem)
            return MergeTarget(self._desk, self._record, self)
        if ask.editor in ("level", "opinion", "role"):
            choices = self._choices(ask.editor)
            first = choices[0].value if ask.editor != "opinion" else None
            return ChoiceBar(choices, self, value=first)
        return TextInput(self, placeholder=ask.placeholder)

    def _choices(self, _name: str) -> tuple[Choice, ...]:
        return ()

    def _values(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            editor: Any = field.editor
            if name == PHOTOS:
                continue
            if isinstance(editor, DateInput):
                if problem := editor.problem():
                    raise UserError(problem, field=name)
                values[name] = editor.day()
            else:
                values[name] = editor.value()
        return values

    def _today(self) -> date:
        return self._desk.today


class DutySheet(_AskingSheet):
    """Asks for one step of one duty; `revision` is that which the clerk saw."""

    def __init__(
        self,
        parent: Page,
        desk: Desk,
        duty: Duty,
        revision: int,
        action: DutyAction,
        *,
        about: str = "",
        roles: Sequence[ReviewerRole] = tuple(ReviewerRole),
    ) -> None:
        self._roles = tuple(roles)
        who = f"{duty.unit} {duty.person}　{duty.number}"
        said = _told(duty, action)
        super().__init__(
            parent, desk, action.label, (about, who, said, _DUTY_EFFECTS.get(action, "")), duty
        )
        self._duty, self._revision, self._action = duty, revision, action
        self._ask(_DUTY_ASKS[action], photos=action in PHOTOGRAPHED)
        if action is DutyAction.SUBMIT:
            self._ask_evidence(duty)
        if action is DutyAction.REVIEW_OK:
            self.fields["role"].editor.changed.connect(self._ask_outsider)  # type: ignore[attr-defined]
            self._ask_outsider()

    def save(self) -> Changed[Duty]:
        values = self._values()
        if self._action is DutyAction.ASK_OPINION and values["opinion"] is None:
            raise UserError("还没有选评价，没有保存。", "请选一项。", field="opinion")
        if "confirmation" in values:
            source = values.pop("confirmation")
            outside = values["role"] is not ReviewerRole.SECOND
            if source is not None and outside:
                blobs = self._desk.database.blobs
                values["confirmation"] = service.keep_picture(self._desk, blobs, source)
            if not outside:
                values["name"] = ""
        details = DutyDetails(**values)
        return service.act(
            self._desk,
            self._duty.uid,
            self._action,
            self._revision,
            details,
            pictures=self._pictures(),
        )

    def _ask_evidence(self, duty: Duty) -> None:
        """Nothing is handed in without evidence: what is missing may come with this step."""
        if duty.result:
            self.fields["result"].editor.set_value(duty.result)  # type: ignore[attr-defined]
        self.fields[PHOTOS].set_optional(bool(duty.evidence))
        self.fields[PHOTOS].set_label("佐证照片")

    def _choices(self, name: str) -> tuple[Choice, ...]:
        if name == "role":
            return _labelled(self._roles)
        if name == "opinion":
            return _labelled(OpinionLevel)
        duty = self._record
        assert isinstance(duty, Duty)
        levels = list(Level)
        return _labelled(levels[levels.index(duty.level) + 1 :])

    def _ask_outsider(self) -> None:
        """Name and signed paper belong to a reviewer who is no operator of this station."""
        editor: Any = self.fields["role"].editor
        outside = editor.value() is not ReviewerRole.SECOND
        alone = ReviewerRole.SECOND not in self._roles
        for name in ("name", "confirmation"):
            self.fields[name].setVisible(outside)
        self.fields["confirmation"].set_optional(not alone)


class ProblemSheet(_AskingSheet):
    """Asks for one step of one problem."""

    def __init__(
        self, parent: Page, desk: Desk, problem: Problem, revision: int, action: ProblemAction
    ) -> None:
        about = (
            f"{short(problem.description)}　{problem.number}",
            _PROBLEM_EFFECTS.get(action, ""),
        )
        super().__init__(parent, desk, action.label, about, problem)
        self._problem, self._revision, self._action = problem, revision, action
        self._ask(_PROBLEM_ASKS[action], photos=action is not ProblemAction.MERGE)

    def save(self) -> Changed[Problem]:
        values, desk = self._values(), self._desk
        uid, revision = self._problem.uid, self._revision
        if self._action is ProblemAction.MERGE:
            into = values["merged_into"]
            if into is None:
                raise UserError("还没有选并入哪一条。", "请在下面选一条。", field="merged_into")
            return service.merge_problem(desk, uid, revision, into, values["words"])
        if self._action is ProblemAction.REOPEN:
            return service.reopen_problem(desk, uid, revision, values["words"], self._pictures())
        return service.withdraw_problem(desk, uid, revision, values["words"], self._pictures())


class WithdrawOfferSheet(_AskingSheet):
    """Asks why an offer is withdrawn."""

    def __init__(self, parent: Page, desk: Desk, offer: Offer, revision: int) -> None:
        action = OfferAction.WITHDRAW
        about = (f"{offer.partner_name}　{offer.resource}", _OFFER_EFFECTS[action])
        super().__init__(parent, desk, action.label, about, offer)
        self._offer, self._revision = offer, revision
        self._ask((_Ask("words", "撤回的原因", key="Y"),))

    def save(self) -> Changed[Offer]:
        words = self._values()["words"]
        return service.withdraw_offer(self._desk, self._offer.uid, self._revision, words)


class DeclineMatchSheet(_AskingSheet):
    """Asks why an offer does not fit a problem; it is not proposed for it again."""

    def __init__(self, parent: Page, desk: Desk, problem: Problem, offer: Any) -> None:
        about = (f"{offer.partner_name}　{offer.resource}", "以后不再为这个问题推荐它。")
        super().__init__(parent, desk, "谢绝配餐", about, problem)
        self._problem, self._offer = problem, offer.uid
        self._ask((_Ask("words", "谢绝的原因", key="Y", placeholder="如：时间对不上"),))

    def save(self) -> Changed[Problem]:
        problem = self._problem
        words = self._values()["words"]
        return service.decline_match(self._desk, problem.uid, problem.revision, self._offer, words)


def _told(duty: Duty, action: DutyAction) -> str:
    """What of the duty must be read before this step."""
    if action is DutyAction.REVIEW_OK:
        asked = list_day(duty.submitted_on) if duty.submitted_on else ""
        return (
            f"完成情况：{duty.result}\n佐证 {len(duty.evidence)} 张，"
            f"{duty.submitted_by_name} {asked} 申请销号。"
        )
    if action is DutyAction.EXTEND:
        return f"原来的完成时限是{list_day(duty.due)}。"
    if action is DutyAction.ESCALATE:
        return f"现在的责任层级是{duty.level.label}。"
    return ""


def _labelled(values: Any) -> tuple[Choice, ...]:
    found: list[LabelledEnum] = list(values)
    return tuple(Choice(one, one.label) for one in found)
