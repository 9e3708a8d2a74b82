"""Looking for words in the document that is shown: the row for them, and going from hit to hit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page_canvas import PageCanvas
from desktop_app.widgets.pdf_pages import Hit
from desktop_app.widgets.pdf_search import MOST_HITS, PdfSearch
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE


class LookStrip(QFrame):
    """The row for looking for words: `asked` carries them, `step_asked` 1 or -1, `closed`."""

    asked = Signal(object)
    step_asked = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = LineInput(self, placeholder="要找的文字")
        self.words.setAccessibleName("查找")
        self.words.setFixedWidth(18 * theme_of().metrics.body)
        self._count = QLabel(self)
        self._count.setProperty("role", "small")
        self._before = plain_button("上一处", self, keys="Shift+F3")
        self._after = plain_button("下一处", self, keys="F3")
        self._close = plain_button("关闭", self)
        label = QLabel("查找", self)
        label.setProperty("role", "small")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, SPACE.small)
        line.setSpacing(SPACE.small)
        for widget in (label, self.words, self._before, self._after, self._count):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self._close)
        self.words.changed.connect(self._ask)
        self.words.submitted.connect(self._ask_after)
        self._before.clicked.connect(self._ask_before)
        self._after.clicked.connect(self._ask_after)
        self._close.clicked.connect(self.close_strip)
        self.words.installEventFilter(self)
        self.hide()

    @Slot()
    def open_strip(self) -> None:
        """Show the row and put the keyboard into it, with what stands there chosen."""
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()
        self._ask()

    @Slot()
    def close_strip(self) -> None:
        """Take the row away; nothing is looked for any more."""
        self.hide()
        self.closed.emit()

    def tell(self, words: str) -> None:
        """How many places there are, in words."""
        self._count.setText(words)
        self.words.setAccessibleDescription(words)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
            return True
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if shift and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask_before()
            return True
        return False

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(self.words.value())

    @Slot()
    def _ask_before(self) -> None:
        self.step_asked.emit(-1)

    @Slot()
    def _ask_after(self) -> None:
        self.step_asked.emit(1)


class Looking(QObject):
    """Brings the row, the search and the pages together."""

    def __init__(
        self, runner: JobRunner, strip: LookStrip, canvas: PageCanvas, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._search = PdfSearch(runner, self)
        self._strip, self._canvas = strip, canvas
        self._data, self._pages = b"", 0
        self._start = 0
        self._current: Hit | None = None
        strip.asked.connect(self._look_for)
        strip.step_asked.connect(self._step)
        strip.closed.connect(self._stop)
        self._search.found.connect(self._show)

    def set_document(self, data: bytes, pages: int) -> None:
        """Look in this document from now on."""
        self._stop()
        self._data, self._pages = data, pages

    @Slot(object)
    def _look_for(self, words: str) -> None:
        self._start, self._current = max(0, self._canvas.page), None
        self._search.look_for(words, self._data, self._pages, self._start)

    @Slot(object)
    def _step(self, step: int) -> None:
        hits = self._search.hits
        if hits:
            at = hits.index(self._current) if self._current in hits else -1
            self._current = hits[(at + step) % len(hits)]
            self._show()

    @Slot()
    def _show(self) -> None:
        hits = self._search.hits
        if self._current is None and hits:
            # The search goes round from the page one was on, so the nearest hit is there first.
            after = [hit for hit in hits if hit.page >= self._start]
            self._current = (after or list(hits))[0]
        self._canvas.show_hits(hits, self._current)
        self._strip.tell(self._words())

    @Slot()
    def _stop(self) -> None:
        self._search.stop()
        self._current = None
        self._canvas.show_hits(())
        self._strip.tell("")

    def _words(self) -> str:
        count = len(self._search.hits)
        if not self._strip.words.value():
            return ""
        if self._current is None:
            return "正在查找…" if self._search.is_looking else "没有找到"
        at = self._search.hits.index(self._current) + 1
        if self._search.is_looking:
            return f"第 {at} 处，已找到 {count} 处，正在查找…"
        return f"第 {at} 处，共 {count} 处" + ("以上" if count >= MOST_HITS else "")
