"""What becomes of stations, worked out from dates."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import UserError
from desktop_app.core.record import META_FIELDS
from desktop_app.registers.offices.record import KIND
from desktop_app.registers.offices.rules import (
    EarlierName,
    StationEntry,
    StationState,
    Structure,
    checked_code,
    checked_name,
    checked_reason,
)

OPENED = date(2024, 1, 1)
CHANGE = date(2026, 6, 1)
BEFORE = CHANGE - timedelta(days=1)


def station(code: str, **more: object) -> StationEntry:
    values = {"name": f"{code}服务站", "since": OPENED, "state": StationState.JOINED, **more}
    number = int.from_bytes(code.encode())
    return StationEntry(uid=UUID(int=number), station="CL", code=code, **values)  # type: ignore[arg-type]


def merged(code: str, into: str, day: date = CHANGE) -> StationEntry:
    return station(code, state=StationState.MERGED, successor=into, until=day)


def test_a_merged_station_counts_to_its_successor_now_and_to_itself_before() -> None:
    structure = Structure([station("QR01"), merged("QR02", "QR01")])

    assert structure.standing_for("QR02") == "QR01"
    assert structure.standing_for("QR02", CHANGE) == "QR01"
    assert structure.standing_for("QR02", BEFORE) == "QR02"
    assert structure.standing_for("QR01") == "QR01"


def test_mergers_one_after_another_are_followed_up_to_the_day() -> None:
    later = CHANGE + timedelta(days=100)
    structure = Structure([merged("QR03", "QR02"), merged("QR02", "QR01", later), station("QR01")])

    assert structure.standing_for("QR03", BEFORE) == "QR03"
    assert structure.standing_for("QR03", CHANGE) == "QR02"
    assert structure.standing_for("QR03", later) == "QR01"
    assert structure.standing_for("QR03") == "QR01"


def test_a_circle_of_successors_ends_somewhere() -> None:
    structure = Structure([merged("QR01", "QR02"), merged("QR02", "QR01")])

    assert structure.standing_for("QR01") in ("QR01", "QR02")


def test_rows_of_an_unknown_station_stand_for_themselves() -> None:
    assert Structure([]).standing_for("XX99") == "XX99"
    assert Structure([]).name("XX99") == "XX99"


def test_an_old_report_keeps_the_old_name() -> None:
    entry = station(
        "QR01",
        name="青榕中心",
        earlier_names=(EarlierName("青榕站", date(2025, 1, 1)), EarlierName("青榕总站", CHANGE)),
    )
    structure = Structure([entry])

    assert structure.name("QR01") == "青榕中心"
    assert structure.name("QR01", date(2024, 12, 31)) == "青榕站"
    assert structure.name("QR01", BEFORE) == "青榕总站"
    assert structure.name("QR01", CHANGE) == "青榕中心"


def test_a_station_is_there_from_its_first_day_to_the_day_before_it_ends() -> None:
    structure = Structure([station("QR01"), merged("QR02", "QR01")])

    assert [one.code for one in structure.living()] == ["QR01"]
    assert [one.code for one in structure.living(BEFORE)] == ["QR01", "QR02"]
    assert [one.code for one in structure.living(CHANGE)] == ["QR01"]
    assert structure.living(OPENED - timedelta(days=1)) == ()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 400)), max_size=6))
def test_however_stations_merge_each_row_is_counted_under_one_station(
    mergers: list[tuple[int, int, int]],
) -> None:
    entries = {f"QR{number}": station(f"QR{number}") for number in range(6)}
    for gone, into, days in mergers:
        if gone != into and not entries[f"QR{gone}"].state.over:
            day = OPENED + timedelta(days=days)
            entries[f"QR{gone}"] = merged(f"QR{gone}", f"QR{into}", day)
    structure = Structure(entries.values())

    for code in entries:
        for on in (None, OPENED, OPENED + timedelta(days=200)):
            stands = structure.standing_for(code, on)
            assert stands in entries
            assert stands == code or entries[code].successor


@pytest.mark.parametrize("typed", ["qr01", " QR01 ", "ＱＲ０１"])
def test_a_code_is_one_however_it_is_typed(typed: str) -> None:
    assert checked_code(typed) == "QR01"


@pytest.mark.parametrize("typed", ["", "Q", "QR0123456", "青榕01", "QR-1"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="2到8位"):
        checked_code(typed)


def test_a_name_and_a_reason_are_needed() -> None:
    for check in (checked_name, checked_reason):
        with pytest.raises(UserError, match="还没有"):
            check(" ")


def test_every_attribute_is_described_once() -> None:
    names = [field.name for field in KIND.fields]

    assert sorted([*names, *META_FIELDS]) == sorted(StationEntry.__dataclass_fields__)
    assert not KIND.travels
