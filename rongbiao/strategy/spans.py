"""Spans of days (起止): what overlaps, what adjoins, what lies between; both ends included."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day; None is always, and for ever."""

    since: date | None
    until: date | None

    def within(self, other: "Span") -> "Span | None":
        """Return the days that two spans share, or None when they share none.

        >>> spring = Span(date(2024, 1, 1), date(2024, 3, 31))
        >>> spring.within(Span(date(2024, 3, 31), None)) == Span(date(2024, 3, 31), spring.until)
        True
        >>> spring.within(Span(date(2024, 4, 1), None)) is None
        True
        """
        since = max((day for day in (self.since, other.since) if day), default=None)
        until = min((day for day in (self.until, other.until) if day), default=None)
        return Span(since, until) if not (since and until and until < since) else None

    def adjoins(self, later: "Span") -> bool:
        """Tell whether a span that begins no earlier overlaps this one or follows at once."""
        return self.until is None or later.since is None or later.since <= self.until + DAY


def gaps(spans: Iterable[Span]) -> list[Span]:
    """Return the days that lie in none of the spans.

    >>> gaps([Span(date(2024, 1, 2), date(2024, 1, 3)), Span(date(2024, 1, 5), None)])
    ... # doctest: +NORMALIZE_WHITESPACE
    [Span(since=None, until=datetime.date(2024, 1, 1)),
     Span(since=datetime.date(2024, 1, 4), until=datetime.date(2024, 1, 4))]
    >>> gaps([])
    [Span(since=None, until=None)]
    """
    found, free = [], Span(None, None)
    for span in sorted(spans, key=lambda one: one.since or date.min):
        if span.since and (free.since is None or free.since < span.since):
            found.append(Span(free.since, span.since - DAY))
        if span.until is None:
            return found
        if free.since is None or free.since <= span.until:
            free = Span(span.until + DAY, None)
    return [*found, free]


@dataclass(frozen=True, slots=True)
class Claim:
    """Why a unit answers for a task: when, named how, and by which paper.

    ``rank`` orders papers: day and number of the decision (the policy comes before all),
    then whether the unit is named itself. The newest word on a unit's part holds.
    """

    span: Span
    group: int | None
    part: str
    first: bool
    demonstration: bool
    rank: tuple[date, int, int]

    @property
    def since(self) -> date | None:
        return self.span.since

    @property
    def until(self) -> date | None:
        return self.span.until

    def meets(self, since: date | None, until: date | None) -> bool:
        """Tell whether the claim shares a day with a period."""
        return self.span.within(Span(since, until)) is not None

    def joined(self, other: "Claim") -> "Claim":
        """Return both as one: all their days, the plainer naming, the newest part."""
        ends = (self.until, other.until)
        until = None if None in ends else max(day for day in ends if day)
        newest = other if other.rank > self.rank else self
        return Claim(
            span=Span(self.since, until),
            group=None if self.group is None or other.group is None else self.group,
            part=newest.part,
            first=self.first or other.first,
            demonstration=self.demonstration and other.demonstration,
            rank=newest.rank,
        )

    def shared(self, starts: list[date | None]) -> "list[Claim]":
        """Return the claim cut so that each start but the first begins a part of its own."""
        cuts = [day for day in starts[1:] if day]
        firsts, lasts = [self.since, *cuts], [*(day - DAY for day in cuts), self.until]
        return [
            replace(self, span=Span(since, until))
            for since, until in zip(firsts[: len(starts)], lasts, strict=False)
        ]


def fit(claim: Claim, since: date, until: date) -> Claim | None:
    """Return a claim as far as it concerns a plan's period, or None; its end may lie beyond."""
    if claim.since and claim.since > until:
        return None
    span = claim.span.within(Span(since, None))
    return replace(claim, span=span) if span else None


def merged(claims: list[Claim]) -> list[Claim]:
    """Return claims of one unit on one task, joined where they overlap or adjoin."""
    found: list[Claim] = []
    for claim in sorted(claims, key=lambda one: one.since or date.min):
        if found and found[-1].span.adjoins(claim.span):
            found[-1] = found[-1].joined(claim)
        else:
            found.append(claim)
    return found
