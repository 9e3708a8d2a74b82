"""Records that could not be applied, and why (暂存). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.core.clock import Millis
from desktop_app.core.codec import Plain
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid


class Reason(LabelledEnum):
    """Why a record is parked."""

    UNKNOWN = "unknown", "街道的近邻台还没有这种台账"
    NEWER = "newer", "由更新版本的近邻台写成，街道还没有升级"
    UNREADABLE = "unreadable", "有一项内容读不懂"
    UNFIT = "unfit", "有一项内容超出台账允许的范围"
    TAKEN = "taken", "编号已被另一条记录占用"
    FOREIGN = "foreign", "这条记录属于别的站点，不能由本站更改"
    ERASED = "erased", "这条记录已经删除，不能再恢复"
    MISSING = "missing", "只来了变更，没有来内容"


@dataclass(frozen=True, kw_only=True)
class ParkedRecord:
    """A record as it came with change `n` of a station, and why it is not in its ledger.

    `born` is when the station made the record, `since` when it was parked, `field` which field is
    to blame (empty: none in particular). Of an erased record no fields are kept.
    """

    station: str
    kind: str
    uid: Uid
    n: int
    revision: int
    version: int
    at: Millis
    born: Millis
    profile: str
    reason: Reason
    field: str = ""
    since: Millis
    fields: Mapping[str, Plain]
