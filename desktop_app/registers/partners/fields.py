"""The fields of a 共建单位, each described once."""

from __future__ import annotations

from desktop_app.core.fields import Field, FieldKind, Travels, choices_of
from desktop_app.registers.partners.rules import UnitKind

FIELDS = (
    Field("number", "编号", travels=Travels.STATS),
    Field("name", "单位名称", required=True),
    Field("short_name", "简称"),
    Field("credit_code", "统一社会信用代码"),
    Field(
        "unit_kind",
        "单位类别",
        FieldKind.CHOICE,
        required=True,
        travels=Travels.STATS,
        choices=choices_of(UnitKind),
    ),
    Field("party_organisation", "单位党组织"),
    Field("address", "地址"),
    Field("head", "负责人", private=True),
    Field("head_phone", "负责人电话", FieldKind.PHONE, private=True),
    Field("liaison", "联络员", private=True),
    Field("liaison_phone", "联络员电话", FieldKind.PHONE, private=True),
    Field("contacts", "其他联系人", FieldKind.LIST, private=True, travels=Travels.FULL),
    Field("specialities", "专长"),
    Field("compounds", "愿意服务的小区", FieldKind.LIST),
    Field("former_names", "曾用名", FieldKind.LIST),
    Field("since", "共建起始日期", FieldKind.DAY, travels=Travels.STATS),
    Field("until", "共建截止日期", FieldKind.DAY, travels=Travels.STATS),
    Field("end_reason", "不再共建的原因"),
    Field("remark", "备注", travels=Travels.NEVER),
)
"""Of the people to call there only a masked name leaves the station, unless all of it does."""
