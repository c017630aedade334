"""Read mutants of a seed one after the other, under the reader's limits; a line of JSON for each."""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from rongbiao.texts.documents import Unreadable, read_document  # noqa: E402
from rongbiao.texts.documents.limits import MEMORY  # noqa: E402
from scripts.torturing.mutating import SLOW  # noqa: E402
from tests.texts.documents.mutants import mutants  # noqa: E402

ROOM = 128 * 1024 * 1024  # for what makes the mutants, beside the reader


def say(**words: object) -> None:
    print(json.dumps(words), flush=True)


def judged(data: bytes, name: str) -> dict[str, str]:
    """Return how reading a file ended, and what about it is not as it should be."""
    try:
        document = read_document(data, name)
    except Unreadable as why:
        said = str(why)
        fine = said.endswith("。") and "\n" not in said
        return {"end": "refused"} | ({} if fine else {"found": f"不是一句话：{said[:80]!r}"})
    except Exception as bad:  # noqa: BLE001 — what is looked for
        return {"found": f"{type(bad).__name__}：{str(bad)[:80]}"}
    lost = [b for b in document.blocks if not 0 <= b.start <= b.end <= len(document.text)]
    return {"end": "read"} | ({"found": "段块越出文字"} if lost else {})


def main(seed: str, first: int, last: int) -> None:
    """Read from one number to before another."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY + ROOM, MEMORY + ROOM))
    for number, data, name in mutants(seed, first, last):
        say(number=number)
        signal.setitimer(signal.ITIMER_PROF, SLOW)  # ends this process: the real reader judges it
        began = time.process_time()
        end = judged(data, name)
        seconds = time.process_time() - began
        say(number=number, seconds=seconds, **end)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
