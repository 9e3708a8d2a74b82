"""The station's settings, each typed and described once. Values are in the database, audited.

Settings of one PC (printer, scale, column widths) are not here: see `widgets/local_settings.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from desktop_app.core.clock import STATION_ZONE

T = TypeVar("T", str, int, bool)


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """`key` is how it is stored, `label` how 设置 shows it, `hint` the sentence beside it.

    With `choices` it is one of these and nothing else.
    """

    key: str
    label: str
    default: T
    hint: str = ""
    low: int | None = None
    high: int | None = None
    choices: tuple[T, ...] = ()


ZONE = Setting("station.zone", "时区", STATION_ZONE, "全国统一为 Asia/Shanghai，一般不必改。")
ISSUER = Setting("station.issuer", "落款单位", "", "打印在文书末尾，站点一般为社区居民委员会。")
CONTROLLER = Setting("station.controller", "个人信息处理者", "", "写在个人信息告知书上的单位全称。")
SERVICE_PHONE = Setting("station.phone", "服务电话", "", "印在回执上，居民凭回执号查询。")
ADDRESS = Setting("station.address", "地址", "", "印在一次性告知单上。")
OPENING_HOURS = Setting("station.hours", "工作时间", "周一至周五 8:30—12:00 14:30—17:30", "")
FANG_FACE = Setting(
    "print.fang_face",
    "仿宋字体文件",
    "",
    "本单位装有仿宋_GB2312 时写它的文件，如 C:\\Windows\\Fonts\\simfang.ttf；留空用程序自带的。",
)
TITLE_FACE = Setting(
    "print.title_face", "小标宋字体文件", "", "装有方正小标宋时写它的文件；留空用程序自带的。"
)
MASK_TODAY = Setting(
    "visits.mask_today",
    "前台列表遮挡姓名",
    True,
    "柜台外可能看到屏幕时保持开启；光标所在行显示全名。",
)
LOCK_AFTER_MINUTES = Setting(
    "lock.minutes", "自动锁屏（分钟）", 10, "离开座位多久后锁屏。", low=1, high=120
)
PASSWORD_DAYS = Setting(
    "password.days", "密码有效期（天）", 90, "0 表示不要求定期更换。", low=0, high=730
)
BACKUP_FOLDER = Setting(
    "backup.folder", "另存备份的文件夹", "", "选在另一块硬盘或移动硬盘上；留空只备份在本机。"
)
REPORT_REMIND_DAYS = Setting(
    "report.remind_days",
    "上报提醒（天）",
    7,
    "街道多少天没有确认就提醒上报；0 表示不提醒。",
    low=0,
    high=365,
)
AGREEMENT_REMIND_DAYS = Setting(
    "agreements.remind_days",
    "协议到期提醒（天）",
    30,
    "共建协议还有多少天到期就提醒续签。",
    low=1,
    high=365,
)
BACKUP_KEEP = Setting("backup.keep", "保留备份份数", 7, "", low=2, high=90)
INBOX_FOLDER = Setting(
    "inbox.folder",
    "自动收件的文件夹",
    "",
    "站点把上报包放进这个文件夹就自动收件；留空不自动收件。",
)
STATION_REMIND_DAYS = Setting(
    "stations.remind_days",
    "未报送提醒（天）",
    10,
    "站点多少天没有报送就标出提醒；0 表示不提醒。",
    low=0,
    high=365,
)
LIST_NAMES = Setting(
    "lists.names",
    "三张清单的叫法",
    "问题清单、共建清单、责任清单",
    "屏幕和文书上都用这三个名称，内容不变。",
    choices=("问题清单、共建清单、责任清单", "需求清单、资源清单、项目清单"),
)
NO_ISSUER_KIND = "（未选定，不能出具证明）"
CERTIFICATE_ISSUER_KIND = Setting(
    "volunteers.issuer_kind",
    "出具志愿服务证明的资格",
    NO_ISSUER_KIND,
    "只有这几类单位可以出具志愿服务记录证明；没有选定时只能打印汇总（非证明）。",
    choices=(
        NO_ISSUER_KIND,
        "志愿服务组织",
        "慈善组织",
        "基层群众性自治组织",
        "公益活动举办单位",
        "公共服务机构",
    ),
)
"""志愿服务记录与证明出具办法（民政部令第67号）: who may certify; a 党群服务站 itself is none."""
CERTIFICATE_ISSUER = Setting(
    "volunteers.issuer", "证明出具单位", "", "印在证明上的单位全称，如社区居民委员会。"
)
CERTIFICATE_HEAD = Setting("volunteers.issuer_head", "证明负责人", "", "在证明上签字的负责人姓名。")
CERTIFICATE_PHONE = Setting(
    "volunteers.issuer_phone", "证明联系电话", "", "印在证明上，供查验的人联系。"
)

ALL: tuple[Setting[str] | Setting[int] | Setting[bool], ...] = (
    ZONE,
    ISSUER,
    CONTROLLER,
    SERVICE_PHONE,
    ADDRESS,
    OPENING_HOURS,
    FANG_FACE,
    TITLE_FACE,
    MASK_TODAY,
    LOCK_AFTER_MINUTES,
    PASSWORD_DAYS,
    REPORT_REMIND_DAYS,
    AGREEMENT_REMIND_DAYS,
    BACKUP_FOLDER,
    BACKUP_KEEP,
    INBOX_FOLDER,
    STATION_REMIND_DAYS,
    LIST_NAMES,
    CERTIFICATE_ISSUER_KIND,
    CERTIFICATE_ISSUER,
    CERTIFICATE_HEAD,
    CERTIFICATE_PHONE,
)
