"""The steps from one ledger to another, and how one finds the records of another, for the command
line (`catalog.JOINED`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import Deed, Values
from desktop_app.core.plain_entry import Finder, Form, Lookup, altered
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities import store as activity_store
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.agreements import store as agreement_store
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests import store as request_store
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.record import PROBLEMS
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.rules.problem_entry import ProblemForm
from desktop_app.ledgers.visits import store as visit_store
from desktop_app.registers.places.register import find_compound, find_place
from desktop_app.station.raising import listing, serving
from desktop_app.storage.session import Desk

_SAID = (
    "category", "description", "affected", "affected_unit", "urgency", "level", "wanted_by",
    "compound", "building", "grid", "remark",
)  # fmt: skip
"""What may be said of the problem otherwise than the request or the resolution has it."""

_FINDERS = {"compound": find_compound, "grid": find_place}
_FIELDS = tuple(replace(PROBLEMS.field(name), required=False) for name in _SAID)
_LISTING = Form(_FIELDS, finders=_FINDERS, aliases={"描述": "description"})
_RESOLVING = Form(
    (Field("resolution", "议定事项", required=True), *_FIELDS),
    required=frozenset({"resolution"}),
    finders=_FINDERS,
    aliases={"描述": "description"},
)


def _list(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Request:
    seen = revision or requests.get(desk, uid).revision
    form = _told(listing.proposed_problem(desk, uid), values)
    listing.list_request(desk, uid, seen, form)
    return requests.get(desk, uid)


def _resolve(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Activity:
    activity = activities.get(desk, uid)
    told = dict(values)
    resolution = _resolution(activity, told.pop("resolution"))
    form = _told(listing.proposed_of_resolution(desk, uid, resolution), told)
    seen = revision or activity.revision
    listing.raise_from_resolution(desk, uid, resolution, seen, form)
    return activities.get(desk, uid)


def _told(proposal: ProblemForm, values: Mapping[str, Any]) -> ProblemForm:
    # Who raised it is read where nothing is masked, when it is saved.
    plain = replace(proposal, raiser="", raiser_phone="")
    return replace(plain, **altered(plain, values))


def _resolution(activity: Activity, text: str) -> Uid:
    """The resolution that a text means: its uid, or its place counted from 1."""
    uid = parse_uid(text)
    if uid is not None:
        return uid
    count = len(activity.resolutions)
    if text.strip().isdecimal() and 1 <= int(text) <= count:
        return activity.resolutions[int(text) - 1].uid
    raise UserError(
        "没有找到这条议定事项，没有改动。",
        f"请写 uid，或第几条（1 到 {count}）。" if count else "这场活动没有议定事项。",
        field="resolution",
    )


def _finder(of_number: Callable[[Any, str], Uid | None], said: str, kind: str) -> Finder:
    def find(lookup: Lookup, text: str) -> Uid:
        uid = parse_uid(text) or of_number(lookup.connection, text.upper())
        if uid is None:
            raise UserError(f"没有找到{said}。", f"请写编号或 uid，可用 jinlin list {kind} 查找。")
        return uid

    return find


_VISIT = _finder(visit_store.of_number, "这次来访", "visits")
_REQUEST = _finder(request_store.of_number, "这件诉求", "requests")
_ACTIVITY = _finder(activity_store.of_number, "这场活动", "activities")
_AGREEMENT = _finder(agreement_store.of_number, "这份协议", "agreements")

FINDERS: Mapping[str, Mapping[str, Finder]] = {
    "requests": {"visit": _VISIT, "activity": _ACTIVITY},
    "problems": {"visit": _VISIT, "request": _REQUEST, "activity": _ACTIVITY},
    "offers": {"agreement": _AGREEMENT},
}
"""How what a ledger knows by its uid alone is found by its number, too."""

_SERVING = Form(
    (
        Field("activity", "活动", FieldKind.REFERENCE, required=True),
        # The ledger's own step had to be told it, because it cannot read activities.
        Field("number", "活动编号"),
    ),
    required=frozenset({"activity"}),
    finders={"activity": _ACTIVITY},
)


def _serve(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Duty:
    seen = revision or lists.get_duty(desk, uid).revision
    return serving.link_activity(desk, uid, seen, values["activity"]).value


DEEDS: Mapping[str, tuple[Deed, ...]] = {
    "duties": (Deed("link-activity", "关联活动", _SERVING, _serve),),
    "requests": (Deed("list", "列入问题清单", _LISTING, _list),),
    "activities": (Deed("resolve", "议定事项转入问题清单", _RESOLVING, _resolve),),
}
