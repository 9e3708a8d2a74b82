"""报到 of employed party members for the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop_app.core.codec import decode, encode
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.fields import Field, FieldKind, choices_of
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_parts import by_the_program
from desktop_app.core.ledger_spec import (
    Adding,
    Changing,
    Deed,
    Ledger,
    Query,
    Row,
    Rows,
    Shown,
    Values,
    events,
    member_of,
    plain_record,
    refuse_days,
    refuse_status,
)
from desktop_app.core.masking import mask_name
from desktop_app.core.plain_entry import Form, given
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.text import visible
from desktop_app.ledgers.party import service
from desktop_app.ledgers.party.record import KIND
from desktop_app.ledgers.party.rules.entry import form_of
from desktop_app.ledgers.party.rules.member import (
    FORM_FIELDS,
    MemberAction,
    MemberFilter,
    MemberForm,
    MemberLine,
    MemberState,
    PartyMember,
)
from desktop_app.ledgers.party.rules.steps import allowed
from desktop_app.registers.residents.register import find_resident
from desktop_app.storage.session import Desk, Unit

_A = MemberAction
_CHANGED = tuple(name for name in FORM_FIELDS if name != "resident")


_FORM = Form(
    tuple(KIND.field(name) for name in FORM_FIELDS),
    required=frozenset({"resident"}),
    finders={"resident": find_resident},
    aliases={"居民": "resident", "单位": "unit"},
    not_here=by_the_program(KIND, FORM_FIELDS),
)
_SET_FORM = Form(
    tuple(KIND.field(name) for name in _CHANGED),
    aliases={"单位": "unit"},
    not_here=by_the_program(KIND, _CHANGED),
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[PartyMember]:
    return [service.report_in(unit, decode(MemberForm, given(values)))]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> PartyMember:
    member = service.for_editing(desk, uid)
    if revision not in (None, member.revision):
        raise Conflict(KIND.label)
    form = form_of(member)
    blank = MemberForm()
    told = {
        name: getattr(blank, name) if value is None else value for name, value in values.items()
    }
    return service.change(desk, uid, member.revision, replace(form, **told)).value


_COLUMNS = (
    KIND.field("number"),
    Field("name", "姓名"),
    Field("phone", "电话"),
    KIND.field("unit"),
    KIND.field("reported_on"),
    KIND.field("shown_on"),
    Field("pledges", "承诺", FieldKind.NUMBER),
    Field("kept", "已践诺", FieldKind.NUMBER),
    Field("last_feedback", "最近反馈"),
    KIND.field("state"),
    Field("uid", "uid"),
    Field("revision", "版本", FieldKind.NUMBER),
)
_MISSING = "未反馈"


def _page(desk: Desk, query: Query) -> Rows:
    refuse_days(KIND.label, query)
    found = service.page(desk, _filter(desk, query), query.after, size=query.limit)
    return Rows(tuple(_row(line) for line in found.rows), found.later, found.total_words)


def _filter(desk: Desk, query: Query) -> MemberFilter:
    """未反馈: whose sheet of the last quarter is not made."""
    base = MemberFilter(search=visible(query.search), stations=query.stations)
    status = query.status.strip()
    if not status:
        return base
    if status == _MISSING:
        return replace(base, without_feedback=service.last_quarter(desk))
    state = member_of(MemberState, status)
    if state is None:
        raise refuse_status(KIND.label, [*(one.label for one in MemberState), _MISSING])
    return replace(base, state=state)


def _row(line: MemberLine) -> Row:
    return {
        "number": line.number,
        "name": mask_name(line.name),
        "phone": line.phone,
        "unit": line.unit,
        "reported_on": encode(line.reported_on),
        "shown_on": encode(line.shown_on),
        "pledges": line.pledges,
        "kept": line.kept,
        "last_feedback": line.last_feedback,
        "state": line.state.value,
        "uid": line.uid.hex,
        "revision": line.revision,
    }


def _name_of(action: MemberAction) -> str:
    return action.value.replace("_", "-")


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.history(desk, uid)
    plain, hidden = plain_record(KIND, found.member, desk.database.zone)
    deeds = tuple(_name_of(action) for action in allowed(found.member))
    return Shown({**plain, "name": mask_name(found.name)}, hidden, deeds, events(found.entries))


def _pledge_of(values: Values) -> Uid:
    uid = parse_uid(values["pledge"])
    if uid is None:
        raise UserError("没有找到这条承诺，没有改动。", "请写 show 里承诺的 uid。", field="pledge")
    return uid


Step = Callable[[Desk, Uid, int, Values], PartyMember]


def _deed(action: MemberAction, form: Form, step: Step) -> Deed:
    def do(desk: Desk, uid: Uid, revision: int | None, values: Values) -> PartyMember:
        seen = revision or service.get(desk, uid).revision
        return step(desk, uid, seen, values)

    return Deed(_name_of(action), action.label, form, do)


_DAY = Field("day", "日期", FieldKind.DAY)
_PLEDGE = Field("pledge", "承诺的 uid")
_QUARTER = Field("quarter", "季度")
_RATING = Field("rating", "评价", FieldKind.CHOICE, choices=choices_of(Satisfaction))
_LEVELS = {level.value: level for level in Satisfaction}
_OF_PLEDGE = frozenset({"pledge"})


def _words(label: str) -> Field:
    return Field("words", label)


_DEEDS = (
    _deed(
        _A.SHOW,
        Form((_DAY, Field("how", "亮身份方式"))),
        lambda desk, uid, seen, told: (
            service.show_identity(desk, uid, seen, told.get("how") or "", told.get("day")).value
        ),
    ),
    _deed(
        _A.PLEDGE,
        Form(
            (_words("承诺内容"), _DAY, Field("due", "期限", FieldKind.DAY)),
            required=frozenset({"words"}),
        ),
        lambda desk, uid, seen, told: (
            service.pledge(desk, uid, seen, told["words"], told.get("due"), told.get("day")).value
        ),
    ),
    _deed(
        _A.DO,
        Form((_PLEDGE, _words("践诺内容"), _DAY), required=_OF_PLEDGE | {"words"}),
        lambda desk, uid, seen, told: (
            service.done_for(
                desk, uid, seen, _pledge_of(told), told["words"], told.get("day")
            ).value
        ),
    ),
    _deed(
        _A.KEEP,
        Form((_PLEDGE,), required=_OF_PLEDGE),
        lambda desk, uid, seen, told: service.keep(desk, uid, seen, _pledge_of(told)).value,
    ),
    _deed(
        _A.END_PLEDGE,
        Form((_PLEDGE, _words("原因")), required=_OF_PLEDGE | {"words"}),
        lambda desk, uid, seen, told: (
            service.end_pledge(desk, uid, seen, _pledge_of(told), told["words"]).value
        ),
    ),
    _deed(
        _A.RATE,
        Form((_PLEDGE, _RATING), required=_OF_PLEDGE | {"rating"}),
        lambda desk, uid, seen, told: (
            service.rate(desk, uid, seen, _pledge_of(told), _LEVELS[told["rating"]]).value
        ),
    ),
    _deed(
        _A.MAKE_FEEDBACK,
        Form(
            (
                _QUARTER,
                Field("minutes", "服务分钟", FieldKind.NUMBER),
                Field("times", "服务次数", FieldKind.NUMBER),
            ),
            required=frozenset({"quarter"}),
        ),
        lambda desk, uid, seen, told: (
            service.make_feedback(
                desk,
                uid,
                seen,
                told["quarter"],
                minutes=told.get("minutes") or 0,
                times=told.get("times") or 0,
            ).value
        ),
    ),
    _deed(
        _A.SEND_FEEDBACK,
        Form((_QUARTER, _DAY, Field("received", "单位回执")), required=frozenset({"quarter"})),
        lambda desk, uid, seen, told: (
            service.send_feedback(
                desk, uid, seen, told["quarter"], told.get("received") or "", told.get("day")
            ).value
        ),
    ),
    _deed(
        _A.LEAVE,
        Form((_words("原因"), _DAY), required=frozenset({"words"})),
        lambda desk, uid, seen, told: (
            service.leave(desk, uid, seen, told["words"], told.get("day")).value
        ),
    ),
    _deed(
        _A.RETURN,
        Form(),
        lambda desk, uid, seen, told: service.come_back(desk, uid, seen).value,
    ),
)

PARTY = Ledger(
    kind=KIND,
    columns=_COLUMNS,
    page=_page,
    show=_show,
    title=lambda member: member.number,
    adding=Adding("登记在职党员报到", Right.HANDLE, _FORM, _enter),
    changing=Changing(_SET_FORM, _save),
    deeds=_DEEDS,
    reveal=service.reveal,
    by_station=True,
)

LEDGERS = (PARTY,)
