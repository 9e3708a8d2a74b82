"""Volunteers, teams and memberships as versioned records: the form the change log and bundles
know."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.registers.volunteers.fields import (
    MEMBERSHIP_FIELDS,
    TEAM_FIELDS,
    VOLUNTEER_FIELDS,
)
from desktop_app.registers.volunteers.rules.membership import Membership
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.volunteer import Volunteer

VOLUNTEERS = RecordKind("volunteers", "志愿者", Volunteer, VOLUNTEER_FIELDS, travels=True)
TEAMS = RecordKind("teams", "志愿队伍", Team, TEAM_FIELDS, travels=True)
MEMBERSHIPS = RecordKind("memberships", "队员", Membership, MEMBERSHIP_FIELDS, travels=True)
