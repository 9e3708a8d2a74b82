"""`operators` and `audit`: who may work here, and what everybody did."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from desktop_app.cli import values
from desktop_app.cli.call import NEW_PASSWORD, Call
from desktop_app.cli.layout import table
from desktop_app.cli.parser import Parser, Verb
from desktop_app.core.errors import UserError

if TYPE_CHECKING:
    from desktop_app.registers.people.rules import Operator, Role
    from desktop_app.station.sign_in.session import Session

_DEEDS = {"list": "列出", "add": "新增", "disable": "停用", "reset": "重设密码"}


def _deed(text: str) -> str:
    if text not in _DEEDS:
        raise argparse.ArgumentTypeError("只能是 list、add、disable 或 reset。")
    return text


def _operators_words(parser: Parser) -> None:
    parser.add_argument(
        "deed", metavar="list|add|disable|reset", type=_deed, help="列出、新增、停用、重设密码"
    )
    parser.word("name", "NAME", "操作员的姓名；list 不写", optional=True)
    parser.option(
        "--role",
        "ROLE",
        "新增时的角色：volunteer（值班志愿者）、clerk（窗口）、lead（站长）、"
        "community（社区管理员）、auditor（安全审计员）；默认 clerk",
        default="clerk",
    )


def _operators(call: Call) -> int:
    deed, name = call.options.deed, call.options.name
    if deed == "list":
        if name is not None:
            raise call.wrong_usage("list 后面不写姓名。")
        return _operators_list(call)
    if name is None:
        raise call.wrong_usage("请写操作员的姓名。")
    doing = {"add": _add_operator, "disable": _disable, "reset": _reset}[deed]
    with call.session(change_password=deed == "reset") as session:
        operator = doing(call, session, name)
    document = {
        "name": operator.name,
        "role": operator.role.value,
        "active": operator.active,
        "must_change_password": operator.must_change_password,
        "uid": operator.uid.hex,
    }
    return call.answer(document, f"已{_DEEDS[deed]}：{operator.name}（{operator.role.label}）")


def _operators_list(call: Call) -> int:
    from desktop_app.registers.people.register import OPERATORS, row
    from desktop_app.registers.people.service import list_operators

    with call.desk() as desk:
        rows = [row(line) for line in list_operators(desk)]
    return call.answer({"operators": rows}, values.rows_table(OPERATORS.columns, rows))


def _add_operator(call: Call, session: Session, name: str) -> Operator:
    from desktop_app.registers.people.service import add_operator

    role = _role(call.options.role)
    password = call.password(f"“{name}”的新密码", variable=NEW_PASSWORD, twice=True)
    return add_operator(session.desk, session.keeper, name=name, role=role, password=password).value


def _role(text: str) -> Role:
    from desktop_app.core.ledger_spec import member_of
    from desktop_app.registers.people.rules import Role

    role = member_of(Role, text)
    if role is None:
        words = "、".join(f"{one.value}（{one.label}）" for one in Role)
        raise UserError("没有这个角色，没有改动。", f"可以写：{words}。", field="role")
    return role


def _disable(call: Call, session: Session, name: str) -> Operator:
    from desktop_app.registers.people.service import OLD_BACKUPS_STILL_OPEN, disable

    disabled = disable(session.desk, session.keeper, _named(session, name).uid).value
    call.console.say(OLD_BACKUPS_STILL_OPEN)
    return disabled


def _reset(call: Call, session: Session, name: str) -> Operator:
    """One's own password is changed by who knows it; anybody else's is set anew."""
    from desktop_app.registers.people.service import myself, reset_password

    me = myself(session.desk).operator
    own = name.strip() == me.name
    whose = me if own else _named(session, name)
    if not own and me.must_change_password:
        raise UserError("请先改自己的密码，没有改动。", f"jinlin operators reset {me.name}")
    new = call.password(f"“{whose.name}”的新密码", variable=NEW_PASSWORD, twice=True)
    if own:
        return session.change_password(call.password(f"“{me.name}”的密码"), new).value
    return reset_password(session.desk, session.keeper, whose.uid, new).value


def _named(session: Session, name: str) -> Operator:
    from desktop_app.registers.people.service import list_operators

    for line in list_operators(session.desk):
        if line.operator.name == name.strip():
            return line.operator
    raise UserError(
        "没有叫这个姓名的操作员，没有改动。", "请看 jinlin operators list。", field="name"
    )


def _audit_words(parser: Parser) -> None:
    parser.option("--from", "DATE", "从哪一天起（含）", dest="since", read=values.day)
    parser.option("--to", "DATE", "到哪一天止（含）", dest="until", read=values.day)
    parser.option("--limit", "N", "最多几条，1 到 1000；默认 50", read=values.limit, default=50)
    parser.option("--after", "N", "接着上一页往下；值就是上一页答复里的 after", read=_entry_number)


def _entry_number(text: str) -> int:
    return values.whole_number(1, 10**11 - 1, text)


def _audit(call: Call) -> int:
    from desktop_app.core.rights import Right
    from desktop_app.storage.audit import entries

    options = call.options
    with call.desk() as desk:
        zone = desk.database.zone
        with desk.reading(needs=Right.READ_AUDIT) as connection:
            found = entries(
                connection,
                since=zone.at(options.since) if options.since else None,
                until=zone.at(options.until + timedelta(days=1)) if options.until else None,
                before=options.after,
                limit=options.limit + 1,
            )
    rows: list[dict[str, Any]] = [
        {
            "n": entry.n,
            "at": zone.local(entry.at).isoformat(timespec="seconds"),
            "actor": entry.actor_name,
            "action": entry.action,
            "subject": entry.subject,
            "detail": entry.detail,
        }
        for entry in found[: options.limit]
    ]
    after = rows[-1]["n"] if len(found) > options.limit else None
    cells = [
        [str(row["n"]), row["at"][:19].replace("T", " "), row["actor"], row["action"],
         row["subject"], row["detail"]]
        for row in rows
    ]  # fmt: skip
    text = (
        table(["序号", "时间", "谁", "做了什么", "对象", "说明"], cells) if rows else "没有内容。"
    )
    if after is not None:
        text += f"\n\n下一页：--after {after}"
    return call.answer({"entries": rows, "after": after}, text)


VERBS = (
    Verb(
        "operators",
        "操作员：列出、新增、停用、重设密码",
        _operators_words,
        _operators,
        about=f"新密码取自环境变量 {NEW_PASSWORD}，没有就在终端上询问，从不写在命令里。"
        "别人设的密码，本人第一次登录时要改；写自己的姓名就是改自己的密码。",
        examples=(
            "jinlin operators list",
            "jinlin operators add 李志强 --role clerk",
            "jinlin operators disable 李志强",
        ),
    ),
    Verb(
        "audit",
        "查看审计记录，最新的在前",
        _audit_words,
        _audit,
        about="需要“查看审计”权限。",
        examples=("jinlin audit --from 2026-11-01 --to 2026-11-30 --json",),
    ),
)
