"""The columns of the paper forms that stations keep are all known to the table of headings."""

from __future__ import annotations

import pytest

from desktop_app.sheets.headings import KNOWN, normal

_TABLE = """
来访登记表: 编号 来访时间 来访人姓名 性别 年龄 出生年 人数 联系电话 证件类型 证件号码 小区 楼栋
    门牌 人员类别 特殊群体 来源 业务类别 具体事项 事由摘要 首问责任人 办理方式 承诺时限 一次性告知
    办理结果 办结时间 评价 回访 备注 登记人 单位或住址 接待人 处理意见与结果 联系方式 事由
志愿者登记表: 志愿者编号 全国志愿者编号 姓名 性别 出生日期 证件类型 证件号码 民族 政治面貌
    党员管理类别 文化程度 工作单位 居住小区 门牌 电话 技能特长 服务意向 可服务时段 健康情况说明
    紧急联系人 紧急联系人电话 监护人姓名 监护人关系 监护人电话 保险 注册日期 状态 专业特长
    意向岗位
服务队名册: 队名 队伍类别 所属组织 队长 队长电话 成立日期 服务方向 人数 序号 姓名 性别 电话 特长
    入队日期 退队日期 累计时长
志愿服务记录: 活动名称 项目名称 日期 开始时间 结束时间 地点 服务内容 服务时长 时长来源 服务对象
    组织单位 负责人 评价 确认人签名
活动签到表: 序号 姓名 单位 小区 身份 电话 签到时间 签退时间
活动台账: 编号 活动名称 类别 主题品牌 开始时间 结束时间 地点 主办单位 承办单位 协办单位 共建单位
    主持人 记录人 应到 实到 缺席原因 党员人数 志愿者人数 群众人数 合计 服务人次 活动内容 成效
    解决问题数 经费 经费来源 媒体报道 审核人
共建协议: 协议编号 甲方 乙方 统一社会信用代码 甲方负责人 乙方负责人 联络员 联络员电话 签订日期
    起始日期 截止日期 共建目标 共建内容 甲方责任 乙方责任 开放场地 备案单位
三单: 项目编号 提出日期 来源 小区 类别 状态 问题描述 涉及人数 紧急度 提出人 提出人电话 共建单位
    可提供资源 认领事项 对应问题编号 服务方式 计划时间 数量 责任单位 责任人 配合单位 责任层级
    完成时限 措施 进展 完成情况 群众评价 销号日期 销号人 复核人
双报到: 姓名 单位 党支部 党员类别 专长 报到日期 承诺事项 践诺情况 居住地址 联系方式 意向岗位
岗位: 岗位名称 岗位类别 名额 岗位职责 地点 认领人 认领日期 时段
点单: 订单编号 点单时间 点单人 联系电话 地址 点单事项 接单人 办理结果 完成时间 满意度 来源平台
居民名册: 户主 与户主关系 姓名 身份证号 户籍地址 现住址 手机号 是否党员 政治面貌 人员类别 流出地
    流入地
单位名录: 单位名称 简称 统一社会信用代码 负责人 负责人电话 联系人 联系人电话 地址 优势资源
事项目录: 事项名称 办理依据 办理条件 所需材料 办理程序 办理时限 收费标准
小区台账: 小区名称 类型 户数 建成年份 物业公司 所属社区 编码
"""


def _forms() -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    for line in _TABLE.strip().splitlines():
        form, colon, words = line.rpartition(":")
        forms.setdefault(form if colon else next(reversed(forms)), []).extend(words.split())
    return forms


FORMS = _forms()


@pytest.mark.parametrize("form", FORMS)
def test_every_column_of_a_form_is_known(form: str) -> None:
    assert len(FORMS[form]) > 6
    unknown = [word for word in FORMS[form] if normal(word) not in KNOWN]
    assert not unknown
