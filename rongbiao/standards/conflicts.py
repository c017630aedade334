"""Conflicts (回避): why an expert must stand aside from a matter, each reason a sentence.

The rules are those of committees and expert libraries: who drafted, who is or lately was
of the same unit, who advises, owns, is kin or has money there, who met the project
before. The number of questions to the database does not depend on how many experts there
are. Sentences are kept in records, so they are Chinese whatever the reader's language.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.db.models import Q
from django.utils import translation

from rongbiao.parties.models import Draw, Organization, Person, Post, Tie
from rongbiao.texts.numbers import NotANumber, read_number

from .models import Participation, Standard
from .numbering import bare

NAMES = re.compile(r"[、，,；;\s]+")


class Kind(StrEnum):
    """What a reason is, in the words that may be published."""

    PERSON = "本人是当事人"
    EMPLOYER = "与回避单位同单位"
    DRAFTING = "参与起草所评标准"
    CO_DRAFTING = "单位近年与回避单位共同起草标准"
    TIE = "有须回避的利害关系"
    PROJECT = "曾参与同一事项"
    ABSENT = "已登记不能到会"


@dataclass(frozen=True)
class Reason:
    """Why somebody stands aside: the kind, and a whole sentence for the office."""

    kind: Kind
    sentence: str
    unit: int | None = None  # of the units to stand aside from, where it is one of them


@dataclass(frozen=True)
class Concern:
    """What a matter touches, and how far back one looks."""

    units: Collection[Organization] = ()
    persons: Collection[Person] = ()
    standards: Collection[Standard] = ()  # under review, with the editions before them
    employer_years: int = 3
    drafting_years: int = 3
    basis: str = ""  # the case: who was drawn for it before, for something else
    purpose: str = ""


Found = Iterator[tuple[int, Reason]]  # the person, and the reason


def conflicts(posts: Sequence[Post], concern: Concern, day: date) -> dict[int, list[Reason]]:
    """Return the reasons against each of some experts' posts, by the post's key; all of them."""
    found: defaultdict[int, list[Reason]] = defaultdict(list)
    with translation.override(settings.LANGUAGE_CODE):
        for person, reason in _reasons(posts, concern, day):
            found[person].append(reason)
    return {post.pk: list(dict.fromkeys(found[post.person_id])) for post in posts}


def _reasons(posts: Sequence[Post], concern: Concern, day: date) -> Found:
    people = {post.person_id for post in posts}
    for person in concern.persons:
        if person.pk in people:
            yield person.pk, Reason(Kind.PERSON, f"{person}是本事项的当事人。")
    yield from _employers(people, concern, day)
    yield from _drafters(posts, concern)
    yield from _co_drafters(posts, concern, day)
    yield from _ties(people, concern, day)
    yield from _drawn(posts, concern)


def _years_before(day: date, years: int) -> date:
    """Return the day so many years earlier; 29 February becomes the 28th."""
    day = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return day.replace(year=max(1, day.year - years))


def _employers(people: Collection[int], concern: Concern, day: date) -> Found:
    """Who holds a post in one of the units, or held one in the last years."""
    if not concern.units:
        return
    since = _years_before(day, concern.employer_years)
    held = Post.objects.filter(person__in=people, organization__in=concern.units)
    held = held.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=since))
    for post in held.select_related("person", "organization"):
        now = post.until is None or post.until >= day
        words = "现" if now else f"至{post.until}"
        yield (
            post.person_id,
            Reason(Kind.EMPLOYER, f"{words}任职于{post.organization}。", post.organization_id),
        )


def _drafters(posts: Sequence[Post], concern: Concern) -> Found:
    """Who drafted one of the standards, or whose unit did."""
    if not concern.standards:
        return
    units = _by_unit(posts)
    rows = Participation.objects.filter(standard__in=concern.standards, organization__in=units)
    for row in rows.select_related("standard", "organization"):
        sentence = f"所在单位{row.organization}是{row.standard.shown}的起草单位。"
        for post in units[row.organization_id]:
            yield post.person_id, Reason(Kind.DRAFTING, sentence)
    for standard in concern.standards:
        names = set(NAMES.split(standard.drafted_by))
        for post in posts:
            if post.person.name in names:
                sentence = f"{post.person.name}列于{standard.shown}的主要起草人。"
                yield post.person_id, Reason(Kind.DRAFTING, sentence)


def _co_drafters(posts: Sequence[Post], concern: Concern, day: date) -> Found:
    """Whose unit lately drafted a standard together with one of the units."""
    if not concern.units or not concern.drafting_years:
        return
    units = _by_unit(posts)
    since = _years_before(day, concern.drafting_years)
    theirs = Participation.objects.filter(
        organization__in=concern.units, standard__issued_on__range=(since, day)
    )
    others: defaultdict[int, set[str]] = defaultdict(set)
    for standard, name in theirs.values_list("standard", "organization__name"):
        others[standard].add(name)
    rows = Participation.objects.filter(
        organization__in=units, standard__in=theirs.values("standard")
    )
    shared: defaultdict[int | None, list[Standard]] = defaultdict(list)
    names = {unit: own[0].organization.name for unit, own in units.items()}
    for row in rows.select_related("standard").order_by("-standard__issued_on", "pk"):
        if others[row.standard_id] - {names[row.organization_id]}:
            shared[row.organization_id].append(row.standard)
    for unit, standards in shared.items():
        last, more = standards[0], f"等 {len(standards)} 项标准" if len(standards) > 1 else ""
        with_whom = "、".join(sorted(others[last.pk] - {names[unit]}))
        sentence = f"所在单位{names[unit]}与{with_whom}共同起草{last.shown}{more}。"
        for post in units[unit]:
            yield post.person_id, Reason(Kind.CO_DRAFTING, sentence)


def _ties(people: Collection[int], concern: Concern, day: date) -> Found:
    """Who declared a tie that holds on the day."""
    touched = Q(organization__in=concern.units) | Q(person__in=concern.persons)
    held = Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)
    rows = Tie.objects.on(day).filter(touched, held, post__person__in=people)
    for tie in rows.select_related("post", "organization", "person"):
        sentence = f"{tie.declared_on}申报与{tie.other}的利害关系：{tie.get_kind_display()}。"
        yield tie.post.person_id, Reason(Kind.TIE, sentence, tie.organization_id)


def _drawn(posts: Sequence[Post], concern: Concern) -> Found:
    """Who was drawn for the same case before, for something else; who could not come to this."""
    if not concern.basis:
        return
    people = {post.pk: post.person_id for post in posts}
    for draw in Draw.objects.filter(basis=concern.basis).defer("lots", "grounds", "sealed"):
        absent = {key for one in draw.absences for key in one["keys"]}
        if draw.purpose != concern.purpose:
            for one in draw.seated:
                if one["post"] in people:
                    sentence = f"曾在抽取 {draw.number} 中抽中，参与本事项的{draw.purpose}。"
                    yield people[one["post"]], Reason(Kind.PROJECT, sentence)
            continue
        for one in (*draw.drawn, *draw.reserves):
            if one["key"] in absent and one["post"] in people:
                sentence = f"在抽取 {draw.number} 中已登记不能到会。"
                yield people[one["post"]], Reason(Kind.ABSENT, sentence)


def _by_unit(posts: Iterable[Post]) -> dict[int | None, list[Post]]:
    found: defaultdict[int | None, list[Post]] = defaultdict(list)
    for post in posts:
        found[post.organization_id].append(post)
    return found


def standards_named(texts: Iterable[str]) -> tuple[list[Standard], list[str]]:
    """Return every edition of the standards that some numbers name, and what names none."""
    keys = {text: _bare(text) for text in texts}
    wanted = [key for key in keys.values() if key]
    rows = list(Standard.objects.filter(bare_key__in=wanted).defer("abstract"))
    known = {row.bare_key for row in rows}
    return rows, [text for text, key in keys.items() if key not in known]


def _bare(text: str) -> str:
    try:
        return bare(read_number(text))
    except NotANumber:
        return ""
