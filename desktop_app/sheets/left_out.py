"""Rows of an old ledger that are no records: sums, signatures, headings that come again. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop_app.core.text import half_width, visible
from desktop_app.sheets.heading import Heading
from desktop_app.sheets.spec import Cell


class Why(Enum):
    """Why a row is left out; the value is the counter of `Left`."""

    EMPTY = "empty"
    SUM = "sums"
    SIGNATURE = "signatures"
    HEADING = "headings"


@dataclass
class Left:
    """How many rows were left out of what was read so far."""

    empty: int = 0
    sums: int = 0
    signatures: int = 0
    headings: int = 0

    def count(self, why: Why) -> None:
        setattr(self, why.value, getattr(self, why.value) + 1)

    @property
    def total(self) -> int:
        return self.empty + self.sums + self.signatures + self.headings

    @property
    def words(self) -> str:
        """As a screen tells it: `空行3行、合计1行`; empty when nothing was left out."""
        told = (
            ("空行", self.empty),
            ("合计", self.sums),
            ("签名或说明", self.signatures),
            ("重复的表头", self.headings),
        )
        return "、".join(f"{word}{count}行" for word, count in told if count)


_SUM = re.compile(
    r"(?:本?[页月季年日周半]{0,2}度?)?(?:合计|小计|总计|共计|累计|总合计|总数)(?:人数|人次|数量|金额|数)?"
    r"[:\d,.人次件户条元()]*"
)
_SIGNERS = (
    "制表|填表|审核|审批|复核|负责|经办|统计|登记|记录|填报|报送|核对|校对|验收|证明|盖章|签字|签名|主管|分管|"
    "单位负责|部门负责|站长|书记|主任|领导|联系|监督|接收|移交|交接"
)
_SIGNATURE = re.compile(
    rf"(?:{_SIGNERS})(?:人员|人|单位|日期|时间|领导|员|者|部门|电话)?(?:\(?(?:签字|签名|签章|盖章|公章|章)\)?)?"
    r"(?::.*|\(?(?:签字|签名|盖章)\)?|)"
)
_LABEL_ONLY = re.compile(
    rf"(?:{_SIGNERS})(?:人员|人|单位|日期|时间|领导|员|者|部门)(?:\(?(?:签字|签名|签章|盖章|公章|章)\)?)?:?"
)
_NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填写说明|注意事项|附注|备考|附)[:：]?\d?.*", re.DOTALL
)


def finder_of(
    heading: Heading, rows: Sequence[Sequence[Cell]]
) -> Callable[[Sequence[Cell]], Why | None]:
    """What tells of a row below the heading whether it is left out, quick for one that is not."""
    head_rows = [
        {_plain(cell) for cell in row if _plain(cell)}
        for row in rows[heading.first : heading.last + 1]
    ]
    labels = {_plain(label) for label in heading.labels if label}
    heads = [*head_rows, labels]
    title = _plain(heading.title)
    verdicts: dict[str, bool] = {}

    def suspicious(text: str) -> bool:
        known = verdicts.get(text)
        if known is None:
            plain = _plain(text)
            known = bool(
                _SUM.fullmatch(plain)
                or _SIGNATURE.fullmatch(plain)
                or _NOTE.fullmatch(plain)
                or plain == title
                or any(plain in head for head in heads)
            )
            verdicts[text] = known
        return known

    def why(row: Sequence[Cell]) -> Why | None:
        first = next((cell for cell in row if not (cell is None or cell == "")), None)
        if isinstance(first, str):
            if first and not first.strip():
                return why(
                    [cell for cell in row if not (isinstance(cell, str) and not cell.strip())]
                )
            return _verdict(row, heads, title) if suspicious(first) else None
        return Why.EMPTY if first is None else None

    return why


def _plain(cell: Cell) -> str:
    return "".join(half_width(visible(str(cell)[:200])).split()) if cell is not None else ""


def _verdict(row: Sequence[Cell], heads: Sequence[set[str]], title: str) -> Why | None:
    words = [word for word in map(_plain, row) if word]
    if any(len(set(words) & head) >= max(2, (len(words) + 1) // 2) for head in heads):
        return Why.HEADING
    if len(words) == 1 and (words[0] == title or any(words[0] in head for head in heads)):
        return Why.HEADING if words[0] == title else None
    if _SUM.fullmatch(words[0]):
        return Why.SUM
    with_colon = ":" in words[0]
    if (
        _SIGNATURE.fullmatch(words[0])
        and (with_colon or _LABEL_ONLY.fullmatch(words[0]))
        and len(words) <= 8
    ):
        return Why.SIGNATURE
    if len(words) == 1 and _NOTE.fullmatch(words[0]):
        return Why.SIGNATURE
    return None
