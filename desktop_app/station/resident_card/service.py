"""What the page about one resident does: shows the file with its places, visits and activities,
hands a person their own copy, and erases for good. Without Qt.

Everything goes through the services of the registers and ledgers, which name the rights; what is
read here directly names its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.core.changes import Changed
from desktop_app.core.clock import Zone
from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.settings import CONTROLLER
from desktop_app.core.wording import paper_day, paper_moment
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.ledgers.activities.rules.listing import AttendanceFilter, AttendanceLine
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.rules.listing import RequestFilter, RequestLine
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.listing import VisitFilter, VisitLine
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.registers.places import service as places
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import Resident, address_text
from desktop_app.registers.residents.service import Card
from desktop_app.station.resident_card import store
from desktop_app.station.volunteering import forgetting as volunteering
from desktop_app.station.volunteering.telling import told_of
from desktop_app.storage.paging import FIRST, Page
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import read_settings

SHOWN_AT_ONCE = 20
STAYS = (
    "来访只留下日期、事项和办理方式，诉求只留下日期、事项和办理步骤，"
    "问题清单不再写是谁提出的，活动签到只留下身份和时间，"
    "志愿服务只留下日期和时长，出具过的证明只留下编号，"
    "在职党员报到只留下日期和次数，"
    "都不再写是谁；"
    "档案号保留不再用，人次、时长、件数照常统计。"
    "操作记录里没有姓名，不受影响。"
)
"""What of an erased person is left (个人信息保护法 art. 47), for the question before it."""


@dataclass(frozen=True, slots=True)
class ResidentView:
    """A resident's card, masked, with names of places.

    `visits` is the first page of what happened at the counter, `attended` that of the activities
    this resident took part in. `volunteer` is the record of the resident as a volunteer, if any.
    """

    card: Card
    compound: str
    branch: str
    visits: Page[VisitLine]
    attended: Page[AttendanceLine]
    volunteer: Uid | None = None

    @property
    def files(self) -> tuple[Uid, ...]:
        """The file and those merged into it: what points at any of them is this resident's."""
        return (self.card.resident.uid, *self.card.merged)


def view(desk: Desk, uid: Uid) -> ResidentView:
    """Everything the page shows at first; for a merged file that of the one it is part of."""
    card = residents.card(desk, uid)
    resident = card.resident
    files = (resident.uid, *card.merged)
    return ResidentView(
        card=card,
        compound=_place_name(desk, resident.compound),
        branch=_place_name(desk, resident.party_branch),
        visits=time_line(desk, files),
        attended=attended(desk, files),
        volunteer=volunteer_of(desk, files),
    )


def volunteer_of(desk: Desk, files: Iterable[Uid]) -> Uid | None:
    """Who of the volunteers has one of these files, whatever the state; a merged record counts as
    the one it is part of."""
    with desk.reading(needs=Right.READ) as connection:
        return store.volunteer_of(connection, tuple(files))


def time_line(desk: Desk, files: Iterable[Uid], cursor: str | None = FIRST) -> Page[VisitLine]:
    """One page of everything that happened with these files, the newest first."""
    wanted = VisitFilter(residents=tuple(files))
    return visits.page(desk, wanted, cursor, size=SHOWN_AT_ONCE)


def asked_for(desk: Desk, files: Iterable[Uid], cursor: str | None = FIRST) -> Page[RequestLine]:
    """One page of what these files asked for, the newest first."""
    wanted = RequestFilter(residents=tuple(files))
    return requests.page(desk, wanted, cursor, size=SHOWN_AT_ONCE)


def attended(desk: Desk, files: Iterable[Uid], cursor: str | None = FIRST) -> Page[AttendanceLine]:
    """One page of the activities of these files, the newest first."""
    wanted = AttendanceFilter(residents=tuple(files))
    return activities.attendance_page(desk, wanted, cursor, size=SHOWN_AT_ONCE)


def erase(desk: Desk, uid: Uid) -> Changed[Resident]:
    """Erase a person for good: from problems, visits, requests, sheets and voluntary service first,
    then the file and those merged into it.

    In this order a power cut in between leaves a file that can be erased again, never names that
    nobody finds any more. Cannot be undone: ask first.
    """
    card = residents.card(desk, uid)
    files = (card.resident.uid, *card.merged)
    with desk.reading(needs=Right.ERASE) as connection:
        raised = [one.uid for one in store.problems_of(connection, files)]
    # First of all: they are found by way of the visits and requests that are forgotten next.
    unraised = lists.forget_raisers(desk, raised)
    forgotten = visits.forget_people(desk, files)
    asked = requests.forget_people(desk, files)
    signed_off = activities.forget_people(desk, files)
    served = volunteering.forget_people(desk, files)
    gone = residents.erase(desk, card.resident.uid)
    parts = (gone, unraised, forgotten, asked, signed_off, served)
    return Changed(
        frozenset().union(*(one.kinds for one in parts)),
        tuple(uid for one in parts for uid in one.uids),
        gone.value,
    )


