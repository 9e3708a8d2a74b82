"""How a card of a board looks, and how much room it needs.

All cards of a column have one height: only the lines somebody in that column fills take room. The
least width is what the widest due date and owner need, because these two are never cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.core.origin import Urgency
from desktop_app.widgets.board_model import CARD_ROLE, BoardCard, due_text
from desktop_app.widgets.chips import chip_width, paint_chip
from desktop_app.widgets.icons import pixmap
from desktop_app.widgets.theme import Theme, colour, font, theme_of
from desktop_app.widgets.tokens import RADIUS, SPACE

Index = QModelIndex | QPersistentModelIndex

_LEAST_WORDS = 112
"""Room for words in the narrowest card, at the normal text: six columns stand at 1024 pixels."""

_MOST_TIMES = 2
"""An owner's name may make the columns so many times wider; what is longer than that is cut."""

_TAGS = {Urgency.SOON: "warn", Urgency.URGENT: "late"}
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_CUT = Qt.TextElideMode.ElideRight


class Kind(NamedTuple):
    """What decides how many lines a card takes: widths in pixels, 0 where it has no such line.

    `title` is what it could take at the most, its tag with it: measuring each would take longer
    than painting. `due` has its picture with it, `marked` the marks, too, beside it.
    """

    title: int
    place: bool
    owner: int
    due: int
    marked: int

    def height(self, words: int, *, foot: bool) -> int:
        """Of the text at this width; `foot`: all cards have a last line."""
        sizes = theme_of().metrics
        small = self.place + owner_lines(self.owner, words)
        high = (1 if self.title <= words else 2) * _line(sizes.body) + SPACE.hair
        high += small * _line(sizes.small)
        if foot or self.due or 0 < self.marked <= words:
            high += _line(sizes.small) + SPACE.hair
        return high + (sizes.chip + SPACE.hair if self.marked > words else 0)


@dataclass(frozen=True, slots=True)
class Needs:
    """Which kinds of cards a column has, and its widest owner, due date and number."""

    kinds: frozenset[Kind] = frozenset()
    number: int = 0

    @property
    def owner(self) -> int:
        return max((kind.owner for kind in self.kinds), default=0)

    @property
    def due(self) -> int:
        return max((kind.due for kind in self.kinds), default=0)

    @property
    def words(self) -> int:
        """The least room for words in a card: the due date in one line, the owner in two."""
        sizes = theme_of().metrics
        least = round(_LEAST_WORDS * sizes.body / 14)
        owner = self.owner // 2 + sizes.small if self.owner > least else 0
        return max(least, min(max(self.due, owner), least * _MOST_TIMES))

    def number_fits(self, words: int) -> bool:
        """Whether a number has room beside every due date and mark."""
        marked = (kind.marked for kind in self.kinds if kind.marked <= words)
        return max(self.due, *marked, 0) + SPACE.medium + self.number <= words


@dataclass(frozen=True, slots=True)
class CardShape:
    """The cards of a column: `words` wide, their text `high`; `number`: the number is on them."""

    words: int
    high: int
    number: bool = False

    @property
    def height(self) -> int:
        """Of an item: the card and the gap below it."""
        return self.high + 2 * SPACE.small + 2 + SPACE.small


class Measure:
    """Widths of the texts of cards, each measured once for a theme."""

    def __init__(self) -> None:
        self._theme: Theme | None = None
        self._widths: dict[str, int] = {}

    def needs(self, cards: Sequence[BoardCard], late_word: str) -> Needs:
        """What the cards of one column need."""
        if self._theme != theme_of():
            self._theme, self._widths = theme_of(), {}
        sizes = theme_of().metrics
        measure = QFontMetrics(font(sizes.small))
        before, kinds = _picture() + SPACE.hair, set()
        for card in cards:
            due = due_text(card, late_word)
            due_wide = before + self._width(due, measure) if due else 0
            owner = self._width(card.owner, measure) if card.owner else 0
            title = sizes.body * _characters(card)
            marked = _marks_width(due_wide, card) if card.marks else 0
            kinds.add(Kind(title, bool(card.place), owner, due_wide, marked))
        longest = max((len(card.number) for card in cards), default=0)
        return Needs(frozenset(kinds), self._width("0" * longest, measure) if longest else 0)

    def _width(self, text: str, measure: QFontMetrics) -> int:
        known = self._widths.get(text)
        if known is None:
            known = self._widths[text] = measure.horizontalAdvance(text)
        return known


