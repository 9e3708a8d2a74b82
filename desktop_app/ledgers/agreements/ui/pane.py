"""协议: the tab with the list of agreements, and in its place the form of a draft.

One agreement in full is `record.AgreementPage`. What was promised and how much of it is done is for
`station/` to say: whoever knows overrides `promises_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules.agreement import Agreement
from desktop_app.ledgers.agreements.rules.listing import AgreementFilter, AgreementLine
from desktop_app.ledgers.agreements.ui.deeds import Deeds
from desktop_app.ledgers.agreements.ui.form import AgreementFormPane
from desktop_app.ledgers.agreements.ui.listing import AgreementFilters, AgreementTable
from desktop_app.ledgers.agreements.ui.looks import DEEDS, ROW_DEEDS, AgreementRow, row_of
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.partners.ui.looks import WithPartner
from desktop_app.registers.partners.ui.pane import LOOKING
from desktop_app.storage.paging import Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.export_door import Reading
from desktop_app.widgets.forms import Card, KeyHint
from desktop_app.widgets.import_door import offer_import
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.list_pane import ListPane, Nothing, RowsOfPage

_NEW = "草拟协议"
_FORM_HINTS = (KeyHint("Ctrl+Enter", "保存草稿"), KeyHint("Esc", "离开表单，内容保留"))
_HINTS = (
    KeyHint("F2", _NEW),
    *LOOKING,
    *(KeyHint(DEEDS[name].key, DEEDS[name].verb) for name in ROW_DEEDS),
)


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[AgreementRow]
    stations: StationNames


class AgreementsPane(ListPane):
    """The list, and in its place the form while a draft is entered or changed."""

    title = "共建协议"
    kinds = frozenset({KIND.name})

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        at_street = desk.database.station.is_street
        may = desk.actor.may(Right.HANDLE) and desk.actor.may(Right.REVEAL)
        self._may_draft = may and not at_street
        self._made_form: AgreementFormPane | None = None
        self._browser = QWidget(self)
        card = Card(parent=self._browser)
        self.agreements = AgreementFilters(self._browser, at_street=at_street)
        table = AgreementTable(desk.actor, card, at_street=at_street)
        self.frame(self.agreements, table, card, self._browser)
        self.offer_export(KIND.name, desk.actor)
        offer_import(self, self.table, KIND.name, desk.actor)
        self.deeds = Deeds(desk, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._browser)
        self._offer()

    @property
    def form(self) -> AgreementFormPane:
        """The form; made when first needed, so that the list is quick to come."""
        if self._made_form is None:
            self._made_form = AgreementFormPane(self._desk, self)
            self._made_form.saved.connect(self._saved)
            self._made_form.left.connect(self._show_list)
            self._stack.addWidget(self._made_form)
        return self._made_form

    @property
    def is_writing(self) -> bool:
        return self._stack.currentWidget() is self._made_form

    # --- what the window asks for --------------------------------------------------------------

    def narrow_to(self, wanted: object) -> None:
        """A figure's rows; the draft of this uid, to be changed; or a new one with a unit."""
        if isinstance(wanted, AgreementFilter):
            self._show_list()
            self.agreements.set_wanted(wanted)
        elif self._may_draft and isinstance(wanted, WithPartner):
            self._write(lambda: self.form.begin_new(wanted.partner))
        elif self._may_draft and isinstance(wanted, Uid):
            self._write(lambda: self.form.begin_change(wanted))

    @Slot()
    def start_new(self) -> None:
        if self._may_draft and not self.is_writing:
            self._write(self.form.begin_new)

    def start_search(self) -> None:
        if self.is_writing:
            self.form.leave()
        super().start_search()

    def take_keyboard(self) -> None:
        if self.is_writing:
            if self.form.body.isEnabled():
                self.form.take_keyboard()
        else:
            super().take_keyboard()

    def may_leave(self) -> bool:
        if self._made_form is not None:
            self._made_form.keeper.flush()
        return True

    # --- reading -------------------------------------------------------------------------------

    def reading(self) -> Reading:
        return partial(self._read, self.agreements.wanted())

    def promises_of(self, _lines: Sequence[AgreementLine]) -> Mapping[str, str]:
        """What was promised and done, by the agreement's uid; called in a worker's thread."""
        return {}

    def shown(self, answer: _Answer) -> RowsOfPage:
        self.agreements.offer_stations(answer.stations)
        return answer.page

    def nothing(self) -> Nothing:
        if self._desk.database.station.is_street:
            more = "站点的上报包在“收件”中收入后，共建协议会列在这里。"
            return Nothing("还没有站点上报的共建协议。", more)
        more = "先草拟，打印出来双方签字，再登记签订。"
        return Nothing("还没有共建协议。", more, _NEW if self._may_draft else "")

    def _read(self, wanted: AgreementFilter, cursor: str | None, _job: Job) -> _Answer:
        """In the worker's thread: everything the list shows, in words."""
        desk = self._desk
        stations, days = station_names(desk), service.remind_days(desk)
        found: Page[AgreementLine] = service.page(desk, wanted, cursor)
        promised = self.promises_of(found.rows)
        worded = partial(row_of, today=desk.today, days=days, stations=stations, promised=promised)
        return _Answer(found.map(worded), stations)

    # --- what the person does ------------------------------------------------------------------

    @Slot(object)
    def opened(self, uid: str) -> None:
        found = parse_uid(uid)
        if found is not None:
            self.go(Open(KIND.name, found))

    def commanded(self, action: str, row: Any) -> None:
        self.deeds.take_up(action, row.line)

    def _write(self, opening: Callable[[], None]) -> None:
        self._stack.setCurrentWidget(self.form)
        self._offer()
        opening()

    @Slot()
    def _show_list(self) -> None:
        if self.is_writing:
            self._stack.setCurrentIndex(0)
            self._offer()
            super().take_keyboard()

    @Slot(object, bool)
    def _saved(self, changed: Changed[Agreement], is_new: bool) -> None:
        """The draft is shown whole: what is still missing, printing and signing are there."""
        made = changed.value
        self._show_list()
        did = "草拟" if is_new else "修改"
        self.tell_changed(changed, f"已{did}协议 {made.number}：{made.partner_name}")
        self.go(Open(KIND.name, made.uid))

    def _offer(self) -> None:
        """What may be done now: in the form nothing new is begun."""
        writing = self.is_writing
        self.new_word = _NEW if self._may_draft and not writing else ""
        self.hints = _FORM_HINTS if writing else _HINTS if self._may_draft else LOOKING
        self.offer_changed.emit()
