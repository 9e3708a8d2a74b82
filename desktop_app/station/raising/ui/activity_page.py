"""The page of an activity with what came of it: problems, requests, duties, the whole story."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import Uid
from desktop_app.core.links import Linked
from desktop_app.ledgers.activities.record import KIND
from desktop_app.ledgers.activities.ui.record import ActivityPage
from desktop_app.ledgers.requests.record import KIND as REQUESTS
from desktop_app.ledgers.three_lists.record import DUTIES, PROBLEMS
from desktop_app.station.raising import service
from desktop_app.station.raising.ui.follow_up import FollowUpPane
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.story_key import STORY_HINT, bind_story


class JoinedActivityPage(ActivityPage):
    """One more tab, 后续, and F7 for the story."""

    kinds = ActivityPage.kinds | {PROBLEMS.name, REQUESTS.name, DUTIES.name}
    hints = (*ActivityPage.hints, STORY_HINT)

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        self.follow_up = FollowUpPane(desk, self)
        self.content.add_pane(self.follow_up)
        bind_story(self, KIND.name, lambda: self._uid, self.content.course.course)

    def read_beyond(self, uid: Uid) -> tuple[Linked, ...]:
        return service.links_of(self._desk, KIND.name, uid)
