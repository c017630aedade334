"""Run the benches, all or those named: ``python scripts/bench.py [board policy …]``.

Every bench runs in a process of its own; its figures are ratios measured side by
side. Nothing passes or fails here.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def names() -> list[str]:
    """Return the names of all benches: the modules that measure."""
    modules = (ROOT / "scripts" / "benches").glob("[a-z]*.py")
    return sorted(one.stem for one in modules if "\ndef measure(" in one.read_text())


def run(name: str) -> None:
    """Measure one bench in this process and print its lines."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongbiao.settings")
    import django

    django.setup()
    bench = importlib.import_module(f"scripts.benches.{name}")
    print(f"\n━━ {bench.TITLE}", flush=True)
    for line in bench.measure():
        print(
            f"   {line.what}：{line.seconds * 1000:.1f} 毫秒，"
            f"{line.beside}：{line.beside_seconds * 1000:.1f} 毫秒，"
            f"比值 {line.ratio:.2f}{'；' + line.note if line.note else ''}",
            flush=True,
        )


def main(asked: list[str]) -> int:
    """Run what was asked, each in its own process; status 2 for a bench that is not there."""
    if len(asked) == 2 and asked[0] == "--here":
        run(asked[1])
        return 0
    known = names()
    if unknown := [name for name in asked if name not in known]:
        print(f"没有“{unknown[0]}”这项量测，可选：{'、'.join(known)}。", file=sys.stderr)
        return 2
    failed = 0
    for name in asked or known:
        failed |= subprocess.run([sys.executable, __file__, "--here", name], check=False).returncode  # noqa: S603
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
