"""The ledger of numbers (编号台账): who holds each serial of the city's local standards, and why nobody does.

Serials are one row of numbers, from 1 to the highest that the register holds, once held, or that
an approval took. A serial that no edition holds is a gap; an officer explains it. An approval
takes the number above them all, so that a gap is never filled by it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from rongbiao.parties import journal
from rongbiao.parties.in_post import ask_office
from rongbiao.parties.models import Post, Serial
from rongbiao.parties.refused import Refused

from .event import Event
from .gap import Gap
from .numbering import own_code
from .standard import Standard

EXPLAIN = "explain-gap"
LAST_CHARACTER = chr(0x10FFFF)
MOST_WORDS, MOST_BASIS = 500, 200  # characters, as in the table
MOST_FIGURES = 8  # as of any part of a number (``numbering.WIDTH``)
SERIAL = re.compile(rf"[0-9]{{1,{MOST_FIGURES}}}(?=[-./]|$)")  # then comes a part or the year


@dataclass(frozen=True, slots=True)
class Stretch:
    """A serial with the editions that hold it, or a run of serials that nobody holds."""

    first: int
    last: int
    editions: tuple[int, ...] = ()  # their primary keys
    told: tuple[Gap, ...] = ()  # what explains the gap, the newest first: that one counts
    lost: bool = False  # the register has noted an edition of it, and holds none

    @property
    def held(self) -> bool:
        return bool(self.editions)

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def reason(self) -> Gap | None:
        return self.told[0] if self.told else None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The row of serials of one code, in their order."""

    code: str
    taken: int  # how far approvals have taken numbers; 0: none did
    stretches: tuple[Stretch, ...]

    @property
    def highest(self) -> int:
        return self.stretches[-1].last if self.stretches else 0

    @property
    def held(self) -> int:
        return sum(one.held for one in self.stretches)

    @property
    def explained(self) -> int:
        return sum(one.count for one in self.stretches if one.told)

    @property
    def unexplained(self) -> int:
        return self.highest - self.held - self.explained


def code_here() -> str:
    """Return the code of this city's local standards: ``DB3501/T``."""
    return f"{own_code()}/T"


def padded(serial: int) -> str:
    """Return a serial as this city prints it: ``018`` where three figures are usual."""
    return f"{serial:0{settings.CITY.get('serial_width', 0)}}"


def serial_of(key: str, code: str) -> int | None:
    """Return the serial in a key; None where the key has none.

    >>> serial_of("DB3501/T018-2024", "DB3501/T"), serial_of("DB3501/T12.2-2020", "DB3501/T")
    (18, 12)
    """
    found = SERIAL.match(key, len(code))
    return int(found[0]) or None if found else None


def under(code: str) -> Q:
    """Return the condition that a key begins with a code; either database reads an index for it."""
    if connection.vendor == "postgresql":
        return Q(key__startswith=code)
    return Q(key__gte=code, key__lt=code + LAST_CHARACTER)


def holders(code: str, *, demonstration: bool = True) -> dict[int, list[int]]:
    """Return the primary keys of the editions that hold each serial; those of the demonstration too."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Standard.objects.filter(under(code)).order_by()
    rows = rows if demonstration else rows.filter(demonstration=False)
    for pk, key in rows.values_list("pk", "key"):
        if serial := serial_of(key, code):
            found[serial].append(pk)
    return found


def read() -> Ledger:
    """Return the ledger as it stands; four questions, however long it is."""
    code = code_here()
    held = holders(code)
    noted = Event.objects.filter(under(code)).order_by().values_list("key", flat=True).distinct()
    lost = {serial for key in noted if (serial := serial_of(key, code))} - held.keys()
    rows = Serial.objects.filter(key__in=[code, f"demo:{code}"])
    taken = rows.aggregate(last=Max("last"))["last"] or 0
    highest = max([taken, *held, *lost])
    told = list(Gap.objects.filter(code=code).order_by("pk"))
    return Ledger(code, taken, tuple(_joined(_cut(held, lost, told, highest))))


def _cut(
    held: dict[int, list[int]], lost: set[int], told: Sequence[Gap], highest: int
) -> Iterator[Stretch]:
    """Yield the stretches, cut wherever a holder, a loss or an explanation begins or ends."""
    begun: dict[int, list[Gap]] = defaultdict(list)
    for gap in told:
        begun[gap.first].append(gap)
    points = {1, highest + 1, *begun, *(gap.last + 1 for gap in told)}
    for serial in (*held, *lost):
        points |= {serial, serial + 1}
    running: list[Gap] = []
    for at, after in pairwise(sorted(points)):
        running = [gap for gap in running if gap.last >= at] + begun[at]
        if at in held:
            yield Stretch(at, at, tuple(held[at]))
        elif after <= highest + 1:
            yield Stretch(at, after - 1, (), _newest_first(running), at in lost)


def _newest_first(told: Iterable[Gap]) -> tuple[Gap, ...]:
    return tuple(sorted(told, key=lambda gap: -gap.pk))


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield gaps side by side as one where the same explanation counts for both."""
    before: Stretch | None = None
    for one in stretches:
        if before and not (before.held or one.held) and _alike(before, one):
            told = {gap.pk: gap for gap in (*before.told, *one.told)}
            both = _newest_first(told.values())
            before = Stretch(before.first, one.last, (), both, one.lost)
            continue
        if before:
            yield before
        before = one
    if before:
        yield before


