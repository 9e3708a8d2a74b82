"""The key that leads from the page of a record to its whole story."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from desktop_app.core.ids import Uid
from desktop_app.core.route import STORY, story_of
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.page import Page

KEY, WORD = "F7", "来龙去脉"
STORY_HINT = KeyHint(KEY, WORD)


def bind_story(page: Page, kind: str, uid: Callable[[], Uid | None]) -> QShortcut:
    """Have the key open the story of the record a page shows; nothing while it shows none."""

    def open_it() -> None:
        shown = uid()
        if shown is not None and (not page.places or STORY in page.places):
            page.go(story_of(kind, shown))

    shortcut = QShortcut(QKeySequence(KEY), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(open_it)
    return shortcut
