"""``rongbiao cite FILE…``: what files cite, and whether it is in force, for people or as JSON lines.

Status 0 when every file was read and nothing of ``--fail-on`` was found, 1 when something was,
2 for bad usage and for a file that was refused; the others are read all the same. JSON lines hold
citations alone: what could not be read in a file is said on standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import DatabaseError
from django.utils.timezone import localdate

from rongbiao.shell.complaint import Complaint
from rongbiao.shell.document import INPUT, read_file
from rongbiao.shell.troubles import founded
from rongbiao.standards.currency import Standing
from rongbiao.standards.standard import Standard
from rongbiao.standards.verdicts import MARKS, STATES, Mark, Status, Verdict, verdicts
from rongbiao.texts.citations import Citation, find_citations
from rongbiao.texts.documents import Document, Unreadable

EMPTY = "名录中还没有标准，各编号都按“名录中没有”列出；先用 rongbiao load 导入标准。"
Judged = Callable[[str, Sequence[Citation], date], list[Verdict]]


def run(asked: argparse.Namespace) -> int:
    """Read every file, print what it cites, and say by the status whether anything is to be mended."""
    on, failing = _day(asked.on), _failing(asked.fail_on)
    judged: Judged = verdicts
    if not _loaded():
        judged = _not_held
        _complain(EMPTY)
    refused = failed = False
    for file in asked.file:
        try:
            document = read_file(file)
        except Unreadable as why:
            refused = True
            sys.stdout.flush()
            _complain(str(why))
            continue
        found = judged(document.text, find_citations(document.text), on)
        if asked.json:
            _print_lines(file, document, found)
        else:
            print(sheet(file, document, found, on))
        failed |= any(not failing.isdisjoint({one.status, *one.marks}) for one in found)
    return 2 if refused else 1 if failed else 0


def _complain(words: str) -> None:
    print(f"rongbiao：{words}", file=sys.stderr)


def _day(said: str | None) -> date:
    if said is None:
        return localdate()
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Complaint(f"“{said}”不是日期，请写作 2026-01-05。") from None


def _failing(said: Sequence[str]) -> set[str]:
    """Return the states and marks that were named; raise Complaint for another word."""
    known = [*Status, *Mark]
    wanted = {word.strip() for one in said for word in one.split(",") if word.strip()}
    if wrong := sorted(wanted - set(known)):
        raise Complaint(f"--fail-on 没有“{wrong[0]}”这个取值，可写：{'、'.join(known)}。")
    return wanted


def _loaded() -> bool:
    try:
        return founded() and Standard.objects.exists()
    except DatabaseError:  # there is one that cannot be asked
        return False


def _not_held(_text: str, citations: Sequence[Citation], on: date) -> list[Verdict]:
    """Return that nothing is known of any citation."""
    unknown = Status.UNKNOWN
    return [
        Verdict(one, Standing(str(one.number), on, unknown, str(one.number), sure=False), unknown, sure=False)
        for one in citations
    ]  # fmt: skip


def _print_lines(file: str, document: Document, found: Sequence[Verdict]) -> None:
    for one in found:
        print(json.dumps(line(file, document, one), ensure_ascii=False))
    sys.stdout.flush()
    for note in document.notes:
        _complain(f"“{INPUT if file == '-' else file}”{_member(note.member)}：{note}")


def line(file: str, document: Document, one: Verdict) -> dict[str, Any]:
    """Return one citation as what stands in a line of JSON; places are those of the document's text."""
    citation, standing = one.citation, one.standing
    block = document.block_at(citation.start)
    return {
        "file": file,
        "page": block.page if block else None,
        "start": citation.start,
        "end": citation.end,
        "text": citation.text,
        "number": str(citation.number),
        "status": str(one.status),
        "replaced_by": list(one.replaced_by),
        "sure": one.sure,
        "marks": [str(mark) for mark in one.marks],
        "since": standing.since.isoformat() if standing.since else None,
        "present": one.present or None,
        "candidates": list(one.candidates),
        "row": standing.edition.number if standing.edition else None,
        "dated": citation.dated,
        "clause": citation.clause or None,
        "title": one.title or None,
        "member": block.member or None if block else None,
        "place": document.place(citation.start),
        "on": standing.on.isoformat(),
        "why": one.why,
    }


def sheet(file: str, document: Document, found: Sequence[Verdict], on: date) -> str:
    """Return what a file cites as lines for a person: a sum, then each citation with its place."""
    counted = Counter(one.status for one in found)
    sums = [f"{STATES[state]} {counted[state]}" for state in Status if counted[state]]
    name = INPUT if file == "-" else file
    lines = [
        f"{name}  {on.isoformat()}，引用 {len(found)} 处{'：' if sums else ''}{'，'.join(sums)}"
    ]
    lines += [f"  说明：{_member(note.member)}{note}" for note in document.notes]
    for one in found:
        place = document.place(one.citation.start)
        lines.append(f"  {one.citation.number}  {_said(one)}  〔{place}〕")
    return "\n".join([*lines, ""])


def _said(one: Verdict) -> str:
    """Return state, what replaces it and what else is to be said, in a few words."""
    said = [str(STATES[one.status])]
    if one.replaced_by:
        said.append(f"→ {'、'.join(one.replaced_by)}")
    if one.present and one.present not in {*one.replaced_by, str(one.citation.number)}:
        said.append(f"现行 {one.present}")
    if one.candidates:
        said.append(f"可能是 {'、'.join(one.candidates)}")
    if not one.sure and one.status is not Status.UNKNOWN:
        said.append("（不确定）")
    return "  ".join([*said, *(str(MARKS[mark]) for mark in one.marks)])


def _member(name: str) -> str:
    return f"“{name}”：" if name else ""