def _alike(one: Stretch, other: Stretch) -> bool:
    return one.reason == other.reason and one.lost == other.lost


@transaction.atomic
def explain(
    first: int,
    last: int,
    reason: str,
    words: str,
    *,
    basis: str,
    basis_on: date | None,
    actor: Post | None,
    day: date,
) -> Gap:
    """Explain why nobody holds the serials from ``first`` to ``last``; the earlier words stay.

    Refused where one of them is held or beyond the row, and to whoever is not an officer.
    """
    officer = ask_office(actor, day, _("空号由联席会议办公室经办人说明。"))
    if reason not in Gap.Reason.values:
        raise Refused(_("请从所列的原因中选择一项。"))
    words, basis = words.strip(), basis.strip()
    if reason == Gap.Reason.OTHER and not words:
        raise Refused(_("原因选“其他”的，应写明说明。"))
    if not basis or basis_on is None or basis_on > day:
        raise Refused(_("应写明依据的文号和日期，日期不晚于今天。"))
    for name, said, most in ((_("说明"), words, MOST_WORDS), (_("依据"), basis, MOST_BASIS)):
        if len(said) > most:
            raise Refused(
                _("{name}有 {n} 字，超过 {most} 字的上限。").format(
                    name=name, n=len(said), most=most
                )
            )
    ledger = read()
    _ask_gap(ledger, first, last)
    row = Gap(
        code=ledger.code, first=first, last=last, reason=reason, words=words, day=day,
        basis=basis, basis_on=basis_on, demonstration=officer.demonstration,
    )  # fmt: skip
    _ask_news(ledger, row)
    row.save()
    journal.write(
        officer, EXPLAIN, row, day=day, first=first, last=last, reason=reason, words=words,
        basis=basis, basis_on=basis_on.isoformat(),
    )  # fmt: skip
    return row


def _ask_gap(ledger: Ledger, first: int, last: int) -> None:
    """Refuse serials beyond the row, or one that an edition holds."""
    if not ledger.highest:
        raise Refused(_("名录里还没有 {code} 的标准，没有空号。").format(code=ledger.code))
    if not 1 <= first <= last <= ledger.highest:
        raise Refused(
            _(
                "起号和止号应当在 1 至 {highest} 之间，起号不大于止号；填的是 {first} 至 {last}。"
            ).format(highest=ledger.highest, first=first, last=last)
        )
    held = next((one for one in ledger.stretches if one.held and first <= one.first <= last), None)
    if held:
        standard = Standard.objects.filter(pk__in=held.editions).newest()[0]
        raise Refused(
            _("{serial} 号由 {standard} 使用，不是空号；请把它前后的空号分开说明。").format(
                serial=padded(held.first), standard=standard
            )
        )


def _ask_news(ledger: Ledger, row: Gap) -> None:
    """Refuse what is said already, so that sending a form twice leaves one line."""

    def said(gap: Gap) -> tuple:
        return gap.reason, gap.words, gap.basis, gap.basis_on

    over = [one for one in ledger.stretches if one.first <= row.last and one.last >= row.first]
    if all(one.reason and said(one.reason) == said(row) for one in over):
        raise Refused(_("这些空号已有同样的说明，不必重复登记。"))
