"""One volunteer in full: who it is, what somebody can and wants, teams, trainings, and the course.

What was served is in ledgers; whoever may join them adds cards (`add_cards`) and reads for them
(`read_beyond`): see `station/volunteering`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPaper
from desktop_app.registers.offices.names import station_names
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.record import KIND as RESIDENTS
from desktop_app.registers.residents.service import Card
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.record import MEMBERSHIPS, TEAMS
from desktop_app.registers.volunteers.record import VOLUNTEERS as KIND
from desktop_app.registers.volunteers.rules.listing import RosterLine
from desktop_app.registers.volunteers.rules.volunteer import Volunteer, VolunteerAction
from desktop_app.registers.volunteers.rules.volunteer_steps import RULES, allowed
from desktop_app.registers.volunteers.service import VolunteerHistory
from desktop_app.registers.volunteers.ui import deeds
from desktop_app.registers.volunteers.ui.course import volunteer_course
from desktop_app.registers.volunteers.ui.deeds import Whom
from desktop_app.registers.volunteers.ui.facts import (
    FILE_FIELDS,
    contact_facts,
    growth_facts,
    maskable,
    person_facts,
    registration_facts,
    service_facts,
)
from desktop_app.registers.volunteers.ui.looks import (
    CHANGE,
    JOIN,
    LEAVE_TEAM,
    MERGE,
    OPEN_FILE,
    PAPER,
    REMOVE,
    VOLUNTEER_DEEDS,
    chip_in_team,
    may_change,
    span_words,
    state_chip,
)
from desktop_app.storage.session import Desk
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.course import CourseCard
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.forms import Card as PlainCard
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.record_head import PaperButton
from desktop_app.widgets.record_page import REVEAL_KEY, RecordPage, foot_of, paper_hints, printable
from desktop_app.widgets.theme import theme_of

_MOST_LINES = 5
_PAPERS = (
    PaperButton("volunteer-summary", "打印记录汇总", "Ctrl+P"),
    PaperButton("service-record", "打印服务记录", "Ctrl+Shift+P"),
)


@dataclass(frozen=True, slots=True)
class WholeVolunteer:
    """What the page shows: the volunteer with its history, the resident's card (None: the file was
    erased), whose it is, and what a subclass read `beyond` it."""

    history: VolunteerHistory
    card: Card | None
    station: str
    beyond: object

    @property
    def volunteer(self) -> Volunteer:
        return self.history.volunteer

    @property
    def stays_now(self) -> list[RosterLine]:
        return [stay for stay in self.history.stays if stay.left_on is None]


class VolunteerPage(RecordPage):
    """Shows the volunteer it was told to by `open_record`; for a merged one the other."""

    title = "志愿者详情"
    kinds = frozenset({KIND.name, TEAMS.name, MEMBERSHIPS.name, RESIDENTS.name})
    hints = (
        KeyHint("Esc", "返回"),
        KeyHint(REVEAL_KEY, "显示完整内容（十秒）"),
        *paper_hints(_PAPERS),
        *(KeyHint(deed.key, deed.verb) for deed in VOLUNTEER_DEEDS.values()),
    )
    papers = _PAPERS

    whole: WholeVolunteer | None

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent, VOLUNTEER_DEEDS)
        self._desk = desk
        self._at_street = desk.database.station.is_street
        self.person = FactsCard("基本信息", self)
        self.person.set_foot(foot_of(self.reveal))
        self.service = FactsCard("技能和意向", self)
        self.teams = PlainCard("所在队伍", self)
        self.list = LineList("所在队伍", self.teams)
        self.list.chosen.connect(self._open_team)
        self.teams.add_list(self.list)
        self.growth = FactsCard("培训和表彰", self)
        self.contact = FactsCard("紧急联系和监护", self)
        self.registration = FactsCard("登记情况", self)
        self.course = CourseCard("经过", self)
        left, right = self.add_cards()
        columns = (
            [self.person, self.service, *left, self.growth],
            [self.teams, *right, self.contact, self.registration, self.course],
        )
        self.content.body.addWidget(Columns(columns, self, shares=(1, 1)))
        self.content.body.addStretch(1)

    # --- for whoever may join ------------------------------------------------------------------

    def add_cards(self) -> tuple[list[QWidget], list[QWidget]]:
        """Cards for what is beyond the register: in the left column and in the right one."""
        return [], []

    def read_beyond(self, _volunteers: tuple[Uid, ...]) -> object:
        """What those cards show, of the volunteer and all merged into it; in a worker's thread."""
        return None

    def show_beyond(self, beyond: object) -> None:
        """Show it."""

    # --- reading and showing -------------------------------------------------------------------

    def reading(self, uid: Uid) -> Callable[[Job], WholeVolunteer]:
        return partial(self._read, uid)

    def _read(self, uid: Uid, _job: Job) -> WholeVolunteer:
        """In the worker's thread."""
        desk = self._desk
        history = service.history(desk, uid)
        volunteer = history.volunteer
        return WholeVolunteer(
            history,
            _card_of(desk, volunteer.resident),
            station_names(desk).owner(volunteer.station),
            self.read_beyond((volunteer.uid, *history.merged)),
        )

    def show_whole(self) -> None:
        whole = self.whole
        assert whole is not None
        volunteer, today = whole.volunteer, self._desk.today
        chip = state_chip(volunteer.state)
        name = whole.history.name.name or "（已删除）"
        deeds = self.named(self._offered(whole))
        self.head.show_record(
            name,
            chip,
            volunteer.number,
            deeds,
            papers=self._papers_of(whole),
            urge=volunteer.present,
        )
        self.growth.show_facts(growth_facts(volunteer))
        self._show_teams(whole)
        self.show_uncovered(None)
        zone = self._desk.database.zone
        self.course.show_course(volunteer_course(volunteer, whole.history.stays, zone, today))
        self.show_beyond(whole.beyond)
        self.setAccessibleName(f"志愿者 {name} {chip.word}")

    def _show_teams(self, whole: WholeVolunteer) -> None:
        items = [
            LineItem(
                stay.team.hex,
                stay.team_name,
                detail=span_words(stay.joined_on, stay.left_on),
                chip=chip_in_team(stay),
            )
            for stay in whole.history.stays
            if stay.left_on is None or stay.left_on > stay.joined_on
        ]
        self.teams.setVisible(bool(items))
        self.list.set_items(items)
        self.list.setFixedHeight(min(_MOST_LINES, len(items)) * theme_of().metrics.two_line_row)

    def uncovering(self) -> Callable[[Job], dict[str, str]] | None:
        whole = self.whole
        if whole is None or not self._desk.actor.may(Right.REVEAL):
            return None
        if not maskable(whole.volunteer) and not _of_file(whole.card):
            return None
        return partial(_uncover, self._desk, whole)

    def show_uncovered(self, answer: dict[str, str] | None) -> None:
        whole = self.whole
        if whole is None:
            return
        told, today = answer or {}, self._desk.today
        volunteer, card = whole.volunteer, whole.card
        self.person.show_facts(person_facts(volunteer, card, told, today))
        self.service.show_facts(service_facts(volunteer, told, today))
        self.contact.show_facts(contact_facts(volunteer, card, told))
        self.registration.show_facts(registration_facts(volunteer, told, whole.station))

    # --- what the person does ------------------------------------------------------------------

    def _offered(self, whole: WholeVolunteer) -> tuple[str, ...]:
        """In the order of the table of deeds: what comes next most often stands on the head."""
        volunteer, actor = whole.volunteer, self._desk.actor
        look = set() if whole.card is None else {OPEN_FILE}
        agreed = volunteer.guardian_consent
        if agreed is not None and agreed.photo is not None and actor.may(Right.REVEAL):
            look.add(PAPER)
        if self._at_street or not may_change(actor):
            return tuple(name for name in VOLUNTEER_DEEDS if name in look)
        steps = set(allowed(volunteer))
        known = volunteer.state in RULES[VolunteerAction.CHANGE].sources and volunteer.listed
        more = {
            JOIN: volunteer.present,
            LEAVE_TEAM: bool(whole.stays_now),
            CHANGE: known,
            REMOVE: known and bool(volunteer.trainings or volunteer.honours),
            MERGE: actor.may(Right.MERGE) and volunteer.listed,
        }
        fits = look | steps | {name for name, fit in more.items() if fit}
        return tuple(name for name in VOLUNTEER_DEEDS if name in fits)

    def _papers_of(self, whole: WholeVolunteer) -> tuple[str, ...]:
        """None of somebody who was erased: a paper says who it is about."""
        if whole.card is None:
            return ()
        return printable(self, self._desk.actor, self._desk.database.station.edition)

    def paper(self, kind: str) -> OpenPaper:
        """Of the volunteer that is shown: it may be another than was asked for, after a merger."""
        assert self.whole is not None
        return OpenPaper(kind, about=self.whole.volunteer.uid)

    @Slot(object)
    def do(self, deed: str) -> None:
        whole, desk, done = self.whole, self._desk, self.tell_changed
        if whole is None:
            return
        volunteer = whole.volunteer
        whom = Whom(volunteer.uid, volunteer.revision, volunteer.number, whole.history.name.name)
        if deed == JOIN:
            but = [stay.team for stay in whole.stays_now]
            deeds.join_team(self, desk, [whom], done, but)
        elif deed == LEAVE_TEAM:
            deeds.leave_team(self, desk, whole.stays_now, done, whom.words)
        elif deed == CHANGE:
            deeds.open_change(self, desk, volunteer.uid, done)
        elif deed == VolunteerAction.ADD_TRAINING:
            deeds.add_training(self, desk, whom, done)
        elif deed == VolunteerAction.ADD_HONOUR:
            deeds.add_honour(self, desk, whom, done)
        elif deed in (REMOVE, MERGE, PAPER, OPEN_FILE):
            self._do_other(deed, whom, volunteer)
        else:
            deeds.take_step(self, desk, deed, whom, done)

    def _do_other(self, deed: str, whom: Whom, volunteer: Volunteer) -> None:
        desk, done = self._desk, self.tell_changed
        if deed == REMOVE:
            deeds.remove_entry(self, desk, volunteer, done)
        elif deed == MERGE:
            deeds.merge(self, desk, whom, done)
        elif deed == PAPER:
            deeds.show_paper(self, desk, volunteer)
        else:
            self.go(Open(RESIDENTS.name, volunteer.resident))

    @Slot(object)
    def _open_team(self, uid: object) -> None:
        found = parse_uid(str(uid))
        if found is not None:
            self.go(Open(TEAMS.name, found))


def _card_of(desk: Desk, resident: Uid) -> Card | None:
    """The resident's card; None for somebody who was erased."""
    try:
        return residents.card(desk, resident)
    except UserError:
        return None


def _of_file(card: Card | None) -> tuple[str, ...]:
    if card is None:
        return ()
    return tuple(name for name in FILE_FIELDS if name in card.masked)


def _uncover(desk: Desk, whole: WholeVolunteer, _job: Job) -> dict[str, str]:
    """In the worker's thread: each field uncovered is one line of the audit."""
    volunteer, card = whole.volunteer, whole.card
    told = {
        name: service.reveal(desk, volunteer.uid, name)
        for name in maskable(volunteer)
        if name != "health_note" or desk.actor.may(Right.SENSITIVE)
    }
    if card is not None:
        file = card.resident.uid
        told |= {f"file.{name}": residents.reveal(desk, file, name) for name in _of_file(card)}
    return told
