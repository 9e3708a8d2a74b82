"""A station joins a street: four steps, three files, and a code read out by telephone."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.errors import ExitStatus, NotAllowed, SafetyRefusal, UserError
from desktop_app.core.rights import Actor, Right
from desktop_app.registers.offices import files, service, store
from desktop_app.registers.offices.rules import INVITATION_DAYS, StationState
from desktop_app.registers.offices.tables import OWN_KEY
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk
from tests.registers.offices.enrolled import enrol
from tests.stations import CLERK, FACTS, STREET_FACTS, OpenDatabase

DAY = 24 * 60 * 60
OTHER_STREET = replace(STREET_FACTS, code="QX", name="栖溪街道", lineage="other-street")
NEW_PC = replace(FACTS, lineage="second")
NEIGHBOUR = replace(FACTS, code="HT01", name="荷塘里党群服务站", lineage="neighbour")


@pytest.fixture
def other_street(open_another: OpenDatabase) -> Desk:
    return Desk(open_another(OTHER_STREET), CLERK)


@pytest.fixture
def new_pc(open_another: OpenDatabase) -> Desk:
    return Desk(open_another(NEW_PC), CLERK)


@pytest.fixture
def neighbour(open_another: OpenDatabase) -> Desk:
    return Desk(open_another(NEIGHBOUR), CLERK)


def own_public(desk: Desk) -> bytes:
    with desk.reading(needs=Right.READ) as connection:
        keys = store.own_keys(connection)
    assert keys is not None
    return keys.signing.public


def believes(street: Desk, code: str, public: bytes) -> bool:
    with street.reading(needs=Right.READ) as connection:
        return store.trusted(connection, code, public) is not None


def test_after_four_steps_each_knows_the_other(desk: Desk, street_desk: Desk) -> None:
    enrolled = enrol(desk, street_desk)

    with desk.reading(needs=Right.READ) as ours, street_desk.reading(needs=Right.READ) as theirs:
        station, street = store.own_keys(ours), store.own_keys(theirs)
        assert station is not None
        assert street is not None
        assert enrolled.street.signing == street.signing.public
        assert enrolled.street.recipients == street.recipients
        key = store.trusted(theirs, "QR01", station.signing.public)
        assert key is not None
        assert (key.recipient, key.lineage) == (station.opening.recipient, "first")
    (line,) = service.station_lines(street_desk)
    assert (line.entry.name, line.entry.state) == ("青榕雅苑党群服务站", StationState.JOINED)
    assert line.key == key
    assert service.my_street(desk) == enrolled.street


def test_both_sides_see_the_same_codes(desk: Desk, street_desk: Desk) -> None:
    invited = service.invite(street_desk)
    asked = service.request(desk, invited.content)
    look = service.look_at_request(street_desk, asked.content)
    welcomed = service.accept(street_desk, asked.content)
    joined = service.join(desk, welcomed.content)

    assert asked.street_fingerprint == invited.fingerprint
    assert asked.fingerprint == look.fingerprint == welcomed.fingerprint == joined.fingerprint
    assert asked.fingerprint != invited.fingerprint


def test_looking_at_a_request_accepts_nothing(desk: Desk, street_desk: Desk) -> None:
    asked = service.request(desk, service.invite(street_desk).content)

    look = service.look_at_request(street_desk, asked.content)

    assert (look.code, look.known, look.replaces, look.repeated) == ("QR01", None, False, False)
    assert service.station_lines(street_desk) == []


def test_the_street_s_code_stays_the_same_and_its_paper_key_is_shown_once(
    street_desk: Desk,
) -> None:
    first, second = service.invite(street_desk), service.invite(street_desk)

    assert first.fingerprint == second.fingerprint
    assert first.paper_key is not None
    assert first.paper_key.startswith("AGE-SECRET-KEY-1")
    assert second.paper_key is None
    assert first.content != second.content


def test_one_invitation_is_for_all_stations(desk: Desk, neighbour: Desk, street_desk: Desk) -> None:
    invitation = service.invite(street_desk).content
    for station in (desk, neighbour):
        asked = service.request(station, invitation)
        service.join(station, service.accept(street_desk, asked.content).content)

    assert [line.entry.code for line in service.station_lines(street_desk)] == ["HT01", "QR01"]


def test_a_code_that_was_read_out_otherwise_stops_everything(desk: Desk, street_desk: Desk) -> None:
    invited = service.invite(street_desk)
    wrong = invited.fingerprint[:-1] + str((int(invited.fingerprint[-1]) + 1) % 10)

    with pytest.raises(SafetyRefusal, match="核对码不一致"):
        service.request(desk, invited.content, expected=wrong)
    typed = invited.fingerprint.replace(" ", "-")
    asked = service.request(desk, invited.content, expected=f" {typed} ")
    with pytest.raises(SafetyRefusal, match="核对码不一致"):
        service.accept(street_desk, asked.content, expected=invited.fingerprint)
    assert service.station_lines(street_desk) == []


# --- what is refused ------------------------------------------------------------------------------


def test_an_invitation_ends(desk: Desk, street_desk: Desk, clock: FixedClock) -> None:
    invited = service.invite(street_desk)
    asked = service.request(desk, invited.content)
    clock.advance((INVITATION_DAYS + 1) * DAY)

    with pytest.raises(UserError, match="已过期"):
        service.request(desk, invited.content)
    with pytest.raises(UserError, match="已过期"):
        service.accept(street_desk, asked.content)


def test_a_station_whose_clock_stands_at_2000_can_join(
    desk: Desk, street_desk: Desk, clock: FixedClock
) -> None:
    invitation, now = service.invite(street_desk).content, clock.now()
    clock.set(Millis(946_684_800_000))
    asked = service.request(desk, invitation)
    clock.set(now)
    welcome = service.accept(street_desk, asked.content).content
    clock.set(Millis(946_684_900_000))

    assert service.join(desk, welcome).street.code == "CL"


def test_a_request_to_another_street_is_refused(
    desk: Desk, street_desk: Desk, other_street: Desk
) -> None:
    service.invite(street_desk)
    asked = service.request(desk, service.invite(other_street).content)

    with pytest.raises(SafetyRefusal, match="不是对本街道邀请的答复"):
        service.accept(street_desk, asked.content)
    assert service.station_lines(street_desk) == []


def test_a_request_to_a_street_that_never_invited_is_refused(
    desk: Desk, street_desk: Desk, other_street: Desk
) -> None:
    asked = service.request(desk, service.invite(other_street).content)

    with pytest.raises(SafetyRefusal, match="不是对本街道邀请的答复"):
        service.look_at_request(street_desk, asked.content)


def test_a_welcome_for_another_station_is_refused(
    desk: Desk, neighbour: Desk, street_desk: Desk
) -> None:
    invitation = service.invite(street_desk).content
    service.request(neighbour, invitation)
    welcome = service.accept(street_desk, service.request(desk, invitation).content).content

    with pytest.raises(SafetyRefusal, match="不是本站的申请"):
        service.join(neighbour, welcome)
    assert service.my_street(neighbour) is None


def test_a_welcome_for_an_earlier_request_is_refused(desk: Desk, street_desk: Desk) -> None:
    invitation = service.invite(street_desk).content
    first = service.accept(street_desk, service.request(desk, invitation).content).content
    second = service.accept(street_desk, service.request(desk, invitation).content).content

    with pytest.raises(SafetyRefusal, match="已作废的申请"):
        service.join(desk, first)
    assert service.join(desk, second).street.code == "CL"


def test_a_welcome_taken_twice_changes_nothing(desk: Desk, street_desk: Desk) -> None:
    asked = service.request(desk, service.invite(street_desk).content)
    welcome = service.accept(street_desk, asked.content).content
    service.join(desk, welcome)

    with pytest.raises(UserError, match="不用再收") as told:
        service.join(desk, welcome)
    assert told.value.exit_status == ExitStatus.WRONG_INPUT


def test_a_welcome_by_a_street_that_was_not_asked_is_refused(
    desk: Desk, street_desk: Desk, other_street: Desk
) -> None:
    asked = service.request(desk, service.invite(street_desk).content)
    request = files.read_request(asked.content)
    service.invite(other_street)
    with other_street.reading(needs=Right.READ) as connection:
        keys = store.own_keys(connection)
    assert keys is not None
    forged = files.Welcome(
        request.id, request.digest, keys.street(OTHER_STREET), "QR01", "青榕", request.made_at
    )

    with pytest.raises(SafetyRefusal, match="对不上"):
        service.join(desk, files.spell_welcome(forged, keys.signing))
    assert service.my_street(desk) is None


def test_one_pc_cannot_stand_for_two_stations(desk: Desk, street_desk: Desk) -> None:
    invitation = service.invite(street_desk).content
    service.accept(street_desk, service.request(desk, invitation).content)
    with desk.reading(needs=Right.READ) as connection:
        keys = store.own_keys(connection)
    assert keys is not None
    asked = files.read_request(service.request(desk, invitation).content)
    other = files.spell_request(replace(asked, code="HT01"), keys.signing)

    with pytest.raises(SafetyRefusal, match="站点 QR01 的钥匙"):
        service.accept(street_desk, other)


def test_station_and_street_cannot_have_one_code(
    open_another: OpenDatabase, street_desk: Desk
) -> None:
    same = Desk(open_another(replace(FACTS, code="CL")), CLERK)

    with pytest.raises(UserError, match="编码都是 CL"):
        service.request(same, service.invite(street_desk).content)


def test_each_edition_refuses_what_is_for_the_other_in_words(desk: Desk, street_desk: Desk) -> None:
    invited = service.invite(street_desk)

    with pytest.raises(UserError, match="要在街道做"):
        service.invite(desk)
    with pytest.raises(UserError, match="要在站点做"):
        service.request(street_desk, invited.content)
    asked = service.request(desk, invited.content)
    with pytest.raises(UserError, match="要在街道做"):
        service.accept(desk, asked.content)
    welcome = service.accept(street_desk, asked.content).content
    with pytest.raises(UserError, match="要在站点做"):
        service.join(street_desk, welcome)


def test_only_who_looks_after_the_office_may_do_it(desk: Desk, street_desk: Desk) -> None:
    clerk = Actor(None, "陈小梅", "窗口", frozenset({Right.READ, Right.EXPORT, Right.RECEIVE}))
    at_street, at_station = Desk(street_desk.database, clerk), Desk(desk.database, clerk)
    invited = service.invite(street_desk)
    asked = service.request(desk, invited.content)
    welcome = service.accept(street_desk, asked.content).content

    for deed in (
        lambda: service.invite(at_street),
        lambda: service.request(at_station, invited.content),
        lambda: service.look_at_request(at_street, asked.content),
        lambda: service.accept(at_street, asked.content),
        lambda: service.join(at_station, welcome),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert service.station_lines(at_street)[0].entry.code == "QR01"


# --- another PC, another street -------------------------------------------------------------------


def test_accepting_the_same_request_again_gives_the_answer_again(
    desk: Desk, street_desk: Desk
) -> None:
    asked = service.request(desk, service.invite(street_desk).content)
    service.accept(street_desk, asked.content)

    again = service.accept(street_desk, asked.content)

    assert service.look_at_request(street_desk, asked.content).repeated
    assert not again.replaced
    assert service.join(desk, again.content).street.code == "CL"
    assert len(service.station_lines(street_desk)[0].keys) == 1


def test_another_pc_of_the_station_must_be_accepted_on_purpose(
    desk: Desk, new_pc: Desk, street_desk: Desk
) -> None:
    enrol(desk, street_desk)
    asked = service.request(new_pc, service.invite(street_desk).content)

    look = service.look_at_request(street_desk, asked.content)
    assert (look.replaces, look.same_data) == (True, False)
    with pytest.raises(UserError, match="已有一台电脑加入过"):
        service.accept(street_desk, asked.content)
    assert believes(street_desk, "QR01", own_public(desk))

    welcomed = service.accept(street_desk, asked.content, replace_pc=True)
    service.join(new_pc, welcomed.content)
    assert welcomed.replaced
    assert believes(street_desk, "QR01", own_public(new_pc))
    assert not believes(street_desk, "QR01", own_public(desk))
    (line,) = service.station_lines(street_desk)
    assert [key.lineage for key in line.keys] == ["first", "second"]


def test_a_request_of_the_pc_before_cannot_come_back(
    desk: Desk, new_pc: Desk, street_desk: Desk
) -> None:
    invitation = service.invite(street_desk).content
    old = service.request(desk, invitation).content
    service.accept(street_desk, old)
    service.accept(street_desk, service.request(new_pc, invitation).content, replace_pc=True)

    with pytest.raises(SafetyRefusal, match="已被后来的钥匙代替"):
        service.accept(street_desk, old, replace_pc=True)
    assert believes(street_desk, "QR01", own_public(new_pc))


def test_a_station_goes_over_to_another_street_only_on_purpose(
    desk: Desk, street_desk: Desk, other_street: Desk
) -> None:
    enrol(desk, street_desk)
    before = own_public(desk)
    invitation = service.invite(other_street).content

    with pytest.raises(UserError, match="已加入“澄岭街道”") as told:
        service.request(desk, invitation)
    assert "--move" in told.value.next_step
    asked = service.request(desk, invitation, move=True)
    still = service.my_street(desk)
    assert still is not None
    assert still.code == "CL"
    joined = service.join(desk, service.accept(other_street, asked.content).content)

    assert (joined.street.name, own_public(desk)) == ("栖溪街道", before)
    assert joined.moved_from is not None
    assert joined.moved_from.name == "澄岭街道"
    assert service.my_street(desk) == joined.street


def test_a_station_that_was_away_comes_back(
    desk: Desk, street_desk: Desk, other_street: Desk
) -> None:
    enrol(desk, street_desk)
    there = service.request(desk, service.invite(other_street).content, move=True)
    service.join(desk, service.accept(other_street, there.content).content)
    back = service.request(desk, service.invite(street_desk).content, move=True)
    service.join(desk, service.accept(street_desk, back.content).content)

    street = service.my_street(desk)
    assert street is not None
    assert street.code == "CL"


# --- what stays secret ----------------------------------------------------------------------------


def test_no_secret_reaches_the_audit_the_change_log_or_a_repr(
    desk: Desk, street_desk: Desk
) -> None:
    enrolled = enrol(desk, street_desk)
    service.rotate(desk)
    secrets = [enrolled.paper_key or ""]
    said = [repr(service.invite(street_desk))]
    for office in (desk, street_desk):
        with office.reading(needs=Right.READ_AUDIT) as connection:
            keys = store.own_keys(connection)
            assert keys is not None
            said += [repr(keys), repr(entries(connection))]
            said += [
                str(row)
                for table in ("audit", "change", "station_entry", "station_key")
                for row in connection.execute(sa.text(f"SELECT * FROM {table}"))
            ]
        secrets += [keys.signing.to_text(), keys.opening.to_text()]
        if keys.announced is not None:
            secrets.append(keys.announced.to_text())
    told = "\n".join(said)

    assert len(secrets) == 6
    for secret in secrets:
        assert secret not in told


def test_secrets_lie_sealed_where_the_database_is_not(desk: Desk, street_desk: Desk) -> None:
    enrol(desk, street_desk)
    if desk.database.dialect == "sqlite":
        # The file itself is encrypted.
        return
    with desk.reading(needs=Right.READ) as connection:
        keys = store.own_keys(connection)
        assert keys is not None
        raw = [str(row) for row in connection.execute(sa.text("SELECT * FROM own_key"))]

    assert len(raw) == 2
    for secret in (keys.signing.to_text(), keys.opening.to_text()):
        assert secret not in "\n".join(raw)


def test_the_key_on_paper_is_kept_nowhere(street_desk: Desk) -> None:
    paper = service.invite(street_desk).paper_key
    with street_desk.reading(needs=Right.READ) as connection:
        secrets = connection.execute(sa.select(OWN_KEY.c.secret)).scalars().all()

    assert paper is not None
    assert paper not in secrets
    assert None in secrets


def test_stations_are_records_of_the_street_s_own_log(desk: Desk, street_desk: Desk) -> None:
    enrol(desk, street_desk)
    with street_desk.reading(needs=Right.READ) as connection:
        kinds = connection.execute(sa.text("SELECT kind FROM change")).scalars().all()
        audited = entries(connection, subject="QR01")

    assert kinds == ["stations"]
    assert [entry.action for entry in audited] == ["接收站点申请"]


def test_a_signed_invitation_names_keys_and_no_secret(street_desk: Desk) -> None:
    document = json.loads(service.invite(street_desk).content)

    assert set(document["street"]) == {"code", "name", "signing", "recipients"}
    assert len(document["street"]["recipients"]) == 2
