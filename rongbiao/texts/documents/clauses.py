"""Clauses of a draft (标准草案的条): the tree that a consultation shows and binds comments to.

GB/T 1.1-2020, clause 7: chapters are numbered 1, 2 …, their clauses 1.1, 1.1.1 …; annexes A,
B … with A.1 …; tables and figures are numbered through (表1, 表A.1). Drafts of rules count
第一章, 第一条 instead. Numbers may stand in the text or be computed by Word. A number is
believed only where it can follow what came before, so that “2020 年” opens no chapter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from .document import ASIDE, Block, Document

PARTS = {"前言", "引言", "参考文献", "索引", "目次", "目录"}
CONTENTS = {"目次", "目录"}
NUMBER = re.compile(
    r"(\d{1,3}(?:[.．]\d{1,3}){0,7})(?:[.．](?=\s|$))?(?=[\s\u3000]|$|[^\d.．\w]|[\u3400-\u9fff])"
)
ANNEX = re.compile(r"附\s*录\s*([A-Z])(?![A-Za-z])")
IN_ANNEX = re.compile(r"([A-Z](?:[.．]\d{1,3}){1,7})(?=[\s\u3000]|$|[\u3400-\u9fff])")
TABLE = re.compile(r"([表图])\s*((?:[A-Z][.．])?\d{1,3})(?=[\s\u3000]|$|[：:（(—－])")
RULE = re.compile(
    r"(第[一二三四五六七八九十百零〇]{1,7}([章节条]))(?=[\s\u3000]|$|[\u3400-\u9fff])"
)
RULES = {"章": 1, "节": 2, "条": 3}
NATURE = re.compile(r"^[\s(（]*((?:规范|资料)性(?:附录)?)[)）]?\s*")
LEADER = re.compile(r"[.．…·⋯‥]{3,}\s*[0-9ivxIVXⅠ-ⅿ]*\s*$|\t\s*[0-9ivxIVX]+\s*$")
SENTENCE = re.compile(r"[。；;！？!?，]|[,：:]$")
# After a number that is only named: 8.4.2 条规定外, 5.1 和 5.2, 4.3 中规定的.
MENTION = re.compile(r"条(?=[的规和、中要，。外款第]|$)|[的、]|[和或至]\s*[\dA-Z第附]|[中所]?规定")
CONTINUED = re.compile(r"[（(]\s*续\s*[)）]$")
LONGEST_TITLE = 30  # Chinese characters
LONGEST_LINE = 100  # characters, the English name of a term included
SKIPPED = 3  # numbers that may be missing between two neighbours
CELLS = {"cell"}
ALIKE = 0.7  # of two titles: the share of letters they have in common
MARKED = {"表", "图"}
HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. ``text`` is its own, without its number, its title and the clauses beneath it.

    ``start`` and ``end`` are places in the document's text, from the number to the end of the
    last clause beneath. ``parent`` is the place of the clause above it in the list, or None.
    """

    number: str
    title: str
    text: str
    start: int
    end: int
    level: int
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body that may open a clause."""

    block: Block
    label: str  # the number that Word computed
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """What a line opens: a clause with its number; what is left of the line is title or text."""

    kind: str  # part, chapter, annex, in-annex, table, rule, heading
    number: str
    rest: str
    level: int


def clauses_of(document: Document) -> tuple[Clause, ...]:
    """Return the clauses of a draft in their order; empty where it has none.

    Headers, footers, notes, text boxes and the table of contents open none. Never raises;
    time is linear in the length.
    """
    return _Tree(document).grown()


def clause_at(clauses: tuple[Clause, ...], offset: int) -> Clause | None:
    """Return the innermost clause in which a place of the text stands."""
    found = [clause for clause in clauses if clause.start <= offset < clause.end]
    return max(found, key=lambda clause: (clause.level, clause.start), default=None)


def _lines(document: Document) -> Iterator[Line]:
    """Give the lines of the body; a paragraph with line breaks gives several."""
    for block in document.blocks:
        if block.kind in ASIDE or block.kind in {"contents", "textbox"} or block.sheet:
            continue
        label, first = block.label.strip(), block.start
        start = block.start + len(block.label)
        for words in document.text[start : block.end].split("\n"):
            if words.strip() or label:
                yield Line(block, label, words.strip(), first, start + len(words))
            start += len(words) + 1
            label, first = "", start


class _Tree:
    def __init__(self, document: Document) -> None:
        self.lines = list(_lines(document))
        # Where Word's own headings exist, a line without one opens no chapter.
        self.styled = sum(line.block.kind == "heading" for line in self.lines) >= 3
        self.listed = {} if self.styled else _listed(document)
        self.clauses: list[Clause] = []
        self.texts: list[list[str]] = []
        self.path: list[int] = []  # the open clauses, by their places
        self.last: dict[str, list[int]] = {}  # of each kind the number that came last
        self.annex = ""
        self.waiting = False  # the last head had a number only: its title comes next
        self.in_contents = False

    def grown(self) -> tuple[Clause, ...]:
        for line in self.lines:
            if self.in_contents and LEADER.search(line.words):
                continue
            head = None if line.block.kind in CELLS else self._head(line)
            if head is None:
                self._continue(line)
            else:
                self._open(line, head)
        return tuple(
            replace(clause, text="\n".join(words).strip())
            for clause, words in zip(self.clauses, self.texts, strict=True)
        )

    def _head(self, line: Line) -> Head | None:
        """Return what a line opens, or None where it only goes on."""
        bare = "".join(line.words.split())
        if bare in PARTS and not line.label:
            self.in_contents = bare in CONTENTS
            return None if self.in_contents else Head("part", "", bare, 1)
        if LEADER.search(line.words):
            return None
        words = f"{line.label} {line.words}" if line.label else line.words
        return (
            self._annex(words)
            or self._in_annex(words)
            or self._rule(words)
            or self._table(words)
            or self._chapter(line, words)
            or self._heading(line)
        )

    def _annex(self, words: str) -> Head | None:
        found = ANNEX.match(words)
        if not found or not _may_follow([ord(found[1]) - 64], self.last.get("annex")):
            return None
        rest = words[found.end() :].strip()
        rest = NATURE.sub("", rest)
        if SENTENCE.search(rest) or rest.startswith(tuple("的中和与、，规给表图")):
            return None
        self.last["annex"] = [ord(found[1]) - 64]
        self.annex = found[1]
        return Head("annex", f"附录{found[1]}", rest, 1)

    def _in_annex(self, words: str) -> Head | None:
        found = IN_ANNEX.match(words)
        if not found or found[1][0] != self.annex:
            return None
        figures = _figures(found[1][2:])
        if not _may_follow(figures, self.last.get(self.annex)):
            return None
        self.last[self.annex] = figures
        number = f"{self.annex}." + ".".join(map(str, figures))
        return Head("in-annex", number, words[found.end() :].strip(), 1 + len(figures))

    def _rule(self, words: str) -> Head | None:
        found = RULE.match(words)
        if not found or words[found.end() :].startswith(tuple("的第、规和")):
            return None
        return Head("rule", found[1], words[found.end() :].strip(), RULES[found[2]])

    def _table(self, words: str) -> Head | None:
        found = TABLE.match(words)
        rest = words[found.end() :].strip() if found else ""
        if not found or not (rest == "" or _short(rest)):
            return None
        if CONTINUED.search(rest):
            return None
        number = found[1] + found[2].replace("．", ".")
        return Head("table", number, rest.strip("：: "), len(self._above_table()) + 1)

    def _chapter(self, line: Line, words: str) -> Head | None:
        found = NUMBER.match(words)
        if not found or (self.annex and not line.label and line.block.kind != "heading"):
            return None
        figures = _figures(found[1])
        rest = words[found.end() :].strip()
        computed = bool(line.label) and found.end() >= len(line.label)
        if not line.label and MENTION.match(rest):
            return None
        if len(figures) == 1 and not self._opens_chapter(line, figures[0], rest, computed=computed):
            return None
        if not _may_follow(figures, self.last.get("chapter")):
            return None
        self.last["chapter"] = figures
        self.in_contents = False
        self.annex = ""
        return Head("chapter", ".".join(map(str, figures)), rest, len(figures))

    def _opens_chapter(self, line: Line, figure: int, rest: str, *, computed: bool) -> bool:
        """Tell whether a single figure opens a chapter: by its style, or by what follows it."""
        if line.block.kind == "heading":
            return True
        if self.styled or not _short(rest):
            return False
        if (
            self.listed
        ):  # the table of contents says what this chapter is called, nearly always alike
            listed = self.listed.get(figure, "")
            return SequenceMatcher(None, listed, "".join(rest.split())).ratio() > ALIKE
        in_table = bool(self.path) and self.clauses[self.path[-1]].number[:1] in MARKED
        if in_table and re.search(r"\d", rest):  # a row of a table of which only the text is left
            return False
        after = line.words[len(line.words) - len(rest) - 1 :][:1]
        return bool(re.match(r"[\u3400-\u9fff]", rest)) and (computed or after.isspace())

    def _heading(self, line: Line) -> Head | None:
        """Return a heading without a number that counts, as Word's styles mark it."""
        if line.block.kind != "heading" or not line.words:
            return None
        return Head("heading", line.label, line.words, line.block.level or 1)

    def _above_table(self) -> list[int]:
        path = self.path
        while path and self.clauses[path[-1]].number[:1] in MARKED:
            path = path[:-1]
        return path

    def _open(self, line: Line, head: Head) -> None:
        while self.path and self.clauses[self.path[-1]].level >= head.level:
            self.path.pop()
        titled = _is_title(head, line)
        parent = self.path[-1] if self.path else None
        title = head.rest if titled else ""
        clause = Clause(head.number, title, "", line.start, line.end, head.level, parent)
        self.path.append(len(self.clauses))
        self.clauses.append(clause)
        self.texts.append([] if titled else [head.rest])
        self.waiting = not head.rest
        self._reach(line.end)

    def _continue(self, line: Line) -> None:
        """Add a line to the clause that is open; what stands before the first belongs to none."""
        at = self._owner(line)
        if at is None:
            return
        words = f"{line.label} {line.words}" if line.label else line.words
        nature = NATURE.match(words) if self.clauses[at].number.startswith("附录") else None
        if self.waiting and nature and not words[nature.end() :].strip():
            pass  # (规范性) stands between the number of an annex and its title
        elif self.waiting and _short(words):
            self.clauses[at] = replace(self.clauses[at], title=NATURE.sub("", words))
            self.waiting = False
        else:
            self.texts[at].append(words)
            self.waiting = False
        self._reach(line.end)

    def _owner(self, line: Line) -> int | None:
        """Return the open clause a line belongs to: a table keeps its cells and its notes only."""
        if self.path and self.clauses[self.path[-1]].number[:1] in MARKED:
            keeps = line.block.kind in CELLS or line.words.startswith(("注", "单位"))
            if not keeps and line.block.part:
                self.path = self._above_table()
        return self.path[-1] if self.path else None

    def _reach(self, end: int) -> None:
        for at in self.path:
            self.clauses[at] = replace(self.clauses[at], end=end)


