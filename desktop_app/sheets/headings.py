"""How people head their columns: one table from what a column is to the words for it.

`normal` makes one spelling of a heading, so that 出生日期（年-月-日） and *出生 日期 are one.
`CONCEPTS` says which spellings mean the same thing. A ledger's column names its concept; words that
only one ledger uses stand in that ledger's own `Column.words`. A word may stand under several
concepts (日期): then whichever column of the ledger is free and comes first is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from desktop_app.core.text import half_width, visible

_BRACKETS = re.compile(r"[(\[{<〔【《「][^()\[\]{}<>〔〕【】《》「」]*[)\]}>〕】》」]")
_ORNAMENTS = re.compile(r"[\s*※★☆●▲_:;,.。、“”\"'‘’#-]+")
_NUMBERED = re.compile(r"^(?:\(?\d{1,2}[).、](?!\d)|[一二三四五六七八九十]{1,2}、)")


@lru_cache(maxsize=4096)
def normal(label: str) -> str:
    """One spelling of a heading: half width, no blanks, no stars, nothing in brackets."""
    plain = half_width(visible(label)).lower().strip()
    plain = _NUMBERED.sub("", plain)
    bare = _BRACKETS.sub("", plain)
    return _ORNAMENTS.sub("", bare) or _ORNAMENTS.sub("", plain).strip("()[]{}<>【】")


RUNNING_NUMBER = frozenset({"序号", "序", "顺序号", "行号", "no", "num", "项次", "排序", "№"})
"""The number of a line on its sheet: of no meaning anywhere else, so no column is called so."""

_TABLE = """
# a person
name: 姓名 名字 来访人 来访人姓名 来访者 来访者姓名 居民 居民姓名 来访群众 群众姓名 访客 访客姓名
    服务对象 服务对象姓名 诉求人 诉求人姓名 反映人 反映人姓名 申请人 申请人姓名 点单人 点单居民
    求助人 当事人 志愿者 志愿者姓名 党员姓名 党员 户主 户主姓名 参加人 参加人员 参加人姓名 参会人
    参会人员 签到人 人员姓名 人员 成员姓名 队员姓名 队员 来电人 来电人姓名 投诉人 咨询人 办事人
    办事群众 联系人姓名 报名人 对象姓名 name
gender: 性别 男女 来访人性别 sex gender
birth: 出生日期 出生年月日 出生年月 生日 出生时间 出生 出生年月日期 生年月日 birthday
birth_year: 出生年 年龄 出生年份 岁数 年纪 周岁 来访人年龄 年龄出生年 出生年年龄 age
phone: 联系电话 电话 手机 手机号 手机号码 联系方式 电话号码 联系号码 移动电话 联系手机 本人电话
    居民电话 来访人电话 来访人联系电话 来访人联系方式 居民联系电话 居民联系方式 志愿者电话
    固定电话 座机 电话手机 手机电话 通讯方式 联络方式 联络电话 联系人电话 联系人联系电话
    联系人手机 tel phone mobile 诉求人电话 反映人电话 申请人电话 点单人电话 来电号码 主叫号码
    户主电话 家庭电话 队员电话
id_number: 证件号码 身份证号 身份证 身份证号码 证件号 公民身份号码 居民身份证号码 居民身份证号
    公民身份证号码 身份号码 身份证件号码 身份证件号 有效证件号码 来访人身份证号 来访人身份证号码
    idcard id号
id_kind: 证件类型 证件种类 证件名称 证件类别 身份证件类型 有效证件类型
address: 住址 家庭住址 地址 居住地址 现住址 详细地址 家庭地址 现居住地址 现居住地 居住地 居住地点
    住所 住房地址 来访人住址 来访人地址 房屋地址 居住详细地址 小区楼栋门牌 小区楼栋 小区门牌
    小区房号 小区楼栋房号 居住小区门牌 居住小区楼栋 单位或住址 单位住址 常住地址 户籍地址 楼栋门牌
    楼栋房号 楼栋单元房号
