"""The row above the list of requests: what it is narrowed to, and in which words that is said."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Source
from desktop_app.core.wording import Term
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.ledgers.requests.rules.request import RequestKind, RequestState
from desktop_app.ledgers.requests.ui.beyond import BeyondChip
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.offices.ui.station_box import StationBox
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.dated_filters import ALL, DatedFilters, with_all

_OPEN, _OVERDUE, _DUE_TODAY, _LATE_ENTRY = "open", "overdue", "due_today", "late_entry"
_ESCALATED, _DISPUTES = "escalated", "disputes"

_STANDS = (
    Choice(ALL, "全部进度"),
    Choice(_OPEN, Term.OPEN_ITEMS.value, search="db daiban"),
    Choice(_OVERDUE, Term.OVERDUE.value, search="cs chaoshi"),
    Choice(_DUE_TODAY, Term.DUE_TODAY.value, search="jt jintian"),
    Choice(_ESCALATED, "吹过哨", search="cg chuiguoshao cs"),
    Choice(_DISPUTES, "物业纠纷", search="wy wuyejiufen"),
    Choice(_LATE_ENTRY, Term.LATE_ENTRY.value, search="bl bulu"),
)
_KINDS_OF_STANDING = (_OVERDUE, _DUE_TODAY, _ESCALATED, _DISPUTES, _LATE_ENTRY, _OPEN)


class RequestFilters(DatedFilters):
    """Narrows the list; see `DatedFilters`."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(lambda: desk.today, "姓名、编号或尾号", parent)
        self._compounds: list[object] = []
        self.box.setToolTip("姓名、拼音首字母、门牌、电话尾号，本站编号或平台的编号")
        self.state = ChoiceBox(with_all("全部状态", _labelled(RequestState)), self, value=ALL)
        self.kind = ChoiceBox(with_all("全部类型", _labelled(RequestKind)), self, value=ALL)
        self.source = ChoiceBox(with_all("全部来源", _labelled(Source)), self, value=ALL)
        self.compound = ChoiceBox(with_all("全部小区", ()), self, value=ALL)
        self.stands = ChoiceBox(_STANDS, self, value=ALL)
        self.beyond = BeyondChip(self)
        at_street = desk.database.station.is_street
        self.station = StationBox(self) if at_street else None
        choices: dict[str, ChoiceBox] = {
            **({"站点": self.station} if self.station else {}),
            "日期": self.days,
            "进度": self.stands,
            "状态": self.state,
            "类型": self.kind,
            "来源": self.source,
            "小区": self.compound,
        }
        self.beyond.dropped.connect(self.changed)
        self.frame(choices, self.beyond, self.beyond.said)

    def set_compounds(self, names: Mapping[Uid, str]) -> None:
        """Offer these 小区; the one chosen stays chosen, whatever has become of it."""
        kept = self.compound.value()
        offered = [Choice(uid, name) for uid, name in names.items()]
        if isinstance(kept, Uid) and kept not in names:
            offered.append(Choice(kept, self.compound.currentText()))
        wanted = with_all("全部小区", offered)
        if [one.value for one in wanted] == self._compounds:
            return
        self._compounds = [one.value for one in wanted]
        self.compound.blockSignals(True)
        self.compound.set_choices(wanted)
        self.compound.set_value(kept or ALL)
        self.compound.blockSignals(False)

    def set_stations(self, names: StationNames) -> None:
        """Offer the stations of a street."""
        if self.station is not None:
            self.station.offer(names)

    def wanted(self) -> RequestFilter | None:
        """What the list is narrowed to; None while a date is not one, which its field then says."""
        if not self.dates_make_sense():
            return None
        since, until = self.span()
        state, kind, source = self.state.value(), self.kind.value(), self.source.value()
        compound, stands = self.compound.value(), self.stands.value()
        chosen = RequestFilter(
            search=self.box.value(),
            stations=self.station.codes() if self.station is not None else (),
            since=since,
            until=until,
            state=state if isinstance(state, RequestState) else None,
            kind=kind if isinstance(kind, RequestKind) else None,
            source=source if isinstance(source, Source) else None,
            compound=compound if isinstance(compound, Uid) else None,
            open=stands == _OPEN,
            overdue=stands == _OVERDUE,
            due_today=stands == _DUE_TODAY,
            escalated=stands == _ESCALATED,
            disputes=stands == _DISPUTES,
            late_entry=stands == _LATE_ENTRY,
        )
        return self.beyond.added_to(chosen)

    def set_wanted(self, wanted: RequestFilter) -> None:
        """Narrow the list to exactly this, and say all of it. Tells `changed` once."""
        self.blockSignals(True)
        self.clear()
        self.box.set_value(wanted.search)
        if self.station is not None:
            self.station.set_codes(wanted.stations)
        if wanted.compound is not None and wanted.compound not in self._compounds:
            # It may be asked for before the list has told which there are.
            self._compounds = []
            self.compound.set_choices(with_all("全部小区", [Choice(wanted.compound, "同一小区")]))
        for box, value in (
            (self.state, wanted.state),
            (self.kind, wanted.kind),
            (self.source, wanted.source),
            (self.compound, wanted.compound),
            (self.stands, next((key for key in _KINDS_OF_STANDING if getattr(wanted, key)), None)),
        ):
            if value is not None:
                box.set_value(value)
        self.set_span(wanted.since, wanted.until)
        self.beyond.set_wanted(wanted)
        self.blockSignals(False)
        self.tell()

    @Slot()
    def clear(self) -> None:
        """Hide nothing any more. Tells `changed` once."""
        self.blockSignals(True)
        self.wipe()
        self.beyond.set_wanted(RequestFilter())
        self.blockSignals(False)
        self.tell()


def _labelled(choices: type[LabelledEnum]) -> list[Choice]:
    return [Choice(one, one.label) for one in choices]
