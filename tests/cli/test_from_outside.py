"""The program itself, as a script or an administrator starts it: streams, statuses, no Qt."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import ROOT, outside, start
from tests.homes import PASSWORD, StationHome
from tests.storage.children import folder_of_nobody, run_child

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def environment(station_home: StationHome) -> dict[str, str]:
    return {"JINLIN_HOME": str(station_home.path), "JINLIN_PASSWORD": PASSWORD}


def test_add_list_and_a_refusal_keep_their_streams_and_statuses(
    environment: dict[str, str],
) -> None:
    # A terminal of another encoding, and no zone that is the station's.
    elsewhere = {**environment, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
                 "PYTHONIOENCODING": "latin-1", "TZ": "America/New_York"}  # fmt: skip
    added = outside(
        "add", "visits", "-", "--json",
        stdin='{"姓名": "陈桂英", "事由": "问路"}'.encode(), environment=elsewhere,
    )  # fmt: skip
    refused = outside(
        "add", "visits", "-", "--json",
        stdin='{"姓名": "陈桂英"}'.encode(), environment=elsewhere,
    )  # fmt: skip
    listed = outside("list", "visits", environment=elsewhere)

    assert (added.status, added.err) == (0, "")
    assert added.document["count"] == 1
    assert refused.status == refused.document["error"]["status"] == 3
    assert "还没有填写事项" in refused.err
    assert listed.status == 0
    assert "陈*英" in listed.out


def test_a_wrong_password_and_a_wrong_verb(environment: dict[str, str]) -> None:
    wrong = outside("list", "visits", environment={**environment, "JINLIN_PASSWORD": "Bu-dui-26"})
    usage = outside("lst", environment=environment)
    nobody = outside("list", "visits", environment={"JINLIN_HOME": environment["JINLIN_HOME"]})

    assert (wrong.status, usage.status, nobody.status) == (5, 2, 2)
    assert [told.out for told in (wrong, usage, nobody)] == ["", "", ""]


def test_a_reader_that_goes_away_is_no_bug(environment: dict[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    told = outside("fields", "visits", environment=environment, stdout=writing)
    os.close(writing)

    assert (told.status, told.err) == (4, "")


def test_an_answer_that_finds_no_room_is_the_environment(environment: dict[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        told = outside("fields", "visits", environment=environment, stdout=full)

    assert told.status == 4
    assert "写不出去" in told.err
    assert "Traceback" not in told.err


def test_ctrl_c_ends_with_a_sentence(environment: dict[str, str]) -> None:
    # A test run in the background hands on that Ctrl+C is to be ignored.
    def listening() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)

    with start("add", "visits", "-", environment=environment, preexec_fn=listening) as child:
        assert child.stdin is not None
        assert child.stderr is not None
        # Once it reads, it runs: more than a pipe holds is only taken by a reader.
        child.stdin.write(b" " * 200_000)
        child.stdin.flush()
        child.send_signal(signal.SIGINT)
        err = child.stderr.read().decode()

    assert child.returncode == 4
    assert "已停止" in err
    assert "Traceback" not in err


def test_a_command_loads_no_qt_and_the_window_s_door_no_database() -> None:
    told = run_child(
        """
        import io
        from desktop_app.cli.main import run
        from desktop_app.cli.world import this_process
        """,
        """
        world = this_process(lambda home: 0, list)
        world.out = io.StringIO()
        run(["open"], world)
        heavy = ("sqlalchemy", "sqlcipher3", "cryptography", "argon2", "PySide6")
        print([name for name in heavy if name in sys.modules])
        run(["fields", "visits"], world)
        print("PySide6" in sys.modules, "sqlalchemy" in sys.modules)
        """,
    )

    assert told.splitlines() == ["[]", "False True"]


def test_a_home_nobody_may_write_to_is_told() -> None:
    with folder_of_nobody() as folder:
        told = run_child(
            """
            from desktop_app.cli.main import run
            from desktop_app.cli.world import this_process
            from desktop_app.storage.home import HomeLock
            import os
            os.environ["JINLIN_PASSWORD"] = "Qing-rong-2026"
            import desktop_app.station.set_up.service, desktop_app.station.sign_in.session
            import desktop_app.station.records.service
            from desktop_app import catalog
            catalog.ledgers()
            """,
            """
            home = sys.argv[1] + "/home"
            world = this_process(lambda home: 0, list)
            made = run(["init", "--home", home, "--edition", "station", "--name", "青榕雅苑",
                        "--code", "qr01", "--as", "王小燕"], world)
            os.chmod(home, 0o555)
            os.chmod(home + "/jinlin.db", 0o444)
            world.err = sys.stdout
            print(made, int(run(["list", "visits", "--home", home], world)))
            os.chmod(home, 0o755)
            """,
            folder,
            as_nobody=True,
        )

    assert "不能写入" in told
    assert told.splitlines()[-1] == "0 4"


def test_self_test_passes_in_every_part(tmp_path: Path) -> None:
    told = outside("self-test", "--json", environment={"HOME": str(tmp_path)})

    parts = {part["name"]: part["ok"] for part in told.document["parts"]}
    assert (told.status, told.document["ok"]) == (0, True)
    built = (
        "字体文件", "加密", "数据库", "备份恢复", "打印 PDF", "上报包",
        "字体显示", "中文输入", "屏幕",
    )  # fmt: skip
    assert parts == dict.fromkeys(built, True)


def test_a_screen_that_cannot_start_fails_the_self_test(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "desktop_app", "self-test", "--json"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "no-such-platform", "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        out, err = child.communicate(timeout=120)

    document = json.loads(out)
    failed = [part["name"] for part in document["parts"] if part["ok"] is False]
    assert child.returncode == 4
    assert failed == ["字体显示", "中文输入", "屏幕"]
    assert "Traceback" not in err.decode()
