"""Volunteers, teams and memberships for the command line."""

from desktop_app.registers.volunteers.register.memberships import MEMBERSHIPS_LEDGER
from desktop_app.registers.volunteers.register.shared import find_team, find_volunteer
from desktop_app.registers.volunteers.register.teams import TEAMS_LEDGER
from desktop_app.registers.volunteers.register.volunteers import VOLUNTEERS_LEDGER

LEDGERS = (VOLUNTEERS_LEDGER, TEAMS_LEDGER, MEMBERSHIPS_LEDGER)

__all__ = [
    "LEDGERS",
    "MEMBERSHIPS_LEDGER",
    "TEAMS_LEDGER",
    "VOLUNTEERS_LEDGER",
    "find_team",
    "find_volunteer",
]
