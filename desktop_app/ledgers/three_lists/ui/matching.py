"""对单配餐: the offers that fit a problem, the best first, each with the reasons.

It proposes; whoever sits here takes one or says why not.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.core.ids import Uid
from desktop_app.ledgers.three_lists.rules.matching import Candidate, Proposal
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.forms import Card, plain_button
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

MOST_SEEN = 6
_NONE = "没有登记过合适的资源。可以直接“派给…”（D）一个单位或本站自己办。"


class MatchingCard(Card):
    """`taken` and `declined` carry a `Candidate`, `opened` the uid of an offer."""

    taken = Signal(object)
    declined = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("对单配餐", parent)
        self._offers: dict[str, Candidate] = {}
        self._none = QLabel(_NONE, self)
        self._none.setProperty("role", "quiet")
        self._none.setWordWrap(True)
        self.take = plain_button("派给这一家", self, icon_name="forward")
        self.take.setToolTip("派给这一家（Enter）")
        self.decline = plain_button("谢绝", self, icon_name="ban")
        self.decline.setToolTip("谢绝（N）：以后不再为这个问题推荐它")
        self.look = plain_button("看资源", self, icon_name="eye")
        self.tools = QWidget(self)
        line = QHBoxLayout(self.tools)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        for button in (self.take, self.decline, self.look):
            line.addWidget(button)
        line.addStretch(1)
        self.list = LineList("对单配餐，合适的在前", self)
        self.body.addWidget(self._none)
        self.body.addWidget(self.tools)
        self.add_list(self.list)
        self.list.chosen.connect(self._take)
        self.take.clicked.connect(self._take)
        self.decline.clicked.connect(self._decline)
        self.look.clicked.connect(self._open)
        shortcut = QShortcut(QKeySequence("N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._decline)

    def show_proposals(self, proposals: Sequence[Proposal], *, may: bool) -> None:
        """Show these; hidden where nothing may be dispatched."""
        self.setVisible(may)
        shown = tuple(proposals)[:MOST_SEEN]
        self._offers = {str(one.offer.uid): one.offer for one in shown}
        self.list.set_items([_item(one) for one in shown], select_first=True)
        self.list.setFixedHeight(max(1, len(shown)) * theme_of().metrics.two_line_row)
        self.list.setVisible(bool(shown))
        self.tools.setVisible(bool(shown))
        self._none.setVisible(not shown)

    def _focused(self) -> Candidate | None:
        return self._offers.get(self.list.focused_uid() or "")

    @Slot()
    def _take(self, _uid: object = None) -> None:
        offer = self._focused()
        if offer is not None:
            self.taken.emit(offer)

    @Slot()
    def _decline(self) -> None:
        offer = self._focused()
        if offer is not None:
            self.declined.emit(offer)

    @Slot()
    def _open(self) -> None:
        offer = self._focused()
        if offer is not None:
            uid: Uid = offer.uid
            self.opened.emit(uid)


def _item(one: Proposal) -> LineItem:
    offer = one.offer
    left = "数量不限" if one.free is None else f"还剩{one.free}{offer.unit_word}"
    return LineItem(
        str(offer.uid),
        f"{offer.partner_name} · {offer.resource}",
        detail="；".join(one.reasons),
        chip=ChipText(left, "ok" if one.free != 0 else "quiet"),
        lead=str(one.score),
    )
