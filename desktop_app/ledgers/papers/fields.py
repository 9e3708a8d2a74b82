"""The fields of a paper and of a phrase, each described once. Papers never leave the station."""

from __future__ import annotations

from desktop_app.core.fields import Field, FieldKind, Travels


def _field(
    name: str, label: str, kind: FieldKind = FieldKind.TEXT, *, required: bool = False
) -> Field:
    return Field(name, label, kind, required, travels=Travels.NEVER)


PAPER_FIELDS: tuple[Field, ...] = (
    _field("report", "文书", required=True),
    _field("title", "标题", required=True),
    _field("day", "存档日期", FieldKind.DAY),
    _field("sha256", "PDF 的 SHA-256"),
    _field("size", "字节数", FieldKind.NUMBER),
    _field("pages", "页数", FieldKind.NUMBER),
    _field("about", "对应的记录", FieldKind.REFERENCE),
    _field("period", "期间"),
    _field("wording", "改过的用语", FieldKind.LIST),
    _field("copies", "打印和另存", FieldKind.LIST),
    _field("made_by", "制作人编号", FieldKind.REFERENCE),
    _field("made_by_name", "制作人"),
)

PHRASE_FIELDS: tuple[Field, ...] = (
    _field("report", "文书", required=True),
    _field("name", "用语", required=True),
    _field("text", "文字", required=True),
)
