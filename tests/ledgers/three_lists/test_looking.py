"""The board, the lists of offers and duties, and figures that are the rows they open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app import catalog
from desktop_app.core.books import Cut
from desktop_app.core.clock import FixedClock
from desktop_app.core.figures import Span
from desktop_app.core.origin import Source, Urgency
from desktop_app.core.rights import Right
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.figures import BOOKS
from desktop_app.ledgers.three_lists.rules.board import BoardFilter, ColumnKey
from desktop_app.ledgers.three_lists.rules.duty import DutyAction
from desktop_app.ledgers.three_lists.rules.listing import DutyFilter, OfferFilter
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.session import Desk
from tests.ledgers.three_lists.builders import (
    IN_A_WEEK,
    act,
    blobs,
    closed,
    handed_in,
    offer,
    problem_form,
    propose,
    raise_problem,
    seat,
    stored,
)

__all__ = ["blobs"]
K = ColumnKey


def numbers(desk: Desk, key: ColumnKey, **wanted: Any) -> list[str]:
    return [card.number for card in service.board(desk, BoardFilter(**wanted)).column(key).cards]


def test_a_problem_is_a_card_until_it_is_claimed_and_each_duty_is_one(
    desk: Desk, blobs: FolderBlobs
) -> None:
    place = places.add(desk, kind=PlaceKind.COMPOUND, name="青榕雅苑").value
    raised = service.raise_problem(desk, problem_form(listed=False)).value
    waiting, claimed = raise_problem(desk), raise_problem(desk, compound=place.uid)
    done = raise_problem(desk)
    one, two = propose(desk, claimed), propose(desk, claimed, unit="居委会", person="李主任")
    act(desk, two, DutyAction.ACCEPT)
    closed(desk, seat(desk, "林志强"), blobs, propose(desk, done))
    board = service.board(desk)
    assert [column.key for column in board.columns] == list(ColumnKey)
    assert {column.key: [card.number for card in column.cards] for column in board.columns} == {
        K.RAISED: [raised.number],
        K.LISTED: [waiting.number],
        K.PROPOSED: [one.number],
        K.DOING: [two.number],
        K.TO_REVIEW: [],
        K.CLOSED: [done.number],
    }
    (card,) = board.column(K.DOING).cards
    assert (card.owner, card.place, card.title, card.due) == (
        "居委会 李主任",
        "青榕雅苑",
        claimed.description,
        IN_A_WEEK,
    )


def test_late_and_urgent_cards_stand_on_top(desk: Desk, clock: FixedClock) -> None:
    calm = raise_problem(desk)
    late = raise_problem(desk, wanted_by=date(2026, 11, 24))
    urgent = raise_problem(desk, urgency=Urgency.URGENT)
    clock.advance(3 * 86_400)
    assert numbers(desk, K.LISTED) == [late.number, urgent.number, calm.number]
    assert service.board(desk).column(K.LISTED).cards[0].late


def test_what_was_closed_long_ago_leaves_the_board(
    desk: Desk, clock: FixedClock, blobs: FolderBlobs
) -> None:
    closed(desk, seat(desk, "林志强"), blobs, propose(desk, raise_problem(desk)))
    clock.advance(30 * 86_400)
    assert len(numbers(desk, K.CLOSED)) == 1
    clock.advance(86_400)
    assert numbers(desk, K.CLOSED) == []


def test_the_board_is_narrowed_by_unit_place_category_source_and_to_mine(desk: Desk) -> None:
    place = places.add(desk, kind=PlaceKind.COMPOUND, name="青榕雅苑").value.uid
    other = seat(desk, "林志强")
    mine = raise_problem(other, compound=place, category="路灯", source=Source.GRID)
    rest = raise_problem(desk)
    duty = propose(desk, raise_problem(desk), unit="居委会")
    for wanted in (
        {"compounds": (place,)},
        {"categories": ("路灯",)},
        {"sources": (Source.GRID,)},
    ):
        assert numbers(desk, K.LISTED, **wanted) == [mine.number]
        assert numbers(desk, K.PROPOSED, **wanted) == []
    assert numbers(desk, K.PROPOSED, units=("居委会",)) == [duty.number]
    assert numbers(desk, K.LISTED, units=("居委会",)) == []
    assert numbers(other, K.LISTED, mine=True) == [mine.number]
    assert numbers(desk, K.LISTED, mine=True) == [rest.number]
    assert numbers(desk, K.PROPOSED, mine=True) == [duty.number]


def test_lists_of_offers_and_duties_are_narrowed(desk: Desk, clock: FixedClock) -> None:
    given = offer(desk)
    used = offer(desk, amount=1, partner_name="澄岭医院")
    duty = propose(desk, raise_problem(desk), used)
    for wanted, found in (
        (OfferFilter(usable=True), given),
        (OfferFilter(partner=used.partner), used),
        (OfferFilter(search="医院"), used),
    ):
        assert [line.uid for line in service.offers_page(desk, wanted).rows] == [found.uid]
    clock.advance(10 * 86_400)
    late = service.duties_page(desk, DutyFilter(late=True)).rows
    assert [line.uid for line in late] == [duty.uid]
    assert late[0].is_late(desk.today)
    offers, duties = service.live_on_partner(desk, used.partner)
    assert ([one.uid for one in offers.rows], [one.uid for one in duties.rows]) == ([], [duty.uid])


def test_each_figure_is_the_rows_it_opens(
    desk: Desk, clock: FixedClock, blobs: FolderBlobs
) -> None:
    other, later = seat(desk, "林志强"), date(2026, 12, 4)
    closed(desk, other, blobs, propose(desk, raise_problem(desk)))
    late = propose(desk, raise_problem(desk, wanted_by=date(2026, 11, 24)))
    act(desk, late, DutyAction.EXTEND, due=date(2026, 12, 1), words="等配件")
    clock.advance(9 * 86_400)
    closed(desk, other, blobs, late)
    act(desk, propose(desk, raise_problem(desk), due=later), DutyAction.DECLINE, words="人手不够")
    handed_in(desk, blobs, propose(desk, raise_problem(desk, wanted_by=later), due=later))
    clock.advance(9 * 86_400)
    span = Span(date(2026, 11, 1), date(2026, 12, 31), desk.today)
    pages: dict[str, Any] = {"problems": service.problems_page, "duties": service.duties_page}
    told = {}
    for book in BOOKS:
        with desk.reading(needs=Right.READ) as connection:
            counts = book.counts(connection, span)
        for figure in (*book.figures, *book.now):
            value = figure.value(counts)
            told[f"{book.kind}.{figure.name}"] = value
            if figure.rows is not None:
                assert pages[book.kind](desk, figure.rows(span)).total == value, figure.name
    assert (told["problems.entered"], told["problems.closed"]) == (4, 2)
    assert (told["duties.on_time"], told["duties.late"]) == (1, 1)
    assert (told["duties.extended"], told["duties.declined"]) == (1, 1)
    assert (told["problems.overdue"], told["duties.overdue"]) == (1, 1)


def test_what_is_kept_for_a_street_is_what_is_counted(desk: Desk, blobs: FolderBlobs) -> None:
    other = seat(desk, "林志强")
    closed(desk, other, blobs, propose(desk, raise_problem(desk)))
    propose(desk, raise_problem(desk, category="路灯"), unit="居委会")
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    for book in BOOKS:
        with desk.reading(needs=Right.READ) as connection:
            counts = book.counts(connection, Span(first, last, desk.today))
            rolled = list(book.roll_up(connection, first, last, ["QR01"]))
            assert book.standing is not None
            rolled += list(book.standing(connection, desk.today, Cut.WHOLE))
            assert list(book.roll_up(connection, first, last, ["QR02"])) == []
        whole = {one.name: one.value for one in rolled if one.cut is Cut.WHOLE}
        assert whole == {name: value for name, value in counts.items() if value}
        for cut in {one.cut for one in rolled}:
            parts = [one.value for one in rolled if one.cut is cut and one.name == book.trend]
            assert sum(parts) == counts[book.trend]
    assert {"problems", "duties"} <= {book.kind for book in catalog.books()}


def test_what_a_record_points_at_is_not_swept_away(desk: Desk, blobs: FolderBlobs) -> None:
    duty = handed_in(desk, blobs, propose(desk, raise_problem(desk)))
    with desk.reading(needs=Right.READ) as connection:
        assert catalog.attached(connection) == {bytes.fromhex(duty.evidence[0].sha256)}
        assert catalog.travelling_attachments(connection, "QR02") == set()


def test_every_record_comes_back_from_its_plain_form(desk: Desk, blobs: FolderBlobs) -> None:
    given, problem = offer(desk, compounds=(desk.database.new_uid(),)), raise_problem(desk)
    duty = closed(desk, seat(desk, "林志强"), blobs, propose(desk, problem, given))
    act(desk, duty, DutyAction.REOPEN, words="又坏了")
    shelves = catalog.shelves()
    for record, kind in ((problem, "problems"), (given, "offers"), (duty, "duties")):
        now = stored(desk, record)
        shelf = shelves[kind]
        common = {
            name: getattr(now, name)
            for name in ("uid", "station", "revision", "created_at", "changed_at", "deleted_at")
        }
        assert shelf.kind.from_plain(common, shelf.kind.to_plain(now), 1) == now
        assert replace(now) == now
