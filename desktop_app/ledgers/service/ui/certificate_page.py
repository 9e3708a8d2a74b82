"""One certificate in full: whom and which days it is about, its lines, its course.

Name, number of the identity card and code are covered until R.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.hours import hours_words
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.core.wording import list_day
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.record import CERTIFICATES, SERVICE
from desktop_app.ledgers.service.rules.certificate import Certificate, CertificateState
from desktop_app.ledgers.service.service import CertificateHistory
from desktop_app.ledgers.service.ui import certificate_deeds as deeds
from desktop_app.ledgers.service.ui.certificate_deeds import Which
from desktop_app.ledgers.service.ui.facts import (
    CERTIFICATE_MASKED,
    certificate_course,
    certificate_facts,
    issuing_facts,
)
from desktop_app.ledgers.service.ui.looks import (
    CERTIFICATE_DEEDS,
    VOLUNTEER,
    certificate_chip,
    deeds_of_certificate,
)
from desktop_app.registers.offices.names import station_names
from desktop_app.registers.volunteers.record import VOLUNTEERS
from desktop_app.storage.session import Desk
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.course import CourseCard
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.forms import Card, KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.record_page import REVEAL_KEY, RecordPage, foot_of
from desktop_app.widgets.theme import theme_of

_ROWS_SEEN = 6
_S = CertificateState


@dataclass(frozen=True, slots=True)
class WholeCertificate:
    """The certificate with its history, and whose it is at a street."""

    history: CertificateHistory
    station: str

    @property
    def certificate(self) -> Certificate:
        return self.history.certificate


class CertificatePage(RecordPage):
    """The page `certificate`."""

    title = "服务证明详情"
    kinds = frozenset({CERTIFICATES.name, VOLUNTEERS.name})
    hints = (
        KeyHint("Esc", "返回"),
        KeyHint(REVEAL_KEY, "显示完整内容（十秒）"),
        *(KeyHint(deed.key, deed.verb) for deed in CERTIFICATE_DEEDS.values()),
    )

    whole: WholeCertificate | None

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent, CERTIFICATE_DEEDS)
        self._desk = desk
        self.about = FactsCard("证明", self)
        self.about.set_foot(foot_of(self.reveal))
        self.issuing = FactsCard("办理", self)
        self.lines = Card("明细", self)
        self.list = LineList("写进证明的服务记录", self.lines)
        self.list.chosen.connect(self._open_line)
        self.lines.add_list(self.list)
        self.course = CourseCard("经过", self)
        columns = ([self.about, self.lines], [self.issuing, self.course])
        self.content.body.addWidget(Columns(columns, self, shares=(1, 1)))
        self.content.body.addStretch(1)

    # --- reading and showing -------------------------------------------------------------------

    def reading(self, uid: Uid) -> Callable[[Job], WholeCertificate]:
        return partial(self._read, uid)

    def _read(self, uid: Uid, _job: Job) -> WholeCertificate:
        """In the worker's thread."""
        history = service.certificate_history(self._desk, uid)
        owner = station_names(self._desk).owner(history.certificate.station)
        return WholeCertificate(history, owner)

    def show_whole(self) -> None:
        whole = self.whole
        assert whole is not None
        certificate, today = whole.certificate, self._desk.today
        chip = certificate_chip(certificate.state)
        self.head.show_record(
            self._name(),
            chip,
            certificate.number,
            self.named(self._offered(certificate)),
            urge=certificate.state in (_S.APPLIED, _S.VERIFIED),
        )
        self._show_lines(certificate)
        zone = self._desk.database.zone
        self.course.show_course(certificate_course(certificate.steps, zone, today))
        self.show_uncovered(None)
        self.setAccessibleName(f"服务证明 {certificate.number} {chip.word}")

    def _show_lines(self, certificate: Certificate) -> None:
        today = self._desk.today
        items = [
            LineItem(
                line.service.hex,
                line.title,
                beside=list_day(line.day, today=today),
                detail=" · ".join(filter(None, (line.content, line.head))),
                end=hours_words(line.minutes) + ("" if line.uploaded else " ※"),
            )
            for line in certificate.lines
        ]
        self.lines.setVisible(bool(items))
        self.list.set_items(items)
        rows = min(_ROWS_SEEN, max(1, len(items)))
        self.list.setFixedHeight(rows * theme_of().metrics.two_line_row)

    def _name(self) -> str:
        assert self.whole is not None
        who = self.whole.history.volunteer
        return "（已删除）" if who is None else who.name or who.number

    def uncovering(self) -> Callable[[Job], dict[str, str]] | None:
        whole = self.whole
        if whole is None or not self._desk.actor.may(Right.REVEAL):
            return None
        fields = [name for name in CERTIFICATE_MASKED if getattr(whole.certificate, name)]
        if not fields:
            return None
        return partial(_uncover, self._desk, whole.certificate.uid, fields)

    def show_uncovered(self, answer: dict[str, str] | None) -> None:
        whole = self.whole
        if whole is None:
            return
        plain, history, told = answer or {}, whole.history, whole.certificate
        self.about.show_facts(certificate_facts(told, history.volunteer, whole.station, plain))
        others = (history.replaces, history.replaced_by)
        self.issuing.show_facts(issuing_facts(told, others, plain, self._desk.today))

    # --- what the person does ------------------------------------------------------------------

    def _offered(self, certificate: Certificate) -> tuple[str, ...]:
        if self._desk.database.station.is_street:
            return (VOLUNTEER,)
        replaced = certificate.replaced_by is not None
        linked = replaced or certificate.replaces is not None
        actor = self._desk.actor
        return deeds_of_certificate(certificate.state, actor, replaced=replaced, linked=linked)

    @Slot(object)
    def do(self, deed: str) -> None:
        whole = self.whole
        if whole is None:
            return
        told, who = whole.certificate, whole.history.volunteer
        volunteer = who.uid if who else told.volunteer
        other = told.replaced_by or told.replaces
        name = who.name if who else ""
        which = Which(told.uid, told.revision, volunteer, told.number, name, other)
        deeds.take_up(self, self._desk, deed, which, self.tell_changed)

    @Slot(object)
    def _open_line(self, uid: object) -> None:
        found = parse_uid(str(uid))
        if found is not None:
            self.go(Open(SERVICE.name, found))


def _uncover(desk: Desk, uid: Uid, fields: list[str], _job: Job) -> dict[str, str]:
    """In the worker's thread: each field uncovered is one line of the audit."""
    return {name: service.read_out_certificate(desk, uid, name) for name in fields}
