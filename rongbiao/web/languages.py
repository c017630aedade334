"""Languages (语言): Traditional script is made from the Simplified page as it leaves.

Nobody keeps a second set of texts: the whole answer is converted by OpenCC, with the
list of terms in ``terms.toml`` before it. The glyphs are those that readers across the
strait know (為, 群, 著), the wording stays ours (信息, not 資訊). What a reader types or
what addresses name is never touched: values of inputs, text areas, scripts, styles,
``href``, ``id``, and every element marked ``translate="no"``.
"""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from opencc import OpenCC

TRADITIONAL = "zh-hant"
HTML = ("text/html", "image/svg+xml")
MARK = "\x1f"  # stands between pieces while they are converted together
HELD, END = "\ue000", "\ue001"  # a term that is put back afterwards: private use, left alone
# Elements whose text is not for readers, or is somebody's own.
CLOSED = frozenset({"script", "style", "textarea", "template"})
EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)
WORDY = re.compile(
    r"""(\s(?:aria-label|aria-description|aria-roledescription|alt|title|placeholder|label|data-words)=)"""
    r"""("[^"]*"|'[^']*')"""
)
TAG = re.compile(
    r"<!--.*?-->|<![^>]*>|<(/?)([a-zA-Z][\w:-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL
)
KEPT = re.compile(r"""\stranslate=["']?no\b""")
VALUE = re.compile(r"\svalue[\s=]")
DESCRIPTION = re.compile(r"""\sname=["']?description\b""")
CONTENT = re.compile(r"""(\scontent=)("[^"]*"|'[^']*')""")


@cache
def converter() -> OpenCC:
    """Return the converter: from Simplified to the glyphs that are standard in Taiwan."""
    return OpenCC("s2tw")


@cache
def terms() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the list of terms, and a pattern that finds them, the longest first."""
    with (Path(__file__).parent / "terms.toml").open("rb") as file:
        words = tomllib.load(file)["terms"]
    longest = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), words


def traditional(text: str) -> str:
    """Return a plain text in Traditional script.

    >>> traditional("着力推进台江区标准制定，以平台为支撑")
    '著力推進台江區標準制定，以平臺為支撐'
    """
    pattern, words = terms()
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(words[found[0]])
        return f"{HELD}{len(held) - 1}{END}"

    converted = converter().convert(pattern.sub(hold, text))
    return re.sub(f"{HELD}(\\d+){END}", lambda found: held[int(found[1])], converted)


def shown(text: str) -> str:
    """Return a text in the script of the page; for words inside scripts and drawings' data."""
    return traditional(text) if get_language() == TRADITIONAL else text


def page_in_traditional(page: str) -> str:
    """Return an HTML page whose readable words are in Traditional script."""
    pieces: list[str] = []  # the words, in order
    parts: list[str | int] = []  # markup, or the number of a piece
    skipped: list[str] = []  # open elements inside one that is left alone
    at = 0

    def say(words: str) -> None:
        parts.append(len(pieces))
        pieces.append(words)

    def markup(text: str, pattern: re.Pattern[str]) -> None:
        start = 0
        for found in pattern.finditer(text):
            parts.append(text[start : found.end(1)])
            say(found[2])
            start = found.end()
        parts.append(text[start:])

    for tag in TAG.finditer(page):
        words = page[at : tag.start()]
        if skipped:
            parts.append(words)
        else:
            say(words)
        at = tag.end()
        closing, name, attributes = tag[1], (tag[2] or "").lower(), tag[3] or ""
        if skipped:
            _follow(skipped, name, attributes, closing=bool(closing))
            parts.append(tag[0])
        elif closing or not name:
            parts.append(tag[0])
        elif _left_alone(name, attributes):
            parts.append(tag[0])
            _follow(skipped, name, attributes, closing=False)
        elif name == "meta" and DESCRIPTION.search(attributes):
            markup(tag[0], CONTENT)
        else:
            markup(tag[0], WORDY)
    say(page[at:])
    converted = traditional(MARK.join(pieces)).split(MARK)
    return "".join(converted[part] if isinstance(part, int) else part for part in parts)


def _left_alone(name: str, attributes: str) -> bool:
    """Tell whether an element and all within it stays as it is."""
    if name in CLOSED or KEPT.search(attributes):
        return True
    return name == "option" and not VALUE.search(attributes)


def _follow(open_ones: list[str], name: str, attributes: str, *, closing: bool) -> None:
    """Keep count of the elements that are open inside one that is left alone."""
    if open_ones and open_ones[-1] in CLOSED and not (closing and name == open_ones[-1]):
        return  # what looks like a tag inside a script is not one
    if closing:
        if name in open_ones:
            while open_ones.pop() != name:
                pass
    elif name and name not in EMPTY and not attributes.rstrip().endswith("/"):
        open_ones.append(name)


class TraditionalMiddleware:
    """Convert answers in HTML while the language of the page is Traditional Chinese."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if get_language() != TRADITIONAL or response.streaming:
            return response
        kind = response.get("Content-Type", "").partition(";")[0].strip()
        if kind in HTML and not response.has_header("Content-Encoding"):
            page = page_in_traditional(response.content.decode(response.charset))
            response.content = page.encode(response.charset)
            if response.has_header("Content-Length"):
                response["Content-Length"] = str(len(response.content))
        return response
