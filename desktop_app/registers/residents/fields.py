"""Every field of a resident's file, described once for lists, masks, sheets, bundles and print."""

from __future__ import annotations

from desktop_app.core.fields import Choice, Field, FieldKind, Travels, choices_of
from desktop_app.core.identity import Gender, IdKind
from desktop_app.registers.residents.rules import PartyKind, ResidentKind, SpecialGroup

FIELDS: tuple[Field, ...] = (
    Field("number", "档案号"),
    Field("name", "姓名", required=True, private=True),
    Field(
        "gender",
        "性别",
        FieldKind.CHOICE,
        travels=Travels.STATS,
        choices=tuple(Choice(str(int(gender)), gender.label) for gender in Gender),
    ),
    Field("birth", "出生日期", FieldKind.DAY, private=True),
    Field(
        "kind",
        "人员类别",
        FieldKind.CHOICE,
        travels=Travels.STATS,
        choices=choices_of(ResidentKind),
    ),
    Field("phones", "联系电话", FieldKind.PHONE, private=True),
    Field("id_kind", "证件类型", FieldKind.CHOICE, choices=choices_of(IdKind)),
    Field("id_number", "证件号码", FieldKind.IDENTITY, private=True, travels=Travels.FULL),
    Field("compound", "小区", FieldKind.REFERENCE, travels=Travels.STATS),
    Field("building", "楼栋"),
    Field("unit", "单元", private=True),
    Field("room", "门牌", private=True),
    Field("address_note", "地址补充", private=True, travels=Travels.FULL),
    Field(
        "party",
        "党员管理类别",
        FieldKind.CHOICE,
        travels=Travels.STATS,
        choices=choices_of(PartyKind),
    ),
    Field("party_branch", "所在党支部", FieldKind.REFERENCE),
    Field("workplace", "工作单位", travels=Travels.FULL),
    Field("flow_from", "流出地", travels=Travels.FULL),
    Field("flow_to", "流入地", travels=Travels.FULL),
    Field(
        "special_groups",
        "关爱对象",
        FieldKind.CHOICES,
        private=True,
        sensitive=True,
        travels=Travels.FULL,
        choices=choices_of(SpecialGroup),
    ),
    # Not behind the right to sensitive data: whoever enters a child has to enter the guardian.
    Field("guardian", "监护人", FieldKind.LIST, private=True, travels=Travels.FULL),
    Field("consent", "告知与同意", FieldKind.LIST, travels=Travels.FULL),
    Field("remark", "备注", private=True, travels=Travels.NEVER),
    Field("merged_into", "并入的档案", FieldKind.REFERENCE),
)