compound: 小区 小区名称 所在小区 居住小区 所属小区 住宅小区 小区网格 院落 楼盘
grid: 网格 所属网格 所在网格 网格名称 网格号 网格编号
building: 楼栋 楼栋号 栋号 楼号 幢号 栋 幢 楼 楼幢 座 所在楼栋
unit: 单元 单元号 梯 梯号 梯位
room: 门牌 门牌号 房号 室号 房间号 户号 室 房屋号 门牌号码 门号 房间
address_note: 地址补充 地址备注 住址备注
person_kind: 人员类别 人员类型 居民类别 居民类型 人口类型 人口类别 来访人类别 人员性质 居住性质
    身份类别
special_groups: 关爱对象 特殊群体 特殊人群 重点人群 特殊人员 困难类型 困难类别 人群标签 人员标签
    特殊人群类别 帮扶类型
ethnic: 民族
political: 政治面貌 面貌 政治身份 政治面目
is_party: 是否党员 党员否 是否中共党员
party: 党员管理类别 党员类别 党员类型 党员性质
party_branch: 所在党支部 所属党支部 党支部 支部 所在支部 所属支部 党组织关系所在支部
party_organisation: 单位党组织 所在党组织 党组织 所属党组织 党组织名称 组织关系所在党组织
    组织关系所在单位 组织关系 党组织关系
workplace: 工作单位 单位 单位名称 所在单位 工作单位及职务 就业单位 服务单位 工作单位名称
    学校或单位 单位职务
post_title: 职务 职称 岗位职务 现任职务
occupation: 职业 从事职业
education: 文化程度 学历 教育程度 最高学历 受教育程度
marriage: 婚姻状况 婚姻 婚否
health_note: 健康情况说明 健康状况 健康情况 身体状况 身体健康状况
skills: 技能特长 特长 专业特长 个人特长 专长 技能 服务技能 特长爱好 爱好特长 擅长 个人专长
    专业技能
willing: 服务意向 意向岗位 志愿服务意向 服务类别 意向 志愿服务类别 感兴趣岗位 参与意愿 服务意愿
    意向服务类别
when_free: 可服务时段 可服务时间 服务时段 空闲时间 可参与时间 参与时间
flow_from: 流出地 户籍地 籍贯 户口所在地 户籍所在地 流出地党组织
flow_to: 流入地 流入地党组织 外出地点 去向
relation: 关系 与户主关系 与本人关系 与户主的关系
# people beside the person
guardian_name: 监护人姓名 监护人 家长姓名 家长 法定监护人
guardian_relation: 监护人关系 与监护人关系 监护人与本人关系 监护关系
guardian_phone: 监护人电话 监护人联系电话 监护人联系方式 家长电话 监护人手机 家长联系电话
    监护人手机号
emergency_name: 紧急联系人 紧急联系人姓名 应急联系人
emergency_phone: 紧急联系人电话 紧急联系电话 紧急联系人联系方式 紧急联系方式 应急电话
    紧急联系人联系电话 紧急联系人手机
agent_name: 代办人 代办人姓名 代理人 代理人姓名 委托人
agent_phone: 代办人电话 代理人电话 代办人联系电话 代办人联系方式
agent_relation: 代办人关系 与来访人关系 与代办人关系
# numbers of a record
number: 编号 登记编号 登记号 受理编号 受理号 件号 流水号 单号 业务编号 来访编号 项目编号 活动编号
    诉求编号 事项编号 记录编号 清单编号 协议编号 档案号 档案编号 志愿者编号 单位编号 队伍编号
    岗位编号 问题编号 台账编号
external_number: 外部编号 工单编号 工单号 订单编号 订单号 平台编号 平台单号 平台订单号 点单编号
    转办编号 转办单号 热线编号 热线工单号 来文编号 系统编号 案件编号 任务编号
national_number: 全国志愿者编号 全国志愿服务编号 全国编号 志愿汇编号 全国志愿者号 志愿服务编号
problem_number: 对应问题编号 对应问题 问题清单编号 关联问题编号 所属问题编号 对应问题项目编号
platform: 来源平台 平台 平台名称 转办平台 所属平台 订单来源
# when
at: 来访时间 来访日期 日期 时间 登记时间 登记日期 接待时间 接待日期 受理时间 受理日期 办理日期
    来访登记时间 年月日 接访时间 接访日期 发生时间 来电时间 来电日期 日期时间 诉求时间 反映时间
    点单时间 点单日期 下单时间 提交时间 创建时间 申请时间 申请日期 报事时间
