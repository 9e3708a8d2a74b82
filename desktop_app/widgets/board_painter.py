"""How a card of a board looks, and how much room it needs.

All cards of a column have one height: only the lines somebody in that column fills take room. The
least width is what the widest due date and owner need, because these two are never cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Needs:
    """The widest owner, due date and number of a column, in pixels, and which lines it fills.

    `due` has its picture with it; `marked` is the widest due date with the marks beside it. `title`
    is what the longest could take, its tag with it: measuring each would take longer than painting.
    """

    title: int = 0
    owner: int = 0
    due: int = 0
    number: int = 0
    marked: int = 0
    place: bool = False

    @property
    def words(self) -> int:
        """The least room for words in a card: the due date in one line, the owner in two."""
        sizes = theme_of().metrics
        least = round(_LEAST_WORDS * sizes.body / 14)
        owner = self.owner // 2 + sizes.small if self.owner > least else 0
        return max(least, min(max(self.due, owner), least * _MOST_TIMES))


@dataclass(frozen=True, slots=True)
class CardShape:
    """What the cards of a column are made of, at a width of `words` for their text.

    `foot` is the line of the due date; `marks`: they have a line of their own below it.
    """

    words: int
    title_lines: int = 2
    place: bool = False
    owner_lines: int = 0
    foot: bool = False
    number: bool = False
    marks: bool = False

    @property
    def height(self) -> int:
        """Of an item: the card and the gap below it."""
        sizes = theme_of().metrics
        lines = self.place + self.owner_lines + self.foot
        high = self.title_lines * _line(sizes.body) + SPACE.hair + lines * _line(sizes.small)
        high += SPACE.hair if self.foot else 0
        high += sizes.chip + SPACE.hair if self.marks else 0
        return high + 2 * SPACE.small + 2 + SPACE.small


class Measure:
    """Widths of the texts of cards, each measured once for a theme."""

    def __init__(self) -> None:
        self._theme: Theme | None = None
        self._widths: dict[str, int] = {}

    def needs(self, cards: Sequence[BoardCard], late_word: str) -> Needs:
        """What the cards of one column need."""
        if self._theme != theme_of():
            self._theme, self._widths = theme_of(), {}
        dues = self._widest({due_text(card, late_word) for card in cards})
        return Needs(
            theme_of().metrics.body * max((_characters(card) for card in cards), default=0),
            self._widest({card.owner for card in cards}),
            dues + _picture() + SPACE.hair if dues else 0,
            self._widest({"0" * len(card.number) for card in cards}),
            max((self._marked(card, late_word) for card in cards if card.marks), default=0),
            any(card.place for card in cards),
        )

    def _marked(self, card: BoardCard, late_word: str) -> int:
        due = due_text(card, late_word)
        wide = self._widest({due}) + _picture() + SPACE.hair + SPACE.small if due else 0
        marks = sum(chip_width(mark) + SPACE.hair for mark in card.marks)
        return wide + marks - SPACE.hair

    def _widest(self, texts: set[str]) -> int:
        measure, known = QFontMetrics(font(theme_of().metrics.small)), self._widths
        for text in texts:
            if text not in known:
                known[text] = measure.horizontalAdvance(text)
        return max((known[text] for text in texts), default=0)


def shape_of(needs: Needs, words: int, *, number: bool) -> CardShape:
    """The cards of a column with these needs; `number`: numbers have room on this board."""
    title_lines = 1 if needs.title <= words else 2
    owner_lines = 0 if not needs.owner else 1 if needs.owner <= words else 2
    shows_number = number and bool(needs.number)
    marks = bool(needs.marked) and needs.marked > words
    foot = bool(needs.due or needs.marked or shows_number)
    return CardShape(words, title_lines, needs.place, owner_lines, foot, shows_number, marks)


def number_fits(needs: Needs, words: int) -> bool:
    """Whether a number has room beside every due date and mark."""
    beside = max(needs.due, needs.marked if needs.marked <= words else 0)
    return beside + SPACE.medium + needs.number <= words


class CardPainter(QStyledItemDelegate):
    """Paints cards of the `shape` it was given; `away` is the key of a card being dragged,
    `faded`: the dragged card may not come here."""

    def __init__(self, late_word: str, parent: QObject) -> None:
        super().__init__(parent)
        self._late_word = late_word
        self.shape = CardShape(_LEAST_WORDS)
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
            lines = list(broken(card.owner, face, inside.width()))
            below = _paint_lines(painter, inside, below, lines)
        bottom = inside.bottom() + 1
        if self.shape.marks and card.marks:
            bottom -= sizes.chip
            row = QRect(inside.left(), bottom, inside.width(), sizes.chip)
            _paint_marks(painter, row, card)
            bottom -= SPACE.hair
        if self.shape.foot:
            high = _line(sizes.small)
            foot = QRect(inside.left(), bottom - high, inside.width(), high)
            self._paint_foot(painter, foot, card)

    def _paint_title(self, painter: QPainter, inside: QRect, card: BoardCard) -> int:
        """The title in one or two lines after the tag; where what comes next begins."""
        sizes = theme_of().metrics
        high, face = _line(sizes.body), font(sizes.body, bold=True)
        tag = _paint_tag(painter, QRect(inside.left(), inside.top(), inside.width(), high), card)
        painter.setFont(face)
        painter.setPen(colour("ink"))
        top = inside.top()
        lines = broken(card.title, face, inside.width(), tag)
        if self.shape.title_lines == 1 and len(lines) > 1:
            lines = (QFontMetrics(face).elidedText(card.title, _CUT, inside.width() - tag),)
        for number, words in enumerate(lines):
            left = inside.left() + (0 if number else tag)
            painter.drawText(QRect(left, top, inside.width(), high), _MIDDLE, words)
            top += high
        return top

    def _paint_foot(self, painter: QPainter, foot: QRect, card: BoardCard) -> None:
        face = font(theme_of().metrics.small)
        painter.setFont(face)
        if self.shape.number:
            painter.setPen(colour("quiet"))
            painter.drawText(foot, Qt.AlignmentFlag.AlignRight | _MIDDLE, card.number)
        due = due_text(card, self._late_word)
        if due:
            tone, side = ("late" if card.late else "quiet"), _picture()
            name = "clock-alert" if card.late else "calendar-days"
            ratio = painter.device().devicePixelRatioF()
            top = foot.top() + (foot.height() - side) / 2 + 1
            painter.drawPixmap(QPointF(foot.left(), top), pixmap(name, tone, side, ratio))
            painter.setPen(colour(tone))
            foot = foot.adjusted(side + SPACE.hair, 0, 0, 0)
            painter.drawText(foot, _MIDDLE, due)
            foot = foot.adjusted(QFontMetrics(face).horizontalAdvance(due) + SPACE.small, 0, 0, 0)
        if card.marks and not self.shape.marks:
            _paint_marks(painter, foot, card)


_AIR = (SPACE.small, SPACE.small + 1, -SPACE.small, -SPACE.small - 1)


def broken(text: str, face: QFont, width: int, indent: int = 0) -> tuple[str, ...]:
    """The text in at most two lines, the first `indent` shorter, the second cut to the width."""
    measure = QFontMetrics(face)
    if measure.horizontalAdvance(text) <= width - indent:
        return (text,)
    layout = QTextLayout(text, face)
    how = QTextOption()
    how.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
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


def _characters(card: BoardCard) -> int:
    """How many full ones the title and its tag could take at the most."""
    return len(card.title) + (0 if card.urgency is Urgency.NORMAL else 3)


def _line(size: int) -> int:
    return round(1.42 * size)
