"""What people type, taken apart: words, phrases, words that must not stand, a number."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_lowercase

from rongbiao.texts.folding import is_han, other_wording, tokens, units
from rongbiao.texts.numbers import NotANumber, StandardNumber, read_number

LONGEST = 200  # characters of a question that are read
MOST = 12  # words of a question that are read
UNITS = 40  # units of one word that are read
DASH = re.compile(r"\s*[-\u2010-\u2015\u2212－]\s*")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")
PART = re.compile(r"""(?P<minus>[-−－–—]?)(?:["“”„「『＂](?P<phrase>[^"“”「」『』＂]*)["“”」』＂]?|(?P<word>[^\s"“”「『＂]+))""")  # fmt: skip # noqa: E501
JOINT = re.compile(r"^iso[\s-]+iec\b", re.IGNORECASE)
MANDATES = ("GB", "GB/T", "GB/Z")
SERIAL = re.compile(
    r"((?:[A-Z]\.)?\d{1,6}(?:\.\d{1,4}){0,3}(?:-\d{1,3}){0,2}?)(?:[-:](1[89]\d\d|20\d\d))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A chain of units to be found; see ``texts.folding``."""

    units: tuple[str, ...]

    @property
    def tokens(self) -> list[str]:
        """The tokens that stand in the order of the chain."""
        made = tokens(" ".join(self.units))
        return made[:-1] if self.open_end else made

    @property
    def open_end(self) -> str:
        """The last character, where a token begins that the chain does not end."""
        last = self.units[-1]
        return last if is_han(last) else ""

    @property
    def closed(self) -> bool:
        """Whether the tokens say all: the last pair holds the last character."""
        return not self.open_end or (len(self.units) > 1 and is_han(self.units[-2]))


@dataclass(frozen=True, slots=True)
class Typed:
    """A question taken apart. ``wanted``: of each group one phrase must be found."""

    wanted: tuple[tuple[Phrase, ...], ...] = ()
    unwanted: tuple[Phrase, ...] = ()
    number: StandardNumber | None = None
    marks: tuple[str, ...] = field(default=())
    serial: tuple[str, int | None] | None = None  # a number without its code, and its year

    @property
    def empty(self) -> bool:
        return not self.wanted and not self.unwanted


def plain(text: str) -> str:
    """Return a text without what no database takes: control characters, half surrogates."""
    return CONTROL.sub(" ", text.encode(errors="ignore").decode())


def cleaned(words: str) -> str:
    r"""Return what was typed in one width, without control characters, of bounded length.

    >>> cleaned("ＧＢ\x00 1.1\n")
    'GB 1.1'
    """
    words = plain(words[: LONGEST * 4])
    return " ".join(unicodedata.normalize("NFKC", words).split())[:LONGEST]


def read_typed(words: str) -> Typed:
    """Take a question apart; whatever was typed, this raises nothing.

    >>> [[one.units for one in group] for group in read_typed('茶 "质量 分级"').wanted]
    [[('茶',)], [('质', '量', '分', '级')]]
    """
    words = cleaned(words)
    if not words:
        return Typed()
    if (number := as_number(words)) is not None:
        return Typed(wanted=(tuple(_printed(number, words)),), number=number, marks=(words,))
    wanted: list[tuple[Phrase, ...]] = []
    unwanted: list[Phrase] = []
    marks: list[str] = []
    for minus, text in _parts(words):
        if not (group := tuple(_wordings(text))):
            continue
        if minus:
            unwanted += group
        else:
            wanted.append(group)
            marks.append(text)
    return Typed(tuple(wanted), tuple(unwanted), None, tuple(marks), serial_of(words))


def as_number(words: str) -> StandardNumber | None:
    """Return the standard number that the whole of a text is, or None."""
    try:
        number = read_number(JOINT.sub("ISO/IEC", words))
    except (NotANumber, ValueError):
        return None
    return None if number.upto else number


def serial_of(words: str) -> tuple[str, int | None] | None:
    """Return the serial and the year that the whole of a text is, a number without its code.

    >>> serial_of("9001"), serial_of("20000.1—2016"), serial_of("60204-1"), serial_of("茶 9001")
    (('9001', None), ('20000.1', 2016), ('60204-1', None), None)
    >>> serial_of("x.509")
    ('X.509', None)
    """
    found = SERIAL.fullmatch(DASH.sub("-", words.upper()))
    return (found[1], int(found[2]) if found[2] else None) if found else None


def slips(word: str) -> Iterator[str]:
    """Give what a word of letters becomes by one slip: a letter lost, changed, added, exchanged.

    >>> "management" in set(slips("managemant")), "tea" in set(slips("tae"))
    (True, True)
    """
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after[1:]
            yield before + letter + after


def _parts(words: str) -> Iterator[tuple[bool, str]]:
    for found in list(PART.finditer(words))[:MOST]:
        joined = found.start() and not words[found.start() - 1].isspace()
        yield bool(found["minus"]) and not joined, found["phrase"] or found["word"] or ""


def _wordings(text: str) -> Iterator[Phrase]:
    """Give a word and, if it came in Taiwan's wording, the mainland's as well."""
    for said in dict.fromkeys((text, other_wording(text))):
        if chained := tuple(units(said)[:UNITS]):
            yield Phrase(chained)


def _printed(number: StandardNumber, words: str) -> Iterator[Phrase]:
    """Give what a number looks like in texts; GB, GB/T and GB/Z share one row of numbers."""
    text = str(number.bare)
    forms = [text]
    if number.code in MANDATES:
        forms += [code + text.removeprefix(number.code) for code in MANDATES]
    for chained in dict.fromkeys(tuple(units(form)) for form in (*forms, words)):
        yield Phrase(chained)
