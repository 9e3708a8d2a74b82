"""What single steps of volunteers and teams ask for before they are taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.pinyin import name_keys
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.rules.listing import RosterLine
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.volunteer import (
    MOST_MINUTES,
    Volunteer,
    VolunteerAction,
)
from desktop_app.registers.volunteers.service import Joined
from desktop_app.registers.volunteers.ui.finders import TeamFinder, VolunteerFinder
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.saving_sheet import SavingSheet
from desktop_app.widgets.value_inputs import DateInput, NumberInput

_A = VolunteerAction

_REASONS: Mapping[VolunteerAction, tuple[str, str, str]] = {
    _A.PAUSE: ("暂停的原因", "如：身体不适，休养三个月", "仍在册、仍在队里，排班时提示暂停。"),
    _A.LEAVE: ("退出的原因", "如：已搬离本社区", "同一天退出所在的队伍；服务记录和时长都保留。"),
    _A.CANCEL: (
        "注销的原因",
        "如：重复登记、本人申请",
        "不再列为志愿者，同一天退出所在的队伍；服务记录和时长都保留。",
    ),
}
_ENDS = (_A.LEAVE, _A.CANCEL)


def asks(action: VolunteerAction) -> bool:
    """Whether a step needs a sheet; the others are taken at once, the undo strip leads back."""
    return action in _REASONS


class Asking(SavingSheet):
    """A sheet of a few fields over a desk."""

    def __init__(self, parent: QWidget, desk: Desk, title: str, text: str, verb: str) -> None:
        super().__init__(parent, title, text, verb)
        self._desk = desk

    def line(self, name: str, label: str, hint: str = "", key: str = "", **more: Any) -> LineInput:
        editor = LineInput(self, placeholder=hint)
        self.put(name, label, editor, key, **more)
        return editor

    def day(self, name: str, label: str, key: str = "D") -> DateInput:
        """A day, today to begin with."""
        editor = DateInput(self._today, self)
        editor.set_day(self._desk.today)
        self.put(name, label, editor, key)
        return editor

    def put(
        self, name: str, label: str, editor: QWidget, key: str = "", *, optional: bool = False
    ) -> None:
        field = LabelledField(label, editor, self, key=key, optional=optional)
        self.body.addWidget(self.add_field(name, field))

    def day_of(self, name: str) -> date | None:
        editor = self.fields[name].editor
        assert isinstance(editor, DateInput)
        if problem := editor.problem():
            raise UserError(problem, field=name)
        return editor.day()

    def _today(self) -> date:
        return self._desk.today


class StepSheet(Asking):
    """Why, and where a volunteer ends since when. `who` is the name and the number."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        action: VolunteerAction,
        volunteer: tuple[Uid, int],
        who: str,
        verb: str,
    ) -> None:
        label, hint, effect = _REASONS[action]
        super().__init__(parent, desk, verb, f"{who}\n{effect}", verb)
        self._action, (self._uid, self._revision) = action, volunteer
        self._why = self.line("words", label, hint, "Y")
        if action in _ENDS:
            self.day("day", "从哪天起")
        self.wire(self.body)

    def save(self) -> Changed[Volunteer]:
        day = self.day_of("day") if self._action in _ENDS else None
        words = self._why.value()
        return service.step(self._desk, self._uid, self._revision, self._action, words, day)


class TrainingSheet(Asking):
    """One training: when, what, by whom, how long."""

    def __init__(self, parent: QWidget, desk: Desk, volunteer: tuple[Uid, int], who: str) -> None:
        told = f"{who}\n培训时间不计入服务时长。"
        super().__init__(parent, desk, "记培训", told, "记下")
        self._uid, self._revision = volunteer
        self._words = self.line("words", "培训内容", "如：急救知识培训", "N")
        self._organiser = self.line("organiser", "组织单位", "", "Z", optional=True)
        self._minutes = NumberInput(self, least=0, most=MOST_MINUTES, unit="分钟")
        self.put("minutes", "时长", self._minutes, "S", optional=True)
        self.day("day", "培训日期")
        self.wire(self.body)

    def save(self) -> Changed[Volunteer]:
        if problem := self._minutes.problem():
            raise UserError(problem, field="minutes")
        day = self.day_of("day") or self._desk.today
        minutes = self._minutes.number() or 0
        words, organiser = self._words.value(), self._organiser.value()
        return service.add_training(
            self._desk, self._uid, self._revision, day, words, organiser, minutes
        )


class HonourSheet(Asking):
    """One honour: when, what, by whom."""

    def __init__(self, parent: QWidget, desk: Desk, volunteer: tuple[Uid, int], who: str) -> None:
        super().__init__(parent, desk, "记表彰", who, "记下")
        self._uid, self._revision = volunteer
        self._words = self.line("words", "表彰名称", "如：优秀志愿者", "N")
        self._by = self.line("by", "表彰单位", "", "Z", optional=True)
        self.day("day", "表彰日期")
        self.wire(self.body)

    def save(self) -> Changed[Volunteer]:
        day = self.day_of("day") or self._desk.today
        words, by = self._words.value(), self._by.value()
        return service.add_honour(self._desk, self._uid, self._revision, day, words, by)


