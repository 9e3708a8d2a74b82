"""One 报到 in full: the unit, 亮身份, promises with what was done, the sheets of each quarter.

What was served in a quarter is in another ledger: whoever knows overrides `served`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.periods import Period, parse_period
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPaper
from desktop_app.ledgers.party import service
from desktop_app.ledgers.party.record import KIND
from desktop_app.ledgers.party.rules.member import MemberAction, MemberState, PartyMember
from desktop_app.ledgers.party.service import History
from desktop_app.ledgers.party.ui import deeds
from desktop_app.ledgers.party.ui.facts import (
    feedback_facts,
    maskable,
    member_course,
    person_facts,
    pledge_course,
    report_facts,
    shown_facts,
)
from desktop_app.ledgers.party.ui.looks import (
    DEEDS,
    OPEN_FILE,
    deeds_for,
    may_change,
    state_chip,
)
from desktop_app.ledgers.party.ui.sheets import Served
from desktop_app.registers.offices.names import station_names
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.record import KIND as RESIDENTS
from desktop_app.registers.residents.service import Card
from desktop_app.storage.session import Desk
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.course import CourseCard
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.record_head import PaperButton
from desktop_app.widgets.record_page import REVEAL_KEY, RecordPage, foot_of, paper_hints, printable

_PAPERS = (PaperButton("party-feedback", "打印反馈表", "Ctrl+P"),)


@dataclass(frozen=True, slots=True)
class WholeMember:
    """What the page shows: the 报到 with its history, the resident's card (None: the file was
    erased), whose it is, and the quarter whose feedback is due."""

    history: History
    card: Card | None
    station: str
    due: str

    @property
    def member(self) -> PartyMember:
        return self.history.member


class PartyPage(RecordPage):
    """Shows the 报到 it was told to by `open_record`."""

    title = "报到党员详情"
    kinds = frozenset({KIND.name, RESIDENTS.name})
    hints = (
        KeyHint("Esc", "返回"),
        KeyHint(REVEAL_KEY, "显示完整内容（十秒）"),
        *paper_hints(_PAPERS),
        *(KeyHint(deed.key, deed.verb) for deed in DEEDS.values()),
    )
    papers = _PAPERS

    whole: WholeMember | None

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent, DEEDS)
        self._desk = desk
        self._at_street = desk.database.station.is_street
        self.report = FactsCard("报到情况", self)
        self.report.set_foot(foot_of(self.reveal))
        self.shown = FactsCard("亮身份", self)
        self.person = FactsCard("本人", self)
        self.pledges = CourseCard("承诺和践诺", self)
        self.feedbacks = FactsCard("季度反馈表", self)
        self.course = CourseCard("经过", self)
        columns = (
            [self.pledges, self.feedbacks, self.shown, self.person],
            [self.report, self.course],
        )
        self.content.body.addWidget(Columns(columns, self, shares=(1, 1)))
        self.content.body.addStretch(1)

    # --- for whoever may join ------------------------------------------------------------------

    def served(self, _resident: Uid, _quarter: Period) -> Served | None:
        """In a worker's thread: what somebody served in a quarter; None where nobody knows."""
        return None

    # --- reading and showing -------------------------------------------------------------------

    def reading(self, uid: Uid) -> Callable[[Job], WholeMember]:
        return partial(self._read, uid)

    def _read(self, uid: Uid, _job: Job) -> WholeMember:
        """In the worker's thread."""
        desk = self._desk
        history = service.history(desk, uid)
        return WholeMember(
            history,
            deeds.card_of(desk, history.member.resident),
            station_names(desk).owner(history.member.station),
            service.last_quarter(desk),
        )

    def show_whole(self) -> None:
        whole = self.whole
        assert whole is not None
        member, today = whole.member, self._desk.today
        chip = state_chip(member.state)
        name = whole.history.name or "（已删除）"
        offered = self.named(self._offered(whole))
        here = member.state is MemberState.REPORTED
        papers = self._papers_of(whole)
        self.head.show_record(name, chip, member.number, offered, papers=papers, urge=here)
        self.shown.show_facts(shown_facts(member))
        self.feedbacks.show_facts(feedback_facts(member, whole.due))
        self.pledges.setVisible(bool(member.pledges))
        self.pledges.show_course(pledge_course(member, today))
        self.show_uncovered(None)
        self.course.show_course(member_course(member, self._desk.database.zone, today))
        self.setAccessibleName(f"报到党员 {name} {chip.word}")

    def uncovering(self) -> Callable[[Job], dict[str, str]] | None:
        whole = self.whole
        if whole is None or not self._desk.actor.may(Right.REVEAL):
            return None
        if not maskable(whole.member) and not _has_phones(whole.card):
            return None
        return partial(_uncover, self._desk, whole)

    def show_uncovered(self, answer: dict[str, str] | None) -> None:
        whole = self.whole
        if whole is not None:
            told = answer or {}
            self.report.show_facts(report_facts(whole.member, told, whole.station))
            self.person.show_facts(person_facts(whole.card, told))

    # --- what the person does ------------------------------------------------------------------

    def _offered(self, whole: WholeMember) -> tuple[str, ...]:
        file = whole.card is not None
        if self._at_street or not may_change(self._desk.actor):
            return (OPEN_FILE,) if file else ()
        return deeds_for(whole.member, file=file)

    def _papers_of(self, whole: WholeMember) -> tuple[str, ...]:
        """None of somebody who was erased: a paper says who it is about."""
        if whole.card is None:
            return ()
        return printable(self, self._desk.actor, self._desk.database.station.edition)

    def paper(self, kind: str) -> OpenPaper:
        """Of the quarter whose feedback is due: the last one that is over."""
        assert self.whole is not None
        quarter = parse_period(self.whole.due)
        return OpenPaper(kind, about=self.whole.member.uid, period=quarter)

    @Slot(object)
    def do(self, deed: str) -> None:
        whole, desk, done = self.whole, self._desk, self.tell_changed
        if whole is None:
            return
        member = whole.member
        if deed == OPEN_FILE:
            self.go(Open(RESIDENTS.name, member.resident))
        elif deed == MemberAction.CHANGE:
            deeds.open_change(self, desk, member.uid, done)
        elif deed == MemberAction.RETURN:
            deeds.come_back(self, desk, (member.uid, member.revision, member.number), done)
        else:
            deeds.open_step(self, desk, deed, member.uid, done, self.served)


def _has_phones(card: Card | None) -> bool:
    return card is not None and "phones" in card.masked


def _uncover(desk: Desk, whole: WholeMember, _job: Job) -> dict[str, str]:
    """In the worker's thread: each field uncovered is one line of the audit."""
    member, card = whole.member, whole.card
    told = {name: service.reveal(desk, member.uid, name) for name in maskable(member)}
    if card is not None and _has_phones(card):
        told["file.phones"] = residents.reveal(desk, card.resident.uid, "phones")
    return told
