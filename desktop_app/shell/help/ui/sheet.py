"""The manual over the window: topics at the left, the text at the right, Esc takes it away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from desktop_app.shell.help.rules import fitting, topics
from desktop_app.shell.help.ui.set_out import set_out
from desktop_app.widgets.forms import focus_order, plain_button
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

TITLE = "帮助"
_SHARE = 0.86


class HelpSheet(QDialog):
    """Opens at the topic that fits `page`."""

    def __init__(self, parent: QWidget, page: str, *, at_street: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._topics = {topic.name: topic for topic in topics(at_street=at_street)}
        self.list = LineList("帮助目录", self)
        self.text = QTextBrowser(self)
        self.text.setAccessibleName("帮助正文")
        self.text.setOpenLinks(False)
        self.close_button = plain_button("关闭", self)
        self.close_button.setAutoDefault(False)
        self.close_button.setToolTip("关闭（Esc）")
        self._lay_out()
        self.list.set_items([LineItem(one.name, one.title) for one in self._topics.values()])
        self.list.focused.connect(self._show)
        self.list.chosen.connect(self._read)
        self.close_button.clicked.connect(self.close)
        window, body = parent.window(), theme_of().metrics.body
        wide, high = round(window.width() * _SHARE), round(window.height() * _SHARE)
        self.resize(min(wide, 68 * body), high)
        self.show_topic(fitting(page, at_street=at_street))

    @property
    def topic(self) -> str:
        """The name of the topic on show."""
        return self.list.focused_uid() or ""

    def show_topic(self, name: str) -> None:
        """Bring a topic to the front, with the keyboard in the list of topics."""
        names = list(self._topics)
        if name in names:
            self.list.setCurrentIndex(self.list.model().index(names.index(name), 0))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _show(self, name: str | None) -> None:
        if name is None:
            return
        self.text.setMarkdown(self._topics[name].text)
        set_out(self.text.document())
        self.text.verticalScrollBar().setValue(0)

    @Slot()
    def _read(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        heading = QLabel(TITLE, self)
        heading.setProperty("role", "title")
        keys = QLabel("↑ ↓ 换题目，Enter 到正文，Esc 关闭。本页按键按 ? 查看。", self)
        keys.setProperty("role", "small")
        top = QHBoxLayout()
        top.setSpacing(SPACE.medium)
        top.addWidget(heading)
        top.addWidget(keys, 1)
        top.addWidget(self.close_button)
        self.list.setFixedWidth(12 * theme_of().metrics.body)
        across = QHBoxLayout()
        across.setSpacing(SPACE.large)
        across.addWidget(self.list)
        across.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.wide)
        column.setSpacing(SPACE.medium)
        column.addLayout(top)
        column.addLayout(across, 1)
        focus_order([self.list, self.text, self.close_button])
