"""Installations for torture: a folder of its own, prepared once, used by processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = (
    "import os, sys; sys.path.insert(0, '.'); os.environ['DJANGO_SETTINGS_MODULE'] = "
    "'rongbiao.settings'; import django; django.setup(); "
    "from scripts.torturing.world import build; build({waiting})"
)


def surroundings(var: Path, database: str = "") -> dict[str, str]:
    """Return the environment in which an installation is used."""
    assets = str(ROOT / "var" / "assets")
    said = {"RONGBIAO_VAR": str(var), "RONGBIAO_ASSETS": assets, "RONGBIAO_DATABASE": database}
    return os.environ | said | {"PYTHONPATH": str(ROOT)}


def prepared(folder: Path, waiting: int, database: str = "") -> Path:
    """Build the world in a folder and return it."""
    var = folder / "var"
    var.mkdir(parents=True)
    words = [sys.executable, "-c", BUILD.format(waiting=waiting)]
    subprocess.run(words, cwd=ROOT, env=surroundings(var, database), check=True)  # noqa: S603
    return var


def asked(var: Path, acks: Path, database: str = "") -> list[str]:
    """Return what does not hold in an installation, asked in a process of its own."""
    words = [sys.executable, str(ROOT / "scripts/torturing/invariants.py"), str(acks)]
    done = subprocess.run(  # noqa: S603
        words,
        cwd=ROOT,
        env=surroundings(var, database),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return [done.stderr.strip().splitlines()[-1] if done.stderr else "核验没有完成"]
    return [line for line in done.stdout.splitlines() if line]


def copied(var: Path, to: Path) -> Path:
    """Return a copy of an installation."""
    if to.exists():
        shutil.rmtree(to)
    return Path(shutil.copytree(var, to))
