"""The activities of a demo are such as the ledger would have taken, in every state there is."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import (
    Action,
    Activity,
    ActivityKind,
    ActivityState,
)
from desktop_app.ledgers.activities.rules.attendance import Source
from desktop_app.ledgers.activities.rules.entry import checked, form_of
from desktop_app.ledgers.activities.store import ATTENDANCE_SHELF, SHELF
from desktop_app.ledgers.activities.tables import ACTIVITY, ATTENDANCE
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.themes import calendar_of, themes
from desktop_app.station.sign_in.session import Session
from tests.ledgers.activities.builders import form
from tests.station.demo.made import TODAY, make, seated
from tests.station.demo.test_demo import rows

S = ActivityState


@pytest.fixture
def activities(session: Session) -> list[Activity]:
    return [SHELF.value(row) for row in rows(session, ACTIVITY)]


def test_every_plan_is_one_the_ledger_would_have_taken(
    session: Session, activities: list[Activity]
) -> None:
    for activity in activities:
        plan = form_of(activity, session.database.zone)
        planned_on = session.database.zone.day(activity.created_at)
        assert checked(plan, planned_on) == plan
        assert not activity.late_entry


def test_something_goes_on_this_morning_and_more_is_planned(
    session: Session, activities: list[Activity]
) -> None:
    states = Counter(activity.state for activity in activities)
    (today,) = [one for one in activities if one.day == TODAY and one.state is S.RUNNING]

    assert service.attendance_of(session.desk, today.uid).counts.present >= 5
    assert any(one.day > TODAY for one in activities)
    assert states[S.ARCHIVED] >= 2
    assert all(one.state not in (S.PLANNED, S.OPEN) for one in activities if one.day < TODAY)


def test_what_is_archived_went_the_whole_way_and_was_read_by_somebody_else(
    activities: list[Activity],
) -> None:
    for activity in activities:
        if activity.state is S.ARCHIVED:
            taken = [step.action for step in activity.steps]
            assert taken[-3:] == [Action.RECORD, Action.SUBMIT, Action.APPROVE]
            assert activity.recorded_by != activity.reviewed_by
            assert activity.recorder != activity.reviewer
            assert activity.summary
            assert [step.at for step in activity.steps] == sorted(
                step.at for step in activity.steps
            )


def test_nobody_stands_twice_on_a_sheet_and_leaves_before_arriving(session: Session) -> None:
    lines = [ATTENDANCE_SHELF.value(row) for row in rows(session, ATTENDANCE)]
    names = Counter((line.activity, line.name) for line in lines)
    files = Counter((line.activity, line.resident) for line in lines if line.resident)

    assert len(lines) > 50
    assert max(names.values()) == max(files.values()) == 1
    assert all((line.minutes or 0) >= 0 for line in lines)
    assert {line.source for line in lines} <= {Source.SIGNED_IN, Source.LATE}


def test_the_same_seed_and_day_give_the_same_activities(session: Session, tmp_path: Path) -> None:
    with seated(make(tmp_path / "again")) as other:
        for table in (ACTIVITY, ATTENDANCE):
            assert rows(other, table) == rows(session, table)


def test_the_numbers_go_on_where_the_demo_stopped(tmp_path: Path) -> None:
    made = make(tmp_path / "home")
    with seated(made) as seat:
        numbers = [row["number"] for row in rows(seat, ACTIVITY)]
        added = service.plan(seat.desk, form()).value

    assert len(numbers) == made.activities
    of_the_year = [one for one in numbers if "-H2026A-" in one]
    assert int(added.number[-5:]) == len(of_the_year) + 1


def test_a_guest_with_a_file_is_found_by_it(session: Session) -> None:
    line = next(row for row in rows(session, ATTENDANCE) if row["resident"] is not None)

    found = service.attended_by(session.desk, [line["resident"]]).rows

    assert line["uid"] in {one.uid for one in found}


def test_every_usual_kind_occurs_in_its_season() -> None:
    known = themes()
    works = WorkCalendar()
    planned = calendar_of(Dice("season"), works, TODAY - timedelta(days=730), TODAY, 144)

    assert {one.kind for one in known} == {kind.value for kind in ActivityKind} - {"other"}
    assert 250 < len(planned) < 350
    for day, theme in planned:
        assert not theme.months or day.month in theme.months
        assert not (theme.weekend and works.is_workday(day))
    assert not [day for day, _ in planned if date(2025, 10, 1) <= day <= date(2025, 10, 3)]
    assert all("{" not in one.name.format(compound="栖溪里") for one in known)
    assert [one for one in known if one.meeting and not one.resolutions] == []
