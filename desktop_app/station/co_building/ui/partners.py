"""共建单位 with what is in other ledgers: agreements, and what of their promises is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.route import Open
from desktop_app.ledgers.agreements import service as agreements
from desktop_app.ledgers.agreements.record import KIND as AGREEMENTS
from desktop_app.ledgers.agreements.rules.agreement import Agreement
from desktop_app.ledgers.agreements.ui.looks import chip_of, span_words
from desktop_app.registers.partners.record import KIND
from desktop_app.registers.partners.ui.pane import PartnersPane
from desktop_app.registers.partners.ui.record import PartnerPage
from desktop_app.station.co_building import service
from desktop_app.station.co_building.rules import Fulfilled
from desktop_app.station.co_building.service import OfUnit
from desktop_app.station.co_building.ui.agreements import COUNTED_FROM
from desktop_app.widgets.facts import Fact, FactsCard
from desktop_app.widgets.forms import Card
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.theme import theme_of

_MOST_LINES = 5


class JoinedPartnersPane(PartnersPane):
    """The list says how many agreements with a unit hold."""

    kinds = frozenset({KIND.name, AGREEMENTS.name})
    with_agreements = True

    def count_agreements(self, uids: Sequence[Uid]) -> Mapping[Uid, int]:
        return service.live_agreements(self._desk, uids)

    def left_to_do(self, uid: Uid) -> str:
        return service.left_with(self._desk, uid).words


class JoinedPartnerPage(PartnerPage):
    """The page shows the unit's agreements, and what of their promises is done this year."""

    kinds = frozenset({KIND.name, AGREEMENTS.name}) | COUNTED_FROM

    def add_cards(self) -> tuple[list[QWidget], list[QWidget]]:
        self.agreements = Card("共建协议", self)
        self.list = LineList("共建协议", self.agreements)
        self.list.chosen.connect(self._open_agreement)
        self.agreements.add_list(self.list)
        self.promises = FactsCard("承诺与完成", self)
        return [self.agreements], [self.promises]

    def read_beyond(self, uid: Uid) -> tuple[OfUnit, int]:
        return service.of_unit(self._desk, uid), agreements.remind_days(self._desk)

    def show_beyond(self, beyond: object) -> None:
        assert isinstance(beyond, tuple)
        of_unit, days = beyond
        today = self._desk.today
        items = [_item(one, today, days) for one in of_unit.agreements]
        self.agreements.setVisible(bool(items))
        self.list.set_items(items)
        high = min(_MOST_LINES, len(items)) * theme_of().metrics.two_line_row
        self.list.setFixedHeight(high)
        self.promises.show_facts(
            [_fact(one) for some in of_unit.fulfilled.values() for one in some]
        )

    def left_to_do(self, uid: Uid) -> str:
        return service.left_with(self._desk, uid).words

    @Slot(object)
    def _open_agreement(self, uid: object) -> None:
        found = parse_uid(str(uid))
        if found is not None:
            self.go(Open(AGREEMENTS.name, found))


def _item(agreement: Agreement, today: date, days: int) -> LineItem:
    return LineItem(
        agreement.uid.hex,
        agreement.number,
        beside=span_words(agreement.starts_on, agreement.ended_on or agreement.ends_on),
        detail="；".join(one.said for one in agreement.promises) or "没有量化承诺",
        chip=chip_of(agreement.state, agreement.ends_on, today, days),
    )


def _fact(one: Fulfilled) -> Fact:
    promise = one.promise
    label = promise.words if promise.kind.value == "other" else promise.kind.label
    return Fact(label, f"每年 {promise.amount}{promise.kind.measure} · {one.words}")
