"""Teams, active volunteers, hours and 双报到: the street counts of a station what the station
counts of itself, month by month, whatever the station sends."""

from __future__ import annotations

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.periods import parse_period
from desktop_app.core.told import By
from desktop_app.core.travel import Profile
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.station.period_figures.service import period_report
from desktop_app.street.inbox.rules.verdicts import Outcome
from desktop_app.street.overview import service
from tests.registers.volunteers.helpers import volunteer
from tests.street.helping import helped
from tests.street.inbox.conftest import Post, post

__all__ = ["post"]

BY_MONTH = {
    "2026-10": {
        "volunteers.registered": 1,
        "volunteers.founded": 1,
        "service.people": 1,
        "service.times": 1,
        "service.minutes": 120,
        "service.hours": 2,
        "party.reported": 1,
    },
    "2026-11": {
        "volunteers.registered": 1,
        "volunteers.founded": 0,
        "service.people": 2,
        "service.times": 3,
        "service.minutes": 360,
        "service.hours": 6,
        "party.reported": 0,
    },
}
NOW = {
    "volunteers.present": 2,
    "volunteers.teams": 1,
    "service.active": 2,
    "service.to_confirm": 1,
    "party.members": 1,
    "party.pledged": 2,
    "party.kept": 1,
}


@pytest.mark.parametrize("profile", [Profile.STATS, Profile.WORK])
def test_a_street_counts_the_volunteers_of_a_station_by_month(
    post: Post, clock: FixedClock, profile: Profile
) -> None:
    helped(post.station)
    assert post.report(profile).outcome is Outcome.APPLIED
    for text, wanted in BY_MONTH.items():
        period = parse_period(text)
        mine = period_report(post.station, period)
        street = service.street_report(post.street, period)
        (line,) = service.breakdown(post.street, period, By.STATION).lines
        of_station = {one.name: one.value for one in line.figures}
        for name, value in (wanted | NOW).items():
            assert mine.line(name).value == value, name
            assert street.line(name).value == value, name
        for name in wanted:
            assert of_station[name] == wanted[name], name


def test_the_upward_table_has_the_hours(post: Post) -> None:
    helped(post.station)
    post.report()
    report = service.street_report(post.street, parse_period("2026-11"))
    told = {cell.label: cell.words for cell in report.table}
    assert (told["志愿服务人次"], told["志愿服务小时"]) == ("3", "6")


def test_a_merged_volunteer_and_a_team_that_is_no_more_are_counted_no_longer(post: Post) -> None:
    there = helped(post.station)
    again = volunteer(post.station, "林小燕", "13700004444")
    found = volunteers.search(post.station, "林晓燕")[0]
    volunteers.merge(post.station, found.uid, again.uid)
    known = volunteers.get_team(post.station, there.uid)
    volunteers.disband(post.station, known.uid, known.revision, "并入别的队伍")
    post.report()
    period = parse_period("2026-11")
    for report in (period_report(post.station, period), service.street_report(post.street, period)):
        assert report.line("volunteers.present").value == 2
        assert report.line("volunteers.teams").value == 0
