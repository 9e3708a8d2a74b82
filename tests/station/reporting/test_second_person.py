"""Complete data leave the station only when a second person agrees, by password."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import SafetyRefusal, UserError
from desktop_app.core.rights import Right
from desktop_app.core.travel import Profile
from desktop_app.registers.people import service as people
from desktop_app.registers.people.rules import Role
from desktop_app.station.reporting.service import export, prove_second
from desktop_app.station.reporting.service.state import history
from desktop_app.storage import audit
from tests.homes import StationHome
from tests.ledgers.visits.builders import resident
from tests.station.reporting.paper_street import PaperStreet

OTHER, CLERK = "林志强", "陈小芳"
SECRET = "Deng-ling-2026"


def test_with_a_reason_and_a_second_person_names_leave_and_it_stays_on_record(
    station_home: StationHome, street: PaperStreet
) -> None:
    with station_home.session() as session:
        street.adopt(session.desk)
        people.add_operator(
            session.desk, session.keeper, name=OTHER, role=Role.COMMUNITY, password=SECRET
        )
        person = resident(session.desk, "欧阳明月")
        second = prove_second(session.desk, session.house, OTHER, SECRET)
        done = export(
            session.desk, street.folder, outbox=session.house.home.outbox,
            profile=Profile.FULL, reason="街道复核三季度台账", second=second,
        )  # fmt: skip
        assert street.read(done.paths[0]).fields(person.uid)["name"] == "欧阳明月"
        (made,) = history(session.desk)
        assert (made.reason, made.second_name) == ("街道复核三季度台账", OTHER)
        with session.desk.reading(needs=Right.READ_AUDIT) as connection:
            told = [entry.detail for entry in audit.entries(connection) if entry.action == "上报"]
        assert "完整资料" in told[0]
        assert OTHER in told[0]


def test_a_wrong_password_is_counted_like_a_sign_in_s(station_home: StationHome) -> None:
    with station_home.session() as session:
        people.add_operator(
            session.desk, session.keeper, name=OTHER, role=Role.LEAD, password=SECRET
        )
        with pytest.raises(SafetyRefusal, match="再错 4 次"):
            prove_second(session.desk, session.house, OTHER, f"{SECRET}!")


def test_neither_oneself_nor_somebody_without_the_right_is_a_second_person(
    station_home: StationHome,
) -> None:
    with station_home.session() as session:
        people.add_operator(
            session.desk, session.keeper, name=CLERK, role=Role.CLERK, password=SECRET
        )
        for name in (CLERK, session.desk.actor.name):
            with pytest.raises(UserError, match="第二个人"):
                prove_second(session.desk, session.house, name, SECRET)


def test_somebody_disabled_meanwhile_is_no_second_person_any_more(
    station_home: StationHome, street: PaperStreet
) -> None:
    with station_home.session() as session:
        street.adopt(session.desk)
        made = people.add_operator(
            session.desk, session.keeper, name=OTHER, role=Role.LEAD, password=SECRET
        )
        second = prove_second(session.desk, session.house, OTHER, SECRET)
        people.disable(session.desk, session.keeper, made.value.uid)
        with pytest.raises(SafetyRefusal, match="第二个人没有"):
            export(
                session.desk, street.folder, outbox=session.house.home.outbox,
                profile=Profile.FULL, reason="街道复核三季度台账", second=second,
            )  # fmt: skip
