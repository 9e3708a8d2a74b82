"""`add`, `set` and `act`: records from JSON, through the same services as the screens."""

from __future__ import annotations

from typing import Any

from desktop_app.cli import values
from desktop_app.cli.call import Call
from desktop_app.cli.entries import read_entries, read_entry
from desktop_app.cli.parser import Parser, Verb
from desktop_app.cli.verbs.looking import kinds_help, ledger_of
from desktop_app.core.ledger_spec import Ledger
from desktop_app.core.record import Record

_JSON = (
    "JSON 的键可以是字段名，也可以是中文名；选项可以写值或中文词；指向别处的内容可以写 uid、"
    "编号，或只有一个叫这名字的名称。"
)


def _add_words(parser: Parser) -> None:
    parser.word("ledger", "LEDGER", "哪一种台账")
    parser.word("file", "FILE|-", "UTF-8 的 JSON：一个对象、一个数组，或每行一个对象；- 是标准输入")


def _add(call: Call) -> int:
    from desktop_app.station.records.service import add_all

    ledger = ledger_of(call.options.ledger)
    entries = read_entries(call.world, call.options.file)
    with call.desk() as desk:
        added = add_all(desk, ledger, entries, call.console.job("添加")).value
    document = {
        "kind": ledger.kind.name,
        "count": len(added),
        "added": [_named(ledger, record) for record in added],
    }
    lines = [f"{ledger.title(record)} {record.uid.hex}".strip() for record in added]
    return call.answer(document, "\n".join([f"已添加 {len(added)} 条：", *lines]))


def _set_words(parser: Parser) -> None:
    parser.word("ledger", "LEDGER", "哪一种台账")
    parser.word("uid", "UID", "记录的 uid，用 jinlin list 查到")
    parser.word("file", "FILE|-", "只写要改的字段的一个 JSON 对象；- 是标准输入")


def _set(call: Call) -> int:
    from desktop_app.station.records.service import change

    ledger = ledger_of(call.options.ledger)
    uid = values.uid_of(call.options.uid)
    entry = read_entry(call.world, call.options.file)
    with call.desk() as desk:
        saved = change(desk, ledger, uid, entry)
    return _done(call, ledger, saved, "已修改")


def _act_words(parser: Parser) -> None:
    parser.word("ledger", "LEDGER", "哪一种台账")
    parser.word("uid", "UID", "记录的 uid，用 jinlin list 查到")
    parser.word("action", "ACTION", "动作的英文名或中文名，用 jinlin fields 查到")
    parser.word("file", "FILE|-", "动作的内容，一个 JSON 对象；- 是标准输入", optional=True)


def _act(call: Call) -> int:
    from desktop_app.station.records.service import act

    ledger = ledger_of(call.options.ledger)
    uid = values.uid_of(call.options.uid)
    deed = ledger.deed(call.options.action)
    entry = {} if call.options.file is None else read_entry(call.world, call.options.file)
    with call.desk() as desk:
        saved = act(desk, deed, uid, entry)
    if saved is None:
        document = {"kind": ledger.kind.name, "uid": uid.hex, "action": deed.name}
        return call.answer(document, f"已完成：{deed.label}")
    return _done(call, ledger, saved, deed.label, deed.name)


def _done(call: Call, ledger: Ledger, saved: Record, words: str, action: str = "") -> int:
    named = _named(ledger, saved)
    document: dict[str, Any] = {"kind": ledger.kind.name, **named}
    if action:
        document["action"] = action
    if "state" in named:
        words = f"{words}，现在是“{getattr(saved, 'state').label}”"  # noqa: B009
    return call.answer(document, f"{ledger.title(saved)} {words}（版本 {saved.revision}）".strip())


def _named(ledger: Ledger, record: Record) -> dict[str, Any]:
    """How a record is called in an answer: by what names nobody."""
    named: dict[str, Any] = {"uid": record.uid.hex, "revision": record.revision}
    for name in ("number", "code", "state"):
        if any(field.name == name for field in ledger.kind.fields):
            named[name] = str(getattr(record, name))
    return named


VERBS = (
    Verb(
        "add",
        "添加记录：全部成功，或一条也不留",
        _add_words,
        _add,
        about=_JSON + "任何一条不对，就全部不保存，并逐条说明哪里不对。一次最多 10000 条。",
        examples=(
            "jinlin add residents 新居民.json",
            'echo \'{"姓名": "陈桂英", "事由": "医保缴费"}\' | jinlin add visits -',
        ),
        more=kinds_help,
    ),
    Verb(
        "set",
        "修改一条记录的字段",
        _set_words,
        _set,
        about=_JSON + "写 null 就清空。写了 revision（版本）时，只有它还是最新的才会修改，"
        "免得盖掉别人刚做的改动。",
        examples=("jinlin set residents UID 改动.json",),
        more=kinds_help,
    ),
    Verb(
        "act",
        "对一条记录做一步：接办、交办、办结、撤回……",
        _act_words,
        _act,
        about="每种台账有哪些动作、每个动作要写什么，看 jinlin fields。" + _JSON,
        examples=(
            "jinlin act visits UID take-up",
            'echo \'{"办理结果": "已开通"}\' | jinlin act visits UID 办结 -',
        ),
        more=kinds_help,
    ),
)
