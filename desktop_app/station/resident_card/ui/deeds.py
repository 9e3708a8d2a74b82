"""What is asked before a person's file is shown whole to them, or erased for good."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.registers.residents.rules import Resident
from desktop_app.station.resident_card import service
from desktop_app.station.resident_card.service import STAYS, ResidentView
from desktop_app.station.resident_card.ui.own_copy import OwnCopySheet
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import Sheet, confirm
from desktop_app.widgets.page import Page

Done = Callable[[Changed[Resident]], None]


def ask_for_own_copy(page: Page, desk: Desk, view: ResidentView) -> Sheet:
    """Ask, and then show all that is held about the person."""
    sheet = confirm(
        page,
        "给本人查阅？",
        f"将显示 {view.card.resident.name} 的全部内容，号码不遮挡，并记入操作记录。"
        "请先核对来人就是本人，或有本人的委托。",
        "查阅",
    )
    sheet.answered.connect(partial(_show_copy, page, desk, view.card.resident.uid))
    return sheet


def ask_to_erase(page: Page, desk: Desk, view: ResidentView, done: Done) -> Sheet:
    """Ask, and then erase; `done` gets what was changed."""
    resident = view.card.resident
    merged = f"和并入的{len(view.card.merged)}份" if view.card.merged else ""
    sheet = confirm(
        page,
        f"删除 {resident.name} 的档案？",
        f"档案 {resident.number} {merged}将被清空，列表和查找里不再有这个人，不能撤销。\n{STAYS}",
        "删除",
        danger=True,
    )
    sheet.answered.connect(partial(_erase, page, desk, resident.uid, done))
    return sheet


def _show_copy(page: Page, desk: Desk, uid: Uid, answer: str) -> None:
    if answer == "yes":
        page.in_background("本人查阅", partial(_copy, desk, uid), partial(_open_copy, page))


def _copy(desk: Desk, uid: Uid, _job: Job) -> str:
    return service.own_copy(desk, uid)


def _open_copy(page: Page, text: str) -> None:
    OwnCopySheet(page, text).open()


def _erase(page: Page, desk: Desk, uid: Uid, done: Done, answer: str) -> None:
    if answer == "yes":
        page.in_background("删除居民档案", partial(_erased, desk, uid), done)


def _erased(desk: Desk, uid: Uid, _job: Job) -> Changed[Resident]:
    return service.erase(desk, uid)
