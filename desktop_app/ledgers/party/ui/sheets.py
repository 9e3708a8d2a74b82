"""What the single steps of a 报到 ask for before they are taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.hours import hours_words
from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period, PeriodKind, parse_period, period_of
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.wording import paper_day
from desktop_app.ledgers.party import service
from desktop_app.ledgers.party.rules.member import (
    MOST_MINUTES,
    MOST_TIMES,
    MemberAction,
    PartyMember,
    Pledge,
)
from desktop_app.ledgers.party.ui.looks import pledges_for, quarter_words
from desktop_app.registers.volunteers.ui.sheets import Asking
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar, ChoiceBox
from desktop_app.widgets.value_inputs import DateInput, NumberInput

_A = MemberAction
_QUARTERS = 5
_SHORT = 24
_RATINGS = tuple(
    Choice(one, one.label, str(number)) for number, one in enumerate(Satisfaction, start=1)
)


@dataclass(frozen=True, slots=True)
class Served:
    """What somebody served in a quarter, as its sheet proposes it."""

    minutes: int
    times: int


ServedIn = Callable[[Uid, Period], Served | None]
"""Reads that of a resident's file; None where nobody knows."""


class StepSheet(Asking):
    """A sheet about one 报到. `name` is the person's."""

    def __init__(
        self, parent: QWidget, desk: Desk, member: PartyMember, name: str, title: str, told: str
    ) -> None:
        who = "　".join(filter(None, (name, member.number)))
        super().__init__(parent, desk, title, "\n".join(filter(None, (who, told))), title)
        self._member = member

    @property
    def seen(self) -> tuple[Uid, int]:
        return self._member.uid, self._member.revision

    def ask_pledge(self, action: MemberAction) -> None:
        """Which promise; the newest that is still open is proposed."""
        found = pledges_for(self._member, action)
        choices = [Choice(one.uid, pledge_words(one)) for one in found]
        self.pledge = ChoiceBox(choices, self, value=found[0].uid if found else None)
        self.put("pledge", "哪条承诺", self.pledge, "C")

    def pledge_chosen(self) -> Uid:
        self.pledge.settle()
        found = self.pledge.value()
        if not isinstance(found, Uid):
            raise UserError("还没有选承诺。", "请用上下键选一条。", field="pledge")
        return found


class ShowSheet(StepSheet):
    """How and when the member showed who he is."""

    def __init__(self, parent: QWidget, desk: Desk, member: PartyMember, name: str) -> None:
        super().__init__(parent, desk, member, name, "亮身份", "")
        self._how = self.line(
            "shown_how", "怎样亮的", "如：楼道公示牌、佩戴党徽", "Y", optional=True
        )
        self._how.set_value(member.shown_how)
        day = self.day("day", "亮身份日期")
        if member.shown_on is not None:
            day.set_day(member.shown_on)
        self.wire(self.body)

    def save(self) -> Changed[PartyMember]:
        return service.show_identity(self._desk, *self.seen, self._how.value(), self.day_of("day"))


class PledgeSheet(StepSheet):
    """What is promised, since when and until when."""

    def __init__(self, parent: QWidget, desk: Desk, member: PartyMember, name: str) -> None:
        super().__init__(parent, desk, member, name, "作承诺", "")
        self._words = self.line("words", "承诺内容", "如：每月参加一次夜间巡逻", "N")
        self.day("day", "承诺日期")
        self.put("due", "完成期限", DateInput(self._today, self), "Q", optional=True)
        self.wire(self.body)

    def save(self) -> Changed[PartyMember]:
        words, due, day = self._words.value(), self.day_of("due"), self.day_of("day")
        return service.pledge(self._desk, *self.seen, words, due, day)


class DoneSheet(StepSheet):
    """What was done for which promise, and when."""

    def __init__(self, parent: QWidget, desk: Desk, member: PartyMember, name: str) -> None:
        super().__init__(parent, desk, member, name, "记践诺", "")
        self._words = self.line("words", "做了什么", "如：参加荷塘片区夜间巡逻", "N")
        self.ask_pledge(_A.DO)
        self.day("day", "践诺日期")
        self.wire(self.body)

    def save(self) -> Changed[PartyMember]:
        pledge, words, day = self.pledge_chosen(), self._words.value(), self.day_of("day")
        return service.done_for(self._desk, *self.seen, pledge, words, day)


