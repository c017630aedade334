"""Standards by class (按分类统计): how many are in force in every class of ICS and CCS.

One GROUP BY over the text of the column gives each combination of codes that standards
carry, some thousands even for millions of rows; they are summed up here, a standard once
in every class that one of its codes falls under. The sums stay in the cache for a day,
under the newest act and the newest edition: whatever is entered counts anew.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Count, Max, QuerySet

from rongbiao.parties.journal import Act
from rongbiao.standards.standard import Standard
from rongbiao.texts import classes

KEPT = 86_400  # seconds that the sums are kept


@dataclass(frozen=True)
class Sums:
    """How many standards are in force on a day, by combination of codes and by class."""

    key: str  # under which the cache keeps them
    scheme: str
    day: date
    texts: dict[str, int]
    classes: Counter[str]

    def standards(self, code: str) -> QuerySet[Standard]:
        """Return the standards in force that fall under a class, newest first."""
        texts = [text for text in self.texts if code in codes_over(text)]
        return Standard.objects.in_force(self.day).filter(**{f"{self.scheme}__in": texts}).newest()

    def newest(self, code: str, most: int) -> list[Standard]:
        """Return the newest standards of a class; which they are is kept like the sums."""

        def found() -> list[int]:
            return list(self.standards(code).values_list("pk", flat=True)[:most])

        keys = cache.get_or_set(f"{self.key}:{code}:{most}", found, KEPT) or []
        rows = Standard.objects.in_bulk(keys)
        return [rows[key] for key in keys if key in rows]


def sums(scheme: str, day: date) -> Sums:
    """Return the standards in force on a day, counted by one scheme."""
    act = Act.objects.aggregate(last=Max("pk"))["last"]
    edition = Standard.objects.aggregate(last=Max("pk"))["last"]
    key = f"class-sums:{scheme}:{day}:{act}:{edition}"
    if kept := cache.get(key):
        return Sums(key, scheme, day, *kept)
    rows = Standard.objects.in_force(day).exclude(**{scheme: ""}).order_by()
    texts = dict(rows.values_list(scheme).annotate(n=Count("pk")))
    counted: Counter[str] = Counter()
    for text, n in texts.items():
        for code in codes_over(text):
            counted[code] += n
    cache.set(key, (texts, counted), KEPT)
    return Sums(key, scheme, day, texts, counted)


def codes_over(text: str) -> set[str]:
    """Return the codes of every class that a standard's codes fall under.

    >>> sorted(codes_over("13.020.10 13.020.20"))
    ['13', '13.020', '13.020.10', '13.020.20']
    """
    return {one.code for code in text.split() for one in classes.within(code)}
