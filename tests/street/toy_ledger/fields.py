"""Every field of a lost thing, and how it travels."""

from __future__ import annotations

from desktop_app.core.fields import Field, FieldKind, Travels, choices_of
from tests.street.toy_ledger.rules import Fate

FIELDS = (
    Field("number", "编号", travels=Travels.STATS),
    Field("what", "物品", travels=Travels.STATS),
    Field("found_on", "拾到日期", FieldKind.DAY, travels=Travels.STATS),
    Field("fate", "去向", FieldKind.CHOICE, choices=choices_of(Fate)),
    Field("phone", "拾到人电话", FieldKind.PHONE, private=True),
    Field("finder_file", "居民档案", FieldKind.REFERENCE),
    Field("marks", "特征", FieldKind.LIST, travels=Travels.FULL),
    Field("note", "备注", private=True, travels=Travels.NEVER),
)
