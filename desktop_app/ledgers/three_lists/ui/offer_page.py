"""One offer: what a unit can give, how much is left, and what was promised to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.route import Open
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.record import DUTIES, OFFERS, PROBLEMS
from desktop_app.ledgers.three_lists.rules.offer import Offer, OfferState
from desktop_app.ledgers.three_lists.service import OfferHistory
from desktop_app.ledgers.three_lists.ui.entry_form import EntryForm
from desktop_app.ledgers.three_lists.ui.facts import course, offer_facts
from desktop_app.ledgers.three_lists.ui.forms import OfferEntry
from desktop_app.ledgers.three_lists.ui.linked import LinkedCard, duty_item
from desktop_app.ledgers.three_lists.ui.looks import (
    OFFER_DEEDS,
    by_name,
    free_words,
    may_handle,
    offer_chip,
    offer_deeds,
)
from desktop_app.ledgers.three_lists.ui.record_page import RecordPage
from desktop_app.registers.offices.names import station_names
from desktop_app.registers.partners.record import KIND as PARTNERS
from desktop_app.registers.places.service import directory
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.course import CourseCard
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.forms import Card, KeyHint, plain_button

NOBODY_YET = "还没有派给哪个问题。打开待认领的问题，在“对单配餐”里选它。"


@dataclass(frozen=True, slots=True)
class WholeOffer:
    """The offer with its story and the names of the 小区 it is for."""

    history: OfferHistory
    places: tuple[str, ...]
    station: str

    @property
    def offer(self) -> Offer:
        return self.history.offer


class OfferPage(RecordPage):
    """The page `offer`."""

    label = "资源"
    kind = OFFERS.name
    kinds = frozenset({OFFERS.name, DUTIES.name, PROBLEMS.name})
    deeds = OFFER_DEEDS
    more_hints = (KeyHint("E", "更正"), KeyHint("P", "共建单位"))

    def fill_content(self) -> None:
        self.facts = FactsCard("资源", self)
        foot = QWidget(self.facts)
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, 0, 0, 0)
        self.partner = plain_button("共建单位", foot, icon_name="building-2")
        self.partner.setToolTip("共建单位（P）")
        self.partner.clicked.connect(self._open_partner)
        line.addWidget(self.partner)
        line.addStretch(1)
        self.facts.set_foot(foot)
        self.duties = LinkedCard("派给了谁", self)
        self.nobody = Card("派给了谁", self)
        words = QLabel(NOBODY_YET, self.nobody)
        words.setProperty("role", "quiet")
        words.setWordWrap(True)
        self.nobody.body.addWidget(words)
        self.course = CourseCard("办理过程", self)
        left, right = (self.facts,), (self.duties, self.nobody, self.elsewhere, self.course)
        self.content.body.addWidget(Columns((left, right), self, shares=(1, 1)))
        self.content.body.addStretch(1)
        self.duties.chosen.connect(partial(self._open, DUTIES.name))
        self.bind("P", self._open_partner)

    def read(self, uid: Uid) -> WholeOffer:
        desk, today = self._desk, self._desk.today
        found = service.offer_history(desk, uid)
        places = directory(desk)
        known = [places.get(one) for one in found.offer.compounds]
        names = tuple(place.name_on(today) for place in known if place is not None)
        return WholeOffer(found, names, station_names(desk).owner(found.offer.station))

    def show_whole(self, whole: WholeOffer) -> None:
        offer, desk = whole.offer, self._desk
        self.facts.show_facts(offer_facts(offer, whole.places, whole.station, self._desk.today))
        self.partner.setVisible(PARTNERS.name in self.places)
        duties = whole.history.duties
        self.duties.show_items([duty_item(duty, with_problem=True) for duty in duties])
        waits = not duties and offer.state is OfferState.OPEN
        self.nobody.setVisible(waits and may_handle(desk))
        self.course.show_course(course(offer.steps, desk.database.zone, desk.today))
        self.header.show_record(
            offer.number,
            offer_chip(offer, desk.today),
            free_words(offer),
            by_name(offer_deeds(desk, offer.state)),
            may_correct=self.may_correct(whole),
            urge=False,
        )
        self.setAccessibleName(f"资源 {offer.number} {offer.state.label}")

    def show_private(self, whole: WholeOffer, plain: Mapping[str, str]) -> None:
        """Nothing of an offer is masked."""

    def may_correct(self, whole: WholeOffer) -> bool:
        return may_handle(self._desk) and whole.offer.state is OfferState.OPEN

    def make_form(self) -> EntryForm:
        return OfferEntry(self._desk, self, self)

    def take_step(self, name: str) -> None:
        offer = self._whole.offer
        self.stepper.offer_step(offer.uid, offer.revision, name)

    @Slot()
    def _open_partner(self) -> None:
        if self._whole is not None and PARTNERS.name in self.places:
            self.go(Open(PARTNERS.name, self._whole.offer.partner))

    @Slot(object)
    def _open(self, kind: str, uid: object) -> None:
        found = parse_uid(str(uid))
        if found is not None:
            self.go(Open(kind, found))
