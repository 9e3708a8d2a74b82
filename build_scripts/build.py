"""Freezes the program into dist/jinlin and starts it there, as a user gets it.

The same sources, lock and machine give the same files. On Linux the result carries libraries of the
machine it is made on, and needs a glibc at least as new: build on the oldest system to be served.
"""

from __future__ import annotations

import os
import subprocess
import sys

from build_scripts import check_dist
from build_scripts.ground.places import ROOT

# Any fixed moment does; it is what files inside the archives are dated by.
_MOMENT = "1767225600"


def main() -> int:
    frozen = subprocess.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
            "--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build" / "frozen"),
            str(ROOT / "build_scripts" / "station.spec"),
        ],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": _MOMENT, "PYTHONHASHSEED": "0"},
        check=False,
    )  # fmt: skip
    return frozen.returncode or check_dist.main()


if __name__ == "__main__":
    sys.exit(main())
