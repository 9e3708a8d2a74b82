"""The section 操作员: everybody's own account, and the accounts of all for who manages them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.rights import Right
from desktop_app.registers.people.record import KIND
from desktop_app.station.operators.ui.account import OwnAccount
from desktop_app.station.operators.ui.everybody import Everybody
from desktop_app.station.sign_in.session import Session
from desktop_app.widgets.forms import ScrollPage, focus_order
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import theme_of

ROWS_SEEN = 5
"""How many operators are seen at least, however small the window; above that the page scrolls."""


class OperatorsSection(Page):
    """Passes on what its parts say."""

    kinds = frozenset({KIND.name})

    def __init__(self, session: Session, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        scroll = ScrollPage(self)
        self.own = OwnAccount(session, runner, self)
        self.everybody: Everybody | None = None
        self.own.changed.connect(self.changed)
        scroll.body.addWidget(self.own)
        if session.desk.actor.may(Right.MANAGE_OPERATORS):
            self.everybody = Everybody(session, runner, self)
            self.everybody.changed.connect(self.changed)
            self.hints = self.everybody.hints
            scroll.body.addWidget(self.everybody, 1)
            sizes = theme_of().metrics
            self.everybody.table.setMinimumHeight(sizes.header + (ROWS_SEEN + 1) * sizes.row)
            focus_order([self.own.no_pin, self.everybody.code])
        else:
            scroll.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def load(self) -> None:
        self.own.load()
        if self.everybody is not None:
            self.everybody.load()

    def start_new(self) -> None:
        if self.everybody is not None:
            self.everybody.start_new()
