"""One service record in full: who, what, when, who confirmed it, and its course."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.record import CERTIFICATES, SERVICE
from desktop_app.ledgers.service.rules.service_record import ServiceRecord, ServiceState
from desktop_app.ledgers.service.service import ServiceHistory
from desktop_app.ledgers.service.ui import deeds
from desktop_app.ledgers.service.ui.deeds import Which
from desktop_app.ledgers.service.ui.facts import (
    SERVICE_MASKED,
    confirming_facts,
    service_course,
    service_facts,
    time_facts,
)
from desktop_app.ledgers.service.ui.looks import (
    ORIGIN,
    SERVICE_DEEDS,
    VOLUNTEER,
    deeds_of_record,
    service_chip,
)
from desktop_app.registers.offices.names import station_names
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.record import TEAMS, VOLUNTEERS
from desktop_app.storage.session import Desk
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.course import CourseCard
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.record_page import REVEAL_KEY, RecordPage, foot_of


@dataclass(frozen=True, slots=True)
class WholeService:
    """The record with its history, the name of its team, and whose it is at a street."""

    history: ServiceHistory
    team: str
    station: str

    @property
    def record(self) -> ServiceRecord:
        return self.history.record


class ServicePage(RecordPage):
    """The page `service_record`."""

    title = "服务记录详情"
    kinds = frozenset({SERVICE.name, CERTIFICATES.name, VOLUNTEERS.name, TEAMS.name})
    hints = (
        KeyHint("Esc", "返回"),
        KeyHint(REVEAL_KEY, "显示完整内容（十秒）"),
        *(KeyHint(deed.key, deed.verb) for deed in SERVICE_DEEDS.values()),
    )

    whole: WholeService | None

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent, SERVICE_DEEDS)
        self._desk = desk
        self.about = FactsCard("服务", self)
        self.about.set_foot(foot_of(self.reveal))
        self.times = FactsCard("时间", self)
        self.confirming = FactsCard("确认", self)
        self.course = CourseCard("经过", self)
        columns = ([self.about], [self.times, self.confirming, self.course])
        self.content.body.addWidget(Columns(columns, self, shares=(1, 1)))
        self.content.body.addStretch(1)

    # --- reading and showing -------------------------------------------------------------------

    def reading(self, uid: Uid) -> Callable[[Job], WholeService]:
        return partial(self._read, uid)

    def _read(self, uid: Uid, _job: Job) -> WholeService:
        """In the worker's thread."""
        history = service.history(self._desk, uid)
        team = history.record.team
        name = volunteers.get_team(self._desk, team).name if team else ""
        return WholeService(history, name, station_names(self._desk).owner(history.record.station))

    def show_whole(self) -> None:
        whole = self.whole
        assert whole is not None
        record, today, zone = whole.record, self._desk.today, self._desk.database.zone
        chip = service_chip(record.state, forgotten=self._forgotten(record))
        who = whole.history.volunteer
        name = who.name or who.number if who else "（已删除）"
        self.head.show_record(
            f"{name} · {record.title}",
            chip,
            record.number,
            self.named(self._offered(record)),
            urge=record.state in (ServiceState.OPEN, ServiceState.TO_CONFIRM),
        )
        self.times.show_facts(time_facts(record, zone, today))
        self.confirming.show_facts(confirming_facts(record, whole.history.certificate, today))
        self.course.show_course(service_course(record.steps, zone, today))
        self.show_uncovered(None)
        self.setAccessibleName(f"服务记录 {record.number} {chip.word}")

    def uncovering(self) -> Callable[[Job], dict[str, str]] | None:
        whole = self.whole
        if whole is None or not self._desk.actor.may(Right.REVEAL):
            return None
        fields = [name for name in SERVICE_MASKED if getattr(whole.record, name)]
        return partial(_uncover, self._desk, whole.record.uid, fields) if fields else None

    def show_uncovered(self, answer: dict[str, str] | None) -> None:
        whole = self.whole
        if whole is not None:
            who = whole.history.volunteer
            told = service_facts(whole.record, who, whole.team, whole.station, answer or {})
            self.about.show_facts(told)

    # --- what the person does ------------------------------------------------------------------

    def _forgotten(self, record: ServiceRecord) -> bool:
        return record.state is ServiceState.OPEN and record.day < self._desk.today

    def _offered(self, record: ServiceRecord) -> tuple[str, ...]:
        found: tuple[str, ...] = (VOLUNTEER,)
        if not self._desk.database.station.is_street:
            found = deeds_of_record(
                record.state,
                self._desk.actor,
                forgotten=self._forgotten(record),
                uploaded=record.uploaded_on is not None,
            )
        return (*found, ORIGIN) if self._origin(record) else found

    def _origin(self, record: ServiceRecord) -> Open | None:
        """What it was served as part of, where the window can show that."""
        for kind, uid in (
            ("requests", record.request),
            ("activities", record.activity),
            ("posts", record.post),
        ):
            if uid is not None and kind in self.places:
                return Open(kind, uid)
        return None

    @Slot(object)
    def do(self, deed: str) -> None:
        whole = self.whole
        if whole is None:
            return
        record, who = whole.record, whole.history.volunteer
        origin = self._origin(record)
        if deed == ORIGIN and origin is not None:
            self.go(origin)
            return
        volunteer = who.uid if who else record.volunteer
        name = who.name if who else ""
        which = Which(record.uid, record.revision, volunteer, record.number, name)
        deeds.take_up(self, self._desk, deed, which, self.tell_changed)


def _uncover(desk: Desk, uid: Uid, fields: list[str], _job: Job) -> dict[str, str]:
    """In the worker's thread: each field uncovered is one line of the audit."""
    return {name: service.read_out(desk, uid, name) for name in fields}