clock: 时刻 具体时间 几点 时分 钟点
day: 日期 活动日期 服务日期 服务时间 时间 年月日 活动时间 值班日期 排班日期 上岗日期
starts: 开始时间 起始时间 开始 活动开始时间 活动时间 开展时间 服务开始时间 上岗时间 签到时间 起
    会议时间 开始日期时间
ends: 结束时间 终止时间 结束 活动结束时间 服务结束时间 离岗时间 签退时间 止 截止时间 下岗时间
signed_in: 签到时间 签到 到场时间 到达时间 入场时间
signed_out: 签退时间 签退 离场时间 离开时间
closed_at: 办结时间 办结日期 完成时间 完成日期 办理完成时间 办毕时间 结案时间 结案日期 反馈时间
    处理时间 处理日期 办理时间 处理完成时间 实际完成时间 回复时间
due: 承诺时限 到期日 办理时限 完成时限 时限 期限 截止日期 要求完成时间 计划完成时间 整改期限
    办结时限 限办时间 到期时间
since: 起始日期 开始日期 自 生效日期 起始时间 启用日期 共建起始日期 协议开始日期 有效期起
    起止日期起
until: 截止日期 结束日期 至 到期日期 终止日期 有效期至 到期时间 共建截止日期 协议到期日
    协议结束日期 协议到期时间 有效期止
signed_on: 签订日期 签订时间 签约日期 签约时间 协议签订日期 协议签订时间 签署日期
raised_on: 提出日期 提出时间 问题提出时间 收集时间 收集日期 征集时间 发现时间 上报时间 入单日期
    入单时间 摸排时间
closed_on: 销号日期 销号时间 解决时间 完成日期 完成时间 解决日期
planned: 计划时间 拟定时间 计划开展时间 计划实施时间 实施时间 预计时间 预计完成时间 约定时间
registered_on: 注册日期 注册时间 登记日期 登记时间 报到日期 报到时间 加入日期 加入时间 建档日期
    建档时间 入库时间
joined_on: 入队日期 入队时间 加入日期 加入时间
left_on: 退队日期 退队时间 退出日期 退出时间 离队时间
founded_on: 成立日期 成立时间 组建日期 组建时间
party_since: 入党日期 入党时间 入党年月
year: 年度 年份 年
# a matter, a wish, an answer
summary: 事由 来访事由 反映问题 事由摘要 来访内容 反映事项 诉求内容 反映内容 咨询内容 主要事由
    来访原因 主要内容 问题内容 事项内容 诉求 来访目的 办理事项内容 反映的问题 反映情况 主要诉求
    来访事项 办事内容 内容 详细情况 具体内容 诉求详情 需求内容 情况说明 来电内容 问题及诉求
matter: 具体事项 办理事项 事项 事项名称 业务名称 业务事项 办事事项 服务事项 办理业务 事项目录
category: 业务类别 类别 事项类别 业务类型 类型 问题类别 问题类型 诉求类别 诉求类型 事项类型
    需求类别 需求类型 分类 来访类别 来访类型 点单类别 服务类型 项目类别
title: 标题 诉求标题 事项标题 点单事项 点单内容 需求 服务需求 心愿 微心愿 心愿内容 服务项目
    工单标题 事项 诉求事项
source: 来源 来访方式 来访渠道 问题来源 诉求来源 受理渠道 渠道 反映渠道 来访形式 反映方式 信息来源
    收集渠道 收集方式 登记来源
handling: 办理方式 处理方式 办件类型 办理类型 办结方式
result: 办理结果 处理结果 处理意见 处理情况 办理情况 落实情况 解决情况 处理意见与结果
    处理意见及结果 办理结果及意见 答复情况 处理结果及意见 办理意见 答复内容 完成情况 结果 处置情况
    处置结果 回复内容 反馈情况 反馈结果 接待处理情况 解决结果 办结情况
state: 状态 办理状态 当前状态 进度 办理进度 是否办结 处理状态 工单状态 订单状态 志愿者状态
    项目状态 目前状态
follow_up: 回访 回访情况 回访记录 回访结果 电话回访
level: 评价 满意度 群众评价 评价结果 群众满意度 满意程度 满意情况 居民评价 服务评价 评价等级
    回访满意度
