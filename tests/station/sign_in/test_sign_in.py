"""The way in: right and wrong passwords, damaged and newer data, and what the audit says of it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from desktop_app.core.clock import FixedClock, millis
from desktop_app.core.errors import EnvironmentFault, Fault, SafetyRefusal, UserError
from desktop_app.core.rights import Right
from desktop_app.registers.people import service as people
from desktop_app.registers.people.rules import Role
from desktop_app.station.sign_in.service import (
    clock_warning,
    open_house,
    sign_in,
    sign_in_with_recovery,
)
from desktop_app.station.sign_in.session import Session
from desktop_app.storage import audit
from desktop_app.storage.home import AlreadyOpen
from tests.homes import CHEAP, LEAD, PASSWORD, StationHome
from tests.storage.children import run_child

MINUTE = 60.0
DAY_MS = 24 * 3600 * 1000


def trail(session: Session) -> list[audit.AuditEntry]:
    with session.desk.reading(needs=Right.READ_AUDIT) as connection:
        return audit.entries(connection)[::-1]


def actions(session: Session) -> list[str]:
    return [entry.action for entry in trail(session)]


def fail(home: StationHome, times: int = 1) -> list[str]:
    """Wrong passwords, and the sentence for each."""
    told = []
    for _ in range(times):
        with pytest.raises(SafetyRefusal) as refusal, home.session(password="Wrong-2026-x"):
            pass
        told.append(refusal.value.sentence)
    return told


def test_a_sign_in_is_in_the_audit_under_the_operator_s_name(station_home: StationHome) -> None:
    with station_home.session() as session:
        last = trail(session)[-1]
        assert (last.action, last.actor_name, last.actor) == ("登录", LEAD, station_home.lead)
        assert people.myself(session.desk).last_sign_in == session.desk.today


def test_an_operator_may_be_named_by_uid_or_by_name(station_home: StationHome) -> None:
    with station_home.session(station_home.lead) as session:
        assert session.desk.actor.name == LEAD
    with pytest.raises(UserError, match="没有叫“陈志强”的操作员"), station_home.session("陈志强"):
        pass


def test_a_wrong_password_says_how_many_tries_are_left(station_home: StationHome) -> None:
    told = fail(station_home, 5)
    assert ["再错 4 次" in told[0], "再错 1 次" in told[3]] == [True, True]
    assert "锁定 15 分钟" in told[4]
    assert all("密码不对" in sentence for sentence in told)


def test_the_right_password_does_not_help_while_locked_out(station_home: StationHome) -> None:
    fail(station_home, 5)
    station_home.clock.advance(4 * MINUTE)
    with pytest.raises(SafetyRefusal, match="还要等约 11 分钟"), station_home.session():
        pass
    station_home.clock.advance(11 * MINUTE)
    with station_home.session() as session:
        assert session.desk.actor.name == LEAD


@pytest.mark.sqlite_only
@pytest.mark.parametrize("days", [-400, -1, 1, 400])
def test_moving_the_clock_does_not_open_a_locked_account(
    station_home: StationHome, days: int
) -> None:
    fail(station_home, 5)
    clock = station_home.clock
    clock.set(type(clock.now())(clock.now() + days * DAY_MS))
    with pytest.raises(SafetyRefusal, match="还要等约 15 分钟"), station_home.session():
        pass


@pytest.mark.sqlite_only
def test_starting_the_machine_anew_does_not_open_a_locked_account(
    station_home: StationHome,
) -> None:
    station_home.clock.advance(3 * MINUTE)
    fail(station_home, 5)
    station_home.clock.advance(10 * MINUTE)
    restarted = FixedClock(station_home.clock.now())
    after = StationHome(station_home.path, restarted, station_home.lead, "")
    with pytest.raises(SafetyRefusal, match="还要等约 15 分钟"), after.session():
        pass
    restarted.advance(15 * MINUTE)
    with after.session() as session:
        assert session.desk.actor.name == LEAD


def test_failures_and_the_lock_out_stand_in_the_audit_each_once(station_home: StationHome) -> None:
    fail(station_home, 5)
    station_home.clock.advance(16 * MINUTE)
    with station_home.session() as session:
        failed = [entry for entry in trail(session) if entry.action == "登录失败"]
        assert [entry.subject for entry in failed] == [f"操作员 {LEAD}"] * 5
        assert failed[0].detail.startswith("2026-11-23 09:00:00 连续第 1 次（记录 ")
        assert "连续第 5 次，锁定 15 分钟" in failed[4].detail
    with station_home.session() as session:
        assert actions(session).count("登录失败") == 5


def test_failures_taken_before_a_crash_are_not_taken_twice(station_home: StationHome) -> None:
    fail(station_home, 2)
    failures = station_home.path / "sign_in_failures.log"
    before = failures.read_bytes()
    with station_home.session() as session:
        assert actions(session).count("登录失败") == 2
    # The program died after the audit's commit, before the file was cleared.
    failures.write_bytes(before)
    with station_home.session() as session:
        assert actions(session).count("登录失败") == 2


def test_a_disabled_operator_is_refused_even_when_the_slot_came_back(
    station_home: StationHome,
) -> None:
    slots = station_home.path / "keyslots.json"
    with station_home.session() as session:
        clerk = people.add_operator(
            session.desk, session.keeper, name="林秀英", role=Role.CLERK, password="Ban-gong-shi-1"
        ).value
        old = slots.read_bytes()
        people.disable(session.desk, session.keeper, clerk.uid)
    slots.write_bytes(old)
    with (
        pytest.raises(SafetyRefusal, match="“林秀英”的账号已停用"),
        station_home.session("林秀英", "Ban-gong-shi-1"),
    ):
        pass


def test_a_password_that_somebody_else_set_must_be_changed_first(
    station_home: StationHome,
) -> None:
    with station_home.session() as session:
        people.add_operator(
            session.desk, session.keeper, name="林秀英", role=Role.CLERK, password="Ban-gong-shi-1"
        )
    with station_home.session("林秀英", "Ban-gong-shi-1") as session:
        assert session.must_change_password
        assert "别人给您设的" in session.password_notice
        with pytest.raises(SafetyRefusal, match="现在的密码不对"):
            session.change_password("Ban-gong-shi-9", "Ban-gong-shi-2")
        session.change_password("Ban-gong-shi-1", "Ban-gong-shi-2")
        assert (session.must_change_password, session.password_notice) == (False, "")
    with station_home.session("林秀英", "Ban-gong-shi-2") as session:
        assert not session.must_change_password


def test_a_password_older_than_ninety_days_must_be_changed(station_home: StationHome) -> None:
    station_home.clock.advance(90 * 24 * 60 * MINUTE)
    with station_home.session() as session:
        assert not session.must_change_password
    station_home.clock.advance(24 * 60 * MINUTE)
    with station_home.session() as session:
        assert session.must_change_password
        assert "超过 90 天" in session.password_notice


def test_guessing_at_the_present_password_locks_the_account_too(station_home: StationHome) -> None:
    with station_home.session() as session:
        for _ in range(5):
            with pytest.raises(SafetyRefusal, match="现在的密码不对"):
                session.change_password("Wrong-2026-x", "Ban-gong-shi-2")
        with pytest.raises(SafetyRefusal, match="还要等约 15 分钟"):
            session.change_password(PASSWORD, "Ban-gong-shi-2")


def test_the_recovery_code_opens_the_home_and_gives_a_new_password(
    station_home: StationHome,
) -> None:
    with station_home.house() as house:
        session = sign_in_with_recovery(
            house, station_home.recovery_code.lower(), LEAD, "Ban-gong-shi-1", kdf_cost=CHEAP
        )
        assert actions(session)[-2:] == ["用恢复码重设密码", "用恢复码登录"]
        assert not session.must_change_password
        session.close()
    with station_home.session(password="Ban-gong-shi-1") as session:
        assert session.desk.actor.name == LEAD
    with pytest.raises(SafetyRefusal, match="密码不对"), station_home.session():
        pass


@pytest.mark.sqlite_only
def test_a_mistyped_recovery_code_is_named_and_another_one_s_is_counted(
    station_home: StationHome,
) -> None:
    code = station_home.recovery_code
    wrong_letter = ("7" if code[0] != "7" else "8") + code[1:]
    with station_home.house() as house:
        with pytest.raises(UserError, match="第 1 组"):
            sign_in_with_recovery(house, wrong_letter, LEAD, "Ban-gong-shi-1", kdf_cost=CHEAP)
        other = "00000-" * 7
        with pytest.raises(UserError, match="恢复码"):
            sign_in_with_recovery(house, other, LEAD, "Ban-gong-shi-1", kdf_cost=CHEAP)
    with station_home.session() as session:
        replaced = people.new_recovery_code(session.desk, session.keeper)
    with station_home.house() as house:
        for left in ("再错 4 次", "再错 3 次", "再错 2 次", "再错 1 次", "已经连续错了 5 次"):
            with pytest.raises(SafetyRefusal, match=left):
                sign_in_with_recovery(house, code, LEAD, "Ban-gong-shi-1", kdf_cost=CHEAP)
        with pytest.raises(SafetyRefusal, match="还要等约 15 分钟"):
            sign_in_with_recovery(house, replaced, LEAD, "Ban-gong-shi-1", kdf_cost=CHEAP)
    with station_home.session() as session:
        assert [one.subject for one in trail(session) if one.action == "登录失败"] == ["恢复码"] * 5


@pytest.mark.parametrize("named", ["陈志强", "", "王小"])
def test_the_recovery_code_helps_only_an_operator_there_is(
    station_home: StationHome, named: str
) -> None:
    with station_home.house() as house, pytest.raises(UserError, match="没有叫"):
        sign_in_with_recovery(
            house, station_home.recovery_code, named, "Ban-gong-shi-1", kdf_cost=CHEAP
        )


def test_an_operator_without_a_slot_comes_back_by_the_recovery_code(
    station_home: StationHome,
) -> None:
    with station_home.session() as session:
        session.keeper.remove(station_home.lead)
    with station_home.house() as house:
        assert house.operators() == []
        sign_in_with_recovery(
            house, station_home.recovery_code, LEAD, "Ban-gong-shi-1", kdf_cost=CHEAP
        ).close()
        assert [line.name for line in house.operators()] == [LEAD]


@pytest.mark.sqlite_only
def test_a_deleted_key_slot_file_is_told_with_the_way_back(station_home: StationHome) -> None:
    (station_home.path / "keyslots.json").unlink()
    with pytest.raises(SafetyRefusal, match=r"找不到密钥文件 keyslots\.json") as refusal:
        open_house(station_home.path, station_home.clock)
    assert "恢复备份" in refusal.value.next_step
    assert not (station_home.path / "keyslots.json").exists()


@pytest.mark.sqlite_only
@pytest.mark.parametrize("kept", [0, 100, 1024, 4096, 20_000])
def test_a_truncated_database_is_named_as_damaged_and_left_as_it_is(
    station_home: StationHome, kept: int
) -> None:
    file = station_home.path / "jinlin.db"
    whole = file.read_bytes()
    assert len(whole) > kept
    file.write_bytes(whole[:kept])
    with pytest.raises(EnvironmentFault, match="数据库文件已损坏") as fault, station_home.session():
        pass
    assert "恢复备份" in fault.value.next_step
    assert file.read_bytes() == whole[:kept]


@pytest.mark.sqlite_only
def test_a_missing_database_is_not_made_anew(station_home: StationHome) -> None:
    (station_home.path / "jinlin.db").unlink()
    with pytest.raises(Fault, match=r"找不到数据库文件 jinlin\.db"), station_home.session():
        pass
    assert not (station_home.path / "jinlin.db").exists()


def test_a_database_from_a_newer_version_is_refused_and_left_alone(
    station_home: StationHome,
) -> None:
    with station_home.session() as session, session.database.unrecorded() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '9999' WHERE name = 'schema_version'")
    with pytest.raises(SafetyRefusal, match="更新版本的近邻台"), station_home.session():
        pass


@pytest.mark.sqlite_only
def test_a_copied_home_opens_elsewhere_and_a_foreign_key_slot_file_does_not(
    station_home: StationHome,
) -> None:
    moved = station_home.path.with_name("搬来的数据")
    shutil.copytree(station_home.path, moved)
    elsewhere = StationHome(moved, station_home.clock, station_home.lead, "")
    with elsewhere.session() as session:
        assert session.desk.actor.name == LEAD
    text = (moved / "keyslots.json").read_text(encoding="utf-8")
    (moved / "keyslots.json").write_text(text.replace("a", "b", 1), encoding="utf-8")
    with pytest.raises(SafetyRefusal, match="已损坏"):
        open_house(moved, station_home.clock)


@pytest.mark.sqlite_only
def test_one_window_a_home_and_commands_beside_it(station_home: StationHome) -> None:
    with station_home.house(window=True) as house:
        with pytest.raises(AlreadyOpen), station_home.house(window=True):
            pass
        with station_home.session() as session:
            assert session.desk.actor.name == LEAD
        sign_in(house, LEAD, PASSWORD, kdf_cost=CHEAP).close()
    with station_home.house(window=True) as house:
        assert house.station_name


def test_signing_out_is_on_record_and_another_may_sign_in(station_home: StationHome) -> None:
    with station_home.house() as house:
        sign_in(house, LEAD, PASSWORD, kdf_cost=CHEAP).sign_out()
        second = sign_in(house, LEAD, PASSWORD, kdf_cost=CHEAP)
        assert actions(second)[-2:] == ["退出", "登录"]
        second.close()


def test_a_clock_in_the_year_2000_is_warned_of_and_stops_nobody(station_home: StationHome) -> None:
    station_home.clock.set(millis(datetime(2000, 1, 1, tzinfo=UTC)))
    with station_home.session() as session:
        assert session.clock_warning is not None
        assert "2000-01-01" in session.clock_warning
        assert session.desk.actor.name == LEAD


def test_a_clock_before_the_last_record_is_warned_of(station_home: StationHome) -> None:
    with station_home.session() as session:
        assert session.clock_warning is None
    clock = station_home.clock
    now = clock.now()
    clock.set(type(now)(now - 2 * DAY_MS))
    with station_home.session() as session:
        assert session.clock_warning is not None
        assert "2026-11-23 09:00" in session.clock_warning
        # Still there after this sign-in was recorded under the wrong time.
        assert clock_warning(session.desk) == session.clock_warning
    clock.set(type(now)(now + DAY_MS))
    with station_home.session() as session:
        assert session.clock_warning is None


_PAINT = """
from pathlib import Path
from desktop_app.core.clock import SystemClock
from desktop_app.station.sign_in import service
"""


@pytest.mark.sqlite_only
def test_the_sign_in_window_is_painted_before_anything_heavy_is_loaded(
    station_home: StationHome,
) -> None:
    out = run_child(
        _PAINT,
        """
        with service.open_house(Path(sys.argv[1]), SystemClock()) as house:
            print(house.operators()[0].name)
        heavy = {"sqlalchemy", "sqlcipher3", "argon2", "cryptography", "PySide6", "pypinyin"}
        print(sorted(heavy & set(sys.modules)))
        service.warm_up()
        print({"sqlalchemy", "sqlcipher3", "argon2"} <= set(sys.modules))
        """,
        station_home.path,
    )
    assert out.splitlines() == [LEAD, "[]", "True"]
