"""Doubts (存疑的要求): sentences of a tender in which a sign is seen, with place, reason and advice."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from .sentences import sentences

FILE = Path(__file__).parent / "signs.toml"
NAME = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Sign:
    """A wording to look for: the rule it touches, why, and how to word it instead."""

    key: str
    rule: str
    gate: tuple[str, ...]  # plain words of which a sentence has one, or the sign is not asked for
    all: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...]
    why: str
    why_en: str
    advice: str
    advice_en: str

    def seen(self, sentence: str) -> re.Match[str] | None:
        """Return where the sign is seen in a sentence, or None."""
        if self.gate and not any(word in sentence for word in self.gate):
            return None
        # The first pattern tells the place and costs most; it is asked last.
        if any(not one.search(sentence) for one in self.all[:0:-1]):
            return None
        first = self.all[0].search(sentence)
        return None if first is None or any(one.search(sentence) for one in self.none) else first


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence that a person should look at; ``mark`` is the place of the telling words."""

    sign: Sign
    start: int
    end: int
    text: str
    mark: tuple[int, int]


def _words(raw: dict[str, str]) -> dict[str, str]:
    """Return the named patterns with those put in that they name."""
    told: dict[str, str] = {}
    for name, pattern in raw.items():
        told[name] = NAME.sub(lambda one: f"(?:{told[one[1]]})", pattern)
    return told


def _signs() -> tuple[tuple[Sign, ...], re.Pattern[str]]:
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    words = _words(raw["words"])

    def compiled(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
        whole = (NAME.sub(lambda one: f"(?:{words[one[1]]})", one) for one in patterns)
        return tuple(re.compile(one) for one in whole)

    signs = tuple(
        Sign(
            key, row["rule"], tuple(row.get("gate", "").split()), compiled(row["all"]), compiled(row.get("none", [])),
            row["why"], row["why_en"], row["advice"], row["advice_en"],
        )
        for key, row in raw["sign"].items()
    )  # fmt: skip
    return signs, re.compile(words["forbids"])


SIGNS, FORBIDS = _signs()


def find_doubts(text: str) -> list[Doubt]:
    """Return what in a tender may shut suppliers out: one doubt a sentence and rule, in order.

    A sentence that forbids such a requirement (“不得以…作为加分条件”) is none. Linear in the
    length of the text: it is read sentence by sentence, and those are bounded.
    """
    found = []
    for sentence in sentences(text):
        rules: set[str] = set()
        for sign in SIGNS:
            if sign.rule in rules or (seen := sign.seen(sentence.text)) is None:
                continue
            if not rules and FORBIDS.search(sentence.text):
                break
            rules.add(sign.rule)
            mark = (sentence.start + seen.start(), sentence.start + seen.end())
            found.append(Doubt(sign, sentence.start, sentence.end, sentence.text, mark))
    return found
