"""证明: the register of certificates; F2 takes an application, Ctrl+K checks one on paper.

One certificate in full is `certificate_page.CertificatePage`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.ids import parse_uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.record import CERTIFICATES
from desktop_app.ledgers.service.rules.listing import CertificateFilter, CertificateLine
from desktop_app.ledgers.service.ui import certificate_deeds as deeds
from desktop_app.ledgers.service.ui.certificate_deeds import Which
from desktop_app.ledgers.service.ui.certificate_listing import (
    ON_ROW,
    CertificateFilters,
    CertificateTable,
)
from desktop_app.ledgers.service.ui.looks import (
    CERTIFICATE_DEEDS,
    Around,
    CertificateRow,
    certificate_row,
)
from desktop_app.ledgers.service.ui.service_pane import LOOKING
from desktop_app.ledgers.service.ui.sheets import CheckSheet
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.residents.record import KIND as RESIDENTS
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.record import VOLUNTEERS
from desktop_app.storage.paging import Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.export_door import Reading
from desktop_app.widgets.forms import Card, KeyHint, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.list_pane import ListPane, Nothing, RowsOfPage
from desktop_app.widgets.tokens import SPACE

CHECK_KEYS = "Ctrl+K"
_NEW = "申请证明"
_MOST_MEANT = 100


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[CertificateRow]
    stations: StationNames
    why_not: str


class CertificatesPane(ListPane):
    """The register, and what is done from it."""

    title = "服务证明"
    kinds = frozenset({CERTIFICATES.name, VOLUNTEERS.name, RESIDENTS.name})

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        at_street = desk.database.station.is_street
        self._may_apply = desk.actor.may(Right.REGISTER) and not at_street
        self.new_word = _NEW if self._may_apply else ""
        browser = QWidget(self)
        card = Card(parent=browser)
        table = CertificateTable(desk.actor, card, at_street=at_street)
        self.narrowing = CertificateFilters(browser, at_street=at_street)
        self.frame(self.narrowing, table, card, browser)
        self.offer_export(CERTIFICATES.name, desk.actor)
        self.why_not = QLabel(self)
        self.why_not.setProperty("role", "warn")
        self.why_not.setWordWrap(True)
        self.why_not.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.why_not)
        column.addWidget(browser, 1)
        self.hints = _hints(at_street=at_street)
        if not at_street:
            check = plain_button(f"核对证明  {CHECK_KEYS}", self, icon_name="shield-check")
            check.setAccessibleName("核对证明")
            shortcut = QShortcut(QKeySequence(CHECK_KEYS), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.check)
            check.clicked.connect(self.check)
            self.tools.append(check)

    # --- what the window asks for --------------------------------------------------------------

    def narrow_to(self, wanted: object) -> None:
        if isinstance(wanted, CertificateFilter):
            self.narrowing.set_wanted(wanted)

    @Slot()
    def start_new(self) -> None:
        if self._may_apply:
            deeds.apply(self, self._desk, self.tell_changed)

    @Slot()
    def check(self) -> None:
        """Whether a certificate on paper is ours."""
        CheckSheet(self, self._desk).open()

    # --- reading -------------------------------------------------------------------------------

    def reading(self) -> Reading:
        return partial(self._read, self.narrowing.wanted())

    def shown(self, answer: _Answer) -> RowsOfPage:
        self.narrowing.offer_stations(answer.stations)
        # Nobody has tried yet: here it is only said.
        self.why_not.setText(answer.why_not.replace("，没有改动", ""))
        self.why_not.setVisible(bool(answer.why_not))
        return answer.page

    def nothing(self) -> Nothing:
        if self._desk.database.station.is_street:
            more = "站点的上报包在“收件”中收入后，服务证明会列在这里。"
            return Nothing("还没有站点上报的服务证明。", more)
        more = "志愿者要证明时先受理申请，核验时长，再出具；给出去的都能凭编号和核对码核对。"
        return Nothing("还没有开过服务证明。", more, _NEW if self._may_apply else "")

    def _read(self, wanted: CertificateFilter, cursor: str | None, _job: Job) -> _Answer:
        """In the worker's thread: everything the list shows, in words."""
        desk = self._desk
        stations = station_names(desk)
        found: Page[CertificateLine] = service.certificates_page(desk, self._meant(wanted), cursor)
        people = service.names(desk, {line.volunteer for line in found.rows})
        around = Around(desk.today, desk.database.zone, people, {}, stations)
        at_street = desk.database.station.is_street
        why_not = "" if at_street else service.why_no_certificate(desk)
        return _Answer(found.map(partial(certificate_row, around=around)), stations, why_not)

    def _meant(self, wanted: CertificateFilter) -> CertificateFilter:
        """Words in the box are a volunteer where they mean one, else a number or a whole name."""
        text = wanted.search.strip()
        if not text or "-" in text:
            return wanted
        people = volunteers.search(self._desk, text, _MOST_MEANT)
        if not people:
            return wanted
        return replace(wanted, search="", volunteers=tuple(one.uid for one in people))

    # --- what the person does ------------------------------------------------------------------

    @Slot(object)
    def opened(self, uid: str) -> None:
        found = parse_uid(uid)
        if found is not None:
            self.go(Open(CERTIFICATES.name, found))

    def commanded(self, action: str, row: Any) -> None:
        deeds.take_up(self, self._desk, action, which_of(row), self.tell_changed)


def which_of(row: object) -> Which:
    """The certificate of a row, as it was seen."""
    assert isinstance(row, CertificateRow)
    line = row.line
    other = line.replaced_by or line.replaces
    return Which(line.uid, line.revision, line.volunteer, line.number, row.name, other)


def _hints(*, at_street: bool) -> tuple[KeyHint, ...]:
    if at_street:
        return LOOKING
    return (
        KeyHint("F2", _NEW),
        *LOOKING,
        KeyHint(CHECK_KEYS, "核对别人拿来的证明"),
        *(KeyHint(CERTIFICATE_DEEDS[name].key, CERTIFICATE_DEEDS[name].verb) for name in ON_ROW),
    )
