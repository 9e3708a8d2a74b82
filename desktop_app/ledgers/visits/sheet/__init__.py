"""The sheet of visits: 来访登记表 of other years, and the same as the program writes it."""

from __future__ import annotations

from desktop_app.core.fields import Choice
from desktop_app.core.ledger_spec import Adding, Changing
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.sheet.columns import COLUMNS
from desktop_app.ledgers.visits.sheet.finding import joined, known, like
from desktop_app.ledgers.visits.sheet.reading import (
    CHANGES,
    FORM,
    OPEN_FILE,
    enter,
    problems,
    save,
    shape,
)
from desktop_app.ledgers.visits.sheet.taking import VisitTaker
from desktop_app.registers.places.sheet import place_names
from desktop_app.sheets.columns import telling
from desktop_app.sheets.spec import Several, SheetSpec

SHEETS = (
    SheetSpec(
        kind=KIND.name,
        title="来访登记表",
        about="来访、来电、走访的登记台账，每行一件。一格里写了几个人的，算多人来访。",
        columns=COLUMNS,
        several=Several.TOGETHER,
        keys=("number", "external_number"),
        known=known,
        shape=shape,
        adding=Adding("导入来访", Right.REGISTER, FORM, enter),
        changing=Changing(CHANGES, save),
        problems=problems,
        like=like,
        joined=joined,
        told=telling((place_names, ("compound",))),
        take_back=service.take_back_in,
        taker=VisitTaker,
        options=(Choice(OPEN_FILE, "有证件号码或电话、还没有档案的来访人，同时建居民档案"),),
    ),
)
