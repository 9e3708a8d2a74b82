"""Files that cannot be read, in words: what happened, that nothing was changed, what to do.

None of the sentences tells what a file is called or holds, so that they may be logged.
"""

from __future__ import annotations

from desktop_app.core.errors import UserError

_NOTHING = "没有导入任何内容。"
_SAVE_AS = "请用 WPS 或 Excel 打开它，另存为“Excel 工作簿（.xlsx）”后再试。"


def unreadable(what: str, next_step: str) -> UserError:
    """`what` without its full stop."""
    return UserError(f"{what}，{_NOTHING}", next_step)


def missing() -> UserError:
    return unreadable("找不到这个文件", "请看看它是不是被移走、改名了，或者U盘已经拔出。")


def folder() -> UserError:
    return unreadable("这是一个文件夹，不是表格文件", "请打开文件夹，选里面的表格文件。")


def lock_file() -> UserError:
    return unreadable(
        "这是表格软件打开文件时留下的临时文件，不是表格本身",
        "请选文件名前面没有“~$”的那一个。",
    )


def in_use() -> UserError:
    return unreadable(
        "这个文件打不开，多半正在 WPS 或 Excel 里开着，或者没有读取它的权限",
        "请保存并关闭它后再试。",
    )


def disk_trouble() -> UserError:
    return unreadable("读这个文件时磁盘或U盘出错", "请把文件复制到电脑上再试。")


def empty() -> UserError:
    return unreadable("这个文件是空的，一个字也没有", "请核对是不是选错了文件，或者没有保存完。")


def nothing_in_it() -> UserError:
    return unreadable("这个表格里没有内容", "请核对是不是选错了文件。")


def another_kind(kind: str) -> UserError:
    return unreadable(f"这个文件其实是{kind}，不是表格", "请选 .xlsx、.xls 或 .csv 的表格文件。")


def another_table(kind: str) -> UserError:
    return unreadable(f"这个文件其实是{kind}，这里不能直接读", _SAVE_AS)


def no_table() -> UserError:
    return unreadable(
        "认不出这是什么文件，它不是表格，或者已经损坏", "请选 .xlsx、.xls 或 .csv 的表格文件。"
    )


def password() -> UserError:
    return unreadable(
        "这个表格设了打开密码", "请用 WPS 或 Excel 打开它，取消密码，另存一份后再试。"
    )


def damaged() -> UserError:
    return unreadable(
        "这个表格文件不完整或已经损坏",
        "请重新复制一份；如果 WPS 或 Excel 还打得开它，请打开后另存为“Excel 工作簿（.xlsx）”再试。",
    )


def too_big(most_megabytes: int) -> UserError:
    return unreadable(
        f"这个文件太大，超过{most_megabytes}MB", "请删去里面的图片，或者把它分成几个文件。"
    )


def bomb(most_megabytes: int) -> UserError:
    return unreadable(
        f"这个文件展开后超过{most_megabytes}MB，不像一份台账",
        "请核对文件的来历；如果确实是台账，请把它分成几个文件。",
    )


def too_many_rows(most: int) -> UserError:
    return unreadable(f"这张表超过{most:,}行", "请把它按年份分成几个文件。")


def too_many_columns(most: int) -> UserError:
    return unreadable(
        f"这张表超过{most}列", "请只留下要导入的列；最右边如有误填的内容，请删去整列后保存。"
    )


def too_far_apart() -> UserError:
    return unreadable(
        "这张表里有的格子离其他内容太远，展开后太大",
        "请删去台账下方和右方误填的内容，保存后再试。",
    )


def unknown_encoding() -> UserError:
    return unreadable(
        "这个文本文件的编码认不出来，不是 UTF-8 也不是 GB18030（GBK）",
        "请用 WPS 或 Excel 打开它，看清楚没有乱码，另存为“Excel 工作簿（.xlsx）”后再试。",
    )
