"""A file that passes 400 lines is looking for another room."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 400
KINDS = ("*.py", "*.html", "*.css", "*.js")


def test_every_file_stays_under_the_limit():
    long = {}
    for folder in ("rongbiao", "scripts", "tests"):
        for kind in KINDS:
            for path in (ROOT / folder).rglob(kind):
                if "migrations" in path.parts:
                    continue
                lines = path.read_text().count("\n")
                if lines >= LIMIT:
                    long[str(path.relative_to(ROOT))] = lines
    assert long == {}
