"""The sheet of agreements: one row each, signed where the row says when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop_app.core.codec import Plain
from desktop_app.core.errors import InvalidInput
from desktop_app.core.fields import choices_of
from desktop_app.core.identity import check_credit_code
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Changing, Values
from desktop_app.core.masking import mask_name
from desktop_app.core.plain_entry import Lookup, given
from desktop_app.core.record import Record
from desktop_app.ledgers.agreements import store
from desktop_app.ledgers.agreements.ledger import AGREEMENTS
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules import steps
from desktop_app.ledgers.agreements.rules.agreement import (
    Agreement,
    Content,
    PromiseKind,
    Rhythm,
)
from desktop_app.ledgers.agreements.service.parts import moment
from desktop_app.registers.partners.register import find_partner
from desktop_app.registers.partners.sheet import partner_names
from desktop_app.sheets.columns import (
    changing,
    chosen,
    columns_of,
    day_of,
    known_by,
    likes,
    noted,
    only_written,
    referred,
    telling,
    wide_form,
    without,
)
from desktop_app.sheets.spec import CellKind, Column, Out, SheetSpec, Told
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit

_column = columns_of(KIND)
_RHYTHMS = (
    *(
        (f"{each}{rhythm.label}{more}", rhythm)
        for rhythm in Rhythm
        for each in ("每", "每个", "一")
        for more in ("", "一次", "1次")
    ),
    ("每年度", Rhythm.YEAR),
    ("半年一次", Rhythm.HALF_YEAR),
    ("季", Rhythm.QUARTER),
)
_CONTENT_WORDS = (
    ("党建联建", Content.ORGANISATION), ("组织共建", Content.ORGANISATION),
    ("活动共办", Content.ACTIVITIES), ("资源共用", Content.RESOURCES),
    ("服务共推", Content.SERVICES),
)  # fmt: skip
_PROMISES = {kind.label: kind for kind in PromiseKind}
_PROMISE = re.compile(
    rf"({'|'.join(_PROMISES)})[:：]?\s*([0-9]{{1,5}})[次项件个]?(?:（(.*)）)?", re.DOTALL
)


def _promises(told: Told) -> Out:
    words = (
        f"{one.kind.label}{one.amount}{one.kind.measure}{f'（{one.words}）' if one.words else ''}"
        for one in told.record.promises
    )
    return "\n".join(words) or None


_COLUMNS: tuple[Column, ...] = (
    _column("number", "number", CellKind.CODE, width=18),
    _column("partner", "partner", out=referred("partner"), width=28, required=True),
    only_written(KIND.field("partner_name"), width=28),
    _column("party_a", "party_a", width=24),
    _column("a_head", "a_head"),
    _column("a_liaison", "a_liaison", mask=mask_name),
    _column("a_phone", "a_phone", width=16),
    _column("party_b", "party_b", width=24),
    _column("credit_code", "credit_code", CellKind.CODE, check=check_credit_code, width=20),
    _column("b_head", "b_head"),
    _column("b_liaison", "b_liaison", mask=mask_name),
    _column("b_phone", "b_phone", width=16),
    _column("signed_on", "signed_on"),
    _column("starts_on", "since"),
    _column("ends_on", "until"),
    _column("goals", "goals", CellKind.TEXT, width=30),
    _column(
        "contents",
        "agreement_contents",
        CellKind.LINE,
        choices=(),
        width=24,
        out=lambda told: "、".join(one.label for one in told.record.contents) or None,
    ),
    _column("contents_words", "", CellKind.TEXT, width=30),
    _column("a_duties", "a_duties", CellKind.TEXT, width=30),
    _column("b_duties", "b_duties", CellKind.TEXT, width=30),
    _column("demand_every", synonyms=_RHYTHMS),
    _column("platform", width=20),
    _column("venues", "venues", width=24),
    _column("promises", "", CellKind.TEXT, out=_promises, width=28),
    _column("meeting_every", words=("联席会频次", "联席会"), synonyms=_RHYTHMS),
    _column("quarterly_report", words=("季度书面汇报街道",)),
    _column("notice_days"),
    _column("changes_words", "", CellKind.TEXT, words=("变更", "终止"), width=24),
    _column("copies", "", words=("协议份数",)),
    _column("copies_each"),
    _column("filed_with", "filed_with"),
    only_written(KIND.field("ended_on")),
    only_written(KIND.field("end_reason")),
    only_written(KIND.field("state")),
    _column("remark", "remark", CellKind.TEXT, width=30),
)


def _shape(cells: Cells) -> dict[str, Plain]:
    values = without(cells, "number")
    if "contents" in values:
        text = str(values.pop("contents"))
        found, others = chosen(text, choices_of(Content), _CONTENT_WORDS)
        if found:
            values["contents"] = found
        if others and "contents_words" not in values:
            values["contents_words"] = text
    if "promises" in values:
        lines = [line for line in re.split(r"[\n；;]+", str(values.pop("promises"))) if line]
        read = [_PROMISE.fullmatch(line.strip()) for line in lines]
        values["promises"] = [
            {"kind": _PROMISES[one[1]].value, "amount": int(one[2]), "words": one[3] or ""}
            for one in read
            if one is not None
        ]
        left = [line for line, one in zip(lines, read, strict=True) if one is None]
        noted(values, "量化指标", left)
    return values


assert AGREEMENTS.adding is not None
_ADDING = AGREEMENTS.adding
_FORM = replace(
    _ADDING.form,
    fields=(*_ADDING.form.fields, KIND.field("signed_on")),
    not_here={},
    aliases={},
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Agreement]:
    """An agreement that was signed stands as signed; what is too incomplete for that stays 草拟,
    and the remark says when it was signed."""
    told = given(values)
    signed_on = told.pop("signed_on", None)
    (draft,) = _ADDING.enter(unit, desk, told)
    assert isinstance(draft, Agreement)
    if signed_on is None:
        return [draft]
    try:
        after = steps.signed(draft, signed_on, draft.partner_name, moment(unit))
    except InvalidInput:
        remark = f"原台账签订日期：{signed_on.isoformat()}"
        words = "；".join(filter(None, (remark, draft.remark)))
        after = replace(draft, remark=words)
    return [store.SHELF.put(unit, after)]


_ALTERING = changing(AGREEMENTS, store.SHELF, wide_form(_ADDING.form, KIND))


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Record:
    """Promises are the same when they count the same; their uids stand in no sheet."""
    told = dict(values)
    if told.get("promises"):
        with desk.reading(needs=_ADDING.needs) as connection:
            known = store.SHELF.need(connection, uid).promises
        said = [(one["kind"], one["amount"], one.get("words", "")) for one in told["promises"]]
        if said == [(one.kind.value, one.amount, one.words) for one in known]:
            del told["promises"]
    return _ALTERING.save(desk, uid, revision, told)


def _same(lookup: Lookup, row: Mapping[str, Plain]) -> Sequence[object] | None:
    if "partner" not in row:
        return None
    return find_partner(lookup, str(row["partner"])), day_of(row, "starts_on")


SHEETS = (
    SheetSpec(
        kind=KIND.name,
        title="共建协议台账",
        about="与共建单位签的协议，每行一份；单位要先在“共建单位”里，写名称或编号。",
        columns=_COLUMNS,
        keys=("number",),
        known=known_by(store.SHELF),
        shape=_shape,
        adding=Adding(_ADDING.label, _ADDING.needs, _FORM, _enter),
        changing=Changing(_ALTERING.form, _save),
        like=likes(store.SHELF, ("partner", "starts_on"), _same, "同一单位、同一起始日期"),
        told=telling((partner_names, ("partner",))),
    ),
)
