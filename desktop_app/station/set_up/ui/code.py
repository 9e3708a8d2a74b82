"""The recovery code as it is shown once: numbered groups to copy by hand, and the promise to keep
it. Used when a station is made and when a manager makes a new code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.tokens import SPACE

_WHY = (
    "所有人都忘记密码时，只有恢复码能打开{whose}的数据。请抄两份装入信封密封，"
    "{keepers}，不要存在这台电脑里。"
)
WHY = _WHY.format(whose="本站", keepers="一份由站长保管，一份交社区或街道保管")
WHY_AT_STREET = _WHY.format(whose="街道", keepers="一份由街道负责人保管，一份存档案室或保密柜")
KEPT = "已经抄好并密封"
_IN_A_LINE = 4


class RecoveryCode(QWidget):
    """Shows `code`. `kept` carries whether the person says it is written down and sealed."""

    kept = Signal(bool)

    def __init__(
        self, code: str, parent: QWidget | None = None, *, at_street: bool = False
    ) -> None:
        super().__init__(parent)
        self._code = code
        why = QLabel(WHY_AT_STREET if at_street else WHY, self)
        why.setWordWrap(True)
        self.copy = plain_button("复制", self, icon_name="copy")
        self.check = QCheckBox(KEPT, self)
        foot = QHBoxLayout()
        foot.addWidget(self.check)
        foot.addStretch(1)
        foot.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.large)
        column.addWidget(why)
        column.addWidget(self._groups(code))
        column.addLayout(foot)
        self.check.toggled.connect(self.kept)
        self.copy.clicked.connect(self._copy)

    def _groups(self, code: str) -> QFrame:
        """The groups with their numbers: a mistyped one is named by its number later."""
        panel = QFrame(self)
        panel.setProperty("role", "envelope")
        panel.setAccessibleName("恢复码")
        panel.setAccessibleDescription(code)
        grid = QGridLayout(panel)
        grid.setContentsMargins(SPACE.medium, SPACE.medium, SPACE.medium, SPACE.medium)
        grid.setVerticalSpacing(0)
        grid.setRowMinimumHeight(2, SPACE.small)
        for number, group in enumerate(code.split("-")):
            row, column = 3 * (number // _IN_A_LINE), number % _IN_A_LINE
            which, letters = QLabel(str(number + 1), panel), QLabel(group, panel)
            which.setProperty("role", "small")
            letters.setProperty("role", "code")
            letters.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(which, row, column, Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(letters, row + 1, column, Qt.AlignmentFlag.AlignHCenter)
        return panel

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
