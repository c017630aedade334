"""Filled-in comment forms (反馈的意见表): D.1 and D.2 read back from Word and Excel.

Columns may stand in any order and under other names, cells may be merged, rows left
empty. Every row that is not taken, or taken with a doubt, is told with its place.
"""

from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from rongbiao.parties.refused import Refused

from .comment_columns import DISPOSITIONS, LABELS, Heads, heads_of, plain
from .comments import Disposed, Remark
from .form_tables import Row, Table, tables_of

MOST_ROWS = 20_000
LONGEST = {"clause": 200, "words": 20_000, "proposal": 20_000, "reason": 20_000, "unit": 200}
NAMES = {"clause": "章条编号", "words": "意见内容", "proposal": "修改建议", "reason": "理由",
         "unit": "提出单位"}  # fmt: skip
NOTHING = {"无意见", "无", "没有意见", "无修改意见", "无意见和建议", "无异议"}
HEADINGS_WITHIN = 40  # rows of a table among which its headings stand


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a row, where, and what becomes of it."""

    place: str
    words: str
    taken: bool  # the row is taken all the same


@dataclass(frozen=True, slots=True)
class Taken:
    """A row of a form, with its place."""

    place: str
    clause: str
    words: str
    proposal: str = ""
    reason: str = ""
    unit: str = ""
    disposition: str = ""

    @property
    def remark(self) -> Remark:
        """Return the row as a comment (D.1)."""
        return Remark(self.clause, self.words, self.proposal, self.reason)

    @property
    def disposed(self) -> Disposed:
        """Return the row as a comment with its disposition (D.2)."""
        return Disposed(self.clause, self.words, self.unit, self.disposition, self.reason)


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled-in form: who, what, and what could not be taken."""

    title: str
    unit: str
    contact: str
    phone: str
    rows: tuple[Taken, ...]
    flaws: tuple[Flaw, ...]
    without_comment: bool  # somebody wrote that there is no comment


def read_form(content: bytes, name: str) -> Filled:
    """Return what a filled-in form says; refused in a sentence if it holds no such table."""
    tables = tables_of(content, name)
    reading = _Reading()
    for table in tables:
        reading.read(table)
    if not reading.found:
        raise Refused(
            _("“{name}”里没有找到意见表，表头至少应有“章条编号”和“意见内容”两列。").format(name=name)
        )  # fmt: skip
    said = reading.said
    return Filled(
        title=said.get("title", ""),
        unit=said.get("unit", ""),
        contact=said.get("contact", ""),
        phone=said.get("phone", ""),
        rows=tuple(
            one if one.unit else _with_unit(one, said.get("unit", "")) for one in reading.rows
        ),
        flaws=tuple(reading.flaws),
        without_comment=reading.without_comment,
    )


def _with_unit(row: Taken, unit: str) -> Taken:
    return Taken(
        row.place, row.clause, row.words, row.proposal, row.reason, unit, row.disposition
    )  # fmt: skip


class _Reading:
    """One pass over the tables of a form."""

    def __init__(self) -> None:
        self.found = False
        self.said: dict[str, str] = {}
        self.rows: list[Taken] = []
        self.flaws: list[Flaw] = []
        self.without_comment = False

    def read(self, table: Table) -> None:
        """Read labels above the headings, then the rows under them."""
        heads, headings = None, []
        for place, row in enumerate(table.rows):
            cells = [plain(cell) for cell in row.cells]
            if heads and cells != headings:  # headings come again on every page of some forms
                self._row(table.place(row), row, heads)
            elif not heads and place < HEADINGS_WITHIN and (found := heads_of(row.cells)):
                heads, headings, self.found = found, cells, True
            elif not heads:
                self._labels(row)

    def _labels(self, row: Row) -> None:
        """Note what stands after a label: in the next cell, or after a colon."""
        cells = [cell for cell in row.cells if cell.strip()]
        pieces = chain.from_iterable(cell.replace("\n", "    ").split("    ") for cell in cells)
        for piece in pieces:
            name, colon, value = piece.replace(":", "：", 1).partition("：")
            if colon and value.strip():
                self._say(name, value)
        for name, value in zip(cells, cells[1:], strict=False):
            if plain(value) not in LABELS:
                self._say(name, value)

    def _say(self, name: str, value: str) -> None:
        known = LABELS.get(plain(name))
        if known and len(value.strip()) <= 200:
            self.said.setdefault(known, value.strip())

    def _row(self, place: str, row: Row, heads: Heads) -> None:
        said = {column: heads.text(row.cells, column) for column in heads.places}
        texts = [text for column, text in said.items() if column != "number" and text]
        if not texts:
            return
        if all(plain(text) in NOTHING for text in texts):
            self.without_comment = True
            return
        if not said["words"]:
            if len(texts) > 1 or said.get("clause"):
                self._flaw(place, _("没有写意见内容，未登记，请补写后重新提交。"), taken=False)
            return
        for column, most in LONGEST.items():
            if len(said.get(column, "")) > most:
                words = _("“{column}”有 {length} 字，超过 {most} 字的上限，未登记。").format(
                    column=NAMES[column], length=len(said[column]), most=most
                )
                self._flaw(place, words, taken=False)
                return
        if len(self.rows) >= MOST_ROWS:
            raise Refused(
                _("意见超过 {most} 条的上限，请分成几个文件提交。").format(most=MOST_ROWS)
            )
        self.rows.append(self._taken(place, row, heads, said))

    def _taken(self, place: str, row: Row, heads: Heads, said: dict[str, str]) -> Taken:
        clause = said.get("clause", "")
        if not clause:
            self._flaw(place, _("没有写章条编号，请核对意见针对的条文。"), taken=True)
        elif heads.places["clause"] in row.numeric:
            words = _("章条编号“{clause}”是数值或者日期格式，末尾的 0 可能丢失，请核对。")
            self._flaw(place, words.format(clause=clause), taken=True)
        written = plain(said.get("disposition", ""))
        if written not in DISPOSITIONS:
            words = _("处理意见“{words}”不是“采纳”“部分采纳”或者“不采纳”，请重新选择。")
            self._flaw(place, words.format(words=said["disposition"][:40]), taken=True)
        return Taken(
            place,
            clause,
            said["words"],
            said.get("proposal", ""),
            said.get("reason", ""),
            said.get("unit", ""),
            DISPOSITIONS.get(written, ""),
        )

    def _flaw(self, place: str, words: str, *, taken: bool) -> None:
        self.flaws.append(Flaw(place, words, taken))
