"""A hall that nobody can open any more is helped by its street, once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from desktop_app.bundle.note import seal_note
from desktop_app.core.clock import Millis
from desktop_app.core.codec import canonical
from desktop_app.core.errors import (
    EnvironmentFault,
    ExitStatus,
    Fault,
    NotAllowed,
    SafetyRefusal,
    UserError,
)
from desktop_app.core.rights import Actor, Right
from desktop_app.registers.offices import service
from desktop_app.storage.audit import entries
from desktop_app.storage.home import About, Edition, Home
from desktop_app.storage.keys import DataKey, KeySlots
from desktop_app.storage.session import Desk
from desktop_app.storage.slot_keeper import SlotKeeper
from tests.registers.offices.enrolled import enrol
from tests.stations import CLERK, FACTS, STREET_FACTS, OpenDatabase

HOME = UUID(int=7)
KEY = DataKey(b"\x05" * 32)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A station's folder with nothing in it but its key slots."""
    path = tmp_path / "station"
    path.mkdir()
    about = About(HOME, Edition.STATION, FACTS.name, FACTS.code, Millis(1))
    KeySlots.create(HOME, KEY).new_recovery_code(KEY)[0].save(path / "keyslots.json")
    return Home(path, about)


@pytest.fixture
def keeper(home: Home) -> SlotKeeper:
    return SlotKeeper(home.key_slots, KEY)


@pytest.fixture
def asked(desk: Desk, street_desk: Desk, home: Home, keeper: SlotKeeper) -> bytes:
    """A station of the street asks for help."""
    enrol(desk, street_desk)
    service.deposit_rescue(desk, keeper)
    return service.ask_for_rescue(home)


def changed(content: bytes, change: Callable[[dict[str, object]], None]) -> bytes:
    document = json.loads(content)
    change(document)
    return json.dumps(document, ensure_ascii=False).encode()


def test_the_code_from_the_street_opens_the_station_s_home(
    asked: bytes, street_desk: Desk, home: Home
) -> None:
    found = service.rescue(street_desk, asked, "站长离职")

    assert (found.code, found.name) == ("QR01", FACTS.name)
    assert found.known is not None
    assert KeySlots.load(home.key_slots).unlock_with_recovery(found.recovery_code) == KEY


def test_joining_leaves_the_code_by_itself(
    desk: Desk, street_desk: Desk, home: Home, keeper: SlotKeeper
) -> None:
    request = service.request(desk, service.invite(street_desk).content)
    welcome = service.accept(street_desk, request.content).content
    assert service.join(desk, welcome, keeper).rescue

    found = service.rescue(street_desk, service.ask_for_rescue(home), "站长离职")

    assert KeySlots.load(home.key_slots).unlock_with_recovery(found.recovery_code) == KEY


def test_a_disk_that_refuses_the_code_keeps_nobody_from_joining(
    desk: Desk, street_desk: Desk, keeper: SlotKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_seal: Callable[[str], str]) -> None:
        raise EnvironmentFault("磁盘已满。")

    monkeypatch.setattr(keeper, "deposit_rescue", full)
    request = service.request(desk, service.invite(street_desk).content)

    joined = service.join(desk, service.accept(street_desk, request.content).content, keeper)

    assert not joined.rescue
    assert service.my_street(desk) == joined.street
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        assert entries(connection)[0].action == "加入街道"


def test_it_is_good_for_once(
    asked: bytes, street_desk: Desk, home: Home, keeper: SlotKeeper
) -> None:
    code = service.rescue(street_desk, asked, "站长离职").recovery_code

    assert keeper.spend_rescue(code)

    with pytest.raises(SafetyRefusal, match="打不开"):
        KeySlots.load(home.key_slots).unlock_with_recovery(code)
    with pytest.raises(UserError, match="没有向街道交存过"):
        service.ask_for_rescue(home)
    assert KeySlots.load(home.key_slots).has_recovery


def test_the_printed_code_is_not_spent(home: Home, keeper: SlotKeeper, asked: bytes) -> None:
    printed = keeper.new_recovery_code()

    assert not keeper.spend_rescue(printed)
    assert KeySlots.load(home.key_slots).unlock_with_recovery(printed) == KEY
    assert service.ask_for_rescue(home)


