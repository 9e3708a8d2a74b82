"""What is asked before somebody claims a post, is planned, moved or taken off, or a post closes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.clock_text import clock_words
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.rules.claim import Claim
from desktop_app.ledgers.posts.rules.claim_steps import PostFull
from desktop_app.ledgers.posts.rules.pattern import Clock
from desktop_app.ledgers.posts.rules.shift import Shift
from desktop_app.ledgers.posts.rules.shift_entry import Clash, ShiftForm
from desktop_app.registers.volunteers.ui.finders import VolunteerFinder
from desktop_app.registers.volunteers.ui.sheets import Asking
from desktop_app.storage.session import Desk
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.time_input import TimeInput
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import DateInput

WAIT = "登记为候补"
_WAY_ON = "再按一次 Ctrl+Enter 登记为候补，有人退出时按先后递补。"


class PeopleFinder(VolunteerFinder):
    """Finds volunteers; as long as nothing is typed, offers those who are on the post."""

    rows_seen = 3

    def __init__(
        self, desk: Desk, parent: QWidget, first: Sequence[LineItem], but: Collection[Uid]
    ) -> None:
        self._first = first
        super().__init__("志愿者", desk, parent, but=but, present=True)

    def lines(self, text: str) -> Sequence[LineItem]:
        return super().lines(text) if text else self._first


class ClaimSheet(Asking):
    """Who claims a post; where it is full, whether to wait in line."""

    def __init__(self, parent: QWidget, desk: Desk, post: tuple[Uid, str], told: str) -> None:
        self._post, name = post
        super().__init__(parent, desk, "登记认领", f"{name}\n{told}", "登记")
        self._waiting = False
        self.finder = PeopleFinder(desk, self, (), ())
        self.put("volunteer", "谁来认领", self.finder, "W")
        self.wire(self.body)

    def save(self) -> Changed[Claim]:
        who = _picked(self.finder)
        try:
            return service.claim(self._desk, self._post, who, waiting=self._waiting)
        except PostFull as full:
            self._waiting = True
            yes = self.button("yes")
            yes.setText(f"{WAIT}  Ctrl+Enter")
            yes.setAccessibleName(WAIT)
            raise UserError(full.sentence, _WAY_ON) from full


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is planned: the post, the day, the hours where it has its own."""

    post: Uid
    name: str
    day: date
    starts: Clock | None
    ends: Clock | None
    told: str


class DutySheet(Asking):
    """A sheet with hours, and the reason why somebody may be at two places, asked when needed."""

    _why: LabelledField

    def put_hours(self, place: Place) -> None:
        """From when to when, side by side."""
        row = QHBoxLayout()
        row.setSpacing(SPACE.large)
        for name, label, key, clock in (
            ("starts", "几点到岗", "K", place.starts),
            ("ends", "几点结束", "J", place.ends),
        ):
            editor = TimeInput(self, usual=clock or (19, 0))
            editor.set_value("" if clock is None else clock_words(clock))
            row.addWidget(self.add_field(name, LabelledField(label, editor, self, key=key)))
        self.body.addLayout(row)

    def put_reason(self) -> None:
        """Hidden until it is needed."""
        editor = LineInput(self, placeholder="如：两个岗位相邻，本人同意")
        self._why = LabelledField("为什么仍然这样排", editor, self, key="Y")
        self.body.addWidget(self.add_field("override", self._why))
        self._why.hide()

    def clock(self, name: str) -> Clock | None:
        """The hour in a field; a `UserError` when what stands there is none."""
        editor = self.fields[name].editor
        assert isinstance(editor, TimeInput)
        if editor.value() and editor.time() is None:
            raise UserError("这不是一个时间，没有保存。", "请写成 19:00 的样子。", field=name)
        return editor.time()

    def reason(self) -> str:
        """Nothing unless it was asked for."""
        editor: Any = self._why.editor
        return "" if self._why.isHidden() else str(editor.value())

    def asking(self, save: Callable[[], Changed[Shift]]) -> Changed[Shift]:
        """Save; when the person is elsewhere then, ask why that may be."""
        try:
            return save()
        except Clash:
            self._why.show()
            raise


class AssignSheet(DutySheet):
    """Who is on duty in a cell of the roster."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        place: Place,
        on_post: Sequence[LineItem],
        there: Collection[Uid],
    ) -> None:
        super().__init__(parent, desk, "排班", place.told, "排班")
        self._place = place
        self.finder = PeopleFinder(desk, self, on_post, there)
        self.put("volunteer", "谁来值班", self.finder, "W")
        self.put_hours(place)
        self.put_reason()
        self.wire(self.body)

    def save(self) -> Changed[Shift]:
        form = ShiftForm(
            post=self._place.post,
            volunteer=_picked(self.finder),
            day=self._place.day,
            starts=self.clock("starts"),
            ends=self.clock("ends"),
            override=self.reason(),
        )
        return self.asking(lambda: service.plan(self._desk, form))


class MoveSheet(DutySheet):
    """Another day, other hours or another person for a shift."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        shift: tuple[Uid, int],
        place: Place,
        on_post: Sequence[LineItem],
    ) -> None:
        super().__init__(parent, desk, "调班", place.told, "调班")
        self._uid, self._revision = shift
        self.day("day", "改到哪一天")
        editor = self.fields["day"].editor
        assert isinstance(editor, DateInput)
        editor.set_day(place.day)
        self.put_hours(place)
        self.finder = PeopleFinder(desk, self, on_post, ())
        self.put("volunteer", "换谁来（不换就不选）", self.finder, "W", optional=True)
        self.put_reason()
        self.wire(self.body)

    def save(self) -> Changed[Shift]:
        form = ShiftForm(
            volunteer=self.finder.value(),
            day=self.day_of("day"),
            starts=self.clock("starts"),
            ends=self.clock("ends"),
            override=self.reason(),
        )
        return self.asking(lambda: service.move(self._desk, self._uid, self._revision, form))


class WhySheet(Asking):
    """One line that says why, then a step of the service."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        title: str,
        told: str,
        asked: tuple[str, str],
        call: Callable[[str], Changed[Any]],
    ) -> None:
        super().__init__(parent, desk, title, told, title)
        label, hint = asked
        self._call = call
        self._words = self.line("words", label, hint, "Y")
        self.wire(self.body)

    def save(self) -> Changed[Any]:
        return self._call(self._words.value())


def _picked(finder: VolunteerFinder) -> Uid:
    found = finder.value()
    if found is None:
        raise UserError(
            "还没有选志愿者，没有保存。", "请输入姓名或编号，用上下键选一人。", field="volunteer"
        )
    return found
