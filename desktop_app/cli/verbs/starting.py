"""`open` and `init`: the window, and a new home."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from desktop_app.cli.call import Call
from desktop_app.cli.parser import Parser, Verb
from desktop_app.cli.verbs.demo import make_station
from desktop_app.core.clock import Zone
from desktop_app.core.errors import EnvironmentFault, Fault, UserError


def _no_words(parser: Parser) -> None:
    parser.flag("--demo", "打开一个用完就丢的演示站点，里面是生成的数据，与真实数据无关")


def _open(call: Call) -> int:
    if not call.options.demo:
        return call.world.open_window(call.home)
    if call.options.home:
        raise call.wrong_usage("--demo 有自己的文件夹，不要和 --home 一起写。")
    return call.world.open_window(_todays_demo(call))


def _todays_demo(call: Call) -> Path:
    """The throw-away home of today: made when there is none, and anew each day."""
    import platformdirs

    from desktop_app import __version__
    from desktop_app.storage.files import write_atomic
    from desktop_app.storage.home import Home, InUse

    folder = platformdirs.user_cache_path("jinlin-desk", appauthor=False)
    path, stamp = folder / "demo", folder / "demo.made"
    made = f"{__version__} {Zone().day(call.world.clock.now()).isoformat()}".encode()
    try:
        home = Home.open(path)
        if stamp.is_file() and stamp.read_bytes() == made:
            return path
        with home.alone():
            pass
    except InUse:
        return path
    except (Fault, OSError):
        # Half-made, outdated or damaged: it holds nothing that anybody would miss.
        pass
    _remove(path)
    call.console.say("正在准备演示站点（约十秒）……")
    make_station(call, path, "small", 1, None)
    write_atomic(stamp, made, what="准备演示站点")
    return path


def _remove(path: Path) -> None:
    try:
        if path.exists():
            shutil.rmtree(path)
    except OSError as error:
        raise EnvironmentFault("旧的演示站点清理不掉。", f"请手工删除：{path}") from error


def _init_words(parser: Parser) -> None:
    parser.option("--edition", "EDITION", "版本：station（站点）或 street（街道）",
                  read=_edition, required=True)  # fmt: skip
    parser.option("--name", "NAME", "站点或街道的全称，例如 青榕雅苑党群服务站", required=True)
    parser.option(
        "--code", "CODE", "2 到 8 位字母或数字，印在每个编号前面，例如 QR01", required=True
    )
    parser.option(
        "--database",
        "URL",
        "数据放在 PostgreSQL 时的地址 postgresql+psycopg://用户@主机/库名，不写密码；"
        "密码取自 JINLIN_DATABASE_PASSWORD 或 PostgreSQL 自己的密码文件",
        default="",
    )


def _edition(text: str) -> str:
    known = {"station": "station", "站点": "station", "street": "street", "街道": "street"}
    if text not in known:
        raise argparse.ArgumentTypeError("只能是 station（站点）或 street（街道）。")
    return known[text]


def _init(call: Call) -> int:
    from desktop_app.station.set_up.service import create_home
    from desktop_app.storage.home import Edition

    options = call.options
    if not options.who:
        raise call.wrong_usage("请用 --as 写第一位操作员（站长）的姓名。")
    _refuse_other_databases(options.database)
    password = call.password("第一位操作员的密码", twice=True)
    created = create_home(
        call.home,
        Edition(options.edition),
        options.name,
        options.code,
        options.who,
        password,
        clock=call.world.clock,
        database_url=options.database,
        kdf_cost=call.world.kdf_cost,
    )
    about = created.home.about
    document = {
        "home": str(call.home),
        "edition": about.edition.value,
        "name": about.name,
        "code": about.code,
        "operator": created.operator.hex,
        "recovery_code": created.recovery_code,
    }
    call.console.say("恢复码只显示这一次：请抄下来，装进信封封好，交站长保管。")
    return call.answer(
        document,
        f"已新建：{about.name}（{about.code}）\n数据文件夹：{call.home}\n"
        f"恢复码：{created.recovery_code}",
    )


def _refuse_other_databases(url: str) -> None:
    """Only the form of the address; whether somebody answers there is seen on connecting."""
    try:
        parts = urlsplit(url)
        right = not url or (parts.scheme == "postgresql+psycopg" and (parts.port or 1) > 0)
    except ValueError:
        right = False
    if not right:
        raise UserError(
            "数据库地址写得不对，没有新建，也没有改动。",
            "请照 postgresql+psycopg://用户@主机/库名 的样子写。",
            field="database",
        )


VERBS = (
    Verb(
        "open",
        "打开窗口（不写命令时也是）",
        _no_words,
        _open,
        about="数据文件夹还是空的时候，窗口会一步步新建站点。同一个数据文件夹只开一个窗口，"
        "再打开一次会把第一个窗口叫到前面来。",
        examples=("jinlin", "jinlin open --demo"),
        needs_sign_in=False,
    ),
    Verb(
        "init",
        "新建数据文件夹和第一位操作员，显示一次恢复码",
        _init_words,
        _init,
        about="文件夹必须不存在或是空的。--as 写的人成为站长。",
        examples=(
            "jinlin init --edition station --name 青榕雅苑党群服务站 --code QR01 --as 王小燕",
        ),
    ),
)
