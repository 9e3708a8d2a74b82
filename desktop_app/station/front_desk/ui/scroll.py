"""A form as high as what it holds, if there is room, that follows the keyboard if there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Slot
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop_app.widgets.forms import ScrollPage
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE


class FollowingScroll(ScrollPage):
    """Qt follows Tab by itself; here also a key that jumps into a field that has just appeared."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._follow)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.widget().installEventFilter(self)

    def sizeHint(self) -> QSize:
        """As high as the content at the present width, wrapped lines included."""
        layout = self.body
        width = self.viewport().width()
        wraps = layout.hasHeightForWidth()
        height = layout.totalHeightForWidth(width) if wraps else layout.totalSizeHint().height()
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 2 * theme_of().metrics.control)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().eventFilter(watched, event)

    @Slot(object, object)
    def _moved(self, _old: object, new: object) -> None:
        if isinstance(new, QWidget) and self.widget().isAncestorOf(new):
            # After the layout has made room for what appeared with the same key.
            self._later.start()

    @Slot()
    def _follow(self) -> None:
        new = QApplication.focusWidget()
        if new is not None and self.widget().isAncestorOf(new):
            self.ensureWidgetVisible(new, 0, SPACE.wide)
