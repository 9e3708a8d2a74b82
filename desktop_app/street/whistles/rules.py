"""What a 吹哨 is to the street, and how far the street's answer has come. Pure.

An answer goes down with every receipt until the station's own record shows it. Whether it does is
read from that record alone, so a lost receipt, a restored station and a restored street need no
attention: what is not in the record is said again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.text import clean_text
from desktop_app.ledgers.requests.rules.request import RESULT_LIMIT, Request, RequestState

WORDS_LIMIT = RESULT_LIMIT


class Way(LabelledEnum):
    """How far an answer has come, by the station's record.

    PASSED needs no answer any more: the request was escalated anew, or the whistle taken back, or
    the record is gone.
    """

    SENT = "sent", "等站点收下"
    TAKEN = "taken", "站点已收下"
    PASSED = "passed", "不再需要"


class Stage(LabelledEnum):
    """How a 吹哨 stands, as the list shows it: what waits for the street comes first."""

    WAITING = "waiting", "待答复"
    ANSWERED = "answered", "已答复"
    TAKEN = "taken", "站点已收下"
    ELSEWHERE = "elsewhere", "站点已记答复"
    ENDED = "ended", "站点已继续办理"


@dataclass(frozen=True, slots=True)
class Given:
    """One answer of ours: `asked` is the moment of the 吹哨 it answers, `words` may be purged."""

    station: str
    request: Uid
    asked: Millis
    uid: Uid
    at: Millis
    by: str
    words: str
    way: Way


@dataclass(frozen=True, slots=True)
class Whistle:
    """One escalated request with our answer to its present 吹哨, if there is one.

    `record` is the station's request as it came. `place` is where, `station_name` whose.
    """

    record: Request
    given: Given | None
    station_name: str = ""
    place: str = ""

    @property
    def asked(self) -> Millis | None:
        """When it was escalated; None when the station reports mere figures."""
        return None if self.record.escalated is None else self.record.escalated.at

    @property
    def stage(self) -> Stage:
        record, given = self.record, self.given
        way = None if given is None else way_of(record, given)
        if way is Way.TAKEN:
            return Stage.TAKEN
        if way is Way.SENT or (way is not None and record.answer is None):
            return Stage.ANSWERED
        if record.state is RequestState.ESCALATED:
            return Stage.WAITING
        return Stage.ELSEWHERE if record.answer is not None else Stage.ENDED

    def days(self, today: date) -> int:
        """How many days ago it was escalated."""
        since = self.record.escalated_on
        return 0 if since is None else max(0, (today - since).days)


def way_of(record: Request | None, given: Given) -> Way:
    """How far an answer has come; `record` is what the street has of the request now."""
    if record is None or record.deleted or record.petition:
        return Way.PASSED
    raised, shown = record.escalated, record.answer
    if raised is None:
        # A station that went over to mere figures does not show what it has.
        return Way.PASSED if record.escalated_on is None else Way.SENT
    if raised.at != given.asked:
        return Way.PASSED
    if shown is not None and shown.uid is not None:
        if shown.uid == given.uid:
            return Way.TAKEN
        # A street that was restored has lost the later one: the station keeps to that.
        if (shown.at, shown.uid) > (given.at, given.uid):
            return Way.PASSED
    return Way.SENT if given.words else Way.PASSED


def is_forgotten(record: Request | None) -> bool:
    """Whether a record no longer says what was asked: it is gone, or its people were forgotten."""
    if record is None or record.deleted or record.petition:
        return True
    return record.escalated is not None and not record.escalated.reason


def in_order(whistles: list[Whistle]) -> list[Whistle]:
    """Those that wait first, the longest first; then the others, the latest first."""
    waiting = [one for one in whistles if one.stage is Stage.WAITING]
    others = [one for one in whistles if one.stage is not Stage.WAITING]
    waiting.sort(key=lambda one: (one.record.escalated_on or date.min, one.record.uid))
    others.sort(key=lambda one: (one.record.escalated_on or date.min, one.record.uid), reverse=True)
    return [*waiting, *others]


def checked(words: str) -> str:
    """The words of an answer as they are kept. Raises `UserError` when there are none."""
    kept = clean_text(words, limit=WORDS_LIMIT, label="答复内容", field="words")
    if not kept:
        raise UserError(
            "还没有写答复内容，没有改动。", "请写清楚怎么办、谁来办、什么时候。", field="words"
        )
    return kept


def refuse_unless_answerable(whistle: Whistle) -> None:
    """Raise `UserError` unless an answer to this 吹哨 can still be given, or changed."""
    record = whistle.record
    if record.escalated is None:
        if record.escalated_on is None:
            raise UserError(
                "站点已经撤销了这次吹哨，没有改动。", "请刷新列表，不需要再答复。", field="uid"
            )
        raise UserError(
            "这个站点只上报统计数字，看不到吹哨的事由，没有改动。",
            "请让站点用“工作数据”再上报一次，然后答复。",
            field="uid",
        )
    if not record.escalated.reason:
        raise UserError(
            "居民的个人信息已经删除，这次吹哨不再保留内容，没有改动。",
            "不需要再答复。",
            field="uid",
        )
    if whistle.stage is Stage.TAKEN:
        raise UserError(
            "站点已经收下这条答复，不能再改，没有改动。",
            "需要补充时请打电话；站点再次吹哨后可以再答复。",
            field="uid",
        )
    if whistle.stage in (Stage.ELSEWHERE, Stage.ENDED):
        raise UserError(
            f"站点已经不在等这次答复，现在是“{record.state_words}”，没有改动。",
            "站点再次吹哨后可以答复。",
            field="uid",
        )
