"""The steps of an activity as its page takes them: at once, or after a sheet has asked for words.

What a step changes, and when it may be taken, is for `rules.steps` and `rules.recording`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import Action, Activity
from desktop_app.ledgers.activities.ui.record_looks import VERBS, WholeActivity
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import tell
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page

Done = Callable[[Changed[Activity]], None]

_PLAIN = {
    Action.OPEN_SIGN_UP: service.open_sign_up,
    Action.START: service.start,
    Action.FINISH: service.finish,
}
_WITH_REASON = {
    Action.CANCEL: (service.cancel, "取消的原因", "如：下雨改期", "活动不再举行，统计不计入。"),
    Action.SEND_BACK: (service.send_back, "退回的原因", "如：请补一张合影", "退回后可以再改。"),
    Action.REOPEN: (service.reopen, "重新打开的原因", "如：补记共建单位", "打开后可以再改。"),
}


def take_step(
    page: Page, desk: Desk, runner: JobRunner, whole: WholeActivity, step: Action, done: Done
) -> None:
    """Take a step, asking first where it needs words; `done` gets what was changed."""
    activity = whole.activity
    if step in _WITH_REASON:
        call, label, example, effect = _WITH_REASON[step]
        sheet = WordsSheet(page, step, activity, label, example, effect)
        sheet.carry_out(runner, partial(_with_words, desk, activity, call, sheet), done)
    elif step is Action.SUBMIT:
        _submit(page, desk, runner, whole, done)
    elif step is Action.APPROVE:
        _approve(page, desk, runner, activity, done)
    elif step in _PLAIN:
        _at_once(page, step, partial(_PLAIN[step], desk, activity.uid, activity.revision), done)


def step_sentence(step: Action, activity: Activity) -> str:
    """What was done, for the undo strip."""
    return f"已{VERBS.get(step, step.label)}：{activity.name}"


def _at_once(page: Page, step: Action, call: Callable[[], Changed[Activity]], done: Done) -> None:
    def work(_job: Job) -> Changed[Activity]:
        return call()

    page.in_background(VERBS[step], work, done)


def _submit(page: Page, desk: Desk, runner: JobRunner, whole: WholeActivity, done: Done) -> None:
    """What is missing is said first; too few photos may be explained in a sentence."""
    activity = whole.activity
    missing = whole.history.missing
    lacking = [one for one in missing if one.field != "photos"]
    if lacking:
        said = "\n".join(f"· {one.words}" for one in missing)
        tell(page, "还不能提交审核", f"{said}\n填写的内容都在，没有改动。", tone="warn")
        return
    if not missing:
        call = partial(service.submit, desk, activity.uid, activity.revision)
        _at_once(page, Action.SUBMIT, call, done)
        return
    sheet = WordsSheet(
        page, Action.SUBMIT, activity, "照片不足的说明", "如：会议没有拍照", missing[0].sentence
    )
    sheet.carry_out(runner, partial(_with_words, desk, activity, service.submit, sheet), done)


def _approve(page: Page, desk: Desk, runner: JobRunner, activity: Activity, done: Done) -> None:
    def work(_job: Job) -> Changed[Activity]:
        return service.approve(desk, activity.uid, activity.revision)

    def refused(fault: Fault) -> None:
        if fault.field != "outside":
            page.say_fault(fault)
            return
        # A one-person station: somebody outside has reviewed it, and is named.
        sheet = WordsSheet(
            page, Action.APPROVE, activity, "审核人的单位和姓名", "如：青榕社区 李主任", fault.words
        )
        sheet.carry_out(runner, partial(_with_words, desk, activity, service.approve, sheet), done)

    page.in_background(VERBS[Action.APPROVE], work, done, refused)


class WordsSheet(FormSheet):
    """Asks for one line of words; `said` is what was typed when it was last asked for."""

    def __init__(
        self, page: Page, step: Action, activity: Activity, label: str, example: str, effect: str
    ) -> None:
        self.line = LineInput(page, placeholder=example)
        fields = {"words": LabelledField(label, self.line, key="C")}
        text = f"{activity.name}　{activity.number}\n{effect}"
        super().__init__(page, VERBS[step], text, fields, VERBS[step])
        self.said = ""
        if step is Action.CANCEL:
            # Two buttons that begin with 取消 are one too many.
            self.button("cancel").setText("返回")

    def check(self) -> Mapping[str, str]:
        # Read here: the work itself is done in another thread.
        self.said = self.line.value()
        return {}


def _with_words(
    desk: Desk,
    activity: Activity,
    call: Callable[[Desk, Any, int, str], Changed[Activity]],
    sheet: WordsSheet,
    _job: Job,
) -> Changed[Activity]:
    return call(desk, activity.uid, activity.revision, sheet.said)