def own_copy(desk: Desk, uid: Uid) -> str:
    """All that the station holds about a person, as text for handing over (art. 45).

    Whole and unmasked: give it to the person or to whoever proves to act for them. One entry in the
    audit; what needs the right to sensitive data is in it only for operators who have that right.
    """
    with desk.unit_of_work("本人查阅", needs=Right.EXPORT) as unit:
        unit.actor.require(Right.REVEAL)
        resident = store.file(unit.connection, uid)
        unit.about(resident.number)
        files = store.files(unit.connection, uid)
        found = store.visits_of(unit.connection, files)
        asked = store.requests_of(unit.connection, files)
        raised = store.problems_of(unit.connection, files)
        sheets = store.attendance_of(unit.connection, files)
        controller = read_settings(unit.connection)[CONTROLLER]
        zone = unit.zone
        sensitive = unit.actor.may(Right.SENSITIVE)
        serving = told_of(unit.connection, files, zone, sensitive=sensitive)
    lines = [f"{resident.name} 的个人信息（{paper_day(desk.today)}）"]
    if controller:
        lines.append(f"个人信息处理者：{controller}")
    lines += ["", *_file_lines(resident, _place_name(desk, resident.compound), sensitive)]
    lines += ["", f"来访记录 {len(found)} 件"]
    lines += [_visit_line(visit, zone) for visit in found]
    lines += ["", f"诉求、点单和微心愿 {len(asked)} 件"]
    lines += [_request_line(request, zone) for request in asked]
    lines += ["", f"提出的问题 {len(raised)} 条"]
    lines += [_problem_line(problem) for problem in raised]
    lines += ["", f"参加活动 {len(sheets)} 次"]
    lines += [_attendance_line(row, activity, zone) for row, activity in sheets]
    lines += serving
    return "\n".join(lines)


def _place_name(desk: Desk, uid: Uid | None) -> str:
    names = () if uid is None else places.directory(desk).names_on(uid, desk.today)
    return names[-1] if names else ""


def _file_lines(resident: Resident, compound: str, sensitive: bool) -> list[str]:
    guardian, consent = resident.guardian, resident.consent
    door = (resident.building, resident.unit, resident.room)
    told = {
        "档案号": resident.number,
        "姓名": resident.name,
        "性别": "" if resident.gender is Gender.UNKNOWN else resident.gender.label,
        "出生日期": paper_day(resident.birth) if resident.birth else "",
        "人员类别": resident.kind.label,
        "联系电话": "、".join(
            f"{one.number}（{one.whose}）" if one.whose else one.number for one in resident.phones
        ),
        "证件": f"{resident.id_kind.label} {resident.id_number}" if resident.id_kind else "",
        "住址": " ".join(filter(None, (address_text(compound, *door), resident.address_note))),
        "党员管理类别": resident.party.label,
        "工作单位": resident.workplace,
        "流出地": resident.flow_from,
        "流入地": resident.flow_to,
        "监护人": " ".join((guardian.name, guardian.relation, guardian.phone)).strip()
        if guardian
        else "",
        "关爱对象": "、".join(group.label for group in resident.special_groups)
        if sensitive
        else "",
        "告知与同意": f"{consent.basis.label} {paper_day(consent.day)} {consent.by}".strip()
        if consent
        else "",
        "备注": resident.remark,
    }
    return [f"{label}：{value}" for label, value in told.items() if value]


def _visit_line(visit: Visit, zone: Zone) -> str:
    told = (visit.number, visit.matter_name or visit.category, visit.summary, visit.result)
    return "　".join((paper_moment(visit.at, zone), *filter(None, told)))


def _request_line(request: Request, zone: Zone) -> str:
    told = (request.number, request.kind.label, request.title, request.summary, request.result)
    return "　".join((paper_moment(request.at, zone), *filter(None, told)))


def _problem_line(problem: Problem) -> str:
    told = (problem.number, problem.raiser, problem.description, problem.state.label)
    return "　".join((paper_day(problem.raised_on), *filter(None, told)))


def _attendance_line(row: Attendance, activity: Activity, zone: Zone) -> str:
    told = [activity.number, activity.name, row.group.label, row.unit, row.phone, row.remark]
    if row.arrived_at is None:
        told.append(f"未到：{row.absent_reason}" if row.absent_reason else "已报名")
    return "　".join(
        (paper_moment(row.arrived_at or activity.starts_at, zone), *filter(None, told))
    )
