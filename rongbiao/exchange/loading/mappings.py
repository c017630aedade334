"""Mappings (列的对应): what a person said the headings of a source mean, remembered."""

import hashlib

from django.utils.translation import gettext as _

from rongbiao.parties.refused import Refused
from rongbiao.standards.load import Mapping

from .columns import HEADINGS, KNOWN, plain_heading


def digest_of(headings: list[str]) -> str:
    """Return the name under which a row of headings is remembered."""
    return hashlib.sha256("\x1f".join(headings).encode()).hexdigest()


def remembered(source: str, headings: list[str]) -> dict[str, str]:
    """Return what was said of these headings before; empty where nothing was."""
    row = Mapping.objects.filter(source=source, headings=digest_of(headings)).first()
    return dict(row.columns) if row else {}


def remember(source: str, headings: list[str], columns: dict[str, str]) -> None:
    """Keep what the headings of a source were said to mean."""
    Mapping.objects.update_or_create(
        source=source, headings=digest_of(headings), defaults={"columns": columns}
    )


def read_mapping(said: list[str]) -> dict[str, str]:
    """Read ``HEADING=COLUMN`` as given on the console; an empty column leaves a heading out."""
    found = {}
    for one in said:
        heading, mark, name = one.partition("=")
        if not mark or not heading.strip():
            raise Refused(_("“{one}”应写作“表头=栏目”。").format(one=one))
        found[heading.strip()] = column_named(name.strip())
    return found


def column_named(name: str) -> str:
    """Return the column that somebody named, in either language; empty for none."""
    if not name:
        return ""
    found = name if name in HEADINGS else KNOWN.get(plain_heading(name))
    if not found:
        raise Refused(_("没有“{name}”这个栏目。").format(name=name))
    return found
