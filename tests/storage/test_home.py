"""A home is made whole or not at all, opened only when it is fit, and shared by rule."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from desktop_app.core.clock import Millis
from desktop_app.core.errors import EnvironmentFault, SafetyRefusal, UserError
from desktop_app.storage import home as home_module
from desktop_app.storage.home import About, AlreadyOpen, Edition, Home, InUse, default_home_path
from tests.storage.children import folder_of_nobody, run_child, small_disk, start_child

ABOUT = About(
    home_id=UUID("018f0000-0000-7000-8000-000000000001"),
    edition=Edition.STATION,
    name="荷塘里社区党群服务站",
    code="HTL",
    created=Millis(1_790_000_000_000),
)
IMPORTS = """
import os, sys
from pathlib import Path
from desktop_app.core.errors import Fault
from desktop_app.storage.home import Home
"""
CREATE_IMPORTS = (
    IMPORTS
    + """
from uuid import UUID
from desktop_app.core.clock import Millis
from desktop_app.storage.home import About, Edition
about = About(UUID(int=1), Edition.STATION, "站", "Z", Millis(0))
"""
)
HOLD = """
home = Home.open(Path(sys.argv[1]))
with getattr(home, sys.argv[2])():
    print("held", flush=True)
    sys.stdin.readline()
