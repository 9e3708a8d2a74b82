"""What is done with service records from a row and from their page.

`done` gets what was changed and the sentence for the undo strip, which names records by number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.route import Open
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.entry import ServiceForm
from desktop_app.ledgers.service.rules.service_record import ServiceAction, ServiceRecord
from desktop_app.ledgers.service.service import ManyDone
from desktop_app.ledgers.service.ui import entry_form, sheets
from desktop_app.ledgers.service.ui.looks import SERVICE_DEEDS, VOLUNTEER
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.record import VOLUNTEERS
from desktop_app.registers.volunteers.rules.listing import TeamFilter, TeamLine
from desktop_app.registers.volunteers.ui.kept_sheet import read_left
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import tell, tell_fault
from desktop_app.widgets.page import Page
from desktop_app.widgets.saving_sheet import SavingSheet

Done = Callable[[Changed[Any], str], None]
_A = ServiceAction
_MOST_TEAMS = 500
_TOLD_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Which:
    """A record as seen: which revision, whose it is, what it is called."""

    uid: Uid
    revision: int
    volunteer: Uid
    number: str
    name: str

    @property
    def words(self) -> str:
        return "　".join(filter(None, (self.name, self.number)))

    @property
    def seen(self) -> tuple[Uid, int]:
        return self.uid, self.revision


def take_up(page: Page, desk: Desk, deed: str, which: Which, done: Done) -> None:
    """Do one of `SERVICE_DEEDS`, asking first for what it needs."""
    if deed == VOLUNTEER:
        page.go(Open(VOLUNTEERS.name, which.volunteer))
    elif deed == _A.CORRECT:
        open_correction(page, desk, which, done)
    elif deed == _A.FINISH:
        _finish(page, desk, which, done)
    elif deed == _A.SIGN_OUT:
        _at_once(
            page, "没有签退", partial(service.sign_out, desk, *which.seen), "已签退", which, done
        )
    elif deed == _A.CONFIRM:
        _at_once(
            page, "没有确认", partial(service.confirm, desk, *which.seen), "已确认", which, done
        )
    elif deed == _A.RATE:
        sheet = sheets.RateSheet(page, desk, which.seen, which.words)
        _open(page, sheet, f"已记评价：{which.number}", done)
    elif deed == _A.MARK_UPLOADED:
        call = partial(service.mark_uploaded, desk, *which.seen)
        sheet_of_day = sheets.UploadedSheet(page, desk, which.words, call)
        _open(page, sheet_of_day, f"已标记录入全国系统：{which.number}", done)
    else:
        _with_reason(page, desk, deed, which, done)


def _with_reason(page: Page, desk: Desk, deed: str, which: Which, done: Done) -> None:
    if deed == _A.RETURN:
        asked = ("退回的原因", "如：结束时间记早了半小时")
        told = "退回后等待重新确认；已录入全国系统的，须在那边同步更正。"
        use: Callable[..., Changed[Any]] = service.return_to_check
    else:
        asked = ("作废的原因", "如：重复登记")
        told = "作废后不计时长，编号保留。"
        use = service.void
    verb = SERVICE_DEEDS[deed].verb
    call = partial(use, desk, *which.seen)
    sheet = sheets.ReasonSheet(page, desk, verb, f"{which.words}\n{told}", asked, call)
    _open(page, sheet, f"已{verb}：{which.number}", done)


def _finish(page: Page, desk: Desk, which: Which, done: Done) -> None:
    def work(_job: Job) -> ServiceRecord:
        return service.get(desk, which.uid)

    def opened(record: ServiceRecord) -> None:
        sheet = sheets.FinishSheet(page, desk, record, which.words)
        _open(page, sheet, f"已补签退：{which.number}", done)

    page.in_background("打开补签退", work, opened)


def open_entry(page: Page, desk: Desk, done: Done, before: ServiceForm | None = None) -> None:
    """补录: the form of a service that is over, as it was left the last time; `before` is the one
    entered just now, of which all but the person is the same again."""

    def work(_job: Job) -> tuple[Any, Any]:
        left = None if before is not None else read_left(desk, entry_form.DRAFT, None)
        return read_teams(desk), left

    def opened(found: tuple[Any, Any]) -> None:
        teams, left = found
        sheet = entry_form.EntrySheet(page, desk, teams, before or ServiceForm(), left)

        def taken(changed: Changed[Any]) -> None:
            record: ServiceRecord = changed.value
            done(changed, entry_form.entered_words(record))
            if sheet.goes_on:
                open_entry(page, desk, done, entry_form.next_of(record))

        _show(page, sheet, taken)

    page.in_background("打开补录", work, opened)


def open_correction(page: Page, desk: Desk, which: Which, done: Done) -> None:
    """The form of a record, whole: opening it is logged like a reveal."""

    def work(_job: Job) -> tuple[Any, Any, Any]:
        form = service.for_editing(desk, which.uid)
        return read_teams(desk), form, read_left(desk, entry_form.DRAFT, which.uid)

    def opened(found: tuple[Any, Any, Any]) -> None:
        teams, form, left = found
        sheet = entry_form.EntrySheet(page, desk, teams, form, left, which=which.seen)
        _open(page, sheet, f"已更正：{which.number}", done)

    page.in_background("打开更正服务记录", work, opened)


def read_teams(desk: Desk, *, disbanded: bool | None = False) -> tuple[TeamLine, ...]:
    """The teams that there are, with None those that there were as well; in a worker's thread."""
    wanted = TeamFilter(disbanded=disbanded)
    return tuple(volunteers.teams_page(desk, wanted, size=_MOST_TEAMS).rows)


