"""Drafting units in tables (起草单位): read from a cell in their order, and written.

The first unit of a list leads, the others join; “（参与）” or “（主导）” after a name says
otherwise, where a table names only the units of this city and another unit leads.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from rongbiao.parties.models import Organization
from rongbiao.standards.models import Participation, Standard

SEPARATORS = str.maketrans({"；": "、", ";": "、", "，": "、"})
MARK = re.compile(r"[（(](主导|参与)[）)]$")
Part = Participation.Part
PARTS = {"主导": Part.LEAD, "参与": Part.JOIN}
PORTION = 500
Drafters = Mapping[Organization, str]  # in order, each with its part


def names(cell: str) -> dict[str, str]:
    """Return the units of a cell in their order, each with the part that is written, or none.

    >>> names("榕江公司（参与）；左海公司")
    {'榕江公司': 'join', '左海公司': ''}
    """
    found: dict[str, str] = {}
    for text in (text.strip() for text in cell.translate(SEPARATORS).split("、")):
        mark = MARK.search(text)
        if name := MARK.sub("", text).strip():
            found.setdefault(name, str(PARTS[mark[1]]) if mark else "")
    return found


def drafters(cell: str, units: Mapping[str, Organization]) -> Drafters:
    """Return the units of a cell with their parts; the first leads unless it is said otherwise."""
    found: dict[Organization, str] = {}
    for name, said in names(cell).items():
        found.setdefault(units[name], said or (Part.JOIN if found else Part.LEAD))
    return found


def write(lists: Sequence[tuple[Standard, Drafters]]) -> list[Standard]:
    """Write the lists of some standards; return those whose list became another one.

    A list of this city's units is replaced whole. Where the register knows the whole list,
    units of other places included, it stays: this city's units are found in it by their
    names, and who is missing comes last.
    """
    named = [(row, wanted) for row, wanted in lists if wanted]
    before = _held([row.pk for row, _wanted in named])
    gone: list[int] = []
    fresh: list[Participation] = []
    marked: list[Participation] = []
    differing = []
    for row, wanted in named:
        held = before.get(row.pk, [])
        if any(one.organization_id is None for one in held):
            changed = _found(held, wanted)
            added = list(_added(row, held, wanted))
        else:
            same = [(one.organization_id, one.part) for one in held]
            changed = []
            added = []
            if same != [(unit.pk, part) for unit, part in wanted.items()]:
                gone.append(row.pk)
                added = list(_list(row, wanted))
        if changed or added:
            differing.append(row)
            marked += changed
            fresh += added
    for start in range(0, len(gone), PORTION):
        Participation.objects.filter(standard__in=gone[start : start + PORTION]).delete()
    Participation.objects.bulk_update(marked, ["organization"], batch_size=PORTION)
    Participation.objects.bulk_create(fresh, batch_size=PORTION)
    return differing


def _held(pks: Sequence[int]) -> dict[int, list[Participation]]:
    found: dict[int, list[Participation]] = {}
    for start in range(0, len(pks), PORTION):
        rows = Participation.objects.filter(standard__in=pks[start : start + PORTION])
        for one in rows.order_by("place"):
            found.setdefault(one.standard_id, []).append(one)
    return found


def _found(held: Sequence[Participation], wanted: Drafters) -> list[Participation]:
    """Give units of this city to the names of a whole list; return the lines that changed."""
    units = {name: unit for unit in wanted for name in (unit.name, *unit.aliases)}
    changed = [one for one in held if one.organization_id is None and one.name in units]
    for one in changed:
        one.organization = units[one.name]
    return changed


def _added(
    row: Standard, held: Sequence[Participation], wanted: Drafters
) -> Iterator[Participation]:
    known = {one.organization_id for one in held}
    place = max(one.place for one in held)
    missing = (unit for unit in wanted if unit.pk not in known)
    for more, unit in enumerate(missing, start=1):
        yield _line(row, unit, place + more, Part.JOIN)


def _list(row: Standard, wanted: Drafters) -> Iterator[Participation]:
    """A list whose first unit joins leaves the first place to the one that it does not name."""
    parts = list(wanted.values())
    start = 0 if parts[0] == Part.LEAD else 1
    for place, (unit, part) in enumerate(wanted.items(), start=start):
        yield _line(row, unit, place, part)


def _line(row: Standard, unit: Organization, place: int, part: str) -> Participation:
    return Participation(standard=row, organization=unit, name=unit.name, place=place, part=part)
