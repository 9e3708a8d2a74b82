"""What a 上报 puts on the stick."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.bundle import lines
from desktop_app.core.chain import DELETE, WITHHELD
from desktop_app.core.errors import SafetyRefusal, UserError
from desktop_app.core.handling import Handling
from desktop_app.core.travel import Profile
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits import store as visit_store
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action
from desktop_app.registers.residents import service as residents
from desktop_app.station.reporting.rules.reports import Phase
from desktop_app.station.reporting.service import exporting
from desktop_app.storage.session import Desk
from desktop_app.storage.shelf import Shelf
from tests.ledgers.visits.builders import matter, register, resident, timed
from tests.station.reporting.hall import Hall, Report
from tests.station.reporting.paper_street import PaperStreet

VISITS = visit_store.SHELF


def test_everything_since_the_beginning_lies_on_the_stick_and_the_chain_holds(
    station: Desk, street: PaperStreet, report: Report, stick: Path
) -> None:
    person = resident(station)
    made = register(station, matter(), resident=person.uid)
    done = report()
    (path,) = done.paths
    assert path.parent == stick
    assert path.name == "上报包-QR01-000001-000002.jlb"
    bundle = street.read(path)
    assert (bundle.header.first, bundle.header.last) == (1, 2)
    assert [line.kind for line in bundle.changes] == ["residents", "visits"]
    assert bundle.fields(made.uid)["number"] == made.number
    assert done.export.phase is Phase.DELIVERED


def test_what_a_profile_masks_is_masked_and_what_never_travels_is_not_there(
    station: Desk, street: PaperStreet, report: Report
) -> None:
    person = resident(station, "陈桂英", "13800005678")
    fields = street.read(report().paths[0]).fields(person.uid)
    assert fields["name"] == "陈*英"
    assert "13800005678" not in str(fields)
    assert "remark" not in fields
    assert "special_groups" not in fields


def test_only_the_last_change_of_a_record_carries_its_fields(
    station: Desk, street: PaperStreet, report: Report
) -> None:
    made = register(station, timed())
    visits.act(station, made.uid, Action.TAKE_UP, made.revision, StepDetails())
    first, last = street.read(report().paths[0]).of("visits")
    assert first.fields is None
    assert last.fields is not None
    assert last.fields["state"] == "taken_up"


def test_a_kind_that_does_not_travel_shows_a_number_and_a_digest_only(
    station: Desk, street: PaperStreet, report: Report
) -> None:
    from desktop_app.registers.matters import service as matters

    matters.add_starter(station)
    register(station)
    bundle = street.read(report().paths[0])
    assert {line.kind for line in bundle.changes} == {lines.UNSAID, "visits"}
    assert all(line.uid is None for line in bundle.of(lines.UNSAID))


def test_a_petition_leaves_as_a_count_and_in_no_other_form(
    station: Desk, street: PaperStreet, report: Report
) -> None:
    told_where = matter("信访渠道告知", petition=True, handling=Handling.ADVICE)
    made = register(station, told_where, people=2)
    register(station)
    bundle = street.read(report().paths[0])
    (told,) = [line for line in bundle.changes if line.uid == made.uid]
    assert told.op == WITHHELD
    assert told.fields is None
    assert bundle.count("registered") == 1
    assert bundle.count("petitions") == 1
    figures = visits.figures_between(station, station.today, station.today)
    assert {one.name: one.value for one in bundle.counts} == {
        name: bundle.count(name) for name in figures if bundle.count(name)
    }
    assert bundle.count("petition_people") == figures["petition_people"] == 2
    assert bundle.count("closed") == figures["petitions_closed"]


def test_an_erased_resident_leaves_a_tombstone_and_not_one_word(
    station: Desk, street: PaperStreet, report: Report
) -> None:
    person = resident(station, "欧阳明月")
    residents.erase(station, person.uid)
    first, last = street.read(report().paths[0]).of("residents")
    assert (first.fields, last.fields) == (None, None)
    assert last.op == DELETE


def test_figures_alone_name_nobody(station: Desk, street: PaperStreet, report: Report) -> None:
    person = resident(station)
    made = register(station, matter(), resident=person.uid)
    bundle = street.read(report(Profile.STATS).paths[0])
    assert "name" not in bundle.fields(person.uid)
    assert "name" not in bundle.fields(made.uid)
    assert bundle.fields(made.uid)["category"] == made.category


def test_until_something_is_confirmed_everything_is_sent_again(
    station: Desk, street: PaperStreet, report: Report
) -> None:
    register(station)
    report()
    register(station)
    assert (report().export.first, report().export.last) == (1, 2)


def test_a_full_export_without_a_reason_or_a_second_person_is_refused(
    station: Desk, report: Report, stick: Path
) -> None:
    register(station)
    with pytest.raises(UserError, match="必须写明原因"):
        report(Profile.FULL)
    with pytest.raises(UserError, match="第二个人同意"):
        report(Profile.FULL, reason="街道复核三季度台账")
    assert list(stick.iterdir()) == []


def test_a_station_of_no_street_is_told_to_join_one(desk: Desk, outbox: Path, stick: Path) -> None:
    with pytest.raises(UserError, match="还没有加入街道"):
        exporting.export(desk, stick, outbox=outbox)


def test_nothing_is_exported_while_the_street_knows_another_past(
    station: Desk, report: Report
) -> None:
    from desktop_app.core.rights import Right
    from desktop_app.station.reporting.store import memory

    with station.unit_of_work("试", needs=Right.EXPORT) as unit:
        known = memory.standing(unit.connection)
        memory.set_standing(unit.connection, replace(known, ahead=7))
    with pytest.raises(SafetyRefusal, match="从备份恢复"):
        report()


def test_the_outbox_holds_what_may_still_be_sent_and_nothing_else(hall: Hall, outbox: Path) -> None:
    register(hall.desk)
    hall.report()
    orphan = outbox / "上报包-QR01-000009-000009.jlb"
    orphan.write_bytes(b"a crash left this")
    register(hall.desk)
    second = hall.report()
    assert {path.name for path in outbox.glob("*.jlb")} == {
        "上报包-QR01-000001-000001.jlb",
        "上报包-QR01-000001-000002.jlb",
    }
    hall.street.take(second.paths[0])
    hall.down()
    third = hall.report()
    assert {path.name for path in outbox.glob("*.jlb")} == {third.export.files[0].name}


def test_an_export_that_was_made_anew_meanwhile_is_not_sent_in_its_old_form(
    hall: Hall, outbox: Path, stick: Path
) -> None:
    register(hall.desk)
    old, new = hall.report().export, hall.report().export
    with pytest.raises(UserError, match="没有送出旧的"):
        exporting.send(hall.desk, old, stick, outbox=outbox)
    assert exporting.send(hall.desk, new, stick, outbox=outbox).export.phase is Phase.DELIVERED


def test_without_a_folder_it_waits_in_the_outbox_and_can_be_sent_later(
    station: Desk, outbox: Path, stick: Path, street: PaperStreet
) -> None:
    register(station)
    made = exporting.export(station, None, outbox=outbox)
    assert made.export.phase is Phase.EXPORTED
    assert made.paths[0].parent == outbox
    sent = exporting.send(station, made.export, stick, outbox=outbox)
    assert sent.export.phase is Phase.DELIVERED
    assert street.read(sent.paths[0]).header.last == 1


def test_what_an_older_version_wrote_leaves_in_the_form_of_today(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = register(hall.desk)

    def louder(plain: dict[str, Any]) -> dict[str, Any]:
        return {**plain, "matter_name": f"{plain['matter_name']}！"}

    newer = replace(VISITS.kind, version=2, upgrades={1: louder})
    monkeypatch.setattr(visit_store, "SHELF", Shelf(newer, VISITS.table))
    bundle = hall.street.read(hall.report().paths[0])
    (line,) = bundle.of("visits")
    assert line.version == 2
    assert bundle.fields(made.uid)["matter_name"] == f"{made.matter_name}！"
