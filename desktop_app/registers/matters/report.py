"""一次性告知单: all that a resident has to be told of a matter, at once and in writing.

Its order is that of local rules on 首问负责、一次性告知、限时办结: basis, conditions, materials,
procedure, time, fee, place and phone, and what is the case when it is not the station's matter. A
fact that nobody entered is left out, never printed as an empty line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop_app.core.handling import Handling
from desktop_app.core.letterhead import Letterhead
from desktop_app.printing.blocks import Block, Heading, Paragraph, Signature, Spacer, written_date
from desktop_app.printing.document import Document
from desktop_app.printing.fonts import Role
from desktop_app.printing.form_frame import FormFrame
from desktop_app.printing.key_values import KeyValues, Pair
from desktop_app.printing.paragraph import Align, Span
from desktop_app.printing.sections import Section, numeral
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column
from desktop_app.registers.matters.rules import Matter

TITLE = "一次性告知单"
HOTLINE = "12345"
"""政务服务便民热线, the same throughout the country."""

_USUAL, _LARGE = 12.0, 16.0
_BOX = "□"
_MATERIALS = (
    Column("序号", Align.CENTER, weight=0),
    Column("材料名称", weight=3),
    Column("形式", Align.CENTER),
    Column("份数", Align.CENTER, weight=0),
    Column("已备齐", Align.CENTER, weight=0),
)


def notice(matter: Matter, head: Letterhead, *, large: bool = False) -> Document:
    """一次性告知单 of one matter, to be handed over; it names no resident.

    `large` sets it in 三号 for eyes that need it (大字版); otherwise in 小四.
    """
    facts = (f"事项编号：{matter.code}　　业务类别：{matter.category}",)
    return Document(
        TITLE,
        tuple(_blocks(matter, head)),
        head.made_at,
        FormFrame(
            head.signed_by,
            head.made_at,
            facts,
            head.mark,
            side=22,
            size=_LARGE if large else _USUAL,
        ),
        author=head.signed_by,
        subject=matter.name,
    )


def _blocks(matter: Matter, head: Letterhead) -> Iterator[Block]:
    told = list(_numbered(_sections(matter)))
    if told:
        yield Paragraph(f"您咨询的“{matter.name}”，现一次性告知如下：")
    else:
        yield Paragraph(f"您咨询的“{matter.name}”，办理要求请以办理单位公布为准。")
    if told and matter.checked_on is None:
        yield Paragraph("（以下内容尚未与办理单位核对，请以办理单位公布为准。）")
    yield from told
    yield Spacer(0.5)
    yield Paragraph(_doubts(head))
    yield Paragraph(f"告知人：{head.operator}　　居民签收（可不签）：＿＿＿＿＿＿")
    yield Signature(head.signed_by, head.day, sealed=False)


def _numbered(sections: Iterable[Section]) -> Iterator[Block]:
    """Sections that say something; one of a single paragraph runs on behind its heading."""
    kept = (section for section in sections if section.blocks)
    for number, section in enumerate(kept, start=1):
        title = f"{numeral(number)}、{section.title}"
        first, *rest = section.blocks
        if not rest and isinstance(first, Paragraph):
            yield Paragraph(
                (Span(f"{title}：", Role.HEI), Span(str(first.text), Role.SONG)), flush=True
            )
        else:
            yield Heading(title)
            yield from section.blocks


def _sections(matter: Matter) -> Iterator[Section]:
    checked = matter.checked_on and f"最后核对日期：{written_date(matter.checked_on)}"
    yield Section("办理依据", _told(matter.basis, f"（{checked}）" if checked else ""))
    yield Section("办理条件", _told(matter.conditions))
    yield Section("需要的材料", tuple(_materials(matter)))
    yield Section("办理步骤", _told(matter.steps))
    yield Section("办理时限", _told("\n".join(_times(matter))))
    yield Section("收费情况", _told(matter.fee))
    yield Section("办理地点和电话", tuple(_where(matter)))
    yield Section("本站帮办", _told(matter.help_note))
    yield Section("不属本站办理的理由", _told(matter.outside_reason))


def _told(text: str, after: str = "") -> tuple[Block, ...]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and after:
        lines[-1] += after
    return tuple(map(Paragraph, lines))


def _materials(matter: Matter) -> Iterator[Block]:
    if matter.materials:
        rows = [
            [str(number), one.name, one.form.label, f"{one.copies}份", _BOX]
            for number, one in enumerate(matter.materials, start=1)
        ]
        yield Table(_MATERIALS, rows)
    yield from _told(matter.materials_note)


def _times(matter: Matter) -> Iterator[str]:
    """本站时限 is the station's promise; a department's is told in its own words."""
    if matter.station_days:
        yield (
            f"本站：{matter.station_days}个工作日内答复或告知转交去向；"
            "材料不齐的，自补齐之日起重新计算。"
        )
    elif matter.handling is Handling.INSTANT:
        yield "本站：材料齐全的，当场办理。"
    if matter.department_days or matter.office:
        told = f"（现公布为{matter.department_days}）" if matter.department_days else ""
        yield f"部门：以{matter.office or '部门'}公布为准{told}。"


def _where(matter: Matter) -> Iterator[Block]:
    facts = (
        ("办理单位", matter.office),
        ("办理地址", matter.address),
        ("办理时间", matter.hours),
        ("咨询电话", matter.phone),
        ("本站窗口", matter.counter),
    )
    pairs = [Pair(label, value, wide=True) for label, value in facts if value]
    if matter.phone and matter.counter:
        pairs[-2:] = [pair._replace(wide=False) for pair in pairs[-2:]]
    if pairs:
        yield KeyValues(tuple(pairs))


def _doubts(head: Letterhead) -> str:
    phones = f"{head.phone}或{HOTLINE}" if head.phone else HOTLINE
    return f"对告知内容有疑问或者不同意见的，可拨打{phones}。"
