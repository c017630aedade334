"""A file that passes 400 lines is looking for another room; the engine stays small for good."""

import ast
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


ENGINE = 700  # lines of code in cases/, without blank lines, comments and docstrings (decision 16)


def code_of(path: Path) -> int:
    """Return how many lines of code a file has."""
    text = path.read_text()
    told = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(
            node
        ):
            told |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    lines = enumerate((line.strip() for line in text.splitlines()), start=1)
    return sum(1 for at, line in lines if line and not line.startswith("#") and at not in told)


def test_the_engine_stays_small():
    files = (ROOT / "rongbiao" / "cases").glob("*.py")
    assert sum(map(code_of, files)) <= ENGINE
