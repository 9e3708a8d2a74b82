"""What a certificate of voluntary service is (志愿服务记录证明), and who may give one. Pure.

Its fields are those of 民发〔2015〕149号 and 民政部令第67号: who served, when and how long, what,
who says so. What it says is written into it when it is issued and never follows the files again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.identity import Gender, IdKind
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.core.settings import NO_ISSUER_KIND

NUMBER_SERIES = "M"
"""证明 in paper numbers: `QR01-M2026A-00007`."""

PUBLIC_DAYS = 7
"""公示 lasts at least so many days after the one it begins on."""

ONLY_HERE = "核对码仅供本单位核对。"
"""Beside the code on screen and on paper: it is nobody's seal but ours."""

NO_CERTIFICATE = "志愿服务记录汇总（非证明）"
"""What a body prints that may not certify."""


class CertificateState(LabelledEnum):
    """Where a certificate stands."""

    APPLIED = "applied", "已申请"
    VERIFIED = "verified", "已核验"
    ISSUED = "issued", "已出具"
    PUBLICISED = "publicised", "公示中"
    ARCHIVED = "archived", "已归档"
    VOID = "void", "已作废"


LIVE = frozenset({CertificateState.ISSUED, CertificateState.PUBLICISED, CertificateState.ARCHIVED})
"""It was given and is good: the records that it counts must stay as they are."""


class CertificateAction(LabelledEnum):
    """One step of a certificate."""

    APPLY = "apply", "申请"
    VERIFY = "verify", "核验"
    ISSUE = "issue", "出具"
    PUBLICISE = "publicise", "公示"
    COLLECT = "collect", "领取"
    ARCHIVE = "archive", "归档"
    VOID = "void", "作废"
    REISSUE = "reissue", "补发"
    KEEP_PAPER = "keep_paper", "存档文书"
    FORGET = "forget", "删除个人信息"
    UNDO = "undo", "撤销上一步"


@dataclass(frozen=True, slots=True)
class CertificateStep:
    """What was done at one moment: by whom, to which state it led, and what was said."""

    at: Millis
    actor: str
    action: CertificateAction
    to: CertificateState
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One record as a certificate tells it; `minutes` is what is counted of it, once.

    `uploaded`: it stood in the national system then; the others are marked ※ on paper.
    """

    service: Uid
    day: date
    title: str
    content: str
    head: str
    minutes: int
    uploaded: bool


@dataclass(frozen=True, kw_only=True)
class Certificate(Record):
    """One certificate of the register.

    `first` and `last` are business dates, both included. `lines` and `minutes` stand as they were
    verified, everything that names the volunteer and the issuer as it was issued. `public_from`
    and `public_until` are None without 公示. `replaces` and `replaced_by` are uids of the other
    certificate where one was made in place of this; each keeps its own number. `paper` is the kept
    paper.
    """

    number: str
    volunteer: Uid
    name: str = ""
    gender: Gender = Gender.UNKNOWN
    id_kind: IdKind | None = None
    id_number: str = ""
    volunteer_number: str = ""
    national_number: str = ""
    first: date
    last: date
    minutes: int = 0
    lines: tuple[Line, ...] = ()
    issuer: str = ""
    issuer_kind: str = ""
    head: str = ""
    handler: str = ""
    phone: str = ""
    purpose: str = ""
    state: CertificateState = CertificateState.APPLIED
    applied_on: date
    applied_by: Uid | None = None
    applied_by_name: str = ""
    verified_on: date | None = None
    verified_by: Uid | None = None
    verified_by_name: str = ""
    issued_on: date | None = None
    public_from: date | None = None
    public_until: date | None = None
    collected_by: str = ""
    collected_on: date | None = None
    void_reason: str = ""
    replaces: Uid | None = None
    replaced_by: Uid | None = None
    code: str = ""
    paper: Uid | None = None
    steps: tuple[CertificateStep, ...] = ()

    @property
    def not_uploaded(self) -> int:
        """How many of its lines did not stand in the national system."""
        return sum(not line.uploaded for line in self.lines)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who gives certificates here, as the settings say; `kind` is one of `ISSUER_KINDS`."""

    kind: str
    name: str
    head: str
    phone: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The volunteer as a certificate words it."""

    name: str
    gender: Gender
    id_kind: IdKind | None
    id_number: str
    volunteer_number: str
    national_number: str


class NotEntitled(UserError):
    """This body may give no certificate; a summary that is none can be printed all the same."""


def refuse_unentitled(issuer: Issuer) -> None:
    """Raise `NotEntitled` unless the body of the settings may certify (民政部令第67号:
    谁组织谁记录、谁记录谁证明)."""
    if issuer.kind == NO_ISSUER_KIND:
        raise NotEntitled(
            "还没有选定有资格出具证明的单位，不能出具志愿服务记录证明，没有改动。",
            f"可以先打印“{NO_CERTIFICATE}”；本单位确有资格的，请站长在“设置 · 站点”里选定。",
            field="issuer_kind",
        )
    missing = [
        label
        for value, label in (
            (issuer.name, "出具单位"),
            (issuer.head, "负责人"),
            (issuer.phone, "联系电话"),
        )
        if not value
    ]
    if missing:
        raise NotEntitled(
            f"出具证明要写明{'、'.join(missing)}，设置里还没有，没有改动。",
            f"请站长在“设置 · 站点”里补上；也可以先打印“{NO_CERTIFICATE}”。",
            field="issuer",
        )


def refuse_unworded(wording: Wording) -> None:
    """Raise `UserError` when the files do not say all that a certificate must."""
    if not wording.name or wording.id_kind is None or not wording.id_number:
        raise UserError(
            "志愿者的档案里没有证件类型或号码，不能出具证明，没有改动。",
            "请先在居民档案里补上证件，再出具。",
            field="id_number",
        )
