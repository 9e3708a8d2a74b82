"""The claims of the focused post: the card below the list of posts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.ledgers.posts.rules.claim import ClaimState
from desktop_app.ledgers.posts.rules.post import PostAction, PostState
from desktop_app.ledgers.posts.ui.listing import ClaimTable, fits
from desktop_app.ledgers.posts.ui.looks import CLAIM, CLAIM_DEEDS, POST_DEEDS, ClaimRow, PostRow
from desktop_app.widgets.cut_label import CutLabel
from desktop_app.widgets.forms import Card, plain_button
from desktop_app.widgets.row_actions import RowCommand
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_WIDE, _HIGH = 300, 196
BUTTONS = (CLAIM, PostAction.CHANGE, PostAction.REOPEN)


class ClaimsCard(Card):
    """`wanted` carries a deed for the post, `step` the deed and the `ClaimRow` it is about,
    `opened` the uid of a volunteer."""

    wanted = Signal(object)
    step = Signal(object, object)
    opened = Signal(object)

    def __init__(self, parent: QWidget, *, may_handle: bool, offered: Sequence[str]) -> None:
        super().__init__(parent=parent)
        self._offered = tuple(offered)
        self._post: PostRow | None = None
        self.name, self.about = CutLabel(self), CutLabel(self)
        self.name.setProperty("role", "section")
        self.about.setProperty("role", "quiet")
        self.buttons = {name: self._button(name) for name in BUTTONS}
        self.table = ClaimTable(self, may_handle=may_handle)
        head = QHBoxLayout()
        head.setSpacing(SPACE.small)
        head.addWidget(self.name, 1)
        for button in self.buttons.values():
            head.addWidget(button)
        self.body.setSpacing(SPACE.hair)
        self.body.addLayout(head)
        self.body.addWidget(self.about)
        self.add_list(self.table)
        self._connect()
        self.wipe()

    def wipe(self) -> None:
        """No post is focused."""
        self._post = None
        self.name.clear()
        self.about.clear()
        for button in self.buttons.values():
            button.hide()
        self.table.foot.set_count("")
        self.table.show_empty("选一个岗位，这里列出它的认领。")

    def show_post(self, post: PostRow) -> None:
        """Which post it is; its claims come later."""
        line = post.line
        self._post = post
        self.name.say(line.name)
        hours = line.pattern.words if line.pattern else "按约定时间"
        parts = (line.direction.label, hours, line.place_words)
        self.about.say(" · ".join(filter(None, parts)))
        self._fit()

    def show_claims(self, rows: Sequence[ClaimRow]) -> None:
        """Who is on it, who waits."""
        post = self._post
        if rows:
            self.table.set_rows(rows)
            self.table.foot.set_count(_count(post, rows))
            return
        self.table.foot.set_count("")
        opened = post is not None and post.line.state is PostState.OPEN
        step = POST_DEEDS[CLAIM].verb if opened and CLAIM in self._offered else ""
        more = "登记谁来认领，同意以后可以排班。" if opened else "停用的岗位不再认领。"
        self.table.show_empty("这个岗位还没有人认领。", more, step)

    def show_fault(self, fault: Fault) -> None:
        self.table.foot.set_count("")
        self.table.show_fault(fault, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow card the name matters more than the second button; its letter still holds.
        In a low one the claims matter more than what the page of the post says, too."""
        share = theme_of().metrics.body / 14
        post, room = self._post, self.width() >= _WIDE * share
        self.about.setVisible(self.height() >= _HIGH * share)
        for name, button in self.buttons.items():
            there = post is not None and name in self._offered and fits(name, post)
            button.setVisible(there and (room or name != PostAction.CHANGE))

    def _button(self, name: str) -> QPushButton:
        deed = POST_DEEDS[name]
        button = plain_button(f"{deed.verb}  {deed.key}", self)
        button.setAccessibleName(deed.verb)
        button.clicked.connect(partial(self.wanted.emit, name))
        return button

    def _connect(self) -> None:
        self.table.opened.connect(self._open)
        self.table.command.connect(self._command)
        self.table.next_step.connect(partial(self.wanted.emit, CLAIM))
        if CLAIM in self._offered:
            # The post's letter holds among its claims, too.
            shortcut = QShortcut(QKeySequence(POST_DEEDS[CLAIM].key), self.table.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.buttons[CLAIM].click)

    def _focused(self, uid: str) -> ClaimRow | None:
        at = self.table.model.row_of(uid)
        row = None if at is None else self.table.model.rows[at]
        assert row is None or isinstance(row, ClaimRow)
        return row

    @Slot(object)
    def _open(self, uid: str) -> None:
        row = self._focused(uid)
        if row is not None:
            volunteer: Uid = row.line.volunteer
            self.opened.emit(volunteer)

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        row = self._focused(command.uid)
        if row is not None and command.name in CLAIM_DEEDS:
            self.step.emit(command.name, row)


def _count(post: PostRow | None, rows: Sequence[ClaimRow]) -> str:
    """How many are on it; where a place is free and somebody waits, who is first."""
    on = sum(row.line.state is ClaimState.ON for row in rows)
    waiting = [row for row in rows if row.line.state is ClaimState.WAITING]
    free = 0 if post is None else post.line.quota - post.line.taken
    if free > 0 and waiting:
        return f"在岗 {on} 人；有空缺，候补第一位 {waiting[0].line.name}"
    return f"在岗 {on} 人，共 {len(rows)} 人"
