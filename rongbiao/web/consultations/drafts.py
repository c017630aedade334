"""Drafts (征求意见稿) as pages show them: clause by clause, read once for each file.

What a stranger uploaded is read in a process of its own; what came of it is kept under the
file's SHA-256, so that no later view reads the file again. One view reads, the others say
that it is being read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import gettext as _

from rongbiao.archive.models import File
from rongbiao.texts.documents import PAPERS, Unreadable, read_apart
from rongbiao.texts.documents.clauses import clauses_of

VERSION = 1  # of what is kept; another one when clauses are read otherwise
AT_WORK = 60  # seconds after which another view may try
WHOLE = 80_000  # characters that one page shows; longer drafts go chapter by chapter
LONGEST = 60  # characters of a clause's name, as comments keep it


@dataclass(frozen=True)
class Part:
    """One clause: ``name`` is what comments call it, ``anchor`` where it stands on the page."""

    place: int
    number: str
    title: str
    text: str
    level: int
    parent: int | None
    name: str
    anchor: str

    @property
    def head(self) -> str:
        """Return number and title."""
        return " ".join(filter(None, (self.number, self.title)))

    @property
    def words(self) -> str:
        """Return what the clause says: its text, or its title where it has no more."""
        return self.text or self.title

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n") if self.text else []


@dataclass(frozen=True)
class Draft:
    """A draft by its clauses; ``why`` says why there are none."""

    parts: tuple[Part, ...] = ()
    why: str = ""

    def named(self, name: str) -> Part | None:
        """Return the clause that a comment names; of several of one number the first."""
        return next((part for part in self.parts if part.name == name), None)

    def chapters(self) -> list[tuple[Part, ...]]:
        """Return the clauses by chapters: each begins with one that has none above it."""
        found: list[list[Part]] = []
        for part in self.parts:
            if part.parent is None or not found:
                found.append([])
            found[-1].append(part)
        return [tuple(one) for one in found]

    @property
    def long(self) -> bool:
        return sum(len(part.text) for part in self.parts) > WHOLE


def read(file: File | None) -> Draft:
    """Return what a file says by its clauses, from what is kept or, once, from the file."""
    if file is None:
        return Draft(why=_("本轮没有公开的征求意见稿。"))
    key = f"draft:{VERSION}:{file.sha256}"
    if (kept := cache.get(key)) is not None:
        return _drafted(kept)
    if not cache.add(f"{key}:busy", 1, AT_WORK):
        return Draft(
            why=_("正文正在整理，请稍后刷新本页；现在可以下载文件，也可以对整份文件提意见。")
        )
    try:
        kept = _read(file)
        cache.set(key, kept, None)
    finally:
        cache.delete(f"{key}:busy")
    return _drafted(kept)


def _read(file: File) -> dict[str, object]:
    data = file.read()
    try:
        clauses = clauses_of(read_apart(data, file.name, PAPERS))
    except Unreadable as why:
        return {"why": str(why), "clauses": []}
    rows = [(c.number, c.title, c.text, c.level, c.parent) for c in clauses]
    return {"why": "", "clauses": rows}


def _drafted(kept: dict[str, object]) -> Draft:
    rows = kept["clauses"]
    assert isinstance(rows, list)
    why = str(kept["why"]) or ("" if rows else _("没有从文件中读出章条，请下载文件查看。"))
    return Draft(tuple(_parts(rows)), why)


def _parts(rows: Iterable[tuple[str, str, str, int, int | None]]) -> Iterable[Part]:
    seen: dict[str, int] = {}
    for place, (number, title, text, level, parent) in enumerate(rows):
        name = (number or title or f"第 {place + 1} 段")[:LONGEST]  # a name, in no other language
        anchor = re.sub(r"\s+", "-", name)
        seen[anchor] = seen.get(anchor, 0) + 1
        anchor += f"~{seen[anchor]}" if seen[anchor] > 1 else ""
        yield Part(place, number, title, text, level, parent, name, anchor)
