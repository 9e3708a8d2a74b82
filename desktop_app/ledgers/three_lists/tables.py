"""The tables of the three lists: columns, checks, and one index per filter and order.

No foreign keys: a bundle may bring a duty before its problem. That an offer is never promised
beyond its amount is held by the database, too.
"""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.origin import Level, Source, Urgency
from desktop_app.core.text import NAME_LIMIT
from desktop_app.ledgers.three_lists.rules.course import LINE_LIMIT, REASON_LIMIT, TEXT_LIMIT
from desktop_app.ledgers.three_lists.rules.duty import DutyState, ReviewerRole
from desktop_app.ledgers.three_lists.rules.offer import OfferState, Way
from desktop_app.ledgers.three_lists.rules.offer_entry import UNIT_WORD_LIMIT
from desktop_app.ledgers.three_lists.rules.problem import AffectedUnit, ProblemState
from desktop_app.registers.matters.rules import CATEGORY_LIMIT
from desktop_app.registers.residents.rules import DOOR_LIMIT
from desktop_app.storage.base import (
    Day,
    Flag,
    Int,
    Json,
    Secret,
    Text,
    UidType,
    choice,
    record_table,
    text,
)

LISTED = "deleted_at IS NULL"
OPEN_PROBLEM = f"{LISTED} AND state IN ('raised', 'listed', 'claimed')"
CLOSED = f"{LISTED} AND state = 'closed'"
OPEN_OFFER = f"{LISTED} AND state = 'open'"
LIVE_DUTY = f"{LISTED} AND state IN ('proposed', 'doing', 'to_review')"

PROBLEM = record_table(
    "problem",
    text("number", 40),
    sa.Column("raised_on", Day, nullable=False),
    sa.Column("late_entry", Flag, nullable=False),
    choice("source", Source),
    sa.Column("compound", UidType),
    text("building", DOOR_LIMIT),
    sa.Column("grid", UidType),
    text("category", CATEGORY_LIMIT),
    text("description", TEXT_LIMIT),
    sa.Column("affected", Int),
    choice("affected_unit", AffectedUnit),
    choice("urgency", Urgency),
    text("raiser", NAME_LIMIT),
    sa.Column("raiser_phone", Secret, nullable=False),
    sa.Column("request", UidType),
    sa.Column("visit", UidType),
    sa.Column("activity", UidType),
    sa.Column("resolution", UidType),
    sa.Column("repeated", Int, nullable=False),
    choice("level", Level),
    sa.Column("wanted_by", Day),
    sa.Column("photos", Json, nullable=False),
    choice("state", ProblemState),
    sa.Column("listed_on", Day),
    sa.Column("turn", Int, nullable=False),
    sa.Column("declined", Json, nullable=False),
    sa.Column("merged_into", UidType),
    sa.Column("closed_on", Day),
    sa.Column("registered_by", UidType),
    text("registered_by_name", NAME_LIMIT),
    sa.Column("steps", Json, nullable=False),
    text("remark", TEXT_LIMIT),
    # Derived from the record.
    sa.Column("photo_count", Int, nullable=False),
)

OFFER = record_table(
    "offer",
    text("number", 40),
    sa.Column("offered_on", Day, nullable=False),
    sa.Column("partner", UidType, nullable=False),
    text("partner_name", LINE_LIMIT),
    text("resource", LINE_LIMIT),
    text("category", CATEGORY_LIMIT),
    choice("way", Way),
    sa.Column("compounds", Json, nullable=False),
    sa.Column("from_on", Day, nullable=False),
    sa.Column("until_on", Day),
    text("weekdays_words", LINE_LIMIT),
    sa.Column("amount", Int),
    text("unit_word", UNIT_WORD_LIMIT),
    sa.Column(
        "promised",
        Int,
        sa.CheckConstraint("promised >= 0", name="promised_counts"),
        sa.CheckConstraint("amount IS NULL OR promised <= amount", name="promised_is_there"),
        nullable=False,
    ),
    sa.Column("for_problem", UidType),
    sa.Column("agreement", UidType),
    choice("state", OfferState),
    sa.Column("registered_by", UidType),
    text("registered_by_name", NAME_LIMIT),
    sa.Column("steps", Json, nullable=False),
    text("remark", TEXT_LIMIT),
    # Derived from the record, for matching in SQL: the uids of `compounds` one after the other
    # (none: everywhere), and what there is left to promise (NULL: without a bound).
    sa.Column("areas", Text, nullable=False),
    sa.Column("free", Int),
)

