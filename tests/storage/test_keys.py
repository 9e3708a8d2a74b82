"""Only the right password or code opens a home, and a damaged key file says so."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import SafetyRefusal, UserError
from desktop_app.storage import key_file
from desktop_app.storage.keys import (
    DataKey,
    KdfCost,
    KeySlots,
    hash_password,
    hash_pin,
    verify_password,
    verify_pin,
)

QUICK = KdfCost(memory_kib=8, passes=1, lanes=1)
HOME = UUID("018f0000-0000-7000-8000-000000000001")
LIN = UUID("018f0000-0000-7000-8000-0000000000a1")
CHEN = UUID("018f0000-0000-7000-8000-0000000000a2")
KEY = DataKey(bytes(range(32)))


def two_operators() -> KeySlots:
    return (
        KeySlots.create(HOME, KEY)
        .with_operator(LIN, "林小满", "lin password", KEY, QUICK)
        .with_operator(CHEN, "陈望溪", "chen password", KEY, QUICK)
    )


def test_each_operator_opens_with_the_own_password() -> None:
    slots = two_operators()
    assert slots.unlock(LIN, "lin password") == KEY
    assert slots.unlock(CHEN, "chen password") == KEY


@pytest.mark.parametrize("password", ["chen password", "", "lin password ", "Lin password"])
def test_a_wrong_password_is_refused_in_a_sentence(password: str) -> None:
    with pytest.raises(SafetyRefusal, match="密码不对") as caught:
        two_operators().unlock(LIN, password)
    assert caught.value.field == "password"


def test_full_width_letters_are_the_same_password() -> None:
    slots = KeySlots.create(HOME, KEY).with_operator(LIN, "林", "Abc-123密码", KEY, QUICK)
    assert slots.unlock(LIN, "Ａｂｃ－１２３密码") == KEY


def test_an_operator_without_a_slot_is_told_so() -> None:
    with pytest.raises(SafetyRefusal, match="不能登录这台电脑"):
        two_operators().unlock(HOME, "lin password")


def test_a_new_password_replaces_the_old_one_and_keeps_the_order() -> None:
    slots = two_operators().with_operator(LIN, "林小满", "new password", KEY, QUICK)
    assert [slot.name for slot in slots.operators] == ["林小满", "陈望溪"]
    assert slots.unlock(LIN, "new password") == KEY
    with pytest.raises(SafetyRefusal):
        slots.unlock(LIN, "lin password")


def test_a_removed_operator_cannot_open_any_more() -> None:
    slots = two_operators().without_operator(LIN)
    assert slots.unlock(CHEN, "chen password") == KEY
    with pytest.raises(SafetyRefusal):
        slots.unlock(LIN, "lin password")


def test_the_last_key_cannot_be_removed() -> None:
    slots = KeySlots.create(HOME, KEY).with_operator(LIN, "林", "lin password", KEY, QUICK)
    with pytest.raises(SafetyRefusal, match="最后一把密钥"):
        slots.without_operator(LIN)


def test_a_renamed_operator_keeps_the_password() -> None:
    slots = two_operators().renamed(LIN, "林小满（荷塘里）")
    assert slots.operators[0].name == "林小满（荷塘里）"
    assert slots.unlock(LIN, "lin password") == KEY


def test_the_recovery_code_opens_and_a_newer_one_replaces_it() -> None:
    slots, first = two_operators().new_recovery_code(KEY)
    assert slots.has_recovery
    assert slots.unlock_with_recovery(first.lower().replace("-", " ")) == KEY
    slots, second = slots.new_recovery_code(KEY)
    assert slots.unlock_with_recovery(second) == KEY
    with pytest.raises(SafetyRefusal, match="打不开"):
        slots.unlock_with_recovery(first)


def test_a_mistyped_recovery_code_is_a_slip_not_a_refusal() -> None:
    slots, code = two_operators().new_recovery_code(KEY)
    wrong = ("0" if code[12] != "0" else "2") + code[13:]
    with pytest.raises(UserError, match="第 3 组有误"):
        slots.unlock_with_recovery(code[:12] + wrong)


def test_a_home_without_a_recovery_code_says_that_the_code_does_not_open_it() -> None:
    _, code = two_operators().new_recovery_code(KEY)
    with pytest.raises(SafetyRefusal, match="打不开这里的数据"):
        two_operators().unlock_with_recovery(code)


def test_a_key_of_another_home_gets_no_slot() -> None:
    slots = two_operators()
    for deed in (
        lambda: slots.with_operator(LIN, "林", "password", DataKey.fresh(), QUICK),
        lambda: slots.new_recovery_code(DataKey.fresh()),
        lambda: slots.with_rescue(DataKey.fresh(), str.lower),
    ):
        with pytest.raises(SafetyRefusal, match="不属于同一份数据"):
            deed()


def test_a_slot_moved_to_another_operator_home_or_role_opens_nothing() -> None:
    slots = two_operators()
    lin, chen = slots.operators
    other_operator = replace(slots.file, slots=(replace(lin, slot_id=chen.slot_id),))
    with pytest.raises(SafetyRefusal, match="密码不对"):
        KeySlots(other_operator).unlock(CHEN, "lin password")
    other_home = replace(slots.file, home_id=CHEN)
    with pytest.raises(SafetyRefusal, match="密码不对"):
        KeySlots(other_home).unlock(LIN, "lin password")
    with_code, code = slots.new_recovery_code(KEY)
    recovery = replace(with_code.file.slots[-1], slot_id=LIN.hex)
    with pytest.raises(SafetyRefusal, match="打不开"):
        KeySlots(replace(slots.file, slots=(recovery,))).unlock_with_recovery(code)


def test_the_default_cost_is_the_strong_one_and_is_kept_in_the_slot() -> None:
    slots = KeySlots.create(HOME, KEY).with_operator(LIN, "林", "lin password", KEY)
    assert slots.operators[0].cost == KdfCost(memory_kib=65536, passes=3, lanes=1)
    assert slots.unlock(LIN, "lin password") == KEY


def test_a_slot_opens_with_argon2id_and_aes_gcm_as_written_down(tmp_path: Path) -> None:
    """The file alone, the password and the two standards: nothing else is needed."""
    two_operators().save(tmp_path / "keyslots.json")
    document = json.loads((tmp_path / "keyslots.json").read_text("utf-8"))
    slot = document["slots"][0]
    wrapping = hash_secret_raw(
        b"lin password",
        bytes.fromhex(slot["salt"]),
        time_cost=slot["argon2id"]["passes"],
        memory_cost=slot["argon2id"]["memory_kib"],
        parallelism=slot["argon2id"]["lanes"],
        hash_len=32,
        type=Type.ID,
    )
    context = json.dumps(
        ["jinlin-desk keyslots", 1, document["home_id"], "operator", slot["id"]]
    ).encode()
    secret = AESGCM(wrapping).decrypt(
        bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"]), context
    )
    assert secret == bytes(range(32))


def test_no_two_slots_share_salt_or_nonce() -> None:
    slots, _ = two_operators().new_recovery_code(KEY)
    assert len({slot.salt for slot in slots.file.slots}) == 3
    assert len({slot.nonce for slot in slots.file.slots}) == 3


def test_a_saved_file_is_read_back_whole(tmp_path: Path) -> None:
    slots, code = two_operators().new_recovery_code(KEY)
    slots.save(tmp_path / "keyslots.json")
    assert KeySlots.load(tmp_path / "keyslots.json", HOME) == slots
    assert KeySlots.load(tmp_path / "keyslots.json").unlock_with_recovery(code) == KEY


def test_the_file_shows_names_but_no_key(tmp_path: Path) -> None:
    slots, code = two_operators().new_recovery_code(KEY)
    slots.save(tmp_path / "keyslots.json")
    text = (tmp_path / "keyslots.json").read_text("utf-8")
    assert "林小满" in text
    assert bytes(range(32)).hex() not in text
    assert code not in text
    assert "lin password" not in text


def test_a_deleted_file_is_told_with_the_way_to_its_copies(tmp_path: Path) -> None:
    with pytest.raises(SafetyRefusal, match="找不到密钥文件") as caught:
        KeySlots.load(tmp_path / "keyslots.json")
    assert "备份" in caught.value.next_step
    assert "keyslots.json" in caught.value.next_step


def test_a_file_torn_anywhere_is_named_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "keyslots.json"
    two_operators().save(path)
    whole = path.read_bytes()
    for length in range(0, len(whole) - 2, 7):
        path.write_bytes(whole[:length])
        with pytest.raises(SafetyRefusal, match="已损坏") as caught:
            KeySlots.load(path)
        assert "备份" in caught.value.next_step


@settings(max_examples=200)
@given(data=st.data())
def test_a_flipped_bit_is_named_as_damage_never_as_a_wrong_password(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    slots = SAVED_SLOTS
    raw = bytearray(key_file.pack_slot_file(slots.file))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= 1 << data.draw(st.integers(0, 7))
    path = tmp_path_factory.getbasetemp() / "flipped.json"
    path.write_bytes(raw)
    told = ""
    try:
        assert KeySlots.load(path) == slots
    except SafetyRefusal as refusal:
        told = refusal.sentence
    assert told == "" or "已损坏" in told


SAVED_SLOTS = two_operators()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["format", "home_id", "key_check", "slots", "checksum", "kind", "id"]
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=12,
    )
)
def test_any_other_document_is_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, document: object
) -> None:
    path = tmp_path_factory.getbasetemp() / "other.json"
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(SafetyRefusal):
        KeySlots.load(path)


def rewritten(path: Path, change: dict[str, object]) -> None:
    """The file with some values changed and the checksum made right again."""
    document = json.loads(path.read_text("utf-8"))
    document.pop("checksum")
    document.update(change)
    document["checksum"] = key_file._checksum(document)
    path.write_text(json.dumps(document), "utf-8")


def test_a_newer_format_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "keyslots.json"
    two_operators().save(path)
    rewritten(path, {"format": 2, "slots": "in a form of the future"})
    with pytest.raises(SafetyRefusal, match="更新版本") as caught:
        KeySlots.load(path)
    assert "安装新版本" in caught.value.next_step


def test_another_homes_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keyslots.json"
    two_operators().save(path)
    with pytest.raises(SafetyRefusal, match="另一个站"):
        KeySlots.load(path, LIN)


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 1 << 40, "passes": 1, "lanes": 1},
        {"memory_kib": 8, "passes": 10**9, "lanes": 1},
        {"memory_kib": 8, "passes": 0, "lanes": 1},
        {"memory_kib": 4, "passes": 1, "lanes": 1},
        {"memory_kib": "8", "passes": 1, "lanes": 1},
        {},
    ],
)
def test_a_cost_that_would_stop_the_pc_is_named_as_damage(
    tmp_path: Path, cost: dict[str, object]
) -> None:
    path = tmp_path / "keyslots.json"
    two_operators().save(path)
    slots = json.loads(path.read_text("utf-8"))["slots"]
    slots[0]["argon2id"] = cost
    rewritten(path, {"slots": slots})
    with pytest.raises(SafetyRefusal, match="已损坏"):
        KeySlots.load(path)


def test_a_data_key_shows_itself_to_nobody() -> None:
    assert "00010203" not in repr(KEY)
    assert "00010203" not in f"{KEY}"
    with pytest.raises(TypeError, match="not for storing"):
        pickle.dumps(KEY)


def test_a_data_key_is_32_bytes() -> None:
    with pytest.raises(ValueError, match="32"):
        DataKey(bytes(31))
    assert DataKey.fresh() != DataKey.fresh()


def test_the_pragma_is_the_raw_key_in_hexadecimal() -> None:
    assert DataKey(b"\x01" * 32).sqlcipher_pragma() == "x'" + "01" * 32 + "'"


def test_keys_for_different_purposes_have_nothing_in_common() -> None:
    one, two = KEY.derive("attachments"), KEY.derive("columns")
    assert one != two
    assert len(one) == 32
    assert one == DataKey(bytes(range(32))).derive("attachments")
    assert one != DataKey.fresh().derive("attachments")
    assert bytes(range(32)) not in (one, two)


def test_a_pin_is_known_again_and_another_is_not() -> None:
    hashed = hash_pin("4821")
    assert hashed.startswith("$argon2id$")
    assert verify_pin("4821", hashed)
    assert verify_pin("４８２１", hashed)
    assert not verify_pin("4822", hashed)
    assert not verify_pin("", hashed)
    assert hash_pin("4821") != hashed


def test_an_old_password_is_known_again() -> None:
    hashed = hash_password("spring-2026", QUICK)
    assert verify_password("spring-2026", hashed)
    assert not verify_password("spring-2027", hashed)


@pytest.mark.parametrize("hashed", ["", "x", "$argon2id$v=19$m=8,t=1,p=1$AAAA", "张三"])
def test_a_hash_that_is_none_matches_nothing(hashed: str) -> None:
    assert not verify_pin("4821", hashed)