# --- many at once ---------------------------------------------------------------------------------


def take_many(page: Page, desk: Desk, deed: str, many: Sequence[Which], done: Done) -> None:
    """Confirm or mark all of a selection that can be; of the others it is told why not."""
    chosen = [which.seen for which in many]
    if deed == _A.CONFIRM:
        _many(page, partial(service.confirm_many, desk, chosen), "确认", many, done)
    else:

        def taken(changed: Changed[ManyDone]) -> None:
            _tell_many(page, changed, "标记", many, done)

        call = partial(service.mark_many_uploaded, desk, chosen)
        sheet = sheets.UploadedSheet(page, desk, f"已选的 {len(many)} 条服务记录", call)
        _show(page, sheet, taken)


def _many(
    page: Page,
    call: Callable[[], Changed[ManyDone]],
    verb: str,
    many: Sequence[Which],
    done: Done,
) -> None:
    try:
        changed = call()
    except Fault as fault:
        tell_fault(page, f"没有{verb}", fault)
        return
    _tell_many(page, changed, verb, many, done)


def _tell_many(
    page: Page, changed: Changed[ManyDone], verb: str, many: Sequence[Which], done: Done
) -> None:
    came_to = changed.value
    if came_to.done:
        left = f"，{len(came_to.refused)} 条没有" if came_to.refused else ""
        done(changed, f"已{verb} {len(came_to.done)} 条{left}")
    if not came_to.refused:
        return
    names = {which.uid: which.name for which in many}
    lines = [
        f"{names.get(one.uid, '')}　{one.number}\n{one.words}"
        for one in came_to.refused[:_TOLD_AT_ONCE]
    ]
    rest = len(came_to.refused) - len(lines)
    more = [f"还有 {rest} 条，请逐条打开办理。"] if rest > 0 else []
    tell(page, f"{len(came_to.refused)} 条没有{verb}", "\n\n".join([*lines, *more]), tone="warn")


# --- inside ---------------------------------------------------------------------------------------


def _open(page: Page, sheet: SavingSheet, sentence: str, done: Done) -> None:
    _show(page, sheet, lambda changed: done(changed, sentence))


def _show(page: Page, sheet: SavingSheet, taken: Callable[[Changed[Any]], None]) -> None:
    if not page.isVisible():
        sheet.deleteLater()
        return
    sheet.taken.connect(taken)
    sheet.open()


def _at_once(
    page: Page,
    failed: str,
    call: Callable[[], Changed[Any]],
    did: str,
    which: Which,
    done: Done,
) -> None:
    try:
        changed = call()
    except Fault as fault:
        tell_fault(page, failed, fault)
        return
    done(changed, f"{did}：{which.number}")