class KeepSheet(StepSheet):
    """Which promise was kept."""

    def __init__(self, parent: QWidget, desk: Desk, member: PartyMember, name: str) -> None:
        told = "记过践诺的承诺可以完成；完成以后还可以接着记践诺、评价。"
        super().__init__(parent, desk, member, name, "完成承诺", told)
        self.ask_pledge(_A.KEEP)
        self.wire(self.body)

    def save(self) -> Changed[PartyMember]:
        return service.keep(self._desk, *self.seen, self.pledge_chosen())


class EndPledgeSheet(StepSheet):
    """Which promise is kept no longer, and why."""

    def __init__(self, parent: QWidget, desk: Desk, member: PartyMember, name: str) -> None:
        told = "已记的践诺和评价都保留。"
        super().__init__(parent, desk, member, name, "结束承诺", told)
        self._words = self.line("words", "结束的原因", "如：岗位已撤销", "Y")
        self.ask_pledge(_A.END_PLEDGE)
        self.wire(self.body)

    def save(self) -> Changed[PartyMember]:
        pledge = self.pledge_chosen()
        return service.end_pledge(self._desk, *self.seen, pledge, self._words.value())


class RateSheet(StepSheet):
    """How residents judge what was done for a promise."""

    def __init__(self, parent: QWidget, desk: Desk, member: PartyMember, name: str) -> None:
        told = "居民怎样评价；再评一次，以后一次为准。"
        super().__init__(parent, desk, member, name, "评价承诺", told)
        self._rating = ChoiceBar(_RATINGS, self)
        self.put("rating", "评价", self._rating, "P")
        self.ask_pledge(_A.RATE)
        self.wire(self.body)

    def save(self) -> Changed[PartyMember]:
        rating = self._rating.value()
        if not isinstance(rating, Satisfaction):
            raise UserError("还没有选评价。", "请按数字键选一项。", field="rating")
        return service.rate(self._desk, *self.seen, self.pledge_chosen(), rating)


class FeedbackSheet(StepSheet):
    """The sheet of a quarter: how long and how often, as it tells the unit.

    `proposed` are the minutes and times by quarter, where somebody knows.
    """

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        member: PartyMember,
        name: str,
        proposed: dict[str, Served],
    ) -> None:
        told = f"单位：{member.unit or '（未填）'}\n送出以前可以重做，以后一次为准。"
        super().__init__(parent, desk, member, name, "做反馈表", told)
        self._proposed = proposed
        quarters = quarters_to_tell(member, desk.today)
        choices = [Choice(one, quarter_words(one)) for one in quarters]
        self.quarter = ChoiceBox(choices, self, value=first_to_tell(member, quarters, desk.today))
        self.put("quarter", "季度", self.quarter, "J")
        self.times = NumberInput(self, least=0, most=MOST_TIMES, unit="次")
        self.put("times", "服务次数", self.times, "C")
        self.minutes = NumberInput(self, least=0, most=MOST_MINUTES, unit="分钟")
        self.put("minutes", "服务时长", self.minutes, "S")
        self.quarter.changed.connect(self._propose)
        self.minutes.changed.connect(self._say_hours)
        self._propose()
        self.wire(self.body)

    def save(self) -> Changed[PartyMember]:
        self.quarter.settle()
        quarter = self.quarter.value()
        if not isinstance(quarter, str):
            raise UserError("还没有选季度。", "请用上下键选一个。", field="quarter")
        minutes = self._number("minutes", self.minutes, "服务时长")
        times = self._number("times", self.times, "服务次数")
        return service.make_feedback(self._desk, *self.seen, quarter, minutes=minutes, times=times)

    def _number(self, name: str, editor: NumberInput, label: str) -> int:
        if problem := editor.problem():
            raise UserError(problem, field=name)
        found = editor.number()
        if found is None:
            raise UserError(f"还没有填{label}。", "一次也没有的填 0。", field=name)
        return found

    @Slot()
    def _propose(self) -> None:
        """What is known of the quarter: the sheet made before, else what was served or done."""
        quarter = self.quarter.value()
        if not isinstance(quarter, str):
            return
        before = self._member.feedback_on(quarter)
        known = self._proposed.get(quarter)
        if before is not None:
            self.minutes.set_number(before.minutes)
            self.times.set_number(before.times)
        elif known is not None:
            self.minutes.set_number(known.minutes)
            self.times.set_number(known.times)
        else:
            self.minutes.set_number(None)
            self.times.set_number(times_done(self._member, quarter) or None)
        self._say_hours()

    @Slot()
    def _say_hours(self) -> None:
        minutes = self.minutes.number()
        self.fields["minutes"].set_hint("" if minutes is None else hours_words(minutes))


