"""Numbers and names (编号和名称): are they in order, are they those of the register, do they hold."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from rongbiao.standards.currency import Standing, State
from rongbiao.standards.models import Statement
from rongbiao.standards.verdicts import Mark, Verdict
from rongbiao.texts.folding import units
from rongbiao.texts.numbers import NotANumber, read_number

from .finding import Finding, Grade

OVER = {State.SUPERSEDED, State.WITHDRAWN}


def numbered(row: Statement) -> Iterable[Finding]:
    """Find what is wrong with the number of a statement by itself."""
    place = _("标准编号")
    try:
        number = read_number(row.number)
    except NotANumber as bad:
        yield Finding(
            "number-unreadable", "number", place, "numbering", Grade.MUST,
            _("“{number}”不是标准编号：{why}").format(number=row.number, why=bad),
            _("按标准封面上的编号填写，如 GB/T 1.1—2020。"),
        )  # fmt: skip
        return
    own = str(number).startswith("Q/")
    if row.own and not own:
        yield Finding(
            "number-not-own", "number", place, "numbering", Grade.MUST,
            _("填的是企业标准，编号“{number}”却不是企业标准的编号。").format(number=row.number),
            _("企业标准的编号以 Q/ 开头；执行的是国家标准等的，请改选“执行的标准”。"),
        )  # fmt: skip
    elif own and not row.own:
        yield Finding(
            "number-own", "number", place, "numbering", Grade.MUST,
            _("编号“{number}”是企业标准的编号，却填作执行的其他标准。").format(number=row.number),
            _("请改选“企业标准”，并公开功能指标和性能指标。"),
        )  # fmt: skip
    elif row.own and number.year is None:
        yield Finding(
            "number-without-year", "number", place, "form_of_number", Grade.NOTE,
            _("编号“{number}”没有年份。").format(number=row.number),
            _("在编号后写明发布的年份，如 Q/ABC 001—2026。"),
        )  # fmt: skip


def executed(row: Statement, standing: Standing) -> Iterable[Finding]:
    """Find whether a standard that is executed holds, and whether it is called so."""
    if standing.state is State.UNKNOWN:
        if standing.number:  # else the number could not be read, which is said already
            yield _unknown("number", _("标准编号"), standing)
        return
    yield from _over("number", _("标准编号"), standing)
    edition = standing.edition
    if edition and edition.title and units(edition.title) != units(row.title):
        yield Finding(
            "name-differs", "title", _("标准名称"), "numbering", Grade.MUST,
            _("名录中 {number} 的名称是“{title}”，填写的是“{said}”。").format(
                number=edition.number, title=edition.title, said=row.title
            ),
            _("按标准封面上的名称填写。"),
        )  # fmt: skip


def cited(field: str, place: str, found: Sequence[Standing]) -> Iterable[Finding]:
    """Find the standards cited at one place that no longer hold."""
    for standing in found:
        if standing.state is State.UNKNOWN and field == "references" and standing.number:
            yield _unknown(field, place, standing)
        yield from _over(field, place, standing)


def quoted(field: str, place: str, found: Sequence[Verdict]) -> Iterable[Finding]:
    """Find the citations of a text that no longer hold, or are called as they are not called."""
    for verdict in found:
        standing = verdict.standing
        yield from _over(field, place, standing)
        if Mark.MANDATE in verdict.marks and standing.edition:
            yield Finding(
                "mark-differs", field, place, "numbering", Grade.MUST,
                _("写作“{said}”，名录中的编号是 {number}。").format(
                    said=verdict.citation.text, number=standing.edition.number
                ),
                _("强制性标准不带“/T”，推荐性标准带“/T”，请按标准封面改正。"),
            )  # fmt: skip
        if Mark.TITLE in verdict.marks and standing.edition:
            yield Finding(
                "cited-name-differs", field, place, "numbering", Grade.NOTE,
                _("名录中 {number} 的名称是“{title}”，填写的是“{said}”。").format(
                    number=standing.edition.number, title=standing.edition.title, said=verdict.title
                ),
                _("按标准封面上的名称填写。"),
            )  # fmt: skip


def _unknown(field: str, place: str, standing: Standing) -> Finding:
    advice = _("请核对编号；名录没有收录的标准，无法核对是否有效。")
    if standing.candidates:
        advice = _("名录中相近的有：{numbers}。").format(numbers="、".join(standing.candidates[:3]))
    return Finding(
        "number-unknown", field, place, "numbering", Grade.NOTE,
        _("名录中没有 {number}。").format(number=standing.number), advice,
    )  # fmt: skip


def _over(field: str, place: str, standing: Standing) -> Iterable[Finding]:
    if standing.state not in OVER:
        return
    by = "、".join(standing.replaced_by)
    if by:
        words = _("{number} 已被 {by} 代替。").format(number=standing.number, by=by)
        advice = _("改用 {present}，并核对指标和方法是否仍然适用。").format(
            present=standing.present or by
        )
    else:
        words = _("{number} 已废止。").format(number=standing.number)
        advice = _("改用现行标准，或者在企业标准中自行规定。")
    yield Finding("not-in-force", field, place, "currency", Grade.MUST, words, advice)
