"""关联活动: finds the activity that served a duty, and links the two."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.wording import list_day
from desktop_app.ledgers.activities.rules.activity import kind_label
from desktop_app.ledgers.activities.rules.listing import ActivityLine
from desktop_app.ledgers.activities.ui.looks import state_chip
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.ui.looks import short
from desktop_app.station.raising import serving
from desktop_app.storage.session import Desk
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.record_finder import SHOWN, RecordFinder
from desktop_app.widgets.saving_sheet import SavingSheet

VERB = "关联活动"
NOTHING = "近半年没有能关联的活动。活动开展以后才能关联。"
NOT_FOUND = "近半年开展的活动里没有找到，请换一个名称里的词或编号。"


class ActivityTarget(RecordFinder):
    """Answers an activity: one of the latest, until something is typed."""

    rows_seen = 4

    def __init__(self, desk: Desk, duty: Duty, parent: QWidget) -> None:
        self._desk, self._linked = desk, duty.activities
        super().__init__("哪场活动", "活动名称里的词、拼音首字母或编号", parent)

    def lines(self, text: str) -> list[LineItem]:
        found = serving.held_lately(self._desk, text, self._linked, SHOWN)
        return [_item(line) for line in found]

    def not_found(self, text: str) -> str:
        return NOT_FOUND if text else NOTHING


class LinkActivitySheet(SavingSheet):
    """Asks which activity served a duty."""

    def __init__(self, parent: QWidget, desk: Desk, duty: Duty) -> None:
        about = f"{duty.unit} {duty.person}　{duty.number}"
        effect = "销号以后，这场活动的“解决问题”会计上这一件。"
        super().__init__(parent, VERB, f"{about}\n{short(duty.measures, 60)}\n{effect}", VERB)
        self._desk, self._duty = desk, duty
        target = ActivityTarget(desk, duty, self)
        field = LabelledField("哪场活动为它办了事", target, self, key="H")
        self.body.addWidget(self.add_field("activity", field))
        self.wire(self.body)

    def save(self) -> Changed[Duty]:
        target = self.fields["activity"].editor
        assert isinstance(target, ActivityTarget)
        picked = target.value()
        if picked is None:
            raise UserError("还没有选哪场活动。", "请在下面选一场。", field="activity")
        return serving.link_activity(self._desk, self._duty.uid, self._duty.revision, picked)


def _item(line: ActivityLine) -> LineItem:
    return LineItem(
        str(line.uid),
        line.name,
        detail=f"{list_day(line.day)}　{kind_label(line.kind)}　{line.number}",
        chip=state_chip(line.state),
    )
