"""本人查阅: the sheet with all that is held about a person, to be read or copied out (art. 45)."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.widgets.dialogs import Answer, Sheet
from desktop_app.widgets.inputs import TextInput
from desktop_app.widgets.theme import theme_of

WARNING = "内容没有遮挡，只给本人或出示委托的代理人看。这次查阅已记入操作记录。"
COPIED = "已复制，可粘贴到文档里打印。给完本人后请清空剪贴板。"


class OwnCopySheet(Sheet):
    """Shows the text; 复制全文 puts it on the clipboard and leaves the sheet open."""

    def __init__(self, parent: QWidget, text: str) -> None:
        answers = (
            Answer("close", "关闭", is_escape=True),
            Answer("copy", "复制全文", role="primary"),
        )
        super().__init__(parent, "本人查阅", WARNING, answers)
        self.text = TextInput(self, lines=8, most=18)
        self.text.setAccessibleName("个人信息全文")
        self.text.setReadOnly(True)
        self.text.set_value(text)
        self._copied = QLabel(self)
        self._copied.setProperty("role", "small")
        self._copied.setWordWrap(True)
        self._copied.hide()
        self.body.addWidget(self.text)
        self.body.addWidget(self._copied)
        self.setMinimumWidth(
            round(min(600 * theme_of().metrics.body / 14, parent.window().width() * 0.9))
        )

    def accept(self) -> None:
        if self._answer != "copy":
            super().accept()
            return
        self._answer = "close"
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._copied.setText(COPIED)
        self._copied.show()
