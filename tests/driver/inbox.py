"""Uses the page 收件 as a street's clerk does: drops files, reads lines, presses keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from desktop_app.street.inbox.ui.board import ALL, NOW, PARKED
from desktop_app.street.inbox.ui.page import InboxPage
from tests.driver.dropping import drag_in, drop
from tests.driver.program import Counter

PATIENCE = 20_000


class InboxDesk:
    """The page in the real window."""

    def __init__(self, office: Counter) -> None:
        self.office = office
        office.workplace.pages.show_page("inbox")
        page = office.workplace.pages.current_page
        assert isinstance(page, InboxPage)
        self.page = page
        office.settle()

    def wait(self, condition: Callable[[], object]) -> None:
        self.office.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    # --- what is done --------------------------------------------------------------------------

    def drop(self, *paths: Path) -> None:
        """Let files fall onto the page, and wait until all are through."""
        before = self.page.strip.words
        assert drag_in(self.page, *paths)
        drop(self.page, *paths)
        self.wait(lambda: self.page.intake.batch.is_busy or self.page.strip.words != before)
        self.wait_through()

    def wait_through(self) -> None:
        """Until nothing is being taken in any more, and all of it is shown."""
        self.wait(lambda: not self.page.intake.batch.is_busy)
        self.office.settle()

    def look_at_sticks(self) -> None:
        """Let the page see what is plugged in now, without waiting for its clock."""
        self.page.offer.drives.look_now()
        self.office.settle()

    def turn_to(self, word: str) -> None:
        """Another list, by the key that leads there."""
        keys = {"本次": Qt.Key.Key_1, "全部": Qt.Key.Key_2, "暂存": Qt.Key.Key_3}
        self.office.press(keys[word], with_=Qt.KeyboardModifier.AltModifier)
        self.office.settle()

    def focus(self, words: str) -> None:
        """Put the keyboard on the line that holds these words."""
        listed = self.page.board.lists[self.page.board.at].list
        at = next(n for n, item in enumerate(listed.items) if words in _all_of(item))
        listed.setCurrentIndex(listed.model().index(at, 0))
        listed.setFocus()

    # --- what is seen --------------------------------------------------------------------------

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each line of the list in front: whose it is, and the word of its verdict."""
        items = self.page.board.lists[self.page.board.at].list.items
        return [(item.title, item.chip.word if item.chip else "") for item in items]

    @property
    def sentences(self) -> list[str]:
        """The second line of each."""
        return [item.detail for item in self.page.board.lists[self.page.board.at].list.items]

    @property
    def at(self) -> str:
        return {NOW: "本次", ALL: "全部", PARKED: "暂存"}[self.page.board.at]

    @property
    def told(self) -> str:
        """What stands over the lists."""
        return self.page.strip.words

    @property
    def details(self) -> str:
        """The sentences of the file with the keyboard."""
        return self.page.board.details.words

    def fact(self, label: str) -> str:
        """What stands beside a label of the details."""
        details = self.page.board.details
        return details.facts.words_of(label) or details.counts.words_of(label)


def _all_of(item: object) -> str:
    return " ".join(
        str(getattr(item, name)) for name in ("title", "beside", "detail") if getattr(item, name)
    )
