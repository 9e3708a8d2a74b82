"""What the screens of an import say: verdicts, steps, counts, outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.route import OpenPage
from desktop_app.core.wording import number
from desktop_app.station.importing.rules.history import Import, ImportState
from desktop_app.station.importing.rules.trial import Choice, Judged, Verdict
from desktop_app.station.importing.service import Outcome, reasons_of
from desktop_app.widgets.chips import ChipText

TITLE, HISTORY = "导入表格", "历史导入"
NOT_READ = "不导入"


class Step(Enum):
    """The five steps, by the word of each."""

    FILE = "文件"
    HEADING = "表头"
    MAPPING = "对应"
    PREVIEW = "预览"
    RESULT = "结果"

    @property
    def place(self) -> int:
        return list(Step).index(self)


PROBLEMS_FIRST = (
    Verdict.WRONG,
    Verdict.DUPLICATE,
    Verdict.UPDATE,
    Verdict.NEW,
    Verdict.SAME,
)

_TONES = {
    Verdict.WRONG: "late",
    Verdict.DUPLICATE: "warn",
    Verdict.UPDATE: "info",
    Verdict.NEW: "ok",
    Verdict.SAME: "quiet",
}
_ICONS = {Verdict.WRONG: "circle-x", Verdict.NEW: "plus", Verdict.UPDATE: "pencil"}

CHOICES = {
    Choice.LEAVE: "先不导入",
    Choice.SAME: "是同一条",
    Choice.NEW: "是另一条",
}
MEANS = {Choice.LEAVE: "", Choice.SAME: "（不导入）", Choice.NEW: "（新增）"}
"""What becomes of a row of which that was decided."""
_DECIDED = {
    Choice.SAME: ChipText("同一条", "quiet", "check"),
    Choice.NEW: ChipText("另一条", "ok", "plus"),
}

STATES = {
    ImportState.RUNNING: "info",
    ImportState.DONE: "ok",
    ImportState.TAKING_BACK: "info",
    ImportState.TAKEN_BACK: "quiet",
    ImportState.PARTLY: "warn",
}


def chip_of(verdict: Verdict, choice: Choice | None = None) -> ChipText:
    """A row's verdict, and what was decided of it when it is in doubt."""
    if verdict is Verdict.DUPLICATE and choice in _DECIDED:
        return _DECIDED[choice]
    return ChipText(verdict.label, _TONES[verdict], _ICONS.get(verdict, ""))


def reason_of(one: Judged) -> str:
    """Why a row is what it is, in one line."""
    if one.verdict is Verdict.UPDATE:
        return f"改动 {'、'.join(change.label for change in one.differences)}"
    if one.verdict is Verdict.SAME:
        return "".join(one.notes)
    reasons = reasons_of(one)
    if one.verdict is Verdict.DUPLICATE:
        reasons = tuple(reason.removeprefix("可能重复：") for reason in reasons)
    more = f"（共 {len(reasons)} 处）" if len(reasons) > 1 else ""
    return f"{reasons[0]}{more}" if reasons else ""


def counted(counts: Mapping[Verdict, int]) -> str:
    """新增 4,790 条，更新 22 条: what there is of each, without what there is none of."""
    return "，".join(
        f"{verdict.label} {number(counts[verdict])} 条"
        for verdict in (Verdict.NEW, Verdict.UPDATE, *PROBLEMS_FIRST[:2], Verdict.SAME)
        if counts.get(verdict)
    )


def counts_of(made: Import) -> dict[Verdict, int]:
    """The counts of an import that is on record."""
    return {verdict: made.counts.get(verdict.value, 0) for verdict in Verdict}


def taken_in(made: Import) -> int:
    """How many records an import wrote."""
    counts = counts_of(made)
    return counts[Verdict.NEW] + counts[Verdict.UPDATE]


def headline(outcome: Outcome) -> str:
    """What an import came to, for across the room."""
    done = outcome.counts[Verdict.NEW] + outcome.counts[Verdict.UPDATE]
    return f"已导入 {number(done)} 条" if done else "没有可导入的行"


def outcome_words(outcome: Outcome, ledger: str) -> tuple[str, ...]:
    """The sentences below it."""
    counts = outcome.counts
    told = [f"编号 {outcome.made.number}，{ledger}：{counted(counts) or '没有改动'}。"]
    if outcome.left:
        told.append(
            f"没有导入的有 {number(len(outcome.left))} 行，可以另存为工作簿，"
            "照“原因”一列改好后再导入一次。"
        )
    return tuple(told)


def time_left(seconds: float) -> str:
    """How long it will still take, as one says it."""
    if seconds < 10:
        return "马上就好"
    if seconds < 90:
        return f"还要约 {round(seconds / 5) * 5} 秒"
    return f"还要约 {round(seconds / 60)} 分钟"


def sheet_letter(place: int) -> str:
    """A, B, …, Z, AA: a column as a spreadsheet calls it."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def without_undo(changed: Changed[Any]) -> Changed[Any]:
    """What was changed, without the undo of the strip: taking back thousands of records takes
    its time, and happens behind the window."""
    return Changed(changed.kinds, changed.uids, changed.value)


_SETTINGS = "settings"
_LISTED_ELSEWHERE = {
    "memberships": OpenPage("teams"),
    "attendance": OpenPage("activities"),
    "claims": OpenPage("posts"),
    "shifts": OpenPage("posts"),
    "places": OpenPage(_SETTINGS, "places"),
    "place_links": OpenPage(_SETTINGS, "places"),
    "matters": OpenPage(_SETTINGS, "matters"),
    "working_days": OpenPage(_SETTINGS, "working_days"),
}


def list_of(kind: str) -> OpenPage:
    """Where records of a kind are listed in the window."""
    return _LISTED_ELSEWHERE.get(kind, OpenPage(kind))
