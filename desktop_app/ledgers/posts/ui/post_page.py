"""One post in full: what it asks for, who has claimed it, who is on duty next, its course."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.clock import Zone
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.core.wording import list_moment, paper_day, weekday
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.record import CLAIMS, SHIFTS
from desktop_app.ledgers.posts.record import POSTS as KIND
from desktop_app.ledgers.posts.rules.claim import HOLDING, ClaimState
from desktop_app.ledgers.posts.rules.listing import ClaimLine, ShiftFilter, ShiftLine
from desktop_app.ledgers.posts.rules.pattern import span_words
from desktop_app.ledgers.posts.rules.post import Post, PostAction
from desktop_app.ledgers.posts.rules.shift import ShiftState
from desktop_app.ledgers.posts.service import PostHistory
from desktop_app.ledgers.posts.ui import deeds
from desktop_app.ledgers.posts.ui.looks import (
    CLAIM,
    POST_DEEDS,
    claim_chip,
    may_change,
    may_handle,
    post_chip,
    shift_chip,
)
from desktop_app.registers.offices.names import station_names
from desktop_app.registers.places import service as places
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.record import TEAMS, VOLUNTEERS
from desktop_app.storage.session import Desk
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.course import CourseCard, CourseStep
from desktop_app.widgets.facts import Fact, FactsCard
from desktop_app.widgets.forms import Card, KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.record_page import REVEAL_KEY, RecordPage, foot_of
from desktop_app.widgets.theme import theme_of

_AHEAD = timedelta(days=14)
_MOST = 8
_LIVE = (ClaimState.CLAIMED, ClaimState.ON, ClaimState.WAITING)
_ICONS = {
    PostAction.OPEN: ("plus", "ok"),
    PostAction.CLOSE: ("ban", "quiet"),
    PostAction.REOPEN: ("undo-2", "ok"),
}


@dataclass(frozen=True, slots=True)
class WholePost:
    """What the page shows: the post with its claims, its shifts of the next two weeks, names."""

    history: PostHistory
    shifts: tuple[ShiftLine, ...]
    team: str
    compound: str
    station: str

    @property
    def post(self) -> Post:
        return self.history.post

    @property
    def taken(self) -> int:
        return sum(claim.state in HOLDING for claim in self.history.claims)

    def claims(self, *, live: bool) -> list[ClaimLine]:
        """Those that are not over, in their order; or those that are, the newest first."""
        found = [one for one in self.history.claims if (one.state in _LIVE) == live]
        if live:
            found.sort(key=lambda one: (_LIVE.index(one.state), one.uid))
        return found


class PostPage(RecordPage):
    """Shows the post it was told to by `open_record`."""

    title = "岗位详情"
    kinds = frozenset({KIND.name, CLAIMS.name, SHIFTS.name, VOLUNTEERS.name, TEAMS.name})
    hints = (
        KeyHint("Esc", "返回"),
        KeyHint("Tab", "到认领和排班，Enter 打开志愿者"),
        KeyHint(REVEAL_KEY, "显示完整内容（十秒）"),
        *(KeyHint(deed.key, deed.verb) for deed in POST_DEEDS.values()),
    )

    whole: WholePost | None

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent, POST_DEEDS)
        self._desk = desk
        self._at_street = desk.database.station.is_street
        self.facts = FactsCard("岗位", self)
        self.remark = FactsCard("备注", self)
        self.remark.set_foot(foot_of(self.reveal))
        self.now, self.now_card = self._people("认领")
        self.next, self.next_card = self._people("近两周的班")
        self.past, self.past_card = self._people("以前的认领")
        self.course = CourseCard("经过", self)
        columns = (
            [self.now_card, self.next_card, self.past_card],
            [self.facts, self.remark, self.course],
        )
        self.content.body.addWidget(Columns(columns, self, shares=(1, 1)))
        self.content.body.addStretch(1)

    # --- reading and showing -------------------------------------------------------------------

    def post_of(self, uid: Uid) -> Uid:
        """The post this page is about when it was opened with that uid; in a worker's thread."""
        return uid

    def reading(self, uid: Uid) -> Callable[[Job], WholePost]:
        return partial(self._read, uid)

    def _read(self, uid: Uid, _job: Job) -> WholePost:
        """In the worker's thread."""
        desk = self._desk
        history = service.post_history(desk, self.post_of(uid))
        post, today = history.post, desk.today
        wanted = ShiftFilter(post=post.uid, since=today, until=today + _AHEAD)
        shifts = [
            one
            for one in service.shifts_page(desk, wanted).rows
            if one.state is not ShiftState.CANCELLED
        ]
        compounds = {one.uid: one.name for one in places.compounds(desk)}
        return WholePost(
            history,
            tuple(sorted(shifts, key=lambda one: (one.starts_at, one.uid))),
            "" if post.team is None else volunteers.get_team(desk, post.team).name,
            "" if post.compound is None else compounds.get(post.compound, "（已撤销的小区）"),
            station_names(desk).owner(post.station),
        )

    def show_whole(self) -> None:
        whole = self.whole
        assert whole is not None
        post, zone = whole.post, self._desk.database.zone
        chip = post_chip(post.state)
        beside = f"{post.number}　认领 {whole.taken}/{post.quota}"
        deeds = self.named(self._offered(whole))
        self.head.show_record(post.name, chip, beside, deeds, urge=post.open)
        self.facts.show_facts(_facts(whole))
        self._show_people(
            self.now, self.now_card, [_claim_item(one) for one in whole.claims(live=True)]
        )
        self._show_people(
            self.next, self.next_card, [_shift_item(one, zone) for one in whole.shifts]
        )
        past = [_claim_item(one) for one in whole.claims(live=False)]
        self._show_people(self.past, self.past_card, past)
        self.show_uncovered(None)
        self.course.show_course(self._steps(post))
        self.setAccessibleName(f"岗位 {post.name} {chip.word}")

    def uncovering(self) -> Callable[[Job], str] | None:
        whole = self.whole
        if whole is None or not whole.post.remark or not self._desk.actor.may(Right.REVEAL):
            return None
        return partial(_uncover, self._desk, whole.post.uid)

    def show_uncovered(self, answer: str | None) -> None:
        if self.whole is not None:
            there = bool(self.whole.post.remark)
            self.remark.show_facts([Fact("备注", (answer or "已遮挡") if there else "")])

    def _people(self, title: str) -> tuple[LineList, Card]:
        card = Card(title, self)
        people = LineList(title, card)
        people.chosen.connect(self._open_volunteer)
        card.add_list(people)
        return people, card

    def _show_people(self, people: LineList, card: Card, items: Sequence[LineItem]) -> None:
        people.set_items(items)
        people.setFixedHeight(min(_MOST, len(items)) * theme_of().metrics.two_line_row)
        card.setVisible(bool(items))

    def _steps(self, post: Post) -> list[CourseStep]:
        made = []
        for step in post.steps:
            icon, tone = _ICONS.get(step.action, ("circle", "quiet"))
            when = list_moment(step.at, self._desk.database.zone, today=self._desk.today)
            made.append(CourseStep(step.action.label, when, step.actor, step.words, icon, tone))
        return made

    # --- what the person does ------------------------------------------------------------------

    def _offered(self, whole: WholePost) -> tuple[str, ...]:
        actor = self._desk.actor
        if self._at_street or not may_handle(actor):
            return ()
        fits: set[str] = {str(one.value) for one in whole.history.allowed}
        if whole.post.open:
            fits.add(CLAIM)
            fits |= {PostAction.CHANGE.value} if may_change(actor) else set()
        return tuple(name for name in POST_DEEDS if name in fits)

    @Slot(object)
    def do(self, deed: str) -> None:
        whole = self.whole
        if whole is None:
            return
        post, desk, done = whole.post, self._desk, self.tell_changed
        seen = (post.uid, post.revision)
        if deed == CLAIM:
            claims = whole.history.claims
            waiting = sum(one.state is ClaimState.WAITING for one in claims)
            told = deeds.places_words(whole.taken, post.quota, waiting)
            deeds.claim(self, desk, (post.uid, post.name), told, done)
        elif deed == PostAction.CHANGE:
            deeds.open_change(self, desk, post.uid, done)
        elif deed == PostAction.CLOSE:
            deeds.close(self, desk, seen, post.name, done)
        elif deed == PostAction.REOPEN:
            deeds.reopen(self, desk, seen, post.name, done)

    @Slot(object)
    def _open_volunteer(self, uid: object) -> None:
        found, whole = parse_uid(str(uid)), self.whole
        if found is None or whole is None:
            return
        people = {one.uid: one.volunteer for one in whole.history.claims}
        people |= {one.uid: one.volunteer for one in whole.shifts}
        self.go(Open(VOLUNTEERS.name, people[found]))


