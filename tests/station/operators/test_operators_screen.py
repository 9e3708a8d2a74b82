"""Accounts on screen: what everybody may do with the own one, what a manager with all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.registers.people import service
from desktop_app.registers.people.rules import Operator, Role
from desktop_app.station.operators.ui.page import OperatorsSection
from desktop_app.station.sign_in.session import Session
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.settings import ENTER, Section, nameless
from tests.homes import PASSWORD, StationHome

pytestmark = pytest.mark.sqlite_only
K = Qt.Key
FIRST = "Ab-12345678"
NEW = "Xin-mima-2026"


@pytest.fixture
def session(station_home: StationHome) -> Iterator[Session]:
    with station_home.session() as opened:
        yield opened


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def section(session: Session, runner: JobRunner, qtbot: QtBot) -> Section:
    """The section with two operators: the lead who sits there, and a clerk."""
    service.add_operator(
        session.desk, session.keeper, name="李文强", role=Role.CLERK, password=FIRST
    )
    made = Section(OperatorsSection(session, runner), qtbot)
    made.come()
    return made


def names(section: Section) -> list[str]:
    return [row[0] for row in section.rows]


def operator(session: Session, name: str) -> Operator:
    lines = service.list_operators(session.desk)
    return next(line.operator for line in lines if line.operator.name == name)


def on_the_clerk(section: Section) -> None:
    section.to_row("李文强")


def test_everybody_stands_in_the_list_with_role_state_pin_and_last_sign_in(
    section: Section,
) -> None:
    assert section.row("王小燕") == ["王小燕", "站长", "在用", "未设", "今天"]
    assert section.row("李文强") == ["李文强", "窗口", "待改密码", "未设", "从未登录"]


def test_an_account_is_opened_by_keyboard_and_its_password_must_be_changed(
    section: Section, session: Session
) -> None:
    section.press(K.Key_F2)
    for text in ("赖美玲", "1", FIRST, FIRST):
        section.type(text)
        section.press(ENTER)
    section.wait(lambda: "赖美玲" in names(section))
    added = operator(session, "赖美玲")
    assert (added.role, added.must_change_password) == (Role.VOLUNTEER, True)
    assert section.news == ["已新增“赖美玲”"]


def test_each_role_says_in_a_line_what_it_may_do(section: Section) -> None:
    section.press(K.Key_F2)
    section.field("角色").go()
    said = []
    for digit in "12345":
        section.type(digit)
        said.append(section.words)
    told = ["只登记来访", "登记、办理", "全部权限", "管理多个站点", "只查看台账"]
    assert [words in line for words, line in zip(told, said, strict=True)] == [True] * 5
    section.sheet.reject()


def test_a_weak_password_and_a_taken_name_are_told_beside_their_fields(section: Section) -> None:
    section.press(K.Key_F2)
    section.fill(姓名="李文强", 初始密码="abc", 再输一次初始密码="abc")
    section.push("新增")
    section.wait(lambda: section.field("初始密码").problem)
    assert "太短" in section.field("初始密码").problem
    for label in ("初始密码", "再输一次初始密码"):
        section.field(label).go()
        section.press(K.Key_A, with_=Qt.KeyboardModifier.ControlModifier)
        section.type(FIRST)
    section.push("新增")
    section.wait(lambda: section.field("姓名").problem)
    assert "已经有一位操作员叫“李文强”" in section.field("姓名").problem
    section.sheet.reject()


def test_two_different_first_passwords_are_told_at_once(section: Section) -> None:
    section.press(K.Key_F2)
    section.fill(姓名="赖美玲", 初始密码=FIRST, 再输一次初始密码=FIRST + "x")
    section.push("新增")
    assert "不一样" in section.field("再输一次初始密码").problem
    section.sheet.reject()


def test_disabling_says_that_old_backups_still_open_and_is_asked_first(section: Section) -> None:
    on_the_clerk(section)
    section.press(K.Key_D)
    assert service.OLD_BACKUPS_STILL_OPEN in section.words
    section.push("停用")
    section.wait(lambda: section.row("李文强")[2] == "已停用")


def test_a_disabled_account_is_opened_again_with_a_new_password(
    section: Section, session: Session
) -> None:
    clerk = operator(session, "李文强")
    service.disable(session.desk, session.keeper, clerk.uid)
    section.page.load()
    on_the_clerk(section)
    section.press(K.Key_E)
    section.fill(新密码=NEW, 再输一次新密码=NEW)
    section.press(ENTER)
    section.wait(lambda: section.row("李文强")[2] == "待改密码")


def test_a_forgotten_password_is_set_anew(section: Section, station_home: StationHome) -> None:
    on_the_clerk(section)
    section.press(K.Key_P)
    section.fill(新密码=NEW, 再输一次新密码=NEW)
    section.press(ENTER)
    section.wait(lambda: section.news == ["已重设“李文强”的密码"])
    with station_home.session("李文强", NEW) as again:
        assert again.must_change_password


def test_name_and_role_are_changed_in_place(section: Section) -> None:
    on_the_clerk(section)
    section.press(K.Key_R)
    section.press(K.Key_A, with_=Qt.KeyboardModifier.ControlModifier)
    section.type("李文强（二组）")
    section.press(ENTER)
    section.wait(lambda: "李文强（二组）" in names(section))
    section.to_row("李文强（二组）")
    section.press(K.Key_G)
    section.type("5")
    section.press(ENTER)
    section.wait(lambda: section.row("李文强（二组）")[1] == "安全审计员")


def test_nobody_locks_himself_out(section: Section) -> None:
    section.to_row("王小燕")
    section.press(K.Key_D)
    assert section.row("王小燕")[2] == "在用"
    section.press(K.Key_G)
    section.type("2")
    section.press(ENTER)
    section.wait(lambda: "最后一位" in section.words)
    section.sheet.reject()


def test_the_own_password_is_changed_with_the_present_one(
    section: Section, station_home: StationHome
) -> None:
    section.push("更换我的密码")
    section.fill(现在的密码="wrong one", 新密码=NEW, 再输一次新密码=NEW)
    section.press(ENTER)
    section.wait(lambda: section.field("现在的密码").problem)
    section.press(K.Key_A, with_=Qt.KeyboardModifier.ControlModifier)
    section.type(PASSWORD)
    section.push("更换")
    section.wait(lambda: section.news == ["密码已更换"])
    with station_home.session(password=NEW) as again:
        assert not again.must_change_password


def test_a_pin_is_set_and_taken_away(section: Section) -> None:
    section.push("设置 PIN 码")
    section.fill(**{"PIN 码": "1234", "再输一次 PIN 码": "1234"})
    section.press(ENTER)
    section.wait(lambda: section.field("PIN 码").problem)
    assert "太容易猜到" in section.field("PIN 码").problem
    for label in ("PIN 码", "再输一次 PIN 码"):
        section.field(label).go()
        section.press(K.Key_A, with_=Qt.KeyboardModifier.ControlModifier)
        section.type("4821")
    section.press(ENTER)
    section.wait(lambda: section.row("王小燕")[3] == "已设")
    section.push("取消 PIN 码")
    section.wait(lambda: section.row("王小燕")[3] == "未设")


def test_a_new_recovery_code_is_shown_until_it_is_kept_and_the_old_one_is_void(
    section: Section, station_home: StationHome
) -> None:
    section.push("生成新恢复码")
    assert "立刻作废" in section.words
    section.push("生成")
    section.wait(lambda: "只显示这一次" in section.words)
    shown = "-".join(
        line for line in section.words.split("\n") if len(line) == 5 and line.isupper()
    )
    section.sheet.reject()
    assert "只显示这一次" in section.words
    section.press(K.Key_Space)
    section.push("关闭")
    assert shown != station_home.recovery_code


def test_a_volunteer_sees_only_the_own_account(
    session: Session, station_home: StationHome, runner: JobRunner, qtbot: QtBot
) -> None:
    service.add_operator(
        session.desk, session.keeper, name="赖美玲", role=Role.VOLUNTEER, password=FIRST
    )
    with station_home.session("赖美玲", FIRST) as hers:
        made = Section(OperatorsSection(hers, runner), qtbot)
        made.come()
        assert "赖美玲　值班志愿者" in made.words
        assert "王小燕" not in made.words
        made.press(K.Key_F2)
        assert "新增操作员" not in made.words


def test_everything_that_takes_the_keyboard_has_the_name_that_can_be_read(
    section: Section,
) -> None:
    assert nameless(section.page) == []
    section.press(K.Key_F2)
    assert nameless(section.sheet) == []
    section.sheet.reject()
