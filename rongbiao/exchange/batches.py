"""Batches (成批登记): a table with its basis becomes register lines, whole or not at all.

Tried first, then entered; entering the same table twice changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rongbiao.archive.models import File
from rongbiao.parties import journal
from rongbiao.parties.models import Organization, Post, Region
from rongbiao.parties.refused import Refused
from rongbiao.standards.change import changed as index_of
from rongbiao.standards.claim import Claim, keep_claims
from rongbiao.standards.events import columns_of, note_many
from rongbiao.standards.models import Standard
from rongbiao.standards.numbering import columns
from rongbiao.standards.sources import CITY
from rongbiao.standards.status import status_on
from rongbiao.texts.numbers import read_number

from . import drafters
from .registers import REGISTERS, Column, Register, Wrong
from .tables import find_headings, plain, read_rows

KINDS = {str(label): value for value, label in Organization.Kind.choices}
MOST_REFUSED = 200  # lines shown; all are counted


@dataclass
class BatchReport:
    """What a table would change, or changed."""

    register: Register
    new: int = 0
    changed: int = 0
    same: int = 0
    units: int = 0  # organizations that come with it
    refused: list[tuple[int, str, str]] = field(default_factory=list)  # line, column, why

    @property
    def total(self) -> int:
        """How many lines were read."""
        lines = {line for line, _column, _why in self.refused}
        return self.new + self.changed + self.same + len(lines)


@dataclass
class Line:
    """One line of a table: its number and its values by column key."""

    number: int
    said: dict[str, Any]


def template(register: str) -> list[list[str]]:
    """Return an empty table with the headings of a register."""
    return [[str(column.heading) for column in _register(register).incoming]]


def dry_run(register: str, content: bytes, name: str) -> BatchReport:
    """Return what entering a table would do; nothing is kept."""
    with transaction.atomic():
        day = timezone.localdate()
        report = _carry_out(_register(register), content, name, {}, day, marked=False)
        transaction.set_rollback(True)
    return report


@transaction.atomic
def enter(
    register: str,
    content: bytes,
    name: str,
    *,
    basis: str,
    basis_on: date | None,
    actor: Post,
    day: date,
) -> BatchReport:
    """Enter a table into a register on a basis; refused whole when a line is refused."""
    if not actor.is_officer:
        raise Refused(_("名录由联席会议办公室经办人登记。"))
    if not basis.strip():
        raise Refused(_("成批登记应写明依据的文号。"))
    mark = {"basis": basis.strip(), "basis_on": basis_on, "demonstration": actor.demonstration}
    chosen = _register(register)
    report = _carry_out(chosen, content, name, mark, day, marked=actor.demonstration)
    if report.refused:
        line, column, why = report.refused[0]
        raise Refused(
            _("有 {n} 处不能接收，没有登记任何一行。第 {line} 行“{column}”：{why}。").format(
                n=len(report.refused), line=line, column=column, why=why
            )
        )
    file = File.objects.keep(content, name, "text/csv", demonstration=actor.demonstration)
    counts = {"new": report.new, "changed": report.changed, "same": report.same}
    journal.write(
        actor, "batch", file, day=day, register=register, basis=basis, sha256=file.sha256, **counts
    )
    return report


def _register(key: str) -> Register:
    if key not in REGISTERS:
        raise Refused(_("没有“{key}”这个名录。").format(key=key))
    return REGISTERS[key]


def _carry_out(
    register: Register,
    content: bytes,
    name: str,
    mark: dict[str, Any],
    day: date,
    *,
    marked: bool,
) -> BatchReport:
    report = BatchReport(register)
    lines = _lines(register, read_rows(content, name), report)
    units = _units(register, lines, report, marked=marked)
    kept = _once(register, lines, report)
    if report.refused:
        return report
    _write(register, kept, units, mark, report, day)
    return report


def _lines(
    register: Register, rows: Sequence[tuple[int, list[Any]]], report: BatchReport
) -> list[Line]:
    """Read every cell by its column; what cannot be read is noted with line and column."""
    if not rows:
        raise Refused(_("表里没有内容。"))
    named = {
        heading: column.key
        for column in register.incoming
        for heading in (str(column.heading), *column.also)
    }
    needed = [column.key for column in register.incoming if column.needed]
    places, start = find_headings(rows, named, needed)
    lines = []
    for number, cells in rows[start:]:
        said: dict[str, Any] = {}
        for column in register.incoming:
            place = places.get(column.key)
            cell = cells[place] if place is not None and place < len(cells) else ""
            said[column.key] = _cell(column, cell, number, report)
        lines.append(Line(number, said))
    return lines


def _cell(column: Column, cell: Any, number: int, report: BatchReport) -> Any:
    heading = str(column.heading)
    text = plain(cell).strip()
    if column.needed and not text:
        report.refused.append((number, heading, _("不能为空")))
        return None
    if (len(text) > 300 and column.key != "drafters") or "\x00" in text:
        report.refused.append((number, heading, _("超过300字或夹有不可见字符")))
        return None
    try:
        return column.read(cell)
    except Wrong as wrong:
        report.refused.append((number, heading, str(wrong)))
        return None


def _names(line: Line, register: Register) -> list[str]:
    said = line.said.get(register.units) or ""
    if register.units == "organization":
        return [said] if said else []
    return list(drafters.names(said))


def _units(
    register: Register, lines: Sequence[Line], report: BatchReport, *, marked: bool
) -> dict[str, Organization]:
    """Find every unit by code or name; one that is new comes in with its kind, else is refused."""
    known: dict[str, Organization] = {}
    codes: dict[str, Organization] = {}
    for unit in Organization.objects.all():
        known[unit.name] = unit
        known.update(dict.fromkeys(unit.aliases, unit))
        if unit.credit_code:
            codes[unit.credit_code] = unit
    regions = {region.name: region for region in Region.objects.all()}
    fresh: dict[str, Organization] = {}
    for line in lines:
        code = line.said.get("credit_code")
        for name in _names(line, register):
            if code and code in codes:
                known.setdefault(name, codes[code])
            if name in known or name in fresh:
                continue
            kind = KINDS.get(line.said.get("unit_kind") or "")
            if not kind:
                why = _("名录里没有“{name}”；新单位请填“单位类别”").format(name=name)
                report.refused.append((line.number, str(_("单位")), why))
                continue
            region = regions.get(line.said.get("region") or "")
            fresh[name] = Organization(
                name=name,
                kind=kind,
                credit_code=code,
                region=region,
                order=10_000,
                demonstration=marked,
            )
    report.units = len(fresh)
    if not report.refused:
        made = Organization.objects.bulk_create(fresh.values(), batch_size=500)
        known.update(zip(fresh, made, strict=True))
    return known


def _once(register: Register, lines: Sequence[Line], report: BatchReport) -> list[Line]:
    """Refuse a line that names the same thing as an earlier one."""
    seen: dict[tuple, int] = {}
    for line in lines:
        key = tuple(line.said.get(name) for name in register.identity)
        if key in seen:
            why = _("与第 {line} 行重复").format(line=seen[key])
            report.refused.append((line.number, str(register.incoming[0].heading), why))
        seen.setdefault(key, line.number)
    return list(lines)


def _write(
    register: Register,
    lines: Sequence[Line],
    units: dict[str, Organization],
    mark: dict[str, Any],
    report: BatchReport,
    day: date,
) -> None:
    fields = [
        column.key
        for column in register.incoming
        if column.key not in {"organization", "drafters", "unit_kind", "credit_code", "region"}
    ]
    held = {_key(register, row): row for row in _held(register, lines, units)}
    fresh, changed, parts, told = [], [], [], []
    before: dict[int, dict[str, Any]] = {}
    for line in lines:
        values = _values(register, line, fields, units)
        row = held.get(tuple(values[_attribute(name)] for name in register.identity))
        if row is None:
            row = register.model(**values, **mark)
            fresh.append(row)
        elif differing := _differing(row, values):
            before[row.pk] = columns_of(row)
            told.append((row, differing))
            for name, value in [*mark.items(), *((n, now) for n, (_was, now) in differing.items())]:
                setattr(row, name, value)
            changed.append(row)
        else:
            report.same += 1
        parts.append((row, drafters.drafters(line.said.get("drafters") or "", units)))
    _stand([*fresh, *changed], day)
    report.new, report.changed = len(fresh), len(changed)
    register.model.objects.bulk_create(fresh, batch_size=500)
    written = [*fields, *mark] + (["organization"] if register.units == "organization" else [])
    if register.model is Standard:
        written += ["status", "region", "key", "resolver_key", "bare_key", "sorting", "year"]
    if changed:
        register.model.objects.bulk_update(changed, written, batch_size=200)
    if register.model is Standard:
        _claim(told, day)
        _tell([*fresh, *changed], before, parts, day)


def _values(
    register: Register, line: Line, fields: Sequence[str], units: dict[str, Organization]
) -> dict[str, Any]:
    """Return the columns that a line says, with those that follow from them."""
    values = {name: line.said[name] for name in fields if line.said[name] is not None}
    if register.units == "organization":
        values["organization_id"] = units[line.said["organization"]].pk
    if register.model is Standard:
        values = columns(read_number(values["number"])) | values | {"source": CITY}
    return values


def _claim(told: Sequence[tuple[Standard, dict[str, tuple[Any, Any]]]], day: date) -> None:
    """Keep both words where another source has one; of the city's own rows nothing is asked."""
    pks = [row.pk for row, _differing in told]
    claimed: set[int] = set()
    for start in range(0, len(pks), 500):
        rows = Claim.objects.filter(standard__in=pks[start : start + 500])
        claimed.update(rows.values_list("standard", flat=True))
    for row, differing in told:
        if row.source != CITY or row.pk in claimed:
            keep_claims(row, differing, day)