DUTY = record_table(
    "duty",
    text("number", 40),
    sa.Column("problem", UidType, nullable=False),
    text("problem_number", 40),
    text("category", CATEGORY_LIMIT),
    sa.Column("compound", UidType),
    sa.Column("turn", Int, nullable=False),
    sa.Column("offer", UidType),
    sa.Column("partner", UidType),
    text("unit", LINE_LIMIT),
    text("person", NAME_LIMIT),
    sa.Column("person_phone", Secret, nullable=False),
    text("helpers", LINE_LIMIT),
    choice("level", Level),
    sa.Column("due", Day, nullable=False),
    text("measures", TEXT_LIMIT),
    sa.Column("amount", Int),
    sa.Column("progress", Json, nullable=False),
    text("result", TEXT_LIMIT),
    sa.Column("evidence", Json, nullable=False),
    sa.Column("activities", Json, nullable=False),
    sa.Column("opinion", Json),
    sa.Column("extensions", Json, nullable=False),
    sa.Column("escalations", Json, nullable=False),
    sa.Column("closings", Json, nullable=False),
    choice("state", DutyState),
    sa.Column("proposed_on", Day, nullable=False),
    sa.Column("proposed_by", UidType),
    text("proposed_by_name", NAME_LIMIT),
    sa.Column("accepted_on", Day),
    sa.Column("submitted_by", UidType),
    text("submitted_by_name", NAME_LIMIT),
    sa.Column("submitted_on", Day),
    sa.Column("reviewer", UidType),
    text("reviewer_name", NAME_LIMIT),
    choice("reviewer_role", ReviewerRole, nullable=True),
    sa.Column("confirmation", Json),
    sa.Column("reviewed_on", Day),
    sa.Column("closed_on", Day),
    text("decline_reason", REASON_LIMIT),
    sa.Column("steps", Json, nullable=False),
    text("remark", TEXT_LIMIT),
    # Derived from the record: how often it was put off, and how many pictures it shows.
    sa.Column("extended", Int, nullable=False),
    sa.Column("photo_count", Int, nullable=False),
)


def _index(of: sa.Table, name: str, *columns: str, where: str = LISTED) -> None:
    condition = sa.text(where)
    sa.Index(
        f"ix_{of.name}_{name}",
        *(of.c[column] for column in columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


for _table in (PROBLEM, OFFER, DUTY):
    sa.Index(f"uq_{_table.name}_number", _table.c.number, unique=True)

_index(PROBLEM, "listed", "raised_on", "uid")
_index(PROBLEM, "station", "station", "raised_on", "uid")
for _filter in ("state", "category", "compound"):
    _index(PROBLEM, _filter, _filter, "raised_on", "uid")
_index(PROBLEM, "open", "raised_on", "uid", where=OPEN_PROBLEM)
_index(PROBLEM, "entered", "listed_on", where=f"{LISTED} AND listed_on IS NOT NULL")
_index(PROBLEM, "closed", "closed_on", where=CLOSED)
for _link in ("request", "visit", "activity", "merged_into"):
    _index(PROBLEM, _link, _link, where=f"{LISTED} AND {_link} IS NOT NULL")

_index(OFFER, "listed", "offered_on", "uid")
_index(OFFER, "station", "station", "offered_on", "uid")
_index(OFFER, "partner", "partner", "offered_on", "uid")
# Matching looks through all that is open: every column it reads stands in the index.
_index(
    OFFER,
    "matching",
    *("category", "free", "until_on", "for_problem", "resource", "areas", "uid"),
    where=OPEN_OFFER,
)
_index(OFFER, "for_problem", "for_problem", where=f"{LISTED} AND for_problem IS NOT NULL")
_index(OFFER, "agreement", "agreement", where=f"{LISTED} AND agreement IS NOT NULL")

_index(DUTY, "listed", "proposed_on", "uid")
_index(DUTY, "station", "station", "proposed_on", "uid")
for _filter in ("state", "category", "unit", "compound"):
    _index(DUTY, _filter, _filter, "proposed_on", "uid")
_index(DUTY, "problem", "problem", "uid")
_index(DUTY, "offer", "offer", "state", where=f"{LISTED} AND offer IS NOT NULL")
_index(DUTY, "partner", "partner", "state", where=f"{LISTED} AND partner IS NOT NULL")
_index(DUTY, "live", "due", "uid", where=LIVE_DUTY)
_index(DUTY, "closed", "closed_on", "due", where=CLOSED)
