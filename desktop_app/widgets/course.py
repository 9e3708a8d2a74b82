"""The course of a record: every step with who, when, what was said and its photos, the latest on
top. A photo opens by click or Enter; to a step of one's own photos can be added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from desktop_app.core.photos import Photo
from desktop_app.widgets.enter_key import EnterKey
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import Card
from desktop_app.widgets.icons import icon
from desktop_app.widgets.photo_thumb import PhotoThumb
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_SPOT = "spot"
_LINES = 4
"""Rows of the grid that one step takes: its head, words, photos, and the air below."""


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One step in words: what was done, when, by whom, what was said; `tone` colours its icon.

    `photos` are those that belong to it; `may_add`: whoever sits here may add some. `inner`: it is
    a part of the step above it, and stands further in.
    """

    done: str
    when: str
    who: str
    words: str = ""
    icon: str = "circle"
    tone: str = "quiet"
    photos: tuple[Photo, ...] = ()
    may_add: bool = False
    inner: bool = False

    @property
    def read_out(self) -> str:
        """The step as one sentence."""
        shown = f"{len(self.photos)} 张照片" if self.photos else ""
        return " ".join(
            part for part in (self.when, self.done, self.who, self.words, shown) if part
        )


class CourseCard(Card):
    """The steps of one record. `show_course` replaces them; without any the card goes out of sight,
    as at a street, where they never came.

    `opened` carries the SHA-256 of a photo, `add_wanted` the number of a step, counted from 1.
    """

    opened = Signal(str)
    add_wanted = Signal(int)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._rows: QWidget | None = None
        self._steps: tuple[str, ...] = ()
        self._pictures: dict[str, QImage | None] = {}
        self.thumbs: list[tuple[str, PhotoThumb]] = []
        self.adders: dict[int, QToolButton] = {}

    @property
    def steps(self) -> tuple[str, ...]:
        """Each step as it is read out, the latest first."""
        return self._steps

    def show_course(self, steps: Sequence[CourseStep]) -> None:
        """Show these steps; they come in the order in which they were taken."""
        spot = self._forget_rows()
        rows = self._rows = QWidget(self)
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE.medium)
        grid.setVerticalSpacing(SPACE.hair)
        grid.setColumnStretch(1, 1)
        keys = EnterKey(rows)
        latest_first = list(reversed(list(enumerate(steps, start=1))))
        for place, (number, step) in enumerate(latest_first):
            head = _add_step(grid, _LINES * place, step, rows)
            if step.may_add:
                self._offer_adding(head, number, step, keys)
            if step.photos:
                grid.addWidget(self._shown(number, step, keys), _LINES * place + 2, 1, 1, 2)
        self._steps = tuple(step.read_out for _number, step in latest_first)
        rows.setAccessibleName("；".join(self._steps))
        self.body.addWidget(rows)
        self.setVisible(bool(steps))
        self._go_to(spot)

    @Slot(object)
    def show_pictures(self, pictures: Mapping[str, QImage | None]) -> None:
        """Small pictures of photos by SHA-256; None for one that cannot be read."""
        self._pictures.update(pictures)
        for sha256, thumb in self.thumbs:
            if sha256 in pictures:
                thumb.show_picture(pictures[sha256])

    # --- inside --------------------------------------------------------------------------------

    def _forget_rows(self) -> str:
        """Take the steps off; answers where the keyboard was among them."""
        self.thumbs, self.adders = [], {}
        if self._rows is None:
            return ""
        focused = QApplication.focusWidget()
        inside = focused is not None and self._rows.isAncestorOf(focused)
        spot = str(focused.property(_SPOT) or "") if focused is not None and inside else ""
        self.body.removeWidget(self._rows)
        self._rows.hide()
        self._rows.deleteLater()
        return spot

    def _go_to(self, spot: str) -> None:
        buttons: list[QAbstractButton] = [thumb for _sha, thumb in self.thumbs]
        for button in (*buttons, *self.adders.values()):
            if spot and button.property(_SPOT) == spot:
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_adding(
        self, head: QHBoxLayout, number: int, step: CourseStep, keys: EnterKey
    ) -> None:
        assert self._rows is not None, "show_course makes them first"
        button = QToolButton(self._rows)
        side = theme_of().metrics.small_icon
        button.setIcon(icon("image-plus", "quiet", side))
        button.setAutoRaise(True)
        button.setIconSize(QSize(side, side))
        button.setFixedSize(side + SPACE.medium, side + SPACE.small)
        button.setStyleSheet("QToolButton, QToolButton:focus { padding: 0; }")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        told = f"给“{step.done}”添加照片"
        button.setToolTip(told)
        button.setAccessibleName(f"{told} {step.when}")
        button.setProperty(_SPOT, f"add {number}")
        button.clicked.connect(partial(self.add_wanted.emit, number))
        keys.look_after(button)
        self.adders[number] = button
        head.insertWidget(1, button)

    def _shown(self, number: int, step: CourseStep, keys: EnterKey) -> QWidget:
        shown = QWidget(self._rows)
        flow = FlowLayout(shown, gap=SPACE.small)
        for place, photo in enumerate(step.photos, start=1):
            told = f"{step.done}的照片 {place} / {len(step.photos)}　{photo.caption}".strip()
            thumb = PhotoThumb(told, shown)
            thumb.setProperty(_SPOT, f"photo {photo.sha256}")
            if photo.sha256 in self._pictures:
                thumb.show_picture(self._pictures[photo.sha256])
            thumb.clicked.connect(partial(self.opened.emit, photo.sha256))
            keys.look_after(thumb)
            self.thumbs.append((photo.sha256, thumb))
            flow.addWidget(thumb)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        shown.setSizePolicy(policy)
        shown.setContentsMargins(0, SPACE.hair, 0, SPACE.hair)
        return shown


def _add_step(grid: QGridLayout, row: int, step: CourseStep, parent: QWidget) -> QHBoxLayout:
    """Answers the line of what was done."""
    side = theme_of().metrics.small_icon + 2
    picture = QLabel(parent)
    picture.setPixmap(icon(step.icon, step.tone).pixmap(side, side))
    head = QHBoxLayout()
    head.setSpacing(SPACE.hair)
    if step.inner:
        head.addWidget(picture)
        head.addSpacing(SPACE.hair)
    else:
        grid.addWidget(picture, row, 0)
    head.addWidget(_label(step.done, "bold", parent))
    head.addStretch(1)
    grid.addLayout(head, row, 1)
    when = _label("　".join(filter(None, (step.when, step.who))), "small", parent)
    grid.addWidget(when, row, 2, Qt.AlignmentFlag.AlignRight)
    if step.words:
        words = _label(step.words, "", parent)
        words.setContentsMargins(side + 2 * SPACE.hair if step.inner else 0, 0, 0, 0)
        grid.addWidget(words, row + 1, 1, 1, 2)
    grid.setRowMinimumHeight(row + _LINES - 1, SPACE.small)
    return head


def _label(words: str, role: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role == "")
    label.setProperty("role", role)
    return label
