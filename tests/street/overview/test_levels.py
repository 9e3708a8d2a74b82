"""Of residents' evaluations a street tells what each of its stations may tell, and nothing more."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from desktop_app.core.figures import Rate
from desktop_app.core.periods import Period, PeriodKind, parse_period, period_of
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.told import By
from desktop_app.ledgers.visits.rules.visit import EnteredFrom, Evaluation
from desktop_app.ledgers.visits.store import EVALUATION_SHELF
from desktop_app.storage.session import Desk
from desktop_app.street.overview import service
from desktop_app.street.overview.rules.levels import StreetLevels, beside
from tests.street.overview.importing import take_in
from tests.street.overview.test_figures import line_of
from tests.street.street_data import StreetData

LEAST = 5
OCTOBER = parse_period("2026-10")
LEVELS = list(Satisfaction)


def give(desk: Desk, station: str, day: date, *levels: Satisfaction) -> None:
    """A station sends these evaluations of a day."""
    uid, at = desk.database.new_uid, desk.database.zone.at(day, 9)
    given = [
        Evaluation(
            uid=uid(), station=station, revision=1, visit=uid(), level=level, at=at, day=day,
            entered_from=EnteredFrom.SECOND_SCREEN,
        )
        for level in levels
    ]  # fmt: skip
    with desk.database.unrecorded() as connection:
        take_in(connection, station, [(EVALUATION_SHELF, one) for one in given])


@pytest.fixture
def given(data: StreetData, street_desk: Desk) -> Desk:
    """October, over for all: four evaluations of one station, six of another, seven of a third that
    has not reported its end."""
    give(street_desk, "QR01", date(2026, 10, 9), *[Satisfaction.VERY_DISSATISFIED] * 4)
    give(street_desk, "QR02", date(2026, 10, 9), *[Satisfaction.SATISFIED] * 6)
    give(street_desk, "QR03", date(2026, 10, 9), *[Satisfaction.FAIR] * 5)
    give(street_desk, "QR03", date(2026, 10, 12), *[Satisfaction.VERY_DISSATISFIED] * 2)
    until = dict.fromkeys(data.codes, date(2026, 11, 16))
    data.report(until | {"QR03": date(2026, 10, 20)})
    return street_desk


def test_few_evaluations_of_a_station_are_told_nowhere(given: Desk) -> None:
    report = service.street_report(given, OCTOBER)
    assert report.line("visits.evaluated").value == 17
    assert report.line("visits.satisfied_rate").value == Rate(11, 11)
    assert report.line("visits.dissatisfied").value == 0
    assert report.line("visits.dissatisfied").beside == "按其中 11 件算"
    stations = service.breakdown(given, OCTOBER, By.STATION)
    told = {
        line.key: next(one for one in line.figures if one.name == "visits.satisfied_rate")
        for line in stations.lines
    }
    assert (told["QR01"].value, told["QR01"].beside) == (None, "不足 5 件，不显示")
    assert told["QR02"].value == Rate(6, 6)
    assert (told["QR03"].value, told["QR03"].beside) == (Rate(5, 5), "按其中 5 件算")


def test_where_every_station_has_few_the_street_says_why_it_tells_nothing(
    data: StreetData, street_desk: Desk
) -> None:
    for code in data.codes:
        give(street_desk, code, date(2026, 10, 9), *[Satisfaction.FAIR] * 3)
    data.report(dict.fromkeys(data.codes, date(2026, 11, 16)))
    line = service.street_report(street_desk, OCTOBER).line("visits.satisfied_rate")
    assert (line.value, line.beside) == (None, "每个站点都不足 5 件，不显示")
    # What a quarter's months do not tell, it tells when it is over and there is enough of it.
    give(street_desk, "QR01", date(2026, 8, 9), *[Satisfaction.VERY_DISSATISFIED] * 2)
    give(street_desk, "QR01", date(2026, 9, 9), *[Satisfaction.FAIR] * 3)
    quarter = service.street_report(street_desk, parse_period("2026-Q3"))
    assert quarter.line("visits.satisfied_rate").value == Rate(3, 5)
    running = service.street_report(street_desk, parse_period("2026-Q4"))
    assert running.line("visits.satisfied_rate").value is None


def test_a_station_tells_of_itself_what_the_street_tells_of_it(given: Desk) -> None:
    stations = service.breakdown(given, OCTOBER, By.STATION)
    shown: Counter[str] = Counter()
    for code in ("QR01", "QR02", "QR03", "QR04"):
        figures = {one.name: one.value for one in line_of(stations, code).figures}
        rate = figures["visits.satisfied_rate"]
        shown["whole"] += rate.whole if isinstance(rate, Rate) else 0
        shown["part"] += rate.part if isinstance(rate, Rate) else 0
    whole = service.street_report(given, OCTOBER).line("visits.satisfied_rate").value
    assert whole == Rate(shown["part"], shown["whole"])


PERIODS = [
    *(Period(2026, PeriodKind.MONTH, month) for month in range(1, 13)),
    *(Period(2026, PeriodKind.QUARTER, quarter) for quarter in range(1, 5)),
    Period(2026, PeriodKind.YEAR, 1),
]
STATIONS = ("A", "B", "C")


class Received:
    """What the street was sent of evaluations, and until when, as it keeps it."""

    def __init__(self) -> None:
        self.given: dict[tuple[str, str], list[Satisfaction]] = {}
        self.until: dict[str, date] = {}

    def levels(self) -> StreetLevels:
        every, in_fives = [], []
        for (station, month), given in self.given.items():
            first = given[: len(given) - len(given) % LEAST]
            for level in LEVELS:
                every.append((station, month, level.value, given.count(level)))
                in_fives.append((station, month, level.value, first.count(level)))
        return StreetLevels(every, in_fives, self.until)


@pytest.mark.parametrize("seed", range(6))
def test_nobody_can_watch_one_evaluation_come_in(seed: int) -> None:
    """Of one station or of all, of any period: what is told moves by five at the least, and every
    difference of two figures is made of five at the least."""
    dice, street = random.Random(seed), Received()
    for day in (date(2026, 1, 1) + timedelta(days=5 * number) for number in range(66)):
        station, month = dice.choice(STATIONS), str(period_of(day, PeriodKind.MONTH))
        before = street.levels()
        for _ in range(dice.choice((1, 1, 2))):
            street.given.setdefault((station, month), []).append(dice.choice(LEVELS))
            now = street.levels()
            for period in PERIODS:
                for of in (None, [station]):
                    old, new = before.of(period, of), now.of(period, of)
                    grew = new.shown - old.shown
                    assert grew == 0 or grew >= LEAST
                    assert grew or new.levels == old.levels
            before = now
        street.until[station] = day
        _differences_name_nobody(street.levels())


def _differences_name_nobody(levels: StreetLevels) -> None:
    for period in PERIODS:
        whole = levels.of(period).shown
        of_each = [levels.of(period, [station]).shown for station in STATIONS]
        assert whole == sum(of_each)
        assert all(shown == 0 or shown >= LEAST for shown in of_each)
        for station in STATIONS:
            parts = sum(levels.of(part, [station]).shown for part in period.parts)
            apart = levels.of(period, [station]).shown - parts
            assert not period.parts or apart == 0 or apart >= LEAST


def test_nothing_is_said_of_nothing() -> None:
    assert beside(Received().levels().of(OCTOBER)) == ""
