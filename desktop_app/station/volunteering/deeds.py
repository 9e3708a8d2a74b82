"""Service that comes of orders, activities and shifts, for the command line (`catalog.JOINED`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import Deed, Values
from desktop_app.core.plain_entry import Finder, Form, Lookup, altered, given
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.posts import service as posts
from desktop_app.ledgers.posts.ledger.shared import find_post
from desktop_app.ledgers.posts.rules.shift import Shift
from desktop_app.ledgers.requests import ledger as request_ledger
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.ledger import find_request
from desktop_app.ledgers.requests.rules.request import Assignee, AssigneeKind, Request
from desktop_app.ledgers.service.ledger.shared import at, find_uid
from desktop_app.ledgers.service.record import SERVICE
from desktop_app.registers.volunteers.register import find_team, find_volunteer
from desktop_app.station.raising.deeds import FINDERS as RAISED
from desktop_app.station.volunteering import service
from desktop_app.station.volunteering.assignees import by_number, with_uid
from desktop_app.storage.session import Desk

_SAID = (
    "started_at", "ended_at", "excluded_minutes", "excluded_words", "overlap_reason", "title",
    "content", "served", "place_words", "team", "head", "organiser", "good_deed", "remark",
)  # fmt: skip
"""What may be said of the service otherwise than where it comes from has it."""
_MOMENTS = ("started_at", "ended_at")

_FIELDS = tuple(replace(SERVICE.field(name), required=False) for name in _SAID)
_ACTIVITY: Finder = RAISED["requests"]["activity"]

FINDERS: Mapping[str, Mapping[str, Finder]] = {
    "service": {"activity": _ACTIVITY, "post": find_post, "request": find_request}
}
"""How what a service record knows by its uid alone is found by its number, too."""

_OF_ORDER = Form(
    (Field("volunteer", "志愿者", FieldKind.REFERENCE, required=True), *_FIELDS),
    required=frozenset({"volunteer", *_MOMENTS}),
    finders={"volunteer": find_volunteer, "team": find_team},
)
_OF_SHIFT = Form((*_FIELDS, Field("override", "排在两处的原因")), finders={"team": find_team})


def _told(desk: Desk, values: Values) -> dict[str, Any]:
    zone = desk.database.zone
    return {
        name: at(value, zone) if name in _MOMENTS else value
        for name, value in given(values).items()
    }


def _serve_order(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Request:
    told = _told(desk, values)
    volunteer, started, ended = (told.pop(name) for name in ("volunteer", *_MOMENTS))
    form = service.proposed_of_request(desk, uid)
    form = replace(form, **altered(form, told))
    service.serve_from_request(desk, uid, volunteer, started, ended, form)
    return requests.get(desk, uid)


def _serve_activity(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Activity:
    service.serve_from_activity(desk, uid)
    return activities.get(desk, uid)


def _serve_shift(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Shift:
    told = _told(desk, values)
    override = told.pop("override", "")
    form = service.proposed_of_shift(desk, uid)
    form = replace(form, **altered(form, told))
    service.serve_from_shift(desk, uid, revision, form, override=override)
    return posts.get_shift(desk, uid)


# --- whom a request is given to -------------------------------------------------------------------


def _find_assignee(lookup: Lookup, text: str) -> Uid:
    uid = parse_uid(text) or by_number(lookup.connection, text)
    return uid if uid is not None else find_uid(lookup, text)


def _dispatching() -> Deed:
    """交办 as the ledger has it, that knows volunteers, teams and posts by name and number."""
    own = next(
        deed
        for ledger in request_ledger.LEDGERS
        for deed in ledger.deeds
        if deed.name == "dispatch"
    )
    inner = own.form.groups["assignee"]
    finders = {**inner.form.finders, "uid": _find_assignee}
    group = replace(inner, form=replace(inner.form, finders=finders))

    def do(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Any:
        told = dict(values)
        if told.get("assignee"):
            told["assignee"] = _known(desk, told["assignee"])
        return own.do(desk, uid, revision, told)

    return replace(own, form=replace(own.form, groups={"assignee": group}), do=do)


def _known(desk: Desk, values: Values) -> Values:
    kind = next((one for one in AssigneeKind if one.value == values.get("kind")), None)
    words = values.get("words") or ""
    if kind is None or not words or values.get("uid") is not None:
        return values
    found = with_uid(desk, Assignee(kind, words))
    return values if found.uid is None else {**values, "words": found.words, "uid": found.uid}


DEEDS: Mapping[str, tuple[Deed, ...]] = {
    "requests": (_dispatching(), Deed("serve", "记志愿服务", _OF_ORDER, _serve_order)),
    "activities": (Deed("serve", "记志愿服务", Form(), _serve_activity),),
    "shifts": (Deed("serve", "记志愿服务", _OF_SHIFT, _serve_shift),),
}
