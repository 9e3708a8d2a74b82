"""共建清单: what units offer, and how much of each is left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.wording import list_day
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.record import OFFERS
from desktop_app.ledgers.three_lists.rules.listing import (
    OfferFilter,
    OfferLine,
)
from desktop_app.ledgers.three_lists.rules.offer import OfferState, Way
from desktop_app.ledgers.three_lists.ui.entry_form import EntryForm
from desktop_app.ledgers.three_lists.ui.filters import DAYS, Box, FilterRow
from desktop_app.ledgers.three_lists.ui.forms import OfferEntry
from desktop_app.ledgers.three_lists.ui.list_pane import ListPane
from desktop_app.ledgers.three_lists.ui.listing import (
    ColumnSpec,
    ListSpec,
    Row,
    Surroundings,
    deed_names,
)
from desktop_app.ledgers.three_lists.ui.looks import (
    OFFER_DEEDS,
    first_line,
    free_words,
    may_handle,
    offer_chip,
    offer_deeds,
)
from desktop_app.ledgers.three_lists.ui.narrowing import labelled, narrow
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice
from desktop_app.widgets.jobs import JobRunner

USABLE, USED_UP = "usable", "used_up"


class OffersPane(ListPane):
    """共建清单."""

    spec = ListSpec(
        OFFERS.name,
        "资源",
        (
            ColumnSpec("resource", "可提供资源", 300, "bold", stretch=True),
            ColumnSpec("partner", "共建单位", 176),
            ColumnSpec("category", "类别", 104),
            ColumnSpec("way", "方式", 72),
            ColumnSpec("free", "数量", 176),
            ColumnSpec("until", "可用截止", 164, "quiet"),
            ColumnSpec("state", "状态", 108),
            ColumnSpec("when", "可服务时段", 132, "quiet"),
            ColumnSpec("offered", "登记", 128, "quiet"),
            ColumnSpec("number", "编号", 168, "quiet"),
        ),
        ("number", "offered", "when", "way", "until", "category"),
        "state",
        OFFER_DEEDS,
        service.offers_page,
        (
            "还没有登记共建资源。",
            "共建单位能提供的服务、场地、物资，登记后才能与问题对单配餐。",
            "登记资源",
        ),
        ("还没有站点上报的共建资源。", "站点的上报包在“收件”中收入后，会列在这里。", ""),
        "没有符合条件的资源。",
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        self.new_word = "登记资源" if may_handle(desk) else ""
        super().__init__(desk, runner, parent)

    def make_filters(self) -> FilterRow:
        stands = (
            Choice(USABLE, "还能认领"),
            Choice(USED_UP, "已认领完"),
            Choice(OfferState.WITHDRAWN, "已撤回"),
        )
        return FilterRow(
            self._desk,
            self,
            "编号、资源或单位里的词",
            {
                "stands": Box("状态", "全部状态", stands),
                "category": Box("类别", "全部类别"),
                "way": Box("服务方式", "全部方式", labelled(Way)),
                "days": Box("登记日期", "全部日期", DAYS),
            },
        )

    def wanted(self) -> OfferFilter:
        row = self.filters
        since, until = row.span("days")
        stands = row.value("stands")
        chosen: dict[str, Any] = {"since": since, "until": until} if since else {}
        base = row.kept or OfferFilter()
        state = stands if isinstance(stands, OfferState) else base.state
        return replace(
            base,
            search=row.box.value(),
            stations=row.stations(),
            state=state,
            usable=stands == USABLE,
            used_up=stands == USED_UP,
            category=row.value("category") or "",
            way=row.value("way"),
            **chosen,
        )

    def narrow_to(self, wanted: object) -> None:
        if not isinstance(wanted, OfferFilter):
            return
        stands: object = USABLE if wanted.usable else USED_UP if wanted.used_up else wanted.state
        stands = None if stands is OfferState.OPEN else stands
        narrow(self, wanted, ("category", "way"), stands)

    def row_of(self, line: OfferLine, around: Surroundings) -> Row:
        today = self._desk.today
        return Row(
            line.uid,
            line.revision,
            {
                "resource": first_line(line.resource),
                "partner": line.partner_name,
                "category": line.category,
                "way": line.way.label,
                "free": free_words(line),
                "until": list_day(line.until_on, today=today) if line.until_on else "长期",
                "state": offer_chip(line, today),
                "when": line.weekdays_words,
                "offered": list_day(line.offered_on, today=today),
                "number": line.number,
                "station": around.stations.of(line.station),
            },
            deed_names(offer_deeds(self._desk, line.state)),
            line.number,
        )

    def offer_choices(self, around: Surroundings) -> None:
        self.filters.offer_words("category", around.frame.categories)

    def take_step(self, row: Row, name: str) -> None:
        self.stepper.offer_step(row.uid, row.revision, name)

    def make_form(self) -> EntryForm:
        return OfferEntry(self._desk, self, self)
