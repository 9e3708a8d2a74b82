"""The small questions asked before a row is copied, repeated or cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop_app.core.wording import list_day
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.listing import ActivityLine
from desktop_app.ledgers.activities.rules.plan_text import NO, REPEATS, YES
from desktop_app.ledgers.activities.rules.series import (
    MOST_AT_ONCE,
    month_after,
    same_weekday,
)
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.value_inputs import DateInput, NumberInput

REPEAT_CHOICES = tuple(
    Choice(key, word, str(number)) for number, (key, (word, *_)) in enumerate(REPEATS.items(), 1)
)
REST_CHOICES = (Choice(NO, "照常举行"), Choice(YES, "顺延到下一个工作日"))
REST_LABEL = "遇放假休息日"


class CopySheet(FormSheet):
    """On which day the same activity is to be once more."""

    def __init__(self, parent: QWidget, desk: Desk, line: ActivityLine) -> None:
        self._day = DateInput(lambda: desk.today, parent)
        field = LabelledField("复制到哪一天", self._day, parent, key="D")
        text = f"{line.name}　{line.number}\n时间、地点、单位照抄，签到、记录和照片不带过去。"
        super().__init__(parent, "复制活动", text, {"day": field}, "复制")
        self._day.set_day(a_month_on(line.day))
        self._day.selectAll()

    @property
    def day(self) -> date | None:
        return self._day.day()

    def check(self) -> Mapping[str, str]:
        if self.day is not None:
            return {}
        return {"day": self._day.problem() or "还没有填写日期。请写明复制到哪一天。"}


class RepeatSheet(FormSheet):
    """How an activity comes back, and how many times; of a series only how many more."""

    def __init__(self, parent: QWidget, activity: Activity) -> None:
        self._how: ChoiceBar | None = None
        self._rest: ChoiceBar | None = None
        self._more = NumberInput(parent, least=1, most=MOST_AT_ONCE, unit="场")
        fields = {"times": LabelledField("再生成几场", self._more, parent, key="J")}
        text = f"{activity.name}　{list_day(activity.day)}"
        if activity.series is None:
            self._how = ChoiceBar(REPEAT_CHOICES, parent, value="week")
            self._rest = ChoiceBar(REST_CHOICES, parent, value=NO)
            fields = {
                "every": LabelledField("怎么重复", self._how, parent),
                **fields,
                "workdays": LabelledField(REST_LABEL, self._rest, parent),
            }
        else:
            text += "\n这是系列活动，按原来的规律接着最后一场往下排。"
        super().__init__(parent, "重复这场活动", text, fields, "生成")

    @property
    def rule(self) -> str:
        """A key of `REPEATS`; of a series its own rule counts."""
        return "week" if self._how is None else str(self._how.value())

    @property
    def more(self) -> int:
        return self._more.number() or 0

    @property
    def workdays(self) -> bool:
        return self._rest is not None and self._rest.value() == YES

    def check(self) -> Mapping[str, str]:
        if self.more:
            return {}
        return {"times": self._more.problem() or "还没有填写再生成几场。"}


def a_month_on(day: date) -> date:
    """The same weekday of the next month: the second Saturday for a second Saturday."""
    return same_weekday(day, *month_after(day.year, day.month, 1))
