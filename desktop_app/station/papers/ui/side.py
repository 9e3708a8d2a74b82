"""Beside the pages: the sentences that may be worded otherwise, and what was kept before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.ledgers.papers.rules import CopyKind, Paper
from desktop_app.station.papers.service import Drafted
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import Card, ScrollPage, focus_order, plain_button
from desktop_app.widgets.inputs import TextInput
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

MAKE_ANEW = "按改过的文字重排"
WHY = "只改这一份；改以后都用的文字，到“设置 · 文书用语”。"
NEVER_KEPT = "打印或另存后，这里留下当时的原件，再打印时注明补打。"
_WIDTH_EMS = 25


class PaperSide(ScrollPage):
    """`anew` asks for the paper with what is typed here, `opened` carries a kept paper's uid."""

    anew = Signal()
    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH_EMS * theme_of().metrics.body)
        self.fields: dict[str, LabelledField] = {}
        self._words: Mapping[str, str] = {}
        self._own: dict[str, str] = {}
        self.button = plain_button(MAKE_ANEW, self, keys="Ctrl+Return")
        self._texts = Card("文字", self)
        self._kept = Card("存档", self)
        self.list = LineList("存档", self._kept)
        self._none = QLabel(NEVER_KEPT, self._kept)
        self._lay_out()
        self.button.clicked.connect(self.anew)
        self.list.chosen.connect(self.opened)

    def show_sentences(self, drafted: Drafted) -> None:
        """The sentences of a paper as they stand in it."""
        names = [one.name for one in drafted.sentences]
        if list(self.fields) != names:
            self._build(drafted)
        self._words, self._own = drafted.words, dict(drafted.own)
        for name, field in self.fields.items():
            editor = field.editor
            assert isinstance(editor, TextInput)
            editor.set_value(drafted.words[name])
        self._texts.setVisible(bool(names))

    def show_kept(self, papers: Sequence[Paper], zone_words: Mapping[str, str]) -> None:
        """What was kept of the same thing, the latest first; `zone_words` says when, by uid."""
        self.list.set_items([_item(paper, zone_words[paper.uid.hex]) for paper in papers])
        self.list.setVisible(bool(papers))
        self._none.setVisible(not papers)
        height = theme_of().metrics.two_line_row
        self.list.setFixedHeight(min(len(papers), 6) * height + SPACE.hair)

    def own(self) -> dict[str, str]:
        """The sentences somebody worded for this paper, by name."""
        own = dict(self._own)
        for name, field in self.fields.items():
            editor = field.editor
            assert isinstance(editor, TextInput)
            if editor.value() != self._words[name].strip():
                own[name] = editor.value()
        return own

    @property
    def is_touched(self) -> bool:
        """Whether something was typed that the pages do not show yet."""
        return self.own() != self._own

    def _build(self, drafted: Drafted) -> None:
        for field in self.fields.values():
            self._texts.body.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields = {}
        for place, one in enumerate(drafted.sentences):
            field = LabelledField(one.label, TextInput(self, lines=2, most=8), self)
            self.fields[one.name] = field
            self._texts.body.insertWidget(place + 2, field)
        focus_order([*self.fields.values(), self.button, self.list])

    def _lay_out(self) -> None:
        why = QLabel(WHY, self._texts)
        for label in (why, self._none):
            label.setProperty("role", "small")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._texts.body.addWidget(why)
        self._texts.body.addWidget(self.button)
        self._kept.body.addWidget(self._none)
        self._kept.add_list(self.list)
        column: QVBoxLayout = self.body
        column.setSpacing(SPACE.medium)
        column.addWidget(self._texts)
        column.addWidget(self._kept)
        column.addStretch(1)

    @Slot()
    def take_keyboard(self) -> None:
        """Put the keyboard into the first sentence."""
        if self.fields:
            next(iter(self.fields.values())).go()


def _item(paper: Paper, when: str) -> LineItem:
    printed = paper.printings
    saved = sum(copy.kind is CopyKind.SAVED for copy in paper.copies)
    times = [f"打印 {printed} 次"] * bool(printed) + [f"另存 {saved} 次"] * bool(saved)
    return LineItem(
        paper.uid.hex,
        when,
        detail=f"{paper.made_by_name}　{paper.pages} 页　{'，'.join(times)}",
        chip=ChipText("已存档", "ok"),
    )
