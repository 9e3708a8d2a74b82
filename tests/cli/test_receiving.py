"""A street run by script: files in, verdicts and receipts out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.station.sign_in.house import open_house
from desktop_app.station.sign_in.service import sign_in
from tests.cli.running import Commands
from tests.homes import CHEAP, PASSWORD
from tests.street import records
from tests.street.parcels import HandStation, hand_station


@pytest.fixture
def street(tmp_path: Path, clock: FixedClock) -> Commands:
    """Commands at a fresh street's home."""
    made = Commands(tmp_path / "street", clock, {"JINLIN_PASSWORD": PASSWORD})
    made.ask("init", "--edition", "street", "--name", "澄岭街道", "--code", "CL", "--as", "周立")
    return made


@pytest.fixture
def hand(street: Commands, clock: FixedClock, tmp_path: Path) -> HandStation:
    """A station that this street knows."""
    with open_house(street.path, clock) as house:
        session = sign_in(house, "周立", PASSWORD, kdf_cost=CHEAP)
        try:
            return hand_station(session.desk, clock, tmp_path / "stick")
        finally:
            session.close()


def visits(hand: HandStation, *numbers: int) -> None:
    for n in numbers:
        hand.put("visits", records.uid(n), records.visit(n))


def test_every_file_has_its_verdict_and_the_highest_status_ends_the_command(
    street: Commands, hand: HandStation, tmp_path: Path
) -> None:
    visits(hand, 1, 2, 3)
    first, early = hand.bundle(last=1), hand.bundle(first=3)
    broken = tmp_path / "坏.jlb"
    broken.write_bytes(b"?")

    answer = street.run(
        "bundle", "import", str(early), str(first), str(broken), "--receipts",
        str(tmp_path / "back"), "--json",
    )  # fmt: skip

    assert answer.status == 3
    told = {Path(one["path"]).name: one for one in answer.document["files"]}
    assert {name: one["outcome"] for name, one in told.items()} == {
        first.name: "applied",
        early.name: "gap",
        broken.name: "refused",
    }
    assert told[first.name]["counts"] == {"visits": {"new": 1}}
    assert Path(told[first.name]["receipt"]).parent == tmp_path / "back"
    assert told[broken.name]["receipt"] is None
    assert "中间缺第 2 号变更" in told[early.name]["sentence"]


def test_a_fork_ends_with_5_and_a_duplicate_with_0(street: Commands, hand: HandStation) -> None:
    visits(hand, 1, 2)
    whole = hand.bundle()
    assert street.run("bundle", "import", str(whole)).status == 0
    assert street.run("bundle", "import", str(whole)).status == 0
    hand.back_to(1, "second")
    visits(hand, 9)

    told = street.run("bundle", "import", str(hand.bundle()))

    assert told.status == 5
    assert "重新对账" in told.out


def test_a_folder_is_taken_in_whole(street: Commands, hand: HandStation) -> None:
    visits(hand, 1, 2)
    hand.bundle(last=1)
    hand.bundle(first=2)

    first = street.ask("bundle", "import", str(hand.folder))
    second = street.ask("bundle", "import", str(hand.folder))

    assert [one["outcome"] for one in first["files"]] == ["applied", "applied"]
    assert second["files"] == []


def test_receipts_and_a_snapshot_can_be_had_at_any_time(
    street: Commands, hand: HandStation, tmp_path: Path
) -> None:
    visits(hand, 1)
    street.ask("bundle", "import", str(hand.bundle()))

    receipts = street.ask("street", "receipts", "--to", str(tmp_path / "down"))
    snapshot = street.ask("street", "snapshot", "HL01", "--to", str(tmp_path / "down"))

    assert [Path(path).name for path in receipts["paths"]] == ["回执-HL01-000001.jlb"]
    assert Path(snapshot["path"]).name == "对账-HL01-000001.jlb"
    assert street.run("street", "snapshot", "ZZ99", "--to", str(tmp_path)).status == 3


def test_what_is_parked_is_listed_and_tried_again(street: Commands, hand: HandStation) -> None:
    hand.put("wishes", records.uid(1), {"text": "一盏灯"})
    street.ask("bundle", "import", str(hand.bundle()))

    told: Any = street.ask("street", "parked", "--retry")

    assert told["retried"] == {"applied": 0}
    (one,) = told["parked"]
    assert (one["station"], one["kind"], one["reason"]) == ("HL01", "wishes", "unknown")


def test_no_file_is_wrong_usage(street: Commands) -> None:
    assert street.run("bundle", "import").status == 2
