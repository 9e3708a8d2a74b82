"""Ranked offers for one problem among ten thousand, beside the bare SQL of the same candidates.

The reference runs over the DB-API the statements that pick the candidates and what their units have
done before, rows fetched and left as they are: without reading the problem, without ranking and
without a single reason. Several problems in turn, of different categories and words. CPU
milliseconds: all of it happens in this process.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid, UidFactory
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyState
from desktop_app.ledgers.three_lists.rules.matching import MOST_WORDS, words_of
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemState
from desktop_app.ledgers.three_lists.store import DUTY_SHELF, OFFER_SHELF, PROBLEM_SHELF
from desktop_app.storage.engine import connect_file
from desktop_app.storage.opening import create_file, open_file
from desktop_app.storage.session import Desk
from tests.speed.ledger import FACTS, NOW, TODAY, BenchKey

DEFAULTS: dict[str, Any] = {"offers": 10_000, "duties": 5_000, "rounds": 40}
MOST_MS = 30.0
MOST_TIMES_BARE = 3.0

CATEGORIES = (
    "物业维修", "环境卫生", "停车管理", "养老助餐", "健康义诊", "法律咨询", "技能培训", "文体活动",
    "青少年服务", "困难帮扶", "安全用电", "反诈宣传",
)  # fmt: skip
_THINGS = (
    "电工上门检修楼道灯", "会议室周末开放", "志愿者陪诊", "书法老师授课", "法律顾问坐班",
    "老年食堂送餐", "理发师傅上门", "电动车充电桩勘察", "儿童绘本捐赠", "消防演练指导",
    "血压血糖检测", "手机使用教学", "垃圾分类宣讲", "下水道疏通", "停车位夜间共享",
)  # fmt: skip
_NEEDS = (
    "3栋楼道灯长期不亮，老人夜里上下楼不便，希望有电工检修",
    "小区夜间停车难，附近单位的停车位晚上空着",
    "独居老人中午吃饭困难，希望老年食堂送餐上门",
    "居民想学手机使用，怕遇到诈骗，希望有反诈宣讲",
)


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Medians over all problems and rounds; the ratio is that of each round's sums."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jinlin.db"
        problems = _build(path, int(options["offers"]), int(options["duties"]))
        database = open_file(path, BenchKey(), FixedClock(NOW))
        desk = Desk(database, Actor(None, "王小燕", "窗口", frozenset(Right)))
        with closing(connect_file(path, BenchKey())) as bare:
            found = _measured(desk, bare, problems, int(options["rounds"]))
        database.close()
    return {"offers": int(options["offers"]), **found}


def _measured(desk: Desk, bare: Any, problems: list[Problem], rounds: int) -> dict[str, Any]:
    ours, hand, ratios = [], [], []
    for turn in range(rounds + 1):
        took = [_timed(partial(service.matches, desk, one.uid)) for one in problems]
        reference = [_timed(partial(_by_hand, bare, one)) for one in problems]
        if turn:  # the first round only warms the caches
            ours += took
            hand += reference
            ratios.append(sum(took) / sum(reference))
    median, ratio = statistics.median(ours), statistics.median(ratios)
    slowest = sorted(ours)[len(ours) * 95 // 100]
    return {
        "proposed": [len(service.matches(desk, one.uid)) for one in problems],
        "median_ms": median,
        "p95_ms": slowest,
        "reference_median_ms": statistics.median(hand),
        "ratio": ratio,
        "most_ms": MOST_MS,
        "most_times_bare": MOST_TIMES_BARE,
        "holds": median <= MOST_MS and ratio <= MOST_TIMES_BARE,
    }


_COLUMNS = (
    "uid, revision, number, partner, partner_name, resource, category, way, from_on, until_on,"
    " weekdays_words, amount, unit_word, promised, for_problem, areas"
)
_USABLE = (
    "deleted_at IS NULL AND state = 'open' AND (until_on IS NULL OR until_on >= :today)"
    " AND (free IS NULL OR free > 0)"
)
_HERE = "CASE WHEN areas LIKE '%' || :place || '%' THEN 0 WHEN areas = '' THEN 1 ELSE 2 END, uid"
_PAST = (
    "SELECT partner, count(*), sum(closed_on <= due) FROM duty"
    " WHERE deleted_at IS NULL AND state = 'closed' AND partner IN ({}) GROUP BY partner"
)


def _by_hand(bare: Any, problem: Problem) -> int:
    pairs = [word for word in words_of(problem.description) if not word.isascii()][:MOST_WORDS]
    hits = " + ".join(
        f"(CASE WHEN resource LIKE '%' || :w{n} || '%' THEN 1 ELSE 0 END)"
        for n in range(len(pairs))
    )
    assert problem.compound is not None
    values = {
        "today": TODAY.isoformat(),
        "problem": problem.uid.bytes,
        "category": problem.category,
        "place": problem.compound.hex,
        **{f"w{n}": word for n, word in enumerate(pairs)},
    }
    rows: list[Any] = []
    whole = f"SELECT {_COLUMNS} FROM offer WHERE"
    picked = f"uid IN (SELECT uid FROM offer INDEXED BY ix_offer_matching WHERE {_USABLE}"
    order = f"ORDER BY {hits} DESC, {_HERE}"
    for condition in (
        f"{_USABLE} AND for_problem = :problem",
        f"{picked} AND for_problem IS NULL AND category = :category {order} LIMIT 60)",
        f"{picked} AND for_problem IS NULL AND category <> :category AND {hits} > 0"
        f" {order} LIMIT 30)",
    ):
        rows += bare.execute(f"{whole} {condition}", values).fetchall()
    partners = list({row[3] for row in rows})
    past = _PAST.format(", ".join("?" * len(partners)))
    return len(rows) + len(bare.execute(past, partners).fetchall())


def _timed(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


# --- what is looked through ----------------------------------------------------------------------


def _build(path: Path, offers: int, duties: int) -> list[Problem]:
    """A station with so many offers of 400 units and so many closed duties; nothing measured."""
    catalog.table_modules()
    create_file(path, BenchKey(), FACTS)
    dice, uids = random.Random(7), UidFactory(FixedClock(NOW))
    places, partners = [uids() for _ in range(20)], [uids() for _ in range(400)]
    database = open_file(path, BenchKey(), FixedClock(NOW))
    problems = [
        Problem(
            uid=uids(),
            station="QR01",
            number=f"QR01-W2026A-{n:05d}",
            raised_on=TODAY,
            category=dice.choice(CATEGORIES),
            description=need,
            compound=places[n],
            wanted_by=TODAY + timedelta(days=20),
            state=ProblemState.LISTED,
        )
        for n, need in enumerate(_NEEDS)
    ]
    with database.unrecorded() as connection:
        PROBLEM_SHELF.lay(connection, problems)
        OFFER_SHELF.lay(
            connection, [_offer(n, uids(), places, partners, dice) for n in range(offers)]
        )
        DUTY_SHELF.lay(connection, [_duty(n, uids(), partners, dice) for n in range(duties)])
    database.close()
    return problems


def _offer(n: int, uid: Uid, places: list[Uid], partners: list[Uid], dice: random.Random) -> Offer:
    amount = dice.choice((None, 1, 5, 20))
    return Offer(
        uid=uid,
        station="QR01",
        number=f"QR01-G2026A-{n:05d}",
        offered_on=TODAY,
        partner=dice.choice(partners),
        partner_name=f"共建单位{n % 400}",
        resource=f"{dice.choice(_THINGS)}（{n}）",
        category=dice.choice(CATEGORIES),
        compounds=tuple(dice.sample(places, 2)) if dice.random() < 0.5 else (),
        from_on=TODAY,
        until_on=_until(dice),
        amount=amount,
        promised=amount if amount and dice.random() < 0.2 else 0,
    )


def _until(dice: random.Random) -> date | None:
    return None if dice.random() < 0.3 else TODAY + timedelta(days=dice.randrange(-30, 300))


def _duty(n: int, uid: Uid, partners: list[Uid], dice: random.Random) -> Duty:
    return Duty(
        uid=uid,
        station="QR01",
        number=f"QR01-Z2026A-{n:05d}",
        problem=uid,
        partner=dice.choice(partners),
        unit="共建单位",
        person="陈师傅",
        due=TODAY,
        measures="已办",
        state=DutyState.CLOSED,
        proposed_on=TODAY,
        closed_on=TODAY + timedelta(days=dice.choice((-3, -1, 0, 2))),
    )
