"""The front of the benches: `python -m tests.speed NAME [--json] [--OPTION VALUE …]`.

Every bench prints its figure beside the bare cost of the same work in the same run, as a ratio,
because the machines they run on are noisy. Each is a module with `DEFAULTS` (its options) and
`run(options)`, which answers plain values; `holds` says whether the promised bound was met.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from typing import Any

BENCHES: dict[str, str] = {
    "startup": "进程启动到登录框可输入，与空窗口相比",
    "sign_in": "按下回车到前台可输入，与单独一次 argon2id 相比",
    "search": "一个框找人，每按一键，与手写 SQL 相比",
    "save_visit": "登记一位熟悉居民的来访，与手写 SQL 同样的行相比",
    "save_under_load": "备份进行时、旧台账导入时登记一条来访",
    "list_page": "三十万条来访的第一页、最后一页和筛选页，与裸 SQL 相比",
    "period_figures": "一个月的报表，与裸 SQL 数同样的数相比",
    "memory": "登记 500 条来访前后窗口占用的内存",
    "ledger_pdf": "五千行台账打印成 PDF，与手写的页面内容和 LongTable 相比",
    "photo_intake": "收进六张 1200 万像素的照片，与只解码、缩小、编码相比",
    "preview": "PDF 生成后到第一页显示出来，与 pdfium 单独画同一页相比",
    "board": "两千张卡片的看板画出来、移动一张，与同样文字的普通 QListView 相比",
    "activity_pdf": "两页文字、六张照片的活动总结生成 PDF，与只印照片相比",
    "month_pdf": "hall 的月工作报告从按键到 PDF，与裸 SQL 相比",
    "seal_open": "200 MB 照片封成上报包再打开，与 age 命令相比",
    "change_lines": "严格读十万条变更并核对链，与只用 json.loads 相比",
    "bundle_export": "十万条来访和一千位居民第一次上报，与读出同样的行写成 NDJSON 再压缩相比",
    "bundle_import": "街道收下十万条来访和一千位居民的上报包，与裸写同样的行相比",
    "street_inbox": "街道一次收下 48 个站点一个月的上报包，空街道与已有很多来访的街道",
    "roster_hours": "四百位志愿者五年的时长按人按月合计，与裸 SQL 同样的合计相比",
    "quick_sign_in": "志愿者签到签退，按下回车到存好并显示，与裸插入一条服务记录相比",
    "match": "一万条共建资源里给一个问题配餐，与裸 SQL 取同样的候选相比",
    "summary": "一个街道 120 万条来访的汇总，与汇总表上的裸 SQL 相比",
    "sheet_export": "五万条来访十二列导出成工作簿，与 XlsxWriter 直接写同样的单元格相比",
    "sheet_import": "五万行十二列的旧台账导入空站点，与 calamine 读取加裸写同样的行相比",
    "sheet_dry_run": "同一份旧台账试导入，与 calamine 只读取相比",
    "demo": "生成 small 与 hall 演示数据，与裸写同样的行相比",
}


def main(arguments: list[str]) -> int:
    """Run one bench and print what it found; 1 when a bound was not met."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("name", choices=sorted(BENCHES))
    parser.add_argument("--json", action="store_true")
    chosen, rest = parser.parse_known_args(arguments)
    module = importlib.import_module(f"tests.speed.{chosen.name}")
    options = _options(module.DEFAULTS, rest, chosen.name)
    found: dict[str, Any] = module.run(options)
    if chosen.json:
        print(json.dumps({"bench": chosen.name, **found}, ensure_ascii=False, indent=2))
    else:
        print(f"{chosen.name}　{BENCHES[chosen.name]}")
        for name, value in found.items():
            _print(name, value, "  ")
    return 0 if found.get("holds", True) else 1


def _options(defaults: dict[str, Any], rest: list[str], name: str) -> dict[str, Any]:
    parser = argparse.ArgumentParser(prog=f"dev.py bench {name}")
    for option, value in defaults.items():
        parser.add_argument(f"--{option.replace('_', '-')}", type=type(value), default=value)
    return vars(parser.parse_args(rest))


def _print(name: str, value: object, indent: str) -> None:
    if isinstance(value, dict):
        print(f"{indent}{name}")
        for inner, entry in value.items():
            _print(str(inner), entry, indent + "  ")
    elif isinstance(value, list):
        print(f"{indent}{name}")
        for entry in value:
            print(f"{indent}  {entry}")
    else:
        words = f"{value:.3f}" if isinstance(value, float) else str(value)
        print(f"{indent}{name:<36}{words}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
