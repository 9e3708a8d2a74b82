"""志愿服务 through the command line, from signing in to a certificate that is checked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.running import Commands
from tests.homes import StationHome
from tests.ledgers.service.builders import entitle, volunteer

pytestmark = pytest.mark.sqlite_only

SERVICE = {
    "志愿者": "张秀兰", "活动（项目）名称": "夜间平安巡逻", "开始时间": "2026-11-20 19:00",
    "结束时间": "2026-11-20 21:00", "服务对象": "陈阿婆", "好事实事": "是",
}  # fmt: skip


def act(commands: Commands, kind: str, uid: str, action: str, **told: Any) -> Any:
    return commands.ask("act", kind, uid, action, "-", stdin=told)


@pytest.fixture
def somebody(station_home: StationHome) -> str:
    """A volunteer of the home, and a body that may certify."""
    desk = station_home.desk()
    who = volunteer(desk)
    entitle(desk)
    return who.hex
