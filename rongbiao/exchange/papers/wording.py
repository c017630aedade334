"""Wording (行文): days, document numbers and titles as official papers write them.

The rules are those of GB/T 9704—2012: the year stands in hexagonal brackets, numbers
carry no leading zeros, days are written in Arabic numerals, a title of several lines
breaks between words into lines of about one length.
"""

import re
from datetime import date
from math import ceil
from unicodedata import east_asian_width

# What XML 1.0 cannot hold, and lone surrogates, which UTF-8 cannot.
ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
NUMBER = re.compile(r"^(\D+?)\s*[\[［(（【〔]\s*(\d{4})\s*[\]］)）】〕]\s*第?\s*0*(\d+)\s*号?$")
OPENING = "《〈（〔【“‘"
CLOSING = "》〉）〕】”’、，。；：？！的—"
TORN = 200.0  # what a break within 《》 costs, in squared characters of unevenness
FORM_TITLE_WIDTH = 25.0  # of 18 points on a line of 165 mm
TITLE_WIDTH = 18.5  # characters of size 2 (22 points): 20 on a line, less for wide figures


def clean(text: str) -> str:
    r"""Return a text that XML can hold, its line breaks all alike.

    >>> clean("一\x00二\r\n三\x0b四")
    '一二\n三\n四'
    """
    return ILLEGAL.sub("", BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    r"""Return a text on one line, without what XML cannot hold.

    >>> one_line(" 茉莉花茶\r\n加工规程 ")
    '茉莉花茶 加工规程'
    """
    return " ".join(clean(text).split())


def in_words(day: date | None) -> str:
    """Return a day as papers write it; nothing leaves room for the pen.

    >>> in_words(date(2026, 3, 5)), in_words(None)
    ('2026年3月5日', '　　年　　月　　日')
    """
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　年　　月　　日"


def document_number(written: str) -> str:
    """Return a document number with hexagonal brackets, without “第” and leading zeros.

    What is no number of the kind code–year–serial comes back as it was.

    >>> document_number("榕市监标[2026]第012号"), document_number("2026年第3号")
    ('榕市监标〔2026〕12号', '2026年第3号')
    """
    found = NUMBER.match(one_line(written))
    return f"{found[1]}〔{found[2]}〕{found[3]}号" if found else one_line(written)


def width(text: str) -> float:
    """Return how wide a text is, in Chinese characters.

    >>> width("2026年")
    3.0
    """
    return sum(0.5 if east_asian_width(letter) in "NaH" else 1.0 for letter in text)


def title_lines(title: str, widest: float = TITLE_WIDTH) -> tuple[str, ...]:
    """Return a title broken between words into the fewest lines, of about one length.

    >>> title_lines("关于批准发布《茉莉花茶加工技术规程》等3项福州市地方标准的公告")
    ('关于批准发布《茉莉花茶加工技术规程》', '等3项福州市地方标准的公告')
    """
    title = one_line(title)
    words = _words(title)
    for count in range(max(1, ceil(width(title) / widest)), len(words) + 1):
        if lines := _even(words, count, widest):
            return lines
    return tuple(words)


def _words(title: str) -> list[str]:
    """Return the words of a title, each with the marks that may not leave it."""
    import rjieba

    words: list[str] = []
    held = ""
    for piece in rjieba.cut(title):
        if piece and piece[0] in CLOSING and words and not held:
            words[-1] += piece
        elif piece and piece[-1] in OPENING:
            held += piece
        else:
            words.append(held + piece)
            held = ""
    return [*words, held] if held else words


def _open(text: str) -> bool:
    """Tell whether a title within the title is not yet closed."""
    return text.count("《") > text.count("》")


def _even(words: list[str], count: int, widest: float) -> tuple[str, ...] | None:
    """Return the most even ``count`` lines that fit, or nothing; lines are built word by word."""
    aim = sum(map(width, words)) / count
    torn = [_open("".join(words[:place])) * TORN for place in range(len(words) + 1)]
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for end in range(1, len(words) + 1):
        wide = 0.0
        for start in range(end - 1, -1, -1):
            wide += width(words[start])
            if wide > widest:
                break
            for lines in range(1, count + 1):
                before = best.get((start, lines - 1))
                cost = before[0] + (wide - aim) ** 2 + torn[end] if before else 0.0
                if before and cost < best.get((end, lines), (float("inf"), 0))[0]:
                    best[end, lines] = (cost, start)
    if (len(words), count) not in best:
        return None
    cuts, end = [len(words)], len(words)
    for lines in range(count, 0, -1):
        end = best[end, lines][1]
        cuts.append(end)
    cuts.reverse()
    return tuple("".join(words[a:b]) for a, b in zip(cuts, cuts[1:], strict=False))
