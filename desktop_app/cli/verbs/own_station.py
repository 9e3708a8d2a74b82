"""`station …` for what a station does to itself: another key or name, help from the street."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.cli.call import Call
from desktop_app.cli.parser import Parser, Verb
from desktop_app.cli.verbs.enrolling import write_paper

_STATION_ONLY = "需要“维护站点”权限，只能在站点的数据上做。"


def _no_words(_parser: Parser) -> None:
    """Nothing but the common options."""


def _rotate(call: Call) -> int:
    from desktop_app.registers.offices.service import rotate

    with call.desk() as desk:
        public = rotate(desk)
    return call.answer(
        {"announced": public},
        "新密钥已生成：以后每个上报包都告诉街道，收到回执后自动启用。现在照常上报即可。",
    )


def _rename_words(parser: Parser) -> None:
    parser.option("--name", "NAME", "本站的新名称，写全称", required=True)


def _rename(call: Call) -> int:
    from desktop_app.registers.offices.service import rename_here

    with call.session() as session:
        before = session.database.station.name
        name = rename_here(session.desk, call.options.name)
        home = session.house.home
        home.with_about(replace(home.about, name=name))
    return call.answer(
        {"name": name, "before": before},
        f"本站已更名：{before} → {name}。编码不变；打开着的窗口重新打开后显示新名称。",
    )


def _deposit(call: Call) -> int:
    from desktop_app.registers.offices.service import deposit_rescue

    with call.session() as session:
        street = deposit_rescue(session.desk, session.keeper)
    return call.answer(
        {"street": {"code": street.code, "name": street.name}},
        f"已向{street.name}交存新的救援码，以前的作废。它封存在本机，只有街道能读。",
    )


def _ask_words(parser: Parser) -> None:
    parser.option("--out", "FILE", "求助文件写到哪里，例如 rescue.json", required=True)


def _ask(call: Call) -> int:
    from desktop_app.registers.offices.service import ask_for_rescue
    from desktop_app.storage.home import Home

    home = Home.open(call.home)
    content = ask_for_rescue(home)
    path = write_paper(call, call.options.out, content, "保存求助文件")
    return call.answer(
        {"path": str(path), "code": home.about.code, "name": home.about.name},
        f"求助文件：{path}\n请交给街道，由街道用 jinlin street rescue 取出救援码并念给您；"
        "然后在登录窗口选“用恢复码登录”，输入救援码并设新密码。",
    )


VERBS = (
    Verb(
        "station rotate-key",
        "换一把签名密钥",
        _no_words,
        _rotate,
        about=f"{_STATION_ONLY}平常每一两年换一次，或怀疑有人拷走过备份时换。"
        "新密钥由旧密钥在上报包里告诉街道，街道的回执确认后才启用，中间上报不停。"
        "电脑丢了不是换密钥：请街道用 jinlin street revoke 吊销。",
        examples=("jinlin station rotate-key",),
    ),
    Verb(
        "station rename",
        "更改本站的名称",
        _rename_words,
        _rename,
        about=f"{_STATION_ONLY}编码从不改变，已经印出的编号都有效。"
        "街道那边的名称由街道用 jinlin street rename 改。",
        examples=("jinlin station rename --name 青榕雅苑党群服务中心",),
    ),
    Verb(
        "station deposit-rescue",
        "重新向街道交存救援码",
        _no_words,
        _deposit,
        about=f"{_STATION_ONLY}加入街道时已自动交存一次；救援码用掉之后，或街道换过密钥之后，再交存一次。",
        examples=("jinlin station deposit-rescue",),
    ),
    Verb(
        "station ask-rescue",
        "没有人能登录时，生成给街道的求助文件",
        _ask_words,
        _ask,
        about="不用登录。文件里只有封给街道的救援码，别人拿到也打不开。"
        "没有交存过救援码的，请找新建时密封保管的恢复码。",
        examples=("jinlin station ask-rescue --out rescue.json",),
        needs_sign_in=False,
    ),
)
