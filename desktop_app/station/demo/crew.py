"""Who sits at the counter of a demo station on which day, and who may do what there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.core.rights import Actor, Right
from desktop_app.registers.people.rules import Operator, Role
from desktop_app.registers.people.service import actor_of
from desktop_app.station.demo.dice import Dice, Table

_AT_THE_COUNTER = {Role.CLERK: 10.0, Role.VOLUNTEER: 5.0, Role.LEAD: 2.5}
_IS_THERE = {Role.CLERK: 0.92, Role.VOLUNTEER: 0.5, Role.LEAD: 0.85}


@dataclass(frozen=True)
class Shift:
    """The people of one day: `counter` by how much each of them writes down."""

    counter: Table[Actor]
    handlers: Sequence[Actor]

    @property
    def everybody(self) -> Sequence[Actor]:
        return self.counter.values


class Crew:
    """The operators of the station; `lead` looks after files that need a right of their own."""

    def __init__(self, operators: Sequence[Operator]) -> None:
        self._staff = [
            (actor_of(operator), operator.role)
            for operator in operators
            if operator.role in _AT_THE_COUNTER
        ]
        self.lead = self._staff[0][0]

    def shift(self, dice: Dice) -> Shift:
        """Who is there today; somebody who may handle matters always is."""
        there = [(actor, role) for actor, role in self._staff if dice.chance(_IS_THERE[role])]
        if not any(actor.may(Right.HANDLE) for actor, _ in there):
            there.append(self._staff[0])
        return Shift(
            Table((actor, _AT_THE_COUNTER[role]) for actor, role in there),
            [actor for actor, _ in there if actor.may(Right.HANDLE)],
        )
