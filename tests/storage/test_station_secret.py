"""A station's secrets are made once, stay the same, and do not lie open on a server."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.rights import Right
from desktop_app.storage.session import Desk
from desktop_app.storage.station_secret import SECRET_BYTES, known_secret, secret_for


def test_a_secret_is_made_at_first_need_and_then_stays(desk: Desk) -> None:
    with desk.reading(needs=Right.READ) as connection:
        assert known_secret(connection, "codes") is None
    with desk.unit_of_work("出具", needs=Right.HANDLE) as unit:
        made = secret_for(unit, "codes")
    with desk.unit_of_work("出具", needs=Right.HANDLE) as unit:
        assert secret_for(unit, "codes") == made
        assert secret_for(unit, "others") != made
    with desk.reading(needs=Right.READ) as connection:
        assert known_secret(connection, "codes") == made
    assert len(made) == SECRET_BYTES


def test_on_a_server_it_is_sealed(desk: Desk) -> None:
    with desk.unit_of_work("出具", needs=Right.HANDLE) as unit:
        made = secret_for(unit, "codes")
    with desk.reading(needs=Right.READ) as connection:
        raw = connection.execute(sa.text("SELECT value FROM station_secret")).scalar_one()
    assert (raw == made.hex()) == (desk.database.dialect == "sqlite")
