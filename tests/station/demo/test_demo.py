"""A demo home is a home like any other, the same for the same seed, and alive on its day."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock, Zone
from desktop_app.core.errors import UserError
from desktop_app.core.job import Cancelled, Job, Progress
from desktop_app.core.rights import Right
from desktop_app.ledgers.party.tables import PARTY_MEMBER
from desktop_app.ledgers.posts.tables import CLAIM, POST, SHIFT
from desktop_app.ledgers.service.tables import SERVICE
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.entry import MatterEntry, VisitForm
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.ledgers.visits.store import SHELF as VISITS
from desktop_app.ledgers.visits.tables import EVALUATION, VISIT
from desktop_app.registers.matters import service as matters
from desktop_app.registers.people.rules import Role
from desktop_app.registers.residents.tables import PERSON_KEY, RESIDENT, SEEN
from desktop_app.registers.volunteers.tables import MEMBERSHIP, TEAM, VOLUNTEER
from desktop_app.station.data_check.service import check
from desktop_app.station.demo.service import Made, make_demo
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.home import Home
from desktop_app.storage.tables import AUDIT, CHANGE, COUNTER
from tests.station.demo.made import TODAY, make, seated, server


def rows(session: Session, table: sa.Table) -> list[dict[str, Any]]:
    with session.desk.reading(needs=Right.READ_AUDIT) as connection:
        query = sa.select(table).order_by(*table.primary_key)
        return [dict(row) for row in connection.execute(query).mappings()]


def wrong(session: Session) -> list[str]:
    return [line.words for line in check(session, Job("检查")) if not line.ok]


def test_the_check_of_the_data_finds_nothing_to_complain_of(session: Session) -> None:
    assert wrong(session) == []


def test_a_demo_on_a_server_is_in_order_too(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_server = make(tmp_path / "home", url=server(request, monkeypatch))
    with seated(on_server) as seat:
        assert wrong(seat) == []
        assert len(rows(seat, VISIT)) == on_server.visits


def test_the_same_seed_and_day_give_the_same_records_to_the_uid(
    made: Made, session: Session, tmp_path: Path
) -> None:
    with seated(make(tmp_path / "again")) as other:
        helping = (VOLUNTEER, TEAM, MEMBERSHIP, POST, CLAIM, SHIFT, SERVICE, PARTY_MEMBER)
        for table in (VISIT, RESIDENT, EVALUATION, PERSON_KEY, SEEN, COUNTER, *helping):
            assert rows(other, table) == rows(session, table)
    assert Home.open(tmp_path / "again").about.home_id != made.home.about.home_id


def test_another_seed_gives_other_people(session: Session, tmp_path: Path) -> None:
    with seated(make(tmp_path / "other", seed=2)) as other:
        ours = {row["name"] for row in rows(session, RESIDENT)}
        theirs = {row["name"] for row in rows(other, RESIDENT)}
    assert len(ours & theirs) < len(ours) / 2


def test_every_operator_may_sign_in_with_the_published_password_for_good(made: Made) -> None:
    years_later = FixedClock(Zone().at(TODAY + timedelta(days=900), 9))
    with seated(made, years_later) as seat:
        assert seat.must_change_password is False
    assert {role for _, role in made.operators} == {Role.LEAD, Role.CLERK, Role.VOLUNTEER}


def test_the_front_desk_is_alive(session: Session) -> None:
    counts = visits.day_counts(session.desk)
    assert counts["registered"] >= 5
    assert counts["overdue"] >= 1
    assert counts["due_today"] >= 1
    assert counts["open"] > counts["overdue"]
    assert visits.today(session.desk).rows
    assert visits.usual_matters(session.desk)


def test_nothing_lies_in_the_future_of_a_clerk_who_comes_early(tmp_path: Path) -> None:
    early = FixedClock(Zone().at(TODAY, 6, 15))
    with seated(make(tmp_path / "home", clock=early), early) as seat:
        assert seat.clock_warning is None
        assert max(row["at"] for row in rows(seat, AUDIT)) <= early.now()
        assert visits.day_counts(seat.desk)["registered"] >= 5
        assert wrong(seat) == []


def test_stopping_leaves_no_half_made_home(tmp_path: Path) -> None:
    job = Job("演示")

    def stop_in_the_middle(progress: Progress) -> None:
        if progress.done > 40:
            job.cancel()

    job.listen(stop_in_the_middle)
    path = tmp_path / "home"
    with pytest.raises(Cancelled):
        make_demo(path, scale="tiny", seed=1, today=TODAY, job=job)

    with pytest.raises(UserError):
        Home.open(path)
    assert make(path).visits > 100


def test_an_unknown_scale_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="huge") as refused:
        make_demo(tmp_path / "home", scale="huge", seed=1, today=TODAY, job=Job("演示"))
    assert "small、middle、hall" in refused.value.next_step


def test_progress_reaches_its_end(tmp_path: Path) -> None:
    told: list[Progress] = []
    make_demo(tmp_path / "home", scale="tiny", seed=1, today=TODAY, job=Job("演示", told.append))
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert told[-1].permille == 1000


_OF_THE_MOMENT = (
    *("uid", "batch", "number", "at", "day", "limit_from", "steps", "closed_at", "closed_day"),
    *("created_at", "changed_at", "first_clerk", "first_clerk_name"),
    *("registered_by", "registered_by_name"),
)


def test_a_demo_visit_stands_in_the_file_as_the_service_would_write_it(tmp_path: Path) -> None:
    """One generated visit is entered once more through the service and laid beside itself."""
    with seated(make(tmp_path / "home")) as seat:
        theirs = _alone(seat)
        again = visits.register(seat.desk, _form(seat, theirs)).value[0]
        written = {
            table: [_shape(_of(visit, rows(seat, table))) for visit in (theirs, again)]
            for table in (CHANGE, AUDIT)
        }

    same = {name: getattr(theirs, name) for name in _OF_THE_MOMENT}
    assert replace(again, **same) == theirs
    for before, after in written.values():
        assert before == after


def _alone(seat: Session) -> Visit:
    """A visit of a resident, of one matter, done at once, of which nothing was said later."""
    batches = Counter(row["batch"] for row in rows(seat, VISIT))
    deeds = Counter(row["subject"] for row in rows(seat, AUDIT))
    return next(
        visit
        for visit in map(VISITS.value, rows(seat, VISIT))
        if visit.resident
        and visit.matter
        and not visit.late_entry
        and batches[visit.batch] == deeds[visit.number] == len(visit.steps) == 1
        and visit.revision == 1
    )


def _of(visit: Visit, found: list[dict[str, Any]]) -> dict[str, Any]:
    (row,) = [
        row for row in found if visit.uid == row.get("uid") or visit.number == row.get("subject")
    ]
    return row


def _shape(row: dict[str, Any]) -> dict[str, Any]:
    """Words and numbers that must be the same, and of everything else what sort it is."""
    alike = ("kind", "op", "revision", "version", "action", "detail")
    return {name: value if name in alike else type(value) for name, value in row.items()}


def _form(session: Session, visit: Visit) -> VisitForm:
    assert visit.matter is not None
    entry = MatterEntry(
        matter=matters.get(session.desk, visit.matter),
        summary=visit.summary,
        result=visit.result,
        notice_given=visit.notice_given,
    )
    taken = {field.name for field in fields(VisitForm)} & {field.name for field in fields(Visit)}
    same = {name: getattr(visit, name) for name in taken - {"day"}}
    return VisitForm(**same, matters=(entry,))


def test_the_numbers_go_on_where_the_demo_stopped(made: Made, tmp_path: Path) -> None:
    with seated(make(tmp_path / "home")) as seat:
        before = max(row["number"] for row in rows(seat, VISIT))
        added = visits.count_only(seat.desk).value[0]
        assert int(added.number[-5:]) == int(before[-5:]) + 1


def test_who_is_found_in_the_box_has_the_visits_it_counts(session: Session) -> None:
    seen = {row["resident"]: row for row in rows(session, SEEN)}
    by_person: dict[Any, set[Any]] = {}
    for row in rows(session, VISIT):
        if row["resident"] is not None:
            by_person.setdefault(row["resident"], set()).add((row["batch"], row["at"]))
    assert {uid: row["times"] for uid, row in seen.items()} == {
        uid: len(batches) for uid, batches in by_person.items()
    }
    assert all(row["last_at"] == max(at for _, at in by_person[uid]) for uid, row in seen.items())


def test_the_list_of_what_is_overdue_is_not_empty(session: Session) -> None:
    lines = visits.page(session.desk, VisitFilter(overdue=True)).rows
    assert lines
    assert all(line.due is not None and line.due < TODAY for line in lines)
