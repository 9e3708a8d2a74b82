"""Who is in which team, for the command line."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.codec import encode
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_parts import by_the_program
from desktop_app.core.ledger_spec import (
    Adding,
    Deed,
    Ledger,
    Query,
    Row,
    Rows,
    Shown,
    Values,
    cut,
    events,
    refuse_status,
)
from desktop_app.core.masking import mask_name
from desktop_app.core.picking import pick
from desktop_app.core.plain_entry import Form
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.record import MEMBERSHIPS as KIND
from desktop_app.registers.volunteers.register.shared import (
    find_team,
    find_volunteer,
)
from desktop_app.registers.volunteers.rules.listing import RosterLine
from desktop_app.registers.volunteers.rules.membership import Membership
from desktop_app.storage.session import Desk, Unit

_ENTERED = ("team", "volunteer", "joined_on")
_FORM = Form(
    tuple(KIND.field(name) for name in _ENTERED),
    required=frozenset({"team", "volunteer"}),
    finders={"team": find_team, "volunteer": find_volunteer},
    aliases={"队伍": "team", "姓名": "volunteer"},
    not_here=by_the_program(KIND, _ENTERED),
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Membership]:
    day = values.get("joined_on")
    return [service.join_in(unit, values["team"], values["volunteer"], day)]


_COLUMNS = (
    KIND.field("team"),
    Field("number", "志愿者编号"),
    Field("name", "姓名"),
    Field("phone", "电话"),
    KIND.field("role"),
    KIND.field("joined_on"),
    KIND.field("left_on"),
    Field("uid", "uid"),
    Field("revision", "版本", FieldKind.NUMBER),
)
_NOW, _ENDED, _ALL = "在队", "已退队", "全部"


def _page(desk: Desk, query: Query) -> Rows:
    """With days: whoever was in a team on one of them; the search is for a team's name."""
    status = query.status.strip()
    if status not in ("", _NOW, _ENDED, _ALL):
        raise refuse_status(KIND.label, [_NOW, _ENDED, _ALL])
    lines = list(service.stays(desk, query.stations))
    if status in (_NOW, _ENDED):
        lines = [line for line in lines if (line.left_on is not None) == (status == _ENDED)]
    if query.until is not None:
        lines = [line for line in lines if line.joined_on <= query.until]
    if query.since is not None:
        lines = [line for line in lines if line.left_on is None or line.left_on > query.since]
    if search := visible(query.search).strip():
        lines = pick(lines, search, lambda line: (line.team_name, line.name, line.number))
    return cut([_row(line) for line in lines], query)


def _row(line: RosterLine) -> Row:
    return {
        "team": line.team_name,
        "number": line.number,
        "name": mask_name(line.name),
        "phone": line.phone,
        "role": line.role.value,
        "joined_on": encode(line.joined_on),
        "left_on": encode(line.left_on),
        "uid": line.uid.hex,
        "revision": line.revision,
    }


def _show(desk: Desk, uid: Uid) -> Shown:
    line, lines = service.stay(desk, uid)
    plain = {**_row(line), "left_reason": line.left_reason, "volunteer": line.volunteer.hex}
    deeds = ("leave",) if line.left_on is None else ()
    return Shown(plain, (), deeds, events(lines))


def _leave(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Membership:
    seen = revision or service.stay(desk, uid)[0].revision
    reason = values.get("left_reason") or ""
    return service.leave(desk, uid, seen, values.get("left_on"), reason).value


MEMBERSHIPS_LEDGER = Ledger(
    kind=KIND,
    columns=_COLUMNS,
    page=_page,
    show=_show,
    title=lambda membership: membership.uid.hex,
    adding=Adding("入队", Right.HANDLE, _FORM, _enter),
    deeds=(
        Deed(
            "leave",
            "退队",
            Form(
                (KIND.field("left_on"), KIND.field("left_reason")), aliases={"原因": "left_reason"}
            ),
            _leave,
        ),
    ),
    by_station=True,
    elsewhere="入队后不能改：请先退队（act memberships UID leave），再重新入队。",
)
