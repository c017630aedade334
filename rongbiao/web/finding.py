"""Finding (检索结果): what an engine answered, as the rows, facets and addresses of a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rongbiao.standards.kin import successors
from rongbiao.standards.models import Standard
from rongbiao.standards.search import Order, Page, Query, address_of
from rongbiao.web.marking import marked
from rongbiao.web.naming import names
from rongbiao.web.states import State, state_on

SHORT = 8  # values of a facet that stand without being asked for
FACETS = {
    "level": _("层级"),
    "status": _("状态"),
    "nature": _("性质"),
    "region": _("行政区划"),
    "section": _("意见领域"),
    "ics": _("ICS 分类"),
    "ccs": _("CCS 分类"),
    "year": _("发布年份"),
    "organization": pgettext_lazy("facet", "单位"),
}
ORDERS = {
    Order.RELEVANCE: _("相关"),
    Order.NEWEST: _("发布日期"),
    Order.NUMBER: _("编号"),
}
CODED = {"ics", "ccs"}  # their codes are shown before their names


@dataclass(frozen=True)
class Choice:
    """One value of a facet, or one order: where it leads, and whether it holds now."""

    name: Any
    href: str
    count: int | None = None
    chosen: bool = False
    code: str = ""


@dataclass(frozen=True)
class Facet:
    """One way to narrow a result: the first values, and the rest."""

    key: str
    name: Any
    first: list[Choice]
    rest: list[Choice]


@dataclass(frozen=True)
class Row:
    """One result as it is shown."""

    standard: Standard
    state: State
    title: SafeString
    title_en: SafeString
    successors: Sequence[Standard] = ()


@dataclass
class Found:
    """A page of results."""

    query: Query
    total: int
    rows: list[Row]
    facets: list[Facet]
    chosen: list[Choice]
    orders: list[Choice]
    number: int
    pages: int
    meant: Choice | None = None
    fewer: list[Choice] = field(default_factory=list)  # what to ask where nothing was found

    @property
    def before(self) -> str:
        return to(self.query, page=min(self.number - 1, self.pages)) if self.number > 1 else ""

    @property
    def after(self) -> str:
        return to(self.query, page=self.number + 1) if self.number < self.pages else ""

    @property
    def last(self) -> str:
        return to(self.query, page=self.pages)

    @property
    def address(self) -> str:
        """The question as a query string: what the files of the result take."""
        return address_of(self.query)


def to(query: Query, *, page: int = 1) -> str:
    """Return the address of a question's page."""
    said = address_of(query, page=page)
    return reverse("standards") + (f"?{said}" if said else "")


def toggled(query: Query, facet: str, value: str) -> Query:
    """Return a question with one more value of a facet, or without it where it was chosen."""
    held = tuple(query.filters.get(facet, ()))
    held = tuple(one for one in held if one != value) if value in held else (*held, value)
    filters = {name: values for name, values in query.filters.items() if name != facet}
    return replace(query, filters=filters | ({facet: held} if held else {}))


def found(query: Query, answer: Page, day: date) -> Found:
    """Return an answer as a page shows it on a day."""
    facets = [facet for key in FACETS if (facet := _facet(query, answer, key))]
    chosen = _chosen(query)
    pages = max(-(-answer.total // query.size), 1)
    return Found(
        query=query,
        total=answer.total,
        rows=_rows(answer, day),
        facets=facets,
        chosen=chosen,
        orders=[
            Choice(name, to(replace(query, order=order)), chosen=order == query.order)
            for order, name in ORDERS.items()
        ],
        number=query.start // query.size + 1,
        pages=pages,
        meant=_meant(query, answer),
        fewer=[] if answer.total else _fewer(query, chosen),
    )


def _rows(answer: Page, day: date) -> list[Row]:
    rows = Standard.objects.defer("abstract", "drafted_by").in_bulk([h.pk for h in answer.hits])
    standards = [rows[hit.pk] for hit in answer.hits if hit.pk in rows]
    states = {row.pk: state_on(row, day) for row in standards}
    after = successors([row.key for row in standards if states[row.pk].gone])
    return [
        Row(
            row,
            states[row.pk],
            marked(row.title, answer.marks),
            marked(row.title_en, answer.marks),
            after.get(row.key, ()),
        )
        for row in standards
    ]


def _facet(query: Query, answer: Page, key: str) -> Facet | None:
    counted = [(value, count) for value, count in answer.facets.get(key, ()) if value]
    held = query.filters.get(key, ())
    counts = dict(counted)
    values = [*(one for one in held if one not in counts), *counts]
    if key == "year":
        values.sort(reverse=True)
    if not values:
        return None
    called = names(key, values)
    choices = [
        Choice(
            called.get(value, value),
            to(toggled(query, key, value)),
            counts.get(value, 0),
            value in held,
            value if key in CODED and value in called else "",
        )
        for value in values
    ]
    choices.sort(key=lambda choice: not choice.chosen)  # what holds stands first
    return Facet(key, FACETS[key], choices[:SHORT], choices[SHORT:])


def _chosen(query: Query) -> list[Choice]:
    """Return the filters that hold, each leading to the question without it."""
    return [
        Choice(f"{FACETS[key]}{_('：')}{called.get(value, value)}", to(toggled(query, key, value)))
        for key, values in query.filters.items()
        for called in (names(key, values),)
        for value in values
    ]


def _meant(query: Query, answer: Page) -> Choice | None:
    if not answer.meant or answer.meant == query.words:
        return None
    return Choice(answer.meant, to(replace(query, words=answer.meant)))


def _fewer(query: Query, chosen: Sequence[Choice]) -> list[Choice]:
    """Return wider questions: without each filter, and with each word alone."""
    words = [word for word in query.words.split() if not word.startswith("-")]
    alone = [Choice(word, to(replace(query, words=word))) for word in words]
    return [*chosen, *(alone if len(words) > 1 else [])]
