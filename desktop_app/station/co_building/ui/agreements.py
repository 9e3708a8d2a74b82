"""协议 with what is counted in other ledgers: how much of what was promised is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.ledgers.activities.record import KIND as ACTIVITIES
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules.agreement import Agreement
from desktop_app.ledgers.agreements.rules.listing import AgreementLine
from desktop_app.ledgers.agreements.ui.pane import AgreementsPane
from desktop_app.ledgers.agreements.ui.record import AgreementPage
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.station.co_building import service

COUNTED_FROM = frozenset({ACTIVITIES.name, "offers", "duties"})
"""The kinds of record that promises are counted from."""


class JoinedAgreementsPane(AgreementsPane):
    """The list says how much of each promise is done."""

    kinds = frozenset({KIND.name}) | COUNTED_FROM

    def promises_of(self, lines: Sequence[AgreementLine]) -> Mapping[str, str]:
        return service.promised(self._desk, lines)


class JoinedAgreementPage(AgreementPage):
    """The page says how much of each promise is done, and calls the lists as they are called."""

    kinds = frozenset({KIND.name}) | COUNTED_FROM

    def read_beyond(self, agreement: Agreement) -> tuple[Mapping[str, str], tuple[str, ...]]:
        done = {one.promise.uid.hex: one.words for one in service.fulfilled(self._desk, agreement)}
        names = lists.list_names(self._desk)
        return done, (names.problems, names.offers, names.duties)
