"""更多: what is done once in years with the station's keys. Quiet, since nobody needs it daily."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QPushButton

from desktop_app.core.job import Job
from desktop_app.registers.offices import service as offices
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import confirm, tell
from desktop_app.widgets.icons import icon, put_icon
from desktop_app.widgets.page import Page

ROTATE = "更换本站密钥…"
REJOIN = "重新接入街道（换街道、街道换了电脑）…"
NEW_KEY = "用新密钥重新申请（街道不认本站了）…"
ROTATE_WORDS = (
    "会生成一把新密钥。以后每次上报都带着它，收到街道的回执后自动启用，旧的随之停用。"
    "上报照常，不用打电话，也不用重新接入。怀疑旧密钥外泄时，请同时告诉街道。"
)
ROTATED = "新密钥已生成。请照常上报，收到回执后自动启用。"


class KeyMenu(QObject):
    """The button and its menu. `rejoin_wanted` carries whether a new key is to be made for it."""

    rejoin_wanted = Signal(object)

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.button = QPushButton("更多", page)
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        put_icon(self.button, "ellipsis")
        # The dots say that there is more; Qt's own little arrow sits in a corner.
        self.button.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        for words, name, slot in (
            (ROTATE, "key-round", self.ask_rotation),
            (REJOIN, "refresh-cw", partial(self.rejoin_wanted.emit, False)),
            (NEW_KEY, "user-plus", partial(self.rejoin_wanted.emit, True)),
        ):
            self.menu.addAction(icon(name), words).triggered.connect(slot)

    @Slot()
    def ask_rotation(self) -> None:
        """Say what it does, then do it."""
        sheet = confirm(self._page, "更换本站密钥", ROTATE_WORDS, "更换")
        sheet.answered.connect(self._rotate)

    @Slot(object)
    def _rotate(self, answer: str) -> None:
        if answer == "yes":
            self._page.in_background("更换密钥", partial(_rotate, self._desk), self._rotated)

    def _rotated(self, _public: str) -> None:
        tell(self._page, "已更换", ROTATED, tone="ok")


def _rotate(desk: Desk, _job: Job) -> str:
    return offices.rotate(desk)
