"""What is done with volunteers, their teams, and who is in which: the doors of the register.

Others inside their own unit of work use `add_in`, `found_in` and `join_in`; whoever counts hours
asks `store.as_one` which records are one person.
"""

from desktop_app.registers.volunteers.service.forgetting import forget_people
from desktop_app.registers.volunteers.service.memberships import (
    Joined,
    join,
    join_in,
    join_many,
    leave,
)
from desktop_app.registers.volunteers.service.merging import merge
from desktop_app.registers.volunteers.service.parts import take_back_in
from desktop_app.registers.volunteers.service.reading import (
    TeamHistory,
    VolunteerHistory,
    birthdays,
    for_editing,
    get,
    get_team,
    history,
    insurance_expiring,
    listed,
    page,
    reveal,
    reveal_team,
    roster,
    search,
    stay,
    stays,
    team_history,
    teams_of,
    teams_page,
)
from desktop_app.registers.volunteers.service.teams import (
    change_team,
    disband,
    found,
    found_in,
    restore,
    set_leader,
)
from desktop_app.registers.volunteers.service.volunteers import (
    add,
    add_honour,
    add_in,
    add_paper,
    add_training,
    change,
    remove_entry,
    remove_paper,
    step,
)

__all__ = [
    "Joined",
    "TeamHistory",
    "VolunteerHistory",
    "add",
    "add_honour",
    "add_in",
    "add_paper",
    "add_training",
    "birthdays",
    "change",
    "change_team",
    "disband",
    "for_editing",
    "forget_people",
    "found",
    "found_in",
    "get",
    "get_team",
    "history",
    "insurance_expiring",
    "join",
    "join_in",
    "join_many",
    "leave",
    "listed",
    "merge",
    "page",
    "remove_entry",
    "remove_paper",
    "restore",
    "reveal",
    "reveal_team",
    "roster",
    "search",
    "set_leader",
    "stay",
    "stays",
    "step",
    "take_back_in",
    "team_history",
    "teams_of",
    "teams_page",
]
