"""Folding (折叠): one form of a text for finding, and the tokens every search engine is fed.

A folded text is a chain of **units**: one Chinese character, one run of letters, or one run
of figures; what stands between (blanks, dashes, punctuation) is dropped. One text is found
in another when its chain of units stands in the other's, in order and without a gap. So
``LED灯具`` is found in ``432LED 灯具``, but ``port`` is not found in ``transport``.

Every unit gives one token at its place: a Chinese character before another one the pair of
both, any other unit itself. A phrase of tokens is then exactly a chain of units.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from operator import add
from typing import Any

from rongbiao.texts.received import HAN, WORDS, simplified

LONGEST = 64  # letters of one unit that count
HAN_MORE = f"{HAN}\U00020000-\U0003134f"
HAN_ALONE = re.compile(f"[{HAN_MORE}]")
STRETCHES = re.compile(rf"([{HAN_MORE}]+)|([0-9]+|[^\W\d_{HAN_MORE}]+)")
# Letters that look alike in numbers and titles, where NFKC keeps them apart.
ALIKE = str.maketrans({"μ": "u", "µ": "u", "º": "°"})
# Characters whose most frequent reading is not the one that titles mean.
INITIALS = {"长": "c", "重": "z", "行": "h", "调": "t", "弹": "d", "量": "l", "率": "l", "降": "j"}
PHRASES = {
    "长乐": "cl", "重庆": "cq", "重复": "cf", "银行": "yh", "行业": "hy", "弹性": "tx", "弹簧": "th",
}  # fmt: skip


@lru_cache(64)  # one title is folded for its tokens, its words and its initials
def folded(text: str) -> str:
    """Return a text in one width, in small letters and Simplified characters.

    >>> folded("ＬＥＤ燈具　GB／T")
    'led灯具 gb/t'
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).lower().translate(ALIKE)
    return simplified(text) if _traditional().search(text) else text


@cache
def _traditional() -> re.Pattern[str]:
    """Return what finds a character that Simplified writes otherwise, alone or in a word."""
    every = "".join(chr(code) for code in range(0x3400, 0xA000))
    changed = {was for was, now in zip(every, simplified(every), strict=True) if was != now}
    changed.update(*(was for was, _ in WORDS))
    return re.compile(f"[{''.join(sorted(changed))}]")


def units(text: str) -> list[str]:
    """Return the chain of units of a text.

    >>> units("432LED灯具—GB/T 1.1")
    ['432', 'led', '灯', '具', 'gb', 't', '1', '1']
    """
    out: list[str] = []
    for han, other in STRETCHES.findall(folded(text)):
        if han:
            out += han
        else:
            out.append(other[:LONGEST])
    return out


def chain(text: str) -> str:
    """Return the units between blanks, with one at both ends: ``a in b`` is then “is found in”.

    >>> chain("灯具") in chain("432LED灯具"), chain("port") in chain("transport")
    (True, False)
    """
    return f" {' '.join(units(text))} "


def tokens(text: str) -> list[str]:
    """Return one token for each unit: pairs within Chinese, the unit itself elsewhere.

    >>> tokens("LED灯具x"), tokens("第1部分：总则")
    (['led', '灯具', '具', 'x'], ['第', '1', '部分', '分总', '总则', '则'])
    """
    out: list[str] = []
    open_pair = False  # the last token is a character that the next one may pair with
    for han, other in STRETCHES.findall(folded(text)):
        if han:
            if open_pair:
                out[-1] += han[0]
            out += map(add, han, han[1:])
            out.append(han[-1])
        else:
            out.append(other[:LONGEST])
        open_pair = bool(han)
    return out


def unit_of(token: str) -> str:
    """Return the unit that a token stands for.

    >>> unit_of("灯具"), unit_of("led")
    ('灯', 'led')
    """
    return token[0] if len(token) == 2 and is_han(token[0]) else token


def is_han(unit: str) -> bool:
    """Tell whether a unit is a Chinese character.

    >>> is_han("茶"), is_han("tea")
    (True, False)
    """
    if "一" <= unit <= "鿿":  # nearly all, told at once
        return len(unit) == 1
    return len(unit) == 1 and not unit.isascii() and HAN_ALONE.match(unit) is not None


def other_wording(text: str) -> str:
    """Return a text as the mainland says what Taiwan words otherwise; empty when it is the same.

    >>> other_wording("軟體"), other_wording("软件")
    ('软件', '')
    """
    if text.isascii() or not _traditional().search(text):
        return ""
    said: str = _mainland().convert(text)
    return said if folded(said) != folded(text) else ""


@cache
def _mainland() -> Any:
    import opencc

    return opencc.OpenCC("tw2sp")


def initials(text: str, longest: int = 8) -> str:
    """Return the initials of the characters and the letters with which a text begins.

    >>> initials("长乐区LED灯具规范"), initials("重庆火锅")
    ('clqleddj', 'cqhg')
    """
    text = folded(text)[: longest * 2]
    phrases = _phrases()
    pairs = list(map(add, text, text[1:]))
    if not phrases.keys().isdisjoint(pairs):
        for pair in pairs:
            if pair in phrases:
                text = text.replace(pair, phrases[pair], 1)
    return text.translate(_initial())[:longest]


class Initials(dict[int, str | None]):
    """What ``str.translate`` makes of a character: its initial, itself, or nothing."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        self[code] = out = letter if letter.isalnum() and letter.isascii() else None
        return out


@cache
def _initial() -> Initials:
    """Return the first letter of the most frequent reading of every character."""
    from pypinyin.pinyin_dict import pinyin_dict

    first = {code: _plain(readings) for code, readings in pinyin_dict.items()}
    return Initials(first | {ord(letter): initial for letter, initial in INITIALS.items()})


@cache
def _phrases() -> dict[str, str]:
    """Return the initials of pairs of characters that are read otherwise than alone."""
    from pypinyin.phrases_dict import phrases_dict

    alone, out = _initial(), {}
    for phrase, readings in phrases_dict.items():
        if len(phrase) == 2 and len(readings) == 2:
            read = "".join(_plain(reading[0]) for reading in readings)
            if read != "".join(alone[ord(letter)] or "" for letter in phrase):
                out[phrase] = read
    return out | PHRASES


def _plain(reading: str) -> str:
    return unicodedata.normalize("NFD", reading[:1])[:1]
