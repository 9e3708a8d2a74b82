"""Keys are replaced in time, revoked when a PC is lost, and one lies on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.bundle.keyring import OpeningKey
from desktop_app.bundle.note import open_note, seal_note
from desktop_app.core.errors import NotAllowed, SafetyRefusal, UserError
from desktop_app.core.rights import Actor, Right
from desktop_app.registers.offices import service, store
from desktop_app.registers.offices.rules import StationKey, StationState
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk
from tests.registers.offices.enrolled import enrol, keys_of
from tests.stations import CLERK, FACTS, STREET_FACTS, OpenDatabase


def believed(street: Desk, public: bytes) -> StationKey | None:
    with street.reading(needs=Right.READ) as connection:
        return store.trusted(connection, "QR01", public)


def arrives(street: Desk, signed_by: bytes, announces: bytes | None = None) -> None:
    """What the inbox does with a bundle that was taken in."""
    with street.unit_of_work("收件", needs=Right.RECEIVE) as unit:
        key = store.trusted(unit.connection, "QR01", signed_by)
        assert key is not None
        store.note_use(unit, key)
        if announces is not None:
            store.note_announced_key(unit, key, announces)


def receipt(station: Desk, street: Desk) -> bool:
    """What the station does with a receipt: it names the keys the street knows."""
    with street.reading(needs=Right.READ) as connection:
        known = [key.public for key in store.keys_of(connection, "QR01") if key.trusted]
    with station.unit_of_work("回执", needs=Right.EXPORT) as unit:
        return service.confirm_known_keys(unit, known)


# --- another key in its time ----------------------------------------------------------------------


def test_a_new_key_is_used_once_a_receipt_shows_that_the_street_knows_it(
    desk: Desk, street_desk: Desk
) -> None:
    enrol(desk, street_desk)
    old = keys_of(desk).signing.public
    arrives(street_desk, old)
    new = bytes.fromhex(service.rotate(desk))

    assert keys_of(desk).signing.public == old
    assert not receipt(desk, street_desk)
    arrives(street_desk, old, announces=new)
    assert keys_of(desk).signing.public == old
    assert receipt(desk, street_desk)
    keys = keys_of(desk)
    assert (keys.signing.public, keys.announced) == (new, None)


def test_the_old_key_is_believed_until_the_new_one_is_used(desk: Desk, street_desk: Desk) -> None:
    enrol(desk, street_desk)
    old = keys_of(desk).signing.public
    arrives(street_desk, old)
    new = bytes.fromhex(service.rotate(desk))
    arrives(street_desk, old, announces=new)
    # The receipt was lost: the next bundle is still signed by the old key, and tells it again.
    arrives(street_desk, old, announces=new)
    (line,) = service.station_lines(street_desk)
    assert line.key is not None
    assert line.key.public == old

    receipt(desk, street_desk)
    arrives(street_desk, new)

    assert believed(street_desk, old) is None
    assert believed(street_desk, new) is not None
    (line,) = service.station_lines(street_desk)
    assert line.key is not None
    assert line.key.public == new
    assert [key.until is None for key in line.keys] == [False, True]


def test_a_key_announced_before_anything_arrived_is_not_closed_by_the_first(
    desk: Desk, street_desk: Desk
) -> None:
    enrol(desk, street_desk)
    old, new = keys_of(desk).signing.public, bytes.fromhex(service.rotate(desk))
    with street_desk.unit_of_work("收件", needs=Right.RECEIVE) as unit:
        key = store.trusted(unit.connection, "QR01", old)
        assert key is not None
        store.note_announced_key(unit, key, new)
        store.note_use(unit, key)

    assert believed(street_desk, old) is not None
    assert believed(street_desk, new) is not None


def test_a_station_cannot_announce_the_key_of_another(
    desk: Desk, street_desk: Desk, open_another: OpenDatabase
) -> None:
    neighbour = Desk(open_another(replace(FACTS, code="HT01", lineage="other")), CLERK)
    enrol(desk, street_desk)
    enrol(neighbour, street_desk)
    theirs = keys_of(neighbour).signing.public

    arrives(street_desk, keys_of(desk).signing.public, announces=theirs)

    assert believed(street_desk, theirs) is None


def test_one_new_key_at_a_time(desk: Desk, street_desk: Desk) -> None:
    with pytest.raises(UserError, match="还没有加入街道"):
        service.rotate(desk)
    enrol(desk, street_desk)
    service.rotate(desk)

    with pytest.raises(UserError, match="在等街道确认"):
        service.rotate(desk)


# --- a lost PC ------------------------------------------------------------------------------------


def test_nothing_a_lost_pc_signs_is_believed(desk: Desk, street_desk: Desk) -> None:
    enrol(desk, street_desk)
    old = keys_of(desk).signing.public
    new = bytes.fromhex(service.rotate(desk))
    arrives(street_desk, old, announces=new)

    done = service.revoke(street_desk, "qr01", "电脑被盗")

    assert done.value.state is StationState.REVOKED
    assert [believed(street_desk, public) for public in (old, new)] == [None, None]
    (line,) = service.station_lines(street_desk)
    assert (line.key, [key.reason for key in line.keys]) == (None, ["电脑被盗", "电脑被盗"])
    with street_desk.reading(needs=Right.READ_AUDIT) as connection:
        audited = entries(connection, subject="QR01")
    assert ("吊销站点密钥", "电脑被盗") in [(one.action, one.detail) for one in audited]


def test_a_station_joins_again_with_another_pc_under_the_same_code(
    desk: Desk, street_desk: Desk, open_another: OpenDatabase
) -> None:
    enrol(desk, street_desk)
    service.revoke(street_desk, "QR01", "电脑被盗")
    new_pc = Desk(open_another(replace(FACTS, lineage="second")), CLERK)

    with pytest.raises(UserError, match="加入过"):
        enrol(new_pc, street_desk)
    enrol(new_pc, street_desk, replace_pc=True)

    (line,) = service.station_lines(street_desk)
    assert (line.entry.state, line.entry.revision) == (StationState.JOINED, 3)
    assert line.key is not None
    assert line.key.lineage == "second"
    assert believed(street_desk, keys_of(desk).signing.public) is None


def test_the_pc_that_was_found_again_needs_a_new_key(desk: Desk, street_desk: Desk) -> None:
    enrol(desk, street_desk)
    old = keys_of(desk)
    service.revoke(street_desk, "QR01", "以为丢了")
    invitation = service.invite(street_desk).content

    with pytest.raises(SafetyRefusal, match="已被吊销"):
        service.accept(street_desk, service.request(desk, invitation).content, replace_pc=True)
    asked = service.request(desk, invitation, new_key=True)
    assert service.look_at_request(street_desk, asked.content).same_data
    assert keys_of(desk).signing.public == old.signing.public
    welcomed = service.accept(street_desk, asked.content, replace_pc=True)
    service.join(desk, welcomed.content)

    now = keys_of(desk)
    assert now.signing.public != old.signing.public
    assert now.opening.recipient == old.opening.recipient
    assert believed(street_desk, now.signing.public) is not None


def test_only_what_is_there_can_be_revoked(desk: Desk, street_desk: Desk) -> None:
    with pytest.raises(UserError, match="没有编码为 QR01"):
        service.revoke(street_desk, "QR01", "丢了")
    enrol(desk, street_desk)
    with pytest.raises(UserError, match="还没有写原因"):
        service.revoke(street_desk, "QR01", " ")
    service.revoke(street_desk, "QR01", "丢了")
    with pytest.raises(UserError, match="没有可以吊销的密钥"):
        service.revoke(street_desk, "QR01", "丢了")


def test_only_who_looks_after_the_office_touches_keys(desk: Desk, street_desk: Desk) -> None:
    enrol(desk, street_desk)
    clerk = Actor(None, "陈小梅", "窗口", frozenset({Right.READ, Right.EXPORT, Right.RECEIVE}))
    for deed in (
        lambda: service.rotate(Desk(desk.database, clerk)),
        lambda: service.revoke(Desk(street_desk.database, clerk), "QR01", "丢了"),
        lambda: service.recover_key(
            Desk(street_desk.database, clerk), OpeningKey.fresh().to_text()
        ),
    ):
        with pytest.raises(NotAllowed):
            deed()


# --- the key on paper -----------------------------------------------------------------------------


def test_a_new_home_of_the_street_opens_with_the_paper_key_what_was_sealed_before(
    desk: Desk, street_desk: Desk, open_another: OpenDatabase
) -> None:
    enrolled = enrol(desk, street_desk)
    sealed = seal_note("上报", enrolled.street.recipients)
    assert enrolled.paper_key is not None
    new_home = Desk(open_another(replace(STREET_FACTS, lineage="street-second")), CLERK)

    recovered = service.recover_key(new_home, enrolled.paper_key)

    assert recovered.fresh
    assert open_note(sealed, keys_of(new_home).openers) == "上报"
    assert recovered.paper_key is not None
    assert recovered.paper_key != enrolled.paper_key
    invited = service.invite(new_home)
    assert (invited.fingerprint, invited.paper_key) == (recovered.fingerprint, None)


def test_the_stations_join_the_new_home_with_the_keys_they_have(
    desk: Desk, street_desk: Desk, open_another: OpenDatabase
) -> None:
    enrolled = enrol(desk, street_desk)
    assert enrolled.paper_key is not None
    public = keys_of(desk).signing.public
    new_home = Desk(open_another(replace(STREET_FACTS, lineage="street-second")), CLERK)
    service.recover_key(new_home, enrolled.paper_key)
    invitation = service.invite(new_home).content

    with pytest.raises(UserError, match="已加入"):
        service.request(desk, invitation)
    asked = service.request(desk, invitation, move=True)
    service.join(desk, service.accept(new_home, asked.content).content)

    assert believed(new_home, public) is not None
    street = service.my_street(desk)
    assert street is not None
    assert street.signing == keys_of(new_home).signing.public


def test_the_paper_key_opens_beside_the_others_and_is_replaced(street_desk: Desk) -> None:
    paper = service.invite(street_desk).paper_key
    assert paper is not None
    before = keys_of(street_desk)

    recovered = service.recover_key(street_desk, f" {paper[:30].lower()} \n{paper[30:]}")

    now = keys_of(street_desk)
    assert not recovered.fresh
    assert now.signing.public == before.signing.public
    assert [key.recipient for key in now.openers] == [before.opening.recipient, before.paper]
    assert recovered.paper_key is not None
    assert now.paper == OpeningKey.from_text(recovered.paper_key).recipient
    with pytest.raises(UserError, match="已经启用过"):
        service.recover_key(street_desk, paper)


def test_an_earlier_paper_key_leaves_the_present_one_in_its_envelope(street_desk: Desk) -> None:
    service.invite(street_desk)
    paper = keys_of(street_desk).paper

    recovered = service.recover_key(street_desk, OpeningKey.fresh().to_text())

    assert recovered.paper_key is None
    assert keys_of(street_desk).paper == paper


def test_a_mistyped_paper_key_changes_nothing(street_desk: Desk) -> None:
    for typed in ("", "AGE-SECRET-KEY-1QQQ", OpeningKey.fresh().to_text()[:-1] + "?"):
        with pytest.raises(UserError, match="抄写有误"):
            service.recover_key(street_desk, typed)
    with street_desk.reading(needs=Right.READ) as connection:
        assert store.own_keys(connection) is None
