"""Verdicts (核查结论): what each citation of a text is on a day, how sure that is, on which row it rests.

``verdicts(text, find_citations(text), day)`` gives one verdict for every citation, in order.
The sentence of a verdict is made when it is read: most are never read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.texts.citations import Citation

from .currency import Standing, standings
from .currency import State as Status

__all__ = ["MARKS", "STATES", "Mark", "Status", "Verdict", "verdicts"]


class Mark(StrEnum):
    """What a reader should know of a citation beside its status."""

    UNDATED = "undated"  # no year: the edition in force on the day is meant
    GUESSED_YEAR = "guessed-year"  # a year of two digits, read as one of the last century
    MANDATE = "mandate"  # GB for GB/T, or the other way round
    TITLE = "title"  # the title printed beside the number is another's
    YEAR = "year"  # the number is held, but no edition of that year
    RANGE = "range"  # a range: the worst of its members decides
    ALL_PARTS = "all-parts"  # "所有部分": judged by the parts that are held
    EDITION = "edition"  # "(2018年版)": the register knows the number alone
    AMENDMENT = "amendment"  # the amendment cited is not held: judged by what it amends
    AMENDED = "amended"  # an amendment of the edition is held that is not cited
    ABROAD = "abroad"  # a foreign number that is not held: the register may not be complete


MARKS = {
    Mark.UNDATED: gettext_lazy("没有写年份，按当日有效的版本判断。"),
    Mark.GUESSED_YEAR: gettext_lazy("年份只写了两位，按上世纪的年份判断。"),
    Mark.MANDATE: gettext_lazy("标准性质代号与名录不一致（强制性与推荐性混用）。"),
    Mark.TITLE: gettext_lazy("编号与旁边所写的名称不一致。"),
    Mark.YEAR: gettext_lazy("名录中有这个编号，但没有这一年份的版本。"),
    Mark.RANGE: gettext_lazy("引用的是一段编号，按其中问题最重的一项判断。"),
    Mark.ALL_PARTS: gettext_lazy("引用的是所有部分，按名录中已有的各部分判断。"),
    Mark.EDITION: gettext_lazy("写明了局部修订的版次，名录只按编号判断。"),
    Mark.AMENDMENT: gettext_lazy("名录中没有所引的修改单，按被修改的标准判断。"),
    Mark.AMENDED: gettext_lazy("这一版本另有修改单，引用时没有写明。"),
    Mark.ABROAD: gettext_lazy("境外标准，名录未必收全。"),
}
STATES = {
    Status.CURRENT: gettext_lazy("现行有效"),
    Status.UPCOMING: gettext_lazy("尚未实施"),
    Status.SUPERSEDED: gettext_lazy("已被代替"),
    Status.WITHDRAWN: gettext_lazy("已废止"),
    Status.PROJECT: gettext_lazy("尚在制定"),
    Status.UNKNOWN: gettext_lazy("名录中没有"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one citation is on a day."""

    citation: Citation  # with its place in the text
    standing: Standing  # of its number on the day; of a range, that of the member that decides
    status: Status
    marks: tuple[Mark, ...] = ()
    sure: bool = True
    title: str = ""  # the title that the text prints beside the number, where one is printed

    @property
    def replaced_by(self) -> tuple[str, ...]:
        """The numbers that replace it, in canonical form."""
        return self.standing.replaced_by

    @property
    def present(self) -> str:
        """The edition in force on the day, in canonical form, or nothing."""
        return self.standing.present

    @property
    def candidates(self) -> tuple[str, ...]:
        """What may have been meant by an unknown number, the nearest first."""
        return self.standing.candidates

    @property
    def row(self) -> int | None:
        """The primary key of the row (``Standard``) on which the answer rests."""
        return self.standing.edition.pk if self.standing.edition else None

    @property
    def why(self) -> str:
        """Full sentences: what holds, since when, by what it is replaced, how sure, what it rests on."""
        return _why(self)


def verdicts(text: str, citations: Sequence[Citation], on: date) -> list[Verdict]:
    """Return what the citations of a text are on a day, in their order.

    The number of questions to the database does not depend on how many there are.
    """
    found = standings([str(one.number.bare) for one in citations], on)
    return [
        Verdict(one, standing, standing.state, _marks(one, standing), standing.sure)
        for one, standing in zip(citations, found, strict=True)
    ]


def _marks(citation: Citation, standing: Standing) -> tuple[Mark, ...]:
    number = citation.number
    found = []
    if standing.undated:
        found.append(Mark.UNDATED)
    if len(number.year_printed) == 2:
        found.append(Mark.GUESSED_YEAR)
    if number.upto:
        found.append(Mark.RANGE)
    if number.all_parts:
        found.append(Mark.ALL_PARTS)
    if number.edition:
        found.append(Mark.EDITION)
    return tuple(found)


def _why(verdict: Verdict) -> str:
    standing = verdict.standing
    said = [_("{number}{state}。").format(number=standing.number, state=STATES[verdict.status])]
    if standing.replaced_by:
        said.append(_("被 {numbers} 代替。").format(numbers="、".join(standing.replaced_by)))
    said += [str(MARKS[mark]) for mark in verdict.marks]
    return "".join(said)
