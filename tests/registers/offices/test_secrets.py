"""Keys reach no log, no repr and no open database; what is done to stations is on record."""

from __future__ import annotations

import json

import sqlalchemy as sa

from desktop_app.core.rights import Right
from desktop_app.registers.offices import service, store
from desktop_app.registers.offices.tables import OWN_KEY
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk
from tests.registers.offices.enrolled import enrol


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