urgency: 紧急度 紧急程度 轻重缓急 优先级 缓急程度
handed_to: 交办去向 转办单位 转办去向 移交单位 转办部门 交办单位 承办单位 转交部门 流转部门
handed_on: 交办日期 转办日期 转办时间 交办时间 移交日期 派单时间 派单日期
notice_given: 一次性告知 是否一次性告知 一次性告知书
people: 人数 来访人数 涉及人数 来访人次 人次 参加人数 参与人数 涉及人数户 服务人数 总人数 合计人数
    受益人数 涉及户数
clerk: 接待人 经办人 首问责任人 接待人员 办理人 经办人员 受理人 接访人 承办人 接访人员 首问责任
    工作人员 受理人员 办理人员 接待干部 接待者 处理人 值班人员 值班人 接待人签名 经办人签字 接听人
registered_by: 登记人 录入人 填表人 填报人 登记人员 登记者 记录者
taken_by: 接单人 接单党员 认领人 承接人 承接党员 接单志愿者 服务人员 接单人姓名
assignee: 承办 承办人 承办单位 派单对象 接单单位 办理单位 责任单位 派往单位 接单组织
remark: 备注 说明 备考 备注说明 其他 附注 其他说明 备注信息 remark
# activities
activity_name: 活动名称 活动主题 活动项目 会议名称 会议主题 主题 名称 项目名称 活动 活动内容名称
    活动标题 参加活动
activity_kind: 活动类别 活动类型 类别 类型 活动形式 会议类型 活动种类 形式
brand: 主题品牌 品牌 活动品牌 品牌名称
place: 地点 活动地点 服务地点 会议地点 场所 活动场所 举办地点 集合地点 开展地点 岗位地点 值守地点
    服务场所
organiser: 主办单位 主办 组织单位 举办单位 组织者 牵头单位 主办方 开展单位 活动组织单位 发起单位
    服务组织
undertaker: 承办单位 承办 承办方 实施单位
co_organiser: 协办单位 协办 协办方 共建单位 参与单位 参加单位 配合单位
host: 主持人 主持 会议主持人
recorder: 记录人 记录 会议记录人 记录员
reviewer: 审核人 审核 复核人 审批人 审核人员
agenda: 议程 会议议程 会议议题 议题
content: 活动内容 服务内容 内容 主要内容 活动简介 活动情况 会议内容 活动概况 开展情况 工作内容
    活动记录 服务项目 活动详情
outcome: 活动成效 成效 活动效果 效果 工作成效 活动成果 取得成效
party_members: 党员人数 党员 参加党员 党员数 参与党员人数 参加党员人数 参加人数党员 参与人数党员
volunteers: 志愿者人数 志愿者 参加志愿者 志愿者数 参与志愿者人数 志愿者参与人数 参加人数志愿者
    参与人数志愿者
masses: 群众人数 群众 居民人数 参加群众 群众数 参与居民人数 参加群众人数 参加人数群众 参与人数群众
    参加人数居民
total_people: 合计 参加人数 参与人数 总人数 人数 合计人数 参加总人数 参会人数 活动人数
    参加人数合计 参与人数合计 小计
served: 服务人次 受益人次 受益人数 服务居民人次 服务人数 服务群众人次 惠及人数 服务对象人次
should_attend: 应到 应到人数 应参加人数 应到会人数 应出席人数
did_attend: 实到 实到人数 实参加人数 实到会人数 实出席人数
absent: 缺席 缺席人数 缺席人员 请假人数 未到人数
absent_reason: 缺席原因 缺席及原因 请假原因 未到原因 缺席人员及原因
solved: 解决问题数 解决问题 解决问题件数 解决件数 解决问题个数
cost: 经费 经费金额 活动经费 费用 金额 支出 支出金额
cost_from: 经费来源 资金来源
media: 媒体报道 报道 宣传报道 报道链接 媒体链接
attendee_role: 身份 参加身份 人员身份 参会身份 参加人身份
attendee_unit: 单位或小区 单位小区 单位 小区 所在单位 工作单位 代表单位 单位名称 所在单位或小区
# volunteers, teams, hours, posts
team: 队伍 所属队伍 志愿队 志愿服务队 服务队 队伍名称 队名 所在队伍 所属服务队 所属志愿服务队
    志愿服务队名称 团队 服务队名称
