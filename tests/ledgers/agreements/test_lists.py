"""Lists and figures of agreements: every figure is the rows it leads to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_app.core.books import Cut
from desktop_app.core.clock import FixedClock
from desktop_app.core.figures import Span
from desktop_app.core.rights import Right
from desktop_app.core.settings import AGREEMENT_REMIND_DAYS
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.figures import BOOK, FIGURES, NOW_FIGURES
from desktop_app.ledgers.agreements.rules.agreement import AgreementState
from desktop_app.ledgers.agreements.rules.listing import EXPIRED, EXPIRING, AgreementFilter
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import write_setting
from tests.ledgers.agreements.builders import TODAY, draft, signed, unit

DAY = 86_400
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def numbers(desk: Desk, **wanted: object) -> list[str]:
    rows = service.page(desk, AgreementFilter(**wanted)).rows  # type: ignore[arg-type]
    return [line.number[-1] for line in rows]


def some(desk: Desk) -> None:
    """1 a draft; 2 live; 3 runs out in 30 days; 4 ran out; 5 ended; 6 renewed by 7."""
    bank = unit(desk).uid
    january = date(2026, 1, 5)
    draft(desk, bank)
    signed(desk, bank)
    signed(desk, bank, on=january, starts_on=january, ends_on=TODAY + timedelta(days=30))
    signed(desk, bank, on=january, starts_on=january, ends_on=TODAY - timedelta(days=1))
    over = signed(desk, bank)
    service.end(desk, over.uid, over.revision, "单位撤并")
    old = signed(desk, bank, on=january, starts_on=january, ends_on=TODAY)
    new = service.renew(desk, old.uid, old.revision).value
    service.sign(desk, new.uid, new.revision)


def test_lists_hold_what_their_filter_says(desk: Desk) -> None:
    some(desk)

    assert sorted(numbers(desk)) == list("1234567")
    assert sorted(numbers(desk, live=True)) == list("237")
    assert numbers(desk, expiring=True) == ["3"]
    assert numbers(desk, expired=True) == ["4"]
    assert numbers(desk, renewals=True) == ["7"]
    assert numbers(desk, state=AgreementState.RENEWED) == ["6"]
    assert numbers(desk, ended_since=TODAY) == ["5"]
    assert sorted(numbers(desk, since=date(2026, 1, 1), until=date(2026, 1, 31))) == list("346")
    assert numbers(desk, stations=("XX",)) == []
    lines = {line.number[-1]: line for line in service.page(desk).rows}
    assert lines["3"].word(TODAY, 30) == EXPIRING
    assert lines["4"].word(TODAY, 30) == EXPIRED
    assert lines["2"].word(TODAY, 30) == "履行"


def test_every_figure_is_as_many_rows_as_it_leads_to(desk: Desk) -> None:
    some(desk)
    counts = service.figures_between(desk, *YEAR)
    span = Span(*YEAR, TODAY)

    values = {figure.name: figure.value(counts) for figure in (*FIGURES, *NOW_FIGURES)}
    assert values == {
        "signed": 6, "renewals": 1, "ended": 1, "live": 3, "expiring": 1, "expired": 1,
    }  # fmt: skip
    for figure in (*FIGURES, *NOW_FIGURES):
        assert figure.rows is not None
        assert len(service.page(desk, figure.rows(span)).rows) == values[figure.name]


def test_what_is_kept_of_a_month_is_what_is_counted_in_it(desk: Desk) -> None:
    some(desk)
    for first, last in (
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 11, 1), date(2026, 11, 30)),
    ):
        with desk.reading(needs=Right.READ) as connection:
            kept = {one.name: one.value for one in BOOK.roll_up(connection, first, last, ["QR01"])}
            counts = BOOK.counts(connection, Span(first, last, TODAY))
            assert list(BOOK.roll_up(connection, first, last, ["XX"])) == []
        assert all(kept.get(figure.name, 0) == figure.value(counts) for figure in FIGURES)


def test_how_things_stand_is_told_station_by_station(desk: Desk) -> None:
    some(desk)
    assert BOOK.standing is not None
    with desk.reading(needs=Right.READ) as connection:
        found = BOOK.standing(connection, TODAY, Cut.WHOLE)
        told = {(one.station, one.name): one.value for one in found}
        assert list(BOOK.standing(connection, TODAY, Cut.CATEGORY)) == []

    assert told == {("QR01", "live"): 3, ("QR01", "expiring"): 1, ("QR01", "expired"): 1}


def test_how_soon_is_soon_is_a_setting(desk: Desk) -> None:
    some(desk)
    with desk.unit_of_work("设置", needs=Right.MANAGE_STATION) as opened:
        write_setting(opened, AGREEMENT_REMIND_DAYS, 29)

    assert numbers(desk, expiring=True) == []
    assert service.remind_days(desk) == 29


def test_what_runs_out_first_stands_on_top(desk: Desk) -> None:
    bank = unit(desk).uid
    for days in (20, 5, 12):
        signed(desk, bank, ends_on=TODAY + timedelta(days=days))

    assert numbers(desk, expiring=True) == ["2", "3", "1"]


@pytest.mark.parametrize("words", ["荷塘支行", "htzh", "QR01-X2026A-00001", "青榕社区委员会"])
def test_an_agreement_is_found_by_its_number_and_both_sides(desk: Desk, words: str) -> None:
    signed(desk)

    assert numbers(desk, search=f" {words} ") == ["1"]
    assert numbers(desk, search="槐安幼儿园") == []


def test_all_agreements_with_a_unit_are_told_the_newest_first(
    desk: Desk, clock: FixedClock
) -> None:
    bank, school = unit(desk), unit(desk, name="槐安幼儿园")
    first = signed(desk, bank.uid)
    clock.advance(60)
    second = draft(desk, bank.uid)
    draft(desk, school.uid)

    assert [one.uid for one in service.of_partner(desk, bank.uid)] == [second.uid, first.uid]
