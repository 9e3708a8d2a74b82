"""The scanned pages of an agreement or of one of its supplements. Pure.

Pictures come shrunk and turned already; their content is kept elsewhere, here is what is known of
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.errors import UserError
from desktop_app.core.photos import Photo, not_yet
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment
from desktop_app.ledgers.agreements.rules.agreement import MOST_SCANS, Action, Agreement
from desktop_app.ledgers.agreements.rules.steps import with_step


def all_scans(agreement: Agreement) -> tuple[Photo, ...]:
    """Every page, those of the supplements included."""
    return (*agreement.scans, *(scan for one in agreement.supplements for scan in one.scans))


def with_scans(
    agreement: Agreement, supplement: str, scans: Sequence[Photo], moment: Moment
) -> Agreement:
    """The agreement with more pages, its own or of the supplement of that number."""
    new = not_yet(all_scans(agreement), scans)
    if not new:
        raise UserError(
            "这些扫描件已经在这份协议里，没有再加一次。" if scans else "还没有选扫描件。",
            "请选别的文件。",
            field="scans",
        )
    there = _scans_of(agreement, supplement)
    if len(there) + len(new) > MOST_SCANS:
        raise UserError(
            f"一份协议最多保存{MOST_SCANS}页扫描件，没有添加。",
            "请只留下正文和签字页。",
            field="scans",
        )
    after = _put(agreement, supplement, (*there, *new))
    words = f"{supplement} {len(new)} 页".strip()
    return with_step(after, Action.ADD_SCAN, moment, words)


def without_scan(agreement: Agreement, sha256: str, moment: Moment) -> Agreement:
    """The agreement without one page."""
    for supplement in ("", *(one.number for one in agreement.supplements)):
        there = _scans_of(agreement, supplement)
        kept = tuple(scan for scan in there if scan.sha256 != sha256)
        if len(kept) < len(there):
            after = _put(agreement, supplement, kept)
            return with_step(after, Action.REMOVE_SCAN, moment, supplement)
    raise UserError(
        "没有找到这页扫描件，它可能已被移除，没有改动。", "请刷新后再试。", field="scans"
    )


def _scans_of(agreement: Agreement, supplement: str) -> tuple[Photo, ...]:
    if not supplement:
        return agreement.scans
    for one in agreement.supplements:
        if one.number == supplement:
            return one.scans
    raise UserError("没有这份补充协议，没有添加。", "请刷新后再试。", field="supplement")


def _put(agreement: Agreement, supplement: str, scans: tuple[Photo, ...]) -> Agreement:
    if not supplement:
        return altered(agreement, scans=scans)
    return altered(
        agreement,
        supplements=tuple(
            replace(one, scans=scans) if one.number == supplement else one
            for one in agreement.supplements
        ),
    )
