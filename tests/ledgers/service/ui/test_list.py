"""The list of service records: filters, what is done with many, the form of 补录."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor, Right
from desktop_app.core.route import Open, OpenPaper
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.record import SERVICE
from desktop_app.ledgers.service.rules.entry import ServiceForm
from desktop_app.ledgers.service.rules.listing import ServiceFilter
from desktop_app.ledgers.service.rules.service_record import ServiceRecord, ServiceState, Source
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.record import VOLUNTEERS
from desktop_app.storage.session import Desk
from tests.driver.residents import CONTROL, ENTER, unnamed
from tests.driver.service import ServiceSeat
from tests.driver.typing import press
from tests.ledgers.service.builders import at, form
from tests.registers.volunteers import helpers

K = Qt.Key
SitDown = Callable[..., ServiceSeat]


def three(desk: Desk) -> list[ServiceRecord]:
    """An evening of three people, all to be confirmed."""
    people = helpers.several(desk, ["张秀兰", "李国强", "陈建华"])
    return [service.enter(desk, form(one.uid)).value for one in people]


def at_the_list(sit_down: SitDown) -> ServiceSeat:
    seat = sit_down()
    seat.wait(seat.page.table.model.rowCount)
    seat.page.table.view.setFocus()
    return seat


def test_a_row_says_who_did_what_when_and_how_it_stands(desk: Desk, sit_down: SitDown) -> None:
    three(desk)
    seat = sit_down()
    assert sorted(seat.column("志愿者")) == sorted(["张秀兰", "李国强", "陈建华"])
    assert seat.column("起止时间")[0] == "19:00—21:00"
    assert seat.column("时长")[0] == "2小时"
    assert seat.column("状态") == ["待确认"] * 3
    assert unnamed(seat.page) == []


def test_in_a_narrow_window_the_list_keeps_who_what_and_which_day(
    desk: Desk, sit_down: SitDown
) -> None:
    three(desk)
    seat = at_the_list(sit_down)
    seat.page.resize(791, 396)
    view = seat.page.table.view
    titles = [column.title for column in seat.page.table.model.columns]

    def seen() -> list[str]:
        return [title for at, title in enumerate(titles) if not view.isColumnHidden(at)]

    seat.wait(lambda: seen() == ["", "志愿者", "做了什么", "状态", "服务日期"])
    assert view.horizontalScrollBar().maximum() == 0


def test_all_that_are_ticked_are_confirmed_by_one_key_and_it_can_be_taken_back(
    desk: Desk, sit_down: SitDown
) -> None:
    three(desk)
    seat = at_the_list(sit_down)
    seat.focus("张秀兰")
    with_control = Qt.KeyboardModifier.ControlModifier
    seat.press(K.Key_A, with_=with_control)
    assert seat.says("已选 3 条")
    seat.press(K.Key_C)
    seat.wait(lambda: seat.column("状态") == ["已确认"] * 3)
    assert seat.news == ["已确认 3 条"]
    assert not seat.page.batch.isVisible()
    seat.undo(desk)
    seat.wait(lambda: seat.column("状态") == ["待确认"] * 3)


def test_of_many_those_that_cannot_be_done_are_told_with_the_reason(
    desk: Desk, sit_down: SitDown
) -> None:
    three(desk)
    own = Desk(desk.database, Actor(Uid(int=8), "张秀兰", "站长", frozenset(Right)))
    seat = sit_down(own)
    seat.page.table.view.setFocus()
    seat.page.records.mark_page()
    seat.click("确认已选的")
    assert "不能由自己确认" in seat.said()
    assert seat.news == ["已确认 2 条，1 条没有"]


def test_a_key_that_fits_none_of_those_ticked_says_so(desk: Desk, sit_down: SitDown) -> None:
    three(desk)
    seat = at_the_list(sit_down)
    seat.page.records.mark_page()
    seat.focus("张秀兰")
    seat.page.commanded("mark_uploaded", seat.page.table.model.rows[0])
    assert "没有现在可以标记已录入的" in seat.said()


def test_many_are_marked_as_entered_into_the_national_system(desk: Desk, sit_down: SitDown) -> None:
    records = three(desk)
    service.confirm_many(desk, [(one.uid, one.revision) for one in records])
    seat = at_the_list(sit_down)
    seat.page.records.mark_page()
    seat.press(K.Key_U)
    assert seat.sheet().windowTitle() == "标记已录入全国系统"
    seat.save_sheet()
    seat.wait(lambda: seat.column("全国系统") == ["已录入"] * 3)
    assert {service.get(desk, one.uid).uploaded_on for one in records} == {date(2026, 11, 23)}


def test_state_and_source_narrow_the_list_and_a_figure_can_ask_for_more(
    desk: Desk, clock: FixedClock, sit_down: SitDown
) -> None:
    records = three(desk)
    service.confirm(desk, records[0].uid, records[0].revision)
    seat = sit_down()
    seat.page.narrowing.state.set_value("not_uploaded")
    seat.wait(lambda: seat.column("状态") == ["已确认"])
    seat.page.narrow_to(ServiceFilter(volunteers=(records[1].volunteer,)))
    seat.wait(lambda: seat.column("志愿者") == ["李国强"])
    assert seat.says("只看同一位志愿者")
    seat.page.narrow_to(ServiceFilter(source=Source.SIGNED))
    seat.wait(lambda: seat.says("没有符合条件的服务记录"))
    seat.click("清除筛选")
    seat.wait(lambda: len(seat.column("志愿者")) == 3)


def test_what_was_served_for_a_team_that_is_no_more_is_still_found_under_its_name(
    desk: Desk, sit_down: SitDown
) -> None:
    there, person = helpers.team(desk), helpers.volunteer(desk, "张秀兰")
    service.enter(desk, replace(form(person.uid), team=there.uid))
    volunteers.disband(desk, there.uid, there.revision, "并入另一支队伍", date(2026, 11, 22))
    seat = sit_down()
    rows: Any = seat.page.table.model.rows
    assert there.name in [row.team for row in rows]
    seat.page.narrowing.team.set_value(there.uid)
    seat.wait(lambda: seat.column("志愿者") == ["张秀兰"])
    seat.desk.team.set_value(there.uid)
    assert seat.desk.team.value() != there.uid


def test_a_filter_of_days_that_are_none_keeps_what_is_shown(desk: Desk, sit_down: SitDown) -> None:
    three(desk)
    seat = sit_down()
    seat.page.narrow_to(ServiceFilter(since=date(2026, 11, 20), until=date(2026, 11, 20)))
    seat.wait(lambda: len(seat.column("志愿者")) == 3)
    since: Any = seat.page.narrowing.since.editor
    since.set_value("二十号")
    assert len(seat.column("志愿者")) == 3
    assert seat.page.narrowing.since.problem


def test_enter_opens_a_record_and_a_letter_its_volunteer(desk: Desk, sit_down: SitDown) -> None:
    records = three(desk)
    seat = at_the_list(sit_down)
    seat.focus("李国强")
    seat.press(ENTER)
    assert seat.routes[-1] == Open(SERVICE.name, records[1].uid)
    seat.press(K.Key_O)
    assert seat.routes[-1] == Open(VOLUNTEERS.name, records[1].volunteer)


# --- 补录 -----------------------------------------------------------------------------------------


def open_form(seat: ServiceSeat) -> None:
    seat.press(K.Key_F2)
    assert seat.sheet().windowTitle() == "补录服务"


def fill_evening(seat: ServiceSeat, who: str) -> None:
    seat.write_in("volunteer", who)
    sheet = seat.saving_sheet()
    press(sheet, ENTER)
    for name, words in (("title", "夜间平安巡逻"), ("day", "11-20"), ("start", "19")):
        seat.write_in(name, words)
    seat.write_in("end", "2130")


def test_a_service_that_is_over_is_entered_by_keys(desk: Desk, sit_down: SitDown) -> None:
    person = helpers.volunteer(desk, "张秀兰")
    seat = sit_down()
    open_form(seat)
    fill_evening(seat, "zxl")
    seat.save_sheet()
    seat.wait(lambda: seat.column("起止时间") == ["19:00—21:30"])
    record = service.page(desk).rows[0]
    assert (record.minutes, record.source, record.volunteer) == (150, Source.ENTERED, person.uid)
    assert record.started_at == at(19)
    assert "2小时30分" in seat.news[0]


def test_an_end_before_the_start_is_on_the_next_day(desk: Desk, sit_down: SitDown) -> None:
    helpers.volunteer(desk, "张秀兰")
    seat = sit_down()
    open_form(seat)
    fill_evening(seat, "zxl")
    seat.write_in("start", "23")
    seat.write_in("end", "1:30")
    seat.save_sheet()
    seat.wait(lambda: seat.column("起止时间") == ["23:00—次日 01:30"])


def test_who_is_elsewhere_at_that_time_is_asked_why(desk: Desk, sit_down: SitDown) -> None:
    person = helpers.volunteer(desk, "张秀兰")
    service.enter(desk, form(person.uid))
    seat = sit_down()
    open_form(seat)
    sheet: Any = seat.saving_sheet()
    assert not sheet.fields["overlap_reason"].isVisible()
    fill_evening(seat, "zxl")
    seat.save_sheet()
    assert "重叠" in sheet.fields["overlap_reason"].problem
    seat.write_in("overlap_reason", "值守时兼做引导")
    seat.save_sheet()
    seat.wait(lambda: len(seat.column("志愿者")) == 2)


def test_what_is_missing_is_said_beside_the_fields(desk: Desk, sit_down: SitDown) -> None:
    seat = sit_down()
    open_form(seat)
    sheet = seat.save_sheet()
    for name in ("volunteer", "title", "start", "end"):
        assert sheet.fields[name].problem, name


def test_a_form_left_half_filled_comes_back(desk: Desk, sit_down: SitDown) -> None:
    helpers.volunteer(desk, "张秀兰")
    seat = sit_down()
    open_form(seat)
    fill_evening(seat, "zxl")
    seat.put_away(seat.saving_sheet())
    open_form(seat)
    sheet: Any = seat.saving_sheet()
    assert seat.says("已接着上次没有保存的内容")
    assert sheet.fields["title"].editor.value() == "夜间平安巡逻"
    seat.save_sheet()
    seat.wait(lambda: seat.column("志愿者") == ["张秀兰"])


def test_the_next_one_of_the_same_paper_needs_only_a_name(desk: Desk, sit_down: SitDown) -> None:
    helpers.several(desk, ["张秀兰", "李国强"])
    seat = sit_down()
    open_form(seat)
    fill_evening(seat, "zxl")
    again: Any = seat.saving_sheet().fields["again"].editor
    again.set_value(["yes"])
    first = seat.save_sheet()
    seat.wait(lambda: seat.sheet() is not first)
    seat.write_in("volunteer", "lgq")
    press(seat.saving_sheet(), ENTER)
    seat.save_sheet()
    seat.wait(lambda: len(seat.column("志愿者")) == 2)
    assert seat.column("起止时间") == ["19:00—21:30"] * 2


def test_a_correction_opens_whole_and_says_what_was_changed(desk: Desk, sit_down: SitDown) -> None:
    records = three(desk)
    seat = at_the_list(sit_down)
    seat.focus("李国强")
    seat.press(K.Key_E)
    sheet: Any = seat.sheet()
    assert sheet.windowTitle() == "更正服务记录"
    assert sheet.fields["start"].editor.value() == "19:00"
    seat.write_in("end", "20:30")
    seat.write_in("why", "看了签到表")
    seat.save_sheet()
    seat.wait(lambda: "1小时30分" in seat.column("时长"))
    record = service.get(desk, records[1].uid)
    assert record.steps[-1].words == "结束时间：看了签到表"


def test_a_forgotten_sign_out_is_finished_from_its_row(
    desk: Desk, clock: FixedClock, sit_down: SitDown
) -> None:
    person = helpers.volunteer(desk, "张秀兰")
    record = service.sign_in(desk, ServiceForm(volunteer=person.uid, title="夜间平安巡逻")).value
    clock.advance(2 * 24 * 3600)
    seat = at_the_list(sit_down)
    assert seat.column("状态") == ["忘签退"]
    seat.focus("张秀兰")
    seat.press(K.Key_Y)
    seat.write_in("ended_at", "11")
    seat.save_sheet()
    seat.wait(lambda: seat.column("状态") == ["待确认"])
    assert service.get(desk, record.uid).state is ServiceState.TO_CONFIRM


def test_the_list_as_it_is_narrowed_goes_to_paper(desk: Desk, sit_down: SitDown) -> None:
    three(desk)
    there = helpers.team(desk)
    seat = at_the_list(sit_down)
    wanted = ServiceFilter(search="zxl", team=there.uid, since=date(2026, 11, 1))
    seat.page.narrow_to(wanted)
    seat.press(K.Key_P, with_=CONTROL)
    seat.page.narrow_to(ServiceFilter())
    seat.press(K.Key_P, with_=CONTROL)
    assert seat.routes == [
        OpenPaper("service-record", about=there.uid, listed=wanted),
        OpenPaper("service-record", listed=ServiceFilter()),
    ]
    reader = replace(desk, actor=replace(desk.actor, rights=frozenset({Right.READ})))
    assert sit_down(reader).page.tools == []


def test_those_that_are_ticked_go_to_paper_whatever_the_list_shows_now(
    desk: Desk, sit_down: SitDown
) -> None:
    records = three(desk)
    seat = at_the_list(sit_down)
    seat.focus("张秀兰")
    seat.press(K.Key_Space)
    seat.page.narrow_to(ServiceFilter(volunteers=(records[1].volunteer,)))
    seat.wait(lambda: seat.column("志愿者") == ["李国强"])
    seat.press(K.Key_P, with_=CONTROL)
    seat.click("打印已选的")
    chosen = OpenPaper("service-record", chosen=(records[0].uid,))
    assert seat.routes == [chosen, chosen]
    seat.page.records.clear_marks()
    seat.press(K.Key_P, with_=CONTROL)
    assert seat.routes[-1].chosen == ()  # type: ignore[union-attr]
