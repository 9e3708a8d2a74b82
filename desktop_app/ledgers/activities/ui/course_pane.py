"""经过: the plan of an activity as it was entered, and every step since, the latest on top."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.wording import list_day, list_moment
from desktop_app.ledgers.activities.rules.activity import Action, kind_label
from desktop_app.ledgers.activities.ui.record_looks import (
    ICONS,
    WholeActivity,
    when_words,
)
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.course import CourseCard, CourseStep
from desktop_app.widgets.facts import Fact, FactsCard
from desktop_app.widgets.forms import KeyHint, ScrollPage
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import theme_of

_TONES = {Action.APPROVE: "ok", Action.UNDO: "warn", Action.CANCEL: "late"}


class CoursePane(QWidget):
    """Reading only; the page has the steps."""

    hints = (KeyHint("↑ ↓", "上下翻看"),)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.plan = FactsCard("计划", self)
        self.review = FactsCard("记录与审核", self)
        self.course = CourseCard("经过", self)
        self._scroll = ScrollPage(self)
        self._scroll.body.addWidget(
            Columns([[self.plan, self.review], [self.course]], self._scroll, shares=(3, 2))
        )
        self._scroll.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def show_whole(self, whole: WholeActivity) -> None:
        """Show an activity's plan and course."""
        self.plan.show_facts(_plan(whole))
        self.review.show_facts(_review(whole))
        self.course.show_course(
            [
                CourseStep(
                    step.action.label,
                    list_moment(step.at, whole.zone),
                    step.actor,
                    step.words,
                    ICONS[step.action],
                    _TONES.get(step.action, "quiet"),
                )
                for step in whole.activity.steps
            ]
        )

    def take_keyboard(self) -> None:
        self._page.setFocus()

    def scroll_lines(self, steps: int) -> None:
        """Move by so many lines; the keyboard is with the page, not in here."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + steps * theme_of().metrics.row)


def _plan(whole: WholeActivity) -> list[Fact]:
    one = whole.activity
    return [
        Fact("类别", kind_label(one.kind), kept=True),
        Fact("主题品牌", one.brand),
        Fact("时间", when_words(one, whole.zone) + ("（补录）" if one.late_entry else "")),
        Fact("地点", one.place_words),
        Fact("主办单位", one.organiser),
        Fact("承办单位", one.undertaker),
        Fact("协办单位", one.co_organiser),
        Fact("共建单位", "、".join(one.partners)),
        Fact("主持人", one.host),
        Fact("应到人数", "" if one.expected is None else f"{one.expected}人"),
        Fact("议程", one.agenda),
        Fact("登记人", one.planned_by_name),
        Fact("备注", one.remark),
    ]


def _review(whole: WholeActivity) -> list[Fact]:
    one = whole.activity
    return [
        Fact("记录人", one.recorder),
        Fact("记录日期", list_day(one.recorded_on) if one.recorded_on else ""),
        Fact("审核人", one.reviewer),
        Fact("审核日期", list_day(one.reviewed_on) if one.reviewed_on else ""),
        *(
            Fact(
                f"{fix.group.label}人数",
                f"{fix.people}人（签到表{fix.rows}人，{fix.by} {list_moment(fix.at, whole.zone)} "
                f"更正：{fix.reason}）",
            )
            for fix in one.corrections
        ),
    ]
