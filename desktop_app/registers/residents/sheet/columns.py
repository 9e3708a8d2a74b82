"""The columns of a resident's file, for its own sheet and for rosters of other registers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from desktop_app.core.fields import Field, choices_of
from desktop_app.core.masking import mask_name
from desktop_app.core.text import clean_name
from desktop_app.registers.places.sheet import (
    ADDRESS,
)
from desktop_app.registers.residents.record import KIND
from desktop_app.registers.residents.rules import (
    ConsentBasis,
    PartyKind,
    ResidentKind,
    SpecialGroup,
)
from desktop_app.sheets.columns import (
    column,
    only_read,
    part_of,
    referred,
)
from desktop_app.sheets.spec import (
    CellKind,
    Column,
    Out,
    Told,
)

KIND_WORDS = (
    ("常住", ResidentKind.RESIDENT), ("常住人口", ResidentKind.RESIDENT),
    ("户籍", ResidentKind.RESIDENT), ("户籍人口", ResidentKind.RESIDENT),
    ("业主", ResidentKind.RESIDENT), ("流动", ResidentKind.MIGRANT),
    ("租户", ResidentKind.MIGRANT), ("外来", ResidentKind.MIGRANT),
    ("暂住", ResidentKind.MIGRANT), ("物业公司", ResidentKind.PROPERTY),
    ("企业", ResidentKind.UNIT),
)  # fmt: skip
PARTY_WORDS = (
    ("群众", PartyKind.NONE), ("否", PartyKind.NONE), ("无", PartyKind.NONE),
    ("共青团员", PartyKind.NONE), ("团员", PartyKind.NONE),
    ("党员", PartyKind.COMPOUND), ("中共党员", PartyKind.COMPOUND), ("是", PartyKind.COMPOUND),
    ("中共预备党员", PartyKind.COMPOUND), ("在职", PartyKind.EMPLOYED),
    ("退休", PartyKind.RETIRED), ("流动", PartyKind.MOBILE),
)  # fmt: skip
_GROUP_WORDS = (
    ("独居", SpecialGroup.LIVING_ALONE), ("空巢", SpecialGroup.EMPTY_NEST),
    ("高龄", SpecialGroup.AGED), ("失能", SpecialGroup.NEEDS_CARE),
    ("半失能", SpecialGroup.NEEDS_CARE), ("残疾", SpecialGroup.DISABLED),
    ("低保", SpecialGroup.MINIMUM_LIVING), ("低保户", SpecialGroup.MINIMUM_LIVING),
    ("特困", SpecialGroup.EXTREME_POVERTY), ("低收入", SpecialGroup.LOW_INCOME),
    ("重病", SpecialGroup.SERIOUS_ILLNESS), ("失独", SpecialGroup.BEREAVED_FAMILY),
    ("退役军人", SpecialGroup.VETERAN), ("其他", SpecialGroup.OTHER),
)  # fmt: skip
_CONSENT_WORDS = (
    ("已告知", ConsentBasis.TOLD_AND_AGREED), ("同意", ConsentBasis.TOLD_AND_AGREED),
    ("口头同意", ConsentBasis.TOLD_AND_AGREED), ("已签字", ConsentBasis.WRITTEN),
)  # fmt: skip


def _field(name: str) -> Field:
    return KIND.field(name)


def _phones(told: Told) -> Out:
    words = (
        f"{phone.number}（{phone.whose}）" if phone.whose else phone.number
        for phone in told.record.phones
    )
    return "、".join(words) or None


def _part(group: str, part: str, label: str, kind: CellKind = CellKind.LINE, **more: Any) -> Column:
    """One column of 监护人 or of 告知与同意."""
    return Column(
        name=f"{group}_{part}",
        label=label,
        kind=kind,
        concept=f"{group}_{part}" if group == "guardian" else "",
        private=_field(group).private,
        out=part_of(group, part),
        **more,
    )


COLUMNS: tuple[Column, ...] = (
    column(_field("number"), CellKind.CODE, concept="number", width=18),
    column(
        _field("name"),
        CellKind.NAME,
        concept="name",
        required=True,
        personal=True,
        mask=mask_name,
        check=clean_name,
    ),
    column(_field("gender"), CellKind.GENDER, concept="gender", personal=True, width=6),
    column(_field("birth"), concept="birth", personal=True),
    column(_field("kind"), concept="person_kind", synonyms=KIND_WORDS),
    column(
        _field("phones"),
        CellKind.PHONES,
        concept="phone",
        personal=True,
        out=_phones,
        width=18,
        mask=None,
    ),
    column(_field("id_kind"), concept="id_kind"),
    column(_field("id_number"), concept="id_number", personal=True, width=20),
    column(_field("compound"), concept="compound", out=referred("compound"), width=16),
    column(_field("building"), CellKind.CODE, concept="building", width=8),
    column(_field("unit"), CellKind.CODE, concept="unit", width=8),
    column(_field("room"), CellKind.CODE, concept="room", width=8),
    only_read("address", ADDRESS.label, CellKind.ADDRESS, concept="address", private=True),
    column(_field("address_note"), concept="address_note", width=24),
    column(_field("party"), concept="party", words=("政治面貌", "是否党员"), synonyms=PARTY_WORDS),
    column(_field("party_branch"), concept="party_branch", out=referred("party_branch"), width=20),
    column(_field("workplace"), concept="workplace", width=24),
    column(_field("flow_from"), concept="flow_from"),
    column(_field("flow_to"), concept="flow_to"),
    column(_field("special_groups"), concept="special_groups", synonyms=_GROUP_WORDS, width=20),
    _part("guardian", "name", "监护人姓名", CellKind.NAME),
    _part("guardian", "relation", "监护人关系"),
    _part("guardian", "phone", "监护人电话", CellKind.PHONE),
    _part(
        "consent",
        "basis",
        "告知依据",
        CellKind.CHOICE,
        choices=choices_of(ConsentBasis),
        synonyms=_CONSENT_WORDS,
    ),
    _part("consent", "day", "告知日期", CellKind.DAY),
    _part("consent", "by", "告知人"),
    _part("consent", "note", "告知说明"),
    column(_field("remark"), CellKind.TEXT, concept="remark", width=30),
)


def file_columns(names: Collection[str]) -> tuple[Column, ...]:
    """Some of them, written from the file that stands beside another record."""
    return tuple(
        replace(column, out=column.out and _beside(column.out))
        for column in COLUMNS
        if column.name in names
    )


def _beside(written: Callable[[Told], Out]) -> Callable[[Told], Out]:
    def out(told: Told) -> Out:
        if told.beside is None:
            return None
        return written(Told(told.beside, told.zone, told.words))

    return out
