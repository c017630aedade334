"""Outgoing (核查结果的下载): Excel, Word with comments, and the list of references of GB/T 7714."""

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from rongbiao.exchange.export.citing import cite
from rongbiao.exchange.tables import excel
from rongbiao.standards.models import Standard
from rongbiao.texts.annotating import PART, Annotation, annotate_apart, plain_docx
from rongbiao.texts.numbers import NotANumber, read_number

from .checks import Check
from .findings import GROUPS, Finding

MOST_ROWS = 20_000  # of one list: beyond, making it takes longer than a page may
MOST_NUMBERS = 500  # in one question to the database
MOST_COMMENTS = 5_000  # in one document: beyond, Word takes minutes to open it


def table(check: Check, places: list[int], name: str, *, only: str = "") -> bytes:
    """Return the findings of files as an Excel file; no cell of it is a formula."""
    note = _("按 {day} 的标准名录核查，共 {n} 个文件").format(day=check.day, n=len(places))
    if sum(check.items[place].total for place in places) > MOST_ROWS:
        note += _("；引用过多，只列前 {n} 处").format(n=MOST_ROWS)
    headings = (
        _("文件"), _("位置"), _("原文"), _("标准编号"), _("条款"), _("结论"), _("建议"), _("现行版本"),
        _("被何标准代替"), _("可能是"), _("名录中的名称"), _("说明"), _("是否确定"), _("名录行号"),
    )  # fmt: skip
    rows = (row for place in places for row in _rows(check, place, only))
    return excel(_("引用核查结果"), f"{note}；{name}", headings, islice(rows, MOST_ROWS))


def _rows(check: Check, place: int, only: str) -> Iterator[tuple[object, ...]]:
    name = check.items[place].name
    for one in check.findings(place, only):
        yield (
            name, one.where, one.text, one.number, one.clause, words(one), one.advice, one.present,
            _("、").join(one.replaced_by), _("、").join(one.candidates), one.title, one.why,
            _("是") if one.sure else _("否"), one.row or "",
        )  # fmt: skip


def words(one: Finding) -> str:
    """Return the groups of a finding in words."""
    return _("、").join(str(GROUPS[key].word) for key in one.groups)


def commented(check: Check, place: int) -> bytes:
    """Return a file with a comment at every citation; of what is no docx, its text as one.

    Raises Unreadable where it cannot be done.
    """
    item = check.items[place]
    found = list(islice(check.findings(place), MOST_COMMENTS))
    if item.kind == "docx":
        source = check.path(place, "source").read_bytes()
        notes = [_note(one, one.anchor or ("", 0, 0, 0, 0)) for one in found]
    else:
        source, notes = _as_text(check, place, found)
    return annotate_apart(source, notes, summary(check, place))


def _as_text(check: Check, place: int, found: list[Finding]) -> tuple[bytes, list[Annotation]]:
    """Return a document of a file's text, line by line, and where its citations stand in it."""
    lines = list(check.lines(place))
    notes = []
    at = 0
    for one in found:
        while at + 1 < len(lines) and lines[at + 1].start <= one.start:
            at += 1
        start, end = one.start - lines[at].start, min(one.end, lines[at].end) - lines[at].start
        notes.append(_note(one, (PART, at, start, at, end)))
    return plain_docx(line.text for line in lines), notes


def _note(one: Finding, anchor: tuple[str, int, int, int, int]) -> Annotation:
    title = _("《{title}》").format(title=one.title) if one.title else ""
    head = _("{state}：{number}").format(state=words(one), number=one.number) + title
    said = [head, one.why, _("建议：{advice}").format(advice=one.advice) if one.advice else ""]
    there = _("{where}：{what}").format(where=one.where, what=f"{head}{one.why}{one.advice}")
    same = anchor[1] == anchor[3] and anchor[4] - anchor[2] == len(one.text)
    return Annotation(
        "\n".join(filter(None, said)), *anchor, words=one.text if same else "", elsewhere=there
    )


def summary(check: Check, place: int) -> str:
    """Return what the first comment says: the day, the counts, what there is no place for."""
    item = check.items[place]
    counts = _("，").join(f"{group.word} {n}" for group, n in item.groups)
    said = [
        _("引用核查：按 {day} 的标准名录，共 {n} 处引用。").format(day=check.day, n=item.total),
        _("{counts}。").format(counts=counts) if counts else "",
        *item.notes,
        _("页眉、页脚、脚注、尾注不能加批注，其中的引用列在下面。") if item.kind == "docx" else "",
    ]
    if item.total > MOST_COMMENTS:
        said.append(_("只对前 {n} 处加了批注，其余见清单。").format(n=MOST_COMMENTS))
    return "\n".join(filter(None, said))


def bibliography(check: Check, places: list[int], *, present: bool = False) -> Iterator[str]:
    """Give the standards that files cite as GB/T 7714 lists them, each once, in order.

    With ``present`` each stands in its edition in force, where one is known. What the
    register does not hold is listed by its number alone.
    """
    cited: dict[str, int | None] = {}
    for one in (one for place in places for one in check.findings(place)):
        newer = present and one.present and one.present != one.number
        cited.setdefault(one.present if newer else one.number, None if newer else one.row)
    rows = Standard.objects.in_bulk([row for row in cited.values() if row])
    known = {number: rows[row] for number, row in cited.items() if row in rows}
    keys = {number: key for number in cited if number not in known and (key := _key(number))}
    asked = list(keys.values())
    held: dict[str, Standard] = {}
    for start in range(0, len(asked), MOST_NUMBERS):
        rows_of = Standard.objects.filter(key__in=asked[start : start + MOST_NUMBERS])
        held |= {standard.key: standard for standard in rows_of}
    known |= {number: held[key] for number, key in keys.items() if key in held}
    for place, number in enumerate(cited, start=1):
        standard = known.get(number)
        yield f"[{place}] {cite(standard) if standard else f'{number}[S].'}\n"


def _key(number: str) -> str:
    try:
        return read_number(number).key
    except NotANumber:  # a range, all parts: no edition
        return ""
