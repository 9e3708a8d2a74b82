"""One 共建单位 in full: what it is, whom to call there, what may be done with it.

What it signed, promised and did is in ledgers; whoever may join them adds cards (`add_cards`) and
reads for them (`read_beyond`): see `station/co_building`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPage
from desktop_app.core.wording import list_moment
from desktop_app.registers.offices.names import station_names
from desktop_app.registers.partners import service
from desktop_app.registers.partners.record import KIND
from desktop_app.registers.partners.rules import Partner
from desktop_app.registers.partners.service import History
from desktop_app.registers.partners.ui import deeds
from desktop_app.registers.partners.ui.facts import (
    contact_facts,
    maskable,
    time_facts,
    unit_facts,
)
from desktop_app.registers.partners.ui.looks import (
    AGREE,
    CHANGE,
    END,
    ICONS,
    KEYS,
    RESUME,
    VERBS,
    WithPartner,
    may_change,
    state_chip,
)
from desktop_app.registers.partners.ui.pane import AGREEMENTS
from desktop_app.registers.places import service as places
from desktop_app.storage.session import Desk
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.course import CourseCard, CourseStep
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.record_head import Deed
from desktop_app.widgets.record_page import REVEAL_KEY, RecordPage, foot_of

DEEDS = {name: Deed(VERBS[name], ICONS[name], KEYS[name]) for name in KEYS}


@dataclass(frozen=True, slots=True)
class WholePartner:
    """What the page shows: the unit with its history, the names of its areas, whose it is, and
    what a subclass read `beyond` it."""

    history: History
    compounds: tuple[str, ...]
    station: str
    beyond: object

    @property
    def partner(self) -> Partner:
        return self.history.partner


class PartnerPage(RecordPage):
    """Shows the unit it was told to by `open_record`."""

    title = "共建单位详情"
    kinds = frozenset({KIND.name})
    hints = (
        KeyHint("Esc", "返回"),
        KeyHint(REVEAL_KEY, "显示完整内容（十秒）"),
        *(KeyHint(key, VERBS[name]) for name, key in KEYS.items()),
    )

    whole: WholePartner | None

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent, DEEDS)
        self._desk = desk
        self._at_street = desk.database.station.is_street
        self.unit = FactsCard("单位", self)
        self.people = FactsCard("联络", self)
        self.people.set_foot(foot_of(self.reveal))
        self.time = FactsCard("共建时间", self)
        self.course = CourseCard("操作记录", self)
        left, right = self.add_cards()
        columns = ([self.people, *left, self.unit], [*right, self.time, self.course])
        self.content.body.addWidget(Columns(columns, self, shares=(3, 2)))
        self.content.body.addStretch(1)

    # --- for whoever may join ------------------------------------------------------------------

    def add_cards(self) -> tuple[list[QWidget], list[QWidget]]:
        """Cards for what is beyond the register: below the people to call, above the right ones."""
        return [], []

    def read_beyond(self, _uid: Uid) -> object:
        """What those cards show; called in a worker's thread."""
        return None

    def show_beyond(self, beyond: object) -> None:
        """Show it."""

    def left_to_do(self, _uid: Uid) -> str:
        """In the worker's thread: what else has to be seen to when the unit ends."""
        return ""

    # --- reading and showing -------------------------------------------------------------------

    def reading(self, uid: Uid) -> Callable[[Job], WholePartner]:
        return partial(self._read, uid)

    def _read(self, uid: Uid, _job: Job) -> WholePartner:
        """In the worker's thread."""
        desk = self._desk
        history = service.history(desk, uid)
        names = {one.uid: one.name for one in places.compounds(desk)}
        compounds = tuple(names.get(one, "") for one in history.partner.compounds)
        return WholePartner(
            history,
            tuple(name for name in compounds if name),
            station_names(desk).owner(history.partner.station),
            self.read_beyond(uid),
        )

    def show_whole(self) -> None:
        whole = self.whole
        assert whole is not None
        partner, today = whole.partner, self._desk.today
        chip = state_chip(partner.since, partner.until, today)
        deeds = self.named(self._offered(partner))
        self.head.show_record(partner.name, chip, partner.number, deeds, urge=not partner.ended)
        self.unit.show_facts(unit_facts(partner, whole.compounds, whole.station))
        self.time.show_facts(time_facts(partner))
        self.show_uncovered(None)
        zone = self._desk.database.zone
        self.course.show_course(
            [
                CourseStep(
                    one.action, list_moment(one.at, zone, today=today), one.actor_name, one.detail
                )
                for one in reversed(whole.history.entries)
            ]
        )
        self.show_beyond(whole.beyond)
        self.setAccessibleName(f"共建单位 {partner.name} {chip.word}")

    def uncovering(self) -> Callable[[Job], dict[str, str]] | None:
        whole = self.whole
        if whole is None or not maskable(whole.partner) or not self._desk.actor.may(Right.REVEAL):
            return None
        return partial(_uncover, self._desk, whole.partner)

    def show_uncovered(self, answer: dict[str, str] | None) -> None:
        if self.whole is not None:
            self.people.show_facts(contact_facts(self.whole.partner, answer or {}))

    # --- what the person does ------------------------------------------------------------------

    def _offered(self, partner: Partner) -> tuple[str, ...]:
        if self._at_street or not may_change(self._desk.actor):
            return ()
        return (RESUME, CHANGE) if partner.ended else (AGREE, CHANGE, END)

    @Slot(object)
    def do(self, deed: str) -> None:
        if self.whole is None:
            return
        partner = self.whole.partner
        if deed == AGREE:
            self.go(OpenPage(AGREEMENTS, wanted=WithPartner(partner.uid)))
        elif deed == CHANGE:
            deeds.open_change(self, self._desk, partner.uid, self.tell_changed)
        elif deed == END:
            about = (partner.uid, partner.revision, partner.name)
            deeds.open_end(self, self._desk, about, self.tell_changed, self.left_to_do)
        elif deed == RESUME:
            deeds.resume(self, self._desk, partner.uid, partner.revision, self.tell_changed)


def _uncover(desk: Desk, partner: Partner, _job: Job) -> dict[str, str]:
    """In the worker's thread: each field uncovered is one line of the audit."""
    return {name: service.read_out(desk, partner.uid, name) for name in maskable(partner)}