def owner_lines(owner: int, words: int) -> int:
    """How many lines an owner of this width takes."""
    return 0 if not owner else 1 if owner <= words else 2


def shape_of(needs: Needs, words: int, *, number: bool) -> CardShape:
    """The cards of a column with these needs: as high as the fullest of them.

    `number`: numbers have room on this board.
    """
    shown = number and bool(needs.number)
    high = (kind.height(words, foot=shown) for kind in needs.kinds)
    return CardShape(words, max(high, default=4 * _line(theme_of().metrics.body)), shown)


class CardPainter(QStyledItemDelegate):
    """Paints cards of the `shape` it was given; `away` is the key of a card being dragged,
    `faded`: the dragged card may not come here."""

    def __init__(self, late_word: str, parent: QObject) -> None:
        super().__init__(parent)
        self._late_word = late_word
        self.shape = CardShape(_LEAST_WORDS, 80)
        self.away, self.faded = "", False

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self.shape.words, self.shape.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = index.data(CARD_ROLE)
        if not isinstance(card, BoardCard):
            return
        item: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        wide = self.shape.words + 2 * SPACE.small
        area = QRect(item.left() + SPACE.small, item.top(), wide, item.height() - SPACE.small)
        painter.save()
        painter.setOpacity(0.4 if self.faded or card.key == self.away else 1.0)
        _paint_ground(painter, area, state)
        self._paint_words(painter, area.adjusted(*_AIR), card)
        painter.restore()

    def _paint_words(self, painter: QPainter, inside: QRect, card: BoardCard) -> None:
        sizes = theme_of().metrics
        face = font(sizes.small)
        below = self._paint_title(painter, inside, card) + SPACE.hair
        painter.setFont(face)
        if card.place:
            painter.setPen(colour("quiet"))
            below = _paint_lines(painter, inside, below, [card.place])
        if card.owner:
            painter.setPen(colour("ink"))
            lines = broken(card.owner, face, inside.width(), anywhere=True)
            below = _paint_lines(painter, inside, below, lines)
        due = due_text(card, self._late_word)
        bottom = inside.bottom() + 1
        due_wide = _due_width(due, face)
        beside = _marks_width(due_wide, card) <= self.shape.words
        if card.marks and not beside:
            bottom -= sizes.chip
            _paint_marks(painter, QRect(inside.left(), bottom, inside.width(), sizes.chip), card)
            bottom -= SPACE.hair
        high = _line(sizes.small)
        foot = QRect(inside.left(), bottom - high, inside.width(), high)
        self._paint_foot(painter, foot, card, due)
        if beside:
            _paint_marks(painter, foot.adjusted(_before_marks(due_wide), 0, 0, 0), card)

    def _paint_title(self, painter: QPainter, inside: QRect, card: BoardCard) -> int:
        """The title in one or two lines after the tag; where what comes next begins."""
        sizes = theme_of().metrics
        high, face = _line(sizes.body), font(sizes.body, bold=True)
        tag = _paint_tag(painter, QRect(inside.left(), inside.top(), inside.width(), high), card)
        painter.setFont(face)
        painter.setPen(colour("ink"))
        top = inside.top()
        lines = broken(card.title, face, inside.width(), tag)
        if len(lines) > 1 and sizes.body * _characters(card) <= inside.width():
            # Wider than its height was reckoned for: letters broader than they are high.
            lines = (QFontMetrics(face).elidedText(card.title, _CUT, inside.width() - tag),)
        for number, words in enumerate(lines):
            left = inside.left() + (0 if number else tag)
            painter.drawText(QRect(left, top, inside.width(), high), _MIDDLE, words)
            top += high
        return top

    def _paint_foot(self, painter: QPainter, foot: QRect, card: BoardCard, due: str) -> None:
        painter.setFont(font(theme_of().metrics.small))
        if self.shape.number:
            painter.setPen(colour("quiet"))
            painter.drawText(foot, Qt.AlignmentFlag.AlignRight | _MIDDLE, card.number)
        if due:
            tone, side = ("late" if card.late else "quiet"), _picture()
            name = "clock-alert" if card.late else "calendar-days"
            ratio = painter.device().devicePixelRatioF()
            top = foot.top() + (foot.height() - side) / 2 + 1
            painter.drawPixmap(QPointF(foot.left(), top), pixmap(name, tone, side, ratio))
            painter.setPen(colour(tone))
            painter.drawText(foot.adjusted(side + SPACE.hair, 0, 0, 0), _MIDDLE, due)


