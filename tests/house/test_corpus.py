"""The corpus of the benches is written by the command that its page names."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_corpus_is_written_as_its_page_says(tmp_path):
    file = tmp_path / "corpus.csv"
    command = [sys.executable, "-m", "scripts.benches.corpus"]
    surroundings = os.environ | {"N": "3"}
    subprocess.run([*command, str(file)], cwd=ROOT, env=surroundings, check=True)
    assert len(file.read_text(encoding="utf-8").splitlines()) == 4
    refused = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert refused.returncode == 2
    assert "python -m scripts.benches.corpus" in refused.stderr
