"""What came of reporting, in words: a headline for across the room and sentences for the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.errors import Fault
from desktop_app.core.wording import number
from desktop_app.registers.offices.ui.targets import Target, size_words
from desktop_app.station.reporting.rules.answers import Answer, Answered, ParkedHere, Taken
from desktop_app.station.reporting.rules.meeting import Reconciled
from desktop_app.station.reporting.rules.reports import Export
from desktop_app.station.reporting.ui.outcome import Outcome, Step
from desktop_app.station.reporting.ui.taking import Took
from desktop_app.station.reporting.ui.work import NotSent, Sent

AGAIN, ANEW, RECONCILE, ANSWERS = "again", "anew", "reconcile", "answers"
LOOK = "看街道的答复"
PULL, ARRIVED = "可以拔出", "已送到"
NOT_TAKEN, NOT_RECONCILED = "没有导入", "没有对账"
_PARKED_SHOWN = 3
NOT_SENT, NOT_REPORTED, STOPPED = "没有送到", "没有上报", "已取消"
KEPT = "上报包留在本机，没有丢；插好后按“再送一次”，不用重新生成。"
HAND_OVER = "请把它交给街道。收到街道的回执才算确认，确认以前本站什么都不会清理。"
ON_SHARE = "街道从共享文件夹取走后会发回执。收到回执才算确认，确认以前本站什么都不会清理。"


def of_sent(sent: Sent | NotSent) -> Outcome:
    """It lies there whole, or it is only on record."""
    if isinstance(sent, NotSent):
        return _of_not_sent(sent)
    removable = sent.target.drive is not None
    return Outcome(
        "ok",
        PULL if removable else ARRIVED,
        (
            files_of(sent.export),
            f"{contents_of(sent.export)}，{sent.target.after('已写到')}。{sent.words}",
            HAND_OVER if removable else ON_SHARE,
        ),
    )


def of_fault(fault: Fault, headline: str = NOT_REPORTED, *, anew: bool = False) -> Outcome:
    """Nothing was done, and why."""
    sentences = tuple(filter(None, (fault.sentence, fault.next_step)))
    return Outcome("warn", headline, sentences, (Step(ANEW, "再试一次"),) if anew else ())


def stopped(target: Target) -> Outcome:
    """Somebody pressed 取消 before anything was on record."""
    return Outcome("info", STOPPED, (f"没有上报，{target.words}上没有留下文件，数据都在。",))


def files_of(export: Export) -> str:
    """The names of an export's files: that of the bundle, and how many there are of photos."""
    first, more = export.files[0].name, len(export.files) - 1
    return f"{first} 和 {more} 个照片文件" if more else first


def contents_of(export: Export) -> str:
    """What an export carries: 220 条变更、6 张照片，共 3.4 MB."""
    photos = f"、{number(export.photos)} 张照片" if export.photos else ""
    return f"{number(export.changes)} 条变更{photos}，共 {size_words(export.size)}"


def _of_not_sent(sent: NotSent) -> Outcome:
    again = (Step(AGAIN, "再送一次"),)
    if sent.fault is None:
        return Outcome("info", STOPPED, ("没有送出。", KEPT), again)
    return Outcome("warn", NOT_SENT, (sent.fault.sentence, sent.fault.next_step, KEPT), again)


def of_receipts(took: Sequence[Took], *, may_look: bool = False) -> Outcome:
    """What receipts have done; of several files, each in a line. `may_look`: there is a page on
    which answered requests can be looked at."""
    looking = (Step(ANSWERS, LOOK),) if may_look and answered_by(took) else ()
    if len(took) == 1:
        one = took[0]
        outcome = of_fault(one.fault, NOT_TAKEN) if one.fault else _of_taken(one.taken)
        return replace(outcome, steps=(*looking, *outcome.steps))
    told = tuple(f"{one.name}：{_in_a_line(one)}" for one in took)
    wrong = sum(one.fault is not None for one in took)
    if wrong:
        return Outcome("warn", f"{wrong} 个文件没有导入", told, looking)
    return Outcome("ok", "回执已导入", told, looking)


def answered_by(took: Sequence[Took]) -> list[Answered]:
    """The requests that these receipts brought the street's answer to, each once."""
    found = [one for each in took if each.taken for one in each.taken.answered]
    return list({one.uid: one for one in found}.values())


def of_reconciled(met: Reconciled) -> Outcome:
    """What 重新对账 has done, number by number; the records are in the lists below."""
    if not met.adopted:
        return Outcome("ok", "已经对得上", (met.sentence,))
    told = [
        f"接上街道的 {number(met.adopted)} 条变更；本机后来的 {number(met.reappended)} 条都保留，"
        f"接在后面。新编号改用 {met.letter} 序列。",
        _told(len(met.conflicts), "条记录两边都改过，怎么处理的列在下面“对账结果”里。"),
        _told(len(met.renumbered), "个编号和原来的电脑重了，本机的加了后缀，列在“对账结果”里。"),
        _told(met.pending, "个栏目街道没有完整内容，列在“待补”里，有空时补上。"),
        _told(met.lost, "条记录街道也没有明细，只保留了计数。"),
        "现在请上报一次。",
    ]
    return Outcome("ok", "对账完成", tuple(filter(None, told)))


def _told(count: int, words: str) -> str:
    return f"{number(count)} {words}" if count else ""


def _in_a_line(one: Took) -> str:
    if one.fault is not None:
        return one.fault.words
    if one.taken is None:
        return ""
    return "".join((one.taken.sentence, one.taken.next_step, *_answered(one.taken.answered)[:1]))


def _of_taken(taken: Taken | None) -> Outcome:
    assert taken is not None
    said = [taken.sentence, taken.next_step]
    if taken.street_says and taken.street_says not in said:
        said.append(f"街道说：{taken.street_says}")
    said += _answered(taken.answered)
    said += _parked(taken.parked)
    steps: tuple[Step, ...] = ()
    if taken.returned:
        tone, headline = "warn", "街道退回了一份上报包"
        said.insert(0, f"退回原因：{taken.returned}")
    else:
        tone, headline = _HEADLINES[taken.answer]
    if taken.must_reconcile:
        steps = (Step(RECONCILE, "导入对账文件…"),)
    return Outcome(tone, headline, tuple(filter(None, said)), steps)


_HEADLINES = {
    Answer.CONFIRMS: ("ok", "已确认"),
    Answer.REPEATS: ("info", "已经收过"),
    Answer.BACK: ("info", "街道恢复过旧备份"),
    Answer.OTHER_PAST: ("info", "需要重新对账"),
}


def _answered(answered: Sequence[Answered]) -> list[str]:
    """To which requests the street has said something: a few by name, the rest by their number."""
    if not answered:
        return []
    told = [f"街道答复了 {number(len(answered))} 条吹哨，写在诉求里："]
    told += [f"　{one.number} {one.title}" for one in answered[:_PARKED_SHOWN]]
    if len(answered) > _PARKED_SHOWN:
        told.append(f"　……另有 {number(len(answered) - _PARKED_SHOWN)} 条")
    return told


def _parked(parked: Sequence[ParkedHere]) -> list[str]:
    """What the street has put aside: a few by name, the rest by their number."""
    if not parked:
        return []
    told = [f"街道暂存了 {number(len(parked))} 条，等街道处理，本站不用重报："]
    told += [f"　{one.label} {one.number}　{one.reason}" for one in parked[:_PARKED_SHOWN]]
    if len(parked) > _PARKED_SHOWN:
        told.append(f"　……另有 {number(len(parked) - _PARKED_SHOWN)} 条")
    return told
