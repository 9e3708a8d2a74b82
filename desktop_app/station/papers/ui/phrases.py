"""The section 文书用语: how this office words the sentences and headings of its papers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.paper_kinds import kind_named
from desktop_app.ledgers.papers.record import PHRASE
from desktop_app.station.papers import service
from desktop_app.station.papers.service import Worded
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import Card, KeyHint, ScrollPage, focus_order
from desktop_app.widgets.inputs import TextInput
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

WHY = (
    "离开一格就保存，以后生成的文书都用它；已经存档的不变。"
    "花括号里的内容打印时换成实际的数字。清空一格即恢复程序的原文。"
)
_WIDTH_EMS = 56


class _Sentence(TextInput):
    """A sentence; `left` when the keyboard goes elsewhere."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, lines=2, most=8)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)


class PhrasesSection(Page):
    """One kind of paper at a time."""

    kinds = frozenset({PHRASE.name})
    hints = (KeyHint("Alt+K", "选择文书"),)

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._found: tuple[Worded, ...] = ()
        self.fields: dict[str, LabelledField] = {}
        self.kind = ChoiceBar((), self)
        self._kind_field = LabelledField("文书", self.kind, self, key="K")
        self.card = Card("", self)
        self.card.setMaximumWidth(_WIDTH_EMS * theme_of().metrics.body)
        self._lay_out()
        self.kind.changed.connect(self._show_kind)

    def load(self) -> None:
        self.in_background("读取文书用语", self._read, self._show)

    def _read(self, _job: Job) -> tuple[Worded, ...]:
        return service.wordings(self._desk)

    def _show(self, found: tuple[Worded, ...]) -> None:
        self._found = found
        kinds = dict.fromkeys(one.kind for one in found)
        self.kind.set_choices([Choice(one.name, one.label) for one in kinds])
        if self.kind.value() is None and kinds:
            self.kind.set_value(next(iter(kinds)).name)
        self._show_kind()

    @Slot()
    def _show_kind(self) -> None:
        shown = [one for one in self._found if one.kind.name == self.kind.value()]
        if [one.sentence.name for one in shown] != list(self.fields):
            self._build(shown)
        for one in shown:
            self._fill(one)

    def _fill(self, one: Worded) -> None:
        field = self.fields[one.sentence.name]
        editor = field.editor
        assert isinstance(editor, _Sentence)
        if not editor.hasFocus():
            editor.set_value(one.text)
        gaps = "".join(f"{{{gap}}}" for gap in one.sentence.gaps)
        field.set_hint("　".join(part for part in ("自己改过的文字" * one.is_own, gaps) if part))

    def _build(self, shown: list[Worded]) -> None:
        for field in self.fields.values():
            self.card.body.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields = {}
        for one in shown:
            editor = _Sentence(self)
            field = LabelledField(one.sentence.label, editor, self)
            editor.left.connect(partial(self._save, one.sentence.name))
            self.fields[one.sentence.name] = field
            self.card.body.addWidget(field)
        focus_order([self.kind, *self.fields.values()])

    def _save(self, name: str) -> None:
        """Keep what stands in a field that was left, if it is other than before."""
        kind = kind_named(str(self.kind.value()))
        worded = next(
            (one for one in self._found if (one.kind, one.sentence.name) == (kind, name)), None
        )
        field = self.fields.get(name)
        if worded is None or field is None:
            return
        editor = field.editor
        assert isinstance(editor, _Sentence)
        text = editor.value()
        if text == worded.text.strip():
            return
        try:
            changed = service.word(self._desk, kind, worded.sentence, text)
        except Fault as fault:
            field.set_problem(fault.words)
            return
        field.clear_problem()
        self.tell_changed(changed, f"已保存“{worded.sentence.label}”")

    def _lay_out(self) -> None:
        why = QLabel(WHY, self)
        why.setProperty("role", "small")
        why.setWordWrap(True)
        why.setTextFormat(Qt.TextFormat.PlainText)
        why.setMaximumWidth(_WIDTH_EMS * theme_of().metrics.body)
        scroll = ScrollPage(self)
        scroll.body.setSpacing(SPACE.medium)
        for widget in (self._kind_field, why, self.card):
            scroll.body.addWidget(widget)
        scroll.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
