"""Coming in, going away and changing seats at the real window, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.registers.people import service as people
from desktop_app.station.backups import service as backups
from desktop_app.station.sign_in.ui.page import SignInPage
from tests.driver import sign_in as door
from tests.driver.program import Counter
from tests.driver.settings import focused, open_dialogs
from tests.driver.sign_in import CLERK, CLERK_PIN, ENTER, LEAD_PIN
from tests.driver.typing import press, type_text
from tests.homes import LEAD, PASSWORD, StationHome

pytestmark = pytest.mark.sqlite_only
TWO_SECONDS = 2_000
NEW = "Xin-mima-2026"


def test_a_password_and_enter_open_the_front_desk(counter: Counter) -> None:
    door.come_in(counter)
    assert door.seated(counter) == LEAD
    assert "姓名" in focused()


def test_a_wrong_password_is_told_beside_the_field_and_can_be_typed_again(counter: Counter) -> None:
    counter.try_password("not the password")
    counter.wait(lambda: bool(counter.problem("密码")))
    assert "再错 4 次" in counter.problem("密码")
    assert counter.window.workplace is None
    door.come_in(counter)
    assert door.seated(counter) == LEAD


def test_an_empty_password_is_asked_for_and_not_counted(counter: Counter) -> None:
    counter.try_password("")
    assert counter.problem("密码") == "请输入密码。"


def test_the_one_who_locked_comes_back_by_pin_within_two_seconds(counter: Counter) -> None:
    door.come_in(counter)
    workplace = counter.workplace
    door.lock(counter)
    assert door.unlock(counter, LEAD_PIN) <= TWO_SECONDS
    assert counter.workplace is workplace


def test_another_clerk_takes_the_seat_by_pin_within_two_seconds(counter: Counter) -> None:
    door.come_in(counter)
    door.lock(counter)
    door.unlock(counter, door.CLERK_PASSWORD, number=2)
    counter.wait(lambda: door.seated(counter) == CLERK)
    door.lock(counter)
    door.unlock(counter, LEAD_PIN, number=1)
    counter.wait(lambda: door.seated(counter) == LEAD)
    door.lock(counter)
    assert door.unlock(counter, CLERK_PIN, number=2) <= TWO_SECONDS
    assert door.seated(counter) == CLERK


def test_a_wrong_pin_is_told_and_the_screen_stays_locked(counter: Counter) -> None:
    door.come_in(counter)
    page = door.lock(counter)
    door.unlock(counter, "0000")
    assert "PIN 码不对" in page.secret_field.problem
    assert counter.is_locked


def test_the_password_may_be_used_instead_of_the_pin(counter: Counter) -> None:
    door.come_in(counter)
    page = door.lock(counter)
    assert page.secret_field.label == "PIN 码"
    page.other_way.click()
    assert page.secret_field.label == "密码"
    door.unlock(counter, PASSWORD)
    assert not counter.is_locked


def test_who_has_no_pin_is_asked_for_the_password(counter: Counter) -> None:
    door.come_in(counter)
    people.set_pin(counter.workplace.desk, None)
    page = door.lock(counter)
    assert page.secret_field.label == "密码"
    assert page.other_way.isHidden()


def test_the_screen_locks_itself_when_nobody_touches_it(
    counter: Counter, station_home: StationHome
) -> None:
    door.come_in(counter)
    counter.press(Qt.Key.Key_Escape)
    station_home.clock.advance(10 * 60)
    counter.wait(lambda: counter.is_locked)


def test_a_shorter_limit_counts_at_once(counter: Counter, station_home: StationHome) -> None:
    door.come_in(counter)
    section = door.station_section(counter)
    door.fill_in(section, counter, **{"自动锁屏（分钟）": ""})
    counter.press(Qt.Key.Key_A, with_=door.CONTROL)
    counter.type("1")
    counter.press(Qt.Key.Key_Tab)
    station_home.clock.advance(60)
    counter.wait(lambda: counter.is_locked)


def test_work_done_in_time_keeps_the_screen_open(
    counter: Counter, station_home: StationHome
) -> None:
    door.come_in(counter)
    looks: list[bool] = []
    idle = counter.window.findChildren(door.IdleWatch)[0]
    for _ in range(3):
        station_home.clock.advance(9 * 60)
        counter.press(Qt.Key.Key_Escape)
        idle.look()
        looks.append(counter.is_locked)
    assert looks == [False, False, False]


def test_a_locked_screen_shows_no_open_question_and_it_is_back_afterwards(counter: Counter) -> None:
    door.come_in(counter)
    door.settings(counter, "operators")
    counter.press(Qt.Key.Key_F2)
    sheet = counter.sheet()
    type_text(sheet, "陈")
    counter.window.lock()
    door.lock_page(counter)
    assert not open_dialogs()
    counter.window.activateWindow()
    door.unlock(counter, LEAD_PIN)
    counter.wait(lambda: open_dialogs() == [sheet])
    sheet.reject()


def test_the_recovery_code_gives_a_new_password_and_opens_the_home(
    counter: Counter, station_home: StationHome
) -> None:
    page = door.recover(counter)
    door.fill_in(page, counter, 恢复码=station_home.recovery_code.lower())
    door.fill_in(page, counter, 新密码=NEW, 再输一次新密码=NEW)
    counter.press(ENTER)
    counter.wait(lambda: counter.window.workplace is not None)
    assert door.seated(counter) == LEAD


def test_a_mistyped_group_of_the_recovery_code_is_named(
    counter: Counter, station_home: StationHome
) -> None:
    page = door.recover(counter)
    code = station_home.recovery_code
    wrong = ("Z" if code[0] != "Z" else "Y") + code[1:]
    door.fill_in(page, counter, 恢复码=wrong, 新密码=NEW, 再输一次新密码=NEW)
    counter.press(ENTER)
    counter.wait(lambda: bool(page.code_field.problem))
    assert "第 1 组" in page.code_field.problem


def test_two_different_new_passwords_are_told_before_anything_is_tried(counter: Counter) -> None:
    page = door.recover(counter)
    door.fill_in(page, counter, 新密码=NEW, 再输一次新密码=NEW + "x")
    counter.press(ENTER)
    assert "不一样" in page.again_field.problem


def test_a_new_station_is_made_by_keyboard_and_its_code_shown_once(
    fresh: Callable[[Path], Counter], tmp_path: Path
) -> None:
    counter = fresh(tmp_path / "new")
    window = door.set_up_window(counter)
    for text in ("青榕雅苑党群服务站", "qr02", "陈建国", PASSWORD, PASSWORD):
        type_text(window, text)
        press(window, ENTER)
    page = door.code_page(counter, window)
    assert not page.button.isEnabled()
    press(window, Qt.Key.Key_Space)
    assert page.button.isEnabled()
    page.button.click()
    counter.wait(lambda: counter.program.window is not None)
    door_page = counter.window.findChildren(SignInPage)[0]
    assert door_page.operator.currentText() == "陈建国"
    assert "恢复码" not in counter.words().replace("用恢复码登录", "")


def test_a_new_street_is_made_by_keyboard(fresh: Callable[[Path], Counter], tmp_path: Path) -> None:
    counter = fresh(tmp_path / "new")
    window = door.set_up_window(counter)
    press(window, Qt.Key.Key_E, with_=Qt.KeyboardModifier.AltModifier)
    press(window, Qt.Key.Key_Right, ENTER)
    assert {field.label for field in window.form.fields.values()} >= {"街道名称", "街道编码"}
    for text in ("青榕街道办事处", "qrjd", "苏文静", PASSWORD, PASSWORD):
        type_text(window, text)
        press(window, ENTER)
    page = door.code_page(counter, window)
    assert "街道负责人" in counter.words()
    press(window, Qt.Key.Key_Space)
    page.button.click()
    counter.wait(lambda: counter.program.window is not None)
    counter.window.activateWindow()
    door.come_in(counter)
    assert counter.workplace.desk.database.station.is_street
    assert counter.workplace.desk.actor.role == "街道管理员"


def test_every_wrong_field_of_a_new_station_is_told_beside_it(
    fresh: Callable[[Path], Counter], tmp_path: Path
) -> None:
    counter = fresh(tmp_path / "new")
    window = door.set_up_window(counter)
    window.form.button.click()
    counter.wait(lambda: bool(window.form.fields["name"].problem))
    told = {name: field.problem for name, field in window.form.fields.items()}
    assert all(told[name] for name in ("name", "code", "operator_name", "password"))
    assert "太短" in told["password"]
    assert "太简单" in told["password"]


def test_a_backup_is_put_in_place_of_a_new_station(
    fresh: Callable[[Path], Counter], station_home: StationHome, tmp_path: Path
) -> None:
    with station_home.session() as session:
        made = backups.back_up(session.desk, session.house.home, tmp_path)
    counter = fresh(tmp_path / "new")
    window = door.set_up_window(counter)
    window.form.restore_from(str(made.path))
    counter.sheet()
    assert "恢复完成" in counter.words()
    counter.answer("知道了")
    counter.wait(lambda: counter.program.window is not None)
    counter.window.activateWindow()
    door.come_in(counter)
    assert counter.workplace.desk.database.station.desk == "B"
