"""`fields`, `list` and `show`: what kinds there are, their records, one of them."""

from __future__ import annotations

from typing import Any

from desktop_app.cli import values
from desktop_app.cli.call import Call
from desktop_app.cli.layout import aligned, table, wrapped
from desktop_app.cli.parser import Parser, Verb, close_to
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field
from desktop_app.core.ledger_spec import Deed, Ledger, Query, Shown


def ledger_of(text: str) -> Ledger:
    """The kind of that name or Chinese label; raises `UserError` that lists them."""
    from desktop_app import catalog

    known = catalog.ledgers()
    for name, ledger in known.items():
        if text.strip() in (name, ledger.kind.label):
            return ledger
    meant = close_to(text, list(known))
    words = "、".join(f"{name}（{ledger.kind.label}）" for name, ledger in known.items())
    raise UserError(
        "没有这种台账，没有做任何改动。" + (f"是不是 {meant}？" if meant else ""),
        f"可以写：{words}。",
        field="ledger",
    )


def kinds_help() -> str:
    """The kinds there are, for the help of every verb that takes one."""
    from desktop_app import catalog

    lines = [(name, ledger.kind.label) for name, ledger in catalog.ledgers().items()]
    return "\n".join(["台账的种类（英文名或中文名都可以写）：", *aligned(lines, 16)])


# --- fields ---------------------------------------------------------------------------------------


def _fields_words(parser: Parser) -> None:
    parser.word("ledger", "LEDGER", "哪一种台账；不写就列出全部种类", optional=True)


def _fields(call: Call) -> int:
    if call.options.ledger is None:
        return _kinds(call)
    ledger = ledger_of(call.options.ledger)
    fields = _all_fields(ledger)
    document = {
        "kind": ledger.kind.name,
        "label": ledger.kind.label,
        "fields": [_field_plain(field, ledger) for field in fields],
        "actions": [
            {
                "name": deed.name,
                "label": deed.label,
                "fields": [_described(field, field.required) for field in deed.form.fields],
            }
            for deed in ledger.deeds
        ],
    }
    return call.answer(document, _fields_text(ledger, fields))


def _kinds(call: Call) -> int:
    from desktop_app import catalog

    kinds = [
        {"kind": name, "label": ledger.kind.label} for name, ledger in catalog.ledgers().items()
    ]
    return call.answer({"kinds": kinds}, kinds_help())


def _all_fields(ledger: Ledger) -> list[Field]:
    """The fields of the record, and those that only a file for `add` may hold."""
    names = {field.name for field in ledger.kind.fields}
    extra = ledger.adding.form.fields if ledger.adding else ()
    return [*ledger.kind.fields, *(field for field in extra if field.name not in names)]


def _field_plain(field: Field, ledger: Ledger) -> dict[str, Any]:
    adding = ledger.adding.form if ledger.adding else None
    changing = ledger.changing.form if ledger.changing else None
    required = field.name in adding.required if adding else field.required
    return {
        **_described(field, required),
        "add": adding is not None and field in adding.fields,
        "set": changing is not None and field in changing.fields,
    }


def _described(field: Field, required: bool) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label,
        "kind": field.kind.value,
        "required": required,
        "private": field.private,
        "sensitive": field.sensitive,
        "travels": field.travels.value,
        "choices": [{"value": one.value, "label": one.label} for one in field.choices],
    }


def _fields_text(ledger: Ledger, fields: list[Field]) -> str:
    rows = []
    for field in fields:
        plain = _field_plain(field, ledger)
        marks = [("required", "必填"), ("private", "遮挡"), ("add", "可添加"), ("set", "可修改")]
        rows.append(
            [
                field.name,
                field.label,
                field.kind.value,
                " ".join(word for name, word in marks if plain[name]),
                field.travels.value,
                " ".join(one.label for one in field.choices),
            ]
        )
    parts = [table(["字段", "名称", "类型", "说明", "上报", "可选值"], rows)]
    if ledger.deeds:
        parts += ["", "动作：", *aligned([(deed.name, _deed_words(deed)) for deed in ledger.deeds])]
    return "\n".join(parts)


def _deed_words(deed: Deed) -> str:
    names = [f"{field.name}（{field.label}）" for field in deed.form.fields]
    return f"{deed.label}；可写：{'、'.join(names)}" if names else deed.label


# --- list -----------------------------------------------------------------------------------------


def _list_words(parser: Parser) -> None:
    parser.word("ledger", "LEDGER", "哪一种台账")
    parser.option(
        "--search", "TEXT", "查找：编号、姓名、拼音、首字母、电话尾号、门牌……", default=""
    )
    parser.option("--from", "DATE", "从哪一天起（含）", dest="since", read=values.day)
    parser.option("--to", "DATE", "到哪一天止（含）", dest="until", read=values.day)
    parser.option(
        "--status",
        "STATUS",
        "状态，例如 办结、待办、超时；来访还可写办理方式、批次，"
        "或 按时办结、超时办结（日期按办结日算）",
        default="",
    )
    parser.option(
        "--station",
        "CODE",
        "只列这个站点的，写站点编号；可写多次（街道数据里才有几个站点）",
        several=True,
        default=[],
        dest="stations",
    )
    parser.option("--limit", "N", "最多几条，1 到 1000；默认 50", read=values.limit, default=50)
    parser.option("--after", "CURSOR", "接着上一页往下；值就是上一页答复里的 after")


