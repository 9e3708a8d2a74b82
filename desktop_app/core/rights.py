"""Who may do what. A right is checked in one place, where a unit of work or a reading is opened.

Which role carries which rights is said in `registers/people/rules.py`; here is only the vocabulary
that every layer needs. Screens ask `Actor.may` merely to hide what would be refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.core.errors import NotAllowed
from desktop_app.core.ids import Uid


class Right(StrEnum):
    """One thing an operator may be allowed to do; the value is what the audit writes."""

    SIGN_IN = "登录"
    READ = "查看台账"
    REGISTER = "登记"
    HANDLE = "办理"
    REVEAL = "查看完整号码"
    SENSITIVE = "查看敏感信息"
    ERASE = "删除"
    MERGE = "合并档案"
    EXPORT = "导出"
    PAPERS = "打印文书"
    RECEIVE = "收件"
    MANAGE_DIRECTORY = "维护目录"
    MANAGE_STATION = "维护站点"
    MANAGE_OPERATORS = "管理操作员"
    BACK_UP = "备份恢复"
    READ_AUDIT = "查看审计"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an operator, or the program itself for what nobody pressed a button for."""

    uid: Uid | None
    name: str
    role: str
    rights: frozenset[Right]

    def may(self, right: Right) -> bool:
        return right in self.rights

    def require(self, right: Right) -> None:
        """Raise `NotAllowed` unless this actor holds the right."""
        if right not in self.rights:
            raise NotAllowed(
                f"“{self.name}”的角色没有“{right.value}”权限，没有改动任何内容。",
                "请由有权限的同事操作，或请管理账号的同事在“设置 · 操作员”中调整角色。",
            )


PROGRAM = Actor(uid=None, name="近邻台", role="程序", rights=frozenset(Right))
"""The program acting on its own: taking failed sign-ins into the audit, rolling backups."""
