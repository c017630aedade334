"""Shares (供给结构): how much of the city's standards the government makes and how much the market.

Government: national, industry and local standards. Market: group standards, and enterprise
standards declared public. Counted like the targets: an edition that a unit of the city drafted
or published, not abolished by the day; a declared item in force on the day. An edition counts
in the year of its issue, in the field that its first class names; an item in the year it was
declared, in no field, since a declaration names none.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from rongbiao.standards.models import Declaration, Standard

LEVELS = Standard.Level
GOVERNMENT = (LEVELS.NATIONAL, LEVELS.SECTOR, LEVELS.PROVINCIAL, LEVELS.MUNICIPAL)
MARKET = (LEVELS.GROUP, LEVELS.ENTERPRISE)
SIDES = (*GOVERNMENT, *MARKET)
LONG = {"ics": 2, "ccs": 1}  # letters of a code that name its field
Key = tuple[int, str, str]  # year, field, level


@dataclass(frozen=True)
class Side:
    """How much each level made; ``share`` is the market's, in percent."""

    name: Any
    levels: tuple[int, ...]  # as in SIDES

    @property
    def government(self) -> int:
        return sum(self.levels[: len(GOVERNMENT)])

    @property
    def market(self) -> int:
        return sum(self.levels[len(GOVERNMENT) :])

    @property
    def total(self) -> int:
        return sum(self.levels)

    @property
    def share(self) -> float | None:
        return round(100 * self.market / self.total, 1) if self.total else None


def field_of(codes: str, scheme: str) -> str:
    """Return the field that the first class names; nothing where there is none.

    >>> field_of("67.140.10 55.020", "ics"), field_of("X55", "ccs"), field_of("", "ics")
    ('67', 'X', '')
    """
    return codes.strip()[: LONG[scheme]]


def _standards(day: date) -> QuerySet[Standard]:
    rows = Standard.objects.filter(level__in=[*GOVERNMENT, LEVELS.GROUP], issued_on__lte=day)
    return rows.exclude(withdrawn_on__lte=day).of_the_city(published=True)


def _declared(day: date) -> QuerySet[Declaration]:
    return Declaration.objects.in_force(day).filter(own=True)


def counted(scheme: str, day: date) -> Counter[Key]:
    """Return how many there are of each year, field and level; two queries, whatever there is."""
    found: Counter[Key] = Counter()
    rows = _standards(day).order_by().annotate(in_year=ExtractYear("issued_on"))
    for year, codes, level, n in rows.values_list("in_year", scheme, "level").annotate(Count("pk")):
        found[year, field_of(codes, scheme), level] += n
    declared = _declared(day).order_by().annotate(in_year=ExtractYear("declared_on"))
    for year, n in declared.values_list("in_year").annotate(Count("pk")):
        found[year, "", LEVELS.ENTERPRISE.value] += n
    return found


def wanted(known: Counter[Key], year: int | None = None, field: str | None = None) -> Counter[Key]:
    """Return those of a year and of a field, where one is asked for."""
    return Counter({
        key: n for key, n in known.items()
        if year in (None, key[0]) and field in (None, key[1])
    })  # fmt: skip


def by(known: Counter[Key], place: int) -> list[Side]:
    """Return one side for each year (``place`` 0) or field (1), in their order."""
    sums: dict[Any, list[int]] = {}
    for key, n in known.items():
        row = sums.setdefault(key[place], [0] * len(SIDES))
        row[SIDES.index(LEVELS(key[2]))] += n
    return [Side(name, tuple(sums[name])) for name in sorted(sums)]


def whole(known: Counter[Key]) -> Side:
    """Return all of it as one."""
    levels: Counter[str] = Counter()
    for key, n in known.items():
        levels[key[2]] += n
    return Side("", tuple(levels[level] for level in SIDES))


def rows(
    scheme: str, day: date, year: int | None = None, field: str | None = None
) -> Iterator[tuple[str, str, str, str, int, date]]:
    """Yield what is counted: number, title, level, field, year and day; from it anyone recounts."""
    standards = _standards(day)
    declared = _declared(day)
    if year is not None:
        standards = standards.filter(issued_on__year=year)
        declared = declared.filter(declared_on__year=year)
    if field:
        standards = standards.filter(**{f"{scheme}__startswith": field})
    elif field == "":
        standards = standards.filter(**{scheme: ""})
    for row in standards.order_by("issued_on", "pk").iterator(chunk_size=2000):
        codes, day_of = getattr(row, scheme), row.issued_on
        assert day_of is not None
        label = str(row.get_level_display())
        yield row.shown, row.title, label, field_of(codes, scheme), day_of.year, day_of
    if field:
        return
    for one in declared.order_by("declared_on", "pk").iterator(chunk_size=2000):
        label = str(LEVELS.ENTERPRISE.label)
        yield one.number, one.title, label, "", one.declared_on.year, one.declared_on
