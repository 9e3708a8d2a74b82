"""A station joins a street: `street invite`, `station request`, `street accept`, `station join`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.call import Call
from desktop_app.cli.entries import read_bytes
from desktop_app.cli.parser import Parser, Verb
from desktop_app.core.errors import EnvironmentFault

if TYPE_CHECKING:
    from desktop_app.registers.offices.rules import Street
    from desktop_app.registers.offices.service import RequestLook

_MOST_BYTES = 64 << 10
_EXPECT = "对方在电话里念的核对码；写了就由程序比对，不一致时拒绝"
KEEP_SAFE = (
    "这是街道的第二把密钥，只显示这一次，程序里不保存：请打印或抄下来，装进信封密封，"
    "放进保险柜。街道的数据全部丢失时，只有它能打开站点交来的上报包。"
)


def read_paper(call: Call, name: str) -> bytes:
    """One of the files that go to and fro; none of them is long."""
    return read_bytes(call.world, name, _MOST_BYTES)


def write_paper(call: Call, out: str, content: bytes, what: str) -> Path:
    """Put such a file where it was asked for, unless that is the very file it answers."""
    from desktop_app.storage.files import write_atomic

    path = Path(out).expanduser()
    asked = getattr(call.options, "file", None)
    if asked is not None and asked != "-" and path.resolve() == Path(asked).expanduser().resolve():
        raise call.wrong_usage("--out 不能写要读的那个文件。")
    write_atomic(path, content, what=what, mode=0o644)
    return path


def told_street(street: Street) -> dict[str, Any]:
    """A street in an answer."""
    from desktop_app.registers.offices.files import street_fingerprint

    return {"code": street.code, "name": street.name, "fingerprint": street_fingerprint(street)}


# --- street invite --------------------------------------------------------------------------------


def _invite_words(parser: Parser) -> None:
    parser.option("--out", "FILE", "邀请文件写到哪里，例如 street.json", required=True)


def _invite(call: Call) -> int:
    from desktop_app.registers.offices.service import invite

    with call.desk() as desk:
        invited = invite(desk)
        facts, zone = desk.database.station, desk.database.zone
    expires = zone.local(invited.expires_at)
    try:
        path = write_paper(call, call.options.out, invited.content, "保存邀请文件")
    except EnvironmentFault:
        if invited.paper_key is not None:
            call.console.say(f"备用密钥：{invited.paper_key}\n{KEEP_SAFE}")
        raise
    document = {
        "path": str(path),
        "code": facts.code,
        "name": facts.name,
        "fingerprint": invited.fingerprint,
        "expires_at": expires.isoformat(timespec="seconds"),
        "paper_key": invited.paper_key,
    }
    lines = [
        f"邀请文件：{path}（{expires:%Y-%m-%d} 前有效，所有站点用同一份）",
        f"街道核对码：{invited.fingerprint}",
        "请把文件交给站点，并在电话里念核对码。",
    ]
    if invited.paper_key is not None:
        call.console.say(KEEP_SAFE)
        lines.append(f"备用密钥：{invited.paper_key}")
    return call.answer(document, "\n".join(lines))


# --- station request ------------------------------------------------------------------------------


def _request_words(parser: Parser) -> None:
    parser.option("--to", "FILE", "街道的邀请文件 street.json", dest="file", required=True)
    parser.option("--out", "FILE", "申请文件写到哪里，例如 station.json", required=True)
    parser.option("--expect", "CODE", _EXPECT, default="")
    parser.flag("--move", "本站已属于另一个街道（或街道换过电脑），改由这个街道管")
    parser.flag("--new-key", "换一把新密钥申请：街道吊销过本机密钥之后才需要")


def _request(call: Call) -> int:
    from desktop_app.registers.offices.service import request

    options = call.options
    invitation = read_paper(call, options.file)
    with call.desk() as desk:
        asked = request(
            desk, invitation, move=options.move, new_key=options.new_key, expected=options.expect
        )
        facts = desk.database.station
    path = write_paper(call, options.out, asked.content, "保存申请文件")
    document = {
        "path": str(path),
        "code": facts.code,
        "name": facts.name,
        "fingerprint": asked.fingerprint,
        "street": told_street(asked.street),
    }
    return call.answer(
        document,
        f"邀请来自：{asked.street.name}（{asked.street.code}）\n"
        f"街道核对码：{asked.street_fingerprint}（请打电话向街道核对，不一致就不要交申请文件）\n"
        f"申请文件：{path}\n"
        f"本站核对码：{asked.fingerprint}（街道接收时会看到同一个，请念给街道听）",
    )


# --- street accept --------------------------------------------------------------------------------


def _accept_words(parser: Parser) -> None:
    parser.word("file", "FILE", "站点的申请文件 station.json")
    parser.option("--out", "FILE", "接收文件写到哪里，例如 welcome.json；不写就只看，不接收")
    parser.option("--expect", "CODE", _EXPECT, default="")
    parser.flag("--replace", "这个站点以前加入过：原来的密钥从此作废，换成这一把")


def _accept(call: Call) -> int:
    from desktop_app.registers.offices.service import accept, look_at_request

    options = call.options
    content = read_paper(call, options.file)
    with call.desk() as desk:
        look = look_at_request(desk, content)
        for sentence in _warnings(look):
            call.console.say(sentence)
        document: dict[str, Any] = {
            "code": look.code,
            "name": look.name,
            "fingerprint": look.fingerprint,
            "known": look.known is not None,
            "replaces": look.replaces,
            "same_data": look.same_data,
            "repeated": look.repeated,
            "accepted": False,
            "path": None,
        }
        said = f"申请来自：{look.name}（{look.code}）\n站点核对码：{look.fingerprint}"
        if not options.out:
            return call.answer(
                document, f"{said}\n还没有接收：核对无误后加 --out welcome.json 再运行一次。"
            )
        welcomed = accept(desk, content, replace_pc=options.replace, expected=options.expect)
    path = write_paper(call, options.out, welcomed.content, "保存接收文件")
    document |= {"name": welcomed.station.name, "accepted": True, "path": str(path)}
    return call.answer(document, f"{said}\n已接收。请把接收文件交给站点：{path}")


def _warnings(look: RequestLook) -> list[str]:
    said = []
    if look.known is not None and look.known.name != look.name:
        said.append(
            f"本街道登记的名称是“{look.known.name}”，申请里写的是“{look.name}”；"
            "接收后仍用登记的名称，更名请用 jinlin street rename。"
        )
    if look.repeated:
        said.append("这份申请以前接收过，再给一份同样的接收文件。")
    elif look.replaces:
        data = (
            "数据还是原来那一份。"
            if look.same_data
            else "这是另一份数据：站点收下接收文件后，第一次上报前要做“重新对账”。"
        )
        said.append(f"{look.code} 以前加入过，接收后原来的密钥作废，要加 --replace。{data}")
    return said


# --- station join ---------------------------------------------------------------------------------


def _join_words(parser: Parser) -> None:
    parser.word("file", "FILE", "街道的接收文件 welcome.json")


def _join(call: Call) -> int:
    from desktop_app.registers.offices.service import join

    content = read_paper(call, call.options.file)
    with call.session() as session:
        joined = join(session.desk, content, session.keeper)
        own_name = session.database.station.name
    if joined.name != own_name:
        call.console.say(
            f"街道登记的本站名称是“{joined.name}”，本机是“{own_name}”；"
            "可用 jinlin station rename 改成一致。"
        )
    moved = joined.moved_from
    document = {
        "street": told_street(joined.street),
        "name": joined.name,
        "fingerprint": joined.fingerprint,
        "moved_from": None if moved is None else moved.name,
        "rescue": joined.rescue,
    }
    if not joined.rescue:
        call.console.say(
            "救援码没有存成，不影响上报；请检查磁盘后运行 jinlin station deposit-rescue。"
        )
    rescue = "已向街道交存救援码：本站没有人能登录时，街道可以帮忙打开（只能用一次）。\n"
    left = "" if moved is None else f"，不再向{moved.name}上报"
    return call.answer(
        document,
        f"已加入：{joined.street.name}（{joined.street.code}）{left}\n"
        f"本站核对码：{joined.fingerprint}（与申请时的一致）\n"
        f"{rescue if joined.rescue else ''}现在可以上报了。",
    )


INVITE = Verb(
    "street invite",
    "生成邀请文件，交给站点；第一次还会生成街道的密钥",
    _invite_words,
    _invite,
    about="需要“维护站点”权限，只能在街道的数据上做。同一份邀请文件可以交给所有站点，"
    "过期后再生成一份即可，街道核对码不变。第一次运行时显示一次备用密钥（AGE-SECRET-KEY 开头）："
    "请打印或抄下来密封保管，以后用 jinlin street recover-key 启用。",
    examples=("jinlin street invite --out street.json",),
)
REQUEST = Verb(
    "station request",
    "读街道的邀请文件，生成本站的申请文件",
    _request_words,
    _request,
    about="需要“维护站点”权限，只能在站点的数据上做。显示两个核对码：街道的那个请打电话向街道核对，"
    "本站的那个请念给街道听。可以反复生成，只有最后一份申请能被接收。"
    "站点改由另一个街道管时加 --move：编码和以前的记录都不变，以后的上报把全部记录交给新街道。",
    examples=(
        "jinlin station request --to street.json --out station.json",
        "jinlin station request --to street.json --out station.json --move",
    ),
)
ACCEPT = Verb(
    "street accept",
    "看站点的申请文件，核对后接收，生成接收文件",
    _accept_words,
    _accept,
    about="需要“维护站点”权限，只能在街道的数据上做。不写 --out 只看不收：先看核对码，"
    "打电话和站点核对一致，再写 --out 接收。站点换了电脑、重装或密钥被吊销后重新申请的，"
    "要加 --replace，原来的密钥从此作废。同一份申请再接收一次，得到同样的接收文件。",
    examples=(
        "jinlin street accept station.json",
        "jinlin street accept station.json --out welcome.json",
        "jinlin street accept station.json --out welcome.json --replace",
    ),
)
JOIN = Verb(
    "station join",
    "收下街道的接收文件，从此可以上报",
    _join_words,
    _join,
    about="需要“维护站点”权限，只能在站点的数据上做。只认对本站最后一份申请的答复。"
    "同时向街道交存一个救援码：它封存在本机的密钥文件旁，只有街道能读，"
    "本站没有人能登录时用 jinlin station ask-rescue 求助。",
    examples=("jinlin station join welcome.json",),
)
