"""Anchors (批注的位置): runs are split where a comment begins and ends, and its marks put there.

A comment's range is two marks between runs and one run that refers to it (ISO/IEC 29500-1
sections 17.13.4.3 to .5); they may stand wherever runs stand. What a run looks like is
copied when it is split, and every letter stays.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from rongbiao.texts.documents.styles import W
from rongbiao.texts.documents.word import BOX, MATH, PARAGRAPH, WORDS, is_carried, pieces

from .annotation import Annotation

RUN, TEXT, LOOKS = f"{W}r", f"{W}t", f"{W}rPr"
FORMULA = f"{MATH.rpartition('}')[0]}}}"
BLANK = "{http://www.w3.org/XML/1998/namespace}space"
LONGEST_CARRY = 50  # paragraphs whose ends were deleted, one after another


@dataclass(slots=True)
class Spot:
    """One thing that stands in a paragraph and can be bracketed, with its letters."""

    host: Any  # a run, or a formula
    start: int
    end: int
    nodes: list[tuple[Any, int, int]] = field(default_factory=list)


class Row:
    """What stands in one paragraph, found by its letters."""

    def __init__(self, spots: list[Spot]) -> None:
        self.spots, self.starts = spots, [spot.start for spot in spots]

    def _at(self, letter: int) -> int:
        return bisect_right(self.starts, letter) - 1

    def covering(self, letter: int) -> Spot | None:
        """Return what holds a letter."""
        at = self._at(letter)
        return self.spots[at] if at >= 0 and letter < self.spots[at].end else None

    def said(self, start: int, end: int) -> str:
        """Return what stands between two letters; a sign that is no letter is NUL."""
        held = self.spots[self._at(start) : self._at(end - 1) + 1]
        words = "".join(
            (node.text or "") if node.tag in WORDS else "\0" * (b - a)
            for spot in held
            for node, a, b in spot.nodes
        )
        return words[start - held[0].start : end - held[0].start]


class Body:
    """The body of a document while comments are put into it."""

    def __init__(self, root: Any, part: str, free: int) -> None:
        self.root, self.part, self.free = root, part, free
        self.paragraphs = list(root.iter(PARAGRAPH))

    def place(
        self, annotations: Sequence[Annotation]
    ) -> tuple[list[tuple[int, str]], list[Annotation]]:
        """Put annotations in; return the number and the words of each comment, and what is left."""
        wanted: dict[int, list[Annotation]] = defaultdict(list)
        left = []
        for one in annotations:
            here = one.part.lower() == self.part.lower()
            if here and 0 <= one.paragraph <= one.end_paragraph < len(self.paragraphs):
                wanted[one.paragraph].append(one)
            else:
                left.append(one)
        cuts: dict[int, set[int]] = defaultdict(set)
        for one in (one for row in wanted.values() for one in row):
            cuts[one.paragraph].add(one.start)
            cuts[one.end_paragraph].add(one.end)
        rows = {at: self._row(at, cuts[at]) for at in sorted(cuts)}
        placed = []
        for at in sorted(wanted):
            for one in wanted[at]:
                ends = self._ends(one, rows)
                if ends is None:
                    left.append(one)
                    continue
                self._bracket(*ends, self.free)
                placed.append((self.free, one.text))
                self.free += 1
        return placed, left

    def at_the_beginning(self) -> int | None:
        """Put a comment around the first paragraph; return its number, or None without any."""
        for paragraph in self.paragraphs:
            if next(paragraph.iterancestors(BOX), None) is None:
                break
        else:
            return None
        number, self.free = self.free, self.free + 1
        begin, end, refer = _marks(number)
        about = paragraph.find(f"{W}pPr")
        paragraph.insert(0 if about is None else paragraph.index(about) + 1, begin)
        paragraph.extend([end, refer])
        return number

    def _row(self, at: int, cuts: set[int]) -> Row:
        """Return what stands in a paragraph, split where asked; a text box is one with its host."""
        spots = list(_spots(self._chain(at)))
        if next(self.paragraphs[at].iterancestors(BOX), None) is not None:
            return Row(spots)
        places, split = sorted(cuts), []
        for spot in spots:
            inside = places[bisect_right(places, spot.start) : bisect_left(places, spot.end)]
            split += _split(spot, inside) if inside else [spot]
        return Row(split)

    def _chain(self, at: int) -> list[Any]:
        """Return a paragraph after those whose deleted ends let them run on into it."""
        chain = [self.paragraphs[at]]
        while len(chain) < LONGEST_CARRY:
            before = chain[0].getprevious()
            if before is None or before.tag != PARAGRAPH or not is_carried(before):
                break
            chain.insert(0, before)
        return chain

    @staticmethod
    def _ends(one: Annotation, rows: dict[int, Row]) -> tuple[Any, Any] | None:
        """Return the first and the last thing that an annotation brackets."""
        first = rows[one.paragraph].covering(one.start)
        last = rows[one.end_paragraph].covering(one.end - 1)
        if first is None or last is None:
            return None
        if one.words and one.paragraph == one.end_paragraph:
            said = rows[one.paragraph].said(one.start, one.end)
            if len(said) != len(one.words) or any(
                there not in {letter, "\0"} for there, letter in zip(said, one.words, strict=True)
            ):
                return None
        return _outside_box(first.host), _outside_box(last.host)

    @staticmethod
    def _bracket(first: Any, last: Any, number: int) -> None:
        begin, end, refer = _marks(number)
        first.addprevious(begin)
        last.addnext(refer)
        last.addnext(end)


def _spots(chain: Sequence[Any]) -> Iterator[Spot]:
    """Give what can be bracketed in paragraphs, in order, with its letters."""
    at = 0
    spot: Spot | None = None
    for paragraph in chain:
        for node, words in pieces(paragraph):
            host = _host(node, paragraph)
            if spot is None or spot.host is not host:
                if spot is not None and spot.end > spot.start:
                    yield spot
                spot = Spot(host, at, at)
            spot.nodes.append((node, at, at + len(words)))
            at = spot.end = at + len(words)
    if spot is not None and spot.end > spot.start:
        yield spot


def _host(node: Any, paragraph: Any) -> Any:
    """Return the outermost run or formula of a paragraph in which something stands."""
    host = node
    while (above := node.getparent()) is not None and above is not paragraph:
        node = above
        if node.tag == RUN or (isinstance(node.tag, str) and node.tag.startswith(FORMULA)):
            host = node
    return host


def _split(spot: Spot, cuts: list[int]) -> list[Spot]:
    """Split a run before each of some letters; whatever is no text stays whole."""
    if spot.host.tag != RUN:
        return [spot]
    looks = spot.host.find(LOOKS)
    nodes, wanted = deque(spot.nodes), deque(cuts)
    found = [Spot(spot.host, spot.start, spot.start)]

    def begin(at: int) -> None:
        run = etree.Element(RUN, dict(spot.host.attrib), nsmap=spot.host.nsmap)
        if looks is not None:
            run.append(deepcopy(looks))
        found[-1].host.addnext(run)
        found.append(Spot(run, at, at))

    for child in [one for one in spot.host if one is not looks]:
        within = []
        while nodes and _inside(nodes[0][0], child):
            within.append(nodes.popleft())
        at = found[-1].end
        while within and wanted and wanted[0] <= at:
            if wanted.popleft() == at and at > found[-1].start:
                begin(at)
        found[-1].host.append(child)
        piece, words, origin = child, child.text or "", at
        while child.tag == TEXT and within and wanted and wanted[0] < within[-1][2]:
            cut = wanted.popleft()
            piece.text = words[at - origin : cut - origin]
            piece.set(BLANK, "preserve")
            found[-1].nodes.append((piece, at, cut))
            found[-1].end = cut
            begin(cut)
            piece, at = etree.SubElement(found[-1].host, TEXT, {BLANK: "preserve"}), cut
        if piece is not child:  # the rest is written once, however often it is cut
            piece.text, within = words[at - origin :], [(piece, at, within[-1][2])]
        found[-1].nodes += within
        found[-1].end = within[-1][2] if within else found[-1].end
    return [one for one in found if one.end > one.start]


def _inside(node: Any, child: Any) -> bool:
    return node is child or any(above is child for above in node.iterancestors())


def _outside_box(host: Any) -> Any:
    """Return what holds the text box in which something stands, in the body's own paragraph."""
    box = None
    for above in host.iterancestors(BOX):
        box = above
    if box is None:
        return host
    paragraph = next(box.iterancestors(PARAGRAPH), None)
    return host if paragraph is None else _host(box, paragraph)


def _marks(number: int) -> tuple[Any, Any, Any]:
    about = {f"{W}id": str(number)}
    refer = etree.Element(RUN)
    etree.SubElement(refer, f"{W}commentReference", about)
    return (
        etree.Element(f"{W}commentRangeStart", about),
        etree.Element(f"{W}commentRangeEnd", about),
        refer,
    )
