"""The gate of a local standard (立项审查): what is like it already, and what its draft says.

Hits of the register and of running projects are explained away one by one; words that may
favour local firms are shown with the article they touch.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from rongbiao.cases.models import Case
from rongbiao.cases.procedure import Answers
from rongbiao.parties import rules
from rongbiao.standards import search
from rongbiao.standards.models import Standard
from rongbiao.standards.search import Query
from rongbiao.texts.barriers import Barrier, find_barriers
from rongbiao.texts.folding import folded

# What titles end in: words that say what kind of document it is, and not what it is about.
GENERAL = re.compile(
    r"(?:技术|管理|服务|操作|作业|质量|通用|基本|应用|实施|建设|评价|工作|与|和|及)*"
    r"(?:规程|规范|要求|指南|通则|总则|导则|标准|条件|方法|准则|指引)?(?:第\d+部分.*)?$"
)
ALIKE = 0.5  # of the pairs of letters of two subjects, how many they share (Dice)
SHOWN = 8
ENOUGH = 50  # found by the engine, of which the nearest are shown
LIVING = (Standard.Status.CURRENT, Standard.Status.UPCOMING, Standard.Status.PROJECT)


@dataclass(frozen=True, slots=True)
class Like:
    """Something that is like the proposed standard: a standard or a running project."""

    key: str
    number: str
    title: str
    share: float


def subject(title: str) -> str:
    """Return what a title is about, without the words that every title has.

    >>> subject("海带育苗技术规程")
    '海带育苗'
    """
    return GENERAL.sub("", folded(title))


def _words(text: str) -> list[str]:
    import rjieba  # its dictionary is large, and only this gate and the index want it

    return [word for word in rjieba.cut(folded(text)) if word.strip()]


def alike(one: str, other: str) -> float:
    """Return how like two subjects are, from 0 to 1 (Dice over pairs of letters).

    >>> alike("海带育苗", "海带育苗"), alike("海带育苗", "茉莉花茶")
    (1.0, 0.0)
    """
    first, second = _pairs(one), _pairs(other)
    whole = len(first) + len(second)
    return 2 * len(first & second) / whole if whole else 0.0


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"\W", "", text)
    return {plain[place : place + 2] for place in range(len(plain) - 1)}


def likes(case: Case, title: str) -> list[Like]:
    """Return what is like a title, nearest first: standards in force and running projects."""
    about = subject(title)
    if len(about) < 2:
        return []
    found = [*_standards(about, case), *_projects(about, case)]
    found = [one for one in found if one.share >= ALIKE]
    return sorted(found, key=lambda one: (-one.share, one.key))[:SHOWN]


def _standards(about: str, case: Case) -> Iterable[Like]:
    words = [word for word in _words(about) if len(word) > 1][:4] or [about]
    engine = search.engine()
    pks: list[int] = []
    for asked in {" ".join(words), words[0], words[-1]}:
        query = Query(words=asked, filters={"status": LIVING}, size=ENOUGH)
        pks += [hit.pk for hit in engine.search(query).hits]
    for row in Standard.objects.filter(pk__in=pks).exclude(pk=case.standard_id or 0):
        yield Like(f"s{row.pk}", row.shown, row.title, alike(about, subject(row.title)))


def _projects(about: str, case: Case) -> Iterable[Like]:
    running = Case.objects.filter(procedure_key=case.procedure_key, closed_on=None)
    for number, title, pk in running.exclude(pk=case.pk).values_list("number", "title", "pk"):
        yield Like(f"c{pk}", number, title, alike(about, subject(title)))


@dataclass(frozen=True, slots=True)
class Hint:
    """A word of the application that hints at a field in which the city makes no standards."""

    key: str
    word: str
    field: str
    routes: str
    source: str


def hints(case: Case) -> list[Hint]:
    """Return the forbidden fields that title and scope hint at, each once."""
    scope = rules.table("scope")
    law = scope.at(case.opened_on)
    said = f"{case.title}\n{case.said('submit').get('scope', '')}"
    found = []
    for key, named in scope.groups().items():
        group = law.group(key)
        forbidden, words = group.get("forbidden"), group.get("words")
        word = next((one for one in words.value if one in said), "") if words else ""
        if forbidden and forbidden.value and word:
            routes = group["routes"].amount if "routes" in group else ""
            found.append(Hint(key, word, named[0].heading, routes, forbidden.cited))
    return found


def barriers(case: Case) -> list[Barrier]:
    """Return what in the application may favour local firms."""
    filed = case.said("submit")
    said = "\n".join(str(filed.get(name, "")) for name in ("scope", "need", "local"))
    return list(find_barriers(said))


YES = [("yes", _("符合")), ("no", _("不符合"))]
ASKED = ("scope", "special", "above", "consistency", "competition")


class Gate(Answers):
    """立项审查表: scope, duplicates, consistency, fair competition."""

    scope = forms.ChoiceField(label=_("属于地方标准制定范围，不涉及禁止制定的领域"), choices=YES)
    special = forms.ChoiceField(label=_("确属本市特殊技术要求"), choices=YES)
    above = forms.ChoiceField(label=_("不低于强制性国家标准，与有关标准协调"), choices=YES)
    duplicates = forms.CharField(
        label=_("查重结果（没有相近标准的写“无”）"), max_length=4000, widget=forms.Textarea
    )
    consistency = forms.ChoiceField(label=_("与标准化改革政策一致"), choices=YES)
    competition = forms.ChoiceField(label=_("不排除、限制竞争"), choices=YES)
    competition_words = forms.CharField(
        label=_("公平竞争审查记录"), max_length=4000, widget=forms.Textarea
    )

    def fit(self) -> None:
        """Ask about every hit and every questionable wording by itself."""
        if self.case is None:
            return
        for like in likes(self.case, self.case.title):
            label = _("与{number}《{title}》的区别和仍需制定的理由")
            self.fields[f"like_{like.key}"] = forms.CharField(
                label=label.format(number=like.number, title=like.title),
                max_length=2000,
                widget=forms.Textarea,
            )
        for hint in hints(self.case):
            label = _(
                "提到“{word}”，可能属于“{field}”（{source}，不得制定市级地方标准；可转为{routes}）。说明"
            )
            self.fields[f"field_{hint.key}"] = forms.CharField(
                label=label.format(
                    word=hint.word, field=hint.field, source=hint.source, routes=hint.routes
                ),
                max_length=2000,
                widget=forms.Textarea,
            )
        for place, one in enumerate(barriers(self.case)):
            label = _("“{text}”（{why}，《公平竞争审查条例》{article}）的说明")
            self.fields[f"barrier_{place}"] = forms.CharField(
                label=label.format(text=one.text, why=one.why, article=one.article),
                max_length=2000,
                widget=forms.Textarea,
            )

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        failed = [str(self.fields[name].label) for name in ASKED if said.get(name) == "no"]
        if failed:
            raise forms.ValidationError(
                _(
                    "下列各项不符合，不能通过立项审查，请退回、不予立项或转其他层级标准：%(which)s。"
                ),
                params={"which": "；".join(failed)},
            )
        return said
