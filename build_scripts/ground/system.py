"""What the machine itself must bring: ensurepip, the libraries Qt is linked to, PostgreSQL, and
the programs that look over our PDFs and our parcels.

Each is probed by using it. What is missing is installed with apt when we are root on Debian or
Ubuntu; otherwise the one line to run is the message of `GroundMissing`.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator, NamedTuple

from build_scripts.ground.interpreter import Interpreter
from build_scripts.ground.speak import GroundMissing, say

# Library as the Qt wheels name it → Debian package that carries it.
_ANY_QT = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11.so.6": "libx11-6",
}
_WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Program that reads a PDF as others do → Debian package that carries it.
_PDF_READERS = {
    "pdftotext": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdfdetach": "poppler-utils",
    "qpdf": "qpdf",
}
# Program that opens and checks a parcel as others do → Debian package that carries it.
_PARCEL_READERS = {
    "age": "age",
    "ssh-keygen": "openssh-client",
    "unzip": "unzip",
}
_POSTGRES_FOLDERS = "/usr/lib/postgresql"


class Needs(NamedTuple):
    """What a verb asks of the machine beside Qt offscreen."""

    window: bool = False
    postgres: bool = False
    freezing: bool = False
    pdf_readers: bool = False
    parcel_readers: bool = False


def provide(interpreter: Interpreter, needs: Needs) -> None:
    """Makes sure of the system's part.

    Raises `GroundMissing` with the line to run where it cannot be installed from here.
    """
    missing = _missing_packages(interpreter, needs)
    if not missing:
        return
    names = " ".join(missing)
    if not shutil.which("apt-get"):
        raise GroundMissing(
            "Please install what carries these (names of Debian's packages): " + names
        )
    line = "apt-get install -y --no-install-recommends " + names
    if os.geteuid() != 0:
        raise GroundMissing("Please run this line, then start again: sudo " + line)
    say("Installing system packages: " + names)
    _apt(["update", "-q"])
    if _apt(["install", "-y", "-q", "--no-install-recommends", *missing]) != 0:
        raise GroundMissing("The packages could not be installed. The line was: " + line)


def postgres_programs() -> "Path | None":
    """The folder with `initdb` and `pg_ctl`: Debian's newest, else the PATH's, else None."""
    folders = sorted(
        Path(_POSTGRES_FOLDERS).glob("*/bin"),
        key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0,
        reverse=True,
    )
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


def _missing_packages(interpreter: Interpreter, needs: Needs) -> "list[str]":
    if not sys.platform.startswith("linux"):
        return []
    missing = []
    if not _can_make_environments(interpreter):
        missing.append(f"python3.{interpreter.version[1]}-venv")
    wanted = dict(_ANY_QT)
    if needs.window or needs.freezing:
        wanted.update(_WINDOW)
    missing += [package for library, package in wanted.items() if not _loads(library)]
    if not Path("/etc/fonts/fonts.conf").exists():
        missing.append("fontconfig-config")
    if needs.postgres and postgres_programs() is None and "JINLIN_TEST_POSTGRES" not in os.environ:
        missing.append("postgresql")
    readers = {
        **(_PDF_READERS if needs.pdf_readers else {}),
        **(_PARCEL_READERS if needs.parcel_readers else {}),
    }
    missing += sorted({name for program, name in readers.items() if not _runs(program)})
    if needs.freezing:
        missing += _missing_for_freezing(interpreter)
    return missing


def _missing_for_freezing(interpreter: Interpreter) -> Iterator[str]:
    """PyInstaller takes objects apart, and carries along what it finds: Python's, the printer's."""
    if not shutil.which("objdump"):
        yield "binutils"
    if not _loads("libcups.so.2"):
        yield "libcups2"
    minor = f"3.{interpreter.version[1]}"
    if interpreter.path.startswith("/usr/bin/") and not _loads(f"libpython{minor}.so.1.0"):
        yield f"libpython{minor}"


def _can_make_environments(interpreter: Interpreter) -> bool:
    """Debian splits `ensurepip` off into a package of its own."""
    probe = subprocess.run(
        [interpreter.path, "-I", "-c", "import ensurepip, venv"], capture_output=True, check=False
    )
    return probe.returncode == 0


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _runs(program: str) -> bool:
    return shutil.which(program) is not None


def _apt(arguments: "list[str]") -> int:
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    return subprocess.run(
        ["apt-get", *arguments], env=environment, stdout=sys.stderr, check=False
    ).returncode
