"""What single steps of records and certificates ask for before they are taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.clock import Zone
from desktop_app.core.errors import Fault, UserError
from desktop_app.core.hours import hours_words
from desktop_app.core.ids import Uid
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.wording import list_moment
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.certificate import PUBLIC_DAYS, Certificate
from desktop_app.ledgers.service.rules.service_record import ServiceRecord
from desktop_app.ledgers.service.service import Checked, Verdict
from desktop_app.ledgers.service.ui.forgotten import end_on
from desktop_app.ledgers.service.ui.looks import span_of_days
from desktop_app.ledgers.service.ui.who_box import VolunteerInput
from desktop_app.registers.volunteers.ui.sheets import Asking
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.dialogs import Answer, Sheet
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import bind_keys
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.time_input import TimeInput
from desktop_app.widgets.value_inputs import CodeInput, DateInput

Seen = tuple[Uid, int]
_LEVELS = tuple(
    Choice(one.value, one.label, str(number)) for number, one in enumerate(Satisfaction, start=1)
)


class ReasonSheet(Asking):
    """Why a step is taken; `call` takes it."""

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
        self._why = self.line("words", label, hint, "Y")
        self.wire(self.body)

    def save(self) -> Changed[Any]:
        return self._call(self._why.value())


class FinishSheet(Asking):
    """When somebody really stopped who forgot to sign out."""

    def __init__(self, parent: QWidget, desk: Desk, record: ServiceRecord, who: str) -> None:
        self._record, self._zone = record, desk.database.zone
        since = list_moment(record.started_at, self._zone, today=desk.today)
        told = f"{who}　{since} 签到后没有签退。\n补上以后来源写“补录”，等待确认。"
        super().__init__(parent, desk, "补签退", told, "补签退")
        self._time = TimeInput(self, usual=(17, 0))
        self.put("ended_at", "那天实际几点结束", self._time, "J")
        self.wire(self.body)

    def save(self) -> Changed[ServiceRecord]:
        time = self._time.time()
        if time is None:
            raise UserError("请写几点几分，如 21:30。", field="ended_at")
        record = self._record
        ended = end_on(record.started_at, time, self._zone)
        return service.finish_forgotten(self._desk, record.uid, record.revision, ended)


class RateSheet(Asking):
    """What those it was for say of a service."""

    def __init__(self, parent: QWidget, desk: Desk, seen: Seen, who: str) -> None:
        super().__init__(parent, desk, "评价", f"{who}\n由服务对象评价，照原话记。", "记下评价")
        self._seen = seen
        self._level = ChoiceBar(_LEVELS, self)
        self.put("level", "怎么样", self._level, "P")
        self._words = self.line("words", "怎么说的", "如：来得准时，灯修好了", "S", optional=True)
        self.wire(self.body)

    def save(self) -> Changed[ServiceRecord]:
        value = self._level.value()
        level = next((one for one in Satisfaction if one.value == value), None)
        if level is None:
            raise UserError("还没有选评价。", "请按数字选一项。", field="level")
        return service.rate(self._desk, *self._seen, level, self._words.value())


class UploadedSheet(Asking):
    """On which day it was entered into the national system; `call` marks one or many."""

    def __init__(
        self, parent: QWidget, desk: Desk, told: str, call: Callable[[date | None], Changed[Any]]
    ) -> None:
        more = "先在全国志愿服务信息系统里录好，再在这里标记；本程序不连外网。"
        super().__init__(parent, desk, "标记已录入全国系统", f"{told}\n{more}", "标记")
        self._call = call
        self.day("uploaded_on", "哪天录入的")
        self.wire(self.body)

    def save(self) -> Changed[Any]:
        return self._call(self.day_of("uploaded_on"))


# --- certificates ---------------------------------------------------------------------------------


class ApplySheet(Asking):
    """Who asks for a certificate of which days, and what for; what would be counted is told."""

    def __init__(self, parent: QWidget, desk: Desk, volunteer: Uid | None = None) -> None:
        told = "只计已确认的服务时长。先核验，再由有资格的单位出具。"
        super().__init__(parent, desk, "申请服务证明", told, "申请")
        self._who = VolunteerInput(desk, self)
        self.put("volunteer", "给谁开", self._who, "W")
        self._first = self._date("first", "从哪天", date(desk.today.year, 1, 1), "Q")
        self._last = self._date("last", "到哪天", desk.today, "D")
        self._purpose = self.line("purpose", "用途", "如：入学、入党、积分入户", "T", optional=True)
        self._counted = QLabel(self)
        self._counted.setWordWrap(True)
        self._counted.setProperty("role", "quiet")
        self.body.addWidget(self._counted)
        for editor in (self._who, self._first, self._last):
            editor.changed.connect(self._count)
        if volunteer is not None:
            self._who.set_value(volunteer.hex)
        self.wire(self.body, one_by_one=True)
        self._count()

    def save(self) -> Changed[Certificate]:
        who = self._who.uid
        if who is None:
            raise UserError("还没有选志愿者。", "请输入姓名或首字母。", field="volunteer")
        first, last = self.day_of("first"), self.day_of("last")
        if first is None or last is None:
            raise UserError("起止日期还没有写全。", "请补上。", field="last" if first else "first")
        return service.apply(self._desk, who, first, last, self._purpose.value())

    def _date(self, name: str, label: str, day: date, key: str) -> DateInput:
        editor = DateInput(self._today, self)
        editor.set_day(day)
        self.put(name, label, editor, key)
        return editor

    @Slot()
    def _count(self) -> None:
        who, first, last = self._who.uid, self._first.day(), self._last.day()
        if who is None or first is None or last is None:
            self._counted.setText("")
            return
        try:
            found = service.hours_of(self._desk, who, first, last)
        except Fault as fault:
            self._counted.setText(fault.words)
            return
        overlap = found.minutes - found.certified
        more = f"，其中时间重叠、只计一次的 {hours_words(overlap)}" if overlap else ""
        waits = f"；另有 {found.waiting} 条待确认，不计" if found.waiting else ""
        self._counted.setText(
            f"这段时间已确认 {found.times} 次，可写 {hours_words(found.certified)}{more}{waits}。"
        )


class PublicSheet(Asking):
    """From when to when a certificate is shown in public."""

    def __init__(self, parent: QWidget, desk: Desk, seen: Seen, who: str) -> None:
        told = f"{who}\n本人同意公示的才能公示，至少{PUBLIC_DAYS}日；公示结束后归档。"
        super().__init__(parent, desk, "公示", told, "公示")
        self._seen = seen
        self.day("public_from", "从哪天", "Q")
        until = DateInput(self._today, self)
        until.set_day(desk.today + timedelta(days=PUBLIC_DAYS))
        self.put("public_until", "到哪天", until, "D")
        self.wire(self.body)

    def save(self) -> Changed[Certificate]:
        first, last = self.day_of("public_from"), self.day_of("public_until")
        return service.publicise(self._desk, *self._seen, first, last)


class CollectSheet(Asking):
    """Who took a certificate along."""

    def __init__(self, parent: QWidget, desk: Desk, seen: Seen, who: tuple[str, str]) -> None:
        told, name = who
        super().__init__(parent, desk, "领取证明", told, "记下领取")
        self._seen = seen
        self._by = self.line("collected_by", "谁领走的", "领取人姓名", "W")
        self._by.set_value(name)
        self.day("collected_on", "哪天领的")
        self.wire(self.body)

    def save(self) -> Changed[Certificate]:
        by, on = self._by.value(), self.day_of("collected_on")
        return service.collect(self._desk, *self._seen, by, on)


_TONES: Mapping[Verdict, str] = {Verdict.GENUINE: "ok", Verdict.VOID: "warn"}
_NEXT: Mapping[Verdict, str] = {
    Verdict.GENUINE: "请再逐项对照纸面：姓名、起止日期和时长都应与下面一致。",
    Verdict.VOID: "这张纸不能再用。",
    Verdict.WRONG: "请对照纸面重新输入；仍不对的，这张证明不是本单位出具的原样。",
    Verdict.CHANGED: "底档和出具时不一样，请报告站长，暂不要采信。",
    Verdict.UNKNOWN: "请核对编号；别的单位出具的，请到那个单位核对。",
    Verdict.UNREADABLE: "核对码是 12 位数字和字母，没有 I、O、L、U。",
}


def verdict_words(found: Checked) -> str:
    """What came of a check, and what to hold the paper against."""
    lines = [f"{found.verdict.label}。{_NEXT[found.verdict]}"]
    if found.first is not None and found.last is not None:
        span = span_of_days(found.first, found.last)
        issued = f"，{found.issued_on:%Y.%m.%d} 出具" if found.issued_on else ""
        lines.append(f"{found.name}　{span}")
        lines.append(f"{hours_words(found.minutes)}{issued}")
    if found.replaced_by:
        lines.append(f"已补发：{found.replaced_by}")
    return "\n".join(lines)


class CheckSheet(Sheet):
    """Whether a certificate on paper is ours: by its number and its code, without any network.

    It stays open, for the next one.
    """

    def __init__(self, parent: QWidget, desk: Desk, number: str = "") -> None:
        told = "照纸面输入证明编号和核对码。核对码仅供本单位核对。"
        close = Answer("close", "关闭", is_escape=True)
        super().__init__(
            parent, "核对证明", told, (close, Answer("check", "核对  Enter", role="primary"))
        )
        self._desk = desk
        self.button("check").setAccessibleName("核对")
        self.number = LineInput(self, placeholder="如 QR01-M2026A-00007", chinese=False)
        self.number.set_value(number)
        self.code = CodeInput(parent=self, placeholder="如 7K3M-9QXA-04ZD")
        for label, editor, key in (
            ("证明编号", self.number, "N"),
            ("核对码", self.code, "D"),
        ):
            self.body.addWidget(LabelledField(label, editor, self, key=key))
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.body.addWidget(self.said)
        self.number.submitted.connect(self.code.setFocus)
        self.code.submitted.connect(self.check)
        bind_keys(self.button("check"), "Ctrl+Enter")
        (self.code if number else self.number).setFocus()

    def accept(self) -> None:
        if self._answer == "check":
            self._answer = "close"
            self.check()
        else:
            super().accept()

    @Slot()
    def check(self) -> None:
        """Say what comes of it; what was typed stays."""
        try:
            found = service.check_code(self._desk, self.number.value(), self.code.value())
        except Fault as fault:
            self.said.setText(fault.words)
            set_role(self.said, "problem")
            return
        self.said.setText(verdict_words(found))
        set_role(self.said, _TONES.get(found.verdict, "problem"))
        self.code.setFocus()
        self.code.selectAll()


def moment_words(at: Any, zone: Zone, today: date) -> str:
    return "" if at is None else list_moment(at, zone, today=today)
