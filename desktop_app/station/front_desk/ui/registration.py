"""The course of one registration on the screen: somebody is found or new, the form is filled,
parked or saved, and the box is ready for the next one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Slot

from desktop_app.core.burst import ScannedId
from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, InvalidInput, UserError
from desktop_app.core.ids import parse_uid
from desktop_app.core.job import Job
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.registers.residents.rules import PersonLine
from desktop_app.registers.residents.ui.box import ResidentBox
from desktop_app.station.front_desk import service
from desktop_app.station.front_desk.rules.text import (
    MOST_PARKED,
    Came,
    Drafts,
    FormText,
    MatterText,
)
from desktop_app.station.front_desk.service import Opening
from desktop_app.station.front_desk.ui.drafts import DraftKeeper
from desktop_app.station.front_desk.ui.form import VisitPane
from desktop_app.station.front_desk.ui.parked import ParkedBar
from desktop_app.station.front_desk.ui.seeker import SimilarSeeker
from desktop_app.storage.session import Desk
from desktop_app.widgets.page import Page


class Registration(QObject):
    """Owns what happens to the form; the page owns where it stands."""

    def __init__(
        self, desk: Desk, page: Page, box: ResidentBox, form: VisitPane, parked: ParkedBar
    ) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._box, self._form, self._parked = box, form, parked
        self._opening: Opening | None = None
        self._saving = False
        self._next: PersonLine | None = None
        """Who was chosen while the visit before was still being saved."""
        self._date_confirmed = False
        self.keeper = DraftKeeper(desk, page, self._drafts)
        self._seeker = SimilarSeeker(desk, page, form)
        box.chosen.connect(self.choose)
        box.submitted_empty.connect(form.matter.matters.take_keyboard)
        form.changed.connect(self._changed)
        form.save_wanted.connect(self.save)
        form.identified.connect(self.choose)
        parked.wanted.connect(self.unpark)

    def set_opening(self, opening: Opening) -> None:
        """The choices of the form have been read; the first time also what was left half-filled."""
        first = self._opening is None
        self._opening = opening
        self._form.set_opening(opening)
        if not first:
            return
        self.keeper.begin_with(opening.drafts)
        if self._form.text().is_empty:
            self._parked.show_forms(opening.drafts.parked)
            self._show(opening.drafts.now)

    @property
    def is_begun(self) -> bool:
        """Whether something would be lost by clearing the form."""
        return not self._form.text().is_empty

    @Slot(object)
    def choose(self, line: PersonLine) -> None:
        """This resident it is: the form is theirs, what it says of the matter stays."""
        if self._saving:
            self._next = line
            return
        text = _by(
            self._form.text(),
            Came.KNOWN,
            resident=line.uid.hex,
            name=line.name,
        )
        self._form.show_text(text, line)
        self._form.matter.matters.take_keyboard()
        self._changed()

    def start_new(self) -> None:
        """F2: somebody who is not in the register; a name in the box comes along."""
        if self._saving:
            return
        typed = self._box.text
        name = typed if typed and not typed.isascii() else ""
        text = self._form.text()
        if text.came == Came.NEW:
            name = name or text.name
            text = replace(text, name=name)
        else:
            text = _by(text, Came.NEW, name=name)
        self._box.clear()
        self._form.show_text(text, None)
        self._form.person.first_field().setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    @Slot()
    def be_anonymous(self) -> None:
        """F3: nobody's name is kept."""
        if self._saving:
            return
        text = _by(self._form.text(), Came.ANONYMOUS)
        self._form.show_text(text, None)
        self._form.matter.matters.take_keyboard()
        self._changed()

    @Slot()
    def bring_group(self) -> None:
        """F10: several came, of whom up to five speak; again: only one after all."""
        if self._saving:
            return
        text = self._form.text()
        text = replace(text, group=not text.group, people="1" if text.group else "")
        self._show(text)
        if text.group:
            self._form.person.people.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    @Slot()
    def park(self) -> None:
        """F6: put a half-filled form aside, or take the last one up again."""
        if self._saving:
            return
        waiting = self._parked.forms
        if not self.is_begun:
            if waiting:
                self.unpark(len(waiting) - 1)
            return
        if len(waiting) >= MOST_PARKED:
            self._form.show_problems(
                [UserError(f"已挂起{MOST_PARKED}份，这一份还在表里。", "请先接着办一份。")]
            )
            return
        self._parked.show_forms((*waiting, self._form.text()))
        self._begin_anew()

    @Slot(object)
    def unpark(self, place: int) -> None:
        """Take a parked form up again; one in hand takes its place."""
        if self._saving:
            return
        waiting = list(self._parked.forms)
        wanted = waiting.pop(place)
        if self.is_begun:
            waiting.append(self._form.text())
        self._parked.show_forms(waiting)
        self._show(wanted)
        self._form.matter.matters.take_keyboard()
        self._changed()

    @Slot()
    def save(self) -> None:
        """Ctrl+Enter: write it down. Until that is done the form can be read but not changed."""
        if self._saving or self._opening is None:
            return
        self._saving = True
        text, known = self._form.text(), self._opening.matters
        self._box.clear()
        # What is typed while the disk works already belongs to the next person.
        self._box.take_keyboard()
        self._form.set_busy(True)
        confirmed, left = self._date_confirmed, Drafts(parked=tuple(self._parked.forms))
        # From here on the draft belongs to the saving: a late one would bring the form back.
        self.keeper.stop()

        def work(_job: Job) -> Changed[tuple[Visit, ...]]:
            return service.register(self._desk, text, known, left=left, date_confirmed=confirmed)

        self._page.in_background("登记来访", work, self._saved, self._not_saved)

    @Slot()
    def count(self) -> None:
        """F9: one key for somebody who only asked; a matter that stands alone is counted."""
        if self._opening is None or self._saving:
            return
        text = self._form.text()
        chosen = self._form.matter.matters.matter
        alone = text == FormText(now=MatterText(matter=text.now.matter))
        matter = chosen if chosen and alone else service.way_asked(self._opening.matters)

        def work(_job: Job) -> Changed[tuple[Visit, ...]]:
            return service.count_only(self._desk, matter)

        if alone:
            self._begin_anew()
        self._page.in_background("仅计数", work, self._counted)

    @Slot(object)
    def take_card(self, scanned: ScannedId) -> None:
        """A card was read: the resident whose it is, or a new person with what it tells."""
        try:
            line = service.person_of_card(self._desk, scanned)
        except Fault as fault:
            self._page.say_fault(fault)
            return
        self._box.clear()
        if line is not None:
            self.choose(line)
            return
        gender = scanned.gender or scanned.card.gender
        text = _by(
            self._form.text(),
            Came.NEW,
            name=scanned.name or "",
            gender=str(gender.value) if gender else "",
            id_kind=scanned.card.kind.value,
            id_number=scanned.card.number,
            birth=scanned.card.birth.isoformat() if scanned.card.birth else "",
            note=scanned.address or "",
        )
        self._form.show_text(text, None)
        self._form.person.first_field().setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    def _show(self, text: FormText) -> None:
        line = None
        uid = parse_uid(text.resident)
        if text.came == Came.KNOWN:
            try:
                line = service.person(self._desk, uid) if uid else None
            except Fault:
                # The file was erased meanwhile; what was typed of the matter still stands.
                text = _by(text, Came.NOT_SAID)
        self._form.show_text(text, line)

    def _begin_anew(self) -> None:
        self._date_confirmed = False
        self._box.clear()
        self._form.show_text(FormText(), None)
        self._box.take_keyboard()
        self._changed()

    def _saved(self, changed: Changed[tuple[Visit, ...]]) -> None:
        self._end_saving()
        self._form.matter.report.remember()
        typed_meanwhile = self._box.text
        self._date_confirmed = False
        self._form.show_text(FormText(), None)
        following, self._next = self._next, None
        if following is not None:
            self.choose(following)
        elif not typed_meanwhile:
            self._box.take_keyboard()
        self._changed()
        self._page.tell_changed(changed, _said("已登记", changed.value))

    def _counted(self, changed: Changed[tuple[Visit, ...]]) -> None:
        self._page.tell_changed(changed, _said("已计数", changed.value))

    def _not_saved(self, fault: Fault) -> None:
        self._end_saving()
        self._next = None
        problems = fault.problems if isinstance(fault, InvalidInput) else [fault]
        self._date_confirmed = any(problem.field == "date_confirmed" for problem in problems)
        if not any(problem.field for problem in problems):
            self._form.save.setFocus(Qt.FocusReason.OtherFocusReason)
        self._form.show_problems(problems)
        self.keeper.touch()

    def _end_saving(self) -> None:
        self._saving = False
        self._form.set_busy(False)

    @Slot()
    def _changed(self) -> None:
        if self._saving:
            return
        self.keeper.touch()
        self._seeker.touch()

    def _drafts(self) -> Drafts:
        return Drafts(now=self._form.text(), parked=self._parked.forms)


_PERSON = (
    "resident", "name", "gender", "phone", "compound", "door", "id_kind", "id_number", "birth",
    "note",
)  # fmt: skip
"""What a form says of one person; it goes when another one is meant."""


def _by(text: FormText, came: Came, **said: str) -> FormText:
    """The form with somebody else in it; what it says of the matter stays."""
    values: dict[str, Any] = {**dict.fromkeys(_PERSON, ""), **said, "came": came.value}
    return replace(text, **values)


def _said(verb: str, made: tuple[Visit, ...]) -> str:
    """What the undo strip says: the matter and the number, never the name."""
    first = made[0]
    several = f"等{len(made)}件" if len(made) > 1 else ""
    what = f"{first.matter_name or first.summary[:12]}{several}"
    return " ".join(filter(None, (verb, what, first.number)))
