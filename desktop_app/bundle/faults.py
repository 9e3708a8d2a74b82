"""Why a parcel is refused, in words: one sentence each, none of which holds a resident's data.

`NoParcel` is the person's slip (another kind of file, an empty one, half of one: exit status 3);
`Refused` protects the data (exit status 5). Both say that nothing was changed, since a parcel is
looked through to its end before anything of it is used.
"""

from __future__ import annotations

from desktop_app.core.errors import EnvironmentFault, SafetyRefusal, UserError

_UNTOUCHED = "本机数据没有任何改动。"
_ASK_SENDER = "请让发送方重新生成并发送一次。"


class NoParcel(UserError):
    """The file is none of ours, or not all of one."""

    def __init__(self, why: str, next_step: str = "") -> None:
        super().__init__(f"{why}，{_UNTOUCHED}", next_step or "请检查是否选对了文件。")


class Refused(SafetyRefusal):
    """A parcel that may not be used: damaged, forged, for somebody else, or too new."""

    def __init__(self, why: str, next_step: str = "") -> None:
        super().__init__(f"{why}，{_UNTOUCHED}", next_step or _ASK_SENDER)


class Incomplete(NoParcel):
    """Cut short, by the look of it."""

    def __init__(self) -> None:
        super().__init__(
            "这个文件不完整或已损坏，多半是没有拷完",
            "请重新拷贝一次；还是不行，请让发送方重新生成。",
        )


class Damaged(Refused):
    """What was sealed is not what is there."""

    def __init__(self) -> None:
        super().__init__("这个文件已损坏，或者被人改动过")


class NotForUs(Refused):
    """None of our keys opens it."""

    def __init__(self) -> None:
        super().__init__(
            "这个文件不是封给本机的，本机的密钥打不开它",
            "请检查是否拿错了文件；如果刚换过密钥或重新登记过，请让发送方重新生成。",
        )


class BadContent(Refused):
    """Opened, but not made as the format says; `what` names the part."""

    def __init__(self, what: str) -> None:
        super().__init__(f"这个文件的内容不合格式（{what}）")


class Unwritable(UserError):
    """What was to be sealed would be a parcel that nobody opens."""


class ScratchFailed(EnvironmentFault):
    """The sealed scratch file cannot be written or does not read back as it was written."""


def reading_failed() -> EnvironmentFault:
    return EnvironmentFault(
        f"读取文件时出错，磁盘或 U 盘可能有故障或已被拔出，{_UNTOUCHED}",
        "请插好 U 盘后再试一次，或者换一个 U 盘重新拷贝。",
    )