def _figures(number: str) -> list[int]:
    return [int(figure) for figure in number.replace("．", ".").split(".")]


def _may_follow(figures: list[int], last: list[int] | None) -> bool:
    """Tell whether a number can come next: a first one beneath, or the next one above or beside.

    >>> _may_follow([4, 2], [4, 1, 3]), _may_follow([2020], [4])
    (True, False)
    """
    last = last or [0]
    if 0 in figures:
        return False
    if len(figures) > len(last):  # beneath: the ones above are open, the rest begins
        above = len(last)
        if last == [0]:
            return figures[0] <= SKIPPED and all(figure == 1 for figure in figures[1:])
        return figures[:above] == last and all(figure == 1 for figure in figures[above:])
    place = len(figures) - 1
    return figures[:place] == last[:place] and last[place] < figures[place] <= (
        last[place] + SKIPPED
    )


def _is_title(head: Head, line: Line) -> bool:
    """Tell a title from the text of a clause without one (无标题条)."""
    if head.kind in {"part", "annex", "table", "heading"}:
        return True
    if head.number.endswith("条"):
        return False
    if line.block.kind == "heading" and not SENTENCE.search(head.rest):
        return True
    return _short(head.rest)


def _short(words: str) -> bool:
    """Tell whether words can be a title: few, and no sentence."""
    if not 0 < len(words) <= LONGEST_LINE or SENTENCE.search(words):
        return False
    return len(HAN.findall(words)) <= LONGEST_TITLE


def _listed(document: Document) -> dict[int, str]:
    """Return the titles of the chapters in the table of contents by number, without blanks."""
    titles = {}
    for line in document.text.split("\n"):
        leader = LEADER.search(line)
        found = NUMBER.match(line.strip())
        if leader and found and "." not in found[1]:
            title = line[: leader.start()].strip()[found.end() :]
            titles[int(found[1])] = "".join(title.split())
    return titles
