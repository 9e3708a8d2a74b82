"""What is printed of requests: a period's ledger (诉求台账) and the 处—调—裁—执 slip of a dispute.

The slip goes to another body: it says no name, no phone and no door of anybody unless the resident
has agreed (居民同意提供, amendment 39). Petitions are counted and stand in no list (信访工作条例).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.masking import mask_name, mask_phone
from desktop_app.ledgers.requests.rules.request import (
    Action,
    DisputeStage,
    Request,
    RequestKind,
    RequestState,
    action_words,
)
from desktop_app.printing.blocks import Block, Note, Paragraph, Signature, Spacer, written_date
from desktop_app.printing.document import Document
from desktop_app.printing.form_frame import FormFrame
from desktop_app.printing.key_values import KeyValues, Pair
from desktop_app.printing.page import LedgerFrame
from desktop_app.printing.paragraph import Align
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column

LEDGER_TITLE = "诉求台账"
SLIP_TITLE = "物业纠纷移交单"

Places = Mapping[Uid, str]
"""The names of the 小区 that requests point at."""

_COLUMNS = (
    Column("编号", weight=0),
    Column("提出日期", Align.CENTER, weight=0),
    Column("类型\n来源", Align.CENTER, weight=0),
    Column("姓名", Align.CENTER, weight=0.4),
    Column("联系电话", Align.CENTER, weight=0),
    Column("小区", weight=0.5),
    Column("事项", weight=1.3),
    Column("承办", weight=0.6),
    Column("到期日", Align.CENTER, weight=0),
    Column("状态", Align.CENTER, weight=0),
    Column("结果", weight=1.3),
)
_SHORT_STATES = {RequestState.NOT_OURS: "不属本站办理"}
_BOX = {True: "■", False: "□"}
_UNTOLD = frozenset(
    {
        Action.SET_STAGE,
        Action.CORRECT,
        Action.UNDO,
        Action.ADD_PHOTOS,
        Action.REMOVE_PHOTO,
        Action.JOIN,
    }
)
"""Steps that say nothing of how a dispute was dealt with."""


def ledger(
    rows: Iterable[Request],
    told: str,
    head: Letterhead,
    *,
    places: Places,
    masked: bool = True,
    petitions: int = 0,
) -> Document:
    """诉求台账, one row a request, in the order of `rows`.

    `told` are the period and what the rows were narrowed to. Phones are always masked, names unless
    `masked` is False: whether somebody may have them is asked by the caller. `petitions` are those
    of the period, which no list gives; any among the rows are counted, too.
    """
    every = list(rows)
    listed = [request for request in every if not request.petition]
    petitions += len(every) - len(listed)
    return Document(
        LEDGER_TITLE,
        (
            Table(_COLUMNS, [_row(request, places, masked) for request in listed]),
            *_counts(listed, petitions),
        ),
        head.made_at,
        LedgerFrame(head.station, told, head.operator, head.made_at, mark=head.mark),
        author=head.signed_by,
        subject=told,
    )


def _row(request: Request, places: Places, masked: bool) -> tuple[str, ...]:
    compound = places.get(request.compound, "") if request.compound else ""
    return (
        request.number,
        f"{request.day:%Y-%m-%d}" + ("\n（补录）" if request.late_entry else ""),
        f"{request.kind.label}\n{request.source.label}",
        mask_name(request.name) if masked else request.name,
        request.phone if "*" in request.phone else mask_phone(request.phone),
        f"{compound}{request.building}",
        request.title,
        request.assignee.words if request.assignee else "",
        f"{request.due:%Y-%m-%d}" if request.due else "",
        _state(request),
        request.result or request.forwarded_to,
    )


def _state(request: Request) -> str:
    return _SHORT_STATES.get(request.state, request.state_words)


def _counts(listed: Sequence[Request], petitions: int) -> Iterator[Block]:
    """What the rows above come to, by kind."""
    kinds = Counter(request.kind for request in listed)
    parts = "、".join(f"{kind.label}{kinds[kind]}件" for kind in RequestKind if kinds[kind])
    closed = sum(request.state is RequestState.CLOSED for request in listed)
    opened = sum(request.open for request in listed)
    # One note, so that no page ever holds its second half alone.
    yield Note(
        f"以上共{len(listed)}件"
        + (f"，其中{parts}" if parts else "")
        + f"；已办结{closed}件，在办{opened}件。"
        + (f"另有信访渠道告知{petitions}件，只计件数，不列明细。" if petitions else "")
        + "口径：一件诉求、点单或微心愿计一件；到期日是本站时限的最后一天，部门时限不计。"
    )


def dispute_slip(request: Request, compound: str, head: Letterhead) -> Document:
    """The 处—调—裁—执 slip with which a property dispute goes to whoever deals with it next.

    `request` comes from `service.for_handing_over`, which leaves out what must not be told. Raises
    `UserError` for a petition, and for a request that is marked as no dispute.
    """
    if request.petition:
        raise UserError("信访渠道告知只计件数，不打印移交单。", "请改为告知信访渠道。")
    if request.dispute_stage is None:
        raise UserError(
            f"这件{request.kind.label}没有标注处—调—裁—执阶段，没有生成移交单。",
            "请先用“标注纠纷阶段”标明现在到了哪一步。",
            field="dispute_stage",
        )
    return Document(
        SLIP_TITLE,
        tuple(_slip(request, compound, head)),
        head.made_at,
        FormFrame(
            head.station,
            head.made_at,
            (f"编号：{request.number}", f"移交日期：{written_date(head.day)}"),
            mark=head.mark,
        ),
        author=head.signed_by,
        subject=request.number,
    )


def _slip(request: Request, compound: str, head: Letterhead) -> Iterator[Block]:
    yield KeyValues(tuple(_told(request, compound, head)), size=12.0)
    yield Note(
        "居民已同意向受理单位提供以上身份信息，仅用于办理本纠纷。"
        if request.consented
        else "居民没有同意提供身份信息，本单不写姓名、电话和门牌；需要时由本站联系居民本人。"
    )
    yield KeyValues(_TO_BE_WRITTEN, size=12.0)
    yield Paragraph(
        "本单只说明本站登记和跟进的情况，不是对纠纷的认定；请办理后反馈本站。", flush=True
    )
    yield Spacer(0.5)
    yield Signature(head.signed_by, head.day, sealed=bool(head.issuer))


_TO_BE_WRITTEN = (
    Pair("移交事由和\n本站意见", "\n\n\n", wide=True),
    Pair("受理单位", ""),
    Pair("接收人签字", ""),
    Pair("受理意见和\n办理结果", "\n\n\n\n", wide=True),
    Pair("反馈日期", ""),
    Pair("反馈人签字", ""),
)
"""What both sides fill in by hand."""


def _told(request: Request, compound: str, head: Letterhead) -> Iterator[Pair]:
    stages = "　→　".join(
        f"{_BOX[stage is request.dispute_stage]}{stage.label}" for stage in DisputeStage
    )
    yield Pair("现在阶段", stages, wide=True)
    yield Pair("纠纷事项", request.title, wide=True)
    yield Pair("业务类别", request.category or "物业服务")
    yield Pair("来源", request.source.label)
    yield Pair("提出日期", written_date(request.day))
    yield Pair("紧急度", request.urgency.label)
    yield Pair("小区", compound or "—", wide=not request.consented)
    if request.consented:
        yield Pair("门牌", _door(request) or "—")
        yield Pair("居民姓名", request.name or "—")
        yield Pair("联系电话", request.phone or "—")
        if request.summary:
            yield Pair("详细情况", request.summary, wide=True)
    yield Pair("已经办理", _course(request, head), wide=True)


def _door(request: Request) -> str:
    return "-".join(part for part in (request.building, request.unit, request.room) if part)


def _course(request: Request, head: Letterhead) -> str:
    """The days and the steps, without what was said: words may name somebody."""
    lines = [
        f"{written_date(head.local(step.at).date())}　{action_words(step.action, request.kind)}"
        for step in request.steps
        if step.action not in _UNTOLD
    ]
    if request.consented and request.result:
        lines.append(f"办理结果：{request.result}")
    return "\n".join(lines) or "—"
