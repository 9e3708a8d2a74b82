"""Several people in one cell: 张三、李四; 张三 李四; but 欧阳 修 and 李和平 are one each.

Pure. A cell is divided only where every part can be a name of its own.
"""

from __future__ import annotations

import re

from desktop_app.core.surnames import COMPOUND
from desktop_app.core.text import HAN, visible

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁"
    "单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾"
    "甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩"
    "桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越"
    "夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公丘肖闫涂付代邸佟蓟覃岳阳帅苟卿练揭仝"
    "赖丘温阙官游罗上官陳張劉楊趙黃吳鄭謝許鄧馮蕭葉蔣盧羅梁"
)
_COMPOUND = frozenset(COMPOUND) | frozenset(
    re.findall(
        "..",
        "欧阳上官司马诸葛东方皇甫尉迟公孙令狐慕容司徒夏侯端木百里南宫东郭"
        "西门独孤宇文长孙轩辕呼延申屠太史闻人钟离歐陽",
    )
)

_STRONG = re.compile(r"\s*[、，,/;；|＋+&＆]\s*")
_WEAK = re.compile(r"\s+")
_AND = re.compile("[和与及]")
_HAN_NAME = re.compile(f"[{HAN}]{{2,4}}")
_AND_OTHERS = re.compile(
    f"[{HAN}·]{{2,}}等(?:\\s*(?:\\d+|[一二三四五六七八九十几数]+)\\s*[人名位户]?)?"
)


def names_in(text: str) -> list[str]:
    """The parts of a cell that are one name each; a single one when it holds one person."""
    plain = visible(text).strip()
    strong = [part for part in _STRONG.split(plain) if part]
    if len(strong) > 1:
        return strong if all(map(_can_be_name, strong)) else [plain]
    for between in (_WEAK, _AND):
        parts = [part for part in between.split(plain) if part]
        if len(parts) > 1 and all(map(_is_whole_name, parts)):
            return parts
    return [plain]


def is_and_others(text: str) -> bool:
    """张三等5人: one is named, the others are not."""
    return bool(_AND_OTHERS.fullmatch(visible(text).strip()))


def _can_be_name(part: str) -> bool:
    return sum(map(str.isalpha, part)) >= 2 and not any(map(str.isdigit, part))


def _is_whole_name(part: str) -> bool:
    """A Han name with its surname: of 欧阳 修 neither part is one, of 张 三 neither."""
    if not _HAN_NAME.fullmatch(part) or part in _COMPOUND:
        return False
    if part[:2] in _COMPOUND:
        return True
    return part[0] in _SURNAMES and len(part) <= 3


_PARTS = re.compile(r"\s*[、，,/;；|\n]\s*")
_PARTS_AND_BLANKS = re.compile(r"[、，,/;；|\s]+")


def parts_in(text: str, count: int) -> list[str]:
    """The parts of another cell of people; by blanks only where that makes as many."""
    plain = visible(text).strip()
    parts = [part for part in _PARTS.split(plain) if part]
    if len(parts) == 1:
        by_blanks = [part for part in _PARTS_AND_BLANKS.split(plain) if part]
        if len(by_blanks) == count:
            return by_blanks
    return parts
