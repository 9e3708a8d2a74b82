"""站点 in the real window: stations join, report, change and go; nobody is ranked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.core.clock import Millis
from desktop_app.core.wording import list_day
from desktop_app.registers.offices import service as offices
from desktop_app.registers.offices.rules import StationEntry, StationLine
from desktop_app.street.inbox.rules.verdicts import Standing
from desktop_app.street.inbox.service import StationReport
from desktop_app.street.stations.rules import stand_of
from desktop_app.street.stations.ui.help_sheets import RecoverSheet
from desktop_app.street.stations.ui.join_sheets import InviteSheet, RequestSheet, WelcomeDone
from desktop_app.street.stations.ui.paper_sheet import PaperKeySheet
from desktop_app.street.stations.ui.sheets import (
    MergeSheet,
    MoveSheet,
    ReinstateSheet,
    RenameSheet,
    RevokeSheet,
    SplitSheet,
)
from desktop_app.street.stations.ui.views import row_of
from tests.driver.inbox import InboxDesk
from tests.driver.program import Counter
from tests.driver.settings import nameless, open_dialogs
from tests.driver.stations import StationsDesk
from tests.homes import StationHome
from tests.street.neighbourhood import Branch, Neighbourhood, street_of

pytestmark = pytest.mark.sqlite_only
DAY = 24 * 60 * 60


@pytest.fixture
def stations(office: Counter) -> StationsDesk:
    """The page 站点 of that window."""
    return StationsDesk(office)


def asked(branch: Branch, stick: Path, read_out: str = "") -> tuple[Path, str]:
    """The station asks the street of the invitation on the stick, whose code was read out; its
    request and its own code."""
    invitation = (stick / "street.json").read_bytes()
    made = offices.request(branch.desk, invitation, expected=read_out)
    path = stick / f"station-{branch.desk.database.station.code}.json"
    path.write_bytes(made.content)
    return path, made.fingerprint


def test_a_station_joins_by_three_files_and_two_codes(
    stations: StationsDesk, around: Neighbourhood, stick: Path
) -> None:
    code, paper = stations.invite(stick)
    assert paper.startswith("AGE-SECRET-KEY-1")
    branch = around.station("QR01", "青榕雅苑党群服务站")
    request, read_out = asked(branch, stick, code)
    stations.accept(request, read_out)
    offices.join(branch.desk, (stick / "welcome-QR01.json").read_bytes())
    assert street_of(branch) == "青榕街道办事处"
    assert stations.codes == ["QR01"]
    assert stations.row("QR01").state.word == "已加入"


def test_the_key_on_paper_is_shown_once_and_can_not_be_passed_over(
    stations: StationsDesk, stick: Path
) -> None:
    stations.invite(stick)
    _, paper = stations.invite(stick)
    assert paper == ""


def test_the_sheet_with_the_key_stays_until_it_is_kept(
    stations: StationsDesk, stick: Path, office: Counter
) -> None:
    office.press(Qt.Key.Key_I, with_=Qt.KeyboardModifier.ControlModifier)
    stations.sheet(InviteSheet).choose(str(stick))
    sheet = stations.sheet(PaperKeySheet)
    sheet.reject()
    assert sheet in open_dialogs()
    assert not sheet.button("done").isEnabled()
    sheet.check.setChecked(True)
    sheet.button("done").click()
    stations.wait(lambda: sheet not in open_dialogs())


def test_another_code_on_the_telephone_accepts_nothing(
    stations: StationsDesk, around: Neighbourhood, stick: Path
) -> None:
    stations.invite(stick)
    request, _ = asked(around.station("QR01", "青榕雅苑党群服务站"), stick)
    sheet = stations.look_at(request)
    stations.fill(RequestSheet, expect="1111 2222 3333 4444 5555")
    stations.wait(lambda: sheet.fields["expect"].problem)
    assert "核对码不一致" in sheet.fields["expect"].problem
    assert not list(stick.glob("welcome-*.json"))
    sheet.reject()
    assert stations.codes == []


def test_without_a_code_nothing_is_accepted(
    stations: StationsDesk, around: Neighbourhood, stick: Path
) -> None:
    stations.invite(stick)
    request, _ = asked(around.station("QR01", "青榕雅苑党群服务站"), stick)
    sheet = stations.look_at(request)
    sheet.press_primary()
    assert "请输入对方念的核对码" in sheet.fields["expect"].problem
    sheet.reject()


def test_a_file_that_is_no_request_is_told(
    stations: StationsDesk, stick: Path, office: Counter
) -> None:
    wrong = stick / "station.json"
    wrong.write_text('{"hello": 1}')
    stations.page.joiner.take_request(str(wrong))
    stations.wait(open_dialogs)
    assert "没有接收" in office.words()
    office.answer("知道了")


def test_who_has_not_reported_for_days_is_marked_and_listed_by_code_all_the_same(
    stations: StationsDesk, around: Neighbourhood, stick: Path, office: Counter
) -> None:
    desk = office.workplace.desk
    inbox = InboxDesk(office)
    for code, name in (("QR02", "翠竹园党群服务站"), ("QR01", "青榕雅苑党群服务站")):
        branch = around.joined(code, name, desk)
        branch.register("陈桂英")
        inbox.drop(branch.report(stick))
        around.clock.advance(6 * DAY)
    around.clock.advance(5 * DAY)
    again = StationsDesk(office)
    again.page.load()
    office.settle()
    assert again.codes == ["QR01", "QR02"]
    assert str(again.row("QR02").reported) == "17 天未报送"
    assert str(again.row("QR01").reported) == "11 天未报送"
    again.page.order.set_value("waiting")
    office.settle()
    assert again.codes == ["QR02", "QR01"]


def test_a_renamed_station_is_found_by_either_name(
    stations: StationsDesk, branch: Branch, around: Neighbourhood, office: Counter
) -> None:
    around.clock.advance(2 * DAY)
    stations.page.load()
    office.settle()
    stations.do("QR01", Qt.Key.Key_N)
    stations.fill(RenameSheet, name="青榕雅苑党群服务中心", reason="升格")
    stations.wait(lambda: stations.row("QR01").name == "青榕雅苑党群服务中心")
    stations.page.box.set_value("雅苑党群服务站")
    office.settle()
    assert stations.codes == ["QR01"]
    assert branch.desk.database.station.name == "青榕雅苑党群服务站"


def test_a_deed_without_a_reason_is_not_done(
    stations: StationsDesk, branch: Branch, office: Counter
) -> None:
    stations.page.load()
    office.settle()
    stations.do("QR01", Qt.Key.Key_N)
    sheet = stations.fill(RenameSheet, name="另一个名字")
    assert "请写明原因" in sheet.fields["reason"].problem
    sheet.reject()
    office.settle()
    assert stations.row("QR01").name == branch.desk.database.station.name


def test_a_station_is_merged_and_taken_back(
    stations: StationsDesk, branch: Branch, around: Neighbourhood, office: Counter
) -> None:
    around.joined("QR02", "翠竹园党群服务站", office.workplace.desk)
    stations.page.load()
    office.settle()
    stations.do("QR02", Qt.Key.Key_M)
    stations.fill(MergeSheet, into="QR01", reason="撤并")
    stations.wait(lambda: stations.codes == ["QR01"])
    stations.page.over.setChecked(True)
    stations.wait(lambda: len(stations.codes) == 2)
    assert stations.row("QR02").state.word == "已并入"
    stations.do("QR02", Qt.Key.Key_B)
    stations.fill(ReinstateSheet, reason="弄错了")
    stations.wait(lambda: stations.row("QR02").state.word == "已加入")
    assert branch.desk.database.station.code == "QR01"


def test_a_station_that_was_searched_for_is_merged_into_one_that_the_list_does_not_show(
    stations: StationsDesk, branch: Branch, around: Neighbourhood, office: Counter
) -> None:
    around.joined("QR02", "翠竹园党群服务站", office.workplace.desk)
    stations.page.load()
    stations.page.box.set_value("翠竹园")
    stations.wait(lambda: stations.codes == ["QR02"])
    stations.do("QR02", Qt.Key.Key_M)
    stations.fill(MergeSheet, into=branch.desk.database.station.code, reason="撤并")
    stations.wait(lambda: not stations.codes)


def test_what_came_reaches_to_no_day_that_has_not_come(office: Counter) -> None:
    desk = office.workplace.desk
    now, zone = desk.database.clock.now(), desk.database.zone
    entry = StationEntry(
        uid=desk.database.new_uid(), station="", code="QR01", name="甲站", since=desk.today
    )
    made = Millis(now + 90 * DAY * 1000)
    known = Standing(station="QR01", applied=1, made_at=made, taken_at=now)
    report = StationReport(entry, known, 0, None)
    stand = stand_of(StationLine(entry, None), report, desk.today, zone, 7)
    assert row_of(stand, zone, desk.today).until == list_day(desk.today, today=desk.today)


def test_a_station_is_split_and_one_moves_to_another_street(
    stations: StationsDesk, branch: Branch, around: Neighbourhood, office: Counter
) -> None:
    around.joined("QR02", "翠竹园党群服务站", office.workplace.desk)
    stations.page.load()
    office.settle()
    stations.do("QR01", Qt.Key.Key_S)
    stations.fill(SplitSheet, code="qr03", name="青榕东社区党群服务站", reason="人多")
    stations.wait(lambda: "QR03" in stations.codes)
    assert stations.row("QR03").state.word == "待加入"
    stations.do("QR02", Qt.Key.Key_O)
    stations.fill(MoveSheet, to="澄岭街道", reason="区划调整")
    stations.wait(lambda: "QR02" not in stations.codes)
    assert branch.desk.database.station.code == "QR01"


@pytest.fixture
def lost(branch: Branch, stick: Path, office: Counter) -> Branch:
    """A station whose PC was stolen after it had reported; its key is revoked on the page."""
    branch.register("陈桂英", "李国强")
    InboxDesk(office).drop(branch.report(stick))
    stations = StationsDesk(office)
    stations.do("QR01", Qt.Key.Key_X)
    stations.fill(RevokeSheet, reason="电脑被盗")
    stations.wait(lambda: stations.row("QR01").state.word == "密钥已吊销")
    return branch


def test_what_a_lost_pc_still_reports_is_refused(
    lost: Branch, stick: Path, office: Counter
) -> None:
    lost.register("王秀英")
    inbox = InboxDesk(office)
    inbox.drop(lost.report(stick))
    assert inbox.lines[-1][1] == "拒收"
    assert "吊销" in inbox.sentences[-1]


def test_a_new_pc_brings_the_station_s_rows_home(
    lost: Branch, around: Neighbourhood, stick: Path, office: Counter
) -> None:
    around.folder = stick
    new = around.station("QR01", lost.desk.database.station.name)
    stations = StationsDesk(office)
    stations.invite(stick)
    request, read_out = asked(new, stick)
    stations.look_at(request)
    assert "这个编码已经有一台电脑加入过" in office.words()
    stations.fill(RequestSheet, expect=read_out)
    stations.close(stations.sheet(WelcomeDone))
    offices.join(new.desk, (stick / "welcome-QR01.json").read_bytes())
    stations.page.deeds.reconcile_into(stations.row("QR01").stand.entry, str(stick))
    stations.wait(lambda: "文件已生成" in office.words())
    office.answer("知道了")
    done = new.reconcile(next(stick.glob("对账-QR01-*.jlb")))
    assert done.adopted > 0
    new.register("赵桂兰")
    inbox = InboxDesk(office)
    inbox.drop(new.report(stick))
    assert inbox.lines[-1][1] == "已收下"


def test_a_street_that_lost_everything_opens_with_its_key_on_paper(
    stations: StationsDesk,
    around: Neighbourhood,
    street_home: StationHome,
    stick: Path,
    office: Counter,
) -> None:
    _, paper = stations.invite(stick)
    blank = paper.removeprefix("AGE-SECRET-KEY-1")
    spaced = " ".join(["AGE-SECRET-KEY-1", *(blank[at : at + 4] for at in range(0, len(blank), 4))])
    stations.page.deeds.recover()
    sheet = stations.fill(RecoverSheet, key=spaced[:-1] + ("A" if spaced[-1] != "A" else "C"))
    stations.wait(lambda: _told(sheet))
    assert "抄写有误" in _told(sheet)
    stations.fill(RecoverSheet, key=spaced)
    shown = stations.sheet(PaperKeySheet)
    shown.check.setChecked(True)
    shown.button("done").click()
    stations.wait(lambda: "备用密钥已启用" in office.words())
    office.answer("知道了")


def _told(sheet: RecoverSheet) -> str:
    return sheet.fields["key"].problem or sheet._trouble.text()


def test_the_page_can_be_used_without_a_mouse(
    stations: StationsDesk, branch: Branch, office: Counter
) -> None:
    assert nameless(stations.page) == []
    office.press(Qt.Key.Key_F, with_=Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is stations.page.box
    assert branch.desk.database.station.code == "QR01"
