"""The forms of a problem and of an offer: what is asked, in the order one speaks, and saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Level, Source, Urgency
from desktop_app.core.pinyin import name_keys
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.offer import UNIT_WORDS, Way
from desktop_app.ledgers.three_lists.rules.offer_entry import OfferForm
from desktop_app.ledgers.three_lists.rules.problem import MOST_AFFECTED, AffectedUnit
from desktop_app.ledgers.three_lists.rules.problem_entry import ProblemForm
from desktop_app.ledgers.three_lists.ui.entry_editors import Entry
from desktop_app.ledgers.three_lists.ui.entry_form import WHY, EntryForm, Opened
from desktop_app.ledgers.three_lists.ui.looks import short
from desktop_app.registers.matters.service import categories
from desktop_app.registers.partners import service as partners
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.places.service import directory
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice

_MOST_PARTNERS = 500
_WHY = Entry(WHY, "更正原因", optional=True, placeholder="如：小区选错了", key="Y")


def _labelled(kind: type[LabelledEnum]) -> tuple[Choice, ...]:
    return tuple(Choice(one, one.label) for one in kind)


def _keys(name: str) -> str:
    return " ".join(sorted(name_keys(name)))


_PROBLEM_ROWS: tuple[tuple[Entry, ...], ...] = (
    (
        Entry(
            "description", "问题描述", "text", "W",
            placeholder="什么地方、什么问题、影响了谁；不写姓名和电话",
        ),
    ),
    (
        Entry("category", "类别", "suggest", "L", placeholder="如：物业维修"),
        Entry("urgency", "紧急度", "bar", "J", choices=_labelled(Urgency),
              first=Urgency.NORMAL),
        Entry("source", "来源", "choice", "Y", choices=_labelled(Source),
              first=Source.VISIT),
    ),
    (
        Entry("compound", "小区", "choice", "X", optional=True,
              placeholder="不选就是全社区"),
        Entry("building", "楼栋", "line", "D", optional=True),
        Entry("grid", "网格", "choice", "G", optional=True),
        Entry("wanted_by", "希望哪天前解决", "day", "Q", optional=True),
    ),
    (
        Entry("affected", "涉及多少", "number", "H", optional=True,
              bounds=(1, MOST_AFFECTED)),
        Entry("affected_unit", "按户还是按人", "bar", choices=_labelled(AffectedUnit),
              first=AffectedUnit.HOUSEHOLDS),
        Entry("level", "责任层级", "choice", "C", choices=_labelled(Level),
              first=Level.COMMUNITY),
    ),
    (
        Entry("raiser", "提出人", "line", "T", optional=True),
        Entry("raiser_phone", "提出人电话", "phone", "P", optional=True),
        Entry("raised_on", "提出日期", "day", "R", optional=True,
              hint="今天提出的不填；补录的填那一天。"),
    ),
    (
        Entry("listed", "入单", "bar", "I", first=True, choices=(
            Choice(True, "马上入单"), Choice(False, "以后再入单"))),
        Entry("remark", "备注", "line", "B", optional=True, share=2),
    ),
    (_WHY,),
)  # fmt: skip


_OFFER_ROWS: tuple[tuple[Entry, ...], ...] = (
    (
        Entry("partner", "共建单位", "choice", "D", share=2,
              placeholder="名称、简称或拼音首字母"),
        Entry("way", "服务方式", "bar", "F", choices=_labelled(Way),
              first=Way.AT_STATION, share=3),
    ),
    (
        Entry("resource", "可提供资源", "line", "Z",
              placeholder="能提供什么，如：电工上门检修楼道灯"),
    ),
    (
        Entry("category", "类别", "suggest", "L", placeholder="与问题的类别对得上",
              share=2),
        Entry("amount", "数量", "number", "S", optional=True, hint="不限的留空。"),
        Entry("unit_word", "数量单位", "suggest", "W", first="次"),
    ),
    (
        Entry("from_on", "可用起始", "day", "Q", optional=True, hint="不填就从今天起。"),
        Entry("until_on", "可用截止", "day", "J", optional=True, hint="长期的留空。"),
        Entry("weekdays_words", "可服务时段", "line", "T", optional=True,
              placeholder="如：周末上午"),
    ),
    (
        Entry("compounds", "面向小区", "areas", "X", optional=True,
              hint="一个都不选就是面向全社区。"),
    ),
    (Entry("remark", "备注", "line", "B", optional=True),),
    (_WHY,),
)  # fmt: skip


class ProblemEntry(EntryForm):
    """提出问题, and its correction."""

    draft = "problem"
    new_title = "提出问题"
    change_title = "更正问题"

    def rows(self) -> Sequence[Sequence[Entry]]:
        return _PROBLEM_ROWS

    def read_choices(self) -> Mapping[str, Sequence[Choice]]:
        desk = self._desk
        return {"category": _categories(desk), **_places(desk)}

    def read_record(self, uid: Uid) -> tuple[int, Any]:
        revision = service.get_problem(self._desk, uid).revision
        return revision, service.problem_for_editing(self._desk, uid)

    def save_values(self, opened: Opened, values: Mapping[str, Any]) -> tuple[Changed[Any], str]:
        told = dict(values)
        why = told.pop(WHY)
        told["listed"] = bool(told["listed"]) and opened.uid is None
        for name, usual in _USUAL_OF_PROBLEM.items():
            told[name] = told[name] or usual
        form = replace(opened.form or ProblemForm(), **told)
        if opened.uid is None:
            changed = service.raise_problem(self._desk, form)
            done = "已提出并入单" if form.listed else "已提出"
            return changed, f"{done}：{short(changed.value.description)}"
        changed = service.change_problem(self._desk, opened.uid, opened.revision, form, why)
        return changed, f"已更正：{short(changed.value.description)}"


class OfferEntry(EntryForm):
    """登记资源, and its correction."""

    draft = "offer"
    new_title = "登记共建资源"
    change_title = "更正共建资源"

    def rows(self) -> Sequence[Sequence[Entry]]:
        return _OFFER_ROWS

    def read_choices(self) -> Mapping[str, Sequence[Choice]]:
        desk = self._desk
        known = partners.search(desk, "", most=_MOST_PARTNERS)
        units = [
            Choice(line.uid, line.name, search=f"{line.short_name} {_keys(line.name)}")
            for line in known
        ]
        return {
            "partner": units,
            "category": _categories(desk),
            "unit_word": [Choice(word, word) for word in UNIT_WORDS],
            "compounds": _places(desk)["compound"],
        }

    def read_record(self, uid: Uid) -> tuple[int, Any]:
        revision = service.get_offer(self._desk, uid).revision
        return revision, service.offer_for_editing(self._desk, uid)

    def save_values(self, opened: Opened, values: Mapping[str, Any]) -> tuple[Changed[Any], str]:
        told = dict(values)
        why = told.pop(WHY)
        told["way"] = told["way"] or Way.AT_STATION
        base = opened.form or OfferForm()
        partner = told["partner"]
        if partner is None and opened.uid is not None:
            # A unit that has ended is no choice any more, but this offer is still of it.
            told["partner"] = base.partner
        elif partner != base.partner and partner is not None:
            told["partner_name"] = partners.get(self._desk, partner).name
        form = replace(base, **told)
        if opened.uid is None:
            changed = service.offer(self._desk, form)
            done = "已登记资源"
        else:
            changed = service.change_offer(self._desk, opened.uid, opened.revision, form, why)
            done = "已更正资源"
        return changed, f"{done}：{changed.value.partner_name} {short(changed.value.resource)}"


_USUAL_OF_PROBLEM: Mapping[str, Any] = {
    "urgency": Urgency.NORMAL,
    "source": Source.VISIT,
    "level": Level.COMMUNITY,
    "affected_unit": AffectedUnit.HOUSEHOLDS,
}


def _categories(desk: Desk) -> list[Choice]:
    """Those in use on the lists, then those of the matters."""
    used = service.list_frame(desk).categories
    return [
        Choice(word, word, search=_keys(word)) for word in dict.fromkeys((*used, *categories(desk)))
    ]


def _places(desk: Desk) -> dict[str, list[Choice]]:
    found: dict[str, list[Choice]] = {"compound": [], "grid": []}
    kinds = {PlaceKind.COMPOUND: "compound", PlaceKind.GRID: "grid"}
    today = desk.today
    for place in directory(desk):
        if place.kind in kinds and place.exists_on(today):
            name = place.name_on(today)
            found[kinds[place.kind]].append(Choice(place.uid, name, search=_keys(name)))
    return {name: sorted(choices, key=lambda one: one.label) for name, choices in found.items()}
