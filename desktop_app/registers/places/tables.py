"""The tables of places and of the links between them, nothing else."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.registers.places.rules import (
    CODE_LIMIT,
    NAME_LIMIT,
    REMARK_LIMIT,
    CompoundType,
    PlaceKind,
)
from desktop_app.storage.base import Day, Json, UidType, choice, record_table, text

PLACE = record_table(
    "place",
    choice("kind", PlaceKind),
    text("code", CODE_LIMIT),
    sa.Column("names", Json, nullable=False),
    text("name", NAME_LIMIT),
    sa.Column("parent", UidType),
    sa.Column("since", Day),
    sa.Column("until", Day),
    choice("compound_type", CompoundType, nullable=True),
    sa.Column("successor", UidType),
    text("remark", REMARK_LIMIT),
    sa.Index("ix_place_parent", "parent"),
    sa.Index("ix_place_kind", "kind", "name"),
    sa.Index("ix_place_code", "code"),
)
"""`name` is derived: the last of `names`, so that other lists can show and sort by it."""

PLACE_LINK = record_table(
    "place_link",
    sa.Column("place", UidType, nullable=False),
    sa.Column("other", UidType, nullable=False),
    sa.Column("since", Day),
    sa.Column("until", Day),
    text("remark", REMARK_LIMIT),
    sa.Index("ix_place_link_place", "place"),
    sa.Index("ix_place_link_other", "other"),
)
