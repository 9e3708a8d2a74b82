"""What lists show, in which order, narrowed how; and what stays hidden until it is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import NotAllowed, UserError
from desktop_app.core.handling import Handling
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import (
    Action,
    Agent,
    Representative,
    Visit,
    VisitSource,
    VisitState,
)
from desktop_app.registers.residents import service as residents
from desktop_app.storage.paging import LAST
from desktop_app.storage.session import Desk
from tests.filling import Filled
from tests.ledgers.visits.builders import form, matter, register, resident, timed

MONDAY = date(2026, 11, 23)
DAY = 86_400


def uids(desk: Desk, **wanted: Any) -> list[object]:
    return [line.uid for line in service.page(desk, VisitFilter(**wanted)).rows]


def test_the_newest_visit_stands_on_top_and_pages_follow(desk: Desk, clock: FixedClock) -> None:
    made = []
    for _ in range(7):
        made.append(register(desk).uid)
        clock.advance(60)

    first = service.today(desk, size=3)
    second = service.today(desk, first.later, size=3)
    last = service.today(desk, LAST, size=3)

    assert [line.uid for line in (*first.rows, *second.rows)] == made[:0:-1]
    assert [line.uid for line in last.rows] == made[2::-1]
    assert first.total == 7


def test_today_shows_today_alone(desk: Desk, clock: FixedClock) -> None:
    register(desk)
    clock.advance(DAY)
    tuesday = register(desk)
    service.register_late(desk, form(), MONDAY)

    assert [line.uid for line in service.today(desk).rows] == [tuesday.uid]


def one_of_each_sort(desk: Desk, clock: FixedClock) -> dict[str, Visit]:
    """One visit of each sort, on three days."""
    made = {"advice": register(desk, matter(handling=Handling.ADVICE), source=VisitSource.CALL)}
    made["old"] = register(desk, timed(days=1), name="李国强")
    clock.advance(DAY)
    made["due"] = register(desk, timed(days=1), name="王秀英")
    clock.advance(DAY)
    clerk = Actor(desk.database.new_uid(), "赵敏", "窗口", frozenset(Right))
    made["hers"] = register(Desk(desk.database, clerk), matter("问路", category="生活服务"))
    made["late"] = service.register_late(desk, form(timed(days=9)), MONDAY).value[0]
    return made


@pytest.fixture
def mixed(filled: Filled) -> dict[str, Visit]:
    """One visit of each sort, on three days."""
    return filled(one_of_each_sort)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["hers", "due", "old", "late", "advice"]),
        ({"state": VisitState.CLOSED}, ["hers", "advice"]),
        ({"category": "生活服务"}, ["hers"]),
        ({"handling": Handling.ADVICE}, ["advice"]),
        ({"source": VisitSource.CALL}, ["advice"]),
        ({"open": True}, ["due", "old", "late"]),
        ({"overdue": True}, ["old"]),
        ({"due_today": True}, ["due"]),
        ({"overdue": True, "due_today": True}, ["old", "due"]),
        ({"late_entry": True}, ["late"]),
        ({"since": date(2026, 11, 24)}, ["hers", "due"]),
        ({"until": date(2026, 11, 24)}, ["due", "old", "late", "advice"]),
        ({"since": MONDAY, "until": MONDAY, "open": True}, ["old", "late"]),
        ({"search": "李国强"}, ["old"]),
        ({"search": "qr01-2026a-00003"}, ["due"]),
        ({"search": "没有这个人"}, []),
        ({"stations": ("QR01",), "open": True}, ["due", "old", "late"]),
        ({"stations": ("QR02",)}, []),
    ],
)
def test_a_list_is_narrowed_by_each_filter(
    desk: Desk, mixed: dict[str, Visit], wanted: dict[str, Any], found: list[str]
) -> None:
    names = {visit.uid: name for name, visit in mixed.items()}
    shown = {names[line.uid] for line in service.page(desk, VisitFilter(**wanted)).rows}

    assert shown == set(found)


def test_a_visit_at_midnight_belongs_to_the_day_that_begins(desk: Desk, clock: FixedClock) -> None:
    clock.set(desk.database.zone.at(date(2026, 11, 24)))
    visit = register(desk)

    assert visit.day == date(2026, 11, 24)
    assert uids(desk, until=MONDAY) == []
    assert uids(desk, since=date(2026, 11, 24)) == [visit.uid]


def test_lists_are_in_the_order_of_the_visit_or_of_what_is_due(
    desk: Desk, mixed: dict[str, Visit]
) -> None:
    moments = [line.at for line in service.page(desk).rows]
    due = [line.due for line in service.page(desk, VisitFilter(overdue=True, due_today=True)).rows]

    assert moments == sorted(moments, reverse=True)
    assert due == [date(2026, 11, 24), date(2026, 11, 25)]


def test_a_clerk_finds_what_she_took_first(desk: Desk, mixed: dict[str, Visit]) -> None:
    hers = mixed["hers"]

    assert uids(desk, clerk=hers.first_clerk) == [hers.uid]


def test_whoever_the_box_finds_is_found_in_the_list_too(desk: Desk) -> None:
    known = resident(desk, "曾小红", "13800005678")
    theirs = register(desk, name="曾小红", resident=known.uid)
    register(desk)

    for text in ("zxh", "曾小红", "5678", "zengxiaohong", " 小红 "):
        assert uids(desk, search=text) == [theirs.uid]


def test_the_visits_of_a_merged_file_are_shown_with_the_other(desk: Desk) -> None:
    kept, dropped = resident(desk), resident(desk, "陈桂英", "13900001234")
    visits = [register(desk, resident=one.uid).uid for one in (kept, dropped)]
    residents.merge(desk, kept.uid, dropped.uid)

    shown = uids(desk, residents=(kept.uid, *residents.card(desk, kept.uid).merged))

    assert sorted(map(str, shown)) == sorted(map(str, visits))


def test_lists_need_the_right_to_read(desk: Desk) -> None:
    stranger = Desk(desk.database, Actor(None, "路人", "无", frozenset()))

    with pytest.raises(NotAllowed):
        service.page(stranger)
    with pytest.raises(NotAllowed):
        service.day_counts(stranger)


# --- one visit -----------------------------------------------------------------------------------


def test_telephone_numbers_are_masked_until_revealed_and_that_is_logged(desk: Desk) -> None:
    visit = register(
        desk,
        phone="13800005678",
        agent=Agent("陈小红", "13900001234"),
        people=2,
        representatives=(Representative("甲乙", "13700004321"),),
    )
    shown = service.get(desk, visit.uid)

    assert shown.phone == "138****5678"
    assert "00001234" not in repr(shown)
    assert "00004321" not in repr(shown)
    assert service.reveal(desk, visit.uid, "phone") == "13800005678"
    entry = service.history(desk, visit.uid).entries[0]
    assert (entry.action, entry.detail) == ("查看完整内容", "联系电话")
    with pytest.raises(UserError):
        service.reveal(desk, visit.uid, "summary")


def test_a_volunteer_cannot_reveal(desk: Desk) -> None:
    visit = register(desk, phone="13800005678")
    rights = frozenset({Right.READ, Right.REGISTER})
    volunteer = Desk(desk.database, Actor(None, "李志愿", "值班志愿者", rights))

    with pytest.raises(NotAllowed):
        service.reveal(volunteer, visit.uid, "phone")
    with pytest.raises(NotAllowed):
        service.for_editing(volunteer, visit.uid)


def test_the_history_holds_steps_batch_and_audit(desk: Desk) -> None:
    first, second = service.register(desk, form(matter(), timed())).value
    service.act(desk, second.uid, Action.TAKE_UP, second.revision)

    shown = service.history(desk, second.uid)

    assert [one.uid for one in shown.batch] == [first.uid, second.uid]
    assert [step.action for step in shown.visit.steps] == [Action.REGISTER, Action.TAKE_UP]
    assert [entry.action for entry in shown.entries] == ["来访：接办", "登记来访"]
    assert Action.HAND_OVER in shown.allowed
    assert not shown.evaluated


def test_a_visit_that_was_taken_back_is_not_found(desk: Desk) -> None:
    made = service.register(desk, form())
    assert made.undo is not None
    made.undo.call(desk)

    with pytest.raises(UserError):
        service.get(desk, made.value[0].uid)


def test_usual_matters_are_those_of_the_last_sixty_days(desk: Desk, clock: FixedClock) -> None:
    asked, lent, old = matter("医保缴费"), matter("轮椅借用"), matter("老事项")
    for _ in range(3):
        service.register_late(desk, form(old), date(2026, 9, 1))
    for _ in range(2):
        register(desk, asked)
    register(desk, lent)

    usual = service.usual_matters(desk)

    assert [(one.matter, one.times) for one in usual] == [(asked.uid, 2), (lent.uid, 1)]
    assert len(service.usual_matters(desk, most=1)) == 1


def test_no_doubt_is_cast_on_a_clock_that_goes_on(desk: Desk, clock: FixedClock) -> None:
    assert service.clock_doubt(desk) is None
    register(desk)
    assert service.clock_doubt(desk) is None
    clock.advance(-40 * DAY)
    assert service.clock_doubt(desk) is not None


def test_petitions_stand_in_no_list_however_it_is_narrowed(desk: Desk) -> None:
    petition = matter("信访渠道告知", petition=True, handling=Handling.ADVICE)
    visit = register(desk, petition)

    for wanted in (
        VisitFilter(),
        VisitFilter(search=visit.number),
        VisitFilter(state=VisitState.CLOSED),
        VisitFilter(category=petition.category),
        VisitFilter(handling=Handling.ADVICE),
        replace(VisitFilter(), since=MONDAY, until=MONDAY),
    ):
        assert service.page(desk, wanted).total == 0


def test_details_of_a_step_default_to_nothing_said(desk: Desk) -> None:
    visit = register(desk, timed())
    taken = service.act(desk, visit.uid, Action.TAKE_UP, visit.revision).value

    assert taken.steps[-1].words == StepDetails().words == ""
