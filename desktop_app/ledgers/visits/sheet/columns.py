"""The columns of 来访登记表, and the words that old ledgers have for its choices."""

from __future__ import annotations

from desktop_app.core.fields import Field
from desktop_app.core.handling import OLDER_WORDS
from desktop_app.core.identity import check_phone
from desktop_app.core.masking import mask_name
from desktop_app.core.text import clean_name
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.rules.visit import (
    VisitSource,
    VisitState,
)
from desktop_app.registers.places.sheet import (
    ADDRESS,
)
from desktop_app.registers.residents.sheet import KIND_WORDS
from desktop_app.sheets.columns import (
    column,
    only_read,
    only_written,
    part_of,
    people_text,
    referred,
)
from desktop_app.sheets.spec import CellKind, Column

NAMELESS = frozenset({"匿名", "不详", "无名", "未知", "不愿透露", "保密", "某居民", "路人"})
_SOURCE_WORDS = (
    ("上门", VisitSource.WALK_IN), ("现场", VisitSource.WALK_IN), ("当面", VisitSource.WALK_IN),
    ("窗口", VisitSource.WALK_IN), ("电话", VisitSource.CALL), ("热线", VisitSource.CALL),
    ("来电咨询", VisitSource.CALL), ("网格", VisitSource.GRID), ("网格员", VisitSource.GRID),
    ("走访", VisitSource.GRID), ("入户走访", VisitSource.HOME), ("网上", VisitSource.ONLINE),
    ("线上", VisitSource.ONLINE), ("微信", VisitSource.ONLINE), ("微信群", VisitSource.ONLINE),
    ("小程序", VisitSource.ONLINE), ("上级", VisitSource.SUPERIOR), ("转办", VisitSource.SUPERIOR),
    ("上级交办", VisitSource.SUPERIOR),
)  # fmt: skip
_STATE_WORDS = (
    ("已办结", VisitState.CLOSED), ("已办", VisitState.CLOSED), ("完成", VisitState.CLOSED),
    ("已完成", VisitState.CLOSED), ("已解决", VisitState.CLOSED), ("结案", VisitState.CLOSED),
    ("是", VisitState.CLOSED), ("办理", VisitState.WORKING), ("在办", VisitState.WORKING),
    ("处理中", VisitState.WORKING), ("未办结", VisitState.WORKING), ("未办", VisitState.REGISTERED),
    ("待办", VisitState.REGISTERED), ("否", VisitState.WORKING),
)  # fmt: skip


def _field(name: str) -> Field:
    return KIND.field(name)


def _agent(part: str, label: str, kind: CellKind = CellKind.LINE) -> Column:
    return Column(
        name=f"agent_{part}",
        label=label,
        kind=kind,
        concept=f"agent_{part}",
        private=True,
        out=part_of("agent", part),
    )


COLUMNS: tuple[Column, ...] = (
    column(_field("number"), CellKind.CODE, concept="number", width=18),
    column(_field("at"), concept="at", required=True, width=17),
    only_read("clock", "来访时刻", CellKind.CLOCK, concept="clock"),
    column(_field("kind")),
    column(_field("source"), concept="source", synonyms=_SOURCE_WORDS, required=False),
    column(
        _field("name"),
        CellKind.NAME,
        concept="name",
        mask=mask_name,
        check=lambda text: text if text in NAMELESS else clean_name(text),
    ),
    column(_field("gender"), CellKind.GENDER, concept="gender", width=6),
    column(_field("birth_year"), CellKind.YEAR, concept="birth_year", width=8),
    column(_field("people"), concept="people", required=False, width=6),
    column(_field("phone"), concept="phone", check=check_phone, width=16),
    only_read("id_number", "证件号码", CellKind.IDENTITY, concept="id_number", private=True),
    column(_field("compound"), concept="compound", out=referred("compound"), width=16),
    column(_field("building"), CellKind.CODE, concept="building", width=8),
    column(_field("unit"), CellKind.CODE, concept="unit", width=8),
    column(_field("room"), CellKind.CODE, concept="room", width=8),
    only_read("address", ADDRESS.label, CellKind.ADDRESS, concept="address", private=True),
    column(_field("person_kind"), concept="person_kind", synonyms=KIND_WORDS),
    _agent("name", "代办人姓名", CellKind.NAME),
    _agent("phone", "代办人电话", CellKind.PHONE),
    _agent("relation", "代办人关系"),
    column(
        _field("representatives"),
        CellKind.NAMES,
        out=lambda told: people_text(told.record.representatives),
        width=20,
    ),
    column(_field("category"), concept="category", width=16),
    column(_field("matter_name"), concept="matter", width=24),
    column(_field("summary"), CellKind.TEXT, concept="summary", width=36),
    column(
        _field("handling"), concept="handling", synonyms=tuple(OLDER_WORDS.items()), required=False
    ),
    column(_field("limit_days"), concept="limit_days", words=("办理时限（工作日）",)),
    only_written(_field("due")),
    column(_field("notice_given"), concept="notice_given"),
    column(_field("first_clerk_name"), concept="clerk"),
    column(_field("state"), concept="state", synonyms=_STATE_WORDS),
    column(_field("handed_to"), concept="handed_to", width=20),
    column(_field("external_number"), CellKind.CODE, concept="external_number", width=18),
    column(_field("result"), CellKind.TEXT, concept="result", width=36),
    column(_field("closed_day"), concept="closed_at"),
    only_written(_field("follow_up"), width=24),
    only_written(_field("registered_by_name")),
    only_written(_field("late_entry")),
    column(_field("remark"), CellKind.TEXT, concept="remark", width=30),
)
