"""Who a request is given to: what sort of helper, and which one by name.

Helpers of before and the partners of the register are offered while one types; a partner chosen by
its name stays linked to the register.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.pinyin import name_keys
from desktop_app.ledgers.requests.rules.request import Assignee, AssigneeKind
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.suggest_input import SuggestInput
from desktop_app.widgets.tokens import SPACE

_KINDS = tuple(
    Choice(kind, kind.label, str(number)) for number, kind in enumerate(AssigneeKind, start=1)
)
_EXAMPLES = {
    AssigneeKind.PERSON: "姓名，如 林国强",
    AssigneeKind.TEAM: "队伍，如 金色家园义诊队",
    AssigneeKind.POST: "岗位，如 三号楼党员责任岗",
    AssigneeKind.PARTNER: "单位名称",
}


class AssigneeInput(QWidget):
    """`value()` is an `Assignee`, or None while no sort has been chosen."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, offered: Sequence[Assignee], parent: QWidget) -> None:
        super().__init__(parent)
        self._offered = tuple(offered)
        self.kinds = ChoiceBar(_KINDS, self)
        self.words = SuggestInput(self)
        self.words.setAccessibleName("交给谁")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addWidget(self.kinds)
        column.addWidget(self.words)
        self.setFocusProxy(self.kinds)
        self.kinds.changed.connect(self._turn)
        self.kinds.submitted.connect(self._go_on)
        self.words.changed.connect(self.changed)
        self.words.submitted.connect(self.submitted)
        self._turn()

    def value(self) -> Assignee | None:
        """Who it is given to, as far as it has been said."""
        kind = self.kinds.value()
        if not isinstance(kind, AssigneeKind):
            return None
        if kind is AssigneeKind.STATION:
            return Assignee(kind, "")
        words = self.words.value()
        known = (one for one in self._offered if (one.kind, one.words) == (kind, words))
        return next(known, Assignee(kind, words))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.kinds.setAccessibleName(name)

    @Slot()
    def _turn(self) -> None:
        kind = self.kinds.value()
        named = isinstance(kind, AssigneeKind) and kind is not AssigneeKind.STATION
        self.words.setVisible(named)
        if isinstance(kind, AssigneeKind) and named:
            self.words.setPlaceholderText(_EXAMPLES[kind])
            offers = [one.words for one in self._offered if one.kind is kind]
            self.words.set_offers((word, " ".join(sorted(name_keys(word)))) for word in offers)
        self.changed.emit()

    @Slot()
    def _go_on(self) -> None:
        """Enter on the sorts: on to the name, where one is needed."""
        if self.words.isHidden():
            self.submitted.emit()
        else:
            self.words.setFocus()
