"""Marking (标出命中): the words that were looked for, marked where they stand."""

import re
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def marked(text: str, words: Sequence[str]) -> SafeString:
    """Return a text as HTML with every one of some words marked; longer words win.

    >>> marked("茶叶 <b>", ["茶"])
    '<mark>茶</mark>叶 &lt;b&gt;'
    """
    wanted = sorted({word for word in words if word.strip()}, key=len, reverse=True)
    if not wanted:
        return escape(text)
    pattern = re.compile("|".join(map(re.escape, wanted)), re.IGNORECASE)
    parts, at = [], 0
    for found in pattern.finditer(text):
        parts += [escape(text[at : found.start()]), f"<mark>{escape(found[0])}</mark>"]
        at = found.end()
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 — every piece is escaped
