"""The fields of one place, in the order in which one says them: what, called what, where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.core.errors import Fault, InvalidInput
from desktop_app.core.ids import Uid
from desktop_app.registers.places.outline import Offer
from desktop_app.registers.places.rules import (
    NEEDS_PARENT,
    PARENTS,
    CompoundType,
    Place,
    PlaceKind,
)
from desktop_app.registers.places.ui.sheets import PICK, place_choices
from desktop_app.widgets.choices import Choice, ChoiceBar, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import Card, field_row, focus_order
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.value_inputs import DateInput

UNSURE = "不清楚"
CORRECT_ONLY = "这里只改错字。换了新名称请用“改名”，旧登记保留旧名称。"
OFFICIAL = "12 位统计用区划代码，不清楚可留空。"
OWN = "本站自编，可留空。"
_OFFICIAL_KINDS = (PlaceKind.STREET, PlaceKind.COMMUNITY)
_ALIAS = {"names": "name"}


class _CodeOffer(QPushButton):
    """Puts a free code into the line when pressed; not there without one."""

    def __init__(self, line: LineInput, parent: QWidget) -> None:
        super().__init__(parent)
        self._line, self._code = line, ""
        self.hide()
        self.clicked.connect(self._take)

    def offer(self, code: str) -> None:
        """Offer this code; an empty one offers nothing."""
        self._code = code
        self.setText(f"用建议编码 {code}")
        self.setVisible(bool(code))

    @Slot()
    def _take(self) -> None:
        self._line.set_value(self._code)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)


class PlaceFields(Card):
    """Holds what is typed until it is asked for; what lies where is told to it.

    `placed` follows a change of the kind or of the place above, `entered` is Enter in the last
    field. `suggest` answers a free code below a place, or an empty text; `guess` where a new place
    of a kind most likely lies.
    """

    placed = Signal()

    def __init__(
        self,
        today: date,
        suggest: Callable[[Uid], str],
        guess: Callable[[PlaceKind], Uid | None],
        parent: QWidget,
    ) -> None:
        super().__init__("", parent)
        self._today, self._suggest, self._guess = today, suggest, guess
        self._offers: tuple[Offer, ...] = ()
        self._shown: dict[str, Any] = {}
        self._shown_texts: tuple[str, ...] = ()
        self._is_new = True
        self._kept: Uid | None = None
        self.fields = self._make()
        self.use_code = _CodeOffer(self.code, self)
        self._lay_out()
        self.kind.changed.connect(self._kind_changed)
        self.parent_box.changed.connect(self._offer_code)
        self.parent_box.changed.connect(self.placed)
        self.code.changed.connect(self._offer_code)

    # --- shown and asked for --------------------------------------------------------------------

    def show_new(
        self, kind: PlaceKind, parent: Uid | None, name: str = "", sort: CompoundType | None = None
    ) -> None:
        """Empty the fields for a new place; `name` is a guess that typing replaces."""
        self._is_new, self._kept = True, None
        self._put({"kind": kind, "parent": parent, "name": name, "compound_type": sort})
        self.name.selectAll()

    def show_place(self, place: Place) -> None:
        """Fill the fields with a place."""
        self._is_new, self._kept = False, place.parent
        self._put({**{key: getattr(place, key) for key in _KEYS}, "name": place.name})

    def adopt(self, place: Place) -> None:
        """Take over what else happened to the place; what was typed meanwhile stays typed."""
        typed = {key: value for key, value in self.values().items() if value != self._shown[key]}
        self.show_place(place)
        for key, value in typed.items():
            _set(self.fields[key].editor, value)

    def set_offers(self, offers: tuple[Offer, ...]) -> None:
        """What there is to lie in; what is chosen stays chosen."""
        if offers != self._offers:
            # Choices that come anew take half a word typed in the box away.
            self._offers = offers
            self._offer_parents()

    @property
    def is_touched(self) -> bool:
        """Whether something was typed that would be lost, if only half a word in the box."""
        return self.values() != self._shown or self._texts != self._shown_texts

    @property
    def chosen_kind(self) -> PlaceKind:
        """The kind of the place; the bar always has one."""
        kind = self.kind.value()
        assert isinstance(kind, PlaceKind)
        return kind

    @property
    def chosen_parent(self) -> Uid | None:
        """What the place lies in."""
        parent = self.parent_box.value()
        return parent if isinstance(parent, Uid) else None

    def values(self) -> dict[str, Any]:
        """What is entered, by attribute of `Place`; `name` for the latest of its names."""
        sort = self.sort.value()
        is_compound = self.chosen_kind is PlaceKind.COMPOUND
        return {
            "kind": self.chosen_kind,
            "name": self.name.value(),
            "parent": self.chosen_parent,
            "compound_type": sort if is_compound and isinstance(sort, CompoundType) else None,
            "code": self.code.value(),
            "since": self.since.day(),
            "remark": self.remark.value(),
        }

    def problems(self) -> bool:
        """Whether something cannot be read; said beside its field."""
        self.fields["parent"].clear_problem()
        self.parent_box.settle()
        self.fields["since"].set_problem(self.since.problem())
        wrong = [field for field in self.fields.values() if field.problem]
        for field in wrong[:1]:
            field.go()
        return bool(wrong)

    def show_fault(self, fault: Fault) -> bool:
        """Put each sentence beside its field; False when none of them has one here."""
        problems = fault.problems if isinstance(fault, InvalidInput) else [fault]
        told = {_ALIAS.get(one.field or "", one.field): one for one in problems}
        seen = [name for name in self.fields if name in told]
        for name in reversed(seen):
            self.fields[name].set_problem(told[name].words)
            self.fields[name].go()
        return bool(seen)

    @property
    def _texts(self) -> tuple[str, ...]:
        return (self.since.value(), self.parent_box.currentText())

    # --- inside ---------------------------------------------------------------------------------

    @Slot()
    def _kind_changed(self) -> None:
        self._offer_parents()
        if self._is_new and self.chosen_parent is None:
            self.parent_box.set_value(self._guess(self.chosen_kind))
        self._fit_kind()
        self.placed.emit()

    def _fit_kind(self) -> None:
        kind = self.chosen_kind
        fields = self.fields
        fields["kind"].setVisible(self._is_new)
        fields["parent"].setVisible(bool(PARENTS[kind]))
        fields["parent"].set_label("所在" + "或".join(_labels(PARENTS[kind])))
        fields["parent"].set_optional(kind not in NEEDS_PARENT)
        fields["compound_type"].setVisible(kind is PlaceKind.COMPOUND)
        fields["name"].set_hint("" if self._is_new else CORRECT_ONLY)
        fields["code"].set_hint(OFFICIAL if kind in _OFFICIAL_KINDS else OWN)
        fields["code"].clear_problem()
        self._offer_code()

    def _offer_parents(self) -> None:
        allowed = PARENTS[self.chosen_kind]
        some = [one for one in self._offers if one.kind in allowed]
        self.parent_box.set_choices(
            place_choices([one for one in some if not one.ended or one.uid == self._kept])
        )

    @Slot()
    def _offer_code(self) -> None:
        above, code = self.chosen_parent, ""
        if above is not None and not self.code.value() and self.isEnabled():
            code = "" if self.chosen_kind in _OFFICIAL_KINDS else self._suggest(above)
        self.use_code.offer(code)

    @Slot()
    def _go_on(self) -> None:
        at: QWidget = self.focusWidget()
        fields = [field for field in self.fields.values() if field.isVisible()]
        for field, after in pairwise(fields):
            inside = field.editor is at or field.editor.isAncestorOf(at)
            # What the box did not take is told there; going on would leave it behind.
            if inside and not field.problem:
                after.go()
                return

    def _put(self, values: Mapping[str, Any]) -> None:
        self.kind.blockSignals(True)
        self.kind.set_value(values["kind"])
        self.kind.blockSignals(False)
        self._offer_parents()
        for name, field in self.fields.items():
            field.clear_problem()
            if name != "kind":
                _set(field.editor, values.get(name))
        self._fit_kind()
        self._shown, self._shown_texts = self.values(), self._texts
        self.placed.emit()

    def _make(self) -> dict[str, LabelledField]:
        self.kind = ChoiceBar(_kinds(), self, value=PlaceKind.COMPOUND)
        self.name = LineInput(self)
        self.parent_box = ChoiceBox((), self, placeholder=PICK)
        self.sort = ChoiceBar(_sorts(), self, value=UNSURE)
        self.code = LineInput(self, chinese=False)
        self.since = DateInput(lambda: self._today, self)
        self.remark = TextInput(self)
        line = self.parent_box.lineEdit()
        assert isinstance(line, LineInput)
        for editor in (self.kind, self.name, line, self.sort, self.code, self.since):
            editor.submitted.connect(self._go_on)
        needed = {"kind": ("类别", self.kind), "name": ("名称", self.name)}
        optional = {"code": ("编码", self.code), "since": ("起始日期", self.since)}
        made = {key: LabelledField(*of, self, key=key[0]) for key, of in needed.items()}
        made["parent"] = LabelledField("上级", self.parent_box, self, key="P")
        made["compound_type"] = LabelledField("小区类型", self.sort, self, key="T")
        for key, of in {**optional, "remark": ("备注", self.remark)}.items():
            made[key] = LabelledField(*of, self, key=key[0], optional=True)
        made["since"].set_hint("不清楚可不填。")
        return made

    def _lay_out(self) -> None:
        for name in ("kind", "name", "parent", "compound_type"):
            self.body.addWidget(self.fields[name])
        self.body.addLayout(field_row([self.fields["code"], self.fields["since"]]))
        self.body.addWidget(self.use_code, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.fields["remark"])
        first = ("kind", "name", "parent", "compound_type", "code")
        after = (self.use_code, self.fields["since"], self.fields["remark"])
        focus_order([*(self.fields[name] for name in first), *after])


_KEYS = ("kind", "parent", "compound_type", "code", "since", "remark")


def _kinds() -> list[Choice]:
    return [
        Choice(kind, kind.label, str(number % 10)) for number, kind in enumerate(PlaceKind, start=1)
    ]


def _sorts() -> list[Choice]:
    known = [Choice(sort, sort.label, str(at)) for at, sort in enumerate(CompoundType, start=1)]
    return [*known, Choice(UNSURE, UNSURE, str(len(known) + 1))]


def _labels(kinds: frozenset[PlaceKind]) -> list[str]:
    return [kind.label for kind in PlaceKind if kind in kinds]


def _set(editor: QWidget, value: Any) -> None:
    if isinstance(editor, DateInput):
        editor.set_day(value)
    elif isinstance(editor, ChoiceBar):
        editor.set_value(UNSURE if value is None else value)
    elif isinstance(editor, ChoiceBox):
        editor.set_value(value)
    elif isinstance(editor, LineInput | TextInput):
        editor.set_value(value or "")
