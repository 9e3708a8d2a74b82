"""What the card of a resident shows, hands over and erases, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import NotAllowed, UserError
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits import service as visits
from desktop_app.registers.residents import service as residents
from desktop_app.station.resident_card import service
from desktop_app.storage import audit
from desktop_app.storage.session import Desk
from tests.ledgers.visits.ui.ledger_data import Ledger
from tests.registers.residents.neighbours import a_neighbourhood, neighbour


@pytest.fixture
def visited(desk: Desk, clock: FixedClock) -> Ledger:
    """A ledger that can be written into."""
    return Ledger(desk, clock)


def test_the_time_line_has_the_visits_of_merged_files_the_newest_first(
    desk: Desk, visited: Ledger
) -> None:
    one, two = neighbour(desk, "张淑芬", "13800005678"), neighbour(desk, "张淑芳", "13800005678")
    older = visited.visit("", two, entry_summary="问医保")
    newer = visited.visit("", one, entry_summary="问社保")
    visited.visit("", neighbour(desk, "赖建国"))
    residents.merge(desk, one.uid, two.uid)
    view = service.view(desk, two.uid)
    assert view.card.resident.uid == one.uid
    assert [line.uid for line in view.visits.rows] == [newer.uid, older.uid]


def test_a_long_time_line_comes_in_pages(desk: Desk, visited: Ledger) -> None:
    person = neighbour(desk, "张淑芬")
    made = [visited.visit("", person).uid for _ in range(service.SHOWN_AT_ONCE + 2)]
    view = service.view(desk, person.uid)
    rest = service.time_line(desk, view.files, view.visits.later)
    found = [line.uid for line in (*view.visits.rows, *rest.rows)]
    assert found == list(reversed(made))
    assert rest.later is None


def test_a_view_names_the_compound_and_the_branch_and_masks_the_rest(desk: Desk) -> None:
    zhang = a_neighbourhood(desk)["张淑芬"]
    view = service.view(desk, zhang.uid)
    assert (view.compound, view.branch) == ("青榕雅苑", "青榕雅苑第一党支部")
    for private in ("13800005678", "350802195503080022", "1955", "女儿电话"):
        assert private not in repr(view.card.resident)


def test_a_persons_own_copy_is_whole_and_one_entry_in_the_audit(
    desk: Desk, visited: Ledger
) -> None:
    zhang = a_neighbourhood(desk)["张淑芬"]
    visit = visited.visit("城乡居民医保参保缴费帮办", zhang, entry_summary="给孙子缴费")
    copy = service.own_copy(desk, zhang.uid)
    for held in (
        "张淑芬", "13800005678", "居民身份证 350802195503080022", "1955年3月8日",
        "青榕雅苑 3-2-501", "退休党员", "独居老人", "已告知并同意 2026年3月5日 王小燕",
        "上门前先打女儿电话", visit.number, "给孙子缴费",
    ):  # fmt: skip
        assert held in copy
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        last, before = audit.entries(connection, limit=2)
    assert (last.action, last.subject) == ("本人查阅", zhang.number)
    assert before.subject == visit.number


def test_a_copy_needs_its_rights_and_leaves_out_what_is_sensitive_without_that_one(
    desk: Desk,
) -> None:
    zhang = a_neighbourhood(desk)["张淑芬"]
    clerk = replace(desk, actor=replace(desk.actor, rights=frozenset(Right) - {Right.SENSITIVE}))
    assert "独居老人" not in service.own_copy(clerk, zhang.uid)
    for missing in (Right.EXPORT, Right.REVEAL):
        rights = frozenset(Right) - {missing}
        with pytest.raises(NotAllowed):
            service.own_copy(replace(desk, actor=replace(desk.actor, rights=rights)), zhang.uid)


def test_erasing_leaves_the_visits_counted_and_nobodys_name_in_them(
    desk: Desk, visited: Ledger
) -> None:
    one, two = neighbour(desk, "张淑芬", "13800005678"), neighbour(desk, "张淑芳", "13800005678")
    kept = visited.visit("城乡居民医保参保缴费帮办", one, entry_summary="张淑芬给孙子缴费")
    other = visited.visit("", two, entry_summary="张淑芳问社保")
    residents.merge(desk, one.uid, two.uid)
    gone = service.erase(desk, one.uid)
    assert {"residents", "visits"} <= gone.kinds
    assert {one.uid, two.uid, kept.uid, other.uid} <= set(gone.uids)
    for uid in (kept.uid, other.uid):
        left = visits.get(desk, uid)
        assert (left.resident, left.name, left.summary) == (None, "", "")
    assert visits.get(desk, kept.uid).matter_name == "城乡居民医保参保缴费帮办"
    assert visits.today(desk).total == 2
    with pytest.raises(UserError):
        service.view(desk, one.uid)


def test_erasing_without_the_right_changes_nothing(desk: Desk, visited: Ledger) -> None:
    person = neighbour(desk, "张淑芬")
    visit = visited.visit("", person)
    rights = frozenset(Right) - {Right.ERASE}
    with pytest.raises(NotAllowed):
        service.erase(replace(desk, actor=replace(desk.actor, rights=rights)), person.uid)
    assert visits.get(desk, visit.uid).name == "张淑芬"
