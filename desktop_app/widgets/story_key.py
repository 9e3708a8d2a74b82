"""The key, and the button beside its course, that lead from the page of a record to its story."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from desktop_app.core.ids import Uid
from desktop_app.core.route import STORY, story_of
from desktop_app.widgets.forms import Card, KeyHint, plain_button
from desktop_app.widgets.page import Page

KEY, WORD = "F7", "来龙去脉"
STORY_HINT = KeyHint(KEY, WORD)


def bind_story(page: Page, kind: str, uid: Callable[[], Uid | None], course: Card) -> QPushButton:
    """Have the key open the story of the record a page shows; nothing while it shows none.

    So does a button on the card of its course, whose part in the story the card is.
    """

    def open_it() -> None:
        shown = uid()
        if shown is not None and (not page.places or STORY in page.places):
            page.go(story_of(kind, shown))

    shortcut = QShortcut(QKeySequence(KEY), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(open_it)
    button = plain_button(f"{WORD}  {KEY}", course, icon_name="history")
    button.setAccessibleName(WORD)
    button.setProperty("role", "plain")
    button.clicked.connect(open_it)
    course.put_beside_title(button)
    return button