class SentSheet(StepSheet):
    """When the sheet of a quarter went to the unit, and what the unit said."""

    def __init__(self, parent: QWidget, desk: Desk, member: PartyMember, name: str) -> None:
        told = f"单位：{member.unit or '（未填）'}\n单位回执可以以后再补。"
        super().__init__(parent, desk, member, name, "寄送签收", told)
        sheets = sorted(member.feedbacks, key=lambda one: (one.sent_on is not None, one.quarter))
        choices = [Choice(one.quarter, quarter_words(one.quarter)) for one in sheets]
        self.quarter = ChoiceBox(choices, self, value=sheets[0].quarter)
        self.put("quarter", "季度", self.quarter, "J")
        self._sent = self.day("sent_on", "送出日期")
        self._received = self.line(
            "received_words", "单位回执", "如：办公室已签收，评价良好", "H", optional=True
        )
        self.quarter.changed.connect(self._show_sheet)
        self._show_sheet()
        self.wire(self.body)

    def save(self) -> Changed[PartyMember]:
        self.quarter.settle()
        quarter = str(self.quarter.value() or "")
        received, day = self._received.value(), self.day_of("sent_on")
        return service.send_feedback(self._desk, *self.seen, quarter, received, day)

    @Slot()
    def _show_sheet(self) -> None:
        sheet = self._member.feedback_on(str(self.quarter.value() or ""))
        if sheet is not None:
            self._sent.set_day(sheet.sent_on or self._desk.today)
            self._received.set_value(sheet.received_words)


class LeaveSheet(StepSheet):
    """Why the member reports here no longer, and since when."""

    def __init__(self, parent: QWidget, desk: Desk, member: PartyMember, name: str) -> None:
        told = "承诺、践诺和反馈表都保留；以后可以重新报到。"
        super().__init__(parent, desk, member, name, "转出", told)
        self._words = self.line("words", "转出的原因", "如：工作调动", "Y")
        self.day("day", "从哪天起")
        self.wire(self.body)

    def save(self) -> Changed[PartyMember]:
        return service.leave(self._desk, *self.seen, self._words.value(), self.day_of("day"))


def pledge_words(pledge: Pledge) -> str:
    """A promise in one short line."""
    words = pledge.words or "（内容已删除）"
    short = words if len(words) <= _SHORT else f"{words[:_SHORT]}…"
    return f"{short}　{paper_day(pledge.day)}"


def times_done(member: PartyMember, quarter: str) -> int:
    """How often something was done for a promise in a quarter."""
    period = parse_period(quarter)
    return sum(deed.day in period for one in member.pledges for deed in one.done)


def quarters_to_tell(member: PartyMember, today: date) -> tuple[str, ...]:
    """The quarters a sheet may be made for: begun, not before 报到, not sent yet; latest first."""
    found = []
    for period in _recent(today):
        sheet = member.feedback_on(str(period))
        if period.last >= member.reported_on and (sheet is None or sheet.sent_on is None):
            found.append(str(period))
    return tuple(found)


def first_to_tell(member: PartyMember, quarters: Sequence[str], today: date) -> str | None:
    """The last quarter that is over, where its sheet is not made yet; else the latest."""
    last = str(period_of(today, PeriodKind.QUARTER).previous)
    if last in quarters and member.feedback_on(last) is None:
        return last
    return quarters[0] if quarters else None


def _recent(today: date) -> list[Period]:
    periods = [period_of(today, PeriodKind.QUARTER)]
    while len(periods) < _QUARTERS:
        periods.append(periods[-1].previous)
    return periods
