"""问题销号单 (templates.md 7): how one line was dealt with, who looked it over, and its evidence.

The wording is that of the model. Parts in double brackets there are left out as a whole where they
have nothing to say. What is not known yet is left to be written in: the sheet is printed before the
review as well, for whoever signs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.core.letterhead import Letterhead
from desktop_app.core.masking import mask_name
from desktop_app.ledgers.three_lists.report.data import DutyData, affected_words, place_of
from desktop_app.ledgers.three_lists.rules.duty import (
    Duty,
    DutyAction,
    DutyState,
    DutyStep,
    OpinionLevel,
    ReviewerRole,
)
from desktop_app.printing.blocks import (
    Block,
    Heading,
    PageBreak,
    Paragraph,
    Spacer,
    written_date,
)
from desktop_app.printing.document import Document
from desktop_app.printing.fonts import Role
from desktop_app.printing.form_frame import FormFrame
from desktop_app.printing.paragraph import Span
from desktop_app.printing.pictures import Photos

TITLE = "问题销号单"
_GAP = "　"
_LINE = "＿＿＿＿＿＿"
_BLANK_DAY = "＿＿年＿月＿日"
_BOX = {True: "■", False: "□"}
_AGREED, _BACK = "同意销号", "退回继续办理"


@dataclass(frozen=True, slots=True)
class _Review:
    """复核意见: the verdict, why it was sent back, who looked it over, as what, on which day."""

    verdict: str = f"{_AGREED}／{_BACK}"
    why: str = ""
    who: str = _LINE
    role: str = "社区、街道或第二名工作人员"
    day: str = _BLANK_DAY


def closing_sheet(lines: Sequence[DutyData], head: Letterhead) -> Document:
    """The sheet of one line, or of all the lines that closed one problem, each on its own page."""
    return Document(
        TITLE,
        tuple(_blocks(lines, head)),
        head.made_at,
        FormFrame(head.station, head.made_at, mark=head.mark, side=20.0, size=13.0),
        author=head.signed_by,
        subject="、".join(one.duty.number for one in lines),
    )


def _blocks(lines: Sequence[DutyData], head: Letterhead) -> Iterator[Block]:
    for place, told in enumerate(lines):
        if place:
            yield PageBreak()
        for text in _texts(told, head):
            yield _line(text)
            yield Spacer(0.3)
        if told.photos:
            yield PageBreak()
            yield Heading(f"佐证照片（{told.duty.number}）")
            yield Photos(told.photos)


def _line(text: str) -> Block:
    """A line of the model; what stands before its first colon is its label."""
    label, colon, rest = text.partition("：")
    return Paragraph((Span(label + colon, Role.HEI), Span(rest, Role.SONG)), flush=True)


def _texts(told: DutyData, head: Letterhead) -> Iterator[str]:
    duty, problem = told.duty, told.problem
    source = problem.source.label if problem else _LINE
    raised = written_date(problem.raised_on) if problem else _BLANK_DAY
    described = problem.description if problem else _LINE
    yield _spread(f"编号：{duty.problem_number}", f"来源：{source}", f"提出日期：{raised}", gap=2)
    yield _spread(
        f"问题：{described}",
        f"位置：{place_of(problem, told.places) or '—'}",
        f"涉及：{affected_words(problem) or '—'}",
        gap=2,
    )
    yield _spread(
        f"责任单位：{duty.unit}",
        f"责任人：{duty.person}",
        f"配合单位：{duty.helpers}" if duty.helpers else "",
        f"时限：{written_date(duty.due)}",
        _extended(duty),
    )
    yield f"办理过程：{'；'.join(_course(duty))}"
    photos = f"（照片 {len(told.photos)} 张附后，已遮挡人脸和车牌）" if told.photos else ""
    yield f"完成情况：{duty.result or _LINE}{_GAP * 2}佐证：{_evidence(duty)}{photos}"
    yield f"反映人意见：{_opinion(duty)}"
    yield f"复核意见：{_review_words(_review(duty, head))}"
    closed = written_date(duty.closed_on) if duty.closed_on else _BLANK_DAY
    by = duty.submitted_by_name or _LINE
    yield _spread(f"销号日期：{closed}", f"经办人：{by}", head.signed_by, gap=2)


def _spread(*parts: str, gap: int = 1) -> str:
    return (_GAP * gap).join(part for part in parts if part)


def _extended(duty: Duty) -> str:
    if not duty.extensions:
        return ""
    reasons = "；".join(dict.fromkeys(one.reason for one in duty.extensions))
    return f"延期 {len(duty.extensions)} 次：{reasons}"


def _course(duty: Duty) -> Iterator[str]:
    """{日期}{措施}: what was agreed on, then what came of it day by day."""
    yield f"{written_date(duty.proposed_on)}{_bare(duty.measures)}"
    for step in duty.progress:
        yield f"{written_date(step.day)}{_bare(step.words)}"


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip("。；;")


def _evidence(duty: Duty) -> str:
    named = [photo.caption for photo in duty.evidence if photo.caption]
    if not duty.evidence:
        return _LINE
    return f"{'、'.join(dict.fromkeys(named)) or '照片'} {len(duty.evidence)} 张"


def _opinion(duty: Duty) -> str:
    told = duty.opinion
    boxes = " ".join(
        f"{_BOX[told is not None and told.level is one]}{one.label}" for one in OpinionLevel
    )
    if told is None:
        return f"{boxes}{_GAP}{_LINE}{_GAP}回访人：{_LINE} {_BLANK_DAY}"
    words = f"{_GAP}{told.words}" if told.words else ""
    return f"{boxes}{words}{_GAP}回访人：{told.by} {written_date(told.day)}"


def _review(duty: Duty, head: Letterhead) -> _Review:
    if duty.state is DutyState.CLOSED and duty.reviewer_role is not None:
        role, name = duty.reviewer_role, duty.reviewer_name
        # A resident who signed is on the signed paper; this sheet goes to the unit, too.
        who = mask_name(name) if role is ReviewerRole.RESIDENT else name
        day = written_date(duty.reviewed_on) if duty.reviewed_on else _BLANK_DAY
        return _Review(_AGREED, "", who or _LINE, role.label, day)
    back = _sent_back(duty)
    if back is None:
        return _Review()
    day = written_date(head.local(back.at).date())
    return _Review(_BACK, back.words, back.actor, ReviewerRole.SECOND.label, day)


def _sent_back(duty: Duty) -> DutyStep | None:
    """The review that sent it back, if it was not handed in again since."""
    for step in reversed(duty.steps):
        if step.action is DutyAction.REVIEW_BACK:
            return step if duty.state is DutyState.DOING else None
        if step.action in (DutyAction.SUBMIT, DutyAction.REOPEN, DutyAction.UNDO):
            return None
    return None


def _review_words(told: _Review) -> str:
    why = f"理由：{told.why}" if told.why else ""
    verdict = f"经复核，{told.verdict}。{why}"
    return _spread(verdict, f"复核人：{told.who}（{told.role}）", told.day)
