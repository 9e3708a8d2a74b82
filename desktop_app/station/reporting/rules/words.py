"""The sentences of reporting: what happened, that nothing is lost, and what to do now. Pure."""

from __future__ import annotations

from desktop_app.core.tally import Tally
from desktop_app.station.reporting.rules.answers import Answer

Words = tuple[str, str]
"""What happened, and the next step."""

_RECONCILE = "请先向街道要一份对账文件，做一次“重新对账”，不用重新录入任何内容。"


def must_reconcile(ahead: int, own: int) -> Words:
    """The street has another past than this home: nothing may be exported before 重新对账."""
    if ahead > own:
        return (
            f"街道已经收到本站第 {ahead} 条变更，而本机只到第 {own} 条，"
            "说明本机是从备份恢复的，缺了备份以后的内容。现在不能上报，数据都在。",
            _RECONCILE,
        )
    return (
        f"街道收到的第 {ahead} 条变更和本机的不一样，"
        "说明本机是从备份恢复的，或者另有一台电脑也在用这份数据。现在不能上报，数据都在。",
        _RECONCILE,
    )


def taken_words(answer: Answer, until: int, confirmed: int, photos: int) -> Words:
    """What a receipt did."""
    if answer is Answer.REPEATS:
        return "这份回执以前已经收过，或者后来又收过更新的，没有改动。", "不用再做什么。"
    if answer is Answer.BACK:
        return (
            f"街道恢复过旧备份，现在只到本站第 {until} 条变更；后面的本机都还留着，没有丢。",
            "请再上报一次，会自动补上街道缺的部分。",
        )
    if until == 0:
        return "街道还没有收下过本站的内容，数据都在本机。", "请上报。"
    told = f"街道已经确认到第 {until} 条变更" + (f"、照片 {photos} 张" if photos else "")
    return (f"{told}，{confirmed} 次上报变为已确认。" if confirmed else f"{told}。"), ""


def unlike(label: str, theirs: Tally, ours: Tally) -> Words:
    """Both sides have the same log and count its records differently."""
    return (
        f"回执里的“{label}”和本机对不上：街道 {theirs.rows} 条（{theirs.changes} 次变更），"
        f"本机 {ours.rows} 条（{ours.changes} 次变更）。没有确认，数据都在。",
        "请在本机做一次数据检查，并把这份回执告诉街道，两边核对后再上报。",
    )


def look_words(is_receipt: bool, fits: bool, until: int, own: int) -> Words:
    """What a sound file from the street is, before it is taken in."""
    if not fits:
        return must_reconcile(until, own)
    if is_receipt:
        return f"文件完好，是街道给本站的回执，到第 {until} 条变更。", "可以收下。"
    return f"文件完好，是街道给本站的对账文件，到第 {until} 条变更。", "可以重新对账。"
