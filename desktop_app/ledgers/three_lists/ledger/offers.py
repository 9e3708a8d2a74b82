"""共建清单 for the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.errors import Conflict
from desktop_app.core.fields import Field
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_parts import by_the_program, course, name_of, record_of
from desktop_app.core.ledger_spec import (
    Adding,
    Changing,
    Ledger,
    Query,
    Rows,
    Shown,
    Values,
    events,
    member_of,
    refuse_status,
)
from desktop_app.core.plain_entry import Form, Group, altered, build, given
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.ledger.shared import (
    WORDS,
    columns,
    deed,
    find_problem,
    find_uid,
    row_of,
    with_name,
)
from desktop_app.ledgers.three_lists.record import OFFERS
from desktop_app.ledgers.three_lists.rules.listing import OfferFilter
from desktop_app.ledgers.three_lists.rules.offer import Offer, OfferState
from desktop_app.ledgers.three_lists.rules.offer_entry import CHANGEABLE, OfferForm
from desktop_app.registers.partners.register import find_partner
from desktop_app.registers.places.register import find_compound
from desktop_app.storage.session import Desk, Unit

_COMPOUND = Group(
    Form(
        (Field("compound", "小区"),),
        required=frozenset({"compound"}),
        finders={"compound": find_compound},
    ),
    many=True,
    single="compound",
)
_CORRECTION = Form(
    tuple(OFFERS.field(name) for name in CHANGEABLE),
    groups={"compounds": _COMPOUND},
    finders={"partner": find_partner, "for_problem": find_problem, "agreement": find_uid},
    aliases={"资源": "resource"},
    not_here=by_the_program(OFFERS, CHANGEABLE),
)
_FORM = replace(_CORRECTION, required=frozenset({"partner", "resource", "category"}))


def told_of(values: Values) -> dict[str, Any]:
    """The values with each 小区 by its uid alone."""
    told = dict(values)
    if told.get("compounds") is not None:
        told["compounds"] = tuple(part["compound"] for part in told["compounds"])
    return told


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Offer]:
    told = with_name(unit.connection, told_of(given(values)), "partner_name")
    return [service.offer_in(unit, build(OfferForm, told))]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Offer:
    seen = service.get_offer(desk, uid).revision
    if revision not in (None, seen):
        raise Conflict(OFFERS.label)
    form = service.offer_for_editing(desk, uid)
    with desk.reading(needs=Right.READ) as connection:
        changes = altered(form, with_name(connection, told_of(values), "partner_name"))
    return service.change_offer(desk, uid, seen, replace(form, **changes)).value


_DEEDS = (
    deed(
        "withdraw",
        "撤回",
        service.get_offer,
        lambda d, u, r, v: service.withdraw_offer(d, u, r, v["words"]),
        (WORDS,),
    ),
    deed("restore", "恢复", service.get_offer, lambda d, u, r, v: service.restore_offer(d, u, r)),
)

_SHOWN = (
    "number", "partner_name", "resource", "category", "way", "from_on", "until_on",
    "weekdays_words", "amount", "promised", "unit_word", "state",
)  # fmt: skip
_GROUPED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "能用": ("usable", {"usable": True}),
    "已用完": ("used-up", {"used_up": True}),
}
_STATUSES = (*_GROUPED, *(one.label for one in OfferState))


def _page(desk: Desk, query: Query) -> Rows:
    found = service.offers_page(desk, _filter(query), query.after, size=query.limit)
    zone = desk.database.zone
    rows = tuple(row_of(OFFERS, _SHOWN, line, zone) for line in found.rows)
    return Rows(rows, found.later, found.total_words)


def _filter(query: Query) -> OfferFilter:
    base = OfferFilter(
        search=visible(query.search), since=query.since, until=query.until, stations=query.stations
    )
    status = query.status.strip()
    for word, (name, group) in _GROUPED.items():
        if status in (word, name):
            return replace(base, **group)
    state = member_of(OfferState, status) if status else None
    if status and state is None:
        raise refuse_status(OFFERS.label, _STATUSES)
    return replace(base, state=state)


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.offer_history(desk, uid)
    zone = desk.database.zone
    plain, hidden = record_of(OFFERS, found.offer, zone, ("steps",))
    told = {**plain, "duties": [duty.number for duty in found.duties]}
    deeds = tuple(name_of(action) for action in found.allowed)
    words = {"steps": course(found.offer.steps, zone)}
    return Shown(told, hidden, deeds, events(found.entries), words)


OFFER_LEDGER = Ledger(
    kind=OFFERS,
    columns=columns(OFFERS, _SHOWN),
    page=_page,
    show=_show,
    title=lambda offer: offer.number,
    adding=Adding("登记共建资源", Right.HANDLE, _FORM, _enter),
    changing=Changing(_CORRECTION, _save),
    deeds=_DEEDS,
    reveal=service.read_out_offer,
    by_station=True,
)