team_kind: 队伍类别 队伍类型 类别 类型 服务队类别 队伍性质
team_leader: 队长 队长姓名 负责人 负责人姓名 队伍负责人 团队负责人 服务队长 队伍负责人姓名
team_leader_phone: 队长电话 队长联系电话 负责人电话 负责人联系电话 队长联系方式 负责人联系方式
    队长手机 队伍负责人电话 联系电话
belongs_to: 所属组织 所属单位 主管单位 隶属组织 所属社区 管理单位 所属党组织 依托单位
direction: 服务方向 服务领域 服务范围 主要服务方向 服务方向说明 服务项目
members: 队员人数 人数 成员人数 队伍人数 队员数 现有人数
service_title: 活动或项目名称 活动项目名称 志愿服务项目 服务项目 项目名称 活动名称 志愿服务活动
    服务活动 活动 志愿活动 服务项目名称 活动(项目)名称
minutes: 服务时长 时长 服务小时 小时 小时数 时数 志愿服务时长 服务时数 服务小时数 累计时长 工时
    志愿时长 服务时间小时 信用时数 荣誉时数 服务分钟 分钟 总时长 志愿服务小时 志愿服务时数
    时长小时 时长分钟
hours_source: 时长来源 记录方式 时长类型
recipients: 服务对象 受助对象 服务人群 服务对象人次 受益对象
head: 负责人 负责人姓名 单位负责人 主要负责人 活动负责人 项目负责人 党组织负责人 党组织书记 书记
    法定代表人
head_phone: 负责人电话 负责人联系电话 负责人联系方式 负责人手机 单位负责人电话 书记电话
confirmed_by: 确认人 确认人签名 证明人 确认签名 签字确认
insurance: 保险 保险名称 保险公司 投保情况
insurance_number: 保险单号 保单号 保单号码
insurance_until: 保险止期 保险到期日 保险截止日期 保险有效期至
disclose: 本人同意公示 同意公示 是否同意公示
post_name: 岗位名称 岗位 认领岗位 服务岗位 志愿岗位 设岗名称 岗位类别名称
post_kind: 岗位类别 岗位类型 类别 类型
quota: 名额 需求人数 岗位人数 招募人数 设岗数 计划人数 岗位名额 所需人数 岗位数
duties: 岗位职责 职责 工作职责 职责要求 岗位要求 服务要求 工作内容
claimed_on: 认领日期 认领时间 承诺日期 上岗日期 认岗时间
shift: 班次 值班时段 时段 排班时段 值守时段
# partners, agreements, three lists, party
partner: 共建单位 单位 单位名称 共建单位名称 结对单位 结对共建单位 认领单位 乙方 驻区单位 联建单位
    成员单位 名称 结对共建单位名称 机关单位 包联单位 共驻共建单位 驻区单位名称 企业名称
short_name: 简称 单位简称
credit_code: 统一社会信用代码 信用代码 社会信用代码 组织机构代码 统一信用代码 机构代码
liaison: 联络员 联络员姓名 联系人 联系人姓名 联络人 单位联系人 单位联络员 对接人
liaison_phone: 联络员电话 联络员联系电话 联系人电话 联络电话 联系电话 联络员联系方式 联系方式 电话
    联络员手机 联系人联系电话 对接人电话
specialities: 单位专长 优势资源 专长 单位优势 资源优势 单位特色
party_a: 甲方 甲方名称 甲方党组织 社区党组织
a_head: 甲方负责人 甲方代表
a_liaison: 甲方联络员 甲方联系人
a_phone: 甲方联络电话 甲方联系电话 甲方电话 甲方联络员电话
party_b: 乙方 乙方名称 乙方党组织 乙方单位 单位党组织
b_head: 乙方负责人 乙方代表
b_liaison: 乙方联络员 乙方联系人
b_phone: 乙方联络电话 乙方联系电话 乙方电话 乙方联络员电话
goals: 共建目标 目标 总体目标
agreement_contents: 共建内容 协议内容 共建事项 合作内容 共建项目 主要共建内容 合作事项
a_duties: 甲方责任 甲方其他责任 甲方职责 甲方义务
b_duties: 乙方责任 乙方其他责任 乙方职责 乙方义务
venues: 开放场地 开放场地设施 开放场地或设施 提供场地 场地设施 开放资源
filed_with: 备案单位 备案机关
problem: 问题描述 问题 问题内容 存在问题 问题事项 需求内容 具体问题 问题表现 需求描述 居民需求
    群众需求 民生问题 需求事项
