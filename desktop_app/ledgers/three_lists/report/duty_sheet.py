"""任务交办单: one page that goes to the unit with the task, and back with its signature.

It says what is wrong, where and by when, never who raised it: a unit that must speak with residents
is brought to them by the station.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.letterhead import Letterhead
from desktop_app.ledgers.three_lists.report.data import (
    DutyData,
    affected_words,
    amount_words,
    place_of,
)
from desktop_app.printing.blocks import Block, Note, Paragraph, Spacer, written_date
from desktop_app.printing.document import Document
from desktop_app.printing.form_frame import FormFrame
from desktop_app.printing.key_values import KeyValues, Pair

TITLE = "任务交办单"

_SIZES = ((450, 12.0), (750, 10.5), (1000, 9.0))
"""Up to so many characters of text, type of this size: the sheet stays one page."""
_CUT = "……（全文在本站）"


def duty_sheet(told: DutyData, head: Letterhead) -> Document:
    """The task as it is handed to a unit."""
    duty = told.duty
    return Document(
        TITLE,
        tuple(_blocks(told, head)),
        head.made_at,
        FormFrame(
            head.station,
            head.made_at,
            (
                f"编号：{duty.number}　　问题编号：{duty.problem_number}",
                f"交办日期：{written_date(duty.proposed_on)}",
            ),
            mark=head.mark,
        ),
        author=head.signed_by,
        subject=duty.number,
    )


def _blocks(told: DutyData, head: Letterhead) -> Iterator[Block]:
    duty = told.duty
    yield KeyValues(tuple(_pairs(told)), size=_size(told))
    yield Paragraph(
        f"请于{written_date(duty.due)}前办理完毕。不能承接的，请在接到本单后及时退回并说明原因；"
        "确需延期的，请在时限前提出。办理中请把进展告诉本站；办完后请附照片等佐证，"
        "由本站申请销号，经第二人复核后销号。",
        flush=True,
    )
    yield Spacer(0.4)
    yield KeyValues(
        (
            Pair("交办单位\n（盖章）", f"{head.signed_by}\n\n"),
            Pair("交办人签字", ""),
            Pair("联系电话", head.phone),
            Pair("交办日期", _BLANK_DAY),
            Pair("接收单位\n（盖章）", "\n\n"),
            Pair("责任人签字", ""),
            Pair("接收意见", "□同意承接　□退回，原因：", wide=True),
            Pair("接收日期", _BLANK_DAY, wide=True),
        ),
        size=12.0,
    )
    yield Note("本单不写居民的姓名、电话和门牌；需要联系居民的，由本站陪同或代为联系。")


_BLANK_DAY = "　　　年　　月　　日"


def _pairs(told: DutyData) -> Iterator[Pair]:
    duty, problem = told.duty, told.problem
    longest = _SIZES[-1][0] // 2
    if problem is not None:
        yield Pair("来源", problem.source.label)
        yield Pair("提出日期", written_date(problem.raised_on))
        yield Pair("位置", place_of(problem, told.places) or "—")
        yield Pair("涉及", affected_words(problem) or "—")
        yield Pair("类别", problem.category)
        yield Pair("紧急度", problem.urgency.label)
        yield Pair("问题", _short(problem.description, longest), wide=True)
    yield Pair("责任单位", duty.unit)
    yield Pair("责任人", duty.person)
    yield Pair("配合单位", duty.helpers or "—")
    yield Pair("责任层级", duty.level.label)
    if told.offer is not None:
        amount = amount_words(duty.amount, told.offer)
        said = f"{told.offer.resource}" + (f"，{amount}" if amount else "")
        yield Pair("所用资源", f"{said}（{told.offer.number}）", wide=True)
    yield Pair("措施", _short(duty.measures, longest), wide=True)
    yield Pair("完成时限", written_date(duty.due), wide=True)


def _size(told: DutyData) -> float:
    text = len(told.duty.measures) + (len(told.problem.description) if told.problem else 0)
    return next((size for most, size in _SIZES if text <= most), _SIZES[-1][1])


def _short(text: str, most: int) -> str:
    """Lines are let run on where there are many, so that the sheet keeps to its page."""
    if text.count("\n") > 8:
        text = " ".join(text.split())
    return text if len(text) <= most else text[: most - len(_CUT)] + _CUT
