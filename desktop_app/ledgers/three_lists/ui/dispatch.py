"""派给: who does what about a problem by when, with something of an offer or without one.

What there is to choose from is read beforehand (`read_basis`, in a worker's thread).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Level
from desktop_app.core.wording import list_day
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.course import MOST_AMOUNT
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.rules.duty_entry import DutyForm
from desktop_app.ledgers.three_lists.rules.matching import Candidate, candidate_of
from desktop_app.ledgers.three_lists.rules.offer import free_of
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.ui.looks import short
from desktop_app.registers.partners import service as partners
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import ScrollPage, field_row
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.saving_sheet import SavingSheet
from desktop_app.widgets.suggest_input import SuggestInput
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import DateInput, NumberInput, PhoneInput

WITHOUT = ""
"""The choice of no offer."""

_MOST_PARTNERS = 300
_WIDTH = 720


@dataclass(frozen=True, slots=True)
class Basis:
    """What a problem may be dispatched with: offers that fit, units, whom to ask for there."""

    problem: Problem
    offers: tuple[Candidate, ...]
    units: tuple[str, ...]
    people: dict[Uid, str]
    chosen: Uid | None


def read_basis(desk: Desk, problem: Uid, offer: Uid | None = None) -> Basis:
    """In a worker's thread; with `offer` that one is chosen, ranked or not."""
    found = service.get_problem(desk, problem)
    offers = [one.offer for one in service.matches(desk, problem)]
    if offer is not None and offer not in {one.uid for one in offers}:
        offers.insert(0, candidate_of(service.get_offer(desk, offer)))
    known = partners.search(desk, "", most=_MOST_PARTNERS)
    units = dict.fromkeys(
        (
            desk.database.station.name,
            *service.list_frame(desk).units,
            *(line.name for line in known),
        )
    )
    people = {line.uid: line.liaison for line in known if line.liaison}
    return Basis(found, tuple(offers), tuple(units), people, offer)


class DispatchSheet(SavingSheet):
    """Makes a duty of a problem; `taken` carries it."""

    def __init__(self, parent: QWidget, desk: Desk, basis: Basis) -> None:
        problem = basis.problem
        about = f"{short(problem.description, 60)}　{problem.number}"
        if problem.wanted_by is not None:
            about += f"\n希望 {list_day(problem.wanted_by)} 前解决。"
        super().__init__(parent, "派给…", about, "派出")
        self._desk, self._basis = desk, basis
        self._offers = {one.uid: one for one in basis.offers}
        self.offer = ChoiceBox(self._offer_choices(), self, value=basis.chosen or WITHOUT)
        self.amount = NumberInput(self, least=1, most=MOST_AMOUNT, value=1)
        self.unit = SuggestInput(self, placeholder="哪个单位负责；本站自己办也写上")
        self.unit.set_offers([(name, "") for name in basis.units])
        self.person = LineInput(self, placeholder="具体由谁办")
        self.phone = PhoneInput(parent=self)
        self.due = DateInput(self._today, self)
        self.measures = TextInput(self, placeholder="打算怎么办，一两句话")
        self.helpers = LineInput(self)
        self.level = ChoiceBox([Choice(one, one.label) for one in Level], self, value=problem.level)
        self._lay_out()
        if problem.wanted_by is not None and problem.wanted_by >= desk.today:
            self.due.set_day(problem.wanted_by)
        self._offer_changed()
        self.wire(self.body)
        self.offer.changed.connect(self._offer_changed)
        self.due.changed.connect(self._note_due)
        self._note_due()
        share = theme_of().metrics.body / 14
        room = parent.window().size()
        self.setMinimumWidth(min(round(_WIDTH * share), room.width() - 2 * SPACE.wide))

    def save(self) -> Changed[Duty]:
        for name in ("due", "amount"):
            editor: Any = self.fields[name].editor
            if problem := editor.problem():
                raise UserError(problem, field=name)
        offer = self._chosen()
        level = self.level.value()
        form = DutyForm(
            problem=self._basis.problem.uid,
            offer=None if offer is None else offer.uid,
            partner=None if offer is not None else self._partner_called(self.unit.value()),
            unit=self.unit.value(),
            person=self.person.value(),
            person_phone=self.phone.value(),
            helpers=self.helpers.value(),
            level=level if isinstance(level, Level) else None,
            due=self.due.day(),
            measures=self.measures.value(),
            amount=None if offer is None else self.amount.number(),
        )
        return service.propose(self._desk, form)

    def _partner_called(self, name: str) -> Uid | None:
        found = partners.named(self._desk, name) if name else None
        return None if found is None else found.uid

    def _chosen(self) -> Candidate | None:
        uid = self.offer.value()
        return self._offers.get(uid) if isinstance(uid, Uid) else None

    def _offer_choices(self) -> list[Choice]:
        none = "不带资源，直接交办" if self._basis.offers else "没有合适的资源，直接交办"
        return [
            Choice(WITHOUT, none),
            *(Choice(one.uid, _words(one)) for one in self._offers.values()),
        ]

    @Slot()
    def _offer_changed(self) -> None:
        """With an offer its unit does it, and so much of it; without one there is no amount."""
        offer = self._chosen()
        self.fields["amount"].setVisible(offer is not None)
        if offer is None:
            return
        self.fields["amount"].set_hint(_left(offer))
        self.unit.set_value(offer.partner_name)
        person = self._basis.people.get(offer.partner, "")
        if person:
            self.person.set_value(person)

    @Slot()
    def _note_due(self) -> None:
        day = self.due.day()
        self.fields["due"].set_hint("" if day is None else service.due_note(self._desk, day))

    def _today(self) -> date:
        return self._desk.today

    def _lay_out(self) -> None:
        area = ScrollPage(self)
        area.body.setSpacing(SPACE.medium)
        # The scrolling area would cut the frames of fields that touch its edge.
        area.body.setContentsMargins(2, 2, SPACE.medium, 2)
        rows: tuple[tuple[tuple[str, str, QWidget, str, bool], ...], ...] = (
            (
                ("offer", "资源", self.offer, "Z", False),
                ("amount", "数量", self.amount, "L", False),
            ),
            (
                ("unit", "责任单位", self.unit, "D", False),
                ("person", "责任人", self.person, "R", False),
            ),
            (
                ("due", "完成时限", self.due, "S", False),
                ("person_phone", "责任人电话", self.phone, "H", True),
            ),
            (("measures", "措施", self.measures, "C", False),),
            (
                ("helpers", "配合单位", self.helpers, "P", True),
                ("level", "责任层级", self.level, "J", False),
            ),
        )
        for row in rows:
            made = [
                self.add_field(name, LabelledField(label, editor, self, key=key, optional=optional))
                for name, label, editor, key, optional in row
            ]
            area.body.addLayout(field_row(made, (3, 1) if row[0][0] == "offer" else ()))
        area.body.addStretch(1)
        needed = area.widget().sizeHint().height() + 2 * SPACE.large
        above = self.parentWidget()
        height = self.height() if above is None else above.window().height()
        room = height - 8 * theme_of().metrics.row
        area.setMinimumHeight(min(needed, max(room, 6 * theme_of().metrics.row)))
        self.body.addWidget(area, 1)


def _words(offer: Candidate) -> str:
    return f"{offer.partner_name} · {offer.resource}（{_left(offer)}）"


def _left(offer: Candidate) -> str:
    free = free_of(offer.amount, offer.promised)
    return "数量不限" if free is None else f"还剩{free}{offer.unit_word}"