raiser: 提出人 反映人 提出人姓名 反映人姓名 需求人 联系人 提交人 诉求人
raiser_phone: 提出人电话 反映人电话 提出人联系电话 提出人联系方式 反映人联系电话 联系电话 联系方式
    电话
resource: 可提供资源 认领事项 可提供资源或认领事项 可提供资源认领事项 资源 资源内容 资源名称
    服务项目 共建项目 提供资源 可提供服务 服务内容 认领项目
resource_how: 服务方式 提供方式 实施方式 开展方式
quantity: 数量 份数 件数 个数
responsible_unit: 责任单位 牵头单位 承办单位 责任部门 牵头责任单位 主责单位
responsible: 责任人 责任人姓名 具体责任人 负责人 包保责任人 直接责任人
responsible_phone: 责任人电话 责任人联系电话 责任人联系方式 负责人电话 联系电话
helpers: 配合单位 协助单位 协办单位 参与单位 协同单位
duty_level: 责任层级 层级 责任级别
measures: 措施 整改措施 工作措施 解决措施 具体措施 办理措施 推进措施 任务措施 落实措施
progress: 进展 进展情况 工作进展 目前进展 推进情况 办理进展 最新进展 进展及成效
closer: 销号人 销号责任人
rechecker: 复核人 验收人 核验人
pledge: 承诺事项 承诺内容 承诺 践诺承诺 公开承诺事项
pledge_done: 践诺情况 践诺 践诺记录 履诺情况
shown_how: 亮身份方式 亮身份 亮身份形式
# places, matters, offices
place_name: 名称 小区名称 地点名称 小区 社区名称 网格名称 地名 楼盘名称 场所名称
place_kind: 类别 类型 小区类型 地点类型 级别 层级 小区类别 小区性质 地点类别
code: 编码 代码 编号 小区编码 网格编码 事项编码 区划代码 行政区划代码
parent: 上级 所属社区 所在社区 上级名称 所属街道 隶属 所属区域 社区
households: 户数 总户数 住户数 居民户数
built_in: 建成年份 建成年代 建设年代 建成时间 竣工时间
property_company: 物业公司 物业企业 物业 物业单位 物业服务企业
matter_name: 事项名称 事项 名称 业务名称 服务事项 办理事项 具体事项 事项目录名称
limit_days: 办理时限 承诺时限 时限 法定时限 承诺办结时限 本站时限 办结时限 承诺期限 工作日
materials: 材料 所需材料 申请材料 办理材料 材料清单 提交材料 需提交材料
conditions: 办理条件 条件 受理条件 申请条件
basis: 依据 办理依据 政策依据 设定依据 法律依据
procedure: 程序 办理程序 办理流程 流程 办事流程
fee: 收费 收费标准 是否收费 收费情况
station: 站点 服务站 站点名称 所属站点 党群服务站 服务站名称 所属服务站 社区 所属社区
"""


def _concepts() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in _TABLE.splitlines():
        if not line or line.startswith("#"):
            continue
        concept, _, words = line.rpartition(":") if ":" in line else ("", "", line)
        found.setdefault(concept or next(reversed(found)), []).extend(words.split())
    return {concept: tuple(words) for concept, words in found.items()}


CONCEPTS: Mapping[str, tuple[str, ...]] = _concepts()
"""What a column is, and the words it is headed by, the usual ones first."""


def _spellings() -> dict[str, frozenset[str]]:
    return {
        concept: frozenset(normal(word) for word in words) for concept, words in CONCEPTS.items()
    }


SPELLINGS: Mapping[str, frozenset[str]] = _spellings()
"""The normal spellings of each concept."""

KNOWN: frozenset[str] = frozenset().union(*SPELLINGS.values()) | RUNNING_NUMBER
"""Every normal spelling that heads a column somewhere, by which a row of headings is told."""


def order_of(concept: str, spelling: str) -> int | None:
    """How early a spelling stands among the words of a concept; None when it is none of them."""
    if spelling not in SPELLINGS.get(concept, frozenset()):
        return None
    return next(place for place, word in enumerate(CONCEPTS[concept]) if normal(word) == spelling)
