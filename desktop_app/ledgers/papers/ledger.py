"""Kept papers for the command line: what was printed, of what, by whom. Nothing is added here."""

from __future__ import annotations

from desktop_app.core.codec import encode
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import (
    Ledger,
    Query,
    Row,
    Rows,
    Shown,
    plain_record,
    refuse_days,
    refuse_status,
)
from desktop_app.ledgers.papers import service
from desktop_app.ledgers.papers.record import KIND
from desktop_app.ledgers.papers.rules import Paper
from desktop_app.storage.session import Desk

_COLUMNS = (
    KIND.field("day"),
    KIND.field("report"),
    KIND.field("title"),
    KIND.field("pages"),
    Field("times", "输出次数", FieldKind.NUMBER),
    KIND.field("made_by_name"),
    Field("uid", "uid"),
)


def _page(desk: Desk, query: Query) -> Rows:
    refuse_days(KIND.label, query)
    if query.status:
        raise refuse_status(KIND.label, ["（不写）"])
    if query.search:
        raise UserError(
            "文书存档不能按文字查找，没有列出任何内容。", "请去掉 --search。", field="search"
        )
    found = service.page(desk, cursor=query.after, size=query.limit)
    return Rows(tuple(map(_row, found.rows)), found.later, found.total_words)


def _row(paper: Paper) -> Row:
    return {
        "day": encode(paper.day),
        "report": paper.report,
        "title": paper.title,
        "pages": paper.pages,
        "times": len(paper.copies),
        "made_by_name": paper.made_by_name,
        "uid": paper.uid.hex,
    }


def _show(desk: Desk, uid: Uid) -> Shown:
    paper = service.get(desk, uid)
    plain, hidden = plain_record(KIND, paper, desk.database.zone)
    return Shown(plain, hidden, (), ())


PAPERS = Ledger(
    kind=KIND,
    columns=_COLUMNS,
    page=_page,
    show=_show,
    title=lambda paper: str(paper.report),
    elsewhere="文书由 jinlin report 生成，或在窗口里打印时存档。",
)

LEDGERS = (PAPERS,)
