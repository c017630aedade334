"""The corpora of standard numbers, read for the tests beside."""

from pathlib import Path

FOLDER = Path(__file__).parents[2] / "corpora" / "numbers"


def rows(which: str) -> list[tuple[str, str]]:
    """Return (text, what is said of it) of every line of ``pass`` or ``fail``."""
    found = []
    for path in sorted((FOLDER / which).glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                text, _, said = line.partition("\t")
                found.append((text, said or text))
    return found


PASS, FAIL = rows("pass"), rows("fail")
