"""Checks (核查件): what is checked lies in a folder for half an hour, then it is gone.

A folder holds the order (``check.json``), and of each file what is shown of it; the file
itself stays only where comments are to be written into it. No row of the database knows
of it, no backup takes it along. Whoever has the token of a check has the check.
"""

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rongbiao.parties.refused import Refused

from .findings import GROUPS, Finding, asked_for
from .sheets import Line

KEPT = 30 * 60  # seconds after a check is done
LONGEST = 2 * 3600  # seconds from its beginning to its end
MB = 1024 * 1024
MOST_UPLOAD = 60 * MB  # of all files of one check
MOST_LETTERS = 1_000_000  # of a pasted text
MOST_HELD = 2048 * MB  # of all checks together
MOST_UNPACKED = 240 * MB  # of all files of one check
MOST_FILES = 400  # of one check, those in packages counted
GONE = ".gone-"


class State(StrEnum):
    """How far a file is."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


@dataclass
class Item:
    """One file of a check."""

    name: str
    size: int
    state: str = State.WAITING
    why: str = ""
    inner: bool = False  # whether it came in a package
    tries: int = 0  # how often somebody began to work on it
    kind: str = ""
    pages: int | None = None
    letters: int = 0
    total: int = 0  # citations
    act: int = 0  # of them, those about which something must be done
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    sheets: list[dict[str, Any]] = field(default_factory=list)  # offset, findings, pages

    @property
    def groups(self) -> list[tuple[Any, int]]:
        """The groups that have findings, with how many."""
        return [(GROUPS[key], n) for key, n in self.counts.items()]


@dataclass
class Check:
    """A check: the day on which it judges, its files, until when it is held."""

    token: str
    day: str
    language: str
    begun: float  # seconds of the epoch
    until: float
    items: list[Item]
    served: float = 0.0  # when somebody last worked on it
    ended: bool = False

    @property
    def on(self) -> date:
        """The day on which citations are judged."""
        return date.fromisoformat(self.day)

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return home() / self.token

    @property
    def done(self) -> int:
        """How many files are done with."""
        return sum(1 for item in self.items if item.state != State.WAITING)

    @property
    def percent(self) -> int:
        """How much of the bytes is done with."""
        whole = sum(item.size for item in self.items) or 1
        done = sum(item.size for item in self.items if item.state != State.WAITING)
        return done * 100 // whole

    @property
    def seconds_left(self) -> int | None:
        """How long the rest will take at the pace so far; None before anything is done."""
        if self.percent == 0:
            return None
        return round((self.served - self.begun) / self.percent * (100 - self.percent))

    def save(self) -> None:
        """Write the order; a check that was forgotten meanwhile is not made again."""
        with suppress(FileNotFoundError):
            draft = self.folder / f"draft-{os.getpid()}"
            draft.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
            draft.replace(self.folder / "check.json")

    def path(self, place: int, what: str) -> Path:
        """Return where something of a file lies."""
        return self.folder / f"{place}.{what}"

    def findings(self, place: int, only: str = "", start: int = 0) -> Iterator[Finding]:
        """Give the findings of a file in order: of one group, from one on; see ``asked_for``."""
        with suppress(FileNotFoundError), self.path(place, "findings").open("rb") as file:
            lines = (line.split(b"\t", 1) for line in file)
            wanted = (said for keys, said in lines if asked_for(keys.decode().split(","), only))
            for said in islice(wanted, start, None):
                yield Finding.from_json(json.loads(said))

    def sheet(self, place: int, number: int) -> tuple[list[Line], list[Finding]]:
        """Return the lines of one stretch of a file's text, counted from 1, and its findings."""
        held = self.items[place].sheets
        if not 1 <= number <= len(held):
            return [], []
        with self.path(place, "sheets").open("rb") as file:
            file.seek(held[number - 1]["offset"])
            said = json.loads(file.readline())
        found = [Finding.from_json(one) for one in said["findings"]]
        return [Line(*line) for line in said["lines"]], found

    def lines(self, place: int) -> Iterator[Line]:
        """Give all lines of a file's text."""
        for number in range(1, len(self.items[place].sheets) + 1):
            yield from self.sheet(place, number)[0]


def home() -> Path:
    """Return where all checks lie; only their owner may look into it."""
    folder = Path(settings.VAR) / "checks"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def order(files: Sequence[tuple[str, bytes]], day: date) -> Check:
    """Lay out files (name, content) to be checked on a day; refuse too much with a sentence."""
    size = sum(len(content) for _name, content in files)
    if not files:
        raise Refused(_("请选择文件，或者粘贴文字。"))
    if size > MOST_UPLOAD:
        raise Refused(
            _("这些文件共 {size:.1f} MB，超过一次 {most} MB 的上限，请分几次核查。").format(
                size=size / MB, most=MOST_UPLOAD // MB
            )
        )
    sweep(time.time())
    if held() + size > MOST_HELD:
        raise Refused(_("现在核查的文件较多，请半小时后再试。"))
    now = time.time()
    check = Check(
        secrets.token_urlsafe(24), day.isoformat(), get_language() or settings.LANGUAGE_CODE,
        now, now + LONGEST, [Item(name, len(content)) for name, content in files],
    )  # fmt: skip
    check.folder.mkdir(mode=0o700)
    for place, (_name, content) in enumerate(files):
        check.path(place, "source").write_bytes(content)
    check.save()
    return check


def find(token: str) -> Check | None:
    """Return the check of a token, or None when it is gone, by time or by hand."""
    if not token.replace("-", "").replace("_", "").isalnum():
        return None
    try:
        said = json.loads((home() / token / "check.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    check = Check(**said | {"items": [Item(**item) for item in said["items"]]})
    return check if check.until > time.time() else None


def forget(token: str) -> None:
    """Remove a check; at once nobody finds it any more, not even who works on it."""
    gone = home() / f"{GONE}{secrets.token_hex(8)}"
    with suppress(OSError):
        (home() / token).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def live() -> list[Check]:
    """Return the checks that are held, those first on which nobody worked for longest."""
    names = [one.name for one in home().iterdir() if one.is_dir() and one.name[:1] != "."]
    return sorted(filter(None, map(find, names)), key=lambda check: (check.served, check.begun))


def held() -> int:
    """Return how many bytes all checks hold."""
    return sum(path.stat().st_size for path in home().rglob("*") if path.is_file())


def sweep(now: float) -> int:
    """Remove what has had its time by a moment (seconds of the epoch); return how many."""
    gone = 0
    for folder in home().iterdir():
        if not folder.is_dir():
            continue
        try:
            until = json.loads((folder / "check.json").read_text(encoding="utf-8"))["until"]
        except (OSError, ValueError, KeyError):
            with suppress(OSError):  # begun and never ordered, or half removed
                until = folder.stat().st_mtime + (0 if folder.name.startswith(GONE) else KEPT)
        if until <= now:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone
