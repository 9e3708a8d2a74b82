"""What is done with a volunteer or a team from its row and from its page.

Each deed opens a sheet that asks for what it needs; `done` gets what was changed and the sentence
for the undo strip, which names volunteers by number.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.wording import paper_day
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.service import Card
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.rules.listing import RosterLine
from desktop_app.registers.volunteers.rules.volunteer import Volunteer, VolunteerAction
from desktop_app.registers.volunteers.service import Joined
from desktop_app.registers.volunteers.service.papers import paper
from desktop_app.registers.volunteers.ui import sheets, team_form, volunteer_form
from desktop_app.registers.volunteers.ui.kept_sheet import read_left
from desktop_app.registers.volunteers.ui.looks import VOLUNTEER_DEEDS, chosen
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import choose, tell, tell_fault
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.page import Page
from desktop_app.widgets.photo_viewer import PhotoViewer
from desktop_app.widgets.saving_sheet import SavingSheet

Done = Callable[[Changed[Any], str], None]


@dataclass(frozen=True, slots=True)
class Whom:
    """A volunteer as seen: which revision, and how the person is called on a sheet."""

    uid: Uid
    revision: int
    number: str
    name: str

    @property
    def words(self) -> str:
        return "　".join(filter(None, (self.name, self.number)))

    @property
    def seen(self) -> tuple[Uid, int]:
        return self.uid, self.revision


# --- volunteers -----------------------------------------------------------------------------------


def open_new(page: Page, desk: Desk, done: Done, resident: Uid | None = None) -> None:
    """The form of a new volunteer, as it was left the last time; about a `resident`, if one says
    whom."""

    def work(_job: Job) -> tuple[Card | None, Any]:
        card = None if resident is None else residents.card(desk, resident)
        return card, read_left(desk, volunteer_form.DRAFT, card and card.resident.uid)

    def opened(found: tuple[Card | None, Any]) -> None:
        sheet = volunteer_form.VolunteerSheet(page, desk, None, *found)
        _open(page, sheet, lambda changed: f"已登记志愿者 {changed.value.number}", done)

    page.in_background("打开登记志愿者", work, opened)


def open_change(page: Page, desk: Desk, uid: Uid, done: Done) -> None:
    """The form of a volunteer, whole: opening it is logged like a reveal."""

    def work(_job: Job) -> tuple[Volunteer, Card, Any]:
        volunteer = service.for_editing(desk, uid)
        card = residents.card(desk, volunteer.resident)
        return volunteer, card, read_left(desk, volunteer_form.DRAFT, uid)

    def opened(found: tuple[Volunteer, Card, Any]) -> None:
        sheet = volunteer_form.VolunteerSheet(page, desk, *found)
        _open(page, sheet, lambda changed: f"已修改志愿者 {changed.value.number}", done)

    page.in_background("打开修改志愿者", work, opened)


def take_step(page: Page, desk: Desk, deed: str, whom: Whom, done: Done) -> None:
    """暂停, 恢复, 退出, 注销, 重新在册: at once, or with a reason where one is needed."""
    (action,) = chosen(VolunteerAction, [deed])
    verb = VOLUNTEER_DEEDS[action].verb
    sentence = f"已{verb}：{whom.number}"
    if sheets.asks(action):
        sheet = sheets.StepSheet(page, desk, action, whom.seen, whom.words, verb)
        _open(page, sheet, lambda _changed: sentence, done)
        return
    _at_once(page, f"没有{verb}", lambda: service.step(desk, *whom.seen, action), sentence, done)


def add_training(page: Page, desk: Desk, whom: Whom, done: Done) -> None:
    sheet = sheets.TrainingSheet(page, desk, whom.seen, whom.words)
    _open(page, sheet, lambda _changed: f"已记培训：{whom.number}", done)


def add_honour(page: Page, desk: Desk, whom: Whom, done: Done) -> None:
    sheet = sheets.HonourSheet(page, desk, whom.seen, whom.words)
    _open(page, sheet, lambda _changed: f"已记表彰：{whom.number}", done)


def remove_entry(page: Page, desk: Desk, volunteer: Volunteer, done: Done) -> None:
    """Choose a training or an honour that was written down by mistake, and take it out."""
    items = [
        LineItem(one.uid.hex, one.words, beside="培训", detail=paper_day(one.day))
        for one in reversed(volunteer.trainings)
    ]
    items += [
        LineItem(one.uid.hex, one.words, beside="表彰", detail=paper_day(one.day))
        for one in reversed(volunteer.honours)
    ]
    entries: dict[str, Uid] = {one.uid.hex: one.uid for one in volunteer.trainings}
    entries |= {one.uid.hex: one.uid for one in volunteer.honours}

    def picked(uid: str) -> None:
        def call() -> Changed[Any]:
            return service.remove_entry(desk, volunteer.uid, volunteer.revision, entries[uid])

        _at_once(page, "没有移除", call, f"已移除一条：{volunteer.number}", done)

    told = "选中的一条记错了，从这名志愿者的记录里移除；可以撤销。"
    choose(page, "移除培训或表彰", told, items, verb="移除").picked.connect(picked)


def merge(page: Page, desk: Desk, whom: Whom, done: Done) -> None:
    sheet = sheets.MergeSheet(page, desk, whom.uid, whom.words)
    _open(page, sheet, lambda changed: f"已合并到 {changed.value.number}", done)


def show_paper(page: Page, desk: Desk, volunteer: Volunteer) -> None:
    """The picture of what the guardian signed; looking at it is logged."""
    agreed = volunteer.guardian_consent
    if agreed is not None and agreed.photo is not None:
        read = partial(paper, desk, desk.database.blobs, volunteer.uid)
        PhotoViewer(page, read, [agreed.photo], 0).open()


# --- joining and leaving --------------------------------------------------------------------------


def join_team(
    page: Page, desk: Desk, people: Sequence[Whom], done: Done, but: Collection[Uid] = ()
) -> None:
    """One or several join a team; `but` are teams they are in already."""
    who = people[0].words if len(people) == 1 else f"已选的 {len(people)} 名志愿者"
    sheet = sheets.JoinTeamSheet(page, desk, [one.uid for one in people], who, but)
    _open(page, sheet, joined_words, done)


def joined_words(changed: Changed[Joined]) -> str:
    """How many joined, and how many were there before."""
    joined = changed.value
    already = f"，{len(joined.already)} 人原来就在队里" if joined.already else ""
    if not joined.memberships:
        return f"没有人新入队{already}"
    return f"已入队 {len(joined.memberships)} 人{already}"


def leave_team(
    page: Page, desk: Desk, stays: Sequence[RosterLine], done: Done, number: str = ""
) -> None:
    """A stay ends; of several the team is chosen first."""
    if not stays:
        tell(page, "没有退队", "现在不在任何队伍里。")
    elif len(stays) == 1:
        _leave(page, desk, stays[0], done)
    else:
        by_uid = {stay.uid.hex: stay for stay in stays}
        items = [
            LineItem(stay.uid.hex, stay.team_name, detail=f"{paper_day(stay.joined_on)}入队")
            for stay in stays
        ]
        sheet = choose(page, "退出哪支队伍", number, items, verb="下一步")
        sheet.picked.connect(lambda uid: _leave(page, desk, by_uid[uid], done))


def _leave(page: Page, desk: Desk, stay: RosterLine, done: Done) -> None:
    sheet = sheets.LeaveTeamSheet(page, desk, stay)
    _open(page, sheet, lambda _changed: f"已退队：{stay.number}", done)


# --- teams ----------------------------------------------------------------------------------------


def open_new_team(page: Page, desk: Desk, done: Done) -> None:
    """The form of a new team, as it was left the last time."""

    def work(_job: Job) -> tuple[Any, Any]:
        return team_form.compounds_to_choose(desk), read_left(desk, team_form.DRAFT, None)

    def opened(found: tuple[Any, Any]) -> None:
        sheet = team_form.TeamSheet(page, desk, None, *found)
        _open(page, sheet, lambda changed: f"已新增队伍：{changed.value.name}", done)

    page.in_background("打开新增队伍", work, opened)


def open_change_team(page: Page, desk: Desk, uid: Uid, done: Done) -> None:
    def work(_job: Job) -> tuple[Any, Any, Any]:
        return (
            service.get_team(desk, uid),
            team_form.compounds_to_choose(desk),
            read_left(desk, team_form.DRAFT, uid),
        )

    def opened(found: tuple[Any, Any, Any]) -> None:
        sheet = team_form.TeamSheet(page, desk, *found)
        _open(page, sheet, lambda changed: f"已修改队伍：{changed.value.name}", done)

    page.in_background("打开修改队伍", work, opened)


def add_member(page: Page, desk: Desk, team: Uid, done: Done) -> None:
    """Somebody joins a team, out of those who are not in it."""

    def work(_job: Job) -> tuple[str, list[Uid]]:
        members = [line.volunteer for line in service.roster(desk, team)]
        return service.get_team(desk, team).name, members

    def opened(found: tuple[str, list[Uid]]) -> None:
        name, members = found
        sheet = sheets.AddMemberSheet(page, desk, (team, name), members)
        _open(page, sheet, lambda _changed: f"已添加队员：{name}", done)

    page.in_background("打开添加队员", work, opened)


def set_leader(page: Page, desk: Desk, team: Uid, done: Done) -> None:
    def work(_job: Job) -> tuple[Any, Any]:
        return service.get_team(desk, team), service.roster(desk, team)

    def opened(found: tuple[Any, Any]) -> None:
        there, members = found
        if not members:
            told = "这支队伍今天还没有队员，没有改动。请先添加队员，再定队长。"
            tell(page, "没有定队长", told)
            return
        sheet = sheets.LeaderSheet(page, desk, there, members)
        _open(page, sheet, lambda changed: f"已定队长：{changed.value.name}", done)

    page.in_background("打开定队长", work, opened)


def disband(page: Page, desk: Desk, team: Uid, done: Done) -> None:
    def work(_job: Job) -> tuple[Any, int]:
        return service.get_team(desk, team), len(service.roster(desk, team))

    def opened(found: tuple[Any, int]) -> None:
        there, members = found
        about = (there.uid, there.revision, there.name)
        sheet = sheets.DisbandSheet(page, desk, about, members)
        _open(page, sheet, lambda changed: f"已解散队伍：{changed.value.name}", done)

    page.in_background("打开解散队伍", work, opened)


def restore(page: Page, desk: Desk, team: Uid, revision: int, name: str, done: Done) -> None:
    """At once; the undo strip is the way back."""
    call = partial(service.restore, desk, team, revision)
    _at_once(page, "没有恢复", call, f"已恢复队伍：{name}，请重新添加队员", done)


# --- inside ---------------------------------------------------------------------------------------


def _open(page: Page, sheet: SavingSheet, words: Callable[[Changed[Any]], str], done: Done) -> None:
    if not page.isVisible():
        sheet.deleteLater()
        return
    sheet.taken.connect(lambda changed: done(changed, words(changed)))
    sheet.open()


def _at_once(
    page: Page, failed: str, call: Callable[[], Changed[Any]], sentence: str, done: Done
) -> None:
    try:
        changed = call()
    except Fault as fault:
        tell_fault(page, failed, fault)
        return
    done(changed, sentence)
