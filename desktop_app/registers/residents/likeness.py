"""Why two files may be one person, in words: of a form, and of the rows of a sheet. Pure."""

from __future__ import annotations

from desktop_app.core.pinyin import id_keys, name_keys, phone_keys, sort_key
from desktop_app.registers.residents.rules import Resident, ResidentDraft

_SAME_ID = "证件号码相同"
_SAME_PHONE = "电话相同，姓名相近"
_SAME_BIRTH = "姓名和出生日期相同"
_SAME_DOOR = "姓名和门牌相同"
SUREST_FIRST = (_SAME_ID, _SAME_BIRTH, _SAME_DOOR, _SAME_PHONE)


def number_keys(draft: ResidentDraft) -> set[str]:
    """The keys that only somebody with one of the draft's numbers has, besides chance."""
    whole = {max(keys, key=len) for phone in draft.phones if (keys := phone_keys(phone.number))}
    return whole | id_keys(draft.id_number)


def reasons_for(draft: ResidentDraft, other: Resident) -> tuple[str, ...]:
    same_name = bool(draft.name) and sort_key(draft.name) == sort_key(other.name)
    phones = {phone.number for phone in draft.phones} & {phone.number for phone in other.phones}
    door = (draft.compound, draft.building, draft.unit, draft.room)
    found = {
        _SAME_ID: bool(draft.id_number) and draft.id_number == other.id_number,
        _SAME_BIRTH: same_name and draft.birth is not None and draft.birth == other.birth,
        _SAME_DOOR: same_name
        and bool(draft.room)
        and door == (other.compound, other.building, other.unit, other.room),
        _SAME_PHONE: bool(phones) and _similar(draft.name, other.name),
    }
    return tuple(reason for reason in SUREST_FIRST if found[reason])


def _similar(name: str, other: str) -> bool:
    """Whether two names share their pinyin, or an ending of two or more characters.

    Initials count, too: with one telephone number between them that is enough to ask.
    """
    return any(len(key) > 1 for key in name_keys(name) & name_keys(other))
