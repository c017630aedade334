"""Records (导出的栏目): one standard as named fields, for JSON Lines, CSV and Excel."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.standards.models import Standard

# The columns of ``Standard`` that go out, under their own names and in this order. The
# loader reads the same names, so that what went out comes in again.
COLUMNS = (
    "number",
    "title",
    "title_en",
    "title_original",
    "language",
    "level",
    "nature",
    "form",
    "status",
    "stage",
    "region",
    "planned_on",
    "issued_on",
    "implemented_on",
    "confirmed_on",
    "withdrawn_on",
    "ics",
    "ccs",
    "publisher",
    "authority",
    "owner",
    "proposer",
    "drafted_by",
    "filing",
    "abstract",
    "address",
    "source",
    "source_on",
    "basis",
    "basis_on",
)
LENGTHS = {Standard.Precision.YEAR: 4, Standard.Precision.MONTH: 7}  # of a day in ISO


def issued(standard: Standard) -> str:
    """Return the day of issue as exactly as it is known: 2009, 2009-05 or 2009-05-01."""
    if standard.issued_on is None:
        return ""
    length = LENGTHS.get(Standard.Precision(standard.issued_precision), 10)
    return standard.issued_on.isoformat()[:length]


def _issued_cell(standard: Standard) -> date | str | None:
    """Return the day of issue as a day where it is one, so that a sheet can sort by it."""
    exact = standard.issued_precision == Standard.Precision.DAY
    return standard.issued_on if exact else issued(standard)


def drafters(standard: Standard) -> list[str]:
    """Return the drafting organizations in their order, as the standard prints them."""
    return [row.name for row in sorted(standard.participations.all(), key=lambda row: row.place)]


def record(standard: Standard) -> dict[str, Any]:
    """Return one standard as JSON holds it: codes for choices, days in ISO, nothing left out."""
    said: dict[str, Any] = {}
    for name in COLUMNS:
        value = getattr(standard, name)
        said[name] = value.isoformat() if isinstance(value, date) else value
    said["issued_on"] = issued(standard) or None
    said["drafters"] = drafters(standard)
    said["demonstration"] = standard.demonstration
    return said


def _column(name: str) -> tuple[Any, Callable[[Standard], Any]]:
    field: Any = Standard._meta.get_field(name)
    if name == "issued_on":
        return field.verbose_name, _issued_cell
    if getattr(field, "choices", None):
        words = dict(field.flatchoices)  # made once: Django makes it anew for every row

        def shown(standard: Standard) -> str:
            code = getattr(standard, name)
            return str(words.get(code, code))

        return field.verbose_name, shown
    return field.verbose_name, lambda standard: getattr(standard, name)


# Tables for people: headings and words instead of names and codes.
TABLE: tuple[tuple[Any, Callable[[Standard], Any]], ...] = (
    *(_column(name) for name in COLUMNS[:-2]),
    (gettext_lazy("起草单位"), lambda standard: "、".join(drafters(standard))),
    *(_column(name) for name in COLUMNS[-2:]),
    (gettext_lazy("演示数据"), lambda standard: _("是") if standard.demonstration else _("否")),
)


def headings() -> list[str]:
    """Return the headings of the table."""
    return [str(heading) for heading, _read in TABLE]


def cells(standard: Standard) -> list[Any]:
    """Return one row of the table."""
    return [read(standard) for _heading, read in TABLE]
