"""`street …` for the stations a street has: listed, revoked, renamed, merged, split, moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop_app.cli import values
from desktop_app.cli.call import Call
from desktop_app.cli.parser import Parser, Verb
from desktop_app.cli.verbs.enrolling import KEEP_SAFE, read_paper
from desktop_app.core.codec import encode

if TYPE_CHECKING:
    from desktop_app.core.changes import Changed
    from desktop_app.core.clock import Millis, Zone
    from desktop_app.registers.offices.rules import StationEntry, StationKey

PAPER_KEY = "JINLIN_PAPER_KEY"
_STREET_ONLY = "需要“维护站点”权限，只能在街道的数据上做。"
_LAST_BUNDLE = "它的密钥仍然有效，最后一个上报包还收得进来；收完请用 jinlin street revoke 吊销。"


def told_station(entry: StationEntry) -> dict[str, Any]:
    """A station in an answer."""
    from desktop_app.registers.offices.fields import FIELDS

    told: dict[str, Any] = {field.name: encode(getattr(entry, field.name)) for field in FIELDS}
    return {**told, "state_label": entry.state.label, "uid": entry.uid.hex}


def _reason(parser: Parser) -> None:
    parser.option("--reason", "TEXT", "为什么，记入审计", required=True)


def _code_and_reason(parser: Parser) -> None:
    parser.word("code", "CODE", "站点编码，例如 QR01")
    _reason(parser)


def _from_day(parser: Parser) -> None:
    parser.option("--from", "DATE", "从哪一天起；不写就是今天", dest="day", read=values.day)


def _done(call: Call, done: Changed[StationEntry], sentence: str) -> int:
    return call.answer({"station": told_station(done.value)}, sentence)


# --- street stations ------------------------------------------------------------------------------


def _no_words(_parser: Parser) -> None:
    """Nothing but the common options."""


def _stations(call: Call) -> int:
    from desktop_app.registers.offices.register import STATIONS, row
    from desktop_app.registers.offices.service import station_lines

    with call.desk() as desk:
        zone = desk.database.zone
        lines = station_lines(desk)
        rows = [row(line, desk) for line in lines]
    document = {
        "stations": [
            {
                **told_station(line.entry),
                "key": None if line.key is None else told_key(line.key, zone),
                "keys": [told_key(key, zone) for key in line.keys],
            }
            for line in lines
        ]
    }
    columns = [column for column in STATIONS.columns if column.name != "uid"]
    return call.answer(document, values.rows_table(columns, rows))


def told_key(key: StationKey, zone: Zone) -> dict[str, Any]:
    """A key in an answer; `allowed_signer` is a line for `ssh-keygen -Y verify`."""
    from desktop_app.bundle.keyring import public_line

    def moment(at: Millis | None) -> str | None:
        return None if at is None else zone.local(at).isoformat(timespec="seconds")

    return {
        "public": key.public.hex(),
        "allowed_signer": public_line(key.public, key.station),
        "recipient": key.recipient,
        "lineage": key.lineage,
        "trusted": key.trusted,
        "since": moment(key.since),
        "used_at": moment(key.used_at),
        "until": moment(key.until),
        "revoked_at": moment(key.revoked_at),
        "reason": key.reason,
    }


# --- what becomes of stations ---------------------------------------------------------------------


def _revoke(call: Call) -> int:
    from desktop_app.registers.offices.service import revoke

    with call.desk() as desk:
        done = revoke(desk, call.options.code, call.options.reason)
    return _done(
        call,
        done,
        f"已吊销 {done.value.code}（{done.value.name}）的密钥：用它签的上报包从此不收。\n"
        "站点换电脑后请重新申请，街道用 street accept --replace 接收。",
    )


def _rename_words(parser: Parser) -> None:
    parser.word("code", "CODE", "站点编码，例如 QR01")
    parser.option("--name", "NAME", "新名称，写全称", required=True)
    _from_day(parser)
    _reason(parser)


def _rename(call: Call) -> int:
    from desktop_app.registers.offices.service import rename

    options = call.options
    with call.desk() as desk:
        done = rename(desk, options.code, options.name, day=options.day, reason=options.reason)
    return _done(call, done, f"{done.value.code} 已更名为“{done.value.name}”；以前的报表仍用原名。")


def _merge_words(parser: Parser) -> None:
    parser.word("code", "CODE", "被合并的站点")
    parser.option("--into", "CODE", "并入哪个站点，由它承接", required=True)
    _from_day(parser)
    _reason(parser)


def _merge(call: Call) -> int:
    from desktop_app.registers.offices.service import merge

    options = call.options
    with call.desk() as desk:
        done = merge(desk, options.code, options.into, day=options.day, reason=options.reason)
    entry = done.value
    return _done(
        call, done, f"{entry.code}（{entry.name}）已并入 {entry.successor}。\n{_LAST_BUNDLE}"
    )


def _split_words(parser: Parser) -> None:
    parser.word("code", "CODE", "从哪个站点分出")
    parser.option("--new-code", "CODE", "新站点的编码", required=True)
    parser.option("--new-name", "NAME", "新站点的全称", required=True)
    _from_day(parser)
    _reason(parser)


def _split(call: Call) -> int:
    from desktop_app.registers.offices.service import split

    options = call.options
    with call.desk() as desk:
        done = split(
            desk,
            options.code,
            options.new_code,
            options.new_name,
            day=options.day,
            reason=options.reason,
        )
    entry = done.value
    return _done(
        call,
        done,
        f"已从 {entry.origin} 分出 {entry.code}（{entry.name}），等它用邀请文件申请加入。\n"
        f"以前的记录仍归 {entry.origin}。",
    )


def _move_out_words(parser: Parser) -> None:
    parser.word("code", "CODE", "迁出的站点")
    parser.option("--to", "NAME", "迁往哪个街道，写全称", required=True)
    _from_day(parser)
    _reason(parser)


def _move_out(call: Call) -> int:
    from desktop_app.registers.offices.service import move_out

    options = call.options
    with call.desk() as desk:
        done = move_out(desk, options.code, options.to, day=options.day, reason=options.reason)
    entry = done.value
    return _done(
        call,
        done,
        f"{entry.code}（{entry.name}）已迁往{entry.moved_to}，以前报来的记录留在本街道。\n{_LAST_BUNDLE}",
    )


def _reinstate(call: Call) -> int:
    from desktop_app.registers.offices.service import reinstate

    with call.desk() as desk:
        done = reinstate(desk, call.options.code, call.options.reason)
    return _done(
        call, done, f"已恢复 {done.value.code}（{done.value.name}）：{done.value.state.label}。"
    )


# --- when something is lost -----------------------------------------------------------------------


def _rescue_words(parser: Parser) -> None:
    parser.word("file", "FILE", "站点的求助文件 rescue.json")
    _reason(parser)


def _rescue(call: Call) -> int:
    from desktop_app.registers.offices.service import rescue

    content = read_paper(call, call.options.file)
    with call.desk() as desk:
        found = rescue(desk, content, call.options.reason)
    call.console.say(
        "请先确认来人确实代表这个站点，再念给对方。站点用它登录一次后即作废，"
        "登录后请运行 jinlin station deposit-rescue 重新交存。"
    )
    known = None if found.known is None else found.known.name
    document = {
        "code": found.code,
        "name": found.name,
        "known_as": known,
        "recovery_code": found.recovery_code,
    }
    listed = f"，本街道登记为“{known}”" if known else "，本街道的清单里没有这个站点"
    return call.answer(
        document, f"站点：{found.name}（{found.code}）{listed}\n救援码：{found.recovery_code}"
    )


def _recover_key(call: Call) -> int:
    from desktop_app.registers.offices.service import recover_key

    with call.desk() as desk:
        paper_key = call.password("街道的备用密钥（AGE-SECRET-KEY 开头）", variable=PAPER_KEY)
        recovered = recover_key(desk, paper_key)
    document = {
        "fingerprint": recovered.fingerprint,
        "fresh": recovered.fresh,
        "paper_key": recovered.paper_key,
    }
    lines = ["备用密钥已启用：站点以前封好的上报包，本街道又能打开了。"]
    lines.append(f"街道核对码：{recovered.fingerprint}")
    if recovered.fresh:
        lines.append("这份数据的签名密钥是新的：请生成邀请文件，请各站点用 --move 重新申请一次。")
    if recovered.paper_key is not None:
        call.console.say(KEEP_SAFE)
        lines.append(f"新的备用密钥：{recovered.paper_key}")
    return call.answer(document, "\n".join(lines))


STREET = (
    Verb(
        "street stations",
        "列出本街道的站点和它们的密钥",
        _no_words,
        _stations,
        about="--json 里每把密钥都带一行 allowed_signer，"
        "写进文件后可用 ssh-keygen -Y verify 核验上报包。",
        examples=("jinlin street stations", "jinlin street stations --json"),
    ),
    Verb(
        "street revoke",
        "吊销一个站点的密钥：电脑丢了或被盗",
        _code_and_reason,
        _revoke,
        about=f"{_STREET_ONLY}用被吊销的密钥签的上报包一律拒收，已经收进来的不变。",
        examples=("jinlin street revoke QR01 --reason 电脑被盗，已报案",),
    ),
    Verb(
        "street rename",
        "站点更名，以前的报表仍用原名",
        _rename_words,
        _rename,
        about=f"{_STREET_ONLY}编码不变，站点不用重新加入；"
        "站点本机的名称由站点用 jinlin station rename 改。",
        examples=("jinlin street rename QR01 --name 青榕雅苑党群服务中心 --reason 街道发文更名",),
    ),
    Verb(
        "street merge",
        "把一个站点并入另一个站点",
        _merge_words,
        _merge,
        about=f"{_STREET_ONLY}以前的记录保留原来的编码；报表可以按现在的结构计到承接的站点，"
        "也可以按当时的结构各计各的。",
        examples=("jinlin street merge QR02 --into QR01 --reason 小区合并",),
    ),
    Verb(
        "street split",
        "从一个站点分出一个新站点",
        _split_words,
        _split,
        about=f"{_STREET_ONLY}新站点用自己的编码和电脑，按平常的步骤申请加入；以前的记录留在原站点。"
        "一个站点拆成几个而自己撤销的，先分出新站点，再并入其中一个。",
        examples=(
            "jinlin street split QR01 --new-code QR11 --new-name 青榕二期服务站 --reason 二期交付",
        ),
    ),
    Verb(
        "street move-out",
        "站点改由别的街道管",
        _move_out_words,
        _move_out,
        about=f"{_STREET_ONLY}以前报来的记录留在本街道。"
        "站点那边用新街道的邀请文件和 --move 重新申请。",
        examples=("jinlin street move-out QR01 --to 栖溪街道 --reason 区划调整",),
    ),
    Verb(
        "street reinstate",
        "撤回合并或迁出",
        _code_and_reason,
        _reinstate,
        about=f"{_STREET_ONLY}日期和承接关系都取消；密钥保持原样。",
        examples=("jinlin street reinstate QR02 --reason 误操作",),
    ),
    Verb(
        "street rescue",
        "站点没有人能登录时，取出它交存的救援码",
        _rescue_words,
        _rescue,
        about=f"{_STREET_ONLY}求助文件由站点用 jinlin station ask-rescue 生成。"
        "谁取出、为什么，都记入审计。"
        "救援码只能打开站点自己的电脑，用一次即作废。没有交存过的站点，"
        "只能用新建时显示、密封保管的恢复码。",
        examples=("jinlin street rescue rescue.json --reason 站长离职，社区书记当面申请",),
    ),
    Verb(
        "street recover-key",
        "街道的数据丢失后，启用密封保管的备用密钥",
        _no_words,
        _recover_key,
        about=f"{_STREET_ONLY}先用 jinlin init --edition street 按原来的编码新建街道，"
        "再运行这个命令。"
        f"备用密钥取自环境变量 {PAPER_KEY}，没有就在终端上询问，从不写在命令里。"
        "启用后站点以前封好的上报包又能打开；各站点重新申请一次，就从头全部报来，不会少也不会重。"
        "同时生成一把新的备用密钥，请重新密封保管。",
        examples=("jinlin street recover-key",),
    ),
)
