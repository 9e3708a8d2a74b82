"""A demo street of three stations, made by the real ways of both sides, as clerks find it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app.cli import street_demo
from desktop_app.cli.street_demo import MadeStreet, Wish, make_street
from desktop_app.core.clock import FixedClock, Zone
from desktop_app.core.errors import UserError
from desktop_app.core.job import Cancelled, Job, Progress
from desktop_app.core.rights import Right
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.visits.tables import VISIT
from desktop_app.registers.people.rules import DEMO_PASSWORD
from desktop_app.registers.residents.tables import RESIDENT
from desktop_app.station.demo.scales import scale_named
from desktop_app.station.demo.sites import street_sites
from desktop_app.station.reporting.rules.reports import Phase
from desktop_app.station.reporting.service.receipts import take_receipt
from desktop_app.station.reporting.service.state import state
from desktop_app.station.sign_in.service import open_house, sign_in
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.tables import AUDIT
from desktop_app.street.demo.rules import Trouble
from desktop_app.street.inbox.rules.verdicts import Outcome, Verdict
from desktop_app.street.inbox.service import reports, take_in_folder
from tests.cli.running import Commands
from tests.homes import CHEAP

TODAY = date(2026, 11, 23)
NOW = FixedClock(Zone().at(TODAY, 11))
AFTER_LUNCH = FixedClock(Zone().at(TODAY, 14, 30))
TROUBLES = {"QR01": Trouble.FORKED, "QR02": Trouble.CLOCK, "QR03": Trouble.SILENT}

pytestmark = pytest.mark.slow


def wish(home: Path, **more: Any) -> Wish:
    places = [(site, scale_named("tiny")) for site, _ in street_sites(1) if site.code in TROUBLES]
    told: dict[str, Any] = {"months": 2, "places": places, "troubles": TROUBLES, "processes": 0}
    return Wish(home=home, today=TODAY, now=NOW.now(), **{**told, **more})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeStreet:
    return make_street(wish(tmp_path_factory.mktemp("street") / "street"), Job("演示"))


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[MadeStreet, list[Verdict]]:
    """Another one, of which the street has taken in what lay ready."""
    made = make_street(wish(tmp_path_factory.mktemp("taken in") / "street"), Job("演示"))
    with seated(made.home.path) as session:
        verdicts = take_in_folder(session.desk, made.ready[0].parent, made.folder / "回执")
    return made, verdicts


@contextmanager
def seated(home: Path) -> Iterator[Session]:
    with open_house(home, AFTER_LUNCH, window=False) as house:
        first = house.operators()[0]
        session = sign_in(house, first.uid, DEMO_PASSWORD, kdf_cost=CHEAP)
        try:
            yield session
        finally:
            session.close()


def rows(session: Session, table: sa.Table) -> list[dict[str, Any]]:
    with session.desk.reading(needs=Right.READ_AUDIT) as connection:
        query = sa.select(table).order_by(*table.primary_key)
        return [dict(row) for row in connection.execute(query).mappings()]


def homes(made: MadeStreet) -> list[Path]:
    others = [one.elsewhere for one in made.stations if one.elsewhere is not None]
    return [made.home.path, *(one.home for one in made.stations), *others]


def check(home: Path) -> dict[str, str]:
    """What `jinlin check` complains of."""
    answer = Commands(home, AFTER_LUNCH, {"JINLIN_PASSWORD": DEMO_PASSWORD}).run("check", "--json")
    return {part["name"]: part["words"] for part in answer.document["parts"] if not part["ok"]}


def bundle(path: Path) -> bool:
    """Whether it is a bundle, and not the photos that go with one."""
    return "照片" not in path.name


def test_every_home_is_in_order(made: MadeStreet) -> None:
    assert {home.name: check(home) for home in homes(made)} == {
        name: {} for name in ("street", "QR01", "QR02", "QR03", "QR01-备份恢复")
    }


def test_the_street_is_in_order_when_it_has_taken_in_what_lay_ready(
    taken_in: tuple[MadeStreet, list[Verdict]],
) -> None:
    assert check(taken_in[0].home.path) == {}


def test_the_earlier_month_is_taken_in_and_the_last_lies_ready(made: MadeStreet) -> None:
    with seated(made.home.path) as session:
        known = {one.code: one for one in reports(session.desk)}
        visits = Counter(row["station"] for row in rows(session, VISIT))

    assert (made.taken_in, made.parked) == (3, 0)
    assert set(known) == set(visits) == set(TROUBLES)
    for station in made.stations:
        with seated(station.home) as session:
            stands = state(session.desk)
        assert stands.confirmed == known[station.code].applied
        assert stands.waiting > 0
        assert 0 < visits[station.code] < station.visits
    assert [path for path in made.folder.iterdir() if path.name in ("U盘", "回执")] == []


def test_what_lies_ready_goes_in_or_is_told_apart(
    taken_in: tuple[MadeStreet, list[Verdict]],
) -> None:
    made, verdicts = taken_in

    assert Counter((one.station, one.outcome) for one in verdicts if bundle(one.path)) == {
        ("QR01", Outcome.APPLIED): 1,
        ("QR01", Outcome.FORKED): 1,
        ("QR02", Outcome.APPLIED): 1,
    }
    forked = next(one for one in verdicts if one.outcome is Outcome.FORKED)
    assert "恢复过旧的备份" in forked.sentence
    late = next(one for one in verdicts if one.station == "QR02" and bundle(one.path))
    assert all(one.outcome.taken for one in verdicts if not bundle(one.path))
    assert "比上次上报时还早" in late.next_step
    assert sorted(one.path for one in verdicts) == sorted(made.ready)


def test_the_street_then_has_every_visit_but_those_that_never_leave(
    taken_in: tuple[MadeStreet, list[Verdict]],
) -> None:
    made, _ = taken_in
    with seated(made.home.path) as session:
        here = {row["uid"] for row in rows(session, VISIT)}

    for station in made.stations:
        with seated(station.home) as session:
            theirs = rows(session, VISIT)
        travel = {row["uid"] for row in theirs if not row["petition"]}
        assert (travel <= here) == (station.trouble is not Trouble.SILENT)
        assert not here & {row["uid"] for row in theirs if row["petition"]}


def test_a_station_takes_the_receipt_of_what_lay_ready(
    taken_in: tuple[MadeStreet, list[Verdict]],
) -> None:
    made, verdicts = taken_in
    verdict = next(one for one in verdicts if one.station == "QR02")
    assert verdict.receipt_path is not None
    with seated(made.stations[1].home) as session:
        take_receipt(session.desk, verdict.receipt_path, scratch=made.folder)
        stands = state(session.desk)

    assert stands.last_export is not None
    assert stands.last_export.phase is Phase.CONFIRMED
    assert stands.needs_reconcile == ""


def test_nobody_can_be_read_in_full_at_the_street(made: MadeStreet) -> None:
    with seated(made.home.path) as session:
        names = {row["name"] for row in rows(session, RESIDENT) if row["name"]}
    with seated(made.stations[0].home) as session:
        whole = {row["name"] for row in rows(session, RESIDENT)}

    assert names
    assert not names & whole


def test_the_days_are_told_in_their_order(made: MadeStreet) -> None:
    for home in homes(made):
        with seated(home) as session:
            trail = rows(session, AUDIT)
        moments = [row["at"] for row in trail if row["at"] < AFTER_LUNCH.now()]
        wrong_clock = home.name == "QR02"
        turned_back = sum(b < a for a, b in itertools.pairwise(moments))
        assert turned_back == wrong_clock, home.name


def test_at_the_street_people_work_on_working_days(made: MadeStreet) -> None:
    zone, calendar = Zone(), WorkCalendar()
    with seated(made.home.path) as session:
        trail = rows(session, AUDIT)
    taken = [zone.local(row["at"]) for row in trail if row["action"] == "收件"]

    assert len(taken) == made.taken_in
    assert all(calendar.is_workday(at.date()) and 9 <= at.hour < 17 for at in taken)


def test_the_same_wish_gives_the_same_records_in_several_processes_too(
    made: MadeStreet, tmp_path: Path
) -> None:
    again = make_street(wish(tmp_path / "street", processes=2), Job("演示"))

    assert [path.name for path in again.ready] == [path.name for path in made.ready]
    for here, there in zip(homes(made), homes(again), strict=True):
        with seated(here) as one, seated(there) as other:
            for table in (VISIT, RESIDENT):
                assert rows(other, table) == rows(one, table)
            deeds = [[_deed(row) for row in rows(seat, AUDIT)] for seat in (one, other)]
            size = min(map(len, deeds))
            assert deeds[0][: size - 1] == deeds[1][: size - 1]


def _deed(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["at"], row["actor_name"], row["action"]


def test_another_seed_gives_other_people(made: MadeStreet, tmp_path: Path) -> None:
    places = [(site, scale_named("tiny")) for site, _ in street_sites(2) if site.code in TROUBLES]
    other = make_street(wish(tmp_path / "street", seed=2, places=places[:1]), Job("演示"))
    with seated(made.stations[0].home) as one, seated(other.stations[0].home) as two:
        ours, theirs = ({row["name"] for row in rows(seat, RESIDENT)} for seat in (one, two))

    assert len(ours & theirs) < len(ours) / 2


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    job = Job("演示")

    def stop_in_the_middle(progress: Progress) -> None:
        if "已收 1 个" in progress.words:
            job.cancel()

    job.listen(stop_in_the_middle)
    with pytest.raises(Cancelled):
        make_street(wish(tmp_path / "street"), job)

    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    there = tmp_path / "street-stations" / "QR01"
    there.mkdir(parents=True)
    with pytest.raises(UserError, match="street-stations"):
        make_street(wish(tmp_path / "street"), Job("演示"))

    assert there.is_dir()
    assert not (tmp_path / "street").exists()


def test_the_command_tells_where_everything_is_and_what_is_out_of_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [
        (site, scale_named("tiny")) for site, _ in street_sites(4) if site.code in ("QR01", "HA03")
    ]
    monkeypatch.setattr(street_demo, "street_sites", lambda _seed: few)
    commands = Commands(tmp_path / "street", NOW)
    words = ("demo", "--scale", "street", "--months", "2", "--seed", "4")
    told = commands.run(*words, "--json")
    made = told.document

    assert told.status == 0
    assert made["taken_in"] == 2
    assert [one["code"] for one in made["stations"]] == ["QR01", "HA03"]
    assert [one["trouble"] for one in made["stations"]] == [None, "silent"]
    assert "没有再上报" in made["stations"][1]["trouble_words"]
    assert made["visits"] == sum(one["visits"] for one in made["stations"]) > 200
    ready = [Path(made["ready_folder"]) / name for name in made["ready"]]
    assert [bundle(path) for path in ready if path.is_file()] == [True, False]
    taken = Commands(tmp_path / "street", AFTER_LUNCH, {"JINLIN_PASSWORD": made["password"]})
    verdicts = taken.ask("bundle", "import", made["ready_folder"])["files"]
    assert [(one["outcome"], one["station"]) for one in verdicts] == [("applied", "QR01")] * 2


def test_a_street_one_month_old_has_joined_and_taken_in_nothing(tmp_path: Path) -> None:
    one = replace(wish(tmp_path / "street", months=1), troubles={})
    made = make_street(replace(one, places=one.places[:1]), Job("演示"))

    assert (made.taken_in, len([path for path in made.ready if bundle(path)])) == (0, 1)
    assert check(made.home.path) == check(made.stations[0].home) == {}
