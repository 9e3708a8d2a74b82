"""志愿服务记录证明 (民发〔2015〕149号, 民政部令第67号; templates.md 5), and the summary that is no
certificate. Pure.

The certificate says what was written into it when it was issued and nothing of today. Hours are
folded from minutes once, at the end, and the rule stands below them. It names a person in full,
because it is that person's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.core.hours import HOURS_RULE, folded, hours_words
from desktop_app.core.identity import Gender
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.sentences import Sentence
from desktop_app.ledgers.service.rules.certificate import (
    NO_CERTIFICATE,
    ONLY_HERE,
    Certificate,
    CertificateState,
    Line,
)
from desktop_app.ledgers.service.rules.code import shown
from desktop_app.ledgers.service.service.checking import Summary
from desktop_app.printing.blocks import (
    Block,
    Note,
    PageBreak,
    Paragraph,
    Signature,
    Spacer,
    written_date,
)
from desktop_app.printing.document import Document
from desktop_app.printing.fonts import Role
from desktop_app.printing.form_frame import FormFrame
from desktop_app.printing.key_values import KeyValues, Pair
from desktop_app.printing.paragraph import Align, Span
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Cell, Column, Row

TITLE = "志愿服务记录证明"
SUMMARY_TITLE = NO_CERTIFICATE
_VOID = "已作废"
_MARK = "※"
_SIZE = 10.5

_GAPS = (
    "志愿者姓名", "证件类型", "证件号码", "志愿者编号", "起始日期", "截止日期", "小时数", "次数",
    "用途", "记录单位",
)  # fmt: skip
CERTIFICATE_SENTENCES = (
    Sentence(
        "statement",
        "证明事项",
        "兹证明{志愿者姓名}于{起始日期}至{截止日期}期间参加我单位组织的志愿服务{次数}次，"
        "累计服务时间{小时数}小时，情况如下：",
        _GAPS,
    ),
    Sentence("recorded", "记录说明", "以上记录由我单位如实记录并确认，不含未确认时间。", _GAPS),
    Sentence("uploaded", "全部已录入", "已录入全国志愿服务信息系统，可在该系统查验。", _GAPS),
    Sentence("free", "无偿出具", "本证明无偿出具。", _GAPS),
    Sentence("free_for", "无偿出具（写明用途）", "本证明无偿出具，用于{用途}。", _GAPS),
)
"""志愿服务记录证明."""

SUMMARY_SENTENCES = (
    Sentence("notice", "首行说明", "本汇总供本人核对使用，不作证明。", _GAPS),
    Sentence(
        "statement",
        "汇总事项",
        "{志愿者姓名}（志愿者编号：{志愿者编号}）{起始日期}至{截止日期}参加志愿服务{次数}次，"
        "累计服务时间{小时数}小时，情况如下：",
        _GAPS,
    ),
)
"""志愿服务记录汇总（非证明）."""

_COLUMNS = (
    Column("序号", Align.CENTER, weight=0),
    Column("日期", Align.CENTER, weight=0),
    Column("活动（岗位）名称", weight=1),
    Column("服务内容", weight=1.4),
    Column("服务时间", Align.RIGHT, weight=0),
    Column("活动负责人", Align.CENTER, weight=0),
)


@dataclass(frozen=True, slots=True)
class CertificateData:
    """A certificate in full, and the numbers of the ones it replaces and is replaced by."""

    certificate: Certificate
    replaces: str = ""
    replaced_by: str = ""

    @property
    def void(self) -> bool:
        return self.certificate.state is CertificateState.VOID


def certificate_values(told: CertificateData) -> dict[str, str]:
    """What the gaps are filled with: as it was issued."""
    one = told.certificate
    return {
        "志愿者姓名": one.name,
        "证件类型": one.id_kind.label if one.id_kind else "",
        "证件号码": one.id_number,
        "志愿者编号": one.national_number or one.volunteer_number,
        "起始日期": written_date(one.first),
        "截止日期": written_date(one.last),
        "小时数": folded(one.minutes),
        "次数": str(len(one.lines)),
        "用途": one.purpose,
        "记录单位": one.issuer,
    }


def certificate(told: CertificateData, words: Mapping[str, str], head: Letterhead) -> Document:
    """The certificate; a void one says so on every page, and by which it was replaced."""
    one = told.certificate
    facts = [f"证明编号：{one.number}"]
    if told.void:
        facts.append(f"【{_VOID}】{_void_words(told)}")
    return Document(
        f"{TITLE}（{_VOID}）" if told.void else TITLE,
        tuple(_blocks(told, words)),
        head.made_at,
        FormFrame(one.issuer, head.made_at, tuple(facts), _mark(told, head), side=20, size=12.5),
        author=one.issuer,
        subject=one.number,
    )


def _mark(told: CertificateData, head: Letterhead) -> str:
    return "　".join(filter(None, (_VOID if told.void else "", head.mark)))


def _void_words(told: CertificateData) -> str:
    why = f"原因：{told.certificate.void_reason}。" if told.certificate.void_reason else ""
    instead = f"已另补发 {told.replaced_by}。" if told.replaced_by else ""
    return f"本证明不得再使用。{why}{instead}"


def _blocks(told: CertificateData, words: Mapping[str, str]) -> Iterator[Block]:
    one = told.certificate
    yield KeyValues(tuple(_person(one)), size=_SIZE)
    yield Paragraph(words["statement"])
    yield _table(one.lines, one.minutes, marked=bool(one.not_uploaded))
    yield Paragraph("".join(_said(told, words)))
    yield Note(HOURS_RULE)
    yield KeyValues(
        (
            Pair("记录单位", one.issuer),
            Pair("单位资格", one.issuer_kind),
            Pair("联系电话", one.phone),
            Pair("核对码", shown(one.code)),
            # As high as a hand needs that signs (亲笔签名).
            Pair("负责人", f"\n{one.head}　签名：\n"),
            Pair("经办人", f"\n{one.handler}　签名：\n"),
        ),
        size=_SIZE,
    )
    yield Note(f"{ONLY_HERE}凭证明编号和核对码，可到记录单位核对本证明与底档是否一致。")
    assert one.issued_on is not None, "what was never issued is not printed"
    yield Signature(one.issuer, one.issued_on)


def _person(one: Certificate) -> Iterator[Pair]:
    yield Pair("姓名", one.name)
    yield Pair("性别", one.gender.label if one.gender is not Gender.UNKNOWN else "")
    yield Pair(one.id_kind.label if one.id_kind else "证件", one.id_number)
    yield Pair("志愿者编号", one.volunteer_number)
    if one.national_number:
        yield Pair("全国志愿者编号", one.national_number, wide=True)


def _said(told: CertificateData, words: Mapping[str, str]) -> Iterator[str]:
    one = told.certificate
    yield words["recorded"]
    if one.not_uploaded:
        yield f"尚未录入全国志愿服务信息系统的{one.not_uploaded}条另行标注“{_MARK}”。"
    else:
        yield words["uploaded"]
    yield words["free_for" if one.purpose else "free"]
    if one.public_from and one.public_until:
        yield f"经本人同意，{written_date(one.public_from)}至{written_date(one.public_until)}公示。"
    if told.replaces:
        yield f"本证明系补发，原证明 {told.replaces} 已作废。"


def _table(lines: Sequence[Line], minutes: int, *, marked: bool) -> Table:
    rows: list[Row] = [_row(line, at, marked) for at, line in enumerate(lines, start=1)]
    total = f"{hours_words(minutes)}\n折合{folded(minutes)}小时"
    rows.append(("", Cell("合计"), f"{len(lines)}次", "", total, ""))
    return Table(_COLUMNS, rows, size=_SIZE)


def _row(line: Line, at: int, marked: bool) -> tuple[str, ...]:
    mark = _MARK if marked and not line.uploaded else ""
    return (
        str(at),
        f"{line.day:%Y-%m-%d}",
        f"{mark}{line.title}",
        line.content,
        hours_words(line.minutes),
        line.head,
    )


# --- the summary that is none ---------------------------------------------------------------------


def summary_values(told: Summary) -> dict[str, str]:
    """What the gaps of the summary are filled with."""
    who = told.wording
    return {
        "志愿者姓名": who.name,
        "证件类型": "",
        "证件号码": "",
        "志愿者编号": who.national_number or who.volunteer_number,
        "起始日期": written_date(told.first),
        "截止日期": written_date(told.last),
        "小时数": folded(told.minutes),
        "次数": str(len(told.lines)),
        "用途": "",
        "记录单位": told.issuer.name,
    }


def summary(told: Summary, words: Mapping[str, str], head: Letterhead) -> Document:
    """志愿服务记录汇总（非证明）: no number, no seal, no code, no document of identity."""
    return Document(
        SUMMARY_TITLE,
        tuple(_summary(told, words)),
        head.made_at,
        FormFrame(head.station, head.made_at, mark=head.mark, side=20, size=12.5),
        author=head.signed_by,
        subject=told.wording.volunteer_number,
    )


def summaries(
    told: Sequence[Summary], words: Sequence[Mapping[str, str]], head: Letterhead
) -> Document:
    """The summaries of several people, each beginning a page, to be handed to each."""
    chosen = f"所选{len(told)}人，每人另起一页"
    blocks: list[Block] = []
    for one, said in zip(told, words, strict=True):
        blocks += [*([PageBreak()] if blocks else []), *_summary(one, said)]
    return Document(
        SUMMARY_TITLE,
        tuple(blocks),
        head.made_at,
        FormFrame(head.station, head.made_at, (chosen,), head.mark, side=20, size=12.5),
        author=head.signed_by,
        subject=chosen,
    )


def _summary(told: Summary, words: Mapping[str, str]) -> Iterator[Block]:
    yield Paragraph((Span(words["notice"], Role.HEI),), flush=True)
    yield Spacer(0.3)
    yield Paragraph(words["statement"])
    if told.lines:
        yield _table(told.lines, told.minutes, marked=True)
    else:
        yield Paragraph("这段时间没有已确认的服务记录。")
    for note in _notes(told):
        yield Note(note)


def _notes(told: Summary) -> Iterable[str]:
    if any(not line.uploaded for line in told.lines):
        yield f"标“{_MARK}”的还没有录入全国志愿服务信息系统。"
    if told.overlapped:
        yield f"有{hours_words(told.overlapped)}与别的服务同时，只计一次，没有计入。"
    if told.waiting:
        yield f"另有{told.waiting}条待确认，没有计入。"
    yield HOURS_RULE
