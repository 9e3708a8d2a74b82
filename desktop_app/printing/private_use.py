"""Name characters that old systems kept in the private use area, and where they stand today.

GBK numbered 80 characters that Unicode did not have yet U+E815 … U+E864, among them 䶮; exports of
old household and bank systems still hold those numbers. GB 18030-2000 and -2005 moved most of them,
GB 18030-2022 (appendix) the last. Only in print: what is stored is what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator

# What GB 18030 itself kept private until Unicode 4.1 and later had the characters.
_MOVED_LATE = {
    0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE832: 0x9FB8,
    0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE864: 0x9FBB, 0xE816: 0x20087, 0xE817: 0x20089,
    0xE818: 0x200CC, 0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE, 0xE7C7: 0x1E3F,
    0xE7C8: 0x01F9,
}  # fmt: skip
_FIRST = 0xE815


def _gbk_extra() -> Iterator[tuple[str, str]]:
    """The cells FE50 … FEA0 of GBK in their order, read as GB 18030 reads them."""
    cells = [cell for cell in range(0x50, 0xA1) if cell != 0x7F]
    for point, cell in enumerate(cells, _FIRST):
        yield chr(point), bytes([0xFE, cell]).decode("gb18030")


STANDARD_FORM: dict[str, str] = dict(_gbk_extra()) | {
    chr(old): chr(new) for old, new in _MOVED_LATE.items()
}
"""Private character → the standard one."""