_AIR = (SPACE.small, SPACE.small + 1, -SPACE.small, -SPACE.small - 1)


def broken(
    text: str, face: QFont, width: int, indent: int = 0, *, anywhere: bool = False
) -> tuple[str, ...]:
    """The text in at most two lines, the first `indent` shorter, the second cut to the width.

    `anywhere`: also within a word, where the room was reckoned for the letters alone.
    """
    measure = QFontMetrics(face)
    if measure.horizontalAdvance(text) <= width - indent:
        return (text,)
    layout = QTextLayout(text, face)
    how = QTextOption()
    modes = QTextOption.WrapMode
    how.setWrapMode(modes.WrapAnywhere if anywhere else modes.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(how)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(1, width - indent))
    layout.endLayout()
    # Qt counts in UTF-16: a rare character of a name is two of its units.
    units = text.encode("utf-16-le")
    first = units[: 2 * line.textLength()].decode("utf-16-le")
    rest = units[2 * line.textLength() :].decode("utf-16-le")
    return (first.rstrip(), measure.elidedText(rest.lstrip(), _CUT, width))


def _paint_ground(painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    selected = bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    edge = "accent" if focused else "edge" if selected or hovered else "line"
    wide = 2 if focused else 1
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(edge), wide))
    painter.setBrush(colour("accent_soft" if selected and not focused else "surface"))
    inset = wide / 2
    painter.drawRoundedRect(area.toRectF().adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)


def _paint_tag(painter: QPainter, line: QRect, card: BoardCard) -> int:
    """How pressing it is, before the title; answers the room it takes."""
    tone = _TAGS.get(card.urgency)
    if tone is None:
        return 0
    face = font(theme_of().metrics.small - 1, bold=True)
    wide = QFontMetrics(face).horizontalAdvance(card.urgency.label) + SPACE.small
    body = QRect(line.left(), line.top() + 2, wide, line.height() - 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(f"{tone}_soft"))
    painter.drawRoundedRect(body, 4, 4)
    painter.setFont(face)
    painter.setPen(colour(tone))
    painter.drawText(body, Qt.AlignmentFlag.AlignCenter, card.urgency.label)
    return wide + SPACE.hair + 2


def _paint_lines(painter: QPainter, inside: QRect, top: int, lines: Sequence[str]) -> int:
    high = _line(theme_of().metrics.small)
    for words in lines:
        shown = painter.fontMetrics().elidedText(words, _CUT, inside.width())
        painter.drawText(QRect(inside.left(), top, inside.width(), high), _MIDDLE, shown)
        top += high
    return top


def _paint_marks(painter: QPainter, row: QRect, card: BoardCard) -> None:
    for mark in card.marks:
        if row.width() < theme_of().metrics.chip:
            return
        paint_chip(painter, row, mark)
        row = row.adjusted(chip_width(mark) + SPACE.hair, 0, 0, 0)


def _picture() -> int:
    return theme_of().metrics.small_icon - 2


def _due_width(due: str, face: QFont) -> int:
    """Of a due date with its picture."""
    return _picture() + SPACE.hair + QFontMetrics(face).horizontalAdvance(due) if due else 0


def _before_marks(due: int) -> int:
    return due + SPACE.small if due else 0


def _marks_width(due: int, card: BoardCard) -> int:
    """Of a card's marks beside a due date of this width."""
    marks = sum(chip_width(mark) + SPACE.hair for mark in card.marks)
    return _before_marks(due) + marks - SPACE.hair


def _characters(card: BoardCard) -> int:
    """How many full ones the title and its tag could take at the most."""
    return len(card.title) + (0 if card.urgency is Urgency.NORMAL else 3)


def _line(size: int) -> int:
    return round(1.42 * size)
