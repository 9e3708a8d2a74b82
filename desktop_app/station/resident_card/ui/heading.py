"""The head of a resident's page: who it is, the marks one must see, and what can be done."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.rights import Actor, Right
from desktop_app.registers.residents.rules import GUARDIAN_AGE, PartyKind, age_on
from desktop_app.registers.residents.ui.table import CHANGE, KEYS, MERGE, REGISTER
from desktop_app.station.resident_card.service import ResidentView
from desktop_app.widgets.chips import Chip, ChipText
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import PageTitle, plain_button
from desktop_app.widgets.tokens import SPACE

OWN_COPY, ERASE, BACK, VOLUNTEER = "own_copy", "erase", "back", "volunteer"
ALL_KEYS = {**KEYS, VOLUNTEER: "Z", OWN_COPY: "Y", ERASE: "Del"}
ENLIST, THE_VOLUNTEER = "登记为志愿者", "志愿者档案"
_VERBS = (
    (CHANGE, "修改", "pencil"),
    (VOLUNTEER, ENLIST, "heart-handshake"),
    (MERGE, "合并", "copy"),
    (OWN_COPY, "本人查阅", "file-text"),
    (ERASE, "删除", "trash-2"),
)


class Heading(QWidget):
    """`wanted` carries what is to be done: REGISTER, CHANGE, VOLUNTEER, MERGE, OWN_COPY,
    ERASE or BACK."""

    wanted = Signal(object)

    def __init__(self, actor: Actor, parent: QWidget, *, at_street: bool = False) -> None:
        super().__init__(parent)
        self.title = PageTitle("居民档案", self, action="登记来访", icon_name="concierge-bell")
        self.title.action.setText(f"登记来访  {KEYS[REGISTER]}")
        self.title.action.clicked.connect(partial(self.wanted.emit, REGISTER))
        self.back = plain_button("返回", self, icon_name="chevron-left")
        self.back.setProperty("role", "plain")
        self.back.setToolTip("返回（Esc）")
        self.back.clicked.connect(partial(self.wanted.emit, BACK))
        self.buttons = {name: self._button(name, verb, icon) for name, verb, icon in _VERBS}
        self._chips: list[Chip] = []
        self._marks = QHBoxLayout()
        self._marks.setSpacing(SPACE.small)
        self._lay_out()
        self._offer(actor)
        if at_street:
            # The file is a station's; who wants to see the own data asks there.
            self.buttons[OWN_COPY].hide()
            self.buttons[VOLUNTEER].hide()

    @property
    def marks(self) -> tuple[str, ...]:
        """The words of the chips."""
        return tuple(chip.accessibleName() for chip in self._chips)

    def show_view(self, view: ResidentView, today: date) -> None:
        """Show who it is; who is a volunteer is not made one again but found."""
        resident = view.card.resident
        verb = ENLIST if view.volunteer is None else THE_VOLUNTEER
        self.buttons[VOLUNTEER].setText(verb)
        self.buttons[VOLUNTEER].setToolTip(f"{verb}（{ALL_KEYS[VOLUNTEER]}）")
        self.title.set_title(resident.name, resident.number)
        for chip in self._chips:
            self._marks.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [Chip(text, self) for text in marks_of(view, today)]
        for chip in self._chips:
            self._marks.addWidget(chip)

    def _button(self, name: str, verb: str, picture: str) -> QPushButton:
        button = plain_button(verb, self, icon_name=picture)
        button.setToolTip(f"{verb}（{ALL_KEYS[name]}）")
        button.clicked.connect(partial(self.wanted.emit, name))
        return button

    def _lay_out(self) -> None:
        deeds = QWidget(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        deeds.setSizePolicy(policy)
        flow = FlowLayout(deeds, gap=SPACE.small)
        for button in self.buttons.values():
            flow.addWidget(button)
        title = self.title.layout()
        assert isinstance(title, QHBoxLayout)
        title.insertWidget(0, self.back)
        second = QHBoxLayout()
        second.setSpacing(SPACE.large)
        second.addLayout(self._marks)
        second.addStretch(1)
        second.addWidget(deeds)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.title)
        column.addLayout(second)

    def _offer(self, actor: Actor) -> None:
        """Hide what would be refused."""
        may_register = actor.may(Right.REGISTER)
        self.title.action.setVisible(may_register)
        self.buttons[CHANGE].setVisible(may_register and actor.may(Right.REVEAL))
        self.buttons[VOLUNTEER].setVisible(actor.may(Right.HANDLE))
        self.buttons[MERGE].setVisible(actor.may(Right.MERGE))
        self.buttons[OWN_COPY].setVisible(actor.may(Right.EXPORT) and actor.may(Right.REVEAL))
        self.buttons[ERASE].setVisible(actor.may(Right.ERASE))


def marks_of(view: ResidentView, today: date) -> list[ChipText]:
    """What a clerk must see at once: a party member, a child, what was told, merged files."""
    resident, birth = view.card.resident, view.card.line.birth
    marks = []
    if resident.party is not PartyKind.NONE:
        marks.append(ChipText(resident.party.label, "quiet", "star"))
    if birth is not None and age_on(birth, today) < GUARDIAN_AGE:
        marks.append(ChipText(f"未满{GUARDIAN_AGE}周岁", "warn", "shield-check"))
    if resident.consent is None:
        marks.append(ChipText("未告知", "warn", "info"))
    else:
        marks.append(ChipText(resident.consent.basis.label, "ok"))
    if view.card.merged:
        marks.append(ChipText(f"已并入{len(view.card.merged)}份", "quiet", "copy"))
    return marks
