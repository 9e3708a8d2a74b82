"""`bundle …` at a station: what a script gets to know, and how a command ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.errors import ExitStatus
from desktop_app.registers.people import service as people
from desktop_app.registers.people.rules import Role
from tests.cli.running import Commands
from tests.homes import StationHome
from tests.ledgers.visits.builders import register, resident
from tests.station.reporting.paper_street import PaperStreet

OTHER = "林志强"
SECRET = "Deng-ling-2026"


@pytest.fixture
def street(station_home: StationHome, tmp_path: Path) -> PaperStreet:
    """A street to which the home belongs, and a visit that waits."""
    folder = tmp_path / "street"
    folder.mkdir()
    made = PaperStreet(folder, station_home.clock)
    with station_home.session() as session:
        made.adopt(session.desk)
        register(session.desk)
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


def test_an_export_tells_paths_numbers_and_counts(
    commands: Commands, street: PaperStreet, stick: Path
) -> None:
    told = commands.run("bundle", "export", "--to", str(stick), "--json").document
    (path,) = told["paths"]
    bundle = street.read(Path(path))
    assert (told["first"], told["last"]) == (bundle.header.first, bundle.header.last)
    assert told["counts"]["changes/visits"] == 1
    assert told["phase"] == "delivered"
    assert Path(path).stat().st_size == told["size"]


def test_a_receipt_confirms_and_the_status_says_so(
    commands: Commands, street: PaperStreet, stick: Path, station_home: StationHome
) -> None:
    told = commands.run("bundle", "export", "--to", str(stick), "--json").document
    street.take(Path(told["paths"][0]))
    with station_home.session() as session:
        receipt = street.receipt(session.desk)
    looked = commands.run("bundle", "verify", str(receipt), "--json")
    assert (looked.status, looked.document["kind"]) == (ExitStatus.DONE, "receipt")
    taken = commands.run("bundle", "receipt", str(receipt), "--json")
    assert (taken.status, taken.document["answer"]) == (ExitStatus.DONE, "confirms")
    known = commands.run("bundle", "status", "--json").document
    assert (known["waiting"], known["exports"][0]["phase"]) == (0, "confirmed")
    assert commands.run("bundle", "tidy", "--json").document["contents"] == 0


def test_a_receipt_of_another_past_ends_with_5_until_the_two_come_together(
    commands: Commands, street: PaperStreet, stick: Path, station_home: StationHome
) -> None:
    told = commands.run("bundle", "export", "--to", str(stick), "--json").document
    street.take(Path(told["paths"][0]))
    street.held.hashes[-1] = bytes(32)
    with station_home.session() as session:
        receipt = street.receipt(session.desk)
    assert commands.run("bundle", "verify", str(receipt)).status == ExitStatus.REFUSED
    taken = commands.run("bundle", "receipt", str(receipt), "--json")
    assert (taken.status, taken.document["answer"]) == (ExitStatus.REFUSED, "other_past")
    refused = commands.run("bundle", "export", "--to", str(stick))
    assert refused.status == ExitStatus.REFUSED
    assert "重新对账" in refused.err


def test_coming_together_tells_what_became_of_everything(
    commands: Commands, street: PaperStreet, stick: Path, station_home: StationHome
) -> None:
    with station_home.session() as session:
        resident(session.desk, "欧阳明月")
    told = commands.run("bundle", "export", "--to", str(stick), "--json").document
    street.take(Path(told["paths"][0]))
    with station_home.session() as session:
        snapshot = street.snapshot(session.desk)
    done = commands.run("bundle", "reconcile", str(snapshot), "--json")
    assert (done.status, done.document["adopted"]) == (ExitStatus.DONE, 0)
    assert done.document["pending"] == []


def test_a_full_export_asks_the_second_person_for_a_password_and_never_on_the_line(
    commands: Commands, street: PaperStreet, stick: Path, station_home: StationHome
) -> None:
    with station_home.session() as session:
        people.add_operator(
            session.desk, session.keeper, name=OTHER, role=Role.LEAD, password=SECRET
        )
    words = ["bundle", "export", "--to", str(stick), "--profile", "full"]
    assert commands.run(*words).status == ExitStatus.WRONG_INPUT
    words += ["--reason", "街道复核三季度台账", "--second", OTHER, "--json"]
    assert commands.run(*words).status == ExitStatus.USAGE
    wrong = replace(commands, environment={**commands.environment, "JINLIN_SECOND_PASSWORD": "x"})
    assert wrong.run(*words).status == ExitStatus.REFUSED
    right = {**commands.environment, "JINLIN_SECOND_PASSWORD": SECRET}
    done = replace(commands, environment=right).run(*words)
    assert done.document["second"] == OTHER
    assert street.read(Path(done.document["paths"][0])).header.profile == "full"


def test_any_file_shows_its_label_without_a_key(
    commands: Commands, street: PaperStreet, stick: Path
) -> None:
    told = commands.run("bundle", "export", "--to", str(stick), "--json").document
    keyless = replace(commands, environment={})
    looked = keyless.run("bundle", "inspect", told["paths"][0], "--json").document
    assert (looked["kind"], looked["office"], looked["last"]) == ("bundle", "QR01", told["last"])
    assert looked["sha256"] == told["sha256"]


def test_what_is_no_parcel_and_what_is_not_there_ends_with_3(
    commands: Commands, street: PaperStreet, stick: Path
) -> None:
    sheet = stick / "台账.xlsx"
    sheet.write_bytes(b"PK\x03\x04")
    for verb in ("receipt", "reconcile", "inspect", "verify"):
        assert commands.run("bundle", verb, str(sheet)).status == ExitStatus.WRONG_INPUT
        assert commands.run("bundle", verb, str(stick / "x")).status == ExitStatus.WRONG_INPUT
    missing = commands.run("bundle", "export", "--to", str(stick / "x"))
    assert missing.status == ExitStatus.WRONG_INPUT


def test_an_unknown_profile_is_wrong_usage(
    commands: Commands, street: PaperStreet, stick: Path
) -> None:
    refused = commands.run("bundle", "export", "--to", str(stick), "--profile", "all")
    assert refused.status == ExitStatus.USAGE
    assert "stats、work、full" in refused.err
