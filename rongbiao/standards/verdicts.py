"""Verdicts (核查结论): what each citation of a text is on a day, how sure that is, on which row it rests.

``verdicts(text, find_citations(text), day)`` gives one verdict for every citation, in order.
The sentence of a verdict is made when it is read: most are never read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from rongbiao.texts.citations import Citation
from rongbiao.texts.citations.titles import disagrees, named_in, title_beside
from rongbiao.texts.folding import folded
from rongbiao.texts.numbers import StandardNumber

from .currency import Asked, Judge, Standing, judge
from .currency import State as Status
from .held import Held
from .meant import Meant, members, parts_of, spans, what_was_meant
from .sources import sources

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

SENTENCES = {  # of a state, without and with its day
    Status.CURRENT: (
        gettext_lazy("{number} 现行有效。"),
        gettext_lazy("{number} 现行有效，自 {since} 起实施。"),
    ),
    Status.UPCOMING: (
        gettext_lazy("{number} 尚未实施。"),
        gettext_lazy("{number} 尚未实施，自 {since} 起实施。"),
    ),
    Status.SUPERSEDED: (
        gettext_lazy("{number} 已被 {newer} 代替。"),
        gettext_lazy("{number} 自 {since} 起被 {newer} 代替。"),
    ),
    Status.WITHDRAWN: (
        gettext_lazy("{number} 已废止，没有代替的标准。"),
        gettext_lazy("{number} 自 {since} 起废止，没有代替的标准。"),
    ),
    Status.PROJECT: (gettext_lazy("{number} 尚在制定，没有发布。"),) * 2,
    Status.UNKNOWN: (gettext_lazy("名录中没有 {number}。"),) * 2,
}
# The worst decides for many: of a range, of all parts.
WORST = (
    Status.WITHDRAWN, Status.SUPERSEDED, Status.PROJECT, Status.UPCOMING, Status.CURRENT, Status.UNKNOWN,
)  # fmt: skip
CENTURY = 2000  # a year of two figures is of the one before
NEAR = 90  # characters around a number in which its true title may stand
# With these an answer is not sure, whatever the register says of the row.
UNSURE = {Mark.MANDATE, Mark.TITLE, Mark.YEAR, Mark.AMENDMENT, Mark.EDITION}


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
    named = [str(one.number) for one in citations]
    distinct = {name: one.number for name, one in zip(named, citations, strict=True)}
    asked = {name: Asked.of(number) for name, number in distinct.items()}
    several = {
        name: [Asked.of(one) for one in members(number)]
        for name, number in distinct.items()
        if number.upto or number.changes
    }
    found = judge(chain(asked.values(), *several.values()), on)
    held = found.held
    held.take_between(spans(number for number in distinct.values() if number.all_parts))
    absent = {
        name: (distinct[name], asked[name], title_beside(text, one.start, one.end))
        for name, one in zip(named, citations, strict=True)
        if asked[name].key not in held.editions
    }
    meant = what_was_meant(absent, found)
    judged: dict[str, tuple[Standing, tuple[Mark, ...]]] = {}
    for name, number in distinct.items():
        if name in absent or name in several or number.edition or number.all_parts:
            marked = _judged(number, asked[name], several.get(name, ()), meant.get(name), found)
        else:
            marked = _marked(number, found.answer(asked[name]), (), held)
        judged[name] = marked
    return [
        _verdict(text, one, *judged[name], held) for name, one in zip(named, citations, strict=True)
    ]


def _judged(
    number: StandardNumber,
    asked: Asked,
    several: Sequence[Asked],
    meant: Meant | None,
    found: Judge,
) -> tuple[Standing, tuple[Mark, ...]]:
    """Return what a number is that is no plain row, and what is to be said of it wherever it is cited."""
    standing, marks = found.answer(asked), []
    if number.upto:
        marks.append(Mark.RANGE)
        standing = _of_range([found.answer(one) for one in several])
    elif number.all_parts:
        marks.append(Mark.ALL_PARTS)
        standing = _of_parts(standing, parts_of(number, found))
    elif standing.state is Status.UNKNOWN and number.changes:
        base = found.answer(several[1])
        if base.state is not Status.UNKNOWN:
            marks.append(Mark.AMENDMENT)
            standing = base
    if standing.state is Status.UNKNOWN:
        standing, more = _of_unknown(standing, number, asked, meant or Meant(), found)
        marks += more
    return _marked(number, standing, marks, found.held)


def _marked(
    number: StandardNumber, standing: Standing, marks: Sequence[Mark], held: Held
) -> tuple[Standing, tuple[Mark, ...]]:
    """Return a standing with the marks that any number may have added."""
    more = tuple(marks)
    if standing.undated:
        more += (Mark.UNDATED,)
    if number.edition:
        more += (Mark.EDITION,)
    if number.year and not number.changes and held.amended(standing.edition):
        more += (Mark.AMENDED,)
    return standing, more


def _of_unknown(
    standing: Standing, number: StandardNumber, asked: Asked, meant: Meant, found: Judge
) -> tuple[Standing, list[Mark]]:
    """Return what an unknown number is taken for, where only its mark is wrong, else what it may be."""
    if meant.instead:
        return found.answer(meant.instead)._replace(asked=standing.asked), [Mark.MANDATE]
    if not number.upto and meant.candidates:
        standing = standing._replace(candidates=meant.candidates)
    if asked.year and asked.bare in found.held.by_bare:
        return standing, [Mark.YEAR]
    return standing, [] if number.chinese else [Mark.ABROAD]


def _of_range(many: Sequence[Standing]) -> Standing:
    """Return the worst of a range; what lies between its ends and is not held is no gap."""
    worst = min(many, key=lambda one: WORST.index(one.state))
    absent = [one for one in (many[0], many[-1]) if one.state is Status.UNKNOWN]
    return absent[0] if absent and worst.state is Status.CURRENT else worst


def _of_parts(whole: Standing, parts: Sequence[Standing]) -> Standing:
    """Return what “all parts” are: in force while one part is, else what the last of them is."""
    if whole.state is not Status.UNKNOWN or not parts:
        return whole
    current = [one for one in parts if one.state is Status.CURRENT]
    best = current[0] if current else parts[-1]
    return best._replace(asked=whole.asked, number=whole.number, chain=(), undated=False)


def _verdict(
    text: str, citation: Citation, standing: Standing, marks: tuple[Mark, ...], held: Held
) -> Verdict:
    number = citation.number
    if number.year and number.year < CENTURY and _two_figures(number, citation.text):
        marks += (Mark.GUESSED_YEAR,)
    title = title_beside(text, citation.start, citation.end) if standing.edition else ""
    if title and _another(text, citation, standing, title, held):
        marks += (Mark.TITLE,)
    sure = standing.sure and (not marks or UNSURE.isdisjoint(marks))
    return Verdict(citation, standing, standing.state, marks, sure, title)


def _another(text: str, citation: Citation, standing: Standing, title: str, held: Held) -> bool:
    """Whether a title printed beside a number is none that any edition of it has or had."""
    number, edition = citation.number, standing.edition
    if edition is None or number.upto or number.all_parts or not number.chinese:
        return False
    titles = [one.title for one in held.by_bare[edition.bare]]
    beside = text[max(0, citation.start - NEAR) : citation.end + NEAR]
    return disagrees(title, titles) and not any(named_in(one, beside) for one in titles)


def _two_figures(number: StandardNumber, written: str) -> bool:
    """Whether the century is not written: GB 5749-85."""
    return str(number.year) not in "".join(folded(written).split())


def _why(verdict: Verdict) -> str:
    standing, state, marks = verdict.standing, verdict.status, verdict.marks
    number = standing.number or str(verdict.citation.number)
    since = standing.since.isoformat() if standing.since else ""
    values = {
        "number": number,
        "since": since,
        "newer": "、".join(standing.replaced_by),
        "present": standing.present,
    }
    said = [str(SENTENCES[state][bool(since)]).format(**values)]
    if standing.replaced_by and standing.present and standing.present not in standing.replaced_by:
        said.append(_("现行版本是 {present}。").format(**values))
    if state is Status.UNKNOWN and standing.candidates:
        said.append(_("可能是：{numbers}。").format(numbers="、".join(standing.candidates)))
    said += [str(MARKS[mark]) for mark in marks]
    if Mark.TITLE in marks and standing.edition:
        said.append(
            _("文中写作“{said}”，名录中是“{title}”。").format(
                said=verdict.title, title=standing.edition.title
            )
        )
    if Mark.MANDATE in marks:
        said.append(
            _("名录中的编号是 {number}。").format(
                number=standing.edition and standing.edition.number
            )
        )
    if standing.why and state is not Status.UNKNOWN and not standing.undated:
        said.append(standing.why)
    if row := standing.edition:
        source = sources().get(standing.source)
        said.append(
            _("依据名录中“{number} {title}”（{source}：{basis}）。").format(
                number=row.number,
                title=row.title,
                source=source or standing.source,
                basis=standing.basis,
            )
        )
    if not verdict.sure and state is not Status.UNKNOWN:
        said.append(_("这一结论不确定，请人工核对。"))
    return ("" if (get_language() or "zh").startswith("zh") else " ").join(said)