def _list(call: Call) -> int:
    options = call.options
    ledger = ledger_of(options.ledger)
    query = Query(
        search=options.search,
        since=options.since,
        until=options.until,
        status=options.status,
        limit=options.limit,
        after=options.after,
        stations=tuple(options.stations),
    )
    refuse_stations(ledger, query, "没有列出任何内容")
    with call.desk() as desk:
        found = ledger.page(desk, query)
    text = values.rows_table(ledger.columns, found.rows)
    if found.rows:
        text += f"\n\n共 {found.total} 条，显示 {len(found.rows)} 条。"
    if found.after:
        text += f"下一页：--after {found.after}"
    document = {
        "kind": ledger.kind.name,
        "rows": list(found.rows),
        "total": found.total,
        "after": found.after,
    }
    return call.answer(document, text)


def refuse_stations(ledger: Ledger, query: Query, nothing: str) -> None:
    """Raise `UserError` when a list that has no stations is narrowed to some."""
    if query.stations and not ledger.by_station:
        raise UserError(
            f"{ledger.kind.label}不能按站点筛选，{nothing}。", "请去掉 --station。",
            field="station",
        )  # fmt: skip


# --- show -----------------------------------------------------------------------------------------


def _show_words(parser: Parser) -> None:
    parser.word("ledger", "LEDGER", "哪一种台账")
    parser.word("uid", "UID", "记录的 uid，用 jinlin list 查到")
    parser.option(
        "--reveal",
        "FIELD",
        "显示一个被遮挡的字段的完整内容，会记入审计；可写多次",
        several=True,
        default=[],
    )


def _show(call: Call) -> int:
    from desktop_app.station.records.service import reveal

    ledger = ledger_of(call.options.ledger)
    uid = values.uid_of(call.options.uid)
    with call.desk() as desk:
        shown = ledger.show(desk, uid)
        revealed = dict(reveal(desk, ledger, uid, name) for name in call.options.reveal)
        # Looked at again, so that the history holds the looking, too.
        shown = ledger.show(desk, uid) if revealed else shown
        zone = desk.database.zone
    history = [
        {
            "at": zone.local(event.at).isoformat(timespec="seconds"),
            "who": event.who,
            "what": event.what,
            "about": event.about,
        }
        for event in shown.history
    ]
    document = {
        "kind": ledger.kind.name,
        "record": shown.record,
        "masked": list(shown.masked),
        "revealed": revealed,
        "actions": list(shown.deeds),
        "history": history,
    }
    return call.answer(document, _shown_text(ledger, shown, revealed, history))


def _shown_text(
    ledger: Ledger, shown: Shown, revealed: dict[str, str], history: list[dict[str, str]]
) -> str:
    fields = _all_fields(ledger)
    parts = [values.pairs(fields, {**shown.record, **shown.words})]
    if revealed:
        parts += ["", "完整内容（已记入审计）：", values.pairs(fields, revealed)]
    if shown.deeds:
        labels = {deed.name: deed.label for deed in ledger.deeds}
        named = [f"{name}（{labels[name]}）" for name in shown.deeds]
        parts += ["", *wrapped(f"现在可以：{'、'.join(named)}")]
    if history:
        rows = [
            [line["at"][:16].replace("T", " "), line["who"], line["what"], line["about"]]
            for line in history
        ]
        parts += ["", table(["时间", "谁", "做了什么", "说明"], rows)]
    return "\n".join(parts)


FIELDS = (
    Verb(
        "fields",
        "一种台账有哪些字段和动作",
        _fields_words,
        _fields,
        about="字段名或中文名都可以写在 add 和 set 的 JSON 里。",
        examples=("jinlin fields visits", "jinlin fields 居民档案 --json"),
        more=kinds_help,
        needs_sign_in=False,
    ),
)
VERBS = (
    Verb(
        "list",
        "列出记录，内容和顺序与窗口里的列表一样",
        _list_words,
        _list,
        about="姓名、电话等私人内容一律遮挡。",
        examples=(
            "jinlin list visits --from 2026-11-01 --to 2026-11-30 --status 办结",
            "jinlin list residents --search zsf --json",
        ),
        more=kinds_help,
    ),
    Verb(
        "show",
        "显示一条记录和它的经过",
        _show_words,
        _show,
        about="私人内容一律遮挡；--reveal 可看完整内容，需要权限并记入审计。",
        examples=("jinlin show visits UID --reveal 联系电话",),
        more=kinds_help,
    ),
)
