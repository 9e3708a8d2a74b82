"""The sheets of volunteers, of their teams, and of who is in which."""

from desktop_app.registers.volunteers.sheet.teams import (
    MEMBERSHIPS_SHEET,
    TEAMS_SHEET,
    name_column,
    number_column,
    team_names,
    telling_whom,
    volunteer_numbers,
    whom,
)
from desktop_app.registers.volunteers.sheet.volunteers import VOLUNTEERS_SHEET

SHEETS = (VOLUNTEERS_SHEET, TEAMS_SHEET, MEMBERSHIPS_SHEET)

__all__ = [
    "SHEETS",
    "name_column",
    "number_column",
    "team_names",
    "telling_whom",
    "volunteer_numbers",
    "whom",
]
