"""Hash chains (链式摘要): entries that cannot be altered, dropped or put between unseen.

Each link hashes what the entry says together with the link before it (SHA-256 over
canonical JSON: UTF-8, keys sorted, no blanks). Words about a person do not go into the
link themselves: a salted seal of them does, so that they can be erased and the chain
still holds. A cut tail shows only against a checkpoint kept elsewhere.

>>> first = link("", {"seq": 1, "action": "submit"})
>>> link(first, {"seq": 2}) == link("", {"seq": 2})
False
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


def canonical(said: Any) -> bytes:
    """Return the one way to write a JSON value."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link(before: str, said: Mapping[str, Any]) -> str:
    """Return the digest of an entry that follows another; ``before`` is empty for the first."""
    return hashlib.sha256(canonical([before, dict(said)])).hexdigest()


def new_salt() -> str:
    """Return 16 random bytes in hexadecimal."""
    return secrets.token_hex(16)


def seal(salt: str, words: Mapping[str, Any]) -> str:
    """Return what stands in the chain for words that may be erased later."""
    return hashlib.sha256(canonical([salt, dict(words)])).hexdigest()


@dataclass(frozen=True, slots=True)
class Linked:
    """One entry as it is kept: its place, what it says, its links, and its erasable words."""

    seq: int
    said: Mapping[str, Any]
    before: str
    digest: str
    sealed: str = ""
    salt: str = ""
    words: Mapping[str, Any] | None = None  # None: there were none, or they were erased


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain does not hold, and why, in a sentence."""

    seq: int
    why: str


def check(entries: Iterable[Linked], known: Mapping[int, str] | None = None) -> Iterator[Fault]:
    """Yield the faults of a chain in order; ``known`` holds checkpoints, digest by place.

    After a fault the chain is followed from what the entry itself says, so that one
    altered entry is one fault and not as many as follow it.
    """
    known = dict(known or {})
    place, last = 0, ""
    for entry in entries:
        place += 1
        if entry.seq != place:
            yield Fault(place, f"第 {place} 条缺失，其后是第 {entry.seq} 条。")
            place = entry.seq
        elif entry.before != last:
            yield Fault(place, f"第 {place} 条与前一条不相衔接。")
        if link(entry.before, entry.said) != entry.digest:
            yield Fault(place, f"第 {place} 条的内容与其摘要不符，已被改动。")
        if entry.words is not None and seal(entry.salt, entry.words) != entry.sealed:
            yield Fault(place, f"第 {place} 条所附的个人信息与其封印不符，已被改动。")
        if known.pop(place, entry.digest) != entry.digest:
            yield Fault(place, f"第 {place} 条的摘要与已公布的检查点不符。")
        last = entry.digest
    for seq in sorted(known):
        yield Fault(seq, f"检查点所指的第 {seq} 条不在记录中，记录被截短。")
