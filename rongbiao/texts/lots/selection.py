"""Selection (取签): the order that a seed gives, and the first in it that keep to the rules."""

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rongbiao.texts.chains import canonical

from .box import ALGORITHM, Lot, Rules

# With a rule by unit and one by group together, each step looks for a way to keep both:
# so many lots times seats take about two seconds.
MOST_BOTH = 300_000

__all__ = ["Rules", "Short", "Shortage", "in_order", "replay", "select", "shortage", "too_many"]


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why a list is too small: which rule, how many it asks for, how many there are."""

    rule: str  # "all", "units", "group", "together"; "many": too large a list
    needed: int
    found: int
    group: str = ""


class Short(ValueError):
    """Nobody is left who keeps to the rules."""


def in_order(lots: Iterable[Lot], seed: bytes, digest: str, witness: str = "") -> list[Lot]:
    """Return the lots that are in, in the order that the seed gives this list.

    Each key has its own HMAC, so every order is as likely as every other; there is no
    remainder to reject and no place in the list that is better.
    """

    def place(lot: Lot) -> tuple[bytes, str]:
        said = canonical([ALGORITHM, digest, witness, lot.key])
        return hmac.digest(seed, said, "sha256"), lot.key

    return sorted((lot for lot in lots if lot.eligible), key=place)


@dataclass
class _Table:
    """Who sits, and what the rules still ask for."""

    rules: Rules
    seats: int  # still to be filled
    loads: Counter[str] = field(default_factory=Counter)  # seated, by unit
    needs: Counter[str] = field(default_factory=Counter)  # still to come, by group
    left: dict[str, Counter[str]] = field(default_factory=dict)  # not yet seen: group, unit

    @classmethod
    def laid(cls, rules: Rules, seated: Iterable[Lot], others: Iterable[Lot]) -> "_Table":
        """Return the table with some seated, before the others are looked at."""
        table = cls(rules, rules.count)
        table.needs.update(rules.at_least)
        for lot in others:
            table.left.setdefault(lot.group, Counter())[lot.seat] += 1
        for lot in seated:
            table.take(lot)
        return table

    def take(self, lot: Lot) -> None:
        """Seat somebody."""
        self.seats -= 1
        self.loads[lot.seat] += 1
        self.needs[lot.group] = max(0, self.needs[lot.group] - 1)

    def untake(self, lot: Lot, needed: int) -> None:
        """Take that back."""
        self.seats += 1
        self.loads[lot.seat] -= 1
        self.needs[lot.group] = needed

    def room(self, unit: str) -> int:
        """Return how many more of a unit may sit."""
        return self.rules.per_unit - self.loads[unit] if self.rules.per_unit else self.seats

    def most(self) -> int:
        """Return how many of those left could sit, as far as units go."""
        units = sum(self.left.values(), Counter[str]())
        return sum(min(n, self.room(unit)) for unit, n in units.items())

    def holds(self) -> bool:
        """Tell whether those left can still give every group its due.

        With that and enough people by unit the seats can be filled: seats by unit are a
        matroid, in which whatever gives the groups their due extends to a full table.
        """
        due = +self.needs
        if due.total() > self.seats:
            return False
        if any(self.left.get(group, Counter()).total() < n for group, n in due.items()):
            return False
        return not self.rules.per_unit or self._matched(due)

    def _matched(self, due: Counter[str]) -> bool:
        """Give the groups their due by augmenting paths between groups and units."""
        given: dict[str, Counter[str]] = {group: Counter() for group in due}
        full: Counter[str] = Counter()

        def give(start: str) -> bool:
            """Give one to a group, moving what others were given where that makes room."""
            came: dict[str, tuple[str, str]] = {}  # unit: (group that reached it, unit before)
            waiting = [(start, "")]
            while waiting:
                group, before = waiting.pop()
                for unit, n in self.left[group].items():
                    if unit in came or given[group][unit] >= n:
                        continue
                    came[unit] = (group, before)
                    if full[unit] < self.room(unit):
                        full[unit] += 1
                        _shift(given, came, unit)
                        return True
                    waiting += [(other, unit) for other in due if given[other][unit]]
            return False

        return all(give(group) for group, n in due.items() for _ in range(n))


def _shift(
    given: Mapping[str, Counter[str]], came: Mapping[str, tuple[str, str]], unit: str
) -> None:
    """Move one along the path that ended at a unit with room."""
    while True:
        group, before = came[unit]
        given[group][unit] += 1
        if not before:
            return
        given[group][before] -= 1
        unit = before


def select(ordered: Sequence[Lot], rules: Rules, seated: Sequence[Lot] = ()) -> list[Lot]:
    """Return the first in order that fill the seats and keep to the rules.

    Of every choice that keeps to the rules this is the first in the order: somebody is
    passed over only if their unit has its share or a group could no longer get its due.
    Raises Short when no choice does.
    """
    table = _Table.laid(rules, seated, ordered)
    if table.seats < 0 or table.most() < table.seats or not table.holds():
        raise Short
    chosen: list[Lot] = []
    passed: set[tuple[str, str]] = set()  # whose like was passed over since the last was taken
    for lot in ordered:
        if not table.seats:
            break
        like = (lot.group, lot.seat)
        table.left[lot.group][lot.seat] -= 1
        if table.room(lot.seat) < 1 or like in passed:
            continue
        needed = table.needs[lot.group]
        table.take(lot)
        if any(table.needs.values()) and not table.holds():
            table.untake(lot, needed)
            passed.add(like)
        else:
            chosen.append(lot)
            passed.clear()
    return chosen


def replay(
    ordered: Sequence[Lot], rules: Rules, absences: Iterable[Sequence[str]]
) -> tuple[list[Lot], list[Lot], list[Lot]]:
    """Return who was drawn, the reserves, and who sits after every absence in turn.

    Each absence names keys, of the drawn or of reserves; their places are filled from
    the reserves in order. Raises Short, with the number of the absence, when they cannot.
    """
    drawn = select(ordered, rules)
    first = {lot.key for lot in drawn}
    reserves = [lot for lot in ordered if lot.key not in first][: rules.reserves]
    seated, gone = list(drawn), set[str]()
    for turn, keys in enumerate(absences, start=1):
        gone |= set(keys)
        seated = [lot for lot in seated if lot.key not in gone]
        sitting = {lot.key for lot in seated}
        waiting = [lot for lot in reserves if lot.key not in gone | sitting]
        try:
            seated += select(waiting, rules, seated)
        except Short as short:
            raise Short(turn) from short
    return drawn, reserves, seated


def too_many(rules: Rules, lots: int) -> bool:
    """Tell whether a list is too long for a rule by unit and one by group together."""
    return bool(rules.per_unit and rules.at_least) and lots * rules.count > MOST_BOTH


def shortage(lots: Iterable[Lot], rules: Rules) -> Shortage | None:
    """Return what is lacking before a draw under these rules is possible, or None."""
    ready = [lot for lot in lots if lot.eligible]
    if too_many(rules, len(ready)):
        return Shortage("many", MOST_BOTH // rules.count, len(ready))
    if len(ready) < rules.count + rules.reserves:
        return Shortage("all", rules.count + rules.reserves, len(ready))
    if (most := _Table.laid(rules, (), ready).most()) < rules.count:
        return Shortage("units", rules.count, most)
    for group, due in rules.at_least.items():
        own = _Table.laid(rules, (), [lot for lot in ready if lot.group == group]).most()
        if own < due:
            return Shortage("group", due, own, group)
    asked = sum(rules.at_least.values())
    if asked > rules.count or not _Table.laid(rules, (), ready).holds():
        return Shortage("together", asked, rules.count)
    return None
