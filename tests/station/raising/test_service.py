"""A visit becomes a request in one go: copied, linked both ways, taken back together, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.core.errors import Conflict, InvalidInput, NotAllowed, UserError
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.core.links import Linked
from desktop_app.core.origin import Source
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.rules.entry import RequestForm
from desktop_app.ledgers.requests.rules.form_text import RequestText
from desktop_app.ledgers.requests.rules.request import Action as Step
from desktop_app.ledgers.requests.rules.request import RequestState
from desktop_app.ledgers.requests.service import drafting
from desktop_app.ledgers.requests.store import SHELF as REQUESTS
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.entry import MatterEntry, VisitForm
from desktop_app.ledgers.visits.rules.visit import Action, Visit, VisitKind, VisitState
from desktop_app.ledgers.visits.store import SHELF as VISITS
from desktop_app.station.raising.service import (
    form_of,
    links_of,
    raise_from_visit,
    save_form,
    text_of,
    visit_to_raise,
)
from desktop_app.storage.session import Desk
from tests.ledgers.requests import builders as requested
from tests.ledgers.visits.ui.ledger_data import Ledger

TITLE = RequestForm(title="楼上夜里装修")


def whole(desk: Desk, uid: Uid) -> Visit:
    with desk.reading(needs=Right.READ) as connection:
        return VISITS.need(connection, uid)


def requests_in(desk: Desk) -> int:
    return len(requests.page(desk).rows)


def test_who_and_where_and_what_is_copied_and_each_names_the_other(
    desk: Desk, visit: Visit
) -> None:
    raised = raise_from_visit(desk, visit.uid).value
    request, before = raised.request, whole(desk, visit.uid)
    assert request.visit == visit.uid
    assert (request.resident, request.name, request.phone) == (
        visit.resident, before.name, before.phone,
    )  # fmt: skip
    assert (request.building, request.unit, request.room) == ("3", "2", "501")
    assert (request.title, request.summary) == ("邻里纠纷人民调解申请", "夜里装修")
    assert (request.category, request.source) == (visit.category, Source.VISIT)
    assert request.limit_days == visit.limit_days
    assert before.state is VisitState.HANDED_OVER
    assert before.handed_to == f"诉求 {request.number}"
    assert before.steps[-1].action is Action.HAND_OVER


def test_what_the_form_says_of_the_matter_stands_but_never_of_the_person(
    desk: Desk, visit: Visit
) -> None:
    form = replace(TITLE, name="别人", phone="13900001234", limit_days=2, source=Source.CALL)
    request = raise_from_visit(desk, visit.uid, form).value.request
    assert (request.title, request.limit_days) == ("楼上夜里装修", 2)
    assert (request.name, request.phone, request.source) == (
        "张淑芬", "13800005678", Source.VISIT,
    )  # fmt: skip


def test_both_lead_to_each_other(desk: Desk, visit: Visit) -> None:
    request = raise_from_visit(desk, visit.uid, TITLE).value.request
    (there,) = links_of(desk, "visits", visit.uid)
    assert there == Linked(
        "requests", request.uid, "转成的诉求", request.number, "楼上夜里装修", "登记"
    )
    (back,) = links_of(desk, "requests", request.uid)
    assert (back.kind, back.uid, back.number) == ("visits", visit.uid, visit.number)
    assert back.state == "交办"
    assert links_of(desk, "activities", request.uid) == ()
    assert links_of(desk, "requests", Uid(int=5)) == ()


def test_undo_takes_both_back_at_once(desk: Desk, visit: Visit) -> None:
    changed = raise_from_visit(desk, visit.uid, TITLE)
    assert changed.kinds == {"visits", "requests"}
    assert changed.undo is not None
    undone = changed.undo.call(desk)
    assert undone.kinds == {"visits", "requests"}
    assert requests_in(desk) == 0
    after = whole(desk, visit.uid)
    assert (after.state, after.handed_to) == (visit.state, "")
    assert after.steps[-1].action is Action.UNDO
    assert links_of(desk, "visits", visit.uid) == ()
    raise_from_visit(desk, visit.uid, TITLE)


def test_undo_is_refused_whole_when_the_request_has_gone_on(desk: Desk, visit: Visit) -> None:
    changed = raise_from_visit(desk, visit.uid, TITLE)
    request = changed.value.request
    requests.act(desk, request.uid, Step.ACCEPT, request.revision)
    assert changed.undo is not None
    with pytest.raises(Conflict):
        changed.undo.call(desk)
    assert whole(desk, visit.uid).state is VisitState.HANDED_OVER


def test_undo_is_refused_whole_when_the_visit_has_gone_on(desk: Desk, visit: Visit) -> None:
    changed = raise_from_visit(desk, visit.uid, TITLE)
    now = whole(desk, visit.uid)
    visits.act(desk, visit.uid, Action.ANSWER, now.revision)
    assert changed.undo is not None
    with pytest.raises(Conflict):
        changed.undo.call(desk)
    assert requests_in(desk) == 1


def test_a_petition_becomes_no_request(desk: Desk, ledger: Ledger) -> None:
    petition = MatterEntry(matter=next(one for one in ledger.matters.values() if one.petition))
    made = visits.register(desk, VisitForm(kind=VisitKind.ANONYMOUS, matters=(petition,))).value[0]
    for attempt in (raise_from_visit, visit_to_raise):
        with pytest.raises(UserError, match="信访事项只告知渠道"):
            attempt(desk, made.uid)
    assert requests_in(desk) == 0


def test_one_visit_becomes_one_request_as_long_as_that_is_open(desk: Desk, visit: Visit) -> None:
    first = raise_from_visit(desk, visit.uid, TITLE).value.request
    for attempt in (raise_from_visit, visit_to_raise):
        with pytest.raises(UserError, match=f"已经转成诉求 {first.number}"):
            attempt(desk, visit.uid)
    requested.act(desk, first, Step.WITHDRAW)
    raise_from_visit(desk, visit.uid, TITLE)
    assert requests_in(desk) == 2


def test_what_is_wrong_with_the_form_leaves_the_visit_alone(desk: Desk, visit: Visit) -> None:
    with pytest.raises(InvalidInput, match="还没有写事项"):
        raise_from_visit(desk, visit.uid, RequestForm())
    assert whole(desk, visit.uid) == visit
    assert requests_in(desk) == 0


def test_a_visit_that_has_ended_is_not_handed_over(
    desk: Desk, ledger: Ledger, visit: Visit
) -> None:
    ledger.step(visit, Action.CLOSE, result="当场说好了")
    with pytest.raises(UserError, match="不能“交办”"):
        raise_from_visit(desk, visit.uid, TITLE)
    assert requests_in(desk) == 0


def test_somebody_else_s_step_meanwhile_is_a_conflict(
    desk: Desk, ledger: Ledger, visit: Visit
) -> None:
    ledger.step(visit, Action.TAKE_UP)
    with pytest.raises(Conflict):
        raise_from_visit(desk, visit.uid, TITLE, revision=visit.revision)
    assert requests_in(desk) == 0


@pytest.mark.parametrize("right", [Right.HANDLE, Right.REGISTER])
def test_both_rights_are_asked_for(desk: Desk, visit: Visit, right: Right) -> None:
    other = requested.seat(desk, "李四", without=frozenset({right}))
    with pytest.raises(NotAllowed, match=right.value):
        raise_from_visit(other, visit.uid, TITLE)
    assert whole(desk, visit.uid) == visit


def test_somebody_who_gave_no_name_stays_without_one(desk: Desk, ledger: Ledger) -> None:
    made = ledger.visit(
        kind=VisitKind.ANONYMOUS,
        name="",
        entry_summary="路灯坏了",
        entry_handling=Handling.ASSISTED,
    )
    request = raise_from_visit(desk, made.uid, RequestForm(title="路灯坏了")).value.request
    assert (request.resident, request.name) == (None, "")


def test_the_form_of_a_visit_saves_into_both_and_its_draft_goes(desk: Desk, visit: Visit) -> None:
    mine = requested.seat(desk, "王小燕")
    shown = visit_to_raise(mine, visit.uid)
    assert shown.phone == "138****5678"
    text = replace(text_of(shown), title="楼上夜里装修", limit="3")
    drafting.keep(mine, visit.uid.hex, text)
    drafting.keep(mine, drafting.NEW, RequestText(title="另一件"))
    raised = save_form(mine, shown, text).value
    assert raised.request.limit_days == 3
    assert raised.request.phone == "13800005678"
    assert drafting.left_over(mine, visit.uid.hex) is None
    assert drafting.left_over(mine, drafting.NEW) == RequestText(title="另一件")


def test_the_draft_stays_when_the_form_is_refused(desk: Desk, visit: Visit) -> None:
    mine = requested.seat(desk, "王小燕")
    text = replace(text_of(visit), title="", limit="很快")
    drafting.keep(mine, visit.uid.hex, text)
    with pytest.raises(InvalidInput) as refused:
        save_form(mine, visit, text)
    assert {one.field for one in refused.value.problems} == {"title", "limit_days"}
    assert drafting.left_over(mine, visit.uid.hex) == text


def test_what_a_visit_would_become_names_no_telephone_in_its_title(
    desk: Desk, ledger: Ledger
) -> None:
    told = ledger.visit(entry_summary="找陈桂英13800005678")
    assert form_of(told).title == ""
    assert form_of(told).summary == "找陈桂英13800005678"


def test_a_request_of_a_visit_goes_its_whole_way(desk: Desk, visit: Visit) -> None:
    request = raise_from_visit(desk, visit.uid, TITLE).value.request
    done = requested.act(desk, request, Step.DISPATCH, Step.TAKE, Step.DONE, Step.CLOSE)
    assert done.state is RequestState.CLOSED
    with desk.reading(needs=Right.READ) as connection:
        assert REQUESTS.need(connection, request.uid).visit == visit.uid
