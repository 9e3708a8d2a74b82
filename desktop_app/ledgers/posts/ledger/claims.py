"""Claims for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_parts import by_the_program, course, name_of, record_of
from desktop_app.core.ledger_spec import (
    Adding,
    Deed,
    Ledger,
    Query,
    Rows,
    Shown,
    Values,
    member_of,
    refuse_status,
)
from desktop_app.core.plain_entry import Form, given
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.ledger.shared import (
    NAME,
    POST_NAME,
    POST_NUMBER,
    VOLUNTEER_NUMBER,
    columns,
    find_post,
    people_of,
    refuse_search,
    row_of,
)
from desktop_app.ledgers.posts.record import CLAIMS
from desktop_app.ledgers.posts.rules.claim import Claim, ClaimAction, ClaimState
from desktop_app.ledgers.posts.rules.claim_steps import BUTTONS
from desktop_app.ledgers.posts.rules.listing import ClaimFilter
from desktop_app.registers.volunteers.register import find_volunteer
from desktop_app.storage.session import Desk, Unit

_WAITING = Field("waiting", "名额满时候补", FieldKind.FLAG)
_FORM = Form(
    (CLAIMS.field("post"), CLAIMS.field("volunteer"), _WAITING),
    required=frozenset({"post", "volunteer"}),
    finders={"post": find_post, "volunteer": find_volunteer},
    aliases={"候补": "waiting"},
    not_here=by_the_program(CLAIMS, ("post", "volunteer")),
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Claim]:
    told = given(values)
    waiting = bool(told.get("waiting", False))
    return [service.claim_in(unit, told["post"], told["volunteer"], waiting=waiting)]


_NEED_WORDS = (ClaimAction.REFUSE, ClaimAction.END)


def _deed(action: ClaimAction) -> Deed:
    words = Field("words", "原因", required=action in _NEED_WORDS)
    form = Form(() if action is ClaimAction.APPROVE else (words,))
    if action in _NEED_WORDS:
        form = replace(form, required=frozenset({"words"}))

    def do(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Claim:
        said = given(values).get("words", "")
        return service.act_on_claim(desk, uid, action, revision, said).value

    return Deed(name_of(action), action.label, form, do)


_COLUMNS = (
    POST_NUMBER,
    POST_NAME,
    VOLUNTEER_NUMBER,
    NAME,
    *(CLAIMS.field(name) for name in ("state", "claimed_on", "approved_on", "ended_on")),
)
_LIVE = ("有效", "live")


def _page(desk: Desk, query: Query) -> Rows:
    refuse_search(CLAIMS.label, visible(query.search))
    found = service.claims_page(desk, _filter(query), query.after, size=query.limit)
    zone = desk.database.zone
    rows = tuple(row_of(_COLUMNS, line, zone) for line in found.rows)
    return Rows(rows, found.later, found.total_words)


def _filter(query: Query) -> ClaimFilter:
    base = ClaimFilter(since=query.since, until=query.until, stations=query.stations)
    status = query.status.strip()
    if status in _LIVE:
        return replace(base, live=True)
    state = member_of(ClaimState, status) if status else None
    if status and state is None:
        raise refuse_status(CLAIMS.label, [_LIVE[0], *(one.label for one in ClaimState)])
    return replace(base, state=state)


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.claim_history(desk, uid)
    zone = desk.database.zone
    plain, hidden = record_of(CLAIMS, found.claim, zone)
    told: dict[str, Any] = {**plain, **people_of(found.line)}
    deeds = tuple(name_of(action) for action in found.allowed)
    return Shown(told, hidden, deeds, (), {"steps": course(found.claim.steps, zone)})


CLAIM_LEDGER = Ledger(
    kind=CLAIMS,
    columns=columns(_COLUMNS),
    page=_page,
    show=_show,
    title=lambda claim: "",
    adding=Adding("认领岗位", Right.HANDLE, _FORM, _enter),
    deeds=tuple(map(_deed, BUTTONS)),
    elsewhere="认领由办理步骤改变：act claims UID approve（同意上岗）等。",
    by_station=True,
)
