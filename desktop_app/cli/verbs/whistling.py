"""At the street: `street whistles`, `street answer`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop_app.cli import values
from desktop_app.cli.call import Call
from desktop_app.cli.entries import read_entry
from desktop_app.cli.layout import table
from desktop_app.cli.parser import Parser, Verb
from desktop_app.core.errors import UserError

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.core.clock import Millis, Zone
    from desktop_app.street.whistles.rules import Whistle

_AT_STREET = "只能在街道的数据上做。"
_WORDS = ("words", "答复", "答复内容")


# --- street whistles ------------------------------------------------------------------------------


def _list_words(parser: Parser) -> None:
    parser.option("--station", "CODE", "只看这一个站点的", default="")
    parser.flag("--waiting", "只看还没有答复的")


def _list(call: Call) -> int:
    from desktop_app.street.whistles.rules import Stage
    from desktop_app.street.whistles.service import whistles

    with call.desk() as desk:
        found = whistles(desk, call.options.station)
        zone, today = desk.database.zone, desk.today
    shown = [one for one in found.listed if one.stage is Stage.WAITING or not call.options.waiting]
    document = {
        "waiting": found.waiting,
        "more": found.more,
        "whistles": [_told(one, zone, today) for one in shown],
    }
    rows = [
        [
            one.stage.label,
            one.station_name,
            one.record.number,
            f"{one.days(today)} 天",
            one.place,
            one.record.title,
            one.record.escalated.reason if one.record.escalated else "",
            one.record.uid.hex,
        ]
        for one in shown
    ]
    heads = ["状态", "站点", "编号", "等待", "地点", "事项", "事由", "UID"]
    text = table(heads, rows) if rows else "没有吹哨。"
    return call.answer(document, text)


def _told(one: Whistle, zone: Zone, today: date) -> dict[str, Any]:
    record, given = one.record, one.given
    raised, shown = record.escalated, record.answer

    def moment(at: Millis) -> str:
        return zone.local(at).isoformat(timespec="seconds")

    return {
        "station": record.station,
        "station_name": one.station_name,
        "uid": record.uid.hex,
        "number": record.number,
        "title": record.title,
        "category": record.category,
        "urgency": record.urgency.value,
        "place": one.place,
        "stage": one.stage.value,
        "stage_label": one.stage.label,
        "state": record.state.value,
        "state_label": record.state_words,
        "escalated_on": None if record.escalated_on is None else record.escalated_on.isoformat(),
        "days": one.days(today),
        "level": None if raised is None else raised.level.value,
        "level_label": None if raised is None else raised.level.label,
        "reason": None if raised is None else raised.reason,
        "by": None if raised is None else raised.by,
        "answer": None
        if given is None
        else {
            "uid": given.uid.hex,
            "words": given.words,
            "by": given.by,
            "at": moment(given.at),
            "taken": one.stage.value == "taken",
        },
        "at_station": None
        if shown is None
        else {"words": shown.words, "office": shown.office, "day": shown.day.isoformat()},
    }


# --- street answer --------------------------------------------------------------------------------


def _answer_words(parser: Parser) -> None:
    parser.word("station", "STATION", "站点编码，例如 QR01")
    parser.word("uid", "UID", "诉求的 uid，用 jinlin street whistles 查到")
    parser.word("file", "FILE|-", "答复，一个 JSON 对象，写“答复”（words）；- 是标准输入")


def _answer(call: Call) -> int:
    from desktop_app.street.whistles.service import answer

    options = call.options
    uid = values.uid_of(options.uid)
    words = _words_of(read_entry(call.world, options.file))
    with call.desk() as desk:
        done = answer(desk, options.station, uid, words).value
        zone, today = desk.database.zone, desk.today
    return call.answer(
        {"whistle": _told(done, zone, today)},
        f"已答复 {done.record.number}（{done.station_name}）。"
        "答复随给这个站点的下一份回执送去；站点收下以前可以再改。",
    )


def _words_of(entry: Any) -> str:
    unknown = [name for name in entry if name not in _WORDS]
    if unknown:
        raise UserError("这里只能写“答复”，没有改动。", "请只留“答复”（words）。", field="file")
    found = next((entry[name] for name in _WORDS if name in entry), "")
    if not isinstance(found, str):
        raise UserError("“答复”要写文字，没有改动。", "请用引号括起来。", field="words")
    return found


STREET = (
    Verb(
        "street whistles",
        "列出站点吹的哨：哪里、什么事、等了多久，没有答复的在前",
        _list_words,
        _list,
        about=f"需要“查看台账”权限，{_AT_STREET}没有答复的全部列出，其余的列最近 200 件；"
        "更早的用 jinlin list requests --status whistled 查看。",
        examples=(
            "jinlin street whistles --waiting",
            "jinlin street whistles --station QR01 --json",
        ),
    ),
    Verb(
        "street answer",
        "答复一次吹哨，或在站点收下以前改答复",
        _answer_words,
        _answer,
        about=f"需要“收件”权限，{_AT_STREET}"
        "答复写进给这个站点的每一份回执，直到站点报来的记录里有它；收几次都只算一次。",
        examples=(
            'echo \'{"答复": "已协调水务所，周五上门。"}\' '
            "| jinlin street answer QR01 019ab3c4d5e67f80a1b2c3d4e5f60718 -",
        ),
    ),
)
