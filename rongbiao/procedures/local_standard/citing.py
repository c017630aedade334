"""What a new local standard cites (规范性引用文件) enters the register when its text is open.

The text is read apart after the act has been committed, so that no lock waits for a reader; a
text that cannot be read adds nothing, and its act stands.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from rongbiao.cases.models import Case, Entry
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.standards import edits
from rongbiao.standards.models import Relation, Standard
from rongbiao.texts.citations import find_citations
from rongbiao.texts.documents import PAPERS, Document, Unreadable, read_apart
from rongbiao.texts.documents.clauses import clauses_of
from rongbiao.texts.numbers import NotANumber, read_number

CHAPTER = "规范性引用文件"  # GB/T 1.1-2020, 8.6
MOST = 200  # relations of one standard: what its page shows


def cited_in(document: Document) -> list[str]:
    """Return what the chapter of normative references cites, each once, in canonical form.

    Without such a chapter, or where it says that there are none, nothing is cited normatively.
    """
    chapter = next((one for one in clauses_of(document) if CHAPTER in one.title), None)
    if chapter is None:
        return []
    said = (str(one.number) for one in find_citations(document.text[chapter.start : chapter.end]))
    return [number for number in dict.fromkeys(said) if _readable(number)][:MOST]


def _readable(number: str) -> bool:
    """Whether a number can stand at the end of a relation: a range names several."""
    try:
        return not read_number(number).upto
    except NotANumber:
        return False


def cite(case_pk: int, basis: edits.Basis, actor: Post, day: date) -> int:
    """Enter what the text of a case's standard cites; return how many relations are new.

    Asked again, it adds nothing.
    """
    case = Case.objects.get(pk=case_pk)
    standard = Standard.objects.select_related("text").filter(pk=case.standard_id or 0).first()
    if standard is None or standard.text is None:
        return 0
    content = standard.text.read()
    try:
        numbers = cited_in(read_apart(content, standard.text.name, PAPERS))
    except Unreadable:
        return 0
    held = edits.relations_of(standard)
    known = {read_number(number).key for kind, number in held if kind == Relation.Kind.CITES}
    fresh = [
        (Relation.Kind.CITES.value, number)
        for number in numbers
        if (key := read_number(number).key) not in known and key != standard.key
    ]
    if not fresh:
        return 0
    wanted = edits.Wanted(columns={}, relations=[*held, *fresh])
    edits.edit(standard, wanted, basis, version=edits.version_of(standard), actor=actor, day=day)
    return len(fresh)


def cite_later(case: Case, entry: Entry) -> None:
    """Order :func:`cite` for when the act has been committed; what it refuses does not undo the act."""
    told = case.entries.filter(stage_key="approval", action_key="approve").last()
    actor = entry.actor
    if told is None or actor is None:
        return
    basis = edits.Basis(told.answers["number"], told.day, f"办件{case.number}标准文本的{CHAPTER}")

    def ordered() -> None:
        try:
            cite(case.pk, basis, actor, entry.day)
        except Refused:
            return  # somebody edited the standard meanwhile: what it cites is theirs to enter

    transaction.on_commit(ordered, robust=True)
