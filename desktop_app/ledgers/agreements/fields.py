"""Every field of an agreement, described once for all that read them."""

from __future__ import annotations

from desktop_app.core.fields import Choice, Field, FieldKind, Travels, choices_of
from desktop_app.ledgers.agreements.rules.agreement import AgreementState, Content, Rhythm


def _counts(
    name: str,
    label: str,
    kind: FieldKind = FieldKind.TEXT,
    choices: tuple[Choice, ...] = (),
    **more: bool,
) -> Field:
    """A field that names nobody, so that even the profile of mere figures carries it."""
    return Field(name, label, kind, travels=Travels.STATS, choices=choices, **more)


FIELDS: tuple[Field, ...] = (
    _counts("number", "协议编号"),
    _counts("partner", "共建单位", FieldKind.REFERENCE, required=True),
    Field("partner_name", "单位名称（签订时）"),
    Field("party_a", "甲方"),
    Field("a_head", "甲方负责人"),
    Field("a_liaison", "甲方联络员", private=True),
    Field("a_phone", "甲方联络电话", FieldKind.PHONE, private=True),
    Field("party_b", "乙方"),
    Field("credit_code", "统一社会信用代码"),
    Field("b_head", "乙方负责人"),
    Field("b_liaison", "乙方联络员", private=True),
    Field("b_phone", "乙方联络电话", FieldKind.PHONE, private=True),
    _counts("signed_on", "签订日期", FieldKind.DAY),
    _counts("starts_on", "起始日期", FieldKind.DAY),
    _counts("ends_on", "截止日期", FieldKind.DAY),
    Field("goals", "共建目标"),
    _counts("contents", "共建内容", FieldKind.CHOICES, choices_of(Content)),
    Field("contents_words", "共建内容说明"),
    Field("a_duties", "甲方其他责任"),
    Field("b_duties", "乙方其他责任"),
    _counts("demand_every", "汇总居民需求的周期", FieldKind.CHOICE, choices_of(Rhythm)),
    Field("platform", "甲方提供的场地或平台"),
    Field("venues", "乙方开放的场地、力量或物资"),
    Field("promises", "量化指标（每年）", FieldKind.LIST),
    _counts("meeting_every", "联席会议频次", FieldKind.CHOICE, choices_of(Rhythm)),
    _counts("quarterly_report", "每季度书面汇报街道", FieldKind.FLAG),
    _counts("notice_days", "提前通知天数", FieldKind.NUMBER),
    Field("changes_words", "变更和终止的约定"),
    _counts("copies", "份数", FieldKind.NUMBER),
    _counts("copies_each", "双方各执份数", FieldKind.NUMBER),
    Field("filed_with", "备案单位"),
    Field("scans", "扫描件", FieldKind.LIST),
    Field("supplements", "补充协议", FieldKind.LIST),
    _counts("renewal_of", "续签自", FieldKind.REFERENCE),
    _counts("renewed_by", "由哪份协议接续", FieldKind.REFERENCE),
    _counts("ended_on", "终止日期", FieldKind.DAY),
    Field("end_reason", "终止原因"),
    _counts("state", "状态", FieldKind.CHOICE, choices_of(AgreementState)),
    Field("steps", "办理过程", FieldKind.LIST, travels=Travels.FULL),
    Field("remark", "备注", travels=Travels.NEVER),
)
"""Who signs for a unit is public: it stands on the agreement, which is shown. Who is called there
is masked as everybody's telephone is."""