class PostOfClaimPage(PostPage):
    """The post of the claim it was opened with."""

    def post_of(self, uid: Uid) -> Uid:
        return service.get_claim(self._desk, uid).post


class PostOfShiftPage(PostPage):
    """The post of the shift it was opened with."""

    def post_of(self, uid: Uid) -> Uid:
        return service.get_shift(self._desk, uid).post


def _facts(whole: WholePost) -> list[Fact]:
    post = whole.post
    until = "，长期" if post.until_on is None else f"至{paper_day(post.until_on)}"
    asks = [f"年满 {post.min_age} 岁"] if post.min_age is not None else []
    asks += ["有危险性：要有保险，未成年人不能上岗"] if post.needs_insurance else []
    return [
        Fact("站点", whole.station),
        Fact("服务方向", post.direction.label, kept=True),
        Fact("地点", post.place_words, kept=True),
        Fact("小区", whole.compound),
        Fact("值班时间", post.pattern.words if post.pattern else "按约定时间", kept=True),
        Fact("每班", f"{post.quota} 人", kept=True),
        Fact(
            "起止",
            f"{paper_day(post.from_on)}{'起' if post.until_on is None else ''}{until}",
            kept=True,
        ),
        Fact("负责队伍", whole.team),
        Fact("上岗要求", "；".join(asks)),
        Fact("职责", post.duties),
    ]


def _claim_item(line: ClaimLine) -> LineItem:
    days = [f"{paper_day(line.claimed_on)}认领"]
    if line.approved_on is not None:
        days.append(f"{paper_day(line.approved_on)}上岗")
    if line.ended_on is not None:
        days.append(f"{paper_day(line.ended_on)}{line.state.label}")
    return LineItem(
        line.uid.hex,
        line.name or line.volunteer_number,
        beside=" ".join(filter(None, (line.volunteer_number, line.phone))),
        detail=" · ".join(days),
        chip=claim_chip(line.state),
    )


def _shift_item(line: ShiftLine, zone: Zone) -> LineItem:
    why = f"与另一班冲突，原因：{line.override_reason}" if line.override_reason else ""
    return LineItem(
        line.uid.hex,
        span_words(line.starts_at, line.ends_at, zone),
        beside=weekday(line.day),
        detail=" · ".join(filter(None, (line.name, line.volunteer_number, why))),
        chip=shift_chip(line.state),
    )


def _uncover(desk: Desk, post: Uid, _job: Job) -> str:
    return service.read_out_post(desk, post, "remark")