def test_a_code_left_anew_ends_the_one_before(
    asked: bytes, desk: Desk, street_desk: Desk, home: Home, keeper: SlotKeeper
) -> None:
    service.deposit_rescue(desk, keeper)
    old = service.rescue(street_desk, asked, "站长离职").recovery_code

    with pytest.raises(SafetyRefusal):
        KeySlots.load(home.key_slots).unlock_with_recovery(old)
    new = service.rescue(street_desk, service.ask_for_rescue(home), "站长离职").recovery_code
    assert KeySlots.load(home.key_slots).unlock_with_recovery(new) == KEY


def test_who_took_it_out_and_why_is_on_record_and_the_code_is_not(
    asked: bytes, desk: Desk, street_desk: Desk
) -> None:
    found = service.rescue(street_desk, asked, "站长离职，社区书记当面申请")

    with street_desk.reading(needs=Right.READ_AUDIT) as connection:
        last = entries(connection, subject="QR01")[0]
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        deposited = entries(connection, subject="CL")[0]
    assert (last.action, last.detail) == ("取出站点救援码", "站长离职，社区书记当面申请")
    assert deposited.action == "向街道交存救援码"
    assert found.recovery_code not in repr(found) + repr(last) + repr(deposited)
    assert found.recovery_code.encode() not in asked


def test_only_the_street_it_was_left_for_can_read_it(
    asked: bytes, open_another: OpenDatabase
) -> None:
    other = Desk(open_another(replace(STREET_FACTS, code="QX", lineage="other")), CLERK)

    with pytest.raises(UserError, match="还没有密钥"):
        service.rescue(other, asked, "站长离职")
    service.invite(other)
    with pytest.raises(SafetyRefusal, match="不是封给本机的"):
        service.rescue(other, asked, "站长离职")


def test_a_request_in_another_station_s_name_is_refused(asked: bytes, street_desk: Desk) -> None:
    def as_neighbour(document: dict[str, object]) -> None:
        document["station"] = {"code": "HT01", "name": "荷塘里党群服务站"}

    with pytest.raises(SafetyRefusal, match="另一个站点的（QR01）"):
        service.rescue(street_desk, changed(asked, as_neighbour), "站长离职")


def test_what_is_no_such_file_is_refused(asked: bytes, street_desk: Desk) -> None:
    invitation = service.invite(street_desk).content
    for content in (b"", b"PK\x03\x04", b"{}", invitation, asked[:-20], b"x" * 70_000):
        with pytest.raises(UserError) as told:
            service.rescue(street_desk, content, "站长离职")
        assert told.value.exit_status == ExitStatus.WRONG_INPUT


@pytest.mark.parametrize("name", ["home", "sealed", "station", "format"])
def test_a_part_that_is_missing_or_wrong_is_refused(
    asked: bytes, street_desk: Desk, name: str
) -> None:
    for value in (None, 7, "x"):
        with pytest.raises(Fault):
            service.rescue(street_desk, changed(asked, lambda d: d.update({name: value})), "因")  # noqa: B023


def test_what_another_program_sealed_for_the_street_is_refused(
    asked: bytes, desk: Desk, street_desk: Desk
) -> None:
    street = service.my_street(desk)
    assert street is not None
    for text in ("随便写的", canonical({"code": "x"}), "[]"):
        sealed = seal_note(text, street.recipients)
        with pytest.raises(SafetyRefusal, match="不合格式"):
            service.rescue(street_desk, changed(asked, lambda d: d.update(sealed=sealed)), "因")  # noqa: B023


def test_a_station_without_a_street_leaves_none(desk: Desk, home: Home, keeper: SlotKeeper) -> None:
    with pytest.raises(UserError, match="还没有加入街道"):
        service.deposit_rescue(desk, keeper)
    with pytest.raises(UserError, match="没有向街道交存过"):
        service.ask_for_rescue(home)


def test_only_who_looks_after_the_office_does_it(
    asked: bytes, desk: Desk, street_desk: Desk, keeper: SlotKeeper
) -> None:
    clerk = Actor(None, "陈小梅", "窗口", frozenset({Right.READ, Right.REVEAL}))
    with pytest.raises(NotAllowed):
        service.deposit_rescue(Desk(desk.database, clerk), keeper)
    with pytest.raises(NotAllowed):
        service.rescue(Desk(street_desk.database, clerk), asked, "站长离职")
    with pytest.raises(UserError, match="还没有写原因"):
        service.rescue(street_desk, asked, "")
    with pytest.raises(UserError, match="要在街道做"):
        service.rescue(desk, asked, "站长离职")
