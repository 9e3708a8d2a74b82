"""What several use cases share: records as seen, the moment, and how a unit of work that saved
several records is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from desktop_app.core.changes import Changed, Undo
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record, altered
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.registers.volunteers import store
from desktop_app.registers.volunteers.record import MEMBERSHIPS, TEAMS, VOLUNTEERS
from desktop_app.registers.volunteers.rules.membership import Membership, refuse_overlap
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.team_steps import without_leader
from desktop_app.registers.volunteers.rules.volunteer import Volunteer
from desktop_app.registers.volunteers.rules.words import MemberRole
from desktop_app.storage.session import Desk, Unit
from desktop_app.storage.shelf import Shelf

R = TypeVar("R", bound=Record)

ALL_KINDS = frozenset({VOLUNTEERS.name, TEAMS.name, MEMBERSHIPS.name})


def moment(unit: Unit) -> Moment:
    """Now, at this seat."""
    return Moment(unit.now, unit.zone.day(unit.now), unit.actor.name, unit.actor.uid)


def seen(unit: Unit, shelf: Shelf[R], uid: Uid, revision: int | None) -> R:
    """A record as the clerk saw it, locked until the unit ends; `Conflict` when it has changed
    since. Without a revision: as it is now."""
    value = store.to_change(unit.connection, shelf, uid)
    if revision not in (None, value.revision):
        raise Conflict(shelf.kind.label)
    return value


class Trail:
    """What one unit of work saves, so that all of it can be taken back together."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self._saved: list[tuple[Shelf[Any], Any, Any]] = []

    def put(self, shelf: Shelf[R], before: R | None, after: R) -> R:
        """Save a record; `before` is None for a new one."""
        return self.saved(shelf, before, shelf.put(self.unit, after))

    def saved(self, shelf: Shelf[R], before: R | None, saved: R) -> R:
        """Take down a record that was saved already."""
        self._saved.append((shelf, before, saved))
        return saved

    def leave_lead(self, team: Team, volunteer: Uid, said: str) -> Team:
        """The team without that leader or deputy; the same team when the volunteer was neither."""
        after = without_leader(team, volunteer, moment(self.unit), said)
        return team if after is team else self.put(store.TEAM_SHELF, team, after)

    def end_stays(self, volunteer: Uid, end: Callable[[Membership], Membership], said: str) -> None:
        """End every open stay of a volunteer; what team the volunteer led has no leader."""
        for team in store.teams_led_by(self.unit.connection, volunteer):
            self.leave_lead(team, volunteer, said)
        for stay in store.memberships_of(self.unit.connection, volunteer):
            if stay.open:
                self.put(store.MEMBERSHIP_SHELF, stay, end(stay))

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(shelf.kind.name for shelf, _, _ in self._saved)

    @property
    def uids(self) -> tuple[Uid, ...]:
        return tuple(dict.fromkeys(saved.uid for _, _, saved in self._saved))

    def undo(self, label: str, subject: str, needs: Right = Right.HANDLE) -> Undo:
        """Puts everything back as it was, the last first, unless somebody changed it again."""
        saved, kinds, uids = list(self._saved), self.kinds, self.uids

        def call(desk: Desk) -> Changed[Any]:
            back: Any = None
            with desk.unit_of_work(label, needs=needs) as unit:
                unit.about(subject)
                for shelf, before, after in reversed(saved):
                    if before is None:
                        _refuse_joined(unit, after)
                        back = shelf.remove(unit, after)
                    else:
                        back = shelf.put(unit, altered(before, revision=after.revision))
                _refuse_broken(unit, [before for _, before, _ in saved])
            return Changed(kinds, uids, back)

        return Undo(label, call)

    def changed(
        self, value: R, label: str, subject: str, needs: Right = Right.HANDLE
    ) -> Changed[R]:
        """The answer of a use case that saved this."""
        return Changed(self.kinds, self.uids, value, self.undo(label, subject, needs))


def lock_teams(unit: Unit, uids: Iterable[Uid]) -> None:
    """Teams are locked before their members, always in the same order."""
    for uid in sorted(set(uids), key=lambda one: one.hex):
        store.to_change(unit.connection, store.TEAM_SHELF, uid)


def take_back_in(unit: Unit, shelf: Shelf[R], value: R) -> R:
    """Take a new record of an import back, unless somebody has joined since."""
    _refuse_joined(unit, value)
    if isinstance(value, Membership) and value.role is not MemberRole.MEMBER:
        raise UserError(
            f"这名队员现在是{value.role.label}，没有撤销入队。", "请先改任队长或副队长。"
        )
    return shelf.remove(unit, value)


def _refuse_joined(unit: Unit, value: Record) -> None:
    """A volunteer or a team that has stays already is not taken back: they would name nobody."""
    stays: list[Membership] = []
    if isinstance(value, Volunteer):
        stays = store.memberships_of(unit.connection, value.uid)
    elif isinstance(value, Team):
        stays = store.memberships_in(unit.connection, value.uid)
    if stays:
        raise UserError(
            "已经有入队记录，不能撤销，没有改动。", "如果登记错了，请写明原因后注销或解散。"
        )


def _refuse_broken(unit: Unit, values: Iterable[Record | None]) -> None:
    """What has happened since may stand against an undo: a stay that goes on again needs a team
    and a volunteer, and no other stay on the same days."""
    for stay in values:
        if not isinstance(stay, Membership):
            continue
        refuse_overlap(stay, store.stays(unit.connection, stay.team, stay.volunteer))
        if not stay.open:
            continue
        team = store.TEAM_SHELF.need(unit.connection, stay.team)
        volunteer = store.SHELF.need(unit.connection, stay.volunteer)
        if team.disbanded or not volunteer.present:
            raise UserError(
                "队伍已解散，或这名志愿者已不在册，不能撤销，没有改动。", "请先恢复队伍或重新在册。"
            )
