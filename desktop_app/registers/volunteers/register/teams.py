"""Teams of volunteers for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.codec import decode, encode
from desktop_app.core.errors import Conflict
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid
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
from desktop_app.core.text import visible
from desktop_app.registers.places.register import find_compound
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.record import TEAMS as KIND
from desktop_app.registers.volunteers.register.shared import (
    WORDS,
    find_volunteer,
    whole_form,
)
from desktop_app.registers.volunteers.rules.listing import TeamFilter, TeamLine
from desktop_app.registers.volunteers.rules.team import FORM_FIELDS, Team, TeamAction, TeamForm
from desktop_app.registers.volunteers.rules.team_steps import allowed, form_of
from desktop_app.registers.volunteers.rules.words import TeamKind
from desktop_app.storage.session import Desk, Unit

_FORM = Form(
    tuple(KIND.field(name) for name in FORM_FIELDS),
    required=frozenset({"name", "team_kind", "organisation", "direction"}),
    finders={"compound": find_compound},
    aliases={"名称": "name", "类别": "team_kind"},
    not_here=by_the_program(KIND, FORM_FIELDS),
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Team]:
    return [service.found_in(unit, decode(TeamForm, given(values)))]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Team:
    team = service.get_team(desk, uid)
    if revision not in (None, team.revision):
        raise Conflict(KIND.label)
    form = decode(TeamForm, whole_form(form_of(team), values))
    return service.change_team(desk, uid, team.revision, form).value


_SHOWN = ("number", "name", "team_kind", "organisation", "founded_on", "disbanded_on")
_COLUMNS = (
    *(KIND.field(name) for name in _SHOWN),
    Field("leader", "队长"),
    Field("members", "人数", FieldKind.NUMBER),
    Field("uid", "uid"),
    Field("revision", "版本", FieldKind.NUMBER),
)
_NOW, _ENDED, _ALL = "在队", "已解散", "全部"


def _page(desk: Desk, query: Query) -> Rows:
    refuse_days(KIND.label, query)
    found = service.teams_page(desk, _filter(query), query.after, size=query.limit)
    return Rows(tuple(_row(line) for line in found.rows), found.later, found.total_words)


def _filter(query: Query) -> TeamFilter:
    base = TeamFilter(search=visible(query.search), stations=query.stations)
    status = query.status.strip()
    if status in ("", _ALL):
        return base
    if status in (_NOW, _ENDED):
        return replace(base, disbanded=status == _ENDED)
    kind = member_of(TeamKind, status)
    if kind is None:
        words = [_NOW, _ENDED, _ALL, *(one.label for one in TeamKind)]
        raise refuse_status(KIND.label, words)
    return replace(base, kind=kind)


def _row(line: TeamLine) -> Row:
    return {
        **{name: encode(getattr(line, name)) for name in _SHOWN},
        "leader": mask_name(line.leader),
        "members": line.members,
        "uid": line.uid.hex,
        "revision": line.revision,
    }


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.team_history(desk, uid)
    plain, hidden = plain_record(KIND, found.team, desk.database.zone)
    told = {
        **plain,
        "members": [
            {
                "uid": stay.uid.hex,
                "number": stay.number,
                "name": mask_name(stay.name),
                "joined_on": encode(stay.joined_on),
                "left_on": encode(stay.left_on),
                "role": stay.role.value,
            }
            for stay in found.stays
        ],
    }
    words = {
        field: f"{mask_name(name.name)}（{name.number}）"
        for field, name in (("leader", found.leader), ("deputy", found.deputy))
        if name is not None
    }
    deeds = tuple(
        action.value.replace("_", "-")
        for action in allowed(found.team)
        if action is not TeamAction.CHANGE
    )
    return Shown(
        told, tuple(h for h in hidden if h == "remark"), deeds, events(found.entries), words
    )


def _seen(desk: Desk, uid: Uid, revision: int | None) -> int:
    return revision or service.get_team(desk, uid).revision


def _set_leader(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Team:
    """What is left out stays as it is; null means that there is nobody."""
    team = service.get_team(desk, uid)
    leader = values.get("leader", team.leader)
    deputy = values.get("deputy", None if team.deputy == leader else team.deputy)
    return service.set_leader(desk, uid, revision or team.revision, leader, deputy).value


def _disband(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Team:
    seen = _seen(desk, uid, revision)
    return service.disband(desk, uid, seen, values["words"], values.get("day")).value


def _restore(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Team:
    return service.restore(desk, uid, _seen(desk, uid, revision)).value


TEAMS_LEDGER = Ledger(
    kind=KIND,
    columns=_COLUMNS,
    page=_page,
    show=_show,
    title=lambda team: team.number,
    adding=Adding("新增志愿队伍", Right.HANDLE, _FORM, _enter),
    changing=Changing(replace(_FORM, required=frozenset()), _save),
    deeds=(
        Deed(
            "set-leader",
            TeamAction.SET_LEADER.label,
            Form(
                (KIND.field("leader"), KIND.field("deputy")),
                finders={"leader": find_volunteer, "deputy": find_volunteer},
            ),
            _set_leader,
        ),
        Deed(
            "disband",
            TeamAction.DISBAND.label,
            Form(
                (WORDS, Field("day", "日期", FieldKind.DAY)),
                required=frozenset({"words"}),
                aliases={"原因": "words"},
            ),
            _disband,
        ),
        Deed("restore", TeamAction.RESTORE.label, Form(), _restore),
    ),
    reveal=service.reveal_team,
    by_station=True,
)
