"""The card of a period: how many evaluations, how many without, and how they spread.

Drawn without tones: no level is made to look good or bad. Below `service.LEAST` only a sentence.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.wording import number, share
from desktop_app.ledgers.visits.figures import FIGURES
from desktop_app.ledgers.visits.rules.levels import LEAST, NOT_SO_MANY
from desktop_app.station.evaluation.service import Spread
from desktop_app.widgets.forms import Card, Figure, rule
from desktop_app.widgets.theme import colour, theme_of
from desktop_app.widgets.tokens import SPACE

_DASH = "—"
_HOW = {figure.name: f"{figure.label}：{figure.how}" for figure in FIGURES}
WAYS_OF_COUNTING = (
    _HOW["evaluated"],
    "未评价：期内办结、至今没有评价的件数；仅计数和信访渠道告知不计。未评价不算满意，也不算不满意。",
    _HOW["satisfied_rate"],
    _HOW["dissatisfied"],
    f"{NOT_SO_MANY}；本期还没结束时，每满 {LEAST} 件更新一次。满意率和差评数只按已显示的件数算。",
    f"季度、半年和年度由各月已显示的件数相加；各月没有显示的，合起来满 {LEAST} 件才计入。",
)


class Bar(QWidget):
    """One level's share of all, as a length."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._part = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_part(self, part: float) -> None:
        """0 to 1."""
        self._part = part
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, theme_of().metrics.small_icon)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        round_by = whole.height() / 4
        painter.setBrush(colour("hover"))
        painter.drawRoundedRect(whole, round_by, round_by)
        if self._part > 0:
            whole.setWidth(max(whole.height() / 2, whole.width() * self._part))
            painter.setBrush(colour("quiet"))
            painter.drawRoundedRect(whole, round_by, round_by)
        painter.end()


class SpreadCard(Card):
    """Shows one `Spread`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self._heading = QLabel(self)
        self._heading.setProperty("role", "section")
        self.evaluated = Figure("评价数", self, number=_DASH)
        self.not_evaluated = Figure("未评价", self, number=_DASH)
        self.rate = Figure("满意率", self, number=_DASH)
        self.dissatisfied = Figure("差评数", self, number=_DASH)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("role", "quiet")
        self._bars = QWidget(self)
        self._rows: dict[Satisfaction, tuple[Bar, QLabel]] = {}
        self._lay_out()

    def show_spread(self, spread: Spread) -> None:
        """Show a period; what must not be shown of it is a dash."""
        self._heading.setText(spread.period.label)
        self.evaluated.set_number(number(spread.evaluated))
        self.not_evaluated.set_number(number(spread.not_evaluated))
        known = spread.levels is not None
        self.rate.set_number(share(spread.satisfied, spread.shown) if known else _DASH)
        self.dissatisfied.set_number(number(spread.dissatisfied) if known else _DASH)
        self.sentence.setText(_sentence(spread))
        self.sentence.setVisible(bool(self.sentence.text()))
        self._bars.setVisible(known)
        for level, (bar, words) in self._rows.items():
            times = (spread.levels or {}).get(level, 0)
            bar.set_part(times / spread.shown if spread.shown else 0)
            told = f"{number(times)} 件　{share(times, spread.shown)}"
            words.setText(told)
            bar.setAccessibleName(f"{level.label} {told}")

    def words_of(self, level: Satisfaction) -> str:
        """What stands beside the bar of a level."""
        return self._rows[level][1].text()

    @property
    def shows_levels(self) -> bool:
        return not self._bars.isHidden()

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(SPACE.huge)
        for figure in (self.evaluated, self.not_evaluated, self.rate, self.dissatisfied):
            figures.addWidget(figure)
        figures.addStretch(1)
        grid = QGridLayout(self._bars)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE.large)
        grid.setVerticalSpacing(SPACE.medium)
        grid.setColumnStretch(1, 1)
        for row, level in enumerate(Satisfaction):
            bar, words = Bar(self._bars), QLabel(self._bars)
            words.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(QLabel(level.label, self._bars), row, 0)
            grid.addWidget(bar, row, 1)
            grid.addWidget(words, row, 2)
            self._rows[level] = (bar, words)
        self.body.addWidget(self._heading)
        self.body.addLayout(figures)
        self.body.addWidget(rule(self))
        self.body.addWidget(self.sentence)
        self.body.addWidget(self._bars)


def _sentence(spread: Spread) -> str:
    if spread.levels is None:
        return f"{NOT_SO_MANY}，以免看出是哪一位的评价。"
    if spread.shown < spread.evaluated and spread.period.parts:
        return (
            f"显示其中 {spread.shown} 件；不足 {LEAST} 件的月份不单独显示，以免看出是哪一位的评价。"
        )
    if spread.shown < spread.evaluated:
        return (
            f"显示的是本期最先收到的 {spread.shown} 件；"
            f"再收到 {LEAST - (spread.evaluated - spread.shown)} 件后更新。"
        )
    return ""
