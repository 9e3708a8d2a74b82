"""Every field of a service record and of a certificate, described once for all that reads them."""

from __future__ import annotations

from desktop_app.core.fields import Choice, Field, FieldKind, LabelledEnum, Travels, choices_of
from desktop_app.core.identity import IdKind
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.service.rules.certificate import CertificateState
from desktop_app.ledgers.service.rules.service_record import ServiceState, Source
from desktop_app.registers.residents.record import KIND as RESIDENTS


def _counts(
    name: str,
    label: str,
    kind: FieldKind = FieldKind.TEXT,
    choices: tuple[Choice, ...] = (),
    *,
    required: bool = False,
) -> Field:
    """A field that names nobody, so that even the profile of mere figures carries it."""
    return Field(name, label, kind, required, travels=Travels.STATS, choices=choices)


def _choice(name: str, label: str, enum: type[LabelledEnum]) -> Field:
    return _counts(name, label, FieldKind.CHOICE, choices_of(enum))


def _refers(name: str, label: str, *, required: bool = False) -> Field:
    return _counts(name, label, FieldKind.REFERENCE, required=required)


def _here(name: str, label: str, kind: FieldKind = FieldKind.TEXT) -> Field:
    """What may name somebody and is nobody's business but the station's."""
    return Field(name, label, kind, private=True, travels=Travels.NEVER)


def _full(
    name: str, label: str, kind: FieldKind = FieldKind.TEXT, choices: tuple[Choice, ...] = ()
) -> Field:
    """What only a station that sends everything sends."""
    return Field(name, label, kind, travels=Travels.FULL, choices=choices)


SERVICE_FIELDS: tuple[Field, ...] = (
    _counts("number", "编号"),
    # Which volunteer is a number without a name: it tells the street how many served.
    _refers("volunteer", "志愿者", required=True),
    _refers("team", "志愿队伍"),
    _refers("activity", "活动"),
    _refers("attendance", "签到"),
    _refers("post", "岗位"),
    _refers("shift", "值班"),
    _refers("request", "诉求"),
    Field("title", "活动（项目）名称", required=True),
    _counts("started_at", "开始时间", FieldKind.MOMENT),
    _counts("ended_at", "结束时间", FieldKind.MOMENT),
    _counts("day", "服务日期", FieldKind.DAY),
    _counts("excluded_minutes", "扣除分钟（路途、休息）", FieldKind.NUMBER),
    Field("excluded_words", "扣除说明"),
    _counts("minutes", "服务时长（分钟）", FieldKind.NUMBER),
    _choice("source", "时长来源", Source),
    _counts("late", "超期补录", FieldKind.FLAG),
    _full("overlap_reason", "重叠的原因"),
    _full("content", "服务内容"),
    Field("recipients", "服务对象", private=True, travels=Travels.FULL),
    _counts("served", "服务人次", FieldKind.NUMBER),
    Field("organiser", "组织单位"),
    Field("head", "负责人"),
    Field("place_words", "地点"),
    _counts("good_deed", "好事实事", FieldKind.FLAG),
    _choice("rating", "评价", Satisfaction),
    _choice("state", "状态", ServiceState),
    Field("confirmed_by", "确认人编号", FieldKind.REFERENCE),
    Field("confirmed_by_name", "确认人"),
    _counts("confirmed_on", "确认日期", FieldKind.DAY),
    _counts("uploaded_on", "已录入全国系统", FieldKind.DAY),
    _full("void_reason", "作废原因"),
    _full("steps", "办理过程", FieldKind.LIST),
    _here("remark", "备注"),
)

CERTIFICATE_FIELDS: tuple[Field, ...] = (
    _counts("number", "证明编号"),
    _refers("volunteer", "志愿者", required=True),
    Field("name", "志愿者姓名", private=True),
    _full("gender", "性别", FieldKind.CHOICE, RESIDENTS.field("gender").choices),
    Field(
        "id_kind", "证件类型", FieldKind.CHOICE, travels=Travels.FULL, choices=choices_of(IdKind)
    ),
    Field("id_number", "证件号码", FieldKind.IDENTITY, private=True, travels=Travels.FULL),
    _counts("volunteer_number", "志愿者编号"),
    _here("national_number", "全国志愿者编号"),
    _counts("first", "起始日期", FieldKind.DAY, required=True),
    _counts("last", "截止日期", FieldKind.DAY, required=True),
    _counts("minutes", "累计时长（分钟）", FieldKind.NUMBER),
    _full("lines", "明细", FieldKind.LIST),
    Field("issuer", "出具单位"),
    _counts("issuer_kind", "出具资格"),
    Field("head", "负责人"),
    Field("handler", "经办人"),
    Field("phone", "联系电话"),
    Field("purpose", "用途", travels=Travels.NEVER),
    _choice("state", "状态", CertificateState),
    _counts("applied_on", "申请日期", FieldKind.DAY),
    Field("applied_by", "受理人编号", FieldKind.REFERENCE),
    Field("applied_by_name", "受理人"),
    _counts("verified_on", "核验日期", FieldKind.DAY),
    Field("verified_by", "核验人编号", FieldKind.REFERENCE),
    Field("verified_by_name", "核验人"),
    _counts("issued_on", "出具日期", FieldKind.DAY),
    _counts("public_from", "公示起始", FieldKind.DAY),
    _counts("public_until", "公示截止", FieldKind.DAY),
    _here("collected_by", "领取人"),
    _counts("collected_on", "领取日期", FieldKind.DAY),
    _full("void_reason", "作废原因"),
    _refers("replaces", "代替的证明"),
    _refers("replaced_by", "补发的证明"),
    # Whoever holds the code of a certificate could show it as his own.
    _here("code", "核对码"),
    Field("paper", "文书", FieldKind.REFERENCE, travels=Travels.NEVER),
    _full("steps", "办理过程", FieldKind.LIST),
)