class JoinTeamSheet(Asking):
    """Which team one or several volunteers join, and since when."""

    def __init__(
        self, parent: QWidget, desk: Desk, volunteers: Sequence[Uid], who: str, but: Collection[Uid]
    ) -> None:
        super().__init__(parent, desk, "加入队伍", who, "加入")
        self._volunteers = tuple(volunteers)
        self.team = TeamFinder("志愿队伍", desk, self, but)
        self.put("team", "加入哪支队伍", self.team, "W")
        self.day("joined_on", "入队日期")
        self.wire(self.body)

    def save(self) -> Changed[Joined]:
        team = self.team.value()
        if team is None:
            raise UserError("还没有选队伍。", "请用上下键选一支。", field="team")
        return service.join_many(self._desk, team, self._volunteers, self.day_of("joined_on"))


class AddMemberSheet(Asking):
    """Who joins a team, and since when; `members` are in it already."""

    def __init__(
        self, parent: QWidget, desk: Desk, team: tuple[Uid, str], members: Collection[Uid]
    ) -> None:
        uid, name = team
        super().__init__(parent, desk, "添加队员", name, "添加")
        self._team = uid
        self.who = VolunteerFinder("志愿者", desk, self, but=members, present=True)
        self.put("volunteer", "添加谁", self.who, "W")
        self.day("joined_on", "入队日期")
        self.wire(self.body)

    def save(self) -> Changed[Any]:
        who = self.who.value()
        if who is None:
            raise UserError("还没有选志愿者。", "请输入姓名，用上下键选一位。", field="volunteer")
        return service.join(self._desk, self._team, who, self.day_of("joined_on"))


class LeaveTeamSheet(Asking):
    """Since when somebody is in a team no more, and why."""

    def __init__(self, parent: QWidget, desk: Desk, stay: RosterLine) -> None:
        told = f"{stay.name}　{stay.team_name}\n退队当天起不算队员；以前的服务仍算在这支队里。"
        super().__init__(parent, desk, "退出队伍", told, "退出队伍")
        self._stay = stay
        self._why = self.line("left_reason", "原因", "如：本人申请", "Y", optional=True)
        self.day("left_on", "从哪天起")
        self.wire(self.body)

    def save(self) -> Changed[Any]:
        stay, day = self._stay, self.day_of("left_on")
        return service.leave(self._desk, stay.uid, stay.revision, day, self._why.value())


class LeaderSheet(Asking):
    """Who leads a team and who is the deputy, out of the members of today."""

    def __init__(
        self, parent: QWidget, desk: Desk, team: Team, members: Sequence[RosterLine]
    ) -> None:
        told = f"{team.name}\n从今天的队员里选；留空就是不设。"
        super().__init__(parent, desk, "定队长", told, "保存")
        self._team = team
        choices = [
            Choice(
                one.volunteer,
                f"{one.name}　{one.phone}",
                search=" ".join((*sorted(name_keys(one.name)), one.number)),
            )
            for one in members
        ]
        self._leader = ChoiceBox(choices, self, placeholder="姓名或拼音首字母")
        self._deputy = ChoiceBox(choices, self, placeholder="姓名或拼音首字母")
        self._leader.set_value(team.leader)
        self._deputy.set_value(team.deputy)
        self.put("leader", "队长", self._leader, "D", optional=True)
        self.put("deputy", "副队长", self._deputy, "F", optional=True)
        self.wire(self.body, one_by_one=True)

    def save(self) -> Changed[Team]:
        for box in (self._leader, self._deputy):
            box.settle()
        leader, deputy = self._leader.value(), self._deputy.value()
        assert leader is None or isinstance(leader, Uid)
        assert deputy is None or isinstance(deputy, Uid)
        team = self._team
        return service.set_leader(self._desk, team.uid, team.revision, leader, deputy)


class DisbandSheet(Asking):
    """Why a team is no more, and since when."""

    def __init__(
        self, parent: QWidget, desk: Desk, team: tuple[Uid, int, str], members: int
    ) -> None:
        self._uid, self._revision, name = team
        told = f"{name}\n现有的 {members} 名队员同一天退队；队伍、队员和服务记录都保留。"
        super().__init__(parent, desk, "解散队伍", told, "解散")
        self._why = self.line("words", "解散的原因", "如：并入另一支队伍", "Y")
        self.day("day", "从哪天起")
        self.wire(self.body)

    def save(self) -> Changed[Team]:
        words, day = self._why.value(), self.day_of("day")
        return service.disband(self._desk, self._uid, self._revision, words, day)


class MergeSheet(Asking):
    """Which other volunteer is the same person under another spelling."""

    def __init__(self, parent: QWidget, desk: Desk, keep: Uid, who: str) -> None:
        told = (
            f"保留：{who}\n选中的那一条并入这一条：队伍、培训、表彰和服务时长都算在一起。"
            "居民档案仍是两份，请到“居民”里另行合并。"
        )
        super().__init__(parent, desk, "合并志愿者", told, "并入这一条")
        self._keep = keep
        self.other = VolunteerFinder("重复的志愿者", desk, self, but=(keep,), present=False)
        self.put("duplicate", "重复的是哪一条", self.other, "W")
        self.wire(self.body)

    def save(self) -> Changed[Volunteer]:
        other = self.other.value()
        if other is None:
            raise UserError(
                "还没有选重复的那一条。", "请输入姓名，用上下键选一条。", field="duplicate"
            )
        return service.merge(self._desk, self._keep, other)
