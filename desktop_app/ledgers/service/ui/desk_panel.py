"""签到台: one box that signs in and, the next time, out; and who is serving now.

Everything here is saved at once, in the window's thread, as at the front desk: it takes a few
milliseconds, and the next person is typed already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.hours import hours_words
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.wording import list_day, minute
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.entry import ServiceForm
from desktop_app.ledgers.service.rules.listing import ServiceLine
from desktop_app.ledgers.service.rules.service_record import ServiceRecord
from desktop_app.ledgers.service.ui.desk_fit import FittedCard
from desktop_app.ledgers.service.ui.forgotten import ForgottenEnd, end_on
from desktop_app.ledgers.service.ui.listing import team_choices
from desktop_app.ledgers.service.ui.looks import Around
from desktop_app.ledgers.service.ui.serving import ServingList, just_come, serving_of
from desktop_app.ledgers.service.ui.who_box import VolunteerBox
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.rules.listing import TeamLine, VolunteerLine
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import focus_order
from desktop_app.widgets.suggest_input import SuggestInput
from desktop_app.widgets.theme import set_role

OWN_TEAM = "own"
"""Each serves for the team he is in, where that is only one."""
NIGHT_MS = 12 * 60 * 60 * 1000
"""Who signed in on an earlier day, but so lately, is on a night watch and has forgotten nothing."""
JUST_NOW_MS = 60 * 1000
"""A second Enter within a minute is more often a slip than an end: it is asked for once more."""
_HINT = "Enter 签到；再输入一次，Enter 签退。"


class DeskPanel(FittedCard):
    """`done` carries what was changed and the sentence for the undo strip."""

    done = Signal(object, str)

    def __init__(self, desk: Desk, over: QWidget, parent: QWidget) -> None:
        super().__init__("签到 / 签退", parent)
        self._desk = desk
        self._teams: Mapping[Uid, str] = {}
        self._asked: tuple[VolunteerLine | None, ServiceRecord] | None = None
        self._sure: Uid | None = None
        self.title = SuggestInput(self, placeholder="如：夜间平安巡逻")
        self._title = LabelledField("做什么", self.title, self, key="N")
        self.team = ChoiceBox(_team_choices(()), self, value=OWN_TEAM)
        self._team = LabelledField("为哪支队伍", self.team, self, key="W")
        self.now = ServingList(self)
        self.list, self.counts = self.now.list, self.now.counts
        self.who = VolunteerBox(desk, over, self, self.now.chips)
        self.said = QLabel(_HINT, self)
        self.said.setWordWrap(True)
        set_role(self.said, "small")
        self.forgotten = ForgottenEnd(self)
        for widget in (self._title, self._team, self.who, self.said, self.forgotten, self.counts):
            self.body.addWidget(widget)
        self.add_list(self.list)
        focus_order([self.who, self.list, self.title, self.team])
        self.who.chosen.connect(self._called)
        self.who.typed.connect(self._next)
        self.list.chosen.connect(self.end)
        self.list.left_upwards.connect(self.take_keyboard)
        self.title.submitted.connect(self.take_keyboard)
        self.forgotten.given.connect(self._end_given)
        self.forgotten.given_up.connect(self._end_later)

    # --- what is shown -------------------------------------------------------------------------

    def show_serving(
        self, lines: Sequence[ServiceLine], around: Around, teams: Sequence[TeamLine]
    ) -> None:
        """Who serves now, as it was read."""
        self.now.show([serving_of(line, around) for line in lines])
        if [one.uid for one in teams] != list(self._teams):
            self._teams = {one.uid: one.name for one in teams}
            self.team.blockSignals(True)
            kept = self.team.value()
            self.team.set_choices(_team_choices(teams))
            self.team.set_value(kept if kept in self._teams else OWN_TEAM)
            self.team.blockSignals(False)

    def offer_titles(self, titles: Sequence[str]) -> None:
        """What was done lately; the latest stands there until somebody says otherwise."""
        if tuple(titles) != self.title.offers:
            self.title.set_offers((one, "") for one in titles)
        if titles and not self.title.value() and not self.title.hasFocus():
            self.title.set_value(titles[0])

    @Slot()
    def take_keyboard(self) -> None:
        """The box, where the next one is typed."""
        self.who.take_keyboard()

    @property
    def has_keyboard(self) -> bool:
        at = QApplication.focusWidget()
        return at is not None and self.isAncestorOf(at)

    @Slot()
    def _next(self) -> None:
        """Another one is typed: what was said of the last is over."""
        if self._sure is not None or self.said.property("role") == "problem":
            self._sure = None
            self._say(_HINT)

    def _say(self, words: str, role: str = "small") -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))
        set_role(self.said, role)

    # --- the box -------------------------------------------------------------------------------

    @Slot(object)
    def _called(self, line: VolunteerLine) -> None:
        """In, or out when he is in already."""
        try:
            record = service.serving_of(self._desk, line.uid)
            if record is None:
                self._sign_in(line)
            else:
                self._sign_out(line, record)
        except Fault as fault:
            self._refuse(fault)

    def _sign_in(self, line: VolunteerLine) -> None:
        form = ServiceForm(
            volunteer=line.uid,
            team=team_of(self._desk, line, self.team.value()),
            title=self.title.value(),
        )
        changed = service.sign_in(self._desk, form)
        record = changed.value
        zone = self._desk.database.zone
        team = self._teams.get(record.team, "") if record.team else ""
        self.now.add(just_come(record, line.name, team, zone))
        at = minute(record.started_at, zone)
        self._finish(changed, f"{line.name} 已签到 {at}")

    def _sign_out(self, line: VolunteerLine, record: ServiceRecord) -> None:
        passed = self._desk.database.clock.now() - record.started_at
        if record.day < self._desk.today and passed > NIGHT_MS:
            self._ask_end(line, record, line.name)
        elif passed < JUST_NOW_MS and self._sure != record.uid:
            self._sure = record.uid
            self._say(f"{line.name} 刚刚签到，没有签退。确实要签退，请再按一次 Enter。", "warn")
        else:
            self._end(record.uid, None, line.name)

    def _end(self, uid: Uid, revision: int | None, name: str) -> None:
        changed = service.sign_out(self._desk, uid, revision)
        self.now.drop(uid)
        served = hours_words(changed.value.minutes or 0)
        self._finish(changed, f"{name} 已签退，服务{served}")

    def _finish(self, changed: Changed[ServiceRecord], sentence: str) -> None:
        self._sure = None
        if not self.list.hasFocus():
            self.who.begin_anew()
        self._say(sentence, "bold")
        self.done.emit(changed, sentence)

    def _refuse(self, fault: Fault) -> None:
        """What stands in the box stays; a title that is missing is asked for at its place."""
        if fault.field == "title" or any(
            one.field == "title" for one in getattr(fault, "problems", ())
        ):
            self._title.set_problem("请先写做什么，如“夜间平安巡逻”。")
            self._title.go()
        else:
            self._say(fault.words, "problem")

    # --- the list of who serves ----------------------------------------------------------------

    @Slot(object)
    def end(self, uid: object) -> None:
        """Sign out the one of this record; of an earlier day the end is asked for."""
        found = parse_uid(str(uid))
        if found is None:
            return
        try:
            record = service.get(self._desk, found)
            name = volunteers_name(self._desk, record)
            passed = self._desk.database.clock.now() - record.started_at
            if record.day < self._desk.today and passed > NIGHT_MS:
                self._ask_end(None, record, name)
            else:
                self._end(record.uid, record.revision, name)
        except Fault as fault:
            self._refuse(fault)

    # --- a sign-out that was forgotten ---------------------------------------------------------

    def _ask_end(self, line: VolunteerLine | None, record: ServiceRecord, name: str) -> None:
        self._asked = (line, record)
        zone, today = self._desk.database.zone, self._desk.today
        since = f"{list_day(record.day, today=today)} {minute(record.started_at, zone)}"
        then = "补上以后，今天接着签到。" if line is not None else ""
        self._say("")
        self.forgotten.ask(record.uid, f"{name} {since} 签到后没有签退。{then}")
        self.fit_height()

    @Slot(object)
    def _end_given(self, time: tuple[int, int]) -> None:
        if self._asked is None:
            return
        line, record = self._asked
        ended = end_on(record.started_at, time, self._desk.database.zone)
        try:
            changed = service.finish_forgotten(self._desk, record.uid, record.revision, ended)
        except Fault as fault:
            self.forgotten.refuse(fault.words)
            return
        self._asked = None
        self._asked_no_more()
        self.now.drop(record.uid)
        name = line.name if line else volunteers_name(self._desk, record)
        self.who.take_keyboard()
        served = hours_words(changed.value.minutes or 0)
        self._finish(changed, f"{name} 已补签退，服务{served}")
        if line is not None:
            self._called(line)

    def _asked_no_more(self) -> None:
        self.forgotten.hide()
        self.fit_height()

    @Slot()
    def _end_later(self) -> None:
        self._asked = None
        self._asked_no_more()
        self._say(_HINT)
        self.take_keyboard()


def volunteers_name(desk: Desk, record: ServiceRecord) -> str:
    """What the volunteer of a record is called."""
    found = service.names(desk, [record.volunteer]).get(record.volunteer)
    return "" if found is None else found.name or found.number


def team_of(desk: Desk, line: VolunteerLine, chosen: object) -> Uid | None:
    """For which team somebody serves as the box of teams stands."""
    if isinstance(chosen, Uid):
        return chosen
    if chosen != OWN_TEAM:
        return None
    own = volunteers.teams_of(desk, line.uid)
    return own[0].uid if len(own) == 1 else None


def _team_choices(teams: Sequence[TeamLine]) -> list[Choice]:
    return [
        Choice(OWN_TEAM, "各自的队伍", search="gz"),
        *team_choices(teams),
        Choice("", "不归队伍", search="bg"),
    ]
