"""The sentences and headings of an activity's papers that an office may word, and their gaps.

A sentence stands in the paper only when there is something to fill it with: one without its fact is
left out as a whole, so that no office has to write sentences that survive a gap. Headings have no
numbers here; sections are counted when the paper is set.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.core.letterhead import Letterhead
from desktop_app.core.sentences import Sentence
from desktop_app.ledgers.activities.report.data import (
    ActivityData,
    day_part,
    kind_words,
    made_up_of,
    paragraphs,
)
from desktop_app.ledgers.activities.rules.activity import Group
from desktop_app.printing.blocks import written_date

_WHAT = ("活动名称", "活动类别", "日期", "时段", "地点", "主办单位", "落款单位")
_WHO = ("合计", "人数构成", "党员", "志愿者", "群众", "共建单位人数")
_HELD = (*_WHAT, *_WHO, "主持人")

_OPENING = (
    Sentence(
        "opening",
        "开头（活动）",
        "{日期}{时段}，{主办单位}在{地点}开展“{活动名称}”{活动类别}。",
        _HELD,
    ),
    Sentence(
        "opening_meeting",
        "开头（会议）",
        "{日期}{时段}，{主办单位}在{地点}召开“{活动名称}”{活动类别}。",
        _HELD,
    ),
    Sentence("present", "到场人数", "到场{合计}人，{人数构成}。", _HELD),
    Sentence(
        "present_meeting",
        "到会人数",
        "应到{应到}人，实到{合计}人，缺席{缺席}人。",
        (*_HELD, "应到", "缺席"),
    ),
    Sentence("served", "服务人次", "共服务居民{服务人次}人次。", (*_HELD, "服务人次")),
)

SENTENCES = (
    Sentence("title", "标题（活动）", "“{活动名称}”活动总结", _WHAT),
    Sentence("title_meeting", "标题（会议）", "“{活动名称}”会议情况", _WHAT),
    *_OPENING,
    Sentence("host", "主持", "会议由{主持人}主持。", _HELD),
    Sentence("undertaken", "承办", "活动由{承办单位}承办。", (*_WHAT, "承办单位")),
    Sentence("joined", "协办", "{协办单位}协办。", (*_WHAT, "协办单位")),
    Sentence("partners", "共建", "共建单位{共建单位}参加。", (*_WHAT, "共建单位")),
    Sentence(
        "solved",
        "解决问题",
        "解决问题{解决问题}件，问题清单编号：{问题编号}。",
        (*_WHAT, "解决问题", "问题编号"),
    ),
    Sentence("head_basic", "小标题：基本情况", "基本情况", _WHAT),
    Sentence("head_course", "小标题：主要做法", "主要做法", _WHAT),
    Sentence("head_agenda", "小标题：会议议题", "会议议题", _WHAT),
    Sentence("head_talk", "小标题：讨论情况", "讨论情况", _WHAT),
    Sentence("head_resolutions", "小标题：议定事项", "议定事项", _WHAT),
    Sentence("head_reviews", "小标题：评议情况", "评议情况", _WHAT),
    Sentence("head_outcome", "小标题：取得成效", "取得成效", _WHAT),
    Sentence("head_next", "小标题：下一步打算", "下一步打算", _WHAT),
    Sentence("head_funds", "小标题：经费使用", "经费使用", _WHAT),
    Sentence("head_media", "小标题：媒体报道", "媒体报道", _WHAT),
    Sentence("photos", "附件名称", "现场照片", (*_WHAT, "照片张数")),
)
"""活动总结."""

BRIEF_SENTENCES = (
    Sentence("masthead", "简报名称", "活动简报", ("落款单位",)),
    Sentence("issue", "期号", "第{期号}期", ("期号", "年份")),
    Sentence("title", "标题", "{主办单位}开展\n“{活动名称}”{活动类别}", _WHAT),
    Sentence("title_meeting", "标题（会议）", "{主办单位}召开\n“{活动名称}”{活动类别}", _WHAT),
    *_OPENING,
    Sentence("text", "正文", "{正文}", (*_HELD, "正文")),
    Sentence("to_report", "报", "上级党组织"),
    Sentence("to_send", "送", "各共建单位"),
    Sentence("to_issue", "发", "各党支部、各网格"),
)
"""活动简报. 报、送、发 with no words are left out."""


def values(data: ActivityData, head: Letterhead) -> dict[str, str]:
    """What the gaps of both papers are filled with."""
    activity, counts = data.activity, data.counts
    served = activity.served
    groups = {group: str(counts.people[group]) for group in Group}
    return {
        "活动名称": activity.name,
        "活动类别": kind_words(activity),
        "日期": written_date(activity.day),
        "时段": day_part(activity, head),
        "地点": data.where or head.station,
        "主办单位": activity.organiser or head.signed_by,
        "承办单位": activity.undertaker,
        "协办单位": activity.co_organiser,
        "共建单位": "、".join(activity.partners),
        "主持人": activity.host,
        "落款单位": head.signed_by,
        "合计": str(counts.present),
        "人数构成": made_up_of(counts),
        "党员": groups[Group.PARTY],
        "志愿者": groups[Group.VOLUNTEER],
        "群众": groups[Group.PUBLIC],
        "共建单位人数": groups[Group.PARTNER],
        "应到": str(data.expected),
        "缺席": str(data.absent),
        "服务人次": "未统计" if served is None else str(served),
        "解决问题": str(len(data.solved)),
        "问题编号": "、".join(data.solved),
        "照片张数": str(len(data.photos)),
        "期号": str(data.issue),
        "年份": str(head.day.year),
        "正文": "\n".join([*paragraphs(activity.summary), *paragraphs(activity.outcome)]),
    }


def opening(data: ActivityData, words: Mapping[str, str]) -> str:
    """What happened, when, where, by whom, and how many came, in one paragraph."""
    activity = data.activity
    said = [words["opening_meeting" if activity.meeting else "opening"]]
    if activity.meeting and data.expected:
        said.append(words["present_meeting"])
    elif data.counts.present:
        said.append(words["present"])
    if activity.served is not None:
        said.append(words["served"])
    return "".join(said)
