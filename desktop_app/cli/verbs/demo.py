"""`demo`: homes full of believable data, a station's or a whole street's."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli import values
from desktop_app.cli.call import Call
from desktop_app.cli.parser import Parser, Verb
from desktop_app.core.clock import Zone

if TYPE_CHECKING:
    from desktop_app.cli.street_demo import MadeStation, MadeStreet
    from desktop_app.registers.people.rules import Role
    from desktop_app.station.demo.service import Made

SCALES = ("small", "middle", "hall", "street")
_STREET = "street"
_YEAR = 12
_MOST_MONTHS = 120


def _words(parser: Parser) -> None:
    parser.option(
        "--scale",
        "SCALE",
        "small（一个小站两年）、middle（一个社区的站三年）、hall（一个大厅五年）、"
        "street（一个街道和它的 48 个站）；默认 small",
        read=_scale,
        default="small",
    )
    parser.option(
        "--months",
        "N",
        f"只用于 street：各站有几个月的数据；默认 {_YEAR}（约 19.5 万件来访），74 约 120 万件",
        read=_months,
    )
    parser.option(
        "--seed", "N", "同样的数和同样的日期得到同样的数据；默认 1", read=values.seed, default=1
    )
    parser.option("--today", "DATE", "数据到哪一天为止；默认今天", read=values.day)


def _scale(text: str) -> str:
    if text not in SCALES:
        raise argparse.ArgumentTypeError("只能是 small、middle、hall 或 street。")
    return text


def _months(text: str) -> int:
    return values.whole_number(1, _MOST_MONTHS, text)


def _demo(call: Call) -> int:
    if not call.options.home and "JINLIN_HOME" not in call.world.environment:
        raise call.wrong_usage("请用 --home 写演示数据放在哪个空文件夹。")
    options = call.options
    if options.scale == _STREET:
        return _street(call)
    if options.months is not None:
        raise call.wrong_usage("--months 只用于 --scale street。")
    made = make_station(call, call.home, options.scale, options.seed, options.today)
    document = {
        "home": str(call.home),
        "scale": options.scale,
        "seed": options.seed,
        "visits": made.visits,
        "residents": made.residents,
        "activities": made.activities,
        **made.beside,
        "operators": _listed(made.operators),
        "password": made.password,
    }
    beside = made.beside
    return call.answer(
        document,
        f"演示数据已生成在 {call.home}：来访 {made.visits} 件，居民 {made.residents} 位，"
        f"活动 {made.activities} 场，诉求 {beside['requests']} 件，"
        f"志愿者 {beside['volunteers']} 人，服务记录 {beside['services']} 条。\n"
        f"{_who(made.operators, made.password)}",
    )


def make_station(call: Call, path: Path, scale: str, seed: int, today: date | None) -> Made:
    """One demo station at `path`."""
    from desktop_app.station.demo.service import make_demo

    return make_demo(
        path,
        scale=scale,
        seed=seed,
        today=today or Zone().day(call.world.clock.now()),
        job=call.console.job("生成演示数据"),
        clock=call.world.clock,
    )


def _street(call: Call) -> int:
    from desktop_app.cli.street_demo import Wish, make_street

    options, now = call.options, call.world.clock.now()
    wish = Wish(
        home=call.home,
        today=options.today or Zone().day(now),
        now=now,
        months=options.months or _YEAR,
        seed=options.seed,
    )
    made = make_street(wish, call.console.job("生成演示数据"))
    document = {
        "home": str(call.home),
        "scale": _STREET,
        "seed": options.seed,
        "months": wish.months,
        "street": made.name,
        "visits": made.visits,
        "residents": sum(one.residents for one in made.stations),
        "activities": sum(one.activities for one in made.stations),
        "stations_folder": str(made.folder),
        "stations": [_station(one) for one in made.stations],
        "taken_in": made.taken_in,
        "parked": made.parked,
        "ready_folder": str(wish.ready),
        "ready": [path.name for path in made.ready],
        "operators": _listed(made.operators),
        "password": made.password,
    }
    return call.answer(document, _told(made, wish.ready))


def _station(made: MadeStation) -> dict[str, Any]:
    trouble = made.trouble
    return {
        "code": made.code,
        "name": made.name,
        "scale": made.scale,
        "home": str(made.home),
        "visits": made.visits,
        "residents": made.residents,
        "activities": made.activities,
        "trouble": None if trouble is None else trouble.value,
        "trouble_words": "" if trouble is None else trouble.label,
        "restored_home": None if made.elsewhere is None else str(made.elsewhere),
    }


def _told(made: MadeStreet, ready: Path) -> str:
    troubled = [
        f"  {one.code} {one.name}：{one.trouble.label}"
        for one in made.stations
        if one.trouble is not None
    ]
    lines = (
        f"演示街道已生成在 {made.home.path}：{made.name}，{len(made.stations)} 个站，"
        f"来访 {made.visits} 件，街道已收下 {made.taken_in} 个上报包。",
        f"各站的数据在 {made.folder}，按编码分文件夹。",
        f"{len(made.ready)} 个上报包放在 {ready}，等街道收件。",
        "有意安排的情况：",
        *troubled,
        f"街道的{_who(made.operators, made.password, at_street=True)}",
    )
    return "\n".join(lines)


def _listed(operators: tuple[tuple[str, Role], ...]) -> list[dict[str, str]]:
    return [{"name": name, "role": role.value} for name, role in operators]


def _who(operators: tuple[tuple[str, Role], ...], password: str, *, at_street: bool = False) -> str:
    from desktop_app.registers.people.rules import role_word

    people = "、".join(
        f"{name}（{role_word(role, at_street=at_street)}）" for name, role in operators
    )
    return f"操作员：{people}\n每位操作员的密码都是 {password}。里面没有真实的人。"


VERBS = (
    Verb(
        "demo",
        "生成装满可信数据的演示站点，或一个街道和它的 48 个站",
        _words,
        _demo,
        about="里面的人、地点和事项都是生成的。每位操作员的密码都是 demo-2026。"
        "--scale street 在 --home 建街道，在旁边的“-stations”文件夹里按编码建各站："
        "以前的上报街道已收下，最近一个月的上报包放在其中的“上报”文件夹等街道收件；"
        "有几个站故意不正常：没有上报、漏报、时钟不对、恢复过备份。",
        examples=(
            "jinlin demo --home 演示 --scale hall --seed 7 --today 2026-11-23",
            "jinlin demo --home 演示街道 --scale street",
        ),
        needs_sign_in=False,
    ),
)
