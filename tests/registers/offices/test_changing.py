"""Stations are renamed, merged, split and moved; what they registered keeps their code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import NotAllowed, UserError
from desktop_app.core.rights import Actor, Right
from desktop_app.registers.offices import service, store
from desktop_app.registers.offices.rules import StationState
from desktop_app.storage.session import Desk, read_facts
from tests.registers.offices.enrolled import enrol
from tests.stations import CLERK, FACTS, OpenDatabase

TODAY = date(2026, 11, 23)
LATER = TODAY + timedelta(days=30)
NEIGHBOUR = replace(FACTS, code="QR02", name="荷塘里党群服务站", lineage="neighbour")


@pytest.fixture
def street(desk: Desk, street_desk: Desk, open_another: OpenDatabase) -> Desk:
    """A street with two stations, QR01 and QR02."""
    enrol(desk, street_desk)
    enrol(Desk(open_another(NEIGHBOUR), CLERK), street_desk)
    return street_desk


def later(clock: FixedClock) -> None:
    clock.advance(30 * 24 * 60 * 60)


def key_believed(street: Desk, code: str) -> bool:
    with street.reading(needs=Right.READ) as connection:
        return any(key.trusted for key in store.keys_of(connection, code))


def test_a_renamed_station_keeps_code_key_and_old_name_on_old_reports(
    street: Desk, clock: FixedClock
) -> None:
    later(clock)
    done = service.rename(street, "QR01", "青榕雅苑党群服务中心", reason="街道发文")

    structure = service.structure(street)
    assert (done.value.code, done.value.state) == ("QR01", StationState.JOINED)
    assert structure.name("QR01") == "青榕雅苑党群服务中心"
    assert structure.name("QR01", LATER) == "青榕雅苑党群服务中心"
    assert structure.name("QR01", LATER - timedelta(days=1)) == "青榕雅苑党群服务站"
    assert key_believed(street, "QR01")


def test_a_slip_of_the_first_day_leaves_no_earlier_name(street: Desk) -> None:
    done = service.rename(street, "QR01", "青榕中心", reason="写错了")

    assert done.value.earlier_names == ()


def test_a_merged_station_s_rows_are_counted_with_its_successor_from_the_day_on(
    street: Desk, clock: FixedClock
) -> None:
    later(clock)
    done = service.merge(street, "QR02", "QR01", day=TODAY + timedelta(days=10), reason="合并")

    structure = service.structure(street)
    assert (done.value.state, done.value.successor) == (StationState.MERGED, "QR01")
    assert structure.standing_for("QR02") == "QR01"
    assert structure.standing_for("QR02", TODAY + timedelta(days=9)) == "QR02"
    assert [one.code for one in structure.living()] == ["QR01"]
    assert [one.code for one in structure.living(TODAY)] == ["QR01", "QR02"]


def test_the_last_bundle_of_a_merged_station_can_still_come(street: Desk) -> None:
    service.merge(street, "QR02", "QR01", reason="合并")
    assert key_believed(street, "QR02")

    service.revoke(street, "QR02", "已收完")

    assert not key_believed(street, "QR02")
    (_, line) = service.station_lines(street)
    assert line.entry.state is StationState.MERGED


def test_a_station_split_off_joins_under_its_own_code(
    street: Desk, open_another: OpenDatabase
) -> None:
    new = service.split(street, "QR01", "qr11", "青榕雅苑二期党群服务站", reason="二期").value
    assert (new.origin, new.state, new.since) == ("QR01", StationState.EXPECTED, TODAY)
    home = Desk(open_another(replace(FACTS, code="QR11", name="二期站", lineage="x")), CLERK)

    enrol(home, street)

    line = next(one for one in service.station_lines(street) if one.entry.code == "QR11")
    assert (line.entry.uid, line.entry.state) == (new.uid, StationState.JOINED)
    assert line.entry.name == "青榕雅苑二期党群服务站"
    assert service.structure(street).standing_for("QR01") == "QR01"


def test_a_station_that_is_dissolved_is_split_and_then_merged(street: Desk) -> None:
    service.split(street, "QR01", "QR11", "一期站", reason="拆分")
    service.split(street, "QR01", "QR12", "二期站", reason="拆分")
    service.merge(street, "QR01", "QR11", reason="拆分后撤销")

    structure = service.structure(street)
    assert structure.standing_for("QR01") == "QR11"
    assert [one.code for one in structure.living()] == ["QR02", "QR11", "QR12"]


def test_what_a_station_reported_stays_when_it_moves_to_another_street(
    street: Desk, desk: Desk
) -> None:
    done = service.move_out(street, "QR01", "栖溪街道", reason="区划调整")

    structure = service.structure(street)
    assert (done.value.state, done.value.moved_to) == (StationState.MOVED, "栖溪街道")
    assert structure.standing_for("QR01") == "QR01"
    assert structure.name("QR01") == "青榕雅苑党群服务站"
    assert [one.code for one in structure.living()] == ["QR02"]
    assert key_believed(street, "QR01")


@pytest.mark.parametrize("joined", [True, False])
def test_a_merger_can_be_taken_back(street: Desk, joined: bool) -> None:
    service.split(street, "QR01", "QR11", "二期站", reason="二期")
    code = "QR02" if joined else "QR11"
    service.merge(street, code, "QR01", reason="误操作")

    back = service.reinstate(street, code, "误操作").value

    assert back.state is (StationState.JOINED if joined else StationState.EXPECTED)
    assert (back.until, back.successor) == (None, "")
    assert service.structure(street).standing_for(code) == code
    with pytest.raises(UserError, match="没有并入或迁出"):
        service.reinstate(street, code, "再来")


def test_a_merged_station_does_not_join_again_by_itself(street: Desk, desk: Desk) -> None:
    service.merge(street, "QR01", "QR02", reason="合并")

    with pytest.raises(UserError, match="已并入"):
        enrol(desk, street)
    service.reinstate(street, "QR01", "又分开了")
    enrol(desk, street)


def test_a_station_that_moved_away_comes_back_on_purpose(street: Desk, desk: Desk) -> None:
    service.move_out(street, "QR01", "栖溪街道", reason="区划调整")
    with pytest.raises(UserError, match="已迁出"):
        enrol(desk, street)

    enrol(desk, street, replace_pc=True)

    assert [one.code for one in service.structure(street).living()] == ["QR01", "QR02"]


def test_what_cannot_be_is_refused_and_changes_nothing(street: Desk, clock: FixedClock) -> None:
    later(clock)
    before = service.station_lines(street)
    deeds: tuple[tuple[str, Callable[[], object]], ...] = (
        ("不能并入它自己", lambda: service.merge(street, "QR01", "QR01", reason="x")),
        ("没有编码为 XX99", lambda: service.merge(street, "QR01", "XX99", reason="x")),
        ("已被使用", lambda: service.split(street, "QR01", "QR02", "新站", reason="x")),
        ("已被使用", lambda: service.split(street, "QR01", "CL", "新站", reason="x")),
        ("本来就叫", lambda: service.rename(street, "QR01", FACTS.name, reason="x")),
        ("还没有写原因", lambda: service.rename(street, "QR01", "新名", reason="")),
        ("还没有写迁往", lambda: service.move_out(street, "QR01", " ", reason="x")),
        (
            "还没有到",
            lambda: service.merge(
                street, "QR02", "QR01", day=LATER + timedelta(days=1), reason="x"
            ),
        ),
        (
            "日期早于 2026年11月23日",
            lambda: service.merge(
                street, "QR02", "QR01", day=TODAY - timedelta(days=1), reason="x"
            ),
        ),
    )
    for said, deed in deeds:
        with pytest.raises(UserError, match=said):
            deed()

    assert service.station_lines(street) == before


def test_nothing_more_is_done_to_a_station_that_is_over(street: Desk) -> None:
    service.merge(street, "QR02", "QR01", reason="合并")
    deeds: tuple[Callable[[], object], ...] = (
        lambda: service.rename(street, "QR02", "新名", reason="x"),
        lambda: service.merge(street, "QR01", "QR02", reason="x"),
        lambda: service.split(street, "QR02", "QR12", "新站", reason="x"),
        lambda: service.move_out(street, "QR02", "栖溪街道", reason="x"),
    )
    for deed in deeds:
        with pytest.raises(UserError, match="已并入"):
            deed()


def test_a_station_calls_itself_otherwise_and_keeps_its_code(desk: Desk) -> None:
    assert service.rename_here(desk, " 青榕雅苑党群服务中心 ") == "青榕雅苑党群服务中心"

    with desk.reading(needs=Right.READ) as connection:
        facts = read_facts(connection)
    assert facts == replace(FACTS, name="青榕雅苑党群服务中心")


def test_only_a_street_s_lead_changes_its_stations(street: Desk, desk: Desk) -> None:
    clerk = Actor(None, "陈小梅", "窗口", frozenset({Right.READ, Right.RECEIVE}))
    seat = Desk(street.database, clerk)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: service.rename(seat, "QR01", "新名", reason="x"),
        lambda: service.merge(seat, "QR01", "QR02", reason="x"),
        lambda: service.split(seat, "QR01", "QR11", "新站", reason="x"),
        lambda: service.move_out(seat, "QR01", "栖溪街道", reason="x"),
        lambda: service.reinstate(seat, "QR01", "x"),
        lambda: service.rename_here(Desk(desk.database, clerk), "新名"),
    )
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    with pytest.raises(UserError, match="要在街道做"):
        service.rename(desk, "QR01", "新名", reason="x")
    with pytest.raises(UserError, match="要在站点做"):
        service.rename_here(street, "新名")
