"""The work at the claims of the focused post: reading them, and the steps of each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.route import Open
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.rules.claim import ClaimState
from desktop_app.ledgers.posts.rules.listing import ClaimFilter
from desktop_app.ledgers.posts.ui import deeds
from desktop_app.ledgers.posts.ui.claims_card import ClaimsCard
from desktop_app.ledgers.posts.ui.looks import ClaimRow, PostRow
from desktop_app.registers.volunteers.record import VOLUNTEERS
from desktop_app.storage.session import Desk
from desktop_app.widgets.page import Page

_PAUSE_MS = 60
"""Between the focused post and its claims: whoever holds an arrow key down reads none of them."""
_MOST_CLAIMS = 500
_ORDER = (ClaimState.CLAIMED, ClaimState.ON, ClaimState.WAITING)


class ClaimsDesk(QObject):
    """Between the card with the claims and the service; `page` is where sheets open."""

    def __init__(self, page: Page, desk: Desk, card: ClaimsCard) -> None:
        super().__init__(page)
        self._page, self._desk, self._card = page, desk, card
        self._post: Uid | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._read)
        card.step.connect(self._step)
        card.opened.connect(self._open_volunteer)

    def look_at(self, post: PostRow | None) -> None:
        """Another post is focused, or none."""
        if post is None:
            self._post = None
            self._pause.stop()
            self._card.wipe()
            return
        self._post = post.line.uid
        self._card.show_post(post)
        self._pause.start()

    @Slot()
    def _read(self) -> None:
        post = self._post
        if post is not None:
            work, shown = partial(self._claims_of, post), partial(self._show, post)
            self._page.in_background("认领", work, shown, self._card.show_fault)

    def _claims_of(self, post: Uid, _job: Job) -> list[ClaimRow]:
        """In the worker's thread: who waits to be confirmed, who is on it, who waits in line."""
        wanted = ClaimFilter(post=post, live=True)
        lines = service.claims_page(self._desk, wanted, size=_MOST_CLAIMS).rows
        ordered = sorted(lines, key=lambda one: (_ORDER.index(one.state), one.uid))
        return [ClaimRow(line) for line in ordered]

    def _show(self, post: Uid, rows: list[ClaimRow]) -> None:
        if self._post == post:
            self._card.show_claims(rows)

    @Slot(object, object)
    def _step(self, deed: str, row: ClaimRow) -> None:
        deeds.step(self._page, self._desk, deed, row.line, self._page.tell_changed)

    @Slot(object)
    def _open_volunteer(self, uid: Uid) -> None:
        self._page.go(Open(VOLUNTEERS.name, uid))
