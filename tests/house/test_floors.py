"""The floors hold: each uses only those beneath it; texts and law know no Django."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    lint = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [lint, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_contracts_are_kept():
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


def test_a_broken_floor_is_seen(tmp_path):
    """The guard itself works: law reaching up to strategy breaks the contract."""
    for source in (ROOT / "rongbiao").rglob("*.py"):
        copy = tmp_path / source.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
    (tmp_path / ".importlinter").write_bytes((ROOT / ".importlinter").read_bytes())
    law = tmp_path / "rongbiao" / "law" / "__init__.py"
    law.write_text(law.read_text() + "\nimport rongbiao.strategy.models\n")
    done = lint_imports(tmp_path)
    assert done.returncode == 1, done.stdout
