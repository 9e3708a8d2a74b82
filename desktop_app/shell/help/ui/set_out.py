"""Gives the manual's text the sizes and spaces of the program; Qt's own headings are too large."""

from __future__ import annotations

from PySide6.QtGui import (
    QBrush,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import SPACE

_LINE_HEIGHT = 112.0
"""Per cent of the font's own line, which is roomy already in a Chinese face."""


def set_out(document: QTextDocument) -> None:
    """Set out a document that came from Markdown, once."""
    document.setIndentWidth(SPACE.wide)
    block = document.firstBlock()
    while block.isValid():
        _set_block(block)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame)


def _set_block(block: QTextBlock) -> None:
    cursor = QTextCursor(block)
    # Not BlockUnderCursor: that takes the end of the block before along.
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    form = QTextBlockFormat()
    form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    level = block.blockFormat().headingLevel()
    if level:
        sizes = theme_of().metrics
        letters = QTextCharFormat()
        letters.setFont(font(sizes.title if level == 1 else sizes.section, bold=True))
        letters.clearProperty(QTextCharFormat.Property.FontSizeAdjustment)
        cursor.setCharFormat(letters)
        form.setTopMargin(0 if level == 1 else SPACE.large)
        form.setBottomMargin(SPACE.small)
    elif block.textList() is not None:
        form.setTopMargin(SPACE.hair)
        form.setBottomMargin(SPACE.hair)
    cursor.mergeBlockFormat(form)


def _set_table(table: QTextTable) -> None:
    form = table.format()
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    form.setCellPadding(SPACE.small)
    form.setBorderCollapse(True)
    form.setBorder(1)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(QBrush(colour("line")))
    form.setBottomMargin(SPACE.medium)
    table.setFormat(form)
