"""Documents and ledgers as the tests print them: fictional people, sensible defaults."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

from desktop_app.core.clock import Zone
from desktop_app.printing.blocks import Block, Heading, Paragraph, Signature
from desktop_app.printing.document import Document
from desktop_app.printing.page import LedgerFrame
from desktop_app.printing.paragraph import Align
from desktop_app.printing.table_layout import Column

_ZONE = Zone()
AT: datetime = _ZONE.local(_ZONE.at(date(2026, 11, 23), 9, 5))

BODY = (
    "2026年第三季度，龙门社区近邻服务站共登记来访1,284件，其中即时办结1,102件，占85.8%；限时办理131件"
    "（含跨部门转办47件），按期办结率为98.5%。居民张𬭎、阿卜杜拉·买买提等反映的“一老一小”照护、电动"
    "自行车充电难、加装电梯意见不一等问题，已由网格员入户核实，并形成《问题清单》《责任清单》《共建清单》。"
    "书记说：“继续（努力）。”坚持“近邻党建”引领——把服务送到家门口……受到好评！"
)
SIGNATURE = Signature("中共龙门街道龙门社区委员会", date(2026, 10, 9))
COLUMNS = (
    Column("序号", Align.CENTER, weight=0),
    Column("编号", weight=0),
    Column("登记时间", Align.CENTER, weight=0),
    Column("姓名", Align.CENTER, weight=0),
    Column("住址"),
    Column("事项"),
    Column("事由摘要", weight=2),
    Column("人次", Align.RIGHT, weight=0),
    Column("经办人", Align.CENTER, weight=0),
)


def official(*blocks: Block, **more: object) -> Document:
    """A document on the official page."""
    return Document("关于近邻服务站工作情况的报告", blocks, AT, **more)  # type: ignore[arg-type]


def report(paragraphs: int = 6) -> Document:
    """A report of some pages with everything a report has."""
    blocks: list[Block] = [
        Heading("关于2026年第三季度近邻服务站\n工作情况的报告", 0),
        Paragraph("龙门街道党工委：", flush=True),
    ]
    for number in range(paragraphs):
        blocks += [Heading("一、来访登记与办理情况"), Heading("（一）基本情况", 2)]
        blocks += [Paragraph(BODY + f"第{number}段完。"), Heading("1.即时办结", 3), Paragraph(BODY)]
    return official(*blocks, SIGNATURE)


def ledger(*blocks: Block, landscape: bool = True, reprint: int = 0) -> Document:
    """A document on the ledger's page."""
    frame = LedgerFrame(
        "龙门街道龙门社区近邻服务站", "2026年第三季度", "王小燕", AT, landscape, reprint
    )
    return Document("来访登记台账", blocks, AT, frame=frame)


def rows(count: int) -> list[tuple[str, ...]]:
    """Visits of a ledger of nine columns; every row has its number in the first two."""
    dice = Random(3)
    return [
        (
            str(number),
            f"QR01-2026A-{number:05d}",
            f"2026-{dice.randint(7, 9):02d}-{dice.randint(1, 28):02d} 09:{dice.randint(0, 59):02d}",
            dice.choice("王李张刘陈杨赵黄") + dice.choice("小桂建明") + dice.choice("燕英国𬭎"),
            f"龙门小区{dice.randint(1, 30)}栋{dice.randint(1, 4)}单元{dice.randint(101, 1803)}",
            dice.choice(("医保缴费", "社保卡补办", "物业纠纷", "高龄津贴申请认证")),
            dice.choice(
                (
                    "手机上交医保总提示验证失败，请帮忙操作",
                    "反映楼上漏水（已三次），物业至今未处理，要求社区出面协调，并请网格员上门查看墙体",
                    "咨询",
                )
            ),
            str(dice.choice((1, 1, 2, 12))),
            dice.choice(("王小燕", "李建国")),
        )
        for number in range(1, count + 1)
    ]
