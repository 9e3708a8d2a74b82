"""What is done with a post or a claim, from the list and from the page of a post.

`done` gets what was changed and the sentence for the undo strip, which names no volunteer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.rules.claim import ClaimAction
from desktop_app.ledgers.posts.rules.listing import ClaimLine
from desktop_app.ledgers.posts.ui import post_form
from desktop_app.ledgers.posts.ui.looks import CLAIM_DEEDS
from desktop_app.ledgers.posts.ui.sheets import ClaimSheet, WhySheet
from desktop_app.registers.volunteers.ui.kept_sheet import read_left
from desktop_app.registers.volunteers.ui.looks import chosen
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import tell_fault
from desktop_app.widgets.page import Page
from desktop_app.widgets.saving_sheet import SavingSheet

Done = Callable[[Changed[Any], str], None]

_REASONS = {
    ClaimAction.REFUSE: ("为什么不同意", "如：时间不合适，已告知本人"),
    ClaimAction.WITHDRAW: ("为什么撤回", "可以不写"),
    ClaimAction.END: ("为什么结束", "如：本人申请、已搬离本社区"),
}


def open_new(page: Page, desk: Desk, done: Done) -> None:
    """The form of a new post, as it was left the last time."""

    def work(_job: Job) -> tuple[Any, Any]:
        return post_form.offered(desk), read_left(desk, post_form.DRAFT, None)

    def opened(found: tuple[Any, Any]) -> None:
        sheet = post_form.PostSheet(page, desk, None, *found)
        _open(page, sheet, lambda changed: f"已新增岗位：{changed.value.name}", done)

    page.in_background("打开新增岗位", work, opened)


def open_change(page: Page, desk: Desk, uid: Uid, done: Done) -> None:
    """The form of a post, whole: opening it is logged like a reveal."""

    def work(_job: Job) -> tuple[Any, Any, Any]:
        form = service.post_for_editing(desk, uid)
        post = service.get_post(desk, uid)
        left = read_left(desk, post_form.DRAFT, uid)
        return (post, form), post_form.offered(desk), left

    def opened(found: tuple[Any, Any, Any]) -> None:
        sheet = post_form.PostSheet(page, desk, *found)
        _open(page, sheet, lambda changed: f"已修改岗位：{changed.value.name}", done)

    page.in_background("打开修改岗位", work, opened)


def places_words(taken: int, quota: int, waiting: int) -> str:
    """How many are on a post, and who would come first."""
    return f"已认领 {taken}/{quota} 人" + (f"，候补 {waiting} 人" if waiting else "")


def claim(page: Page, desk: Desk, post: tuple[Uid, str], told: str, done: Done) -> None:
    """Somebody wants the post."""
    sheet = ClaimSheet(page, desk, post, told)
    name = post[1]
    _open(page, sheet, lambda changed: f"已登记认领（{changed.value.state.label}）：{name}", done)


def close(page: Page, desk: Desk, seen: tuple[Uid, int], name: str, done: Done) -> None:
    """停用: told beforehand what ends with it, for there is no undo."""
    told = f"{name}\n认领全部结束，还没有开始的班全部取消，不能撤销；以前的排班都保留。"
    asked = ("为什么停用", "如：工作已移交物业")
    sheet = WhySheet(page, desk, "停用", told, asked, partial(service.close_post, desk, *seen))
    _open(page, sheet, lambda _changed: f"已停用岗位：{name}", done)


def reopen(page: Page, desk: Desk, seen: tuple[Uid, int], name: str, done: Done) -> None:
    """恢复: at once."""
    call = partial(service.reopen_post, desk, *seen)
    _at_once(page, "没有恢复", call, f"已恢复岗位：{name}，请重新登记认领", done)


def step(page: Page, desk: Desk, deed: str, line: ClaimLine, done: Done) -> None:
    """One step of a claim: at once, or with a reason."""
    (action,) = chosen(ClaimAction, [deed])
    verb = CLAIM_DEEDS[deed].verb
    sentence = f"已{verb}：{line.post_name} {line.volunteer_number}"
    call = partial(service.act_on_claim, desk, line.uid, action, line.revision)
    if action in _REASONS:
        told = f"{line.name}　{line.volunteer_number}\n{line.post_name}"
        sheet = WhySheet(page, desk, verb, told, _REASONS[action], call)
        _open(page, sheet, lambda _changed: sentence, done)
        return
    _at_once(page, f"没有{verb}", call, sentence, done)


def _open(page: Page, sheet: SavingSheet, words: Callable[[Changed[Any]], str], done: Done) -> None:
    if not page.isVisible():
        sheet.deleteLater()
        return
    sheet.taken.connect(lambda changed: done(changed, words(changed)))
    sheet.open()


def _at_once(
    page: Page, failed: str, call: Callable[[], Changed[Any]], sentence: str, done: Done
) -> None:
    try:
        changed = call()
    except Fault as fault:
        tell_fault(page, failed, fault)
        return
    done(changed, sentence)