def _differing(row: Any, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what a line would change of a row, as (was, now); an empty cell says nothing.

    A standard stays its source's; what the office says otherwise stands as its claim.
    """
    if isinstance(row, Standard):
        values = {name: said for name, said in values.items() if said != "" and name != "source"}
    return {
        name: (getattr(row, name), said)
        for name, said in values.items()
        if getattr(row, name) != said
    }


def _stand(rows: Sequence[Any], day: date) -> None:
    for row in rows:
        if isinstance(row, Standard):
            row.status = status_on(row, day)


def _tell(
    written: Sequence[Standard],
    before: dict[int, dict[str, Any]],
    parts: Sequence[tuple[Standard, drafters.Drafters]],
    day: date,
) -> None:
    """Write the drafting units, and tell readers and the index what became of the editions."""
    note_many(((before.get(row.pk), columns_of(row)) for row in written), day=day)
    index_of({row.pk for row in [*written, *drafters.write(parts)]})


def _attribute(name: str) -> str:
    return "organization_id" if name == "organization" else name


def _key(register: Register, row: Any) -> tuple:
    return tuple(getattr(row, _attribute(name)) for name in register.identity)


def _held(
    register: Register, lines: Sequence[Line], units: dict[str, Organization]
) -> Iterable[Any]:
    """Return the rows that lines may be about, asked for in portions."""
    first = (
        register.identity[-1] if register.identity[0] == "organization" else register.identity[0]
    )
    if register.key == "recognitions":
        first = "title"
    wanted = sorted({line.said[first] for line in lines if line.said.get(first)})
    for start in range(0, len(wanted), 500):
        portion = wanted[start : start + 500]
        yield from register.model.objects.filter(**{f"{first}__in": portion})
