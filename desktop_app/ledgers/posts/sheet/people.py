"""The sheets of claims and of shifts: which volunteer has which post, and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Changing, Values
from desktop_app.core.plain_entry import Lookup, given
from desktop_app.core.record import Record, altered
from desktop_app.ledgers.posts import store
from desktop_app.ledgers.posts.ledger.claims import CLAIM_LEDGER
from desktop_app.ledgers.posts.ledger.shared import find_post
from desktop_app.ledgers.posts.ledger.shifts import SHIFT_LEDGER
from desktop_app.ledgers.posts.record import CLAIMS, SHIFTS
from desktop_app.ledgers.posts.rules.claim import Claim, ClaimAction, ClaimState
from desktop_app.ledgers.posts.rules.claim_steps import take_step
from desktop_app.ledgers.posts.service.parts import moment
from desktop_app.ledgers.posts.sheet.posts import post_numbers
from desktop_app.registers.volunteers.register import find_volunteer
from desktop_app.registers.volunteers.sheet import (
    name_column,
    number_column,
    telling_whom,
    whom,
)
from desktop_app.sheets.columns import (
    UID,
    columns_of,
    day_of,
    known_by,
    likes,
    only_written,
    referred,
    refuse_change,
    unchanging,
    wide_form,
)
from desktop_app.sheets.spec import CellKind, Column, Out, SheetSpec, Told
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit

_claim = columns_of(CLAIMS)
_shift = columns_of(SHIFTS)


def _post(make: Callable[..., Column]) -> Column:
    return make(
        "post",
        "post_name",
        CellKind.LINE,
        label="岗位",
        words=("岗位编号",),
        out=referred("post"),
        width=18,
        required=True,
    )


# --- claims ---------------------------------------------------------------------------------------

assert CLAIM_LEDGER.adding is not None
_CLAIMING = CLAIM_LEDGER.adding
_CLAIM_FORM = replace(
    _CLAIMING.form,
    fields=(
        *_CLAIMING.form.fields,
        *(CLAIMS.field(name) for name in ("state", "claimed_on", "approved_on")),
    ),
    not_here={},
    aliases={},
)
_STATE_WORDS = (
    ("上岗", ClaimState.ON), ("已上岗", ClaimState.ON), ("已认领", ClaimState.CLAIMED),
    ("认领", ClaimState.CLAIMED),
)  # fmt: skip


def _claim_in(unit: Unit, desk: Desk, values: Values) -> Sequence[Record]:
    """A claim with the days of the old roster; who is on duty there is approved here."""
    told = given(values)
    (made,) = _CLAIMING.enter(unit, desk, {name: told[name] for name in ("post", "volunteer")})
    assert isinstance(made, Claim)
    claimed_on: date = told.get("claimed_on", made.claimed_on)
    after = altered(made, claimed_on=min(claimed_on, made.claimed_on))
    if told.get("state") == ClaimState.ON or "approved_on" in told:
        post = store.POST_SHELF.need(unit.connection, made.post)
        live = store.live_claims(unit.connection, made.post)
        after = take_step(after, ClaimAction.APPROVE, "", post, live, moment(unit))
        today = unit.zone.day(unit.now)
        after = altered(after, approved_on=min(told.get("approved_on", claimed_on), today))
    return [made if after == made else store.CLAIM_SHELF.put(unit, after)]


def _same_claim(lookup: Lookup, row: Cells) -> Sequence[object] | None:
    told = whom(row)
    if not {"post", "volunteer"} <= told.keys():
        return None
    return find_post(lookup, str(told["post"])), find_volunteer(lookup, str(told["volunteer"]))


CLAIMS_SHEET = SheetSpec(
    kind=CLAIMS.name,
    title="岗位认领",
    about="谁认领了哪个岗位，每行一人一岗；志愿者写编号，只有一人叫这个名字的也可只写姓名。",
    columns=(
        _post(_claim),
        number_column(CLAIMS.field("volunteer")),
        name_column(),
        _claim("state", "state", synonyms=_STATE_WORDS),
        _claim("claimed_on", "claimed_on"),
        _claim("approved_on"),
        only_written(CLAIMS.field("ended_on")),
        only_written(CLAIMS.field("reason")),
        UID,
    ),
    keys=(UID.name,),
    known=known_by(store.CLAIM_SHELF),
    shape=whom,
    adding=Adding(_CLAIMING.label, _CLAIMING.needs, _CLAIM_FORM, _claim_in),
    changing=unchanging(CLAIMS, store.CLAIM_SHELF, wide_form(_CLAIMING.form, CLAIMS)),
    like=likes(
        store.CLAIM_SHELF, ("post", "volunteer"), _same_claim, "已认领过这个岗位", ("claimed_on",)
    ),
    told=telling_whom((post_numbers, ("post",))),
)

# --- shifts ---------------------------------------------------------------------------------------

assert SHIFT_LEDGER.adding is not None
_PLANNING = SHIFT_LEDGER.adding
_STARTS, _ENDS = Field("starts", "开始"), Field("ends", "结束")


def _at(name: str) -> Callable[[Told], Out]:
    return lambda told: told.zone.local(getattr(told.record, name)).strftime("%H:%M")


def _same_shift(lookup: Lookup, row: Cells) -> Sequence[object] | None:
    claim = _same_claim(lookup, row)
    return None if claim is None else (*claim, day_of(row, "day"))


_TO_COMPARE = wide_form(_PLANNING.form, SHIFTS, _STARTS, _ENDS)
_SAME = unchanging(SHIFTS, store.SHIFT_SHELF, _TO_COMPARE)


def _save_shift(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Record:
    shift = _SAME.save(desk, uid, revision, values)
    zone = desk.database.zone
    for name, at in (("starts", "starts_at"), ("ends", "ends_at")):
        told = values.get(name)
        kept = zone.local(Millis(getattr(shift, at)))
        if told is not None and told != (kept.hour, kept.minute):
            refuse_change(SHIFTS, at)
    return shift


def _unless_served(unit: Unit, shift: Record) -> None:
    if getattr(shift, "service", None) is not None:
        raise UserError("这次值班已经记成服务，没有撤销。", "请先作废那条服务记录。")
    store.SHIFT_SHELF.remove(unit, shift)  # type: ignore[arg-type]


SHIFTS_SHEET = SheetSpec(
    kind=SHIFTS.name,
    title="值班排班表",
    about="谁哪天在哪个岗位值班，每行一班；没有写时间的，按岗位的值班时间。",
    columns=(
        _shift("day", "day", required=True),
        _post(_shift),
        number_column(SHIFTS.field("volunteer")),
        name_column(),
        Column(
            name="starts",
            label="开始时间",
            kind=CellKind.CLOCK,
            concept="starts",
            out=_at("starts_at"),
        ),
        Column(
            name="ends", label="结束时间", kind=CellKind.CLOCK, concept="ends", out=_at("ends_at")
        ),
        only_written(SHIFTS.field("state")),
        only_written(SHIFTS.field("override_reason"), width=20),
        UID,
    ),
    keys=(UID.name,),
    known=known_by(store.SHIFT_SHELF),
    shape=whom,
    changing=Changing(_TO_COMPARE, _save_shift),
    like=likes(
        store.SHIFT_SHELF, ("post", "volunteer", "day"), _same_shift, "同一岗位、同一天", ("day",)
    ),
    told=telling_whom((post_numbers, ("post",))),
    take_back=_unless_served,
)
