"""关联活动: finds the activity that served a duty, and links the two."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.wording import list_day
from desktop_app.ledgers.activities.rules.activity import kind_label
from desktop_app.ledgers.activities.rules.listing import ActivityLine
from desktop_app.ledgers.activities.ui.looks import state_chip
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.ui.looks import short
from desktop_app.station.raising import serving
from desktop_app.storage.session import Desk
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import Card
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.saving_sheet import SavingSheet
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

VERB = "关联活动"
NOTHING = "近半年没有能关联的活动。活动开展以后才能关联。"
NOT_FOUND = "近半年开展的活动里没有找到，请换一个名称里的词或编号。"
_SHOWN = 8
_ROWS_SEEN = 4
_PAUSE_MS = 150


class ActivityTarget(QWidget):
    """A box with a list below it, of the latest activities until something is typed. `value()` is
    the uid of the activity picked, or None."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, desk: Desk, duty: Duty, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._linked = desk, duty.activities
        self._lines: dict[str, ActivityLine] = {}
        self.box = SearchBox("活动名称里的词、拼音首字母或编号", self)
        self.list = LineList("哪场活动", self)
        self.list.setMinimumHeight(_ROWS_SEEN * theme_of().metrics.two_line_row)
        self.nothing = QLabel(self)
        self.nothing.setProperty("role", "quiet")
        self.nothing.setWordWrap(True)
        self._card = Card(parent=self)
        self._card.add_list(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        for widget in (self.box, self.nothing, self._card):
            column.addWidget(widget)
        self.setFocusProxy(self.box)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._find)
        self.box.query.connect(self._wait)
        self.box.to_results.connect(self.list.enter)
        self.box.chosen_first.connect(self.list.enter)
        self.list.left_upwards.connect(self.box.setFocus)
        self.list.focused.connect(self._picked)
        self.list.chosen.connect(self._chosen)
        self._find()

    def value(self) -> Uid | None:
        """The activity."""
        line = self._lines.get(self.list.focused_uid() or "")
        return None if line is None else line.uid

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.list.setAccessibleName(name)

    @Slot(object)
    def _wait(self, _text: object) -> None:
        # The search is a question to the database: one for a word, not one for each letter.
        self._pause.start()

    @Slot()
    def _find(self) -> None:
        text = self.box.value()
        try:
            lines = serving.held_lately(self._desk, text, self._linked, _SHOWN)
        except Fault as fault:
            self._say(fault.words)
            return
        self._lines = {str(line.uid): line for line in lines}
        self.list.set_items([_item(line) for line in lines])
        self._say("" if lines else (NOT_FOUND if text else NOTHING))
        self.changed.emit()

    def _say(self, words: str) -> None:
        self.nothing.setText(words)
        self.nothing.setVisible(bool(words))
        self._card.setVisible(not words)

    @Slot(object)
    def _picked(self, _uid: object) -> None:
        self.changed.emit()

    @Slot(object)
    def _chosen(self, _uid: object) -> None:
        self.submitted.emit()


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
