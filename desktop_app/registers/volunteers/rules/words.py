"""The words a volunteer and a team are described by, and how long texts may be. Pure."""

from __future__ import annotations

from desktop_app.core.fields import LabelledEnum

LINE_LIMIT = 200
TEXT_LIMIT = 2000
REASON_LIMIT = 500
NAME_LIMIT = 100
CODE_LIMIT = 40


class Skill(LabelledEnum):
    """技能特长: what somebody can do that not everybody can (志愿服务条例 art. 7: 服务技能)."""

    MEDICAL = "medical", "医疗护理"
    FIRST_AID = "first_aid", "急救"
    PSYCHOLOGY = "psychology", "心理疏导"
    LAW = "law", "法律"
    MEDIATION = "mediation", "调解"
    TEACHING = "teaching", "教学辅导"
    PHONES = "phones", "手机电脑"
    REPAIR = "repair", "水电维修"
    CARPENTRY = "carpentry", "木工"
    HAIRDRESSING = "hairdressing", "理发"
    COOKING = "cooking", "烹饪"
    TAILORING = "tailoring", "缝纫"
    DRIVING = "driving", "驾驶"
    ARTS = "arts", "文艺表演"
    CALLIGRAPHY = "calligraphy", "书画"
    SPORTS = "sports", "体育"
    PHOTOGRAPHY = "photography", "摄影"
    WRITING = "writing", "写作宣传"
    LANGUAGES = "languages", "外语手语"
    OTHER = "other", "其他"


class Direction(LabelledEnum):
    """服务方向: what sort of service somebody wants to give or a team gives; also the sort of a
    post."""

    PATROL = "patrol", "平安巡逻"
    GUIDING = "guiding", "文明劝导"
    PUBLICITY = "publicity", "政策宣传"
    CLEANING = "cleaning", "环境清洁"
    ELDERLY = "elderly", "助老"
    CHILDREN = "children", "助学托管"
    DISABLED = "disabled", "助残"
    HEALTH = "health", "义诊健康"
    LEGAL = "legal", "法律咨询"
    MEDIATING = "mediating", "邻里调解"
    REPAIRING = "repairing", "便民维修"
    CULTURE = "culture", "文化体育"
    SORTING = "sorting", "垃圾分类"
    EMERGENCY = "emergency", "应急值守"
    DESK = "desk", "站点服务"
    OTHER = "other", "其他"


class Political(LabelledEnum):
    """政治面貌, as the volunteer's form asks for it (GB/T 4762, the parties taken together)."""

    MASSES = "masses", "群众"
    YOUTH_LEAGUE = "youth_league", "共青团员"
    PROBATIONARY = "probationary", "中共预备党员"
    MEMBER = "member", "中共党员"
    DEMOCRATIC = "democratic", "民主党派"
    OTHER = "other", "其他"


PARTY = frozenset({Political.PROBATIONARY, Political.MEMBER})
"""Who is looked after as a party member (党员管理类别 of the resident's file)."""


class TeamKind(LabelledEnum):
    """What sort of team it is."""

    NEIGHBOURS = "neighbours", "近邻志愿服务队"
    PIONEERS = "pioneers", "党员先锋队"
    EXPERTS = "experts", "专业服务队"
    YOUTH = "youth", "青年队"
    WOMEN = "women", "巾帼队"
    SILVER = "silver", "银龄队"
    OTHER = "other", "其他"


class MemberRole(LabelledEnum):
    """What somebody is in a team."""

    MEMBER = "member", "队员"
    DEPUTY = "deputy", "副队长"
    LEADER = "leader", "队长"
