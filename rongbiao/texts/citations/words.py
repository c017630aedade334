"""What stands beside numbers (编号旁边的词), as patterns; the words themselves are in ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from rongbiao.texts.numbers.notation import DASHES, SPACES_OF_PRINT

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def _words(part: str, name: str) -> frozenset[str]:
    return frozenset(WORDS[part][name].split())


def any_of(part: str, name: str) -> str:
    """Return the pattern of any word of a list, the longest first."""
    return "|".join(re.escape(word) for word in sorted(_words(part, name), key=len, reverse=True))


BLANK = rf"[ \t{SPACES_OF_PRINT}]"
NAMED = rf"(?:号|编号|號|編號)?{BLANK}{{0,4}}[:：“(（《]?{BLANK}?$"
HARD_CUE = re.compile(rf"(?:{any_of('left', 'standard')}){NAMED}", re.IGNORECASE)
CUE = re.compile(
    rf"(?:{any_of('left', 'standard')}|{any_of('left', 'joint')}){NAMED}", re.IGNORECASE
)
PRODUCT = re.compile(
    rf"(?:{any_of('left', 'product')}){BLANK}{{0,2}}(?:[:：为是]{BLANK}?)?[A-Za-z0-9]{{0,8}}$",
    re.IGNORECASE,
)
MEMORY = re.compile(rf"(?:{any_of('left', 'memory')})[^\n。；]{{0,8}}$", re.IGNORECASE)
MEMORY_RIGHT = re.compile(
    rf"[ /+×x*]{{0,3}}(?:\d+ ?(?:GB|TB|MB|M|G|T)\b|[MG]Hz|{any_of('left', 'memory')})"
)
CHARSET_LEFT = re.compile(rf"(?:{any_of('left', 'charset')})[^\n。；]{{0,6}}$", re.IGNORECASE)
CHARSET_RIGHT = re.compile(rf"{BLANK}?(?:{any_of('right', 'charset')})", re.IGNORECASE)
PHOTO = re.compile(rf"{any_of('near', 'photo')}|[fF]/?\d\.\d|1/\d{{2,4}} ?[sS秒]", re.IGNORECASE)
TITLE = re.compile(rf"(?:{BLANK}|[:：,，]){{1,4}}[\u3400-\u9fff《“（(]|[《（(]")
# A unit of measure, glued or after one blank: what stands before it is an amount.
UNIT = re.compile(
    r" ?(?:[KMGT]?Hz|bit|(?:[KMT]i?B|Gi?B(?!/?T? ?\d{3}))(?:ps|/s)?|[KMG]bps|V(?:A|DC|AC)?(?!-)"
    r"|m?A|[KMkm]?W|k?g|mm|cm|m[²³23]?|ml|mL|rpm|dB|Pa|[KM]Pa|℃|°|%|SSD|HDD|DDR\d?|RAM|ROM)"
    rf"(?![A-Za-z0-9])|[ \u3000]?(?:{any_of('right', 'unit')})"
)
CLASHING, PLAIN_CODES = _words("codes", "clashing"), _words("codes", "plain")
WEAK_FOREIGN, AMOUNTS = _words("codes", "weak_abroad"), _words("codes", "amounts")
CHARSETS, FILM, FLANGES = (_words("numbers", name) for name in ("charsets", "film", "flanges"))
BAR = rf"[\-_{DASHES}]"
NO_NUMBER = re.compile(rf" ?{BAR}{{1,2}} ?\d{{3}}(?!\d)")
BRANCH = re.compile(r"-[a-z]{2}")  # jc/t1512-fix is a branch of code
NEXT_YEAR = re.compile(rf"{BLANK}?年")
PLACEHOLDER = re.compile(
    rf"\.?[Xx×＊*□]{{1,}}|{BLANK}?{BAR}{{1,2}}{BLANK}?(?:(?:19|20)\d?[Xx×□]|[Xx×□]{{2}})"
)
# What may follow a number without a blank: a number run together with it, or the first word of its title.
RUN_ON = re.compile(
    r"(?:GB|HJ|JB|JG|ISO|IEC|DB|QB|SN|NY|YY|DL|CJ|SL)(?:[/／ T]{0,3}\d|[/／]T)|pH|COD|BOD"
    r"|(?:idt|IDT|eqv|EQV|neq|NEQ|mod|MOD)(?![A-Za-z])"
)
GOES_ON = re.compile(rf" ?{BAR}{{1,2}} ?\d")
NUMBERED = re.compile(
    rf"(?:^|[\n|\t]){BLANK}*(?:[-•●·*–—]{{1,2}}|[(（\[【]?[\da-zA-Z一二三四五六七八九十]{{1,4}}[)）\]】.、．]?"
    rf"|[①-⑳]|\d+(?:\.\d+)+)?{BLANK}*$"
)
AMOUNT = re.compile(r"\d+[A-Z]{0,2}$")
PIPE = re.compile(r"[2-9]\d?[A-Z]{1,2}$")  # API 5L
