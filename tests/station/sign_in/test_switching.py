"""Changing seats at one desk: by PIN within two seconds, never weaker than a sign-in a day."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import pytest

from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.ids import Uid
from desktop_app.core.rights import PROGRAM, Right
from desktop_app.registers.people import service as people
from desktop_app.registers.people.rules import Role
from desktop_app.station.sign_in.session import Session
from desktop_app.storage import audit
from desktop_app.storage.session import Desk
from tests.homes import PASSWORD, StationHome

CLERK, CLERK_PASSWORD, CLERK_PIN = "林秀英", "Ban-gong-shi-1", "2580"
LEAD_PIN = "7413"
HOURS = 3600.0


@pytest.fixture
def session(station_home: StationHome) -> Iterator[Session]:
    """The lead sits at the desk; a clerk has a PIN and has not signed in yet."""
    with station_home.session() as opened:
        people.set_pin(opened.desk, LEAD_PIN)
        added = people.add_operator(
            opened.desk,
            opened.keeper,
            name=CLERK,
            role=Role.CLERK,
            password=CLERK_PASSWORD,
            must_change=False,
        ).value
        people.set_pin(Desk(opened.database, people.actor_of(added)), CLERK_PIN)
        yield opened


@pytest.fixture
def clerk(session: Session) -> Uid:
    lines = people.list_operators(session.desk)
    return next(line.operator.uid for line in lines if line.operator.name == CLERK)


def trail(session: Session) -> list[tuple[str, str, str]]:
    with session.database.reading(PROGRAM, needs=Right.READ_AUDIT) as connection:
        return [(one.action, one.actor_name, one.subject) for one in audit.entries(connection)]


def test_a_pin_alone_never_lets_anybody_in_the_first_time(session: Session, clerk: Uid) -> None:
    assert not session.may_use_pin(clerk)
    with pytest.raises(SafetyRefusal, match="今天还没有在这里用密码登录过"):
        session.switch_by_pin(clerk, CLERK_PIN)
    assert session.desk.actor.name != CLERK


def test_after_the_full_sign_in_a_pin_changes_the_seat(
    session: Session, clerk: Uid, station_home: StationHome
) -> None:
    session.switch_by_password(clerk, CLERK_PASSWORD)
    assert (session.desk.actor.name, session.desk.actor.role) == (CLERK, "窗口")
    session.switch_by_pin(station_home.lead, LEAD_PIN)
    begun = perf_counter()
    desk = session.switch_by_pin(clerk, CLERK_PIN)
    assert perf_counter() - begun < 2
    assert desk is session.desk
    assert desk.actor.name == CLERK
    assert not desk.actor.may(Right.MANAGE_OPERATORS)
    assert [entry[:2] for entry in trail(session)[:2]] == [
        ("切换操作员", CLERK),
        ("切换操作员", "王小燕"),
    ]


def test_the_pin_of_yesterday_s_sign_in_does_not_count(
    session: Session, station_home: StationHome
) -> None:
    assert session.may_use_pin(station_home.lead)
    station_home.clock.advance(15 * HOURS)
    with pytest.raises(SafetyRefusal, match="今天还没有在这里用密码登录过"):
        session.switch_by_pin(station_home.lead, LEAD_PIN)
    session.switch_by_password(station_home.lead, PASSWORD)
    assert session.may_use_pin(station_home.lead)


def test_five_wrong_pins_need_the_password_again(
    session: Session, clerk: Uid, station_home: StationHome
) -> None:
    session.switch_by_password(clerk, CLERK_PASSWORD)
    for left in (4, 3, 2, 1):
        with pytest.raises(SafetyRefusal, match=f"再错 {left} 次就要用密码登录"):
            session.switch_by_pin(station_home.lead, "1111")
    with pytest.raises(SafetyRefusal, match="连续输错 5 次"):
        session.switch_by_pin(station_home.lead, "1111")
    with pytest.raises(SafetyRefusal, match="今天还没有在这里用密码登录过"):
        session.switch_by_pin(station_home.lead, LEAD_PIN)
    assert session.desk.actor.name == CLERK
    assert [entry[0] for entry in trail(session)[:5]] == ["PIN 码不对"] * 5
    session.switch_by_password(station_home.lead, PASSWORD)
    assert session.switch_by_pin(station_home.lead, LEAD_PIN).actor.uid == station_home.lead


def test_a_right_pin_forgets_the_wrong_ones_before(
    session: Session, station_home: StationHome
) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(SafetyRefusal, match="PIN 码不对"):
                session.switch_by_pin(station_home.lead, "1111")
        session.switch_by_pin(station_home.lead, LEAD_PIN)
    assert session.may_use_pin(station_home.lead)


def test_whoever_has_no_pin_is_told_how_to_get_one(session: Session, clerk: Uid) -> None:
    session.switch_by_password(clerk, CLERK_PASSWORD)
    people.set_pin(session.desk, None)
    with pytest.raises(SafetyRefusal, match="还没有设置 PIN 码"):
        session.switch_by_pin(clerk, CLERK_PIN)


def test_an_operator_disabled_meanwhile_cannot_take_the_seat(
    session: Session, clerk: Uid, station_home: StationHome
) -> None:
    session.switch_by_password(clerk, CLERK_PASSWORD)
    session.switch_by_pin(station_home.lead, LEAD_PIN)
    people.disable(session.desk, session.keeper, clerk)
    with pytest.raises(SafetyRefusal, match="已停用"):
        session.switch_by_pin(clerk, CLERK_PIN)
    with pytest.raises(SafetyRefusal, match="已停用"):
        session.switch_by_password(clerk, CLERK_PASSWORD)
    assert session.desk.actor.uid == station_home.lead


def test_a_role_changed_meanwhile_is_in_force_after_the_switch(
    session: Session, clerk: Uid, station_home: StationHome
) -> None:
    session.switch_by_password(clerk, CLERK_PASSWORD)
    session.switch_by_pin(station_home.lead, LEAD_PIN)
    people.change_role(session.desk, clerk, Role.AUDITOR)
    assert session.switch_by_pin(clerk, CLERK_PIN).actor.role == "安全审计员"


def test_wrong_passwords_at_a_switch_lock_the_account(session: Session, clerk: Uid) -> None:
    for _ in range(5):
        with pytest.raises(SafetyRefusal, match="密码不对"):
            session.switch_by_password(clerk, "Wrong-2026-x")
    with pytest.raises(SafetyRefusal, match="还要等约 15 分钟"):
        session.switch_by_password(clerk, CLERK_PASSWORD)


def test_a_locked_screen_opens_by_pin_or_by_password_and_both_are_on_record(
    session: Session,
) -> None:
    session.lock()
    session.lock()
    with pytest.raises(SafetyRefusal, match="PIN 码不对"):
        session.unlock(pin="1111")
    told = [session.locked]
    session.unlock(pin=LEAD_PIN)
    told.append(session.locked)
    session.lock()
    session.unlock(password=PASSWORD)
    assert [*told, session.locked] == [True, False, False]
    actions = [entry[0] for entry in trail(session)[:5]]
    assert actions == ["解锁", "锁屏", "解锁", "PIN 码不对", "锁屏"]
