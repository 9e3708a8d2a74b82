"""The row above the pages of a PDF: page, size, looking for words, saving and printing.

Only buttons and fields; what they do is up to `pdf_view.PdfView`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import bind_keys, plain_button, primary_button
from desktop_app.widgets.icons import icon
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.page_column import Fit
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE


class PdfTools(QFrame):
    """`page_asked` carries a page from 1, `percent_asked` a percent, `fit_asked` a `Fit`."""

    page_asked = Signal(object)
    percent_asked = Signal(object)
    zoom_asked = Signal(object)
    fit_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._count = 0
        self.before = self._tool("chevron-up", "上一页", "Ctrl+PgUp")
        self.page = self._number("页码")
        self._of = QLabel(self)
        self.after = self._tool("chevron-down", "下一页", "Ctrl+PgDown")
        self.smaller = self._tool("zoom-out", "缩小", "Ctrl+-")
        self.percent = self._number("缩放")
        self.larger = self._tool("zoom-in", "放大", "Ctrl++")
        self.fit_width = self._choice("适合宽度", Fit.WIDTH)
        self.fit_page = self._choice("整页", Fit.PAGE)
        self.look = plain_button("查找", self, icon_name="search", keys="Ctrl+F")
        self.save = plain_button("另存为", self, icon_name="save", keys="Ctrl+S")
        self.print = primary_button("打印", self, keys="Ctrl+P", icon_name="printer")
        self._lay_out()
        self.page.submitted.connect(self._ask_page)
        self.percent.submitted.connect(self._ask_percent)
        self.smaller.clicked.connect(self._ask_smaller)
        self.larger.clicked.connect(self._ask_larger)
        self.set_pages(0)

    def set_pages(self, count: int) -> None:
        """How many pages there are; with none, nothing here can be pressed."""
        self._count = count
        self._of.setText(f"/ {count} 页" if count else "")
        for widget in self.findChildren(QWidget):
            widget.setEnabled(count > 0)

    @Slot(object)
    def show_page(self, page: int) -> None:
        """The page in front, from 0."""
        self.page.set_value(str(page + 1))
        self.before.setEnabled(page > 0)
        self.after.setEnabled(page < self._count - 1)

    def show_size(self, percent: int, fit: Fit) -> None:
        """The size pages are shown at, and whether it follows the window."""
        self.percent.set_value(f"{percent}%")
        self.fit_width.setChecked(fit is Fit.WIDTH)
        self.fit_page.setChecked(fit is Fit.PAGE)

    @Slot()
    def _ask_page(self) -> None:
        self.page_asked.emit(_digits(self.page.value()))

    @Slot()
    def _ask_percent(self) -> None:
        self.percent_asked.emit(_digits(self.percent.value()))

    @Slot()
    def _ask_smaller(self) -> None:
        self.zoom_asked.emit(-1)

    @Slot()
    def _ask_larger(self) -> None:
        self.zoom_asked.emit(1)

    @Slot()
    def _ask_fit(self) -> None:
        self.fit_asked.emit(Fit.PAGE if self.sender() is self.fit_page else Fit.WIDTH)

    def _tool(self, name: str, words: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        sizes = theme_of().metrics
        button.setIcon(icon(name))
        button.setIconSize(QSize(sizes.icon, sizes.icon))
        button.setFixedSize(sizes.control, sizes.control)
        button.setAccessibleName(words)
        button.setToolTip(f"{words}（{keys}）")
        bind_keys(button, keys)
        return button

    def _number(self, words: str) -> LineInput:
        field = LineInput(self, chinese=False)
        field.setAccessibleName(words)
        field.setFixedWidth(4 * theme_of().metrics.body + SPACE.small)
        field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return field

    def _choice(self, words: str, fit: Fit) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("role", "choice")
        button.setCheckable(True)
        button.setChecked(fit is Fit.WIDTH)
        button.clicked.connect(self._ask_fit)
        return button

    def _lay_out(self) -> None:
        # Groups that stay together; in a narrow window or with large letters they take two lines.
        left = QWidget(self)
        groups = FlowLayout(left, gap=SPACE.medium)
        for widgets in (
            (self._label("页码"), self.before, self.page, self._of, self.after),
            (self._label("缩放"), self.smaller, self.percent, self.larger),
            (self.fit_width, self.fit_page),
        ):
            groups.addWidget(_group(widgets, left))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, SPACE.small)
        line.setSpacing(SPACE.small)
        line.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        actions = _group((self.look, self.save, self.print), self)
        line.addWidget(actions, 0, Qt.AlignmentFlag.AlignTop)

    def _label(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setProperty("role", "small")
        return label


def _group(widgets: Sequence[QWidget], parent: QWidget) -> QWidget:
    group = QWidget(parent)
    line = QHBoxLayout(group)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(SPACE.hair)
    for widget in widgets:
        line.addWidget(widget)
    return group


def _digits(text: str) -> int:
    """The number somebody typed, or 0: `第3页`, `120%` and full-width digits are understood."""
    found = "".join(str(int(mark)) for mark in text if mark.isdecimal())
    return int(found[:6] or 0)
