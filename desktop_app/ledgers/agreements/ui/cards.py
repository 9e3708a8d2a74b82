"""The cards of an agreement's page: articles as paper reads them, what is missing, supplements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.wording import paper_day
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules.agreement import Agreement, Supplement
from desktop_app.ledgers.agreements.rules.articles import articles
from desktop_app.ledgers.agreements.rules.entry import missing_on_paper
from desktop_app.ledgers.agreements.rules.terms import change_words
from desktop_app.widgets.facts import Fact
from desktop_app.widgets.forms import Card
from desktop_app.widgets.tokens import SPACE

_LABELS = {field.name: field.label for field in KIND.fields}
_TERMS = (
    "contents", "goals", "contents_words", "demand_every", "platform", "a_duties", "venues",
    "b_duties", "meeting_every", "quarterly_report", "notice_days", "changes_words", "copies",
    "filed_with",
)  # fmt: skip


class TextCard(Card):
    """Headings with the text below each; `show_parts` replaces them."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self.heading = QLabel(title, self)
        self.heading.setProperty("role", "section")
        self.body.addWidget(self.heading)
        self._inside: QWidget | None = None

    def show_parts(self, parts: Sequence[tuple[str, str]], quiet: str = "") -> None:
        """Show these; the card is hidden when nothing is left to show."""
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget(self)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.hair)
        if quiet:
            column.addWidget(_label(quiet, "small", self._inside))
        for heading, text in parts:
            if heading:
                column.addSpacing(SPACE.small)
                column.addWidget(_label(heading, "bold", self._inside))
            for line in text.split("\n"):
                column.addWidget(_label(line, "", self._inside))
        self.body.addWidget(self._inside)
        self.setVisible(bool(parts))

    @property
    def words(self) -> str:
        """Everything that stands in it."""
        labels = [] if self._inside is None else self._inside.findChildren(QLabel)
        return "\n".join(label.text() for label in labels)


def _label(words: str, role: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    # What can be selected can have the keyboard; it is read out by its words.
    label.setAccessibleName(words)
    if role:
        label.setProperty("role", role)
    return label


def article_parts(agreement: Agreement, lists: tuple[str, ...]) -> list[tuple[str, str]]:
    """Articles one to ten; while something of the paper is missing, what is written so far."""
    if not missing_on_paper(agreement):
        return [(f"{one.number}　{one.title}", one.text) for one in articles(agreement, lists)]
    said = [(_LABELS[name], _said(getattr(agreement, name))) for name in _TERMS]
    return [(label, words) for label, words in said if words]


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, LabelledEnum):
        return f"每{value.label}"
    if isinstance(value, tuple):
        return "、".join(str(getattr(one, "label", one)) for one in value)
    return "" if value is None else str(value)


def missing_words(problems: Sequence[UserError], agreement: Agreement) -> list[tuple[str, str]]:
    """What keeps a draft from being signed, and what the paper needs besides."""
    signing = [one.sentence for one in problems]
    paper = [one.sentence for one in missing_on_paper(agreement) if one.sentence not in signing]
    parts = [("签订前要补", "\n".join(signing))] if signing else []
    return parts + ([("打印前要补", "\n".join(paper))] if paper else [])


def party_facts(agreement: Agreement, revealed: Mapping[str, str]) -> list[Fact]:
    """Who the two sides are. `revealed` holds in full what was just uncovered, by field."""
    a_phone = revealed.get("a_phone", agreement.a_phone)
    b_phone = revealed.get("b_phone", agreement.b_phone)
    return [
        Fact("甲方", agreement.party_a, kept=True),
        Fact("甲方负责人", agreement.a_head),
        Fact("甲方联络员", " ".join(filter(None, (agreement.a_liaison, a_phone)))),
        Fact("乙方", agreement.party_b, kept=True),
        Fact("信用代码", agreement.credit_code),
        Fact("乙方负责人", agreement.b_head),
        Fact("乙方联络员", " ".join(filter(None, (agreement.b_liaison, b_phone)))),
    ]


def term_facts(agreement: Agreement, earlier: str, later: str, station: str) -> list[Fact]:
    """When it was signed and how long it runs; `station` names whose it is, at a street."""
    return [
        Fact("站点", station),
        Fact("签订日期", _day(agreement.signed_on) or "还没有签订", kept=True),
        Fact("起止日期", f"{_day(agreement.starts_on) or '…'} 至 {_day(agreement.ends_on) or '…'}"),
        Fact("续签自", earlier),
        Fact("续签为", later),
        Fact("终止日期", _day(agreement.ended_on)),
        Fact("终止原因", agreement.end_reason),
        Fact("备注", agreement.remark),
    ]


def promise_facts(agreement: Agreement, done: Mapping[str, str]) -> list[Fact]:
    """What 乙方 and both promised a year, and by the promise's uid how much of it is done."""
    return [
        Fact(
            one.words if one.kind.value == "other" else one.kind.label,
            " · ".join(
                filter(
                    None, (f"每年不少于 {one.amount}{one.kind.measure}", done.get(one.uid.hex, ""))
                )
            ),
        )
        for one in agreement.promises
    ]


def supplement_parts(supplements: Sequence[Supplement]) -> list[tuple[str, str]]:
    """Each supplement: its number and day, what it says, and which terms it changed."""
    return [
        (
            f"{one.number}　{paper_day(one.signed_on)}",
            "\n".join([one.words, *(change_words(change, _LABELS) for change in one.changes)]),
        )
        for one in reversed(supplements)
    ]


def maskable(agreement: Agreement) -> tuple[str, ...]:
    """The fields that show less than there is."""
    return tuple(name for name in ("a_phone", "b_phone") if getattr(agreement, name))


def _day(day: date | None) -> str:
    return "" if day is None else paper_day(day)
