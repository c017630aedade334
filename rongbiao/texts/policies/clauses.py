"""Clauses (条款): the tree of numbered headings, and what each clause is for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rongbiao.texts.received import Received

from .head import Head

ORDINAL = "一二三四五六七八九十百零〇"
# From the highest to the lowest; a paper uses them in this order.
HEADINGS = (
    re.compile(rf"第([{ORDINAL}]{{1,5}}|\d{{1,3}})[章篇部]分?\s*"),
    re.compile(rf"([{ORDINAL}]{{1,4}})[、．.]\s*"),
    re.compile(rf"（([{ORDINAL}]{{1,4}})）\s*"),
    re.compile(r"(\d{1,3})\s*[.．、](?!\d(?!\d\d?[\u4e00-\u9fff])|\d\d(?!\d?[\u4e00-\u9fff]))\s*"),
    re.compile(r"（(\d{1,3})）\s*"),
    re.compile(r"([①-⑳])\s*"),
)
ARTICLE = re.compile(rf"第([{ORDINAL}]{{1,5}}|\d{{1,3}})条\s*")
GOAL = re.compile(
    r"(?<!完成)(?<!实现)(?<!落实)(?<!分解)(?<!考核)目标|总体要求|总体思路|指导思想|基本原则|总体考虑"
)
SAFEGUARD = re.compile(r"保障|组织实施|组织领导|加强组织|实施机制")
ASIDE = re.compile(
    r"^(?:起草|编制|制定|出台|有关)?(?:的)?(?:背景|依据|过程|背景和依据)|^附则$|^适用范围$"
)
LONGEST_TITLE = 60
UNITS_LINE = re.compile(
    r"^[（〔\[【]?\s*(?:责任|牵头|配合|主办|协办|主要责任|责任部门|承办|完成|督办)[^：:。]{0,8}[：:]"
)
CLOSING = re.compile(r"^(?:本(?:意见|方案|规划|办法|计划|措施|通知)自|此件公开|附件[：:]|抄送)")


@dataclass(slots=True)
class Block:
    """A clause in the making: places are in the normal form."""

    path: tuple[str, ...]
    number: str
    level: int
    kind: str
    title: str
    start: int
    end: int
    body: int  # where the text after the title begins
    parent: int | None
    cut: tuple[tuple[int, int], ...] = ()  # lists of units, which are no text

    def said(self, normal: Received) -> str:
        """Return the clause's own words, without its title and its lists of units."""
        parts, at = [], self.body
        for start, end in self.cut:
            if start >= at:
                parts.append(normal.text[at:start])
                at = end
        parts.append(normal.text[at : self.end])
        return _joined("".join(parts))


def _joined(text: str) -> str:
    """Join lines that a page has broken inside a sentence; paragraphs stay."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined: list[str] = []
    for line in lines:
        if joined and joined[-1][-1] not in "。；：！？—…）" and not line.startswith(("—", "-")):
            joined[-1] += line
        else:
            joined.append(line)
    return "\n".join(joined)


def read_clauses(normal: Received, head: Head) -> list[Block]:
    """Return the clauses in the order of the paper, each up to where the next begins."""
    text = normal.text
    blocks: list[Block] = []
    stack: list[int] = []
    stop = len(text)
    for match in re.finditer(r"[^\r\n]+", text):
        if match.start() < head.body:
            continue
        line = match.group()
        lead = len(line) - len(line.lstrip())
        start = match.start() + lead
        bare = line.strip()
        if not bare:
            continue
        if blocks and _closes(bare, text, match.end()):
            stop = min(stop, start)
            break
        found = _heading(bare)
        if found is None:
            continue
        level, number, marked = found
        title, body = _title(bare, marked)
        if blocks:
            blocks[-1].end = start
        while stack and blocks[stack[-1]].level >= level:
            stack.pop()
        parent = stack[-1] if stack else None
        mark = number.replace("（", "(").replace("）", ")")
        path = (*(blocks[parent].path if parent is not None else ()), mark)
        block = Block(path, number, level, "", title, start, stop, start + body, parent)
        stack.append(len(blocks))
        blocks.append(block)
    if blocks:
        signed = head.signature  # nobody's last task; a list behind it has headings of its own
        signs = signed is not None and blocks[-1].start < signed < stop
        blocks[-1].end = signed if signs and signed is not None else stop
        for block in blocks:
            block.end = _trimmed(text, block.start, min(block.end, stop))
    _kinds(blocks, text)
    return blocks


def _closes(bare: str, text: str, end: int) -> bool:
    """Tell whether the paper's closing words begin here."""
    return bool(CLOSING.match(bare))


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _heading(bare: str) -> tuple[int, str, int] | None:
    """Return level, number and length of the mark at the head of a line."""
    article = ARTICLE.match(bare)
    if article:
        return 1, article.group().strip(), article.end()
    for level, pattern in enumerate(HEADINGS):
        match = pattern.match(bare)
        if match:
            inner = match.group(1)
            number = f"（{inner}）" if bare[0] == "（" else inner
            return level, number, match.end()
    return None


def _title(bare: str, marked: int) -> tuple[str, int]:
    """Return the title of a clause and where its text begins in the line."""
    rest = bare[marked:]
    stop = re.search(r"[。：:]", rest[: LONGEST_TITLE + 1])
    if stop:
        return rest[: stop.start()].strip(), marked + stop.end()
    if len(rest) <= LONGEST_TITLE:
        return rest.strip(" 。"), len(bare)
    return "", marked


def _kinds(blocks: list[Block], text: str) -> None:
    parents = {block.parent for block in blocks}
    for place, block in enumerate(blocks):
        if place in parents or ASIDE.match(block.title):
            block.kind = "section"
            continue
        titles = block.title
        above = block.parent
        while above is not None:
            titles = f"{blocks[above].title} {titles}"
            above = blocks[above].parent
        own = block.title if block.parent is None else titles
        if SAFEGUARD.search(titles.split(" ", maxsplit=1)[0]):
            block.kind = "safeguard"
        elif GOAL.search(own):
            block.kind = "goal"
        else:
            block.kind = "task"
