"""The sentences of the inbox: what became of a file, and what to do now. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.core.clock import Millis, Zone
from desktop_app.street.inbox.rules.verdicts import Judgement, Outcome, Standing, Writer

Words = tuple[str, str]
"""What happened, and the next step."""

_NOTHING_CHANGED = "没有收下，本机数据没有任何改动"

_DEEDS = (
    ("new", "新增"),
    ("changed", "更改"),
    ("deleted", "删除"),
    ("withheld", "只计数"),
    ("filled", "补全"),
)


def sound(name: str, first: int, last: int) -> Words:
    """A file that would be taken in now."""
    what = numbers(first, last).removeprefix("的")
    return f"“{name}”的文件完整、签名正确，接得上街道已收到的内容，可以收下{what}。", "请导入。"


def applied(name: str, first: int, last: int, counts: Mapping[str, Mapping[str, int]]) -> Words:
    """A bundle was taken in; `counts` by the word of each kind."""
    parked = sum(of.get("parked", 0) for of in counts.values())
    said = f"已收下“{name}”{numbers(first, last)}{_deeds(counts)}。"
    if not parked:
        return said, "请把回执交给站点。"
    said += f"其中 {parked} 条暂时放不进台账，已原样暂存，没有丢。"
    return said, "请把回执交给站点，并在“暂存”中查看原因。"


UNREAD = "文件里另有本机不认识的内容，由更新版本的近邻台写成，没有收下。"
UNREAD_STEP = "请升级街道的近邻台，并留着这个文件。"


def numbers(first: int, last: int) -> str:
    """第 5—9 号变更; without changes, that there are none."""
    if last < first:
        return "的补充内容（没有新的变更）"
    if last == first:
        return f"第 {first} 号变更"
    return f"第 {first}—{last} 号变更"


def _deeds(counts: Mapping[str, Mapping[str, int]]) -> str:
    told = [
        f"{label}{'、'.join(parts)}"
        for label, of in counts.items()
        if (parts := [f"{word} {of[deed]}" for deed, word in _DEEDS if of.get(deed)])
    ]
    return "：" + "；".join(told) if told else ""


def not_applied(
    name: str, standing: Standing, judgement: Judgement, held_at: Millis | None, zone: Zone
) -> Words:
    """Why a bundle was not applied; `held_at` as in `forked`."""
    if judgement.outcome is Outcome.DUPLICATE:
        return duplicate(name, standing)
    if judgement.outcome is Outcome.GAP:
        return gap(name, standing, judgement)
    return forked(name, judgement, held_at, zone)


def duplicate(name: str, standing: Standing) -> Words:
    return (
        f"“{name}”的这个上报包以前已经收下（已收到第 {standing.applied} 号），没有重复计入。",
        "请把回执交给站点，站点就知道已经送到。",
    )


def gap(name: str, standing: Standing, judgement: Judgement) -> Words:
    first, last = judgement.missing
    held = f"街道收到第 {standing.applied} 号" if standing.applied else "街道还没有收到过它的内容"
    return (
        f"“{name}”的上报包接不上：{held}，中间缺{numbers(first, last)}，{_NOTHING_CHANGED}。",
        "请先导入缺少的那个上报包；找不到时把回执交给站点，站点会从缺的地方重新上报。",
    )


def forked(name: str, judgement: Judgement, held_at: Millis | None, zone: Zone) -> Words:
    """A bundle contradicts what the street has; `held_at` is when the change was made from which
    on the two differ, as the street has it."""
    since = "" if held_at is None else f"（{zone.local(held_at):%Y-%m-%d %H:%M}）"
    place = f"从第 {judgement.forked_at} 号变更{since}起与街道已收到的不同"
    return (
        f"“{name}”的上报包{place}：{_WHO[judgement.writer]}，{_NOTHING_CHANGED}，也没有丢失。",
        _FORK_STEPS[judgement.writer],
    )


_WHO: Mapping[Writer | None, str] = {
    Writer.OLD_PC: "它是恢复或重新登记之前的那台电脑写的",
    Writer.RESTORED: "站点恢复过旧的备份，之后又接着登记",
    Writer.COPY: "同一份数据被复制成了两份，两份都在登记",
}
_RECONCILE = "请为该站生成“重新对账”文件，站点导入后两边的记录都会保留，不用重新录入。"
_FORK_STEPS: Mapping[Writer | None, str] = {
    Writer.OLD_PC: "请让站点停用那台旧电脑；它里面若有没上报过的登记，请联系街道管理员处理。",
    Writer.RESTORED: _RECONCILE,
    Writer.COPY: f"请让站点只留一份在用。{_RECONCILE}",
}


def photos(name: str, stored: int, again: int, strangers: int, missing: int) -> Words:
    """Photos came: new ones, known ones, such as no row points at, and how many are to come."""
    said = f"已收下“{name}”的照片 {stored} 张"
    if again:
        said += f"，另有 {again} 张以前已收下"
    if strangers:
        said += f"；{strangers} 张还没有对应的记录，没有留下，站点以后会再送"
    said += f"。还有 {missing} 张照片待到。" if missing else "。"
    return said, "请把回执交给站点。"


def photos_duplicate(name: str, again: int) -> Words:
    return (
        f"“{name}”的这 {again} 张照片以前已经收下，没有重复保存。",
        "请把回执交给站点，站点就知道已经送到。",
    )


def ahead(offset: int) -> str:
    """What is said besides when a station's clock is ahead; nothing when it is not."""
    if offset < _NOTICED_MS:
        return ""
    hours, minutes = divmod(offset // 60_000, 60)
    amount = f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分钟"
    return f"站点电脑的时间快了 {amount}，请提醒校准。"


_NOTICED_MS = 10 * 60_000


def backwards(made_at: Millis, before: Millis, zone: Zone) -> str:
    """What is said when a station's clock shows an earlier time than in the bundle before."""
    if made_at >= before - _NOTICED_MS:
        return ""
    shown = zone.local(made_at)
    return f"站点电脑的时间（{shown:%Y-%m-%d %H:%M}）比上次上报时还早，请提醒校准。"
