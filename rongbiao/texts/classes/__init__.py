"""Classifications of standards (标准分类): ICS edition 7 and CCS, as trees.

ICS has fields (``01``), groups (``01.040``) and subgroups (``01.040.01``); CCS has classes
(``A``), groups named after their range (``A00/09``) and entries (``A00``). What is
established in the two tables, and how, stands at the head of ``ics.tsv`` and ``ccs.tsv``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from rongbiao.texts.received import simplified

SCHEMES = ("ics", "ccs")
MOST = 60  # classes that a search shows
CHINESE = "zh"
ENTRY = re.compile(r"[A-Z]\d\d")
BEGUN = "(?<![a-z])"  # where a word in Latin letters begins


@dataclass(frozen=True, slots=True)
class Classification:
    """One class: its code, its names and its place in the tree; ``zh`` is empty where unknown."""

    code: str
    zh: str
    en: str
    parent: str  # the code of the class above, empty at the top
    children: tuple["Classification", ...] = field(default=(), compare=False, repr=False)

    def name(self, language: str = CHINESE) -> str:
        """Return the name in a language; in Chinese the English one where there is no other."""
        return (language.startswith(CHINESE) and self.zh) or self.en

    @property
    def slug(self) -> str:
        """The code as it stands in an address, with ``~`` for ``/``."""
        return self.code.replace("/", "~")


@dataclass(frozen=True, slots=True)
class Words:
    """What a search compares of one class: its code and its names, folded."""

    one: Classification
    code: str
    names: tuple[str, str]

    def hold(self, asked: list[re.Pattern[str]]) -> bool:
        """Tell whether every word stands in the code or in a name."""
        return all(any(map(word.search, (self.code, *self.names))) for word in asked)

    def far(self, whole: str) -> tuple[int, int, str]:
        """Return how far the class is from what was asked; 0 comes first and is its code."""
        nearer = (
            self.code == whole,
            self.code.startswith(whole),
            whole in self.names,
            any(name.startswith(whole) for name in self.names),
        )
        place = next((place for place, true in enumerate(nearer) if true), len(nearer))
        return place, _depth(self.one.code), self.code


@dataclass(frozen=True, slots=True)
class Scheme:
    """A classification: its classes at the top, every class by its code, words for a search."""

    top: tuple[Classification, ...]
    every: dict[str, Classification]
    words: tuple["Words", ...]


def ics() -> tuple[Classification, ...]:
    """Return the fields of ICS with everything beneath them.

    >>> ics()[1].children[2].code
    '03.060'
    """
    return scheme("ics").top


def ccs() -> tuple[Classification, ...]:
    """Return the classes of CCS with everything beneath them.

    >>> ccs()[0].children[0].zh
    '标准化管理与一般规定'
    """
    return scheme("ccs").top


@cache
def scheme(key: str) -> Scheme:
    """Return one of the two schemes, read from its table once."""
    rows = [(code, zh, en) for code, zh, en in _table(key)]
    groups = [code for code, _zh, _en in rows if "/" in code]
    above = {code: _parent(code, groups) for code, _zh, _en in rows}
    beneath: dict[str, list[Classification]] = {}
    every: dict[str, Classification] = {}
    for code, zh, en in sorted(rows, key=lambda row: _depth(row[0]), reverse=True):
        children = tuple(sorted(beneath.get(code, ()), key=lambda one: one.code))
        every[code] = Classification(code, zh, en, above[code], children)
        beneath.setdefault(above[code], []).append(every[code])
    every = {code: every[code] for code, _zh, _en in rows}
    top = tuple(sorted(beneath[""], key=lambda one: one.code))
    words = tuple(
        Words(one, one.code.lower(), (_folded(one.zh), _folded(one.en))) for one in every.values()
    )
    return Scheme(top, every, words)


def _table(key: str) -> Iterator[tuple[str, str, str]]:
    """Read the lines of a table: code, Chinese name, English name."""
    for line in files(__package__).joinpath(f"{key}.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, *names = line.split("\t")
        yield (code, names[1], names[0]) if key == "ics" else (code, names[0], names[1])


def _depth(code: str) -> int:
    """Return how many classes stand above one, by the form of its code."""
    if code[0].isdigit():
        return code.count(".")
    return 0 if len(code) == 1 else 1 if "/" in code else 2


def _parent(code: str, groups: list[str]) -> str:
    """Return the code of the class above, empty at the top."""
    if "." in code:
        return code.rpartition(".")[0]
    if code[0].isdigit() or len(code) == 1:
        return ""
    if "/" in code:
        return code[0]
    return next((group for group in groups if _holds(group, code)), "")


def _holds(group: str, code: str) -> bool:
    """Tell whether a two-digit code stands in the range of a CCS group.

    >>> _holds("A65/74", "A70"), _holds("A65/74", "A75")
    (True, False)
    """
    return group[0] == code[0] and group[1:3] <= code[1:3] <= group[4:]


def scheme_of(code: str) -> str:
    """Return the key of the scheme that a code belongs to by its form."""
    return "ics" if code[:1].isdigit() else "ccs"


def classification(code: str) -> Classification | None:
    """Return the class with a code, or None.

    >>> classification("35.240").en
    'Applications of information technology'
    """
    return scheme(scheme_of(code)).every.get(code)


def valid(code: str) -> bool:
    """Tell whether a code stands in its table.

    >>> valid("13.020.10"), valid("13.021"), valid("X61"), valid("I00")
    (True, False, True, False)
    """
    return classification(code) is not None


def name_of(code: str, language: str = CHINESE) -> str:
    """Return the name of a class, or its code where the code is not known.

    >>> name_of("67.140"), name_of("67.140", "en"), name_of("99")
    ('茶、咖啡、可可', 'Tea. Coffee. Cocoa', '99')
    """
    found = classification(code)
    return found.name(language) if found else code


def line(code: str) -> tuple[Classification, ...]:
    """Return the classes above a code and its own, from the top.

    >>> [one.code for one in line("A01")]
    ['A', 'A00/09', 'A01']
    """
    found = classification(code)
    return (*line(found.parent), found) if found else ()


@lru_cache(8192)
def within(code: str) -> tuple[Classification, ...]:
    """Return the established classes that a code as written falls under, from the top.

    Codes of other editions and entries whose name is not established still fall under
    the classes above them.

    >>> [one.code for one in within("59.080.60")], [one.code for one in within("B32")]
    (['59', '59.080'], ['B', 'B30/39'])
    """
    code = code.strip().upper()
    if known := line(code):
        return known
    if scheme_of(code) == "ics":
        return within(code.rpartition(".")[0]) if "." in code else ()
    if not ENTRY.fullmatch(code):
        return ()
    groups = (one for one in scheme("ccs").every if "/" in one and _holds(one, code))
    return line(next(groups, code[:1]))


def beginnings(code: str) -> list[str]:
    """Return what the codes under a class begin with; a group of CCS may need several.

    >>> beginnings("13.020"), beginnings("A20/39"), beginnings("X80/84")
    (['13.020'], ['A2', 'A3'], ['X80', 'X81', 'X82', 'X83', 'X84'])
    """
    if "/" not in code:
        return [code]
    numbers = range(int(code[1:3]), int(code[4:]) + 1)
    whole = {one // 10 for one in numbers if one % 10 == 0 and one + 9 in numbers}
    singles = [f"{code[0]}{one:02d}" for one in numbers if one // 10 not in whole]
    return sorted([f"{code[0]}{ten}" for ten in whole] + singles)


def find_class(key: str, text: str, most: int = MOST) -> list[Classification]:
    """Return the classes of a scheme whose code or names hold every word, the nearest first.

    A word in Chinese may stand in either script and anywhere, one in Latin letters where a
    word begins: tea is not in steam. An exact code comes first, then codes that begin so,
    names that are the words, names that begin so, and all others.

    >>> [one.code for one in find_class("ics", "標準化總則")], find_class("ccs", "白酒")[0].code
    (['01.120'], 'X61')
    """
    asked = _folded(text).split()
    whole = " ".join(asked)
    begun = [re.compile(BEGUN * word[0].isascii() + re.escape(word)) for word in asked]
    found = [words for words in scheme(key).words if asked and words.hold(begun)]
    return [words.one for words in sorted(found, key=lambda words: words.far(whole))[:most]]


def _folded(text: str) -> str:
    """Return a text as it is compared: small letters, Simplified, no marks but those of codes."""
    return re.sub(r"[^\w./]+|[.](?=\s|$)", " ", simplified(text).lower()).strip()