"""


def fill(home: Home) -> None:
    home.key_slots.write_text("{}")
    home.database.write_bytes(b"rows")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.create(tmp_path / "home", ABOUT, fill)


def test_a_new_home_opens_with_what_it_was_made_of(tmp_path: Path) -> None:
    path = tmp_path / "数据" / "home"
    made = Home.create(path, ABOUT, fill)
    opened = Home.open(path)
    assert opened == made
    assert opened.about == ABOUT
    assert opened.database.read_bytes() == b"rows"
    assert opened.attachments.is_dir()
    assert opened.backups.is_dir()
    assert opened.crash_logs.is_dir()


def test_only_the_owner_may_look_into_a_new_home(home: Home) -> None:
    assert home.path.stat().st_mode & 0o777 == 0o700
    assert (home.path / "home.json").stat().st_mode & 0o777 == 0o600


def test_the_sign_in_screen_can_read_the_name_without_a_key(home: Home) -> None:
    document = json.loads((home.path / "home.json").read_text("utf-8"))
    assert document["name"] == "荷塘里社区党群服务站"
    assert document["code"] == "HTL"
    assert document["edition"] == "station"


def test_a_renamed_station_keeps_its_home(home: Home) -> None:
    home.with_about(replace(ABOUT, name="槐安社区党群服务站"))
    assert Home.open(home.path).about.name == "槐安社区党群服务站"
    with pytest.raises(ValueError, match="keeps its id"):
        home.with_about(replace(ABOUT, home_id=UUID(int=7)))


def test_a_home_is_not_made_over_another(home: Home) -> None:
    with pytest.raises(UserError, match="已经有近邻台的数据"):
        Home.create(home.path, ABOUT, fill)
    assert home.database.read_bytes() == b"rows"


def test_a_folder_with_other_things_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"mine")
    with pytest.raises(UserError, match="不是空的"):
        Home.create(tmp_path, ABOUT, fill)
    assert [entry.name for entry in tmp_path.iterdir()] == ["照片.jpg"]


def test_an_empty_folder_becomes_a_home(tmp_path: Path) -> None:
    Home.create(tmp_path, ABOUT, fill)
    assert Home.open(tmp_path).about == ABOUT


def test_a_home_that_could_not_be_filled_is_none(tmp_path: Path) -> None:
    def fail(home: Home) -> None:
        fill(home)
        raise RuntimeError("no database")

    with pytest.raises(RuntimeError):
        Home.create(tmp_path, ABOUT, fail)
    with pytest.raises(UserError, match="这里没有近邻台的数据"):
        Home.open(tmp_path)
    assert Home.create(tmp_path, ABOUT, fill).database.exists()


def test_a_crash_while_making_a_home_leaves_none_and_the_next_attempt_succeeds(
    tmp_path: Path,
) -> None:
    with start_child(
        CREATE_IMPORTS,
        """
        def half(home):
            home.key_slots.write_text("of a home that never was")
            (home.attachments / "a").touch()
            print("half", flush=True)
            sys.stdin.readline()
        Home.create(Path(sys.argv[1]), about, half)
        """,
        tmp_path,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "half\n"
        child.send_signal(signal.SIGKILL)
    with pytest.raises(UserError, match="上次没有建完"):
        Home.open(tmp_path)
    made = Home.create(tmp_path, ABOUT, fill)
    assert made.key_slots.read_text() == "{}"
    assert list(made.attachments.iterdir()) == []
    assert not (tmp_path / "home.unfinished").exists()


def test_a_home_that_lost_its_particulars_is_never_taken_for_half_made(home: Home) -> None:
    (home.path / "home.unfinished").touch()
    Home.open(home.path)
    (home.path / "home.json").unlink()
    with pytest.raises(UserError, match="不是空的"):
        Home.create(home.path, ABOUT, fill)
    assert home.database.read_bytes() == b"rows"


@pytest.mark.parametrize("place", ["gone", "empty", "a file"])
def test_what_is_no_home_is_told_with_its_place(tmp_path: Path, place: str) -> None:
    path = tmp_path / place
    if place == "empty":
        path.mkdir()
    if place == "a file":
        path.touch()
    with pytest.raises(UserError, match="没有近邻台的数据") as caught:
        Home.open(path)
    assert str(path) in caught.value.sentence
    assert caught.value.next_step


def rewrite(home: Home, changes: dict[str, object]) -> None:
    path = home.path / "home.json"
    document = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**document, **changes}), "utf-8")


def test_a_newer_home_is_refused_with_the_way_out(home: Home) -> None:
    rewrite(home, {"format": 2, "name": ["of the future"]})
    with pytest.raises(SafetyRefusal, match="更新版本") as caught:
        Home.open(home.path)
    assert "安装新版本" in caught.value.next_step


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", None),
        ("format", "1"),
        ("format", 0),
        ("name", None),
        ("home_id", "x"),
        ("edition", "village"),
        ("created", "yesterday"),
    ],
)
def test_damaged_particulars_are_named_as_damaged(home: Home, name: str, value: object) -> None:
    rewrite(home, {name: value})
    with pytest.raises(SafetyRefusal, match="已损坏") as caught:
        Home.open(home.path)
    assert "备份" in caught.value.next_step


def test_missing_particulars_are_named_as_damaged(home: Home) -> None:
    (home.path / "home.json").write_text('{"format": 1}', "utf-8")
    with pytest.raises(SafetyRefusal, match="已损坏"):
        Home.open(home.path)


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[]", b"null", b"[" * 9_999])
def test_torn_particulars_are_named_as_damaged(home: Home, raw: bytes) -> None:
    (home.path / "home.json").write_bytes(raw)
    with pytest.raises(SafetyRefusal, match="已损坏"):
        Home.open(home.path)


def test_a_read_only_home_is_refused_in_a_sentence() -> None:
    with folder_of_nobody() as folder:
        printed = run_child(
            CREATE_IMPORTS,
            """
            path = Path(sys.argv[1]) / "home"
            Home.create(path, about, lambda home: None)
            path.chmod(0o555)
            try:
                Home.open(path)
            except Fault as fault:
                print(type(fault).__name__, fault.words)
            """,
            folder,
            as_nobody=True,
        )
    assert printed.startswith("EnvironmentFault 数据文件夹不能写入")
    assert "没有丢" in printed


def test_a_home_one_may_not_enter_is_refused_in_a_sentence() -> None:
    with folder_of_nobody() as folder:
        printed = run_child(
            CREATE_IMPORTS,
            """
            path = Path(sys.argv[1]) / "home"
            Home.create(path, about, lambda home: None)
            path.chmod(0o000)
            try:
                Home.open(path)
            except Fault as fault:
                print(type(fault).__name__, fault.words)
            """,
            folder,
            as_nobody=True,
        )
    assert printed.startswith("EnvironmentFault 打开数据文件夹没有成功：没有权限")


def test_a_home_on_a_full_disk_still_opens_and_warns(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1 << 20, files=30) as disk:
        if disk is None:
            return
        made = Home.create(disk / "home", ABOUT, fill)
        with made.hold_window():
            pass
        with pytest.raises(OSError, match="No space"):
            (disk / "ballast").write_bytes(bytes(2 << 20))
        room = os.statvfs(disk).f_ffree
        for number in range(room):
            (disk / str(number)).touch()
        opened = Home.open(made.path)
        assert opened.low_space
        with opened.hold_window():
            assert opened.database.read_bytes() == b"rows"


def test_a_roomy_disk_gives_no_warning(home: Home) -> None:
    assert not home.low_space


def test_a_sqlite_home_on_a_network_share_is_refused_but_not_one_on_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = replace(ABOUT, database_url="postgresql+psycopg://hall@server/jinlin")
    local = Home.create(tmp_path / "local", ABOUT, fill)
    # No share can be mounted here; what makes one is tested in test_file_systems.
    monkeypatch.setattr(home_module, "is_network_share", lambda path: True)
    deeds: list[Callable[[], Home]] = [
        lambda: Home.open(local.path),
        lambda: Home.create(tmp_path / "new", ABOUT, fill),
    ]
    for deed in deeds:
        with pytest.raises(EnvironmentFault, match="网络共享") as caught:
            deed()
        assert "PostgreSQL" in caught.value.next_step
    made = Home.create(tmp_path / "hall", server, fill)
    assert Home.open(made.path).about == server


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://hall:geheim@server/jinlin",
        "postgresql+psycopg://server/jinlin?user=hall&password=geheim",
        "postgresql+psycopg://hall:@server/jinlin",
    ],
)
def test_a_database_password_is_never_written_in_the_clear(tmp_path: Path, url: str) -> None:
    with pytest.raises(UserError, match="带有密码") as caught:
        Home.create(tmp_path / "home", replace(ABOUT, database_url=url), fill)
    assert "JINLIN_DATABASE_PASSWORD" in caught.value.next_step
    assert "geheim" not in caught.value.words
    assert not (tmp_path / "home").exists()


def test_the_default_place_can_be_named(tmp_path: Path) -> None:
    assert default_home_path({"JINLIN_HOME": str(tmp_path)}) == tmp_path
    assert default_home_path({"JINLIN_HOME": "~/x"}) == Path.home() / "x"
    assert "jinlin-desk" in str(default_home_path({}))


def test_a_second_window_is_refused_and_learns_whose_the_first_is(home: Home) -> None:
    with start_child(IMPORTS, HOLD, home.path, "hold_window") as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(AlreadyOpen, match="已经开着") as caught:
            home.hold_window()
        assert caught.value.process == child.pid
        child.communicate("done\n", timeout=60)
    with home.hold_window():
        pass


def test_a_window_that_was_killed_does_not_lock_the_next_one_out(home: Home) -> None:
    with start_child(IMPORTS, HOLD, home.path, "hold_window") as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        child.send_signal(signal.SIGKILL)
        child.wait(timeout=60)
        with home.hold_window():
            pass


def test_commands_run_beside_the_window_and_beside_each_other(home: Home) -> None:
    with start_child(IMPORTS, HOLD, home.path, "hold_window") as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with home.shared(), home.shared():
            pass
        child.communicate("done\n", timeout=60)


@pytest.mark.parametrize("user", ["hold_window", "shared", "alone"])
def test_what_must_be_alone_waits_for_every_other_user(home: Home, user: str) -> None:
    with start_child(IMPORTS, HOLD, home.path, user) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(InUse, match="独自使用") as caught:
            home.alone()
        assert "关闭" in caught.value.next_step
        child.communicate("done\n", timeout=60)
    with home.alone():
        pass


def test_nobody_comes_in_while_somebody_is_alone(home: Home) -> None:
    with start_child(IMPORTS, HOLD, home.path, "alone") as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        for deed in (home.hold_window, home.shared):
            with pytest.raises(InUse, match="暂时不能打开"):
                deed()
        child.communicate("done\n", timeout=60)


def test_a_refused_window_leaves_no_lock_behind(home: Home) -> None:
    with home.hold_window(), pytest.raises(AlreadyOpen):
        home.hold_window()
    with home.alone():
        pass


def test_two_homes_have_two_windows(tmp_path: Path, home: Home) -> None:
    copy = Home.create(tmp_path / "copy", ABOUT, fill)
    with home.hold_window(), copy.hold_window():
        assert copy.path != home.path
