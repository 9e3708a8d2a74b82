"""The record pages of the three lists, with what belongs to them in other ledgers."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.links import Linked
from desktop_app.ledgers.activities.record import KIND as ACTIVITIES
from desktop_app.ledgers.requests.record import KIND as REQUESTS
from desktop_app.ledgers.three_lists.record import DUTIES, PROBLEMS
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction
from desktop_app.ledgers.three_lists.rules.duty_steps import RULES
from desktop_app.ledgers.three_lists.ui.duty_page import DutyPage
from desktop_app.ledgers.three_lists.ui.looks import DUTY_DEEDS, Deed, may_handle
from desktop_app.ledgers.three_lists.ui.problem_page import ProblemPage
from desktop_app.ledgers.visits.record import KIND as VISITS
from desktop_app.station.raising import service
from desktop_app.station.raising.ui.activity_sheet import LinkActivitySheet
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner

ELSEWHERE_KEY = "V"
ELSEWHERE = KeyHint(ELSEWHERE_KEY, "打开相关记录")
LINK = Deed(DutyAction.LINK_ACTIVITY.label, "calendar-days", "H", DutyAction.LINK_ACTIVITY.value)


class JoinedProblemPage(ProblemPage):
    """A problem, with the request, the visit and the activity it came of."""

    kinds = ProblemPage.kinds | {REQUESTS.name, VISITS.name, ACTIVITIES.name}
    more_hints = (*ProblemPage.more_hints, ELSEWHERE)

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        self.bind(ELSEWHERE_KEY, self.elsewhere.enter)

    def links(self, uid: Uid) -> tuple[Linked, ...]:
        return service.links_of(self._desk, PROBLEMS.name, uid)


class JoinedDutyPage(DutyPage):
    """A duty, with the activities that served it."""

    kinds = DutyPage.kinds | {ACTIVITIES.name}
    deeds = (*DUTY_DEEDS, LINK)
    more_hints = (*DutyPage.more_hints, ELSEWHERE)

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        self.bind(ELSEWHERE_KEY, self.elsewhere.enter)

    def links(self, uid: Uid) -> tuple[Linked, ...]:
        return service.links_of(self._desk, DUTIES.name, uid)

    def deeds_of(self, duty: Duty) -> list[Deed]:
        may = may_handle(self._desk) and duty.state in RULES[DutyAction.LINK_ACTIVITY].sources
        return [*super().deeds_of(duty), *([LINK] if may else [])]

    def take_step(self, name: str) -> None:
        if name == LINK.name:
            sheet = LinkActivitySheet(self, self._desk, self._whole.duty)
            sheet.taken.connect(self._activity_linked)
            sheet.open()
        else:
            super().take_step(name)

    def _activity_linked(self, changed: Changed[Duty]) -> None:
        duty = changed.value
        self.tell_changed(changed, f"已关联活动 {duty.steps[-1].words}：{duty.unit} {duty.person}")
