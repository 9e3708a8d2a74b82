"""The sheet a service is entered on afterwards (补录), and put right on.

For a paper list of many, a tick keeps everything but the person for the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.clock import Millis
from desktop_app.core.clock_text import clock_words
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.hours import MINUTES_OF_DAY, hours_words
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.record import SERVICE
from desktop_app.ledgers.service.rules.entry import ServiceForm, form_of, late_note
from desktop_app.ledgers.service.rules.service_record import MOST_SERVED, ServiceRecord
from desktop_app.ledgers.service.rules.spans import Overlap
from desktop_app.ledgers.service.ui.forgotten import end_on
from desktop_app.ledgers.service.ui.listing import team_choices
from desktop_app.ledgers.service.ui.who_box import VolunteerInput
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.rules.listing import TeamLine
from desktop_app.registers.volunteers.ui.kept_sheet import KeptSheet, Left, draft_name
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import rule
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.page import Page
from desktop_app.widgets.tick_bar import TickBar
from desktop_app.widgets.time_input import TimeInput
from desktop_app.widgets.value_inputs import DateInput, NumberInput

DRAFT = "service"
_WIDTH, _HEIGHT = 900, 720
_YES = "yes"
_LINES = (
    "title", "place_words", "excluded_words", "content", "recipients", "organiser", "head",
    "overlap_reason", "remark",
)  # fmt: skip


def next_of(record: ServiceRecord) -> ServiceForm:
    """The form of the next one on the same paper: all but the person is as it was."""
    return replace(form_of(record), volunteer=None, overlap_reason="", remark="")


def entered_words(record: ServiceRecord) -> str:
    """What was entered, for the undo strip; that it came late is told with it."""
    late = f"，{late_note(record.late)}".rstrip("。") if record.late else ""
    return f"已补录 {record.number}，{hours_words(record.minutes or 0)}{late}"


class EntrySheet(KeptSheet):
    """A service that is over, or, with `which` as it was seen, one to be put right."""

    not_kept = frozenset({"again"})

    def __init__(
        self,
        page: Page,
        desk: Desk,
        teams: Sequence[TeamLine],
        form: ServiceForm,
        left: Left,
        *,
        which: tuple[Uid, int] | None = None,
    ) -> None:
        title = "补录服务" if which is None else "更正服务记录"
        told = "" if which is None else "志愿者不能更换：记错了人的请作废后重新补录。"
        # What is typed of one order does not come back in the form of another.
        uid = form.request if which is None else which[0]
        super().__init__(page, desk, title, told, draft=draft_name(DRAFT, uid))
        self._form, self._which = form, which
        self._lay_out(teams)
        self._fill(form)
        self.size_to(_WIDTH, _HEIGHT)
        self.begin_with(left, 0 if which is None else which[1])
        self._show_overlap()

    @property
    def goes_on(self) -> bool:
        """Whether the next one of the same paper is wanted."""
        return "again" in self.fields and bool(self._value("again"))

    def save(self) -> Changed[ServiceRecord]:
        form = self._filled()
        try:
            if self._which is None:
                return self.saved(self.enter(form))
            why = self._value("why")
            return self.saved(service.correct(self._desk, *self._which, form, why))
        except Overlap as fault:
            self._overlap.show()
            raise UserError(fault.sentence, fault.next_step, field="overlap_reason") from fault
        except InvalidInput as fault:
            raise InvalidInput([_at_home(one) for one in fault.problems]) from fault
        except UserError as fault:
            if fault.field in ("started_at", "ended_at"):
                raise _at_home(fault) from fault
            raise

    def enter(self, form: ServiceForm) -> Changed[ServiceRecord]:
        """Save a new one; where it comes of something else, whoever joins them says how."""
        return service.enter(self._desk, form)

    # --- what stands in it ---------------------------------------------------------------------

    def _lay_out(self, teams: Sequence[TeamLine]) -> None:
        if self._which is None:
            self.who = VolunteerInput(self._desk, self)
            self.who.changed.connect(self._propose_team)
            self.add_row([self._take("volunteer", self.who, "W", "谁做的", needed=True)])
        teamed = ChoiceBox([Choice("", "不归队伍"), *team_choices_as_text(teams)], self, value="")
        self.add_row(
            [
                self._line("title", "如：夜间平安巡逻", "N", "做了什么", needed=True),
                self._take("team", teamed, "D", "为哪支队伍"),
            ],
            (3, 2),
        )
        day = DateInput(self._today, self)
        self.add_row(
            [
                self._take("day", day, "R", "哪一天", needed=True),
                self._take("start", TimeInput(self), "Q", "几点开始", needed=True),
                self._take("end", TimeInput(self, usual=(17, 0)), "J", "几点结束", needed=True),
                self._take("excluded_minutes", self._number(MINUTES_OF_DAY, "分钟"), "", "扣除"),
                self._line("excluded_words", "路途、休息", "", "扣除说明"),
            ],
            (3, 2, 2, 2, 3),
        )
        self.fields["end"].set_hint("早于开始的算次日")
        self._overlap = self.add_row(
            [self._line("overlap_reason", "如：值守时兼做垃圾分类引导", "", "重叠的原因")]
        )
        self.area.body.addWidget(rule(self.area))
        self._more_rows()

    def _more_rows(self) -> None:
        self.add_row([self._line("content", "做了些什么，写给证明用", "S", "服务内容")])
        self.add_row(
            [
                self._line("place_words", "如：3号楼门口", "", "地点"),
                self._line("recipients", "如：独居老人", "", "服务对象"),
                self._take("served", self._number(MOST_SERVED, "人次"), "", "服务人次"),
            ],
            (3, 3, 2),
        )
        good = TickBar((Choice(_YES, "记为好事实事"),), self)
        self.add_row(
            [
                self._line("organiser", "组织这次服务的单位", "", "组织单位"),
                self._line("head", "负责人姓名", "F", "负责人"),
                self._take("good_deed", good, "", "好事实事"),
            ],
            (3, 2, 2),
        )
        self._last_row()

    def _last_row(self) -> None:
        last: list[QWidget] = [self._line("remark", "只在站内看，不上报", "B", "备注")]
        if self._which is not None:
            last.append(self._line("why", "如：补上结束时间", "Y", "更正原因"))
        else:
            again = TickBar((Choice(_YES, "保存后接着补下一位"),), self)
            last.append(self._take("again", again, "X", "同一张签到表"))
        self.add_row(last, (3, 2))

    def _fill(self, form: ServiceForm) -> None:
        zone = self._desk.database.zone
        values: dict[str, Any] = {name: getattr(form, name) for name in _LINES}
        if self._which is None and form.volunteer is not None:
            values["volunteer"] = form.volunteer.hex
        values["team"] = form.team.hex if form.team else ""
        values["day"] = self._desk.today.isoformat()
        if form.started_at is not None:
            values["day"] = zone.day(form.started_at).isoformat()
            values["start"] = _clock(zone.local(form.started_at))
        if form.ended_at is not None:
            values["end"] = _clock(zone.local(form.ended_at))
        values["excluded_minutes"] = str(form.excluded_minutes or "")
        values["served"] = "" if form.served is None else str(form.served)
        values["good_deed"] = [_YES] if form.good_deed else []
        self.put_typed(values)
        if self._which is not None and form.ended_at is None:
            self.fields["end"].setEnabled(False)
            self.fields["end"].set_hint("还没有签退。")

    def _take(
        self, name: str, editor: QWidget, key: str = "", label: str = "", *, needed: bool = False
    ) -> LabelledField:
        words = label or SERVICE.field(name).label
        field = LabelledField(words, editor, self, key=key, optional=not needed)
        return self.add_field(name, field)

    def _line(
        self, name: str, hint: str, key: str = "", label: str = "", *, needed: bool = False
    ) -> LabelledField:
        editor = LineInput(self, placeholder=hint)
        return self._take(name, editor, key, label, needed=needed)

    def _number(self, most: int, unit: str) -> NumberInput:
        return NumberInput(self, least=0, most=most, unit=unit)

    def _today(self) -> date:
        return self._desk.today

    @Slot()
    def _propose_team(self) -> None:
        """Who is in one team serves for it, unless another one was chosen."""
        if self.who.uid is not None and not self._value("team"):
            own = volunteers.teams_of(self._desk, self.who.uid)
            if len(own) == 1:
                team: Any = self.fields["team"].editor
                team.set_value(own[0].uid.hex)

    def _show_overlap(self) -> None:
        """Only who is at two things at once is asked why."""
        self._overlap.setVisible(bool(self._value("overlap_reason")))

    # --- what is taken -------------------------------------------------------------------------

    def _value(self, name: str) -> Any:
        editor: Any = self.fields[name].editor
        return editor.value()

    def _filled(self) -> ServiceForm:
        started, ended = self._times()
        team = self._value("team")
        return replace(
            self._form,
            volunteer=self.who.uid if self._which is None else self._form.volunteer,
            team=parse_uid(str(team)) if team else None,
            started_at=started,
            ended_at=ended,
            excluded_minutes=self._counted("excluded_minutes") or 0,
            served=self._counted("served"),
            good_deed=bool(self._value("good_deed")),
            **{name: self._value(name) for name in _LINES},
        )

    def _times(self) -> tuple[Millis | None, Millis | None]:
        """A time that was not touched keeps its seconds."""
        zone, day = self._desk.database.zone, self.day_in("day")
        start, end = self._clock_in("start"), self._clock_in("end")
        if day is None or start is None:
            return None, None
        started = zone.at(day, *start)
        before = self._form.started_at
        if before is not None and (zone.day(before), _pair(zone.local(before))) == (day, start):
            started = before
        if end is None:
            return started, None
        last = self._form.ended_at
        ended = end_on(started, end, zone)
        if last is not None and started == before and _pair(zone.local(last)) == end:
            ended = last
        return started, ended

    def _clock_in(self, name: str) -> tuple[int, int] | None:
        editor = self.fields[name].editor
        assert isinstance(editor, TimeInput)
        if editor.value() and editor.time() is None:
            raise UserError("请写几点几分，如 9:30。", field=name)
        return editor.time()

    def _counted(self, name: str) -> int | None:
        editor = self.fields[name].editor
        assert isinstance(editor, NumberInput)
        if problem := editor.problem():
            raise UserError(problem, field=name)
        return editor.number()


def team_choices_as_text(teams: Sequence[TeamLine]) -> list[Choice]:
    """As a half-filled form keeps them: by the hexadecimal uid."""
    pairs = zip(teams, team_choices(teams), strict=True)
    return [replace(choice, value=team.uid.hex) for team, choice in pairs]


def _at_home(problem: UserError) -> UserError:
    """A problem of a time stands beside the field in which that is typed."""
    field = {"started_at": "start", "ended_at": "end"}.get(problem.field or "", problem.field)
    return UserError(problem.sentence, problem.next_step, field=field)


def _pair(local: Any) -> tuple[int, int]:
    return local.hour, local.minute


def _clock(local: Any) -> str:
    return clock_words(_pair(local))
