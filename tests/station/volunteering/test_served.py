"""The pages of 志愿 say what was served, from the confirmed records and from who is at it now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.core.route import Open
from desktop_app.ledgers.party import service as party
from desktop_app.ledgers.party.rules.member import MemberForm
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.entry import ServiceForm
from desktop_app.ledgers.service.rules.listing import ServiceFilter
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.rules.words import Political
from desktop_app.station.volunteering.ui.served import (
    ServedPartyPage,
    ServedTeamsPane,
    ServedVolunteerPage,
)
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.co_building import RecordSeat
from tests.driver.party import PartyPageSeat
from tests.driver.residents import a_station
from tests.driver.volunteering import TeamsSeat
from tests.ledgers.service.builders import at
from tests.registers.volunteers import helpers

TODAY = date(2026, 11, 23)


@pytest.fixture
def desk(template_file: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Desk]:
    """A clerk's seat at an empty station."""
    with a_station(template_file, tmp_path, clock) as seat:
        yield seat


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


def patrolled(desk: Desk, who: Uid, team: Uid | None, day: date, *, confirmed: bool = True) -> None:
    """Two hours and a quarter of an evening."""
    form = ServiceForm(
        volunteer=who,
        team=team,
        title="夜间平安巡逻",
        started_at=at(19, 0, day),
        ended_at=at(21, 15, day),
    )
    made = service.enter(desk, form).value
    if confirmed:
        service.confirm(desk, made.uid, made.revision)


def test_members_have_the_confirmed_hours_of_the_month_and_say_where_they_are(
    desk: Desk, runner: JobRunner, clock: FixedClock, qtbot: QtBot
) -> None:
    team = helpers.team(desk, "荷塘里近邻志愿服务队")
    first = helpers.volunteer(desk, "张秀兰", "13800000001")
    second = helpers.volunteer(desk, "李国强", "13800000002")
    for one in (first, second):
        volunteers.join(desk, team.uid, one.uid, date(2026, 9, 1))
    patrolled(desk, first.uid, team.uid, date(2026, 11, 20))
    patrolled(desk, first.uid, team.uid, date(2026, 11, 21), confirmed=False)
    patrolled(desk, first.uid, None, date(2026, 11, 18))
    patrolled(desk, first.uid, team.uid, date(2026, 10, 20))
    clock.set(at(19, 0, TODAY))
    service.sign_in(desk, ServiceForm(volunteer=second.uid, team=team.uid, title="夜间平安巡逻"))
    seat = TeamsSeat(ServedTeamsPane(desk, runner), qtbot)
    seat.come()
    seat.wait(lambda: len(seat.members) == 2)
    told = dict(zip(seat.members, seat.member_column("本月时长"), strict=True))
    assert told == {"张秀兰": "2小时15分", "李国强": "—"}
    now = dict(zip(seat.members, seat.member_column("现在"), strict=True))
    assert "夜间平安巡逻" in now["李国强"]
    assert "夜间平安巡逻" not in now["张秀兰"]


def test_the_page_of_a_volunteer_says_what_counts_what_waits_and_opens_a_record(
    desk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    person = helpers.volunteer(desk, "张秀兰", "13800000001")
    patrolled(desk, person.uid, None, date(2026, 11, 20))
    patrolled(desk, person.uid, None, date(2026, 11, 21), confirmed=False)
    page = ServedVolunteerPage(desk, runner)
    seat = RecordSeat(page, qtbot)
    seat.open(person.uid)
    assert seat.told("已确认") == "2小时15分（1 次）"
    assert seat.told("待确认") == "1 条，确认后计入"
    shown = [(item.beside, item.chip and item.chip.word) for item in page.records.items]
    assert shown == [("11月21日 周六", "待确认"), ("11月20日 周五", "已确认")]
    went: list[object] = []
    page.routed.connect(went.append)
    page.records.chosen.emit(page.records.items[1].uid)
    (line,) = service.page(desk, ServiceFilter(until=date(2026, 11, 20))).rows
    assert went == [Open("service", line.uid)]


def test_the_sheet_of_a_quarter_proposes_what_was_served_and_confirmed_in_it(
    desk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    file = helpers.person(desk, "李慧敏", party=PartyKind.EMPLOYED, workplace="栖溪供电所")
    form = MemberForm(resident=file.uid, reported_on=date(2026, 3, 1))
    member = party.report(desk, form).value
    since: dict[str, Any] = {"registered_on": date(2026, 1, 5), "political": Political.MEMBER}
    person = volunteers.add(desk, helpers.form(member.resident, **since)).value
    patrolled(desk, person.uid, None, date(2026, 9, 20))
    patrolled(desk, person.uid, None, date(2026, 8, 20))
    patrolled(desk, person.uid, None, date(2026, 8, 21), confirmed=False)
    patrolled(desk, person.uid, None, date(2026, 10, 2))
    seat = PartyPageSeat(ServedPartyPage(desk, runner), qtbot)
    seat.open(member.uid)
    seat.press(Qt.Key.Key_F)
    told = {name: seat.editor(name).number() for name in ("minutes", "times")}
    assert told == {"minutes": 270, "times": 2}
