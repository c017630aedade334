"""Automatic numbers (自动编号): what Word shows before a paragraph and stores nowhere.

ISO/IEC 29500-1, 17.9: a paragraph points to an instance (``w:num``) and a level; counters
belong to the definition (``w:abstractNum``) behind the instance, so that instances go on counting.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .styles import OFF, Styles, W, number, value

PLACE = re.compile(r"%([1-9])")
PRIVATE = re.compile("[\ue000-\uf8ff]")
LEVELS = 9
DIGITS = "零一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
    "taiwaneseCounting", "taiwaneseCountingThousand", "chineseLegalSimplified",
}  # fmt: skip
MOST = 9999  # above, a number is written in figures


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a definition counts and looks."""

    start: int
    form: str
    text: str
    legal: bool  # all places in figures
    after: str  # what follows: tab, space or nothing
    restart: int | None  # the level (from 1) whose step resets this one; 0 for none
    style: str


class Numbering:
    """The numbers of a document, given in the order of its paragraphs."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.styles = styles
        self.definitions: dict[str, dict[int, Level]] = {}
        self.instances: dict[str, tuple[str, dict[int, int]]] = {}
        self.counters: dict[str, list[int | None]] = {}
        self.begun: set[str] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        by_style, links = {}, {}
        for node in root.iter(f"{W}abstractNum"):
            name = node.get(f"{W}abstractNumId") or ""
            self.definitions[name] = dict(_levels(node))
            by_style[value(node, f"{W}styleLink")] = name
            links[name] = value(node, f"{W}numStyleLink")
        for node in root.iter(f"{W}num"):
            name = value(node, f"{W}abstractNumId") or ""
            name = by_style.get(links.get(name) or "", name)
            if name not in self.definitions:
                continue
            starts = {}
            for change in node.iter(f"{W}lvlOverride"):
                at = int(change.get(f"{W}ilvl") or 0)
                start = number(change, f"{W}startOverride")
                if start is not None:
                    starts[at] = start
            self.instances[node.get(f"{W}numId") or ""] = (name, starts)

    def label(self, about: Any, style: str) -> str:
        """Return the number before the next paragraph, with the blank after it; mostly nothing."""
        found = self._pointed(about, style)
        if found is None:
            return ""
        instance, at = found
        name, starts = self.instances[instance]
        levels = self.definitions[name]
        if at not in levels:
            return ""
        counters = self.counters.setdefault(name, [None] * LEVELS)
        if instance not in self.begun:  # an instance with starts of its own counts anew
            self.begun.add(instance)
            for place in starts:
                counters[place : place + 1] = [None]
        known = counters[at]
        counters[at] = starts.get(at, levels[at].start) if known is None else known + 1
        for lower in range(at + 1, LEVELS):
            restart = levels[lower].restart if lower in levels else None
            if restart is None or (restart and at < restart):
                counters[lower] = None
        return _shown(levels, counters, at)

    def _pointed(self, about: Any, style: str) -> tuple[str, int] | None:
        """Return instance and level of a paragraph: its own, or its style's."""
        own = None if about is None else about.find(f"{W}numPr")
        instance, at = value(own, f"{W}numId"), number(own, f"{W}ilvl")
        if instance is None:
            for name, node in self.styles.line(style):
                said = node.find(f"{W}pPr/{W}numPr")
                if said is not None and value(said, f"{W}numId") is not None:
                    instance = value(said, f"{W}numId")
                    at = number(said, f"{W}ilvl") if at is None else at
                    at = self._level_of_style(instance, (style, name), at)
                    break
        if instance is None or instance not in self.instances:
            return None
        return instance, min(at or 0, LEVELS - 1)

    def _level_of_style(
        self, instance: str | None, names: tuple[str, ...], at: int | None
    ) -> int | None:
        """Return the level that names a style as its own, which counts before what it says."""
        if instance in self.instances:
            for level, said in self.definitions[self.instances[instance][0]].items():
                if said.style and said.style in names:
                    return level
        return at


def _levels(node: Any) -> Any:
    for level in node.findall(f"{W}lvl"):
        at = level.get(f"{W}ilvl") or ""
        if at.isdecimal() and int(at) < LEVELS:
            legal = level.find(f"{W}isLgl")
            start = number(level, f"{W}start")
            yield (
                int(at),
                Level(
                    0 if start is None else start,
                    value(level, f"{W}numFmt") or "decimal",
                    value(level, f"{W}lvlText") or "",
                    legal is not None and legal.get(f"{W}val") not in OFF,
                    value(level, f"{W}suff") or "tab",
                    number(level, f"{W}lvlRestart"),
                    value(level, f"{W}pStyle") or "",
                ),
            )


def _shown(levels: dict[int, Level], counters: list[int | None], at: int) -> str:
    level = levels[at]

    def place(found: re.Match[str]) -> str:
        which = int(found[1]) - 1
        said = levels.get(which)
        counted = counters[which]
        if said is None:
            return ""
        if counted is None:  # not begun yet: Word shows where it would begin
            counted = said.start
        return written(counted, "decimal" if level.legal else said.form)

    text = PLACE.sub(place, level.text) if level.form != "bullet" else level.text
    text = PRIVATE.sub("", text).strip()
    if not text:
        return ""
    return text if level.after == "nothing" or text[-1] in "、）" else f"{text} "


def written(counted: int, form: str) -> str:
    """Return a number as a form of numbering writes it.

    >>> written(3, "upperLetter"), written(12, "chineseCounting"), written(4, "lowerRoman")
    ('C', '十二', 'iv')
    """
    if form == "none":
        return ""
    plain = str(counted)
    if not 0 < counted <= MOST:
        return plain
    write = FORMS.get(form.removesuffix("Chinese"))
    return write(counted) if write else plain


def _letters(counted: int) -> str:
    return chr(ord("A") + (counted - 1) % 26) * ((counted - 1) // 26 + 1)


def _roman(counted: int) -> str:
    letters = ""
    for worth, sign in ROMAN:
        times, counted = divmod(counted, worth)
        letters += sign * times
    return letters


def _circled(counted: int) -> str:
    return chr(ord("①") + counted - 1) if counted <= 20 else str(counted)


def _full_width(counted: int) -> str:
    return "".join(chr(ord(figure) - ord("0") + ord("０")) for figure in str(counted))


def _stem(counted: int) -> str:
    return STEMS[counted - 1] if counted <= len(STEMS) else str(counted)


def chinese(counted: int) -> str:
    """Return 1 to 9999 as Chinese count: 十二, 一百零三.

    >>> chinese(20), chinese(103)
    ('二十', '一百零三')
    """
    words, gap = "", False
    for worth, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure, counted = divmod(counted, worth)
        if figure:
            words += ("零" if gap and words else "") + DIGITS[figure] + unit
        gap = not figure
    return words.removeprefix("一") if words.startswith("一十") else words


FORMS: dict[str, Callable[[int], str]] = {
    "upperLetter": _letters,
    "lowerLetter": lambda counted: _letters(counted).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda counted: _roman(counted).lower(),
    "ideographTraditional": _stem,
    "decimalEnclosedCircle": _circled,
    "decimalFullWidth": _full_width,
    "decimalZero": lambda counted: f"{counted:02d}",
    **dict.fromkeys(CHINESE, chinese),
}
