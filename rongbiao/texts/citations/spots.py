"""Hot spots (热点): where in a text a number may stand, and the stretch it is read from.

A text is not normalized as a whole. One pattern that starts with a capital finds words that
figures follow; letters of full width and small letters are made capitals in place, and only
in texts that have any. Every change keeps the length, so places stay places of the given text.
"""

from __future__ import annotations

import re

from rongbiao.texts.numbers.codes import CHINESE
from rongbiao.texts.numbers.notation import DASHES, LEVEL, SLASHES, SPACES_OF_PRINT, TILDES

LONGEST = 90  # characters of one stretch; a number with all its tails is shorter
BETWEEN = rf"[ \t\r\n\-_./:*({DASHES}{SLASHES}{SPACES_OF_PRINT}（：．＿]"
WORDS = "Guide|Std|Recommendation|Rec|Special Publication|Spec|Standard|Pub|Suppl"
SPOT = re.compile(
    rf"([A-Z](?<![A-Za-z].)[A-Z]{{0,11}}+n?+)(?={BETWEEN}{{0,4}}+"
    rf"(?>(?:(?:{WORDS}|[A-Z]{{1,9}}+[tz]?+){BETWEEN}{{0,4}}+){{0,5}})[lIO]?\d"
    rf"|[ ]?[(（][\u3400-\u9fff]{{1,4}}[)）] ?\d)",
    re.DOTALL,
)
RUN = re.compile(
    rf"[\t\n\r\x20-\x7e！-～一{DASHES}{TILDES}{SLASHES}{SPACES_OF_PRINT}]{{1,{LONGEST}}}"
)
FLAT = LEVEL | dict.fromkeys(map(ord, "\t\r"), " ")
HAN_DASH = re.compile(r"(?<=\d)一(?=\d\d)", re.ASCII)
BROAD, BROADS = re.compile("[Ａ-ｚ]"), re.compile("[Ａ-ｚ]+")
# Where a small code may begin, or its mark: one scan that starts from few letters.
SIGN = re.compile("[girjchdGI/／](?:b|so|fc|ec|eee|gj|jj|tg|j|jb|[tz])")
SMALL = re.compile(rf"[A-Za-z]{{2,5}}+(?:[/／][A-Za-z]{{1,4}}+)?(?={BETWEEN}{{0,3}}+\d)")
SMALL_WORDS = {
    "gb", "gbt", "gbz", "gbzt", "gbj", "gjb", "jgj", "jgjt", "cjj", "cjjt", "jtg", "jtgt", "hj", "hjt",
    "db", "dbj", "iso", "iec", "iso/iec", "rfc", "ieee", "iso/tr", "iso/ts", "iec/tr", "iec/ts", "jjg", "jjf",
}  # fmt: skip


def capitals(text: str) -> str:
    """Return a text of the same length whose codes are in ASCII capitals.

    >>> capitals("ｇｂ／Ｔ 1.1 和 gb/t 1.2 of iso")
    'GB／T 1.1 和 GB/T 1.2 of iso'
    """
    if not text.isascii():
        if BROAD.search(text):
            text = BROADS.sub(lambda word: word[0].translate(LEVEL), text)
        if "ГОСТ" in text:
            text = text.replace("ГОСТ Р ", "GOST R ").replace("ГОСТ", "GOST")
    raised: list[str] = []
    done = 0
    for sign in SIGN.finditer(text):
        start = sign.start()
        while start > done and sign.start() - start < 5 and _is_letter(text[start - 1]):
            start -= 1
        if (
            (word := SMALL.match(text, start))
            and _is_code(word[0])
            and not (start and _is_letter(text[start - 1]))
        ):
            raised += (text[done:start], word[0].upper())
            done = word.end()
    return "".join([*raised, text[done:]]) if raised else text


def _is_letter(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


def _is_code(word: str) -> bool:
    small = word.replace("／", "/").lower()
    return small in SMALL_WORDS or (small[-2:] in ("/t", "/z") and small[:-2].upper() in CHINESE)


def stretch(text: str, start: int) -> str:
    """Return what is written from a place on in letters, figures and marks, in ASCII, place for place."""
    run = RUN.match(text, start)
    said = run[0] if run else ""
    if said.isascii():
        return said
    said = said.translate(FLAT)
    return HAN_DASH.sub("-", said) if "一" in said else said
