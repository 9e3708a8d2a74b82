"""The sheets of the section 地点: another name, the last day, a link and the end of a link.

They only ask; `deeds` does the work off the window's thread and tells them how it went.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import Uid
from desktop_app.registers.places.outline import Offer
from desktop_app.registers.places.rules import Place
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.value_inputs import DateInput

PICK = "名称的一部分或首字母"


class _DaySheet(FormSheet):
    """A sheet that asks for a day, which is today unless somebody says otherwise."""

    day: DateInput
    day_field: str

    def check(self) -> Mapping[str, str]:
        if not self.day.value():
            return {self.day_field: f"还没有填写{self.fields[self.day_field].label}。"}
        words = self.day.problem()
        return {self.day_field: words} if words else {}

    def chosen_day(self) -> date:
        """The day that was entered."""
        day = self.day.day()
        assert day is not None
        return day


class PickField(LabelledField):
    """One place out of many. What was typed and is none of them is told, never passed over."""

    def __init__(
        self, label: str, offers: Sequence[Offer], parent: QWidget, *, key: str, optional: bool
    ) -> None:
        self.box = ChoiceBox(place_choices(offers), parent, placeholder=PICK)
        super().__init__(label, self.box, parent, key=key, optional=optional)
        self._refused = ""
        self.box.refused.connect(self._remember)

    def refusal(self) -> str:
        """What the box did not take since it was last asked; asking once settles what is typed."""
        self.box.settle()
        words, self._refused = self._refused, ""
        return words

    def uid(self) -> Uid | None:
        """The place chosen, or None."""
        chosen = self.box.value()
        return chosen if isinstance(chosen, Uid) else None

    @Slot(object)
    def _remember(self, words: str) -> None:
        self._refused = words


class RenameSheet(_DaySheet):
    """A name that counts from a day on."""

    day_field = "since"

    def __init__(self, parent: QWidget, place: Place, today: date) -> None:
        self.name = LineInput()
        self.name.set_value(place.name)
        self.name.selectAll()
        self.day = _day(today)
        fields = {
            "names": LabelledField("新名称", self.name, parent, key="N"),
            "since": LabelledField("启用日期", self.day, parent, key="S"),
        }
        words = f"启用日期以前的登记仍写“{place.name}”，从这一天起写新名称。"
        super().__init__(parent, f"“{place.name}”改名", words, fields, "改名")
        self._before = place.name

    def check(self) -> Mapping[str, str]:
        if self.name.value() == self._before:
            return {"names": "名称没有变。请填写新名称。"}
        return super().check()


class CloseSheet(_DaySheet):
    """The last day of a place, and which one takes over."""

    day_field = "until"

    def __init__(
        self, parent: QWidget, place: Place, today: date, heirs: Sequence[Offer], below: int
    ) -> None:
        self.day = _day(today)
        self.heir = PickField("承接地点", heirs, parent, key="C", optional=True)
        self.heir.set_hint(
            f"并入别的{place.kind.label}时选它；只是撤销就留空。"
            if heirs
            else f"没有别的{place.kind.label}可以承接。"
        )
        self.heir.setEnabled(bool(heirs))
        until = LabelledField(
            "截止日期", self.day, parent, key="U", hint="它存在的最后一天，从第二天起不再可选。"
        )
        fields = {"until": until, "successor": self.heir}
        super().__init__(parent, f"撤销或并入“{place.name}”", _told(place, below), fields, "撤销")
        self.heir.box.changed.connect(self._name_the_deed)

    def check(self) -> Mapping[str, str]:
        words = self.heir.refusal()
        return {**super().check(), **({"successor": words} if words else {})}

    @Slot()
    def _name_the_deed(self) -> None:
        self._verb = "撤销" if self.heir.uid() is None else "并入"
        self.button("yes").setText(self._verb)


class LinkSheet(FormSheet):
    """Another place that belongs together with this one."""

    def __init__(self, parent: QWidget, place: Place, today: date, others: Sequence[Offer]) -> None:
        self.other = PickField("关联地点", others, parent, key="O", optional=False)
        self.day = _day(today, empty=True)
        self.remark = LineInput()
        fields = {
            "other": self.other,
            "since": LabelledField(
                "起始日期", self.day, parent, key="S", optional=True, hint="不清楚可不填。"
            ),
            "remark": LabelledField("备注", self.remark, parent, key="B", optional=True),
        }
        words = "站点、小区、党支部、网格等不同类的地点可以关联，不分先后。"
        super().__init__(parent, f"给“{place.name}”新增关联", words, fields, "关联")

    def check(self) -> Mapping[str, str]:
        words = self.other.refusal()
        if not words and self.other.uid() is None:
            words = "还没有选关联的地点。"
        wrong = {"other": words} if words else {}
        day = self.day.problem()
        return {**wrong, **({"since": day} if day else {})}


class UnlinkSheet(_DaySheet):
    """The last day of a link."""

    day_field = "until"

    def __init__(self, parent: QWidget, place: str, other: str, today: date) -> None:
        self.day = _day(today)
        until = LabelledField(
            "截止日期", self.day, parent, key="U", hint="关联的最后一天，以前的仍可查看。"
        )
        title = f"解除“{place}”和“{other}”的关联"
        super().__init__(parent, title, "", {"until": until}, "解除")


def place_choices(offers: Sequence[Offer]) -> list[Choice]:
    """Places as choices of a box."""
    return [Choice(one.uid, one.label, search=one.found_by) for one in offers]


def _day(today: date, *, empty: bool = False) -> DateInput:
    line = DateInput(lambda: today)
    if not empty:
        line.set_day(today)
    return line


def _told(place: Place, below: int) -> str:
    kept = "以前的登记和档案不受影响，仍写这个地点。"
    if not below:
        return kept
    return f"{kept}它下面现有 {below} 个地点，以后归入承接地点；不选承接地点，就没有上级了。"
